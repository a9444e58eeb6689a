"""Journeys, which are the maps of a document, and the personas whose journeys they are."""

from __future__ import annotations

from collections.abc import Iterable

from cxmapper.edit.change import Change, Draft
from cxmapper.edit.operations.elements import add_element, move_elements
from cxmapper.edit.operations.placing import make_room
from cxmapper.locale import tr
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Lane
from cxmapper.model.fields import Place
from cxmapper.model.ids import IdSource
from cxmapper.model.order import keys_between


def add_journey(
    document: Document,
    *,
    title: str,
    who: Iterable[str] = (),
    state: str = "current",
    before: str | None = None,
    new_id: IdSource,
) -> Change:
    """Add a journey of the personas `who`, with the lanes that a new map has.

    The first id that the change adds is the journey's.
    """
    draft = Draft(document)
    (key,) = make_room(draft, document.index.children(None, "journey"), before, 1)
    journey = Journey(id=new_id(), place=Place(None, key), title=title, who=tuple(who), state=state)
    draft.put(journey)
    lanes = (
        ("touchpoints", tr("Touchpoints"), None),
        ("emotion", tr("Emotion"), "emotion"),
        ("cards", tr("Pain points"), "pain point"),
        ("cards", tr("Opportunities"), "opportunity"),
    )
    for (type_, name, offers), lane_key in zip(lanes, keys_between(None, None, len(lanes)), strict=True):
        draft.put(Lane(id=new_id(), place=Place(journey.id, lane_key), type=type_, title=name, offers=offers))
    return draft.change()


def add_persona(
    document: Document, *, name: str, type: str = "customer", before: str | None = None, new_id: IdSource
) -> Change:
    """Add a persona."""
    return add_element(document, "persona", before=before, new_id=new_id, name=name, type=type)


def move_journeys(document: Document, ids: Iterable[str], *, before: str | None = None) -> Change:
    """Move journeys in front of the journey `before`, or to the end."""
    return move_elements(document, ids, before=before)


def move_personas(document: Document, ids: Iterable[str], *, before: str | None = None) -> Change:
    """Move personas in front of the persona `before`, or to the end."""
    return move_elements(document, ids, before=before)
