"""What a person is told about a file that does not fit: which element, which field, what is wrong."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cxmapper.errors import DamagedMap, FileProblem, MadeByNewer, NotAMap, TooLarge
from cxmapper.model.elements import read_elements
from cxmapper.storage import elements as elements_module
from cxmapper.storage.container import MAP, MEDIA_TYPE, META, MIMETYPE, write
from cxmapper.storage.mapfile import OpenedMap, pack, unpack
from cxmapper.storage.meta import Meta
from tests.storage.generated import JSON

PLACE = [None, "a0"]
CARD = {"kind": "card", "place": ["l", "c", None, "a0"], "text": "Waits\ntwo hours"}


def file(contents: Any, meta: Any = None) -> bytes:
    meta = {"format": "cxmapper", "version": 1, "min_reader": 1, "document": "d"} if meta is None else meta
    return write(
        [(MIMETYPE, MEDIA_TYPE), (MAP, json.dumps(contents).encode()), (META, json.dumps(meta).encode())]
    )


def opened(contents: Any, meta: Any = None) -> OpenedMap:
    return unpack(file(contents, meta), "a.cxmap")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {**CARD, "severity": 7},
            "in the element e-1 (Card “Waits?two hours”), “severity” must be 3 or less",
        ),
        ({**CARD, "severity": 2.0}, "“severity” must be a whole number"),
        ({**CARD, "severity": True}, "“severity” must be a whole number"),
        ({**CARD, "severity": "2"}, "“severity” must be a whole number"),
        ({**CARD, "valence": -101}, "“valence” must be -100 or more"),
        ({**CARD, "text": 5}, "in the element e-1 (Card), “text” must be a text in quotation marks"),
        ({**CARD, "text": "x" * 20_001}, "“text” has more than 20000 characters"),
        ({**CARD, "text": "a\x00b"}, "“text” has the character U+0000, which no text may hold"),
        ({**CARD, "who": "anna"}, "“who” must be a list"),
        ({**CARD, "answers": ["ok", "no id"]}, "“answers[2]” is not written as it must be"),
        ({**CARD, "basis": "guessed"}, "“basis” must be one of 'assumed', 'observed' or 'measured'"),
        ({**CARD, "place": ["l", "c", None, "00"]}, "“place[4]” is not an order key"),
        ({**CARD, "place": ["l"]}, "“place[2]” is missing"),
        ({**CARD, "place": [*CARD["place"], "x"]}, "“place” has more than 4 members"),
        ({**CARD, "place": "here"}, "“place” must be a list"),
        ({"kind": "card"}, "in the element e-1 (Card), “place” is missing"),
        ({"kind": "stage", "place": PLACE, "title": "a\nb"}, "has a line break, where one line is asked for"),
        ({"kind": "stage", "place": PLACE, "title": "\u0958" * 2000}, "has more than 2000 characters"),
        ({"kind": "stage", "place": PLACE, "target_nps": "10"}, "“target_nps” must be a whole number"),
        ({"kind": "stage", "place": PLACE, "target_ces": 7.5}, "“target_ces” must be 7 or less"),
        ({"kind": "lane", "place": PLACE, "hidden": 1}, "“hidden” must be true or false"),
        ({"kind": "lane", "place": PLACE, "type": ""}, "“type” is empty"),
        ({"kind": "settings", "alpha": 0}, "“alpha” must be more than 0"),
        ({"kind": "settings", "alpha": 1}, "“alpha” must be less than 1"),
        ({"kind": "persona", "place": PLACE, "demographic": []}, "must be an object with names and values"),
        ({"kind": "persona", "place": PLACE, "demographic": {"age": 4}}, "“demographic.age” must be a text"),
        (
            {"kind": "survey", "place": PLACE, "drivers": {"correlations": [[1], 2]}},
            "“drivers.correlations[2]” must",
        ),
        ({"kind": "survey", "place": PLACE, "drivers": 2}, "“drivers” must be an object"),
        (
            {"kind": "image", "type": "image/svg+xml", "width": 1, "height": 1},
            "“type” must be one of 'image/png'",
        ),
        ({"text": "x"}, "in the element e-1, “kind” is missing"),
        ({"kind": 7}, "in the element e-1, “kind” must be a text"),
        ({"kind": "x" * 65}, "in the element e-1, “kind” has more than 64 characters"),
        ({"kind": "note", "id": "e-1"}, "the element e-1 has an “id” inside as well"),
        ([], "the element e-1 has no fields"),
        (None, "the element e-1 has no fields"),
    ],
)
def test_what_is_wrong_with_an_element(fields: Any, words: str) -> None:
    with pytest.raises(DamagedMap) as caught:
        opened({"elements": {"fine": CARD, "e-1": fields, "also-fine": CARD}})
    said = str(caught.value)
    assert words in said
    assert said.startswith("a.cxmap can’t be opened: ")
    assert said.endswith("Mend that in map.json. Open the version before it, a.cxmap.bak, or another copy.")
    assert said.isprintable()
    assert len(said) < 400


@given(st.dictionaries(st.sampled_from(["kind", "place", "type", "text", "who", "drivers", "x"]), JSON))
@settings(max_examples=200)
def test_no_element_whatever_raises_anything_else_or_speaks_pydantic(fields: dict[str, Any]) -> None:
    for kind in ("card", "survey", "image", "settings", fields.get("kind")):
        try:
            opened({"elements": {"e": {**fields, "kind": kind}}})
        except FileProblem as problem:
            said = str(problem)
            assert said.isprintable(), said
            assert "does not fit" not in said, said
            assert "Input should" not in said, said


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        ([], "there are no “elements”"),
        ({}, "there are no “elements”"),
        ({"elements": []}, "there are no “elements”"),
        ({"elements": {"": CARD}}, "“” is no id"),
        ({"elements": {"a b": CARD}}, "“a b” is no id"),
        ({"elements": {"x" * 65: CARD}}, "is no id"),
        ({"elements": {"\x1b[2J\n": CARD}}, "“?[2J?” is no id"),
    ],
)
def test_contents_that_are_no_map(contents: Any, words: str) -> None:
    with pytest.raises(DamagedMap) as caught:
        opened(contents)
    assert words in str(caught.value)


def test_too_many_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elements_module, "MAX_ELEMENTS", 2)
    assert len(opened({"elements": {"a": CARD, "b": CARD}}).document) == 2
    with pytest.raises(TooLarge, match="more than 2 elements"):
        opened({"elements": {"a": CARD, "b": CARD, "c": CARD}})


def test_a_broken_backup_is_not_to_be_mended_by_itself() -> None:
    with pytest.raises(DamagedMap) as caught:
        unpack(file({}), "a.cxmap.bak")
    assert str(caught.value).endswith("Open another copy.")


META_OK = {"format": "cxmapper", "version": 1, "min_reader": 1, "document": "d"}


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"format": "ods"}, NotAMap, "meta.json names another format"),
        ({"format": None}, NotAMap, "meta.json names another format"),
        ({"version": "1"}, DamagedMap, "“version” is no version number"),
        ({"version": True}, DamagedMap, "“version” is no version number"),
        ({"version": 0}, DamagedMap, "“version” is no version number"),
        ({"min_reader": 1.5}, DamagedMap, "“min_reader” is no version number"),
        (
            {"min_reader": 2, "version": 2},
            MadeByNewer,
            "it needs version 2 of the format, this program reads up to 1",
        ),
        ({"document": ""}, DamagedMap, "“document” is no id"),
        ({"document": 5}, DamagedMap, "“document” is no id"),
        ({"document": "../x"}, DamagedMap, "“document” is no id"),
    ],
)
def test_meta_data_that_does_not_fit(change: dict[str, Any], error: type[FileProblem], words: str) -> None:
    with pytest.raises(error) as caught:
        opened({"elements": {}}, {**META_OK, **change})
    assert words in str(caught.value)


def test_a_newer_map_is_refused_before_its_contents_are_looked_at() -> None:
    newer = {**META_OK, "version": 9, "min_reader": 9}
    with pytest.raises(MadeByNewer, match="Install the newest cxmapper"):
        opened({"pages": "of another kind altogether"}, newer)


def test_unknown_meta_data_is_kept() -> None:
    meta = {**META_OK, "head": "f" * 64, "deeper": {"a": [1]}}
    first = opened({"elements": {}}, meta)
    assert json.loads(first.meta.to_bytes()) == meta
    assert unpack(pack(first), "a.cxmap").meta == first.meta


@pytest.mark.parametrize("missing", [MAP, META])
def test_a_missing_part_is_named(missing: str) -> None:
    parts = {MIMETYPE: MEDIA_TYPE, MAP: b'{"elements": {}}', META: Meta("d").to_bytes()}
    del parts[missing]
    with pytest.raises(DamagedMap, match=f"{missing} is missing"):
        unpack(write(parts.items()), "a.cxmap")


@pytest.mark.parametrize("nested", [70, 2000])
def test_depth_does_not_exhaust_the_stack(nested: int) -> None:
    text = b'{"elements": {"e": {"kind": "k", "x": ' + b"[" * nested + b"]" * nested + b"}}}"
    data = write([(MIMETYPE, MEDIA_TYPE), (MAP, text), (META, Meta("d").to_bytes())])
    with pytest.raises(DamagedMap, match="more than 64 deep"):
        unpack(data, "a.cxmap")


def test_errors_are_not_gathered_by_the_million() -> None:
    """pydantic would keep every one of them: a file of 13 MB made 1.8 GB."""
    first = {"kind": "card", "place": "x", "text": 1, "answers": [1] * 5000}
    with pytest.raises(ValidationError) as caught:
        read_elements({f"e{n}": first for n in range(5000)})
    assert caught.value.error_count() == 3


SMALL = file({"elements": {"e": CARD, "s": {"kind": "settings", "title": "T", "alpha": 0.5}}})


@given(st.integers(0, len(SMALL) - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_a_flipped_byte_is_noticed_or_harmless(at: int, mask: int) -> None:
    data = SMALL[:at] + bytes([SMALL[at] ^ mask]) + SMALL[at + 1 :]
    with suppress(FileProblem):
        assert unpack(data, "a.cxmap").document == unpack(SMALL, "a.cxmap").document


@given(st.binary(max_size=60), st.integers(0, 200))
@settings(max_examples=200)
def test_junk_in_the_json_raises_only_file_problems(junk: bytes, at: int) -> None:
    text = json.dumps({"elements": {"e": CARD}}).encode()
    for contents, meta in ((text[:at] + junk + text[at:], b""), (text, junk), (junk, Meta("d").to_bytes())):
        data = write([(MIMETYPE, MEDIA_TYPE), (MAP, contents), (META, meta or Meta("d").to_bytes())])
        with suppress(FileProblem):
            unpack(data, "a.cxmap")
