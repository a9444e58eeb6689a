"""Ratings and weights beside the score are found, and only their sums are kept."""

from __future__ import annotations

import csv
import io
import random

import pytest

from cxmapper.scoring.drivers import drivers_of, key_drivers
from cxmapper.scoring.nps import weighted_score
from cxmapper.survey.detect import propose
from cxmapper.survey.readers import read_table
from cxmapper.survey.respondents import Respondents
from cxmapper.survey.tally import Reading, count

HEADER = ["Response ID", "Status", "How likely are you to recommend us?", "Touchpoint", "Weight",
          "How satisfied are you with the price?", "It was easy", "Age", "Comment"]  # fmt: skip
PLACES = ("Shop", "Call", "App")


def answers(n: int = 120) -> list[list[str]]:
    draw = random.Random(5)
    rows = []
    for i in range(n):
        score = draw.randint(0, 10)
        price, ease = min(5, max(1, score // 2 + draw.randint(-1, 1))), draw.randint(1, 7)
        weight = f"{draw.uniform(0.5, 2):.2f}"
        remark = draw.choice(("", "fine", "so so"))
        place = draw.choice(PLACES)
        rows.append([f"R_{i:04}xyz", "ok", str(score), place, weight, str(price), str(ease), "44", remark])
    return rows


def reading(rows: list[list[str]], header: list[str] = HEADER) -> Reading:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return count(propose(read_table(out.getvalue().encode(), "a.csv")))


def test_correlations_and_weights_are_those_of_the_respondents() -> None:
    rows = answers()
    counted = reading(rows).counted
    assert counted.drivers is not None
    kept = drivers_of(counted.drivers)
    columns = [[float(row[i]) for row in rows] for i in (2, 5, 6)]
    expected = key_drivers(columns[0], columns[1:])
    assert kept.names == (HEADER[5], HEADER[6])
    assert (kept.n, kept.r) == (120, pytest.approx(expected.r))
    signs = [(int(row[2]) > 8) - (int(row[2]) < 7) for row in rows]
    weighted = weighted_score(signs, [float(row[4]) for row in rows])
    sums = counted.weight_sums
    total = sums["against"] + sums["neither"] + sums["for"]
    assert 100 * (sums["for"] - sums["against"]) / total == pytest.approx(weighted.score)
    assert total**2 / sums["squares"] == pytest.approx(weighted.effective)


def test_rows_that_are_no_answers_leave_nothing_behind() -> None:
    rows = answers()
    dirty = [
        ["R_a1", "preview", "10", "Shop", "9", "1", "1", "44", ""],
        ["R_a2", "ok", "", "Shop", "9", "1", "1"],
        ["R_a3", "ok", "ten", "Shop", "9", "5", "1", "44", ""],
    ]
    clean, mixed = reading(rows).counted, reading([*rows, *dirty]).counted
    assert (clean.drivers, clean.weight_sums) == (mixed.drivers, mixed.weight_sums) != (None, {})


def test_too_few_leave_no_correlations() -> None:
    assert reading(answers(49)).counted.drivers is None
    assert reading(answers(50)).counted.drivers is not None


def test_what_is_no_rating_is_none() -> None:
    rows = answers()
    table = propose(read_table(_csv(rows, HEADER), "a.csv"))
    found = Respondents.of(table)
    assert found is not None
    assert [rating.column.name for rating in found.ratings] == HEADER[5:7]
    assert found.weight is not None
    assert Respondents.of(propose(read_table(_csv([r[:4] for r in rows], HEADER[:4]), "a.csv"))) is None


def test_it_is_said_what_is_kept() -> None:
    said = [str(words) for words in reading(answers()).reasons]
    assert any("“It was easy”" in words and "correlation" in words for words in said)
    assert any("weights in “Weight”" in words for words in said)


def _csv(rows: list[list[str]], header: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue().encode()
