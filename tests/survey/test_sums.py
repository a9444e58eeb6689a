"""What is kept of respondents gives what the respondents themselves would have given."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmapper.scoring.drivers import drivers_of, key_drivers
from cxmapper.survey.sums import DriverSums, WeightSums

RATED = st.tuples(st.integers(0, 10), st.integers(1, 5), st.integers(1, 5) | st.none(), st.integers(1, 7))


@given(st.lists(RATED, min_size=8, max_size=40))
def test_drivers_of_the_sums_are_those_of_the_rows(rows: list[tuple[int, int, int | None, int]]) -> None:
    sums = DriverSums(["ease", "price", "time"])
    for score, *ratings in rows:
        sums.add(score, ratings)
    kept = sums.statistics()
    try:
        expected = key_drivers([r[0] for r in rows], [[r[i] for r in rows] for i in (1, 2, 3)], sums.names)
    except ValueError:
        assert kept is None
        return
    assert kept is not None
    found = drivers_of(kept)
    assert (found.names, found.n) == (expected.names, expected.n)
    assert found.r == pytest.approx(expected.r, abs=1e-9)


@given(st.lists(RATED, max_size=30), st.integers(0, 99))
def test_the_order_of_rows_makes_no_difference_to_the_sums(rows: list[tuple[int, ...]], seed: int) -> None:
    shuffled = random.Random(seed).sample(rows, len(rows))
    found = []
    for each in (rows, shuffled):
        sums, weights = DriverSums(["a", "b", "c"]), WeightSums()
        for score, *ratings in each:
            sums.add(score, ratings)
            weights.add((score > 8) - (score < 7), str(ratings[0] / 3))
        found.append((sums.statistics(), weights.sums()))
    assert found[0] == found[1]


def test_weights_that_are_none_leave_their_respondent_out() -> None:
    weights = WeightSums()
    for weight in ("", "x", "0", "-1", "nan", "inf", "1e99", "1e-400"):
        weights.add(1, weight)
    assert weights.sums() == {}
    weights.add(1, " 1,5 ")
    assert weights.sums()["for"] == 1.5
