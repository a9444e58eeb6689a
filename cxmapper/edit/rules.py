"""What may be done: yes, or no with the reason, without doing it.

Tools ask here while something hovers over a place, so that the place lights up or the pointer says
no and why. Whatever a rule allows, the operations do without an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cxmapper.locale import Words, msg
from cxmapper.model.checks import called
from cxmapper.model.columns import columns, journey_of, same_journey, stage_of
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


def may_hold_cards(document: Document, lane: str, column: str) -> Verdict:
    """Whether `lane` and `column` meet in a cell that holds cards; an id of nothing is nowhere."""
    row = document.get(lane, Lane)
    if row is None:
        return _no(msg("Cards go into a lane"))
    if not lane_type(row.type).holds_cards:
        return _no(msg("{lane} holds no cards", lane=_named(row)))
    if same_journey(document, lane, column):
        return YES
    if stage_of(document, column) is not None:
        return _no(msg("The lane and the column are not of one map"))
    if row.place.parent is None or not columns(document, row.place.parent):
        return _no(msg("Add a stage first: cards go below it"))
    return _no(msg("Cards go below a touchpoint"))


def may_lie(document: Document, type: str, lane: str, column: str) -> Verdict:
    """Whether a card of `type` may lie in the cell of `lane` and `column`.

    A lane of cards takes every type, whatever it offers; one of emotions takes emotions only.
    """
    verdict = may_hold_cards(document, lane, column)
    if verdict and type != "emotion":
        row = document.need(lane, Lane)
        if lane_type(row.type).shows is Shows.EMOTIONS:
            return _no(msg("Only emotions go into {lane}", lane=_named(row)))
    return verdict


def may_move_cards(document: Document, ids: Iterable[str], lane: str, column: str) -> Verdict:
    """Whether all these cards may move to the cell of `lane` and `column`; the first reason if not.

    In the lane where it is already, a card may stay, whatever its type.
    """
    for id_ in ids:
        card = document.need(id_, Card)
        cell = may_hold_cards(document, lane, column)
        verdict = cell if card.place.lane == lane else may_lie(document, card.type, lane, column)
        if not verdict:
            return verdict
    return YES


def may_hold_touchpoints(document: Document, stage: str) -> Verdict:
    """Whether touchpoints may be put into `stage`: only into what is one."""
    return YES if document.get(stage, Stage) is not None else _no(msg("A touchpoint belongs into a stage"))


def may_move_touchpoints(document: Document, ids: Iterable[str], stage: str) -> Verdict:
    """Whether these touchpoints may move into `stage`: only within their journey."""
    verdict = may_hold_touchpoints(document, stage)
    journey = journey_of(document, stage)
    if verdict and any(journey_of(document, document.need(i, Touchpoint).id) != journey for i in ids):
        return _no(msg("A touchpoint stays in its map. Copy it to take it to another."))
    return verdict


def may_be_moment_of_truth(document: Document, column: str) -> Verdict:
    """Whether `column` may be marked as a moment of truth: only a touchpoint."""
    if document.get(column, Touchpoint) is not None:
        return YES
    return _no(msg("Only a touchpoint is a moment of truth"))


def may_begin_link(document: Document, start: str) -> Verdict:
    """Whether a link may begin at `start`."""
    if start in document and document[start].kind in LINKED_KINDS:
        return YES
    return _no(msg("A link begins at a card, a touchpoint or a stage"))


def may_link(document: Document, start: str, to: str) -> Verdict:
    """Whether a link from `start` to `to` may be drawn: two parts of one map, not linked so yet."""
    verdict = may_begin_link(document, start)
    if not verdict:
        return verdict
    if start == to or to not in document or document[to].kind not in LINKED_KINDS:
        return _no(msg("A link ends at another card, touchpoint or stage"))
    if journey_of(document, start) != journey_of(document, to):
        return _no(msg("A link stays in its map"))
    links = (document.need(i, Link) for i in document.index.links(start, document.elements))
    if any(link.start == start and link.to == to for link in links):
        return _no(msg("“{start}” and “{to}” are linked already.",
                       start=called(document[start]), to=called(document[to])))  # fmt: skip
    return YES


def _named(lane: Lane) -> Words | str:
    return lane.title or lane_type(lane.type).label
