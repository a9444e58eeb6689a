"""Moving what is selected one place left, right, up or down: the way of dragging without a pointer.

Pure, like the operations it is made of. Knows the order of stages, columns and lanes, no pixels.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from cxmapper.edit.change import NO_CHANGE, Change, apply
from cxmapper.edit.operations import move_cards, move_lanes, move_stages, move_touchpoints, set_valence
from cxmapper.model.columns import columns, journey_of
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Lane, Stage, Touchpoint
from cxmapper.model.kinds import EMOTION_STEP, Shows, lane_type

Direction = Literal["left", "right", "up", "down"]


def nudge(document: Document, ids: Collection[str], direction: Direction) -> Change:
    """The change that moves the elements `ids`, all of one kind, one place in `direction`.

    Stages and touchpoints move left and right, lanes up and down, cards all four ways; an emotion
    goes up and down by its valence. Where there is no place to go the change is empty.
    """
    chosen = [document.elements[i] for i in ids if i in document]
    kinds = {type(e) for e in chosen}
    if len(kinds) != 1:
        return NO_CHANGE
    sideways, back = direction in ("left", "right"), direction in ("left", "up")
    first = chosen[0]
    match first:
        case Stage() if sideways:
            return _stages(document, first, ids, back)
        case Touchpoint() if sideways:
            return _touchpoints(document, first, ids, back)
        case Lane() if not sideways:
            return _lanes(document, first, ids, back)
        case Card() if sideways:
            return _cards_sideways(document, ids, back)
        case Card():
            return _cards_up_or_down(document, ids, back)
        case _:
            return NO_CHANGE


def _has_room(order: Sequence[str], chosen: Collection[str], back: bool) -> bool:
    """Whether a member of `order` stands before (`back`) or after all of the chosen ones."""
    places = [i for i, id_ in enumerate(order) if id_ in chosen]
    return bool(places) and (places[0] > 0 if back else places[-1] < len(order) - 1)


def _before(order: Sequence[str], chosen: Collection[str], back: bool) -> str | None:
    """Before which member of `order` the chosen ones come when they move past one (None: to the end).

    Only where `_has_room` says so.
    """
    places = [i for i, id_ in enumerate(order) if id_ in chosen]
    if back:
        return order[places[0] - 1]
    return order[places[-1] + 2] if places[-1] + 2 < len(order) else None


def _in_order(order: Sequence[str], chosen: Collection[str]) -> list[str]:
    return [id_ for id_ in order if id_ in chosen]


def _stages(document: Document, first: Stage, ids: Collection[str], back: bool) -> Change:
    order = [s.id for s in document.children(first.place.parent, Stage)]
    if not _has_room(order, ids, back):
        return NO_CHANGE
    return move_stages(document, _in_order(order, ids), before=_before(order, ids, back))


def _lanes(document: Document, first: Lane, ids: Collection[str], back: bool) -> Change:
    order = [lane.id for lane in document.children(first.place.parent, Lane)]
    if not _has_room(order, ids, back):
        return NO_CHANGE
    return move_lanes(document, _in_order(order, ids), before=_before(order, ids, back))


def _touchpoints(document: Document, first: Touchpoint, ids: Collection[str], back: bool) -> Change:
    stage = document.get(first.place.parent, Stage)
    if stage is None or any(document.need(i, Touchpoint).place.parent != stage.id for i in ids):
        return NO_CHANGE
    order = [t.id for t in document.children(stage.id, Touchpoint)]
    moving = _in_order(order, ids)
    if _has_room(order, ids, back):
        return move_touchpoints(document, moving, stage.id, before=_before(order, ids, back))
    stages = [s.id for s in document.children(stage.place.parent, Stage)]
    beside = _beside(stages, stage.id, back)
    if beside is None:
        return NO_CHANGE
    theirs = [t.id for t in document.children(beside, Touchpoint)]
    return move_touchpoints(document, moving, beside, before=None if back or not theirs else theirs[0])


def _beside(order: Sequence[str], id_: str, back: bool) -> str | None:
    if id_ not in order:
        return None
    place = order.index(id_) + (-1 if back else 1)
    return order[place] if 0 <= place < len(order) else None


def _cells(document: Document, ids: Collection[str]) -> dict[tuple[str, str], list[str]]:
    """The chosen cards by the cell they are in, each in the cell's order."""
    cells: dict[tuple[str, str], list[str]] = {}
    for id_ in ids:
        place = document.need(id_, Card).place
        cells.setdefault((place.lane, place.column), [])
    for lane, column in cells:
        cells[lane, column] = _in_order(document.index.cell(lane, column), ids)
    return cells


def _cards_sideways(document: Document, ids: Collection[str], back: bool) -> Change:
    journey = journey_of(document, next(iter(ids)))
    if journey is None:
        return NO_CHANGE
    order = columns(document, journey)
    moves = {cell: _beside(order, cell[1], back) for cell in _cells(document, ids)}
    if None in moves.values():
        return NO_CHANGE
    result, current = NO_CHANGE, document
    for (lane, column), cards in _cells(document, ids).items():
        step = move_cards(current, cards, lane, moves[lane, column] or column)
        current, result = apply(current, step), result.then(step)
    return result


def _cards_up_or_down(document: Document, ids: Collection[str], back: bool) -> Change:
    cards = [document.need(i, Card) for i in ids]
    if all(c.type == "emotion" for c in cards):
        return _valences(document, cards, EMOTION_STEP if back else -EMOTION_STEP)
    cells = _cells(document, ids)
    if len(cells) != 1:
        return NO_CHANGE
    ((lane, column), moving) = next(iter(cells.items()))
    order = document.index.cell(lane, column)
    if _has_room(order, ids, back):
        return move_cards(document, moving, lane, column, before=_before(order, ids, back))
    journey = document.need(lane, Lane).place.parent
    rows = [row.id for row in document.children(journey, Lane) if row.id == lane or _takes_cards(row)]
    beside = _beside(rows, lane, back)
    if beside is None:
        return NO_CHANGE
    theirs = document.index.cell(beside, column)
    return move_cards(document, moving, beside, column, before=None if back or not theirs else theirs[0])


def _takes_cards(lane: Lane) -> bool:
    return lane_type(lane.type).shows is Shows.CARDS and not lane.hidden


def _valences(document: Document, cards: Sequence[Card], step: int) -> Change:
    result, current = NO_CHANGE, document
    for card in cards:
        valence = max(-100, min(100, (card.valence or 0) + step))
        change = set_valence(current, card.id, valence)
        current, result = apply(current, change), result.then(change)
    return result
