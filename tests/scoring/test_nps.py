"""Rules of the net scores that hold for all counts."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmapper.scoring.gaps import gap_score, moves_needed, perception
from cxmapper.scoring.nps import (
    Counts,
    adjusted_wald,
    answers_for_difference,
    answers_for_margin,
    benjamini_hochberg,
    detectable,
    difference,
    net_score,
    nonresponse_bounds,
    precision,
    score_interval,
    standard_error,
    total,
    wald,
    weighted_score,
)

counts = st.builds(Counts, *(st.integers(0, 400),) * 3)
answered = counts.filter(lambda c: c.n > 0)


@given(answered)
def test_turned_upside_down_everything_changes_its_sign(c: Counts) -> None:
    upside_down = Counts(c.positive, c.neutral, c.negative)
    assert net_score(upside_down) == pytest.approx(-net_score(c))
    for method in (adjusted_wald, wald, score_interval):
        here, there = method(c), method(upside_down)
        assert there.low == pytest.approx(-here.high, abs=1e-6)
        assert there.high == pytest.approx(-here.low, abs=1e-6)


@given(answered)
def test_intervals_lie_on_the_axis_and_hold_the_score(c: Counts) -> None:
    score = net_score(c)
    for method in (adjusted_wald, wald, score_interval):
        interval = method(c)
        assert -100 <= interval.low <= interval.high <= 100
    around = score_interval(c)
    assert around.low - 1e-6 <= score <= around.high + 1e-6


@given(answered, st.integers(2, 5))
def test_more_answers_of_the_same_shares_are_surer(c: Counts, times: int) -> None:
    many = Counts(*(n * times for n in c))
    assert net_score(many) == pytest.approx(net_score(c))
    assert adjusted_wald(many).error < adjusted_wald(c).error


@given(st.lists(counts, max_size=8), st.randoms())
def test_pooling_knows_no_order_and_no_chunks(pool: list[Counts], random: object) -> None:
    shuffled = list(pool)
    random.shuffle(shuffled)
    half = len(pool) // 2
    assert total(shuffled) == total(pool) == total([total(pool[:half]), total(pool[half:])])


def test_no_answer_is_no_score_and_never_0() -> None:
    nothing = Counts()
    for function in (net_score, adjusted_wald, wald, score_interval, standard_error):
        assert function(nothing) is None
    assert difference(nothing, Counts(1, 1, 1)) is None
    assert precision(None) is None


@pytest.mark.parametrize(("n", "word"), [(20, "low"), (66, "medium"), (300, "high"), (3, "very_low")])
def test_precision_is_a_word_for_the_margin(n: int, word: str) -> None:
    assert precision(adjusted_wald(Counts(n / 3, n / 3, n / 3))) == word


@given(st.floats(2, 60), st.floats(0.1, 1))
def test_so_many_answers_give_the_margin_and_one_less_does_not(margin: float, spread: float) -> None:
    def reached(n: int) -> float:
        return 1.959963984540054 * 100 * math.sqrt(spread / (n + 3))

    n = answers_for_margin(margin, spread)
    assert reached(n) <= margin + 1e-9
    assert n == 1 or reached(n - 1) > margin - 1e-9


@pytest.mark.parametrize(("apart", "n"), [(5, 3765), (10, 939), (15, 416), (20, 233)])
def test_the_table_of_differences_of_the_specification(apart: int, n: int) -> None:
    assert answers_for_difference(apart) == n


@pytest.mark.parametrize(("n", "points"), [(100, 21), (400, 11)])
def test_the_smallest_change_that_shows(n: int, points: int) -> None:
    error = 100 * math.sqrt(0.6 / n)
    assert round(detectable(error, error)) == points


@given(st.lists(st.none() | st.floats(0, 1), max_size=20), st.randoms())
def test_adjusted_p_values_keep_their_order_and_never_fall(ps: list[float | None], random: object) -> None:
    adjusted = benjamini_hochberg(ps)
    pairs = sorted((p, q) for p, q in zip(ps, adjusted, strict=True) if p is not None)
    assert [q is None for q in adjusted] == [p is None for p in ps]
    assert all(p <= q <= 1 for p, q in pairs)
    assert [q for _, q in pairs] == sorted(q for _, q in pairs)
    order = list(range(len(ps)))
    random.shuffle(order)
    assert benjamini_hochberg([ps[i] for i in order]) == [adjusted[i] for i in order]


@given(answered, st.integers(-100, 100))
def test_so_many_moves_reach_the_reference_and_one_less_does_not(c: Counts, reference: int) -> None:
    moves = moves_needed(c, reference)

    def after(k: int) -> float:
        return 100 * (c.positive - c.negative + k) / c.n

    assert after(moves) >= reference - 1e-6
    assert moves == 0 or after(moves - 1) < reference
    assert moves <= 2 * c.negative + c.neutral


@given(answered, st.integers(-100, 100), st.floats(0, 1))
def test_a_gap_score_lies_within_its_interval(c: Counts, reference: int, weight: float) -> None:
    interval = adjusted_wald(c)
    found = gap_score(net_score(c), interval, reference, weight)
    assert 0 <= found.low <= found.high <= 200
    if interval.low <= net_score(c) <= interval.high:
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9


@given(answered, st.integers(-100, 100), st.integers(0, 50))
def test_the_perception_has_one_label_only(c: Counts, emotion: int, tolerance: int) -> None:
    label = perception(c.n, adjusted_wald(c), emotion, tolerance)
    mirrored = perception(c.n, adjusted_wald(Counts(*c[::-1])), -emotion, tolerance)
    turned = {"map_rosier": "map_gloomier", "map_gloomier": "map_rosier"}
    assert mirrored == turned.get(label, label)


def test_weights_that_are_no_weights_drop_the_answer() -> None:
    found = weighted_score([1, -1, 0, 1, None], [1, None, 0, -2, 1])
    assert (found.n, found.score) == (1, 100)
    assert weighted_score([1], [math.nan]).score is None


def test_more_answers_than_invitations_are_refused() -> None:
    with pytest.raises(ValueError, match="invited"):
        nonresponse_bounds(30, 11, 10)
