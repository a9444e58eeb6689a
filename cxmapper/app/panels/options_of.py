"""What a choice or a reference field offers, for elements of a document. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cxmapper.app.naming import name_of, shortened
from cxmapper.locale import Words, tr
from cxmapper.model.base import Element, reference_fields
from cxmapper.model.columns import journey_of
from cxmapper.model.document import Document
from cxmapper.model.elements import CLASS_OF, Card
from cxmapper.model.kinds import CARD_TYPES, LANE_TYPES, Entry, Field

Choices = tuple[tuple[Any, str], ...]


def is_optional(element: Element, field: Field) -> bool:
    """Whether the field may have no value at all."""
    info = type(element).model_fields[field.name]
    return not info.is_required() and info.get_default() is None


def choices_of(document: Document, elements: Sequence[Element], field: Field) -> Choices:
    """What may be chosen for `field` of `elements`, all of one kind: (value, words) each."""
    if field.entry is Entry.CHOICE:
        named = tuple((value, str(words)) for value, words in _named(elements[0], field))
    else:
        named = references_to(document, elements, field)
    if field.entry in (Entry.CHOICE, Entry.REFERENCE) and is_optional(elements[0], field):
        return ((None, tr("not given")), *named)
    return named


def _named(element: Element, field: Field) -> tuple[tuple[str, Words], ...]:
    if field.choices:
        return field.choices
    if (element.kind, field.name) == ("lane", "type"):
        return tuple((name, lane.label) for name, lane in LANE_TYPES.items())
    return tuple((name, card.label) for name, card in CARD_TYPES.items())


def references_to(document: Document, elements: Sequence[Element], field: Field) -> Choices:
    """The elements that `field` may refer to: those of the same map first, others with their map's name."""
    kinds = next((m.kinds for name, m in reference_fields(type(elements[0])) if name == field.name), ())
    own = {e.id for e in elements}
    here = journey_of(document, elements[0].id)
    near: list[tuple[str, str]] = []
    far: list[tuple[str, str]] = []
    for element in document.elements.values():
        if element.kind not in kinds or element.id in own or not _answers_to(element):
            continue
        name = shortened(name_of(element), 60)
        journey = journey_of(document, element.id)
        if journey in (None, here, element.id):
            near.append((element.id, name))
        else:
            words = tr("{name} — {map}", name=name, map=name_of(document[journey]))
            far.append((element.id, shortened(words, 90)))
    return (*sorted(near, key=_by_name), *sorted(far, key=_by_name))


def _answers_to(element: Element) -> bool:
    """Of cards only pain points are answered."""
    return not isinstance(element, Card) or element.type == "pain point"


def _by_name(choice: tuple[str, str]) -> tuple[str, str]:
    return choice[1].casefold(), choice[0]


def known_kind(element: Element) -> bool:
    """Whether this version knows the kind, so that its fields can be edited."""
    return element.kind in CLASS_OF
