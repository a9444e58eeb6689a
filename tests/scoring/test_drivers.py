"""Key drivers, from answers and from what an import kept of them."""

from __future__ import annotations

import itertools
import time
from typing import Any

import numpy as np
import pytest

from cxmapper.model.document import Document
from cxmapper.model.elements import DriverStatistics
from cxmapper.scoring.constants import Constants
from cxmapper.scoring.drivers import derived_weights, drivers_of, key_drivers
from cxmapper.scoring.scorecard import score
from cxmapper.scoring.surveys import survey_scores
from tests.scoring.maps import a_map, answers


def drawn(k: int, n: int = 300) -> tuple[list[float], list[list[float]]]:
    """A score and k ratings that hang together, the first the most."""
    random = np.random.default_rng(7)
    common = random.normal(size=n)
    x = [common + random.normal(size=n) for _ in range(k)]
    y = sum(column * (k - i) for i, column in enumerate(x)) + random.normal(size=n) * k
    return list(map(float, y)), [list(map(float, column)) for column in x]


def r_squared(y: Any, x: Any, members: tuple[int, ...]) -> float:
    """R² by least squares on the answers themselves."""
    if not members:
        return 0.0
    design = np.column_stack([np.ones(len(y)), *(x[i] for i in members)])
    left = np.asarray(y) - design @ np.linalg.lstsq(design, np.asarray(y), rcond=None)[0]
    return 1 - float(left @ left) / float(np.sum((np.asarray(y) - np.mean(y)) ** 2))


def test_lmg_is_the_mean_gain_over_all_orders() -> None:
    y, x = drawn(4)
    gains = np.zeros(4)
    orders = list(itertools.permutations(range(4)))
    for order in orders:
        for at, i in enumerate(order):
            gains[i] += r_squared(y, x, order[: at + 1]) - r_squared(y, x, order[:at])
    assert key_drivers(y, x).lmg == pytest.approx(gains / len(orders), abs=1e-9)


def test_both_ways_divide_all_that_is_explained() -> None:
    y, x = drawn(5)
    found = key_drivers(y, x)
    assert sum(found.lmg) == pytest.approx(found.r2)
    assert sum(found.rw) == pytest.approx(found.r2)
    assert found.r2 == pytest.approx(r_squared(y, x, tuple(range(5))))
    assert sum(found.rw_pct) == pytest.approx(100)


def test_twelve_drivers_are_exact_and_quick_and_thirteen_have_no_lmg() -> None:
    y, x = drawn(13)
    start = time.perf_counter()
    found = key_drivers(y, x[:12])
    assert time.perf_counter() - start < 3
    assert sum(found.lmg) == pytest.approx(found.r2)
    assert key_drivers(y, x).lmg is None


def test_answers_that_are_not_complete_and_drivers_that_never_vary_are_left_out() -> None:
    y, x = drawn(2, 60)
    holes: list[float | None] = [None, *x[0][1:]]
    found = key_drivers(y, [holes, [3.0] * 60, x[1]], ["ease", "price", "speed"])
    assert (found.n, found.names, found.dropped) == (59, ("ease", "speed"), ("price",))
    assert found.r == pytest.approx(key_drivers(y[1:], [x[0][1:], x[1][1:]]).r)


def test_few_answers_and_weak_drivers_are_said() -> None:
    y, x = drawn(2, 40)
    assert [str(words) for words in key_drivers(y, x).warnings] == [
        "Only 40 complete answers; key drivers need 50."
    ]
    random = np.random.default_rng(1)
    noise = list(map(float, random.normal(size=200)))
    assert "explain little" in str(
        key_drivers(noise, [list(map(float, random.normal(size=200)))]).warnings[0]
    )


def test_drivers_that_say_the_same_share_it() -> None:
    y, x = drawn(1)
    found = key_drivers(y, [x[0], x[0]])
    assert found.rw == pytest.approx([found.r2 / 2] * 2)
    assert found.lmg == pytest.approx([found.r2 / 2] * 2)


def kept(y: list[float], x: list[list[float]], names: tuple[str, ...]) -> DriverStatistics:
    matrix = np.corrcoef([y, *x])
    return DriverStatistics(
        names=names, n=len(y), correlations=tuple(tuple(map(float, row)) for row in matrix)
    )


def test_correlations_alone_give_the_same() -> None:
    y, x = drawn(3)
    again = drivers_of(kept(y, x, ("a", "b", "c")))
    there = key_drivers(y, x)
    assert again.n == there.n
    for name in ("r", "beta", "lmg", "rw"):
        assert getattr(again, name) == pytest.approx(getattr(there, name))


def test_correlations_that_are_no_square_are_refused() -> None:
    with pytest.raises(ValueError, match="square"):
        drivers_of(DriverStatistics(names=("a",), n=50, correlations=((1, 0.5),)))


def with_survey(document: Document, **fields: Any) -> Document:
    before = document["nps"]
    return document.replaced({"nps": before}, {"nps": before.edited(**fields)})


def test_a_survey_tells_its_drivers_and_its_weighted_score() -> None:
    y, x = drawn(2, 80)
    sums = {"n": 40, "against": 10, "neither": 10, "for": 20, "squares": 50}
    document = with_survey(a_map(), drivers=kept(y, x, ("Ask", "Wait")), weight_sums=sums)
    found = {each.id: each for each in survey_scores(document, Constants())}["nps"]
    assert found.drivers.names == ("Ask", "Wait")
    assert (found.weighted.score, found.weighted.effective) == (25, 32)
    four = kept(y[:4], [c[:4] for c in x], ("a", "b"))
    few = with_survey(a_map(), drivers=four, weight_sums={**sums, "n": 4})
    hidden = {each.id: each for each in survey_scores(few, Constants())}["nps"]
    assert (hidden.drivers, hidden.weighted) == (None, None)


def test_weights_may_come_from_the_answers() -> None:
    y, x = drawn(2, 80)
    statistics = kept(y, x, ("ASK ", "stroll"))
    tally = answers("t", ("s1", "t1"), {"": (10, 0, 20)})
    document = with_survey(
        a_map(tally, settings={"importance_from": "derived"}), drivers=statistics, aliases={"stroll": "t1"}
    )
    card = score(document, "J")
    weights = derived_weights(drivers_of(statistics))
    found = {node.id: (node.weight_source, node.weight) for node in card.nodes}
    assert found["s1"] == ("derived", weights["ASK "])
    assert found["t1"] == ("derived", weights["stroll"])
    assert max(weights.values()) == 1
    assert found["s2"][0] == "stated"
    too_few = with_survey(document, drivers=kept(y[:40], [c[:40] for c in x], ("Ask", "stroll")))
    assert {node.weight_source for node in score(too_few, "J").nodes} == {"stated", "assumed"}
