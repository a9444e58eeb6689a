"""Cards: the notes in the cells of a map, and the emotions that make its curve."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from cxmapper.edit.change import Change, Draft
from cxmapper.edit.operations.placing import anchor, make_room, stays
from cxmapper.edit.operations.spans import Shift
from cxmapper.model.columns import column_order, journey_of, lanes, may_end, same_journey
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Lane
from cxmapper.model.fields import CardPlace
from cxmapper.model.ids import IdSource
from cxmapper.model.kinds import EMOTION_STEP, Shows, lane_type


def add_card(
    document: Document,
    lane: str,
    column: str,
    *,
    type: str,
    text: str = "",
    valence: int | None = None,
    before: str | None = None,
    new_id: IdSource,
    **fields: Any,
) -> Change:
    """Add a card to the cell of `lane` and `column`, in front of its card `before` or at its end.

    In the emotion lane it becomes an emotion; an emotion has the valence 0 unless another is
    given (−100…100). Raises ValueError where lane and column are not of one journey.
    """
    _need_cell(document, lane, column)
    if lane_type(document.need(lane, Lane).type).shows is Shows.EMOTIONS:
        type = "emotion"
    if type == "emotion" and valence is None:
        valence = 0
    draft = Draft(document)
    (key,) = make_room(draft, document.index.cell(lane, column), before, 1)
    place = CardPlace(lane, column, None, key)
    given = {**fields, "type": type, "text": text, "valence": valence}
    draft.put(Card.model_validate({**given, "id": new_id(), "place": place}))
    return draft.change()


def move_cards(
    document: Document, ids: Iterable[str], lane: str, column: str, *, before: str | None = None
) -> Change:
    """Move cards to the cell of `lane` and `column`, in front of its card `before` or to its end.

    They keep the order they have among themselves: by lane, column and place in the cell. A span
    stays as long as it was, as far as the journey goes. Raises ValueError where lane and column
    are not of one journey.
    """
    _need_cell(document, lane, column)
    moving = in_reading_order(document, ids)
    row = document.index.cell(lane, column)
    target = anchor(row, before, frozenset(moving))
    draft = Draft(document)
    if stays(row, moving, target):
        return draft.change()
    shift = Shift(document, column)
    rest = [id_ for id_ in row if id_ not in moving]
    for id_, key in zip(moving, make_room(draft, rest, target, len(moving)), strict=True):
        until = shift.end(document.need(id_, Card).place)
        draft.update(id_, place=CardPlace(lane, column, until, key))
    return draft.change()


def in_reading_order(document: Document, ids: Iterable[str]) -> list[str]:
    """The cards `ids` without repeats, by journey, lane, column and order in their cell."""
    cards = [document.need(id_, Card) for id_ in dict.fromkeys(ids)]
    if len(cards) < 2:
        return [card.id for card in cards]
    rank: dict[str, int] = {}
    for journey in dict.fromkeys(journey_of(document, card.id) for card in cards):
        if journey is not None:
            for id_ in (*lanes(document, journey), *column_order(document, journey)):
                rank[id_] = len(rank)
    last = len(rank)

    def position(card: Card) -> tuple[int, int, str, str]:
        place = card.place
        return rank.get(place.lane, last), rank.get(place.column, last), place.key, card.id

    return [card.id for card in sorted(cards, key=position)]


def set_until(document: Document, card: str, until: str | None) -> Change:
    """Let the span of a card end in the column `until`; None or its own column make it a single one.

    Raises ValueError where `until` is not a later column of the same sort in the same journey.
    """
    place = document.need(card, Card).place
    if until == place.column:
        until = None
    if until is not None and not may_end(document, place.column, until):
        raise ValueError(f"a span from {place.column!r} can't end in {until!r}")
    draft = Draft(document)
    draft.update(card, place=place._replace(until=until))
    return draft.change()


def snapped(valence: float) -> int:
    """The nearest valence that a drag can reach: a multiple of 5 in −100…100.

    >>> snapped(-41.9), snapped(2.5), snapped(250)
    (-40, 5, 100)
    """
    steps = math.floor(valence / EMOTION_STEP + 0.5)
    return max(-100, min(100, steps * EMOTION_STEP))


def set_valence(document: Document, card: str, valence: float) -> Change:
    """Set the valence of a card to the nearest multiple of 5 in −100…100."""
    document.need(card, Card)
    draft = Draft(document)
    draft.update(card, valence=snapped(valence))
    return draft.change()


def _need_cell(document: Document, lane: str, column: str) -> None:
    if not same_journey(document, lane, column):
        raise ValueError(f"lane {lane!r} and column {column!r} are not of one journey")
