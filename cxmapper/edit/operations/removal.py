"""Deleting: what goes along with an element, and what is said of it elsewhere.

What hangs under an element goes with it, at any depth, and so does what can't be without it (a
link without an end). What merely mentions it loses the mention, in the same change, so that one
undo brings everything back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cxmapper.edit.change import Change, Draft
from cxmapper.edit.operations.spans import last_before
from cxmapper.model.base import Element, references
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Comment, Lane, Review, Stage, Tally, Touchpoint
from cxmapper.model.fields import Strength


def held_by(document: Document, id_: str) -> tuple[str, ...]:
    """Ids of what hangs directly under an element: its children, a lane's and a column's cards."""
    index = document.index
    found = document.elements.get(id_)
    held = index.placed_in(id_)
    if isinstance(found, Stage | Touchpoint):
        return (*held, *index.column(id_))
    if isinstance(found, Lane):
        return (*held, *index.lane(id_))
    return held


def with_held(document: Document, ids: Iterable[str]) -> dict[str, None]:
    """`ids` and all that hangs under them at any depth, each once, those above before those below."""
    found: dict[str, None] = {}
    waiting = list(ids)[::-1]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found and id_ in document:
            found[id_] = None
            waiting += held_by(document, id_)[::-1]
    return found


def doomed_with(document: Document, ids: Iterable[str]) -> dict[str, None]:
    """Everything that goes when `ids` are deleted, themselves included."""
    doomed: dict[str, None] = {}
    waiting = [*ids]
    while waiting:
        fresh = [id_ for id_ in with_held(document, waiting) if id_ not in doomed]
        doomed.update(dict.fromkeys(fresh))
        waiting = [
            referrer
            for id_ in fresh
            for referrer in document.index.referrers(id_)
            if referrer not in doomed and _needs(document[referrer], id_)
        ]
    return doomed


def _needs(element: Element, id_: str) -> bool:
    return any(
        target == id_ and mark.strength is Strength.REQUIRED for _, target, mark in references(element)
    )


def delete(document: Document, ids: Iterable[str]) -> Change:
    """Delete elements with all that hangs under them and all that can't be without them.

    A span that ended in a deleted column ends in the last remaining one before it. Other
    mentions of what is deleted go too; a comment keeps the title of what it was about, and answers
    of a survey keep it as a name that waits to be matched.
    """
    doomed = doomed_with(document, ids)
    draft = Draft(document)
    draft.remove(doomed)
    mentioning = {
        referrer: None
        for id_ in doomed
        for referrer in document.index.referrers(id_)
        if referrer not in doomed
    }
    for id_ in mentioning:
        _forget(draft, document[id_], doomed)
    return draft.change()


def _forget(draft: Draft, element: Element, doomed: dict[str, None]) -> None:
    """Take every mention of what is doomed out of `element`, which stays."""
    fields: dict[str, object] = {}
    for name, target, _ in references(element):
        if target not in doomed or name in fields:
            continue
        if name == "place" and isinstance(element, Card):
            until = last_before(draft.document, element.place, lambda column: column not in doomed)
            fields[name] = element.place._replace(until=until)
        elif isinstance(getattr(element, name), Mapping):
            fields[name] = {key: i for key, i in getattr(element, name).items() if i not in doomed}
        elif isinstance(getattr(element, name), tuple):
            fields[name] = tuple(i for i in getattr(element, name) if i not in doomed)
        else:
            fields[name] = None
            if name == "about" and isinstance(element, Comment | Review) and not element.about_title:
                fields["about_title"] = draft.document[target].caption
    if isinstance(element, Tally):
        fields |= _unmatched(draft.document, element, doomed)
    draft.update(element.id, **fields)


def _unmatched(document: Document, tally: Tally, doomed: Mapping[str, None]) -> dict[str, object]:
    """What a tally still says of the nodes and the persona that it loses: their titles."""
    lost = [document[node].caption or node for node in tally.nodes if node in doomed]
    fields: dict[str, object] = {}
    if lost:
        fields["unmatched"] = (*tally.unmatched, *lost)
    if tally.persona in doomed and tally.persona is not None:
        fields["unmatched_persona"] = document[tally.persona].caption or tally.persona
    return fields
