"""Adding, reordering and editing elements of any kind.

What a kind needs beyond that (a journey its lanes, a card its cell) stands in the module named
after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cxmapper.edit.change import NO_CHANGE, Change, Draft
from cxmapper.edit.operations.placing import in_row, make_room, move_in_row
from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import CLASS_OF, Card, Strategy
from cxmapper.model.fields import Place
from cxmapper.model.ids import SETTINGS, STRATEGY, IdSource, survey_id, tally_id
from cxmapper.model.places import PARENT_KINDS

_SINGLE = (SETTINGS, STRATEGY)
_FIXED = frozenset({"id", "kind", "place"})


def add_element(
    document: Document,
    kind: str,
    *,
    parent: str | None = None,
    before: str | None = None,
    new_id: IdSource,
    **fields: Any,
) -> Change:
    """Add an element of `kind` with these fields to `parent` (None: the document).

    It goes in front of its sibling `before`, or to the end. Objectives, competitors and actions
    go into the strategy, which is made where there is none. Settings, strategy, surveys and
    tallies get the id that everybody's would have; an image needs its `id`, the hash of its
    bytes. Raises ValueError where such an element is there already, the parent is of a kind that
    holds no such elements, or `kind` is no kind to add in this way; KeyError where the parent is
    missing; pydantic.ValidationError where a value does not fit.
    """
    cls = CLASS_OF.get(kind)
    if cls is None or cls is Card or (kind == "image" and "id" not in fields):
        raise ValueError(f"elements of kind {kind!r} are not added in this way")
    parent = _home(document, kind, parent)
    id_ = fields.pop("id", None) or _shared_id(kind, fields) or new_id()
    if id_ in document:
        raise ValueError(f"{id_!r} is there already")
    draft = Draft(document)
    if "place" in cls.model_fields:
        (key,) = make_room(draft, document.index.children(parent, kind), before, 1)
        fields["place"] = Place(parent, key)
    draft.put(cls.model_validate({**fields, "id": id_, "kind": kind}))
    if parent == STRATEGY and parent not in document:
        draft.put(Strategy(id=STRATEGY))
    return draft.change()


def _home(document: Document, kind: str, parent: str | None) -> str | None:
    """The parent that an element of `kind` gets: the one asked for, or the strategy."""
    homes = PARENT_KINDS.get(kind, (None,))
    if parent is None and homes == (STRATEGY,):
        return STRATEGY
    if parent is not None and parent not in document:
        raise KeyError(parent)
    if (document[parent].kind if parent is not None else None) not in homes:
        raise ValueError(f"a {kind} can't hang under {parent!r}")
    return parent


def _shared_id(kind: str, fields: dict[str, Any]) -> str | None:
    """The id that two people must arrive at alike, for the kinds that have one."""
    if kind in _SINGLE:
        return kind
    if kind == "survey":
        return survey_id(
            fields.get("vendor", ""),
            fields.get("question", ""),
            fields.get("metric", "nps"),
            tuple(fields.get("scale", ())),
            fields.get("sort", "transactional"),
        )
    if kind == "tally":
        return tally_id(fields["survey"], fields.get("persona"), tuple(fields.get("nodes", ())))
    return None


def move_elements(document: Document, ids: Iterable[str], *, before: str | None = None) -> Change:
    """Move siblings of one kind in front of their sibling `before`, or to the end, as a group.

    They keep the order they have among themselves. Raises ValueError where they are not siblings.
    """
    wanted = list(ids)
    if not wanted:
        return NO_CHANGE
    first = document.need(wanted[0], Element)
    place = getattr(first, "place", None)
    if not isinstance(place, Place):
        raise ValueError(f"{first.id!r} has no place among siblings")
    row = document.index.children(place.parent, first.kind)
    draft = Draft(document)
    move_in_row(draft, first.kind, in_row(row, wanted), place.parent, before)
    return draft.change()


def set_fields(document: Document, ids: Iterable[str], **fields: Any) -> Change:
    """Give the elements `ids` these values; settings and strategy are made where there are none.

    A card that becomes an emotion gets the valence 0 unless it has one. Raises ValueError for
    `id`, `kind` and `place`, which other operations change, KeyError where an element is
    missing, pydantic.ValidationError where a value does not fit.
    """
    if _FIXED & fields.keys():
        raise ValueError(f"not a field to set: {sorted(_FIXED & fields.keys())}")
    draft = Draft(document)
    for id_ in ids:
        if id_ in _SINGLE and id_ not in document:
            draft.put(CLASS_OF[id_].model_validate({"id": id_}))
        draft.update(id_, **fields)
        card = draft.get(id_, Card)
        if card is not None and card.type == "emotion" and card.valence is None and "valence" not in fields:
            draft.update(id_, valence=0)
    return draft.change()
