"""What a later version wrote survives the edit of that very element, and undo brings it back."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cxmapper.edit.change import apply
from cxmapper.edit.editor import Editor
from cxmapper.edit.operations import duplicate, move_cards, set_fields
from cxmapper.locale import msg
from cxmapper.model.document import Document
from cxmapper.model.elements import read_elements
from tests.make import counting_ids
from tests.strategies import documents

RAW: dict[str, dict[str, Any]] = {
    "J": {"kind": "journey", "place": [None, "a0"], "title": "Map", "zz": {"deep": [1, {"x": None}]}},
    "S": {"kind": "stage", "place": ["J", "a0"], "title": "Stage", "zz": []},
    "R": {"kind": "lane", "place": ["J", "a0"], "type": "smells", "zz": ""},
    "c": {"kind": "card", "place": ["R", "S", None, "a0"], "type": "riddle", "text": "?", "zz": False},
    "s": {
        "kind": "survey",
        "place": [None, "a0"],
        "drivers": {"names": ["speed"], "n": 3, "zz": {"y": 0}},
        "zz": 0,
    },
    "h": {"kind": "hologram", "place": ["J", "S", 4], "title": "Hologram", "zz": {"a": {}}},
}


def raws(document: Document) -> dict[str, dict[str, Any]]:
    return {id_: element.raw() for id_, element in document.elements.items()}


def test_every_level_survives_an_edit_of_its_element_and_undo() -> None:
    editor = Editor(Document(read_elements(RAW)))
    for id_, field, value in (
        ("J", "title", "Other"), ("S", "goal", "Get there"), ("R", "title", "Smells"), ("c", "text", "!"),
        ("s", "question", "How likely?"), ("h", "title", "Moved"), ("h", "new", 1),
    ):  # fmt: skip
        before = editor.document[id_].raw()
        editor.do(msg("Edit"), set_fields(editor.document, [id_], **{field: value}))
        assert editor.document[id_].raw() == {**before, field: value}
    while editor.undo():
        continue
    assert raws(editor.document) == RAW


def test_copies_and_moved_cards_keep_it_too() -> None:
    document = Document(read_elements(RAW))
    change = duplicate(document, ["S", "c"], counting_ids())
    copy = next(element for element in apply(document, change).elements.values() if element.id == "new2")
    assert (copy.kind, copy.raw()["zz"], copy.raw()["type"]) == ("card", False, "riddle")
    after = apply(document, move_cards(document, ["c"], "R", "S"))
    assert after["c"].raw() == RAW["c"]


@given(documents(least=1), st.data())
def test_an_edit_changes_what_it_names_and_nothing_else(document: Document, data: st.DataObject) -> None:
    id_ = data.draw(st.sampled_from(sorted(document)))
    editor = Editor(document)
    before = raws(document)
    field = document[id_].caption_field or "zz_future"
    editor.do(msg("Edit"), set_fields(document, [id_], **{field: "Changed"}))
    assert raws(editor.document) == {**before, id_: {**before[id_], field: "Changed"}}
    editor.undo()
    assert raws(editor.document) == before
