"""Moving: order kept, cards taken along, spans cut where they would run backwards."""

from __future__ import annotations

import pytest

from cxmapper.edit.change import apply
from cxmapper.edit.operations import (
    add_journey,
    add_stage,
    move_cards,
    move_elements,
    move_journeys,
    move_lanes,
    move_stages,
    move_touchpoints,
    set_until,
)
from cxmapper.model.checks import check
from cxmapper.model.columns import columns, lanes
from cxmapper.model.document import Document
from cxmapper.model.elements import Card
from tests.make import counting_ids, small_map

MAP = small_map()


def until(document: Document, card: str) -> str | None:
    return document.need(card, Card).place.until


def test_a_touchpoint_takes_its_cards_to_another_stage() -> None:
    change = move_touchpoints(MAP, ["a1"], "C")
    document = apply(MAP, change)
    assert columns(document, "J") == ("a2", "a3", "b1", "b2", "a1")
    assert document.index.cell("pains", "a1") == ("p1", "p2")
    assert change.ids == {"a1", "n1"}
    assert until(document, "n1") is None


def test_touchpoints_of_several_stages_move_as_a_group_in_their_order() -> None:
    document = apply(MAP, move_touchpoints(MAP, ["b2", "a2", "a1"], "B", before="b1"))
    assert columns(document, "J") == ("a3", "a1", "a2", "b2", "b1", "C")
    assert until(document, "n1") == "b1"
    assert check(document) == ()


def test_moving_in_front_of_itself_or_one_of_the_group() -> None:
    assert not move_touchpoints(MAP, ["a2"], "A", before="a2")
    document = apply(MAP, move_touchpoints(MAP, ["a1", "a3"], "A", before="a1"))
    assert columns(document, "J")[:3] == ("a1", "a3", "a2")


def test_a_span_whose_end_moves_before_its_start_is_cut_and_others_stay() -> None:
    document = apply(MAP, move_touchpoints(MAP, ["b1"], "A", before="a2"))
    assert until(document, "n1") == "b1"
    document = apply(MAP, move_touchpoints(MAP, ["b1"], "A", before="a1"))
    assert until(document, "n1") is None


def test_stages_take_their_columns_along_and_spans_are_cut() -> None:
    document = apply(MAP, move_stages(MAP, ["A"], before="C"))
    assert columns(document, "J") == ("b1", "b2", "a1", "a2", "a3", "C")
    assert until(document, "n1") is None
    document = apply(MAP, move_stages(MAP, ["C", "B"], before="A"))
    assert columns(document, "J") == ("b1", "b2", "C", "a1", "a2", "a3")


def test_a_stage_span_is_cut_as_well() -> None:
    document = apply(MAP, move_cards(MAP, ["p1"], "notes", "A"))
    document = apply(document, set_until(document, "p1", "C"))
    assert until(apply(document, move_stages(document, ["C"], before="B")), "p1") == "C"
    assert until(apply(document, move_stages(document, ["C"], before="A")), "p1") is None


def test_lanes_and_journeys_are_reordered() -> None:
    document = apply(MAP, move_lanes(MAP, ["notes", "pains"], before="points"))
    assert lanes(document, "J") == ("pains", "notes", "points", "feelings")
    document = apply(document, add_journey(document, title="Second", new_id=counting_ids()))
    document = apply(document, move_journeys(document, ["new1"], before="J"))
    assert document.index.children(None, "journey") == ("new1", "J")


def test_what_stays_in_its_map_is_refused_in_another() -> None:
    new_id = counting_ids()
    document = apply(MAP, add_journey(MAP, title="Second", new_id=new_id))
    change = add_stage(document, "new1", new_id=new_id)
    document, stage = apply(document, change), change.added[0]
    with pytest.raises(ValueError, match="not siblings"):
        move_touchpoints(document, ["a1"], stage)
    with pytest.raises(ValueError, match="not siblings"):
        move_stages(document, ["A", stage])
    with pytest.raises(ValueError, match="is not in"):
        move_stages(document, ["A"], before=stage)
    with pytest.raises(ValueError, match="no place among siblings"):
        move_elements(document, ["p1"])


# Cards


def test_cards_keep_their_order_by_lane_column_and_cell() -> None:
    document = apply(MAP, move_cards(MAP, ["o1", "p3", "p2", "p1"], "notes", "b2"))
    assert document.index.cell("notes", "b2") == ("p1", "p2", "p3", "o1")
    document = apply(MAP, move_cards(MAP, ["p3", "p2"], "notes", "a1", before="n1"))
    assert document.index.cell("notes", "a1") == ("p2", "p3", "n1")


def test_cards_are_reordered_in_their_cell() -> None:
    document = apply(MAP, move_cards(MAP, ["p2"], "pains", "a1", before="p1"))
    assert document.index.cell("pains", "a1") == ("p2", "p1")
    document = apply(MAP, move_cards(MAP, ["p3"], "pains", "a1", before="p2"))
    assert document.index.cell("pains", "a1") == ("p1", "p3", "p2")
    assert not move_cards(MAP, ["p1"], "pains", "a1", before="p2")
    assert not move_cards(MAP, ["p1", "p2"], "pains", "a1")


def test_one_moved_card_is_one_element_changed() -> None:
    assert move_cards(MAP, ["p1"], "notes", "a1", before="n1").ids == {"p1"}


@pytest.mark.parametrize(
    ("column", "end"), [("a2", "b2"), ("a3", "b2"), ("b1", "b2"), ("b2", None), ("C", None), ("A", None)]
)
def test_a_span_keeps_its_length_as_far_as_the_journey_goes(column: str, end: str | None) -> None:
    document = apply(MAP, move_cards(MAP, ["n1"], "notes", column))
    assert until(document, "n1") == end
    assert check(document) == ()


def test_a_span_stays_when_its_card_only_changes_lanes() -> None:
    assert until(apply(MAP, move_cards(MAP, ["n1"], "pains", "a1", before="p1")), "n1") == "b1"


def test_a_card_goes_to_a_stage_without_touchpoints() -> None:
    document = apply(MAP, move_cards(MAP, ["p1"], "pains", "C"))
    assert document.index.cell("pains", "C") == ("p1",)
    assert check(document) == ()


def test_cards_need_a_cell_and_a_sibling_that_is_in_it() -> None:
    with pytest.raises(ValueError, match="one journey"):
        move_cards(MAP, ["p1"], "notes", "pains")
    with pytest.raises(ValueError, match="not in"):
        move_cards(MAP, ["p1"], "notes", "a2", before="n1")
    with pytest.raises(KeyError):
        move_cards(MAP, ["A"], "notes", "a2")
