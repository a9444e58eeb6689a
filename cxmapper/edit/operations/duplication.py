"""Duplicating: copies with new ids, whose references among each other are kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from cxmapper.edit.change import Change, Draft
from cxmapper.edit.operations.placing import make_room, place_of
from cxmapper.edit.operations.removal import with_held
from cxmapper.edit.operations.spans import last_before, without_backward_spans
from cxmapper.locale import tr
from cxmapper.model.base import Element, references
from cxmapper.model.columns import journey_of
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Link
from cxmapper.model.fields import MAX_LINE, CardPlace, Place, Strength
from cxmapper.model.ids import IdSource
from cxmapper.model.order import keys_between
from cxmapper.model.places import COLUMN_KINDS

# Of these there is one, or everybody's is the same; remarks stay with what they were made about.
_NEVER_COPIED = frozenset({"settings", "strategy", "survey", "tally", "image", "comment", "review"})


def duplicate(document: Document, ids: Iterable[str], new_id: IdSource) -> Change:
    """Copy elements with all that hangs under them, each group next to its originals.

    Links with both ends among the copies are copied too. References between the copied elements
    point to the copies; others stay. A title gets "(copy)" added, a card's text stays. Settings,
    strategy, surveys, tallies, images and remarks are not copied.
    """
    wanted = [id_ for id_ in dict.fromkeys(ids) if id_ in document and _copied(document[id_])]
    inside = _inside(document, wanted)
    roots = [id_ for id_ in wanted if id_ not in inside]
    originals = [id_ for id_ in with_held(document, roots) if _copied(document[id_])]
    originals += _links_among(document, originals)
    copies = {id_: new_id() for id_ in originals}
    draft = Draft(document)
    keys = _keys_of_roots(draft, roots)
    held = [id_ for id_ in originals if id_ not in keys]
    keys |= _keys_of_tied(draft, held)
    for id_ in originals:
        _copy(draft, document[id_], copies, keys.get(id_))
    for id_ in roots:
        _call_copy(draft, copies[id_])
    return _whole_spans(document, draft.change(), roots)


def copies_on_top(change: Change, kinds: Collection[str]) -> list[str]:
    """Of the copies that `duplicate` makes, those of `kinds` that hang under no other copy, in order."""
    copies = {id_: change.items[id_][1] for id_ in change.added}
    return [
        id_
        for id_, copy in copies.items()
        if copy is not None and copy.kind in kinds and copies.keys().isdisjoint(_holders(copy))
    ]


def _holders(element: Element) -> Iterator[str]:
    """What `element` hangs under."""
    return (target for _, target, mark in references(element) if mark.strength is Strength.OWNED)


def _whole_spans(document: Document, change: Change, roots: Iterable[str]) -> Change:
    """`change` without spans that run backwards: stages and touchpoints copied in one go part company."""
    columns = [id_ for id_ in roots if document[id_].kind in COLUMN_KINDS]
    for journey in {journey_of(document, id_) for id_ in columns} - {None}:
        change = without_backward_spans(document, change, str(journey))
    return change


def _copied(element: Element) -> bool:
    return element.kind not in _NEVER_COPIED


def _inside(document: Document, ids: Iterable[str]) -> set[str]:
    """What hangs under one of `ids`, and so is copied with it."""
    inside: set[str] = set()
    for id_ in ids:
        if id_ not in inside:
            inside.update(held for held in with_held(document, [id_]) if held != id_)
    return inside


def _links_among(document: Document, ids: Iterable[str]) -> list[str]:
    """Links with both ends among `ids` that are not among them themselves."""
    among = dict.fromkeys(ids)
    found: dict[str, None] = {}
    for id_ in among:
        for link_id in document.index.links(id_, document.elements):
            link = document.need(link_id, Link)
            if link_id not in among and link.start in among and link.to in among:
                found[link_id] = None
    return list(found)


def _rows_of(document: Document, ids: Iterable[str]) -> dict[tuple[str, ...], list[str]]:
    """The rows of siblings that `ids` stand in, each with those of them that do, in its order."""
    members: dict[tuple[str, ...], set[str]] = {}
    for id_ in ids:
        place = getattr(document[id_], "place", None)
        if isinstance(place, CardPlace):
            members.setdefault(document.index.cell(place.lane, place.column), set()).add(id_)
        elif isinstance(place, Place):
            members.setdefault(document.index.children(place.parent, document[id_].kind), set()).add(id_)
    return {row: [id_ for id_ in row if id_ in inside] for row, inside in members.items()}


def _keys_of_roots(draft: Draft, roots: Iterable[str]) -> dict[str, str]:
    """An order key for each copy of a root, next to the last original of its row."""
    keys: dict[str, str] = {}
    for row, members in _rows_of(draft.document, roots).items():
        after = row.index(members[-1]) + 1
        before = row[after] if after < len(row) else None
        keys.update(zip(members, make_room(draft, row, before, len(members)), strict=True))
    return keys


def _keys_of_tied(draft: Draft, ids: Iterable[str]) -> dict[str, str]:
    """New order keys for copies of whole rows in which some are equal.

    Among those the ids decide, and the copies' ids would decide otherwise.
    """
    keys: dict[str, str] = {}
    for row in _rows_of(draft.document, ids):
        old = [place_of(draft, id_).key for id_ in row]
        if any(low == high for low, high in pairwise(old)):
            keys.update(zip(row, keys_between(None, None, len(row)), strict=True))
    return keys


def _copy(draft: Draft, element: Element, copies: Mapping[str, str], key: str | None) -> None:
    """Put a copy of `element` into the draft; `key` is its new order key where it is a root."""
    fields: dict[str, object] = {"id": copies[element.id]}
    place = getattr(element, "place", None)
    if isinstance(place, CardPlace):
        fields["place"] = _card_place(draft.document, place, copies, key)
    elif isinstance(place, Place):
        parent = copies.get(place.parent, place.parent) if place.parent is not None else None
        fields["place"] = Place(parent, key or place.key)
    for name, target, _ in references(element):
        if name == "place" or target not in copies or name in fields:
            continue
        value = getattr(element, name)
        fields[name] = tuple(copies.get(i, i) for i in value) if isinstance(value, tuple) else copies[value]
    draft.put(element.edited(**fields))


def _card_place(
    document: Document, place: CardPlace, copies: Mapping[str, str], key: str | None
) -> CardPlace:
    """Where the copy of a card lies. A copy in a copied column does not span beyond what was copied."""
    until = place.until
    if place.column in copies:
        until = last_before(document, place, copies.__contains__)
    return CardPlace(
        copies.get(place.lane, place.lane),
        copies.get(place.column, place.column),
        copies.get(until, until) if until is not None else None,
        key or place.key,
    )


def _call_copy(draft: Draft, id_: str) -> None:
    """Say in the title of a copy that it is one; texts of cards are left alone."""
    copy = draft.get(id_, Element)
    if copy is None or isinstance(copy, Card | Link) or not copy.caption_field:
        return
    title = getattr(copy, copy.caption_field)
    if title:
        mark = len(tr("{title} (copy)", title=""))
        draft.update(id_, **{copy.caption_field: tr("{title} (copy)", title=title[: MAX_LINE - mark])})
