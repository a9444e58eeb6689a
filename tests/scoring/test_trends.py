"""Scores over time."""

from __future__ import annotations

import pytest

from cxmapper.scoring.pools import Window
from cxmapper.scoring.scorecard import score
from tests.scoring.maps import a_map, answers

MONTHS = {
    "2025-12": (10, 0, 40),
    "2026-01": (10, 0, 40),
    "2026-02": (40, 0, 10),
    "2026-04": (0, 0, 50),
    "": (99, 0, 0),
}


def test_months_without_answers_are_gaps_and_not_0() -> None:
    trend = score(a_map(answers("t", ("s1",), MONTHS)), "J").trend("s1")
    assert [(p.label, p.score) for p in trend] == [
        ("2025-12", 60), ("2026-01", 60), ("2026-02", -60), ("2026-03", None), ("2026-04", 100),
    ]  # fmt: skip
    assert [p.change for p in trend] == [None, 0, -120, None, None]
    assert trend[2].p < 0.001
    assert trend[1].detectable == pytest.approx(31, abs=1)


def test_quarters_are_those_of_the_calendar() -> None:
    trend = score(a_map(answers("t", ("s1",), MONTHS)), "J").trend("J", by="quarter")
    assert [(p.label, p.first, p.last, p.n) for p in trend] == [
        ("2025-Q4", "2025-10", "2025-12", 50), ("2026-Q1", "2026-01", "2026-03", 100),
        ("2026-Q2", "2026-04", "2026-06", 50),
    ]  # fmt: skip


def test_rolling_periods_are_compared_where_they_do_not_overlap() -> None:
    trend = score(a_map(answers("t", ("s1",), MONTHS)), "J").trend("S", by="rolling")
    assert [p.n for p in trend] == [50, 100, 150, 100, 100]
    assert [p.change is None for p in trend] == [True, True, True, False, False]
    assert trend[3].change == pytest.approx(0 - 60)


def test_a_trend_keeps_to_the_window() -> None:
    card = score(a_map(answers("t", ("s1",), MONTHS)), "J", window=Window("2026-01", "2026-02"))
    assert [p.label for p in card.trend("s1")] == ["2026-01", "2026-02"]


def test_without_months_there_is_no_trend() -> None:
    assert score(a_map(answers("t", ("s1",), {"": (1, 2, 30)})), "J").trend("s1") == ()
    with pytest.raises(KeyError):
        score(a_map(), "J").trend("gone")
