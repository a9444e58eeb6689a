"""Adding and editing: every kind, in its place, with the values it needs."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from cxmapper.edit.change import Change, apply
from cxmapper.edit.operations import (
    add_card,
    add_element,
    add_journey,
    add_lane,
    add_link,
    add_persona,
    add_stage,
    add_touchpoint,
    set_fields,
    set_until,
    set_valence,
)
from cxmapper.model.checks import check
from cxmapper.model.columns import columns, lanes
from cxmapper.model.document import EMPTY, Document
from cxmapper.model.elements import CLASS_OF, Card, Journey, Lane, Link, Persona, Settings
from cxmapper.model.ids import survey_id, tally_id
from tests.make import counting_ids, small_map

MAP = small_map()
SHA = "0" * 64


def test_a_new_journey_has_the_lanes_of_a_new_map() -> None:
    change = add_journey(EMPTY, title="First", who=("P",), new_id=counting_ids())
    document = apply(EMPTY, change)
    journey = document.need(change.added[0], Journey)
    assert (journey.title, journey.who, journey.state) == ("First", ("P",), "current")
    found = [document.need(lane, Lane) for lane in lanes(document, journey.id)]
    assert [(lane.type, lane.offers) for lane in found] == [
        ("touchpoints", None), ("emotion", "emotion"), ("cards", "pain point"), ("cards", "opportunity"),
    ]  # fmt: skip
    assert all(lane.title for lane in found)


def test_columns_are_added_in_front_or_at_the_end() -> None:
    new_id = counting_ids()
    document = apply(MAP, add_stage(MAP, "J", title="Between", before="B", new_id=new_id))
    document = apply(document, add_touchpoint(document, "A", before="a1", new_id=new_id))
    document = apply(document, add_touchpoint(document, "A", new_id=new_id))
    assert columns(document, "J") == ("new2", "a1", "a2", "a3", "new3", "new1", "b1", "b2", "C")
    document = apply(document, add_lane(document, "J", title="Top", before="points", new_id=new_id))
    assert lanes(document, "J")[0] == "new4"


def test_the_first_touchpoint_of_a_stage_leaves_its_cards_with_the_stage() -> None:
    document = apply(MAP, add_touchpoint(MAP, "C", title="First", new_id=counting_ids()))
    assert columns(document, "J")[-1] == "new1"
    assert document.index.cell("notes", "C") == ("c1",)
    assert check(document) == ()


@pytest.mark.parametrize(
    ("lane", "asked", "valence", "type_", "held"),
    [
        ("feelings", "emotion", None, "emotion", 0),
        ("feelings", "pain point", None, "emotion", 0),
        ("feelings", "emotion", -40, "emotion", -40),
        ("notes", "emotion", None, "emotion", 0),
        ("notes", "riddle", None, "riddle", None),
        ("pains", "gain", None, "gain", None),
    ],
)
def test_cards_become_what_their_lane_makes_of_them(
    lane: str, asked: str, valence: int | None, type_: str, held: int | None
) -> None:
    change = add_card(MAP, lane, "a1", type=asked, valence=valence, new_id=counting_ids())
    card = apply(MAP, change).need("new1", Card)
    assert (card.type, card.valence) == (type_, held)


def test_a_card_is_added_in_front_of_another_with_its_fields() -> None:
    change = add_card(
        MAP, "pains", "a1", type="pain point", text="First", before="p1", severity=2, new_id=counting_ids()
    )
    document = apply(MAP, change)
    assert document.index.cell("pains", "a1") == ("new1", "p1", "p2")
    assert document.need("new1", Card).severity == 2


def test_a_cell_of_two_maps_holds_no_card() -> None:
    new_id = counting_ids()
    change = add_journey(MAP, title="Other", new_id=new_id)
    document = apply(MAP, change)
    with pytest.raises(ValueError, match="one journey"):
        add_card(document, change.added[-1], "a1", type="note", new_id=new_id)
    with pytest.raises(ValueError, match="one journey"):
        add_card(document, "notes", "points", type="note", new_id=new_id)


def test_a_link_needs_two_ends_that_can_have_one() -> None:
    document = apply(MAP, add_link(MAP, "p1", "b1", label="so", new_id=counting_ids()))
    assert document.need("new1", Link).raw() == {"kind": "link", "from": "p1", "to": "b1", "label": "so"}
    with pytest.raises(ValueError, match="two ends"):
        add_link(MAP, "p1", "p1", new_id=counting_ids())
    for end in ("P", "gone", "points"):
        with pytest.raises(KeyError):
            add_link(MAP, "p1", end, new_id=counting_ids())


# Every other kind

_NEEDS: dict[str, dict[str, Any]] = {
    "stage": {"parent": "J"}, "touchpoint": {"parent": "A"}, "lane": {"parent": "J"},
    "comment": {"parent": "J", "about": "p1"}, "review": {"parent": "J", "resolved": True},
    "link": {"start": "p1", "to": "p2"}, "tally": {"survey": "s"},
    "image": {"id": SHA, "type": "image/png", "width": 1, "height": 1},
    "milestone": {"parent": "I"}, "risk": {"parent": "I"},
}  # fmt: skip


def _with_parents() -> Document:
    document = apply(MAP, add_element(MAP, "initiative", id="I", new_id=counting_ids()))
    return apply(document, add_element(document, "survey", id="s", new_id=counting_ids()))


@pytest.mark.parametrize("kind", sorted(set(CLASS_OF) - {"card"}))
def test_every_kind_can_be_added_and_taken_back(kind: str) -> None:
    document = _with_parents()
    change = add_element(document, kind, new_id=counting_ids(), **_NEEDS.get(kind, {}))
    after = apply(document, change)
    assert after[change.added[0]].kind == kind
    assert [p for p in check(after) if p.severity == "problem"] == []
    assert apply(after, change.inverse()) == document


def test_what_everybody_makes_alike_has_the_id_that_everybody_gives_it() -> None:
    def only(change: Change) -> str:
        (id_,) = change.added
        return id_

    fields = {"vendor": "V", "question": "Q?", "metric": "nps", "scale": ("0", "1"), "sort": "relational"}
    survey = add_element(MAP, "survey", new_id=counting_ids(), **fields)
    assert only(survey) == survey_id("V", "Q?", "nps", ("0", "1"), "relational")
    tally = add_element(MAP, "tally", new_id=counting_ids(), survey="s", persona="P", nodes=("b1", "a1"))
    assert only(tally) == tally_id("s", "P", ("a1", "b1"))
    assert only(add_element(MAP, "settings", new_id=counting_ids())) == "settings"


def test_the_strategy_is_made_with_the_first_thing_placed_in_it() -> None:
    change = add_element(MAP, "objective", title="Fewer calls", new_id=counting_ids())
    assert change.added == ("new1", "strategy")
    document = apply(MAP, change)
    assert add_element(document, "action", new_id=counting_ids("x")).added == ("x1",)


def test_what_can_not_be_added_is_refused() -> None:
    new_id = counting_ids()
    settings = apply(MAP, add_element(MAP, "settings", new_id=new_id))
    with pytest.raises(ValueError, match="there already"):
        add_element(settings, "settings", new_id=new_id)
    for kind in ("card", "hologram", "image"):
        with pytest.raises(ValueError, match="not added in this way"):
            add_element(MAP, kind, new_id=new_id)
    with pytest.raises(ValueError, match="can't hang"):
        add_element(MAP, "stage", parent="A", new_id=new_id)
    with pytest.raises(ValueError, match="can't hang"):
        add_element(MAP, "stage", new_id=new_id)
    with pytest.raises(KeyError):
        add_element(MAP, "stage", parent="gone", new_id=new_id)
    with pytest.raises(ValidationError):
        add_element(MAP, "persona", share=101, new_id=new_id)


def test_personas_are_added_in_order() -> None:
    document = apply(MAP, add_persona(MAP, name="Ben", type="staff", before="P", new_id=counting_ids()))
    assert [persona.name for persona in document.children(None, Persona)] == ["Ben", "Anna"]


# Editing


def test_fields_of_several_elements_are_set_at_once() -> None:
    change = set_fields(MAP, ["p1", "p2"], basis="observed", tags=["b", "a"])
    document = apply(MAP, change)
    assert change.ids == {"p1", "p2"}
    assert document.need("p2", Card).tags == ("a", "b")
    assert not set_fields(document, ["p1"], basis="observed")


def test_settings_are_made_by_setting_them() -> None:
    document = apply(EMPTY, set_fields(EMPTY, ["settings"], title="Mine"))
    assert document.need("settings", Settings).title == "Mine"
    assert document.settings.title == "Mine"


def test_a_card_that_becomes_an_emotion_gets_a_height() -> None:
    assert apply(MAP, set_fields(MAP, ["p1"], type="emotion")).need("p1", Card).valence == 0
    assert apply(MAP, set_fields(MAP, ["e1"], type="emotion")).need("e1", Card).valence == -40


@pytest.mark.parametrize("field", ["id", "kind", "place"])
def test_what_other_operations_change_is_not_set(field: str) -> None:
    with pytest.raises(ValueError, match="not a field to set"):
        set_fields(MAP, ["p1"], **{field: "x"})


def test_values_that_do_not_fit_and_elements_that_are_not_there() -> None:
    with pytest.raises(ValidationError):
        set_fields(MAP, ["p1"], severity=4)
    with pytest.raises(ValidationError):
        set_fields(MAP, ["J"], title="two\nlines")
    with pytest.raises(KeyError):
        set_fields(MAP, ["gone"], title="x")


@pytest.mark.parametrize(
    ("dragged", "held"), [(-42.4, -40), (-42.6, -45), (0.4, 0), (101, 100), (-1e9, -100), (97.5, 100)]
)
def test_a_valence_snaps_and_stays_in_range(dragged: float, held: int) -> None:
    after = apply(MAP, set_valence(MAP, "e1", dragged))
    assert after.need("e1", Card).valence == held


def test_set_fields_does_not_snap() -> None:
    assert apply(MAP, set_fields(MAP, ["e1"], valence=-42)).need("e1", Card).valence == -42


def test_a_span_ends_later_or_not_at_all() -> None:
    assert apply(MAP, set_until(MAP, "p1", "b2")).need("p1", Card).place.until == "b2"
    assert apply(MAP, set_until(MAP, "n1", "a1")).need("n1", Card).place.until is None
    assert apply(MAP, set_until(MAP, "n1", None)).need("n1", Card).place.until is None
    for until in ("A", "C", "gone"):
        with pytest.raises(ValueError, match="can't end"):
            set_until(MAP, "p1", until)
    with pytest.raises(ValueError, match="can't end"):
        set_until(MAP, "p3", "a1")
