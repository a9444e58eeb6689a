"""What may be done: yes, or no with the reason, without doing it.

Tools ask here while something hovers over a cell, so that the cell lights up or the pointer says
no. Whatever a rule allows, the operation of the same name does without an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cxmapper.locale import Words, msg
from cxmapper.model.checks import called
from cxmapper.model.columns import journey_of, may_end, same_journey, stage_of
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Lane, Link, Stage, Touchpoint
from cxmapper.model.kinds import Shows, lane_type
from cxmapper.model.places import LINKED_KINDS


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, which is true, or no, which is false and gives its reason."""

    reason: Words | None = None

    def __bool__(self) -> bool:
        return self.reason is None


YES = Verdict()


def _no(reason: Words) -> Verdict:
    return Verdict(reason)


def may_drop(
    document: Document, kind: str, type: str = "", *, lane: str | None = None, column: str | None = None
) -> Verdict:
    """Whether a palette item of `kind` (and card `type`) may be dropped on this lane and column.

    A stage may go anywhere; a touchpoint needs a column, whose stage takes it; a card a cell. A
    link is drawn between two things, and dropped on none.
    """
    match kind:
        case "stage":
            return YES
        case "touchpoint":
            if column is None or stage_of(document, column) is None:
                return _no(msg("A touchpoint goes into a stage. Add a stage first."))
            return YES
        case "card":
            return may_lie(document, type, lane, column)
        case _:
            return _no(msg("Draw a link from one card or touchpoint to another."))


def may_lie(document: Document, type: str, lane: str | None, column: str | None) -> Verdict:
    """Whether a card of `type` may lie in the cell of `lane` and `column`."""
    row = document.get(lane, Lane)
    if row is None or column is None:
        return _no(msg("A card goes into a cell: a lane below a stage or touchpoint."))
    if not same_journey(document, row.id, column):
        return _no(msg("The lane and the column are not of one map."))
    sort = lane_type(row.type)
    if not sort.holds_cards:
        return _no(msg("The lane “{lane}” holds no cards.", lane=row.title or str(sort.label)))
    if sort.shows is Shows.EMOTIONS and type != "emotion":
        return _no(msg("The emotion lane holds emotions only."))
    if type == "emotion" and sort.shows is not Shows.EMOTIONS:
        return _no(msg("An emotion goes into the emotion lane."))
    return YES


def may_move_cards(document: Document, ids: Iterable[str], lane: str, column: str) -> Verdict:
    """Whether all these cards may move to the cell of `lane` and `column`; the first reason if not."""
    verdicts = (may_lie(document, document.need(id_, Card).type, lane, column) for id_ in ids)
    return next((verdict for verdict in verdicts if not verdict), YES)


def may_move_touchpoints(document: Document, ids: Iterable[str], stage: str) -> Verdict:
    """Whether these touchpoints may move into `stage`: only within their journey."""
    if document.get(stage, Stage) is None:
        return _no(msg("A touchpoint goes into a stage. Add a stage first."))
    journey = journey_of(document, stage)
    for id_ in ids:
        if journey is None or journey_of(document, document.need(id_, Touchpoint).id) != journey:
            return _no(msg("A touchpoint stays in its map. Copy it to take it to another."))
    return YES


def may_span(document: Document, card: str, until: str) -> Verdict:
    """Whether the span of a card may end in the column `until`; its own column makes it a single one."""
    column = document.need(card, Card).place.column
    if until == column or may_end(document, column, until):
        return YES
    return _no(msg("A card spans to a later column of the same sort."))


def may_link(document: Document, start: str, to: str) -> Verdict:
    """Whether a link from `start` to `to` may be drawn: two parts of one map, not linked so yet."""
    for end in (start, to):
        if end not in document or document[end].kind not in LINKED_KINDS:
            return _no(msg("A link goes from a card, touchpoint or stage to another."))
    if start == to:
        return _no(msg("A link needs two ends."))
    if journey_of(document, start) != journey_of(document, to):
        return _no(msg("A link stays in its map."))
    links = (document.need(i, Link) for i in document.index.links(start, document.elements))
    if any(link.start == start and link.to == to for link in links):
        return _no(msg("“{start}” and “{to}” are linked already.",
                       start=called(document[start]), to=called(document[to])))  # fmt: skip
    return YES
