"""The grid of a journey: its columns and lanes in order, and which journey a part lies in.

A column is a touchpoint, or a stage as a whole. Knows the model only; how wide a column is drawn
is the layout's business. Everything here is read off the index, so a journey of 2,000
touchpoints answers within a millisecond.
"""

from __future__ import annotations

from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Lane, Link, Stage, Touchpoint
from cxmapper.model.fields import Place

_DEEPEST = 64  # a chain of parents longer than this is a cycle that some other program wrote


def stages(document: Document, journey: str) -> tuple[str, ...]:
    """Ids of the stages of `journey`, left to right."""
    return document.index.children(journey, "stage")


def touchpoints(document: Document, journey: str) -> tuple[str, ...]:
    """Ids of all touchpoints of `journey`, left to right."""
    index = document.index
    return tuple(t for stage in stages(document, journey) for t in index.children(stage, "touchpoint"))


def lanes(document: Document, journey: str) -> tuple[str, ...]:
    """Ids of the lanes of `journey`, top to bottom, hidden ones too."""
    return document.index.children(journey, "lane")


def parts_shown(document: Document, journey: str) -> frozenset[str]:
    """Ids of the stages, touchpoints and cards of `journey`, but for the cards of hidden lanes."""
    rows = (lane.id for lane in document.children(journey, Lane) if not lane.hidden)
    cards = (card for row in rows for card in document.index.lane(row))
    return frozenset((*stages(document, journey), *touchpoints(document, journey), *cards))


def columns(document: Document, journey: str) -> tuple[str, ...]:
    """Ids of the columns of `journey`, left to right: each stage's touchpoints, or the stage without any."""
    index = document.index
    return tuple(
        column
        for stage in stages(document, journey)
        for column in index.children(stage, "touchpoint") or (stage,)
    )


def column_order(document: Document, journey: str) -> dict[str, int]:
    """The position of every stage and touchpoint of `journey`; a stage comes before its touchpoints."""
    index = document.index
    order: dict[str, int] = {}
    for stage in stages(document, journey):
        order[stage] = len(order)
        for touchpoint in index.children(stage, "touchpoint"):
            order[touchpoint] = len(order)
    return order


def stage_of(document: Document, column: str) -> str | None:
    """The stage that `column` belongs to: itself, or the one a touchpoint is placed in."""
    found = document.elements.get(column)
    if isinstance(found, Touchpoint):
        return found.place.parent
    return column if isinstance(found, Stage) else None


def journey_of(document: Document, id_: str) -> str | None:
    """The journey that an element lies in: itself, its parent's, its lane's or its start's; or None."""
    here: str | None = id_
    for _ in range(_DEEPEST):
        found = document.elements.get(here) if here is not None else None
        if isinstance(found, Journey):
            return found.id
        if isinstance(found, Card):
            here = found.place.lane
        elif isinstance(found, Link):
            here = found.start
        else:
            place = getattr(found, "place", None)
            here = place.parent if isinstance(place, Place) else None
        if here is None:
            return None
    return None


def sort_row(document: Document, column: str) -> tuple[str, ...]:
    """All columns of the sort of `column` in its journey, left to right: touchpoints or stages."""
    journey = journey_of(document, column)
    if journey is None:
        return ()
    if document.get(column, Touchpoint) is not None:
        return touchpoints(document, journey)
    return stages(document, journey)


def may_end(document: Document, column: str, until: str) -> bool:
    """Whether a span from `column` may end in `until`: of the same sort, in its journey, and later."""
    row = sort_row(document, column)
    if column not in row or until not in row:
        return False
    return row.index(until) > row.index(column)


def same_journey(document: Document, lane: str, column: str) -> bool:
    """Whether `lane` is a lane and `column` a column of one and the same journey."""
    if document.get(lane, Lane) is None or stage_of(document, column) is None:
        return False
    journey = journey_of(document, lane)
    return journey is not None and journey == journey_of(document, column)
