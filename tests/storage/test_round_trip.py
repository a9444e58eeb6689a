"""What is opened and saved comes back: the same document, the same bytes, and all that is unknown."""

from __future__ import annotations

import json
import random
import unicodedata
from typing import Any

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cxmapper.model.document import Document
from cxmapper.model.elements import CLASS_OF, read_elements
from cxmapper.storage.canonical import canonical, map_bytes
from cxmapper.storage.container import MAP, MEDIA_TYPE, META, MIMETYPE, write
from cxmapper.storage.mapfile import OpenedMap, new_map, pack, unpack
from cxmapper.storage.meta import Meta
from tests.storage.generated import ELEMENTS, JSON, LINES, MAPS, OF_KIND, UNKNOWN_KINDS, Raw
from tests.strategies import documents


def opened(elements: dict[str, Raw], others: dict[str, Any] | None = None) -> OpenedMap:
    """What opening a file gives whose `map.json` was written by another program, in its own way."""
    text = json.dumps({**(others or {}), "elements": elements}).encode()
    return unpack(write([(MIMETYPE, MEDIA_TYPE), (MAP, text), (META, Meta("doc").to_bytes())]), "a.cxmap")


@given(MAPS)
@settings(max_examples=60)
def test_a_saved_map_opens_as_the_same_document(elements: dict[str, Raw]) -> None:
    first = opened(elements)
    again = unpack(pack(first), "a.cxmap")
    assert again.document == first.document
    assert set(again.document) == set(elements)


@given(MAPS)
@settings(max_examples=50)
def test_saving_an_unedited_map_gives_the_same_bytes(elements: dict[str, Raw]) -> None:
    data = pack(opened(elements))
    assert pack(unpack(data, "a.cxmap")) == data


@given(MAPS, st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_equal_documents_are_equal_bytes(elements: dict[str, Raw], order: random.Random) -> None:
    shuffled = {id_: dict(_shuffled(fields, order)) for id_, fields in _shuffled(elements, order)}
    one, other = Document(read_elements(elements)), Document(read_elements(shuffled))
    assert one == other
    assert map_bytes(one) == map_bytes(other)


def _shuffled(mapping: dict[str, Any], order: random.Random) -> list[tuple[str, Any]]:
    items = list(mapping.items())
    order.shuffle(items)
    return items


@pytest.mark.parametrize(("one", "other"), [(2, 2.0), (0, -0.0), (10, 10.0)])
def test_a_number_has_one_form(one: float, other: float) -> None:
    def of(value: float) -> Document:
        return Document(read_elements({"s": {"kind": "settings", "emotion_tolerance": value}}))

    assert of(one) == of(other)
    assert map_bytes(of(one)) == map_bytes(of(other))


@given(st.lists(LINES, max_size=5), st.randoms(use_true_random=False))
def test_a_set_has_one_form_whatever_its_order_and_letters(tags: list[str], order: random.Random) -> None:
    def of(members: list[str]) -> bytes:
        return map_bytes(Document(read_elements({"s": {"kind": "settings", "tags": members}})))

    other = [unicodedata.normalize("NFD", tag) for tag in [*tags, *tags[:1]]]
    order.shuffle(other)
    assert of(tags) == of(other)


@pytest.mark.parametrize("kind", sorted(CLASS_OF))
@given(st.data())
@settings(max_examples=15)
def test_each_kind_keeps_what_it_does_not_know_even_when_edited(kind: str, data: st.DataObject) -> None:
    fields = data.draw(OF_KIND[kind])
    unknown = {"later": data.draw(JSON), "deeper": {"list": [data.draw(JSON)]}}
    document = opened({"e": {**fields, **unknown}}).document
    edited = document["e"].edited(owner="somebody else")
    saved = unpack(pack(new_map(Document({"e": edited}))), "a.cxmap").document
    raw = saved["e"].raw()
    assert {name: raw[name] for name in unknown} == unknown
    assert raw["owner"] == "somebody else"
    assert {**raw, "owner": None} == {**document["e"].raw(), "owner": None}


@given(UNKNOWN_KINDS)
@settings(max_examples=50)
def test_an_unknown_kind_is_kept_and_can_be_edited(fields: Raw) -> None:
    document = opened({"e": fields}).document
    assert document["e"].raw() == fields
    edited = document["e"].edited(note=[1, {"a": None}])
    saved = unpack(pack(new_map(Document({"e": edited}))), "a.cxmap").document
    assert saved["e"].raw() == {**fields, "note": [1, {"a": None}]}


def test_unknown_types_and_nested_fields_are_kept_when_their_element_is_edited() -> None:
    card = {"kind": "card", "place": ["l", "c", None, "a0"], "type": "smell", "text": "x", "new": [[1]]}
    survey = {"kind": "survey", "place": [None, "a0"], "drivers": {"n": 3, "method": {"name": ["later"]}}}
    lane = {"kind": "lane", "place": ["j", "a0"], "type": "weather"}
    document = opened({"card": card, "survey": survey, "lane": lane}).document
    changed = Document(
        {
            "card": document["card"].edited(text="y"),
            "survey": document["survey"].edited(vendor="V"),
            "lane": document["lane"].edited(title="T"),
        }
    )
    raw = json.loads(map_bytes(unpack(pack(new_map(changed)), "a.cxmap").document))["elements"]
    assert raw == {
        "card": {**card, "text": "y"},
        "survey": {**survey, "vendor": "V"},
        "lane": {**lane, "title": "T"},
    }


@given(st.dictionaries(st.text().filter(lambda name: name != "elements"), JSON, max_size=3))
@settings(max_examples=50)
def test_unknown_names_beside_the_elements_are_kept(others: dict[str, Any]) -> None:
    again = unpack(pack(opened({"s": {"kind": "settings"}}, others)), "a.cxmap")
    assert dict(again.extras.fields) == others


@given(ELEMENTS)
@settings(max_examples=50)
def test_what_is_empty_or_the_default_is_not_written(fields: Raw) -> None:
    element = read_elements({"e": fields})["e"]
    raw = element.raw()
    assert "id" not in raw
    known = type(element).model_fields
    for name, info in known.items():
        value = raw.get(info.alias or name, ...)
        if name != "kind" and value is not ... and not info.is_required():
            assert value not in (None, "", [], {})
            assert value != info.get_default(call_default_factory=True, validated_data={})


@given(documents())
@settings(max_examples=50)
def test_a_map_made_by_the_program_comes_back(document: Document) -> None:
    data = pack(new_map(document))
    again = unpack(data, "a.cxmap")
    assert again.document == document
    assert pack(again) == data


@given(JSON)
@settings(max_examples=200)
def test_the_canonical_form_says_what_json_says(value: Any) -> None:
    data = canonical(value)
    assert json.loads(data) == value == orjson.loads(data)
    assert data.endswith(b"\n")
    assert b"\r" not in data


@given(st.dictionaries(st.text(), st.integers(0, 9), min_size=1))
@example({"\U0001f600": 1, "\uffee": 2, "Z": 3, "a": 4, "": 5})
def test_names_are_sorted_by_code_point(value: dict[str, int]) -> None:
    assert json.loads(canonical(value), object_pairs_hook=list) == sorted(value.items())
