"""What `check` finds: each rule with a document that breaks it and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from cxmapper.model.base import Element
from cxmapper.model.checks import Problem, check
from cxmapper.model.document import EMPTY, Document
from cxmapper.model.elements import Survey, read_elements
from cxmapper.model.fields import Place
from tests.make import make_map, small_map

SHA = "0" * 64
Raw = dict[str, Any]


def broken(added: dict[str, Raw] | None = None, **edits: Raw) -> Document:
    """The small map with some elements edited and some added."""
    elements: dict[str, Element] = dict(small_map().elements)
    for id_, fields in edits.items():
        elements[id_] = elements[id_].edited(**fields)
    elements.update(read_elements(added or {}))
    return Document(elements)


def brief(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    return [(p.severity, p.element, p.field) for p in problems]


def test_whole_documents_have_nothing_to_report() -> None:
    assert check(EMPTY) == ()
    assert check(small_map(), images=()) == ()
    assert check(make_map(60, spans=True, scripts=True)[0]) == ()


@pytest.mark.parametrize(
    ("document", "element", "field"),
    [
        (broken(a1={"place": ("gone", "a0")}), "a1", "place"),
        (broken(A={"place": ("P", "a0")}), "A", "place"),
        (broken(A={"place": (None, "a0")}), "A", "place"),
        (broken(p1={"place": ("gone", "a1", None, "a0")}), "p1", "place"),
        (broken(p1={"place": ("pains", "gone", None, "a0")}), "p1", "place"),
        (broken(p1={"place": ("pains", "notes", None, "a0")}), "p1", "place"),
        (broken(n1={"place": ("notes", "a2", "a1", "a0")}), "n1", "place"),
        (broken(n1={"place": ("notes", "a1", "B", "a0")}), "n1", "place"),
        (broken(n1={"place": ("notes", "a1", "gone", "a0")}), "n1", "place"),
        (broken(e1={"valence": None}), "e1", "valence"),
        (broken(L={"start": "gone"}), "L", "from"),
        (broken(L={"to": "P"}), "L", "to"),
        (broken(L={"to": "p1"}), "L", "to"),
        (broken(J={"who": ("gone",)}), "J", "who"),
        (broken(J={"who": ("A",)}), "J", "who"),
        (broken(o1={"answers": ("p1", "gone")}), "o1", "answers"),
        (broken(P={"image": SHA}), "P", "image"),
        (broken({"other": {"kind": "settings"}}), "other", "kind"),
        (broken({"plan": {"kind": "strategy"}}), "plan", "kind"),
        (broken({"strategy": {"kind": "persona", "place": [None, "a1"], "name": "X"}}), "strategy", "kind"),
        (broken({"settings": {"kind": "hologram"}}), "settings", "kind"),
        (broken({"me": {"kind": "image", "type": "image/png", "width": 1, "height": 1}}), "me", ""),
        (broken({"t": {"kind": "tally", "survey": "gone"}}), "t", "survey"),
        (broken({"r": {"kind": "review", "place": ["J", "a0"]}}), "r", ""),
    ],
)
def test_a_broken_rule_is_one_problem(document: Document, element: str, field: str) -> None:
    problems = [p for p in check(document) if p.severity == "problem"]
    assert (problems[0].element, problems[0].field) == (element, field)
    assert all(p.element == element or p.element in _dependants(document, element) for p in problems)
    assert str(problems[0].words)


def _dependants(document: Document, element: str) -> set[str]:
    """What hangs under a broken element and so leaves its journey with it."""
    return {i for i in document if element in ("a1", "A") and document[i].kind in ("card", "link")}


@pytest.mark.parametrize(
    ("document", "element", "field"),
    [
        (broken(a2={"place": ("A", "a1")}), "a2", "place"),
        (broken(p2={"place": ("pains", "a1", None, "a0")}), "p2", "place"),
        (broken(p1={"type": "riddle"}), "p1", "type"),
        (broken(notes={"type": "smells"}), "notes", "type"),
        (broken({"h": {"kind": "hologram"}}), "h", "kind"),
        (broken(A={"title": ""}), "A", "title"),
        (broken(P={"name": ""}), "P", "name"),
        (broken(J={"target_nps": 0.4}), "J", "target_nps"),
        (broken(a1={"target_csat": 0.9}), "a1", "target_csat"),
        (broken({"k": {"kind": "comment", "place": ["J", "a0"], "about": "gone"}}), "k", "about"),
    ],
)
def test_what_does_no_harm_is_a_note(document: Document, element: str, field: str) -> None:
    assert brief(check(document)) == [("note", element, field)]


def test_a_card_in_a_lane_of_another_map() -> None:
    added: dict[str, Raw] = {
        "K": {"kind": "journey", "place": [None, "a1"], "title": "Other"},
        "row": {"kind": "lane", "place": ["K", "a0"]},
    }
    assert ("problem", "p1", "place") in brief(check(broken(added, p1={"place": ("row", "a1", None, "a0")})))


def test_a_link_from_one_map_to_another() -> None:
    added: dict[str, Raw] = {
        "K": {"kind": "journey", "place": [None, "a1"], "title": "Other"},
        "S": {"kind": "stage", "place": ["K", "a0"], "title": "Stage"},
    }
    assert brief(check(broken(added, L={"to": "S"}))) == [("note", "L", "to")]


def test_elements_that_hang_under_each_other() -> None:
    added: dict[str, Raw] = {
        "x": {"kind": "stage", "place": ["y", "a0"], "title": "X"},
        "y": {"kind": "stage", "place": ["x", "a0"], "title": "Y"},
    }
    words = [str(p.words) for p in check(broken(added)) if p.element in "xy"]
    assert words.count("“X” hangs under itself") == 1
    assert words.count("“Y” hangs under itself") == 1


def test_a_survey_that_another_import_would_count_twice_is_a_note() -> None:
    survey = Survey(id="s", place=Place(None, "a0"), vendor="V", question="How likely?", scale=("0", "1"))
    whole = survey.edited(id=survey.derived_id)
    assert brief(check(Document({**small_map().elements, "s": survey}))) == [("note", "s", "")]
    assert check(Document({**small_map().elements, whole.id: whole})) == ()


def test_counts_that_do_not_fit_the_scale() -> None:
    added: dict[str, Raw] = {
        "s": {"kind": "survey", "place": [None, "a0"], "scale": ["0", "1"]},
        "t": {"kind": "tally", "survey": "s", "counts": {"2026-03": [1, 2, 3]}},
    }
    assert brief(check(broken(added))) == [("problem", "t", "counts"), ("note", "s", "")]


def test_images_and_their_bytes() -> None:
    document = broken({SHA: {"kind": "image", "type": "image/png", "width": 1, "height": 1}})
    assert check(document) == ()
    assert check(document, images={SHA}) == ()
    assert brief(check(document, images=())) == [("problem", SHA, "")]
    assert brief(check(small_map(), images={SHA})) == [("note", SHA, "")]


def test_problems_come_before_notes_and_name_what_they_are_about() -> None:
    document = broken(A={"title": ""}, e1={"valence": None, "text": "Braces {in} it"})
    found = check(document)
    assert [p.severity for p in found] == ["problem", "note"]
    assert "Braces {in} it" in str(found[0].words)
