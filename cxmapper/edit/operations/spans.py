"""Cards that span several columns: what becomes of a span when columns move or go.

A span ends in a later column of the same sort, in the card's own journey. An edit that would
leave it backwards or without its end cuts it; it never stretches one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cxmapper.edit.change import Change, Draft, apply
from cxmapper.model.columns import column_order, journey_of, sort_row
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
    if place.until is None or keep(place.until):
        return place.until
    row = sort_row(document, place.column)
    if place.column not in row or place.until not in row:
        return None
    start, end = row.index(place.column), row.index(place.until)
    return next((row[at] for at in range(end, start, -1) if keep(row[at])), None)


class Shift:
    """Where spans end once their cards begin in `column`: as long as before, or at the edge."""

    def __init__(self, document: Document, column: str) -> None:
        self._document = document
        self._column = column
        self._touchpoint = _is_touchpoint(document, column)
        self._rows: dict[str | None, tuple[str, ...]] = {}  # of the column's sort, by journey

    def end(self, place: CardPlace) -> str | None:
        """The end of the span of a card that lies at `place`; None where it spans nothing then."""
        if place.until is None or self._column == place.column:
            return place.until
        if _is_touchpoint(self._document, place.column) != self._touchpoint:
            return None
        old, new = self._row(place.column), self._row(self._column)
        if place.column not in old or place.until not in old:
            return None
        length = old.index(place.until) - old.index(place.column)
        at = new.index(self._column)
        end = min(at + length, len(new) - 1)
        return new[end] if end > at else None

    def _row(self, column: str) -> tuple[str, ...]:
        journey = journey_of(self._document, column)
        if journey not in self._rows:
            self._rows[journey] = sort_row(self._document, column)
        return self._rows[journey]


def _is_touchpoint(document: Document, column: str) -> bool:
    return document.get(column, Touchpoint) is not None
