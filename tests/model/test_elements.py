"""Single elements: strict values, frozen all the way down, and nothing unknown ever lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cxmapper.model.base import Element
from cxmapper.model.elements import CLASS_OF, Card, Settings, UnknownElement, read_elements
from cxmapper.model.fields import CardPlace, cleaned, plain
from cxmapper.model.kinds import KINDS, choice_words, fields_of
from tests.strategies import json_values

PLACE = ["lane", "column", None, "a0"]


def read(id_: str, **raw: Any) -> Element:
    return read_elements({id_: raw})[id_]


@pytest.mark.parametrize("valence", ["40", True, 40.0, 101, -101])
def test_scalars_are_strict(valence: object) -> None:
    with pytest.raises(ValidationError):
        read("c", kind="card", place=PLACE, valence=valence)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("card", {"place": ["lane", "column", "a0"]}),
        ("card", {"place": ["lane", "column", None, "a00"]}),
        ("card", {"place": ["lane with spaces", "column", None, "a0"]}),
        ("card", {"place": PLACE, "text": "bell\x07"}),
        ("card", {"place": PLACE, "text": "half a pair \ud83d"}),
        ("journey", {"place": [None, "a0"], "title": "two\nlines"}),
        ("journey", {"place": [None, "a0"], "date": "2026-13"}),
        ("journey", {"place": [None, "a0"], "date": "2026-02-30"}),
        ("journey", {"place": [None, "a0"], "date": "0000"}),
        ("journey", {"place": [None, "a0"], "date": "２０２６"}),
        ("journey", {"place": [None, "a0"], "target_nps": float("nan")}),
        ("link", {"from": "a"}),
    ],
)
def test_values_that_do_not_fit_are_refused(kind: str, fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        read("x", kind=kind, **fields)


def test_a_field_can_be_emptied_again() -> None:
    journey = read("j", kind="journey", place=[None, "a0"], date="2026-03", title="T")
    assert journey.edited(date="", title="").raw() == {"kind": "journey", "place": [None, "a0"]}


def test_defaults_and_empty_things_are_not_written_but_zero_is() -> None:
    card = Card(id="c", place=CardPlace("lane", "column", None, "a0"), type="note", valence=0, tags=())
    assert card.raw() == {"kind": "card", "place": PLACE, "valence": 0}


def test_sets_are_written_sorted_and_once() -> None:
    assert read("j", kind="journey", place=[None, "a0"], who=["b", "a", "b"]).raw()["who"] == ["a", "b"]


@pytest.mark.parametrize("kind", sorted(CLASS_OF))
def test_every_kind_is_in_the_registry_and_names_its_own_fields(kind: str) -> None:
    assert kind in KINDS
    names = [field.name for field in fields_of(kind)] + [field.name for field in KINDS[kind].fields]
    assert set(names) <= CLASS_OF[kind].model_fields.keys()


def test_nothing_inside_an_element_can_be_changed() -> None:
    persona = read(
        "p", kind="persona", place=[None, "a0"], demographic={"age": "40"}, future={"list": [{"deep": 1}]}
    )
    with pytest.raises(ValidationError):
        persona.name = "x"  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        persona.demographic["age"] = "41"  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        persona.future["list"][0]["deep"] = 2  # type: ignore[attr-defined]


@given(json_values())
def test_unknown_fields_survive_an_edit_of_their_element(value: Any) -> None:
    journey = read("j", kind="journey", place=[None, "a0"], title="Old", zz_future=value)
    edited = journey.edited(title="New")
    assert edited.raw() == {"kind": "journey", "place": [None, "a0"], "title": "New", "zz_future": value}


def test_unknown_kinds_and_types_are_kept_as_they_are() -> None:
    raw = {"kind": "hologram", "place": [1, {"deep": [None]}], "title": "T"}
    hologram = read("h", **raw)
    assert isinstance(hologram, UnknownElement)
    assert hologram.raw() == raw
    assert read("c", kind="card", place=PLACE, type="riddle").raw()["type"] == "riddle"


def test_an_edit_is_validated() -> None:
    journey = read("j", kind="journey", place=[None, "a0"])
    with pytest.raises(ValidationError):
        journey.edited(target_nps=101)


def test_settings_keep_numbers_as_they_were_given() -> None:
    settings = read("settings", kind="settings", alpha=0.1, target_nps=40)
    assert isinstance(settings, Settings)
    assert settings.raw() == {"kind": "settings", "alpha": 0.1, "target_nps": 40}


@given(st.text(max_size=60))
def test_what_is_typed_always_becomes_a_text(text: str) -> None:
    clean = cleaned(text)
    assert plain(clean) == clean


def test_a_caption_is_one_short_line() -> None:
    card = read("c", kind="card", place=PLACE, text="first line\nsecond  line " + "x" * 100)
    assert card.caption.startswith("first line second line xxx")
    assert len(card.caption) == 80


def test_choices_have_words_and_an_unknown_one_is_called_as_it_is_written() -> None:
    assert choice_words("card", "basis", "observed") == "Observed"
    assert choice_words("link", "arrows", "both") == "At both ends"
    assert choice_words("journey", "state", "dreamt {of}") == "dreamt {of}"
    with pytest.raises(KeyError):
        choice_words("journey", "basis", "observed")
