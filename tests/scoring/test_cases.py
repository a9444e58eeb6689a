"""The worked cases of the specification, recomputed by other programs, within their tolerances."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cxmapper.errors import UserError
from cxmapper.scoring.cases import OPERATIONS, run_case, run_cases

FILE = Path(__file__).resolve().parent.parent / "data" / "scoring" / "cases.json"
ALL: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))["cases"]
CASES = [case for case in ALL if case["op"] != "import_file"]


def wrong(got: Any, expected: Any, tolerance: float, where: str = "") -> list[str]:
    """Where a result is not what was expected; fields it has beyond that are no matter."""
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return [f"{where}: {got!r} is no object"]
        return [
            each
            for name, value in expected.items()
            for each in (
                wrong(got[name], value, tolerance, f"{where}.{name}")
                if name in got
                else [f"{where}.{name} is not there"]
            )
        ]
    if isinstance(expected, list):
        if not isinstance(got, list) or len(got) != len(expected):
            return [f"{where}: {got!r} is not {len(expected)} long"]
        return [
            each
            for i, (a, b) in enumerate(zip(got, expected, strict=True))
            for each in wrong(a, b, tolerance, f"{where}[{i}]")
        ]
    if isinstance(expected, bool) or expected is None or isinstance(expected, str):
        return (
            []
            if got == expected and type(got) is type(expected)
            else [f"{where}: {got!r} is not {expected!r}"]
        )
    if isinstance(got, bool) or not isinstance(got, int | float):
        return [f"{where}: {got!r} is no number"]
    near = abs(got - expected) <= tolerance * max(1, abs(expected))
    return [] if near else [f"{where}: {got} is not {expected}"]


def test_the_comparison_sees_what_differs() -> None:
    assert wrong({"a": [1, None], "b": 2}, {"a": [1.0, None]}, 1e-9) == []
    assert len(wrong({"a": 1.1, "b": 0, "c": "x"}, {"a": 1, "b": None, "c": "y", "d": 1}, 1e-9)) == 4


def test_there_are_as_many_cases_as_there_were() -> None:
    assert len(ALL) == 91
    assert len(CASES) == 72


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    result = (
        run_cases(ALL)[case["id"]] if "from_case" in case["input"] else run_case(case["op"], case["input"])
    )
    assert wrong(result, case["expected"], case["tol"]) == []


def test_every_operation_of_the_cases_is_there() -> None:
    assert {case["op"] for case in CASES} == set(OPERATIONS)


@pytest.mark.parametrize(
    ("op", "given", "words"),
    [
        ("net_scor", {}, "no operation “net_scor”"),
        ("net_score", {}, "lacks 'counts'"),
        ("net_score", {"counts": [1, -2, 3]}, "0 or more"),
        ("n_for_margin", {"margin": 0}, "more than 0"),
        ("resolve_reference", {"map": 101}, "outside -100…100"),
        ("key_drivers", {"y": [1, 1, 1], "x": [[1, 2, 3]]}, "must differ"),
    ],
)
def test_what_cannot_be_computed_says_why(op: str, given: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        run_case(op, given)
    assert words in run_cases([{"id": "a", "op": op, "input": given}])["a"]["error"]
