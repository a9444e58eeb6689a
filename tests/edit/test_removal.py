"""Deleting: cascades, cut spans, forgotten mentions, and everything back with one undo."""

from __future__ import annotations

import pytest

from cxmapper.edit.change import Change, apply
from cxmapper.edit.operations import add_element, add_touchpoint, delete, move_cards, set_fields, set_until
from cxmapper.model.checks import check
from cxmapper.model.columns import columns
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Comment, Journey, Lane, Persona, Tally
from tests.make import counting_ids, small_map

MAP = small_map()
SHA = "0" * 64


def add(document: Document, kind: str, id_: str, **fields: object) -> Document:
    return apply(document, add_element(document, kind, id=id_, new_id=counting_ids(), **fields))


def without(document: Document, *ids: str) -> tuple[Document, Change]:
    """The document without `ids`, checked to be whole, and to come back whole."""
    change = delete(document, ids)
    after = apply(document, change)
    assert [p for p in check(after) if p.severity == "problem"] == []
    assert apply(after, change.inverse()) == document
    return after, change


@pytest.mark.parametrize(
    ("deleted", "gone"),
    [
        (["A"], {"A", "a1", "a2", "a3", "p1", "p2", "p3", "n1", "e1", "L"}),
        (["a1"], {"a1", "p1", "p2", "n1", "e1", "L"}),
        (["a2"], {"a2", "p3"}),
        (["C"], {"C", "c1", "L"}),
        (["pains"], {"pains", "p1", "p2", "p3", "L"}),
        (["c1"], {"c1", "L"}),
        (["L"], {"L"}),
        (["P"], {"P"}),
        (["J"], set(MAP) - {"P"}),
        (["A", "a1", "p1"], {"A", "a1", "a2", "a3", "p1", "p2", "p3", "n1", "e1", "L"}),
        (["gone"], set()),
        ([], set()),
    ],
)
def test_what_goes_with_what(deleted: list[str], gone: set[str]) -> None:
    _, change = without(MAP, *deleted)
    assert set(change.removed) == gone


def test_a_stage_that_loses_its_last_touchpoint_keeps_its_own_cards() -> None:
    document = apply(MAP, add_touchpoint(MAP, "C", new_id=counting_ids()))
    document = apply(document, move_cards(document, ["p3"], "pains", "new1"))
    after, change = without(document, "new1")
    assert set(change.removed) == {"new1", "p3"}
    assert columns(after, "J")[-1] == "C"
    assert after.index.cell("notes", "C") == ("c1",)


@pytest.mark.parametrize(
    ("deleted", "end"),
    [(["b1"], "a3"), (["b1", "a3"], "a2"), (["B"], "a3"), (["a2"], "b1"), (["b1", "a2", "a3"], None)],
)
def test_a_span_ends_in_the_last_column_that_remains(deleted: list[str], end: str | None) -> None:
    after, _ = without(MAP, *deleted)
    assert after.need("n1", Card).place.until == end


def test_a_span_of_stages_is_cut_to_a_stage() -> None:
    document = apply(MAP, move_cards(MAP, ["c1"], "notes", "A"))
    document = apply(document, set_until(document, "c1", "C"))
    assert without(document, "C")[0].need("c1", Card).place.until == "B"
    assert without(document, "B", "C")[0].need("c1", Card).place.until is None


def test_mentions_of_what_is_gone_go_too() -> None:
    assert without(MAP, "p1")[0].need("o1", Card).answers == ("p2",)
    after, _ = without(MAP, "P")
    assert after.need("J", Journey).who == ()
    assert after.need("notes", Lane).who == ()
    assert after.need("n1", Card).who == ()


def test_a_picture_is_taken_off_what_shows_it() -> None:
    document = add(MAP, "image", SHA, type="image/png", width=1, height=1)
    document = apply(document, set_fields(document, ["P", "p1"], image=SHA))
    after, _ = without(document, SHA)
    assert after.need("P", Persona).image is None
    assert after.need("p1", Card).image is None


def test_a_comment_outlives_what_it_was_about_and_keeps_its_title() -> None:
    document = add(MAP, "comment", "k", parent="J", about="p1", text="Is that so?")
    document = add(document, "comment", "answer", parent="J", about="p1", about_title="Kept", reply_to="k")
    after, _ = without(document, "p1")
    assert (after.need("k", Comment).about, after.need("k", Comment).about_title) == (None, "Long wait")
    assert after.need("answer", Comment).about_title == "Kept"
    assert without(document, "k")[0].need("answer", Comment).reply_to is None


def test_tallies_go_with_their_survey_and_forget_touchpoints() -> None:
    document = add(MAP, "survey", "s", scale=("0", "1"))
    document = add(document, "tally", "t", survey="s", nodes=("a1", "b1"), persona="P")
    after, _ = without(document, "a1", "P")
    assert (after.need("t", Tally).nodes, after.need("t", Tally).persona) == (("b1",), None)
    assert set(without(document, "s")[1].removed) == {"s", "t"}


def test_a_journey_takes_its_remarks_and_another_forgets_it() -> None:
    document = add(MAP, "comment", "k", parent="J")
    document = add(document, "journey", "K", title="Future", answers="J")
    after, change = without(document, "J")
    assert "k" in change.removed
    assert after.need("K", Journey).answers is None


def test_an_initiative_takes_what_is_placed_in_it() -> None:
    document = add(MAP, "initiative", "I", answers=("p1", "o1"))
    document = add(document, "milestone", "m", parent="I")
    document = add(document, "risk", "r", parent="I")
    assert set(without(document, "I")[1].removed) == {"I", "m", "r"}
    after, _ = without(document, "A", "o1")
    assert "answers" not in after["I"].raw()


def test_a_link_to_a_link_goes_as_well() -> None:
    document = add(MAP, "link", "LL", start="p3", to="L")
    assert "LL" in delete(document, ["c1"]).removed


def test_what_a_later_version_wrote_stays() -> None:
    document = apply(MAP, set_fields(MAP, ["o1"], zz_future={"about": "p1"}))
    after, _ = without(document, "p1")
    assert after["o1"].raw()["zz_future"] == {"about": "p1"}
