"""The emotions that a map draws, column by column: what customers' answers are compared with."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import fmean

from cxmapper.model.columns import column_order, lanes
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Lane
from cxmapper.model.kinds import Shows, lane_type


def drawn_emotions(document: Document, journey: str, persona: str | None = None) -> dict[str, float]:
    """The mean valence of each column that has an emotion, in points −100…100.

    Of a persona count the cards that are about all, or about that persona. A card that spans columns
    counts in each column of its sort. A column without emotion is absent, never 0.
    """
    order = column_order(document, journey)
    found: dict[str, list[int]] = {}
    for card in _emotions(document, journey):
        if card.valence is not None and (persona is None or not card.who or persona in card.who):
            for column in _columns(document, card, order):
                found.setdefault(column, []).append(card.valence)
    return {column: fmean(values) for column, values in found.items()}


def _emotions(document: Document, journey: str) -> Iterator[Card]:
    for id_ in lanes(document, journey):
        lane = document.get(id_, Lane)
        if lane is not None and lane_type(lane.type).shows is Shows.EMOTIONS:
            for card in document.index.lane(id_):
                found = document.get(card, Card)
                if found is not None:
                    yield found


def _columns(document: Document, card: Card, order: dict[str, int]) -> list[str]:
    """The columns under a card: its own, and those of its sort up to where its span ends."""
    first, until = card.place.column, card.place.until
    if first not in order or until is None or order.get(until, -1) <= order[first]:
        return [first]
    sort = document[first].kind
    if document[until].kind != sort:
        return [first]
    return [c for c, at in order.items() if order[first] <= at <= order[until] and document[c].kind == sort]
