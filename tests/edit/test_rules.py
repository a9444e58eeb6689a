"""Rules: yes, or no with a reason; and what they allow, the operations do."""

from __future__ import annotations

import pytest

from cxmapper.edit.change import apply
from cxmapper.edit.operations import add_card, add_journey, add_link, add_stage, set_fields
from cxmapper.edit.rules import (
    may_be_moment_of_truth,
    may_begin_link,
    may_hold_touchpoints,
    may_lie,
    may_link,
    may_move_cards,
    may_move_touchpoints,
)
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Lane
from tests.make import counting_ids, small_map

MAP = small_map()


@pytest.mark.parametrize(
    ("type_", "lane", "column", "why"),
    [
        ("pain point", "pains", "a1", ""),
        ("opportunity", "pains", "C", ""),
        ("riddle", "notes", "A", ""),
        ("emotion", "feelings", "a1", ""),
        ("emotion", "notes", "a1", ""),
        ("note", "feelings", "a1", "Only emotions go into Emotion"),
        ("note", "points", "a1", "Touchpoints holds no cards"),
        ("note", "", "a1", "Cards go into a lane"),
        ("note", "A", "a1", "Cards go into a lane"),
        ("note", "notes", "", "Cards go below a touchpoint"),
        ("note", "notes", "gone", "Cards go below a touchpoint"),
    ],
)
def test_what_may_lie_where(type_: str, lane: str, column: str, why: str) -> None:
    verdict = may_lie(MAP, type_, lane, column)
    assert str(verdict.reason or "") == why
    assert bool(verdict) is not bool(why)
    if verdict:
        card = apply(MAP, add_card(MAP, lane, column, type=type_, new_id=lambda: "x")).need("x", Card)
        assert (card.type, card.place.lane, card.place.column) == (type_, lane, column)


def test_without_a_stage_there_is_no_cell_and_the_reason_says_so() -> None:
    document = apply(MAP, add_journey(MAP, title="Other", new_id=counting_ids()))
    (lane, *_) = (x.id for x in document.children("new1", Lane) if x.type == "cards")
    assert str(may_lie(document, "note", lane, "").reason) == "Add a stage first: cards go below it"


def test_where_it_is_a_card_may_stay_whatever_its_type() -> None:
    strange = apply(MAP, set_fields(MAP, ["e1"], type="note"))
    assert may_move_cards(strange, ["e1"], "feelings", "b1")
    assert not may_lie(strange, "note", "feelings", "b1")
    assert not may_move_cards(strange, ["e1"], "points", "b1")


def test_touchpoints_alone_are_moments_of_truth_and_go_into_stages_alone() -> None:
    assert may_be_moment_of_truth(MAP, "a1")
    assert not may_be_moment_of_truth(MAP, "C")
    assert may_hold_touchpoints(MAP, "C")
    assert not may_hold_touchpoints(MAP, "a1")
    assert may_begin_link(MAP, "C")
    assert not may_begin_link(MAP, "notes")
    assert not may_begin_link(MAP, "")


def test_all_cards_must_be_welcome() -> None:
    assert may_move_cards(MAP, ["p1", "n1"], "notes", "b1")
    assert may_move_cards(MAP, ["p1", "e1"], "notes", "b1")
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
    assert not may_lie(document, "note", "notes", stage)


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
