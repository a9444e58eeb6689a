"""Rules: yes, or no with a reason; and what they allow, the operations do."""

from __future__ import annotations

import pytest

from cxmapper.edit.change import apply
from cxmapper.edit.operations import add_journey, add_link, add_stage
from cxmapper.edit.rules import may_drop, may_link, may_move_cards, may_move_touchpoints, may_span
from cxmapper.model.document import Document
from tests.make import counting_ids, small_map

MAP = small_map()


@pytest.mark.parametrize(
    ("kind", "type_", "lane", "column", "may"),
    [
        ("stage", "", None, None, True),
        ("stage", "", "pains", "a1", True),
        ("touchpoint", "", None, "A", True),
        ("touchpoint", "", "pains", "a1", True),
        ("touchpoint", "", "pains", None, False),
        ("touchpoint", "", None, "pains", False),
        ("card", "pain point", "pains", "a1", True),
        ("card", "opportunity", "pains", "C", True),
        ("card", "riddle", "notes", "A", True),
        ("card", "emotion", "feelings", "a1", True),
        ("card", "emotion", "notes", "a1", False),
        ("card", "note", "feelings", "a1", False),
        ("card", "note", "points", "a1", False),
        ("card", "note", None, "a1", False),
        ("card", "note", "notes", None, False),
        ("card", "note", "notes", "gone", False),
        ("link", "", "notes", "a1", False),
    ],
)
def test_what_may_be_dropped_where(
    kind: str, type_: str, lane: str | None, column: str | None, may: bool
) -> None:
    verdict = may_drop(MAP, kind, type_, lane=lane, column=column)
    assert bool(verdict) is may
    assert bool(str(verdict.reason or "")) is not may


def test_all_cards_must_be_welcome() -> None:
    assert may_move_cards(MAP, ["p1", "n1"], "notes", "b1")
    assert not may_move_cards(MAP, ["p1", "e1"], "notes", "b1")
    assert not may_move_cards(MAP, ["p1", "e1"], "feelings", "b1")
    assert may_move_cards(MAP, ["e1"], "feelings", "b1")


def _two_maps() -> tuple[Document, str]:
    new_id = counting_ids()
    document = apply(MAP, add_journey(MAP, title="Other", new_id=new_id))
    change = add_stage(document, "new1", new_id=new_id)
    return apply(document, change), change.added[0]


def test_touchpoints_and_links_stay_in_their_map() -> None:
    document, stage = _two_maps()
    assert may_move_touchpoints(document, ["a1", "b2"], "C")
    assert not may_move_touchpoints(document, ["a1"], stage)
    assert not may_move_touchpoints(document, ["a1"], "pains")
    assert not may_link(document, "p1", stage)
    assert not may_drop(document, "card", "note", lane="notes", column=stage)


@pytest.mark.parametrize(
    ("start", "to", "may"),
    [("p1", "p2", True), ("c1", "p1", True), ("a1", "C", True), ("p1", "c1", False), ("p1", "p1", False),
     ("p1", "P", False), ("gone", "p1", False), ("p1", "notes", False)],
)  # fmt: skip
def test_what_may_be_linked(start: str, to: str, may: bool) -> None:
    verdict = may_link(MAP, start, to)
    assert bool(verdict) is may
    if may:
        assert add_link(MAP, start, to, new_id=counting_ids())
    else:
        assert str(verdict.reason)


@pytest.mark.parametrize(("until", "may"), [("a2", True), ("a1", True), ("A", False), ("C", False)])
def test_where_a_span_may_end(until: str, may: bool) -> None:
    assert bool(may_span(MAP, "p1", until)) is may
