"""The grid of a journey: columns, lanes, and where a part lies."""

from __future__ import annotations

import time

import pytest

from cxmapper.model import columns as grid
from cxmapper.model.document import EMPTY, Document
from cxmapper.model.elements import Stage
from cxmapper.model.fields import Place
from tests.make import make_map, small_map

MAP = small_map()


def test_columns_are_touchpoints_or_the_stage_without_any() -> None:
    assert grid.columns(MAP, "J") == ("a1", "a2", "a3", "b1", "b2", "C")
    assert grid.touchpoints(MAP, "J") == ("a1", "a2", "a3", "b1", "b2")
    assert grid.stages(MAP, "J") == ("A", "B", "C")
    assert grid.lanes(MAP, "J") == ("points", "feelings", "pains", "notes")


def test_a_journey_that_is_not_there_has_no_columns() -> None:
    assert grid.columns(EMPTY, "J") == ()


def test_the_order_holds_stages_before_their_touchpoints() -> None:
    order = grid.column_order(MAP, "J")
    assert list(order) == ["A", "a1", "a2", "a3", "B", "b1", "b2", "C"]
    assert list(order.values()) == list(range(8))


@pytest.mark.parametrize("id_", ["J", "A", "a1", "pains", "p1", "c1", "L"])
def test_every_part_knows_its_journey(id_: str) -> None:
    assert grid.journey_of(MAP, id_) == "J"


@pytest.mark.parametrize("id_", ["P", "nowhere"])
def test_what_is_in_no_journey_says_so(id_: str) -> None:
    assert grid.journey_of(MAP, id_) is None


def test_a_cycle_of_parents_is_in_no_journey() -> None:
    ring = [Stage(id="x", place=Place("y", "a0")), Stage(id="y", place=Place("x", "a0"))]
    assert grid.journey_of(Document({stage.id: stage for stage in ring}), "x") is None


def test_stage_of_a_column() -> None:
    assert [grid.stage_of(MAP, column) for column in ("a1", "B", "pains", "gone")] == ["A", "B", None, None]


@pytest.mark.parametrize(
    ("column", "until", "may"),
    [("a1", "a2", True), ("a1", "b2", True), ("a2", "a1", False), ("a1", "a1", False), ("A", "C", True),
     ("a1", "B", False), ("A", "b1", False), ("a1", "gone", False), ("gone", "a1", False)],
)  # fmt: skip
def test_a_span_ends_later_in_a_column_of_its_sort(column: str, until: str, may: bool) -> None:
    assert grid.may_end(MAP, column, until) is may


def test_columns_of_a_large_journey_take_no_time() -> None:
    document, journey = make_map(2_000)
    assert len(grid.columns(document, journey)) == 2_000
    quickest = min(_seconds(document, journey) for _ in range(20))
    assert quickest < 0.002


def _seconds(document: Document, journey: str) -> float:
    start = time.perf_counter()
    grid.columns(document, journey)
    return time.perf_counter() - start
