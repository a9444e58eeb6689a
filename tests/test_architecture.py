"""The rules of the design that no linter knows: what loads what, and where words come from."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# Loads the modules named in the first argument while the packages in the second can't be found,
# and says which of the third were loaded nevertheless.
_LOAD = """
import importlib, sys
modules, blocked, heavy = (a.split() for a in sys.argv[1:4])
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in blocked:
            raise ImportError(f"{name} is not to be loaded")
sys.meta_path.insert(0, Block())
for module in modules:
    importlib.import_module(module)
print(*sorted(h for h in heavy if h in sys.modules))
"""


def _load(modules: list[str], *, blocked: str = "", heavy: str = "") -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _LOAD, " ".join(modules), blocked, heavy],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def _modules(root: Path, *, of: str = "") -> list[str]:
    folder = root / "cxmapper" / of
    return [
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted(folder.rglob("*.py"))
        if "resources" not in path.parts
    ]


def test_all_but_the_window_loads_where_qt_does_not(root: Path) -> None:
    core = [m for m in _modules(root) if not m.startswith("cxmapper.app")]
    assert len(core) > 20
    assert _load([*core, "cxmapper.app.preflight"], blocked="PySide6 shiboken6") == []


def test_the_blocking_of_that_test_works(root: Path) -> None:
    with pytest.raises(AssertionError, match="not to be loaded"):
        _load(["cxmapper.app.session"], blocked="PySide6 shiboken6")


HEAVY = "matplotlib reportlab pikepdf pypdfium2 PIL numpy PySide6 python_calamine xlsxwriter"


@pytest.mark.parametrize(
    "module",
    [
        "cxmapper.cli.entry", "cxmapper.cli.maps", "cxmapper.cli.score", "cxmapper.edit.editor",
        "cxmapper.layout.arrange", "cxmapper.scoring.scorecard",
    ],
)  # fmt: skip
def test_the_core_starts_without_the_heavy_libraries(module: str) -> None:
    assert _load([module], heavy=HEAVY) == []


def test_the_window_starts_without_the_export_libraries() -> None:
    assert _load(["cxmapper.app.main", "cxmapper.app.window"], heavy=HEAVY) == ["PySide6"]


@pytest.fixture(scope="module")
def trees() -> dict[Path, ast.Module]:
    root = Path(__file__).resolve().parent.parent
    return {
        path.relative_to(root): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((root / "cxmapper").rglob("*.py"))
    }


def test_every_module_says_what_it_is_for(trees: dict[Path, ast.Module]) -> None:
    assert [str(path) for path, tree in trees.items() if not ast.get_docstring(tree)] == []


def _not_in_the_catalogue(tree: ast.Module) -> Iterator[int]:
    """Lines where words are handed over that the extraction can't see: put together, or from a variable."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = {"msg": node.args[:1], "tr": node.args[:1], "Plural": node.args[:2]}.get(node.func.id, [])
            if not all(isinstance(word, ast.Constant) for word in words):
                yield node.lineno


def test_every_sentence_is_a_literal_that_the_catalogue_holds(trees: dict[Path, ast.Module]) -> None:
    assert list(_not_in_the_catalogue(ast.parse("msg('a'); tr(f'{b}'); Plural('c', d, 2)"))) == [1, 1]
    assert [f"{path}:{line}" for path, tree in trees.items() for line in _not_in_the_catalogue(tree)] == []


def test_files_and_functions_keep_to_a_readable_size(trees: dict[Path, ast.Module]) -> None:
    long_functions = []
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > 60:
                long_functions.append(f"{path}:{node.name}")
    long_files = [str(p) for p, t in trees.items() if t.body and t.body[-1].end_lineno > 450]
    assert (long_files, long_functions) == ([], [])


def test_imports_go_down_only(root: Path) -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_catalogue_is_up_to_date(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, ".ci/catalogue.py", "--check"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_readme_names_the_two_commands(root: Path) -> None:
    lines = (root / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line.strip() for line in lines if line.strip().startswith("sh .ci/setup")]
    assert commands == ["sh .ci/setup && .venv/bin/cxmapper demo", "sh .ci/setup && .venv/bin/pytest"]
