"""The survey of the broadband sample: as it is drawn, dirty as real ones, and much like the picture."""

from __future__ import annotations

import csv
import io
import runpy
from pathlib import Path
from typing import Any

import pytest

from cxmapper import assets

FOLDER = Path(str(assets.samples()))


@pytest.fixture(scope="module")
def drawn() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "draw_survey.py"))


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    text = (FOLDER / "broadband-survey.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))[2:]


def test_the_file_is_what_the_generator_draws(drawn: dict[str, Any]) -> None:
    assert (FOLDER / "broadband-survey.csv").read_bytes() == drawn["survey"]()
    assert drawn["main"](["--check"]) == 0
    assert drawn["survey"](seed=1) != drawn["survey"]()


def test_it_has_five_thousand_rows_most_of_them_valid(rows: list[dict[str, str]]) -> None:
    answers = [r["Q1"] for r in rows if r["Status"] == "0"]
    valid = [int(a) for a in answers if a.isdigit() and int(a) <= 10]
    assert (len(rows), len(valid)) == (5000, 4812)
    assert answers.count("11") == 13
    assert len({r["ResponseId"] for r in rows}) == 5000


def test_nobody_can_be_known_by_it(rows: list[dict[str, str]]) -> None:
    text = (FOLDER / "broadband-survey.csv").read_text(encoding="utf-8-sig")
    assert "@" not in text
    assert not {"IPAddress", "RecipientEmail", "RecipientLastName", "LocationLatitude"} & rows[0].keys()
