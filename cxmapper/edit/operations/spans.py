"""Cards that span several columns: what becomes of a span when columns move or go.

A span ends in a later column of the same sort, in the card's own journey. An edit that would
leave it backwards or without its end cuts it; it never stretches one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cxmapper.edit.change import Change, Draft, apply
from cxmapper.model.columns import column_order, sort_row
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Touchpoint
from cxmapper.model.fields import CardPlace


def ending_in(document: Document, column: str) -> Iterator[Card]:
    """The cards whose span ends in `column`."""
    for id_ in document.index.referrers(column):
        card = document.get(id_, Card)
        if card is not None and card.place.until == column:
            yield card


def without_backward_spans(document: Document, change: Change, journey: str) -> Change:
    """`change`, and with it the cut of every span of `journey` that it would turn backwards."""
    if not change:
        return change
    after = apply(document, change)
    order = column_order(after, journey)
    draft = Draft(after)
    for column in order:
        for card in ending_in(after, column):
            start = order.get(card.place.column)
            if start is None or start >= order[column]:
                draft.update(card.id, place=card.place._replace(until=None))
    return change.then(draft.change())


def last_before(document: Document, place: CardPlace, keep: Callable[[str], bool]) -> str | None:
    """The last column of the span of `place` that `keep` is true of, or None where only its first is."""
    if place.until is None:
        return None
    row = sort_row(document, place.column)
    if place.column not in row or place.until not in row:
        return None
    start, end = row.index(place.column), row.index(place.until)
    return next((row[at] for at in range(end, start, -1) if keep(row[at])), None)


def shifted(document: Document, place: CardPlace, column: str) -> str | None:
    """Where the span of `place` ends once it begins in `column`: as long as before, or to the edge."""
    if place.until is None or column == place.column:
        return place.until
    if _is_touchpoint(document, column) != _is_touchpoint(document, place.column):
        return None
    old, new = sort_row(document, place.column), sort_row(document, column)
    if place.column not in old or place.until not in old:
        return None
    length = old.index(place.until) - old.index(place.column)
    at = new.index(column)
    end = min(at + length, len(new) - 1)
    return new[end] if end > at else None


def _is_touchpoint(document: Document, column: str) -> bool:
    return document.get(column, Touchpoint) is not None
