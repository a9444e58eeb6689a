"""`cxmapper score`: a map's gaps as lines, JSON, CSV and XLSX, and statistics by name."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cxmapper.cli.entry import run
from cxmapper.model.document import Document
from cxmapper.storage.files import save_map
from cxmapper.storage.mapfile import new_map
from tests.scoring.maps import a_map, answers
from tests.scoring.test_cases import ALL, FILE, wrong

NODE_FIELDS = (
    "n", "score", "lo", "hi", "reference", "reference_source", "target_gap", "shortfall", "weight",
    "gap_score", "gap_score_lo", "gap_score_hi", "p", "p_adj", "tier", "emotion", "perception_gap",
    "perception", "uplift", "moves_needed",
)  # fmt: skip
Cx = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cx(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cx:
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> tuple[int, str, str]:
        status = run([str(word) for word in words])
        sys.stdout.flush()
        return (status, *capfd.readouterr())

    return call


def saved(document: Document) -> str:
    save_map(new_map(document), document, Path("m.cxmap"), expect=None)
    return "m.cxmap"


def surveyed() -> Document:
    document = a_map(
        answers("t", ("s1",), {"2026-01": (30, 5, 5), "2026-02": (10, 5, 5)}, persona="A"),
        answers("u", ("s2",), {"2026-01": (5, 10, 25)}, persona="B"),
        answers("v", ("t1",), {"2026-02": (5, 10, 5)}, persona="A"),
        target_nps=10,
    )
    evil = document["s2"]
    return document.replaced({"s2": evil}, {"s2": evil.edited(title='=HYPERLINK("http://x")')})


def test_json_has_every_number_of_every_node_and_the_roll_ups(cx: Cx) -> None:
    status, out, err = cx("score", saved(surveyed()), "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert [node["id"] for node in found["nodes"]] == ["s1", "t1", "s2", "U"]
    for node in found["nodes"]:
        assert set(NODE_FIELDS) <= set(node)
    first = found["nodes"][0]
    assert (first["n"], first["score"], first["tier"], first["journey"]) == (60, -50, "confirmed_gap", "J")
    assert [(s["id"], s["n"]) for s in found["stages"]] == [("S", 100), ("T", 20), ("U", 0)]
    assert [(p["id"], p["n"]) for p in found["personas"]] == [("A", 80), ("B", 40)]
    (journey,) = found["journeys"]
    assert journey["n"] == 120
    assert journey["waterfall"]["potential"] == pytest.approx(
        journey["score"] + sum(step["uplift"] for step in journey["waterfall"]["steps"])
    )
    assert [period["n"] for period in journey["trend"]] == [80, 40]
    assert found["settings"]["anonymity"] == 5


def test_lines_begin_with_where_to_act_first(cx: Cx) -> None:
    _, out, _ = cx("score", saved(surveyed()))
    lines = out.splitlines()
    assert lines[0] == "Map “Moving house”"
    assert lines[1].strip() == "NPS −8 [−23, +7], 120 answers"
    assert lines[2].split("·")[0].split() == ["1.", "Ask", "confirmed", "gap"]
    assert "gap −50, gap score 50.0" in lines[2]


@pytest.mark.parametrize(
    ("options", "n"),
    [
        (("--persona", "anna"), 80),
        (("--persona", "B"), 40),
        (("--from", "2026-02"), 40),
        (("--to", "2026-01"), 80),
        (("--from", "2026-01", "--to", "2026-02"), 120),
        (("--metric", "csat"), 0),
        (("--journey", "moving HOUSE"), 120),
    ],
)
def test_which_answers_count_is_said_by_options(cx: Cx, options: tuple[str, ...], n: int) -> None:
    _, out, _ = cx("score", saved(surveyed()), "--json", *options)
    assert json.loads(out)["journeys"][0]["n"] == n


def test_csv_has_all_numbers_and_no_formula(cx: Cx) -> None:
    _, out, _ = cx("score", saved(surveyed()), "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["level"], row["id"]) for row in rows] == [
        ("touchpoint", "s1"), ("touchpoint", "t1"), ("touchpoint", "s2"), ("touchpoint", "U"),
        ("stage", "S"), ("stage", "T"), ("stage", "U"), ("persona", "A"), ("persona", "B"), ("journey", "J"),
    ]  # fmt: skip
    assert set(NODE_FIELDS) <= set(rows[0])
    assert rows[2]["title"] == '\'=HYPERLINK("http://x")'
    assert (float(rows[0]["score"]), rows[0]["negative"], rows[3]["score"]) == (-50, "40", "")


def test_a_workbook_has_numbers_as_numbers_and_texts_as_texts(cx: Cx) -> None:
    from python_calamine import CalamineWorkbook

    status, out, _ = cx("score", saved(surveyed()), "-o", "gaps.xlsx")
    assert (status, out.strip()) == (0, "gaps.xlsx")
    head, *rows = CalamineWorkbook.from_path("gaps.xlsx").get_sheet_by_index(0).to_python()
    third = dict(zip(head, rows[2], strict=True))
    assert (third["title"], third["n"]) == ('=HYPERLINK("http://x")', 40)
    assert b"<f>" not in Path("gaps.xlsx").read_bytes()


@pytest.mark.parametrize("name", ["gaps.csv", "gaps.json"])
def test_an_output_file_holds_what_the_terminal_would(cx: Cx, name: str) -> None:
    file = saved(surveyed())
    cx("score", file, "-o", name)
    _, out, _ = cx("score", file, f"--{name[5:]}")
    assert Path(name).read_bytes().decode("utf-8-sig").splitlines() == out.splitlines()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--json", "--csv"), "either --json or --csv"),
        (("-o", "gaps.txt"), "choose one of .csv, .xlsx, .json"),
        (("-o", "m.cxmap"), "m.cxmap"),
        (("--persona", "Zoe"), "there are: “Anna” (A), “Ben” (B)"),
        (("--journey", "Zoo"), "holds no map “Zoo”"),
        (("--from", "2026-13"), "no month such as 2026-03"),
        (("--from", "2026-03", "--to", "2026-01"), "is later than"),
    ],
)
def test_a_wrong_call_ends_with_one_line(cx: Cx, words: tuple[str, ...], said: str) -> None:
    file = saved(surveyed())
    before = Path(file).read_bytes()
    status, out, err = cx("score", file, *words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert Path(file).read_bytes() == before


def test_a_map_without_answers_says_what_to_do(cx: Cx) -> None:
    status, out, _ = cx("score", saved(a_map()))
    assert status == 0
    assert "cxmapper survey" in out


def test_groups_too_small_are_hidden_here_too(cx: Cx) -> None:
    file = saved(a_map(answers("t", ("s1",), {"": (0, 0, 40)}), answers("u", ("t1",), {"": (3, 0, 0)})))
    lines = cx("score", file)[1].splitlines()
    assert any("Move" in line and "hidden" in line for line in lines)
    assert json.loads(cx("score", file, "--json")[1])["nodes"][-1]["score"] is None


def test_all_worked_cases_pass_on_the_command_line(cx: Cx) -> None:
    status, out, _ = cx("score", "--case", FILE)
    results = json.loads(out)
    assert list(results) == [case["id"] for case in ALL]
    assert {c["id"]: bad for c in ALL if (bad := wrong(results[c["id"]], c["expected"], c["tol"]))} == {}
    assert status == 0


def test_a_case_that_can_not_be_computed_does_not_stop_the_others(cx: Cx) -> None:
    cases = [
        {"id": "a", "op": "net_score", "input": {}},
        {"id": "b", "op": "net_score", "input": {"counts": [1, 2, 3]}},
    ]
    Path("cases.json").write_text(json.dumps(cases), encoding="utf-8")
    status, out, _ = cx("score", "--case", "cases.json")
    results = json.loads(out)
    assert status == 1
    assert "lacks 'counts'" in results["a"]["error"]
    assert results["b"]["n"] == 6


def test_cases_may_take_their_columns_from_a_file(cx: Cx) -> None:
    rows = [f"{score},{score // 2 + i % 2},{i % 3},{'ab'[i % 2]},2026-0{i % 4 + 1}-15,{i % 3 + 1}"
            for i, score in enumerate((0, 3, 6, 7, 8, 9, 10, 10, 9, 11, 2, 5))]  # fmt: skip
    Path("survey.csv").write_text("\n".join(["score,ease,price,who,day,w", *rows]), encoding="utf-8")
    column = {"file": "survey.csv", "value_column": "score"}
    inputs = {
        "weighted_nps": {**column, "weight_column": "w"},
        "key_drivers": {"file": "survey.csv", "y": "score", "x": ["ease", "price"]},
        "segments": {**column, "by": "who"},
        "trend": {**column, "date_column": "day", "period": "quarter"},
        "import_file": {"file": "gone.csv"},
    }
    cases = [{"id": op, "op": op, "input": given} for op, given in inputs.items()]
    Path("cases.json").write_text(json.dumps(cases), encoding="utf-8")
    status, out, _ = cx("score", "--case", "cases.json")
    found = json.loads(out)
    assert status == 1
    assert "no such file" in found["import_file"]["error"]
    assert (found["weighted_nps"]["n"], found["key_drivers"]["n"]) == (11, 12)
    assert {group: each["n"] for group, each in found["segments"].items()} == {"a": 6, "b": 5}
    assert {label: each["n"] for label, each in found["trend"].items()} == {"2026-Q1": 8, "2026-Q2": 3}
    assert found["segments"]["a"]["score"] == pytest.approx(100 * (2 - 3) / 6)


@pytest.mark.parametrize("text", ["{", "[1]", '{"cases": {}}', '[{"id": 1, "op": "csat", "input": {}}]'])
def test_a_file_of_no_cases_is_refused(cx: Cx, text: str) -> None:
    Path("cases.json").write_text(text, encoding="utf-8")
    status, out, err = cx("score", "--case", "cases.json")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "cases.json" in err


def test_a_map_is_scored_without_numpy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    file = saved(surveyed())
    code = (
        "import sys; from cxmapper.cli.entry import run; run(sys.argv[1:]); print([m for m in "
        "('numpy', 'xlsxwriter', 'matplotlib', 'PySide6', 'python_calamine') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "score", file], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
