"""Duplicating: new ids, inner references kept among the copies, everything next to its original."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from cxmapper.edit.change import Change, apply
from cxmapper.edit.operations import add_element, add_journey, duplicate, set_fields
from cxmapper.model.base import references
from cxmapper.model.checks import check
from cxmapper.model.columns import columns, lanes
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Link, Stage
from tests.make import counting_ids, small_map

MAP = small_map()


def copied(document: Document, *ids: str) -> tuple[Document, Change]:
    """The document with copies of `ids`, checked to be whole."""
    change = duplicate(document, ids, counting_ids())
    after = apply(document, change)
    assert check(after) == check(document)
    assert not change.removed
    return after, change


def kinds(document: Document, ids: Iterable[str]) -> list[str]:
    return sorted(document[id_].kind for id_ in ids)


def test_a_card_is_copied_behind_itself_with_its_text() -> None:
    after, change = copied(MAP, "p1")
    assert after.index.cell("pains", "a1") == ("p1", "new1", "p2")
    assert after.need("new1", Card).text == "Long wait"
    assert change.ids == {"new1"}


def test_several_cards_are_copied_behind_the_last_of_their_cell() -> None:
    after, _ = copied(MAP, "p2", "p1", "p3")
    texts = [after.need(i, Card).text for i in after.index.cell("pains", "a1")]
    assert texts == ["Long wait", "No answer", "Long wait", "No answer"]
    assert len(after.index.cell("pains", "a2")) == 2


def test_a_touchpoint_is_copied_with_its_cards_into_the_same_lanes() -> None:
    after, change = copied(MAP, "a1")
    copy = change.added[0]
    assert columns(after, "J") == ("a1", copy, "a2", "a3", "b1", "b2", "C")
    assert after[copy].caption == "A1 (copy)"
    assert len(after.index.cell("pains", copy)) == 2
    assert len(after.index.cell("feelings", copy)) == 1
    (note,) = after.index.cell("notes", copy)
    assert after.need(note, Card).place.until is None


def test_a_stage_is_copied_with_touchpoints_cards_and_the_links_between_them() -> None:
    linked = apply(MAP, add_element(MAP, "link", id="inner", start="p1", to="p3", new_id=counting_ids()))
    after, change = copied(linked, "A")
    copy = after.index.children("J", "stage")[1]
    assert after.need(copy, Stage).title == "Before (copy)"
    assert kinds(after, change.added) == sorted(["stage"] + ["touchpoint"] * 3 + ["card"] * 5 + ["link"])
    link = next(after.need(i, Link) for i in change.added if after[i].kind == "link")
    assert (after[link.start].caption, after[link.to].caption) == ("Long wait", "Too dear")
    assert {link.start, link.to} <= set(change.added)
    (note,) = after.index.cell("notes", after.index.children(copy, "touchpoint")[0])
    assert after.need(note, Card).place.until == after.index.children(copy, "touchpoint")[2]


def test_a_lane_is_copied_with_its_cards_in_the_same_columns() -> None:
    after, change = copied(MAP, "pains")
    assert lanes(after, "J") == ("points", "feelings", "pains", change.added[0], "notes")
    assert len(after.index.cell(change.added[0], "a1")) == 2


def test_a_journey_is_copied_whole_and_refers_to_nothing_of_the_old_one() -> None:
    after, change = copied(MAP, "J")
    assert len(change.added) == len(MAP) - 1
    copy = after.need(change.added[0], Journey)
    assert (copy.title, copy.who) == ("Moving house (copy)", ("P",))
    assert after.index.children(None, "journey") == ("J", copy.id)
    assert len(columns(after, copy.id)) == 6
    for id_ in change.added:
        targets = {target for _, target, _ in references(after[id_])}
        assert targets <= {*change.added, "P"}
    captions = [after[i].caption for i in columns(after, copy.id)]
    assert captions == [MAP[i].caption for i in columns(MAP, "J")]


def test_references_within_the_copies_are_kept_and_others_stay() -> None:
    after, change = copied(MAP, "o1", "p1")
    copy = next(e for e in (after.need(i, Card) for i in change.added) if e.type == "opportunity")
    pain = next(i for i in change.added if i != copy.id)
    assert set(copy.answers) == {pain, "p2"}


def test_what_is_inside_something_copied_is_not_copied_twice() -> None:
    after, change = copied(MAP, "p1", "a1", "A", "L")
    assert kinds(after, change.added) == sorted(["stage"] + ["touchpoint"] * 3 + ["card"] * 5 + ["link"])
    assert after.need(change.added[-1], Link).to == "c1"


def test_tied_siblings_keep_their_order_in_the_copy() -> None:
    document = apply(MAP, set_fields(MAP, ["J"], title="J"))
    elements = dict(document.elements)
    for id_ in ("a1", "a2", "a3"):
        elements[id_] = elements[id_].edited(place=("A", "a0"))
    tied = Document(elements)
    change = duplicate(tied, ["A"], iter(["zz", *(f"n{9 - i}x" for i in range(9))]).__next__)
    after = apply(tied, change)
    captions = [after[i].caption for i in after.index.children("zz", "touchpoint")]
    assert captions == ["A1", "A2", "A3"]


def test_a_span_over_parts_that_copying_separates_does_not_run_backwards() -> None:
    after, change = copied(MAP, "A", "C", "b1")
    assert change.added
    assert [problem for problem in check(after) if problem.severity == "problem"] == []


@pytest.mark.parametrize("kind", ["settings", "strategy", "survey", "comment"])
def test_what_there_is_one_of_is_not_copied(kind: str) -> None:
    change = add_element(MAP, kind, new_id=counting_ids("x"))
    document = apply(MAP, change)
    assert not duplicate(document, change.added, counting_ids())
    assert not duplicate(document, ["gone"], counting_ids())


def test_an_initiative_is_copied_with_its_milestones() -> None:
    document = apply(MAP, add_element(MAP, "initiative", id="I", title="Hire", new_id=counting_ids()))
    document = apply(document, add_element(document, "milestone", parent="I", id="m", new_id=counting_ids()))
    after, change = copied(document, "I")
    assert kinds(after, change.added) == ["initiative", "milestone"]
    assert after[change.added[0]].caption == "Hire (copy)"


def test_the_longest_title_and_odd_signs_can_be_copied() -> None:
    document = apply(MAP, set_fields(MAP, ["A"], title="{x} " + "y" * 1996))
    after, change = copied(document, "A")
    title = after.need(change.added[0], Stage).title
    assert title.startswith("{x} yyy")
    assert title.endswith("(copy)")


def test_a_new_journey_next_to_others_keeps_their_order() -> None:
    document = apply(MAP, add_journey(MAP, title="Last", new_id=counting_ids("k")))
    after, change = copied(document, "J")
    assert after.index.children(None, "journey") == ("J", change.added[0], "k1")
