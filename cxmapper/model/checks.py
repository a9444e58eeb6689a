"""Rules that hold between elements: what is not as it should be in a document, in words.

Single values are checked when an element is made; here stands what only shows when elements are
seen together. Operations keep these rules; files, merges and other programs may break them. A
problem wants mending; a note is worth knowing and does no harm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from cxmapper.locale import Words, msg
from cxmapper.model.base import Element, Part, references
from cxmapper.model.columns import column_order
from cxmapper.model.document import Document
from cxmapper.model.elements import (
    Card,
    Image,
    Journey,
    Lane,
    Link,
    Review,
    Survey,
    Tally,
    Targets,
    UnknownElement,
)
from cxmapper.model.fields import CardPlace, Place, Refers, Strength
from cxmapper.model.ids import SETTINGS, STRATEGY, is_image_id
from cxmapper.model.kinds import CARD_TYPES, LANE_TYPES
from cxmapper.model.places import COLUMN_KINDS, LINKED_KINDS, PARENT_KINDS

Severity = Literal["problem", "note"]

_TITLED = ("journey", "persona", "stage", "touchpoint")
_ONLY = (SETTINGS, STRATEGY)  # of these there is one, under this id
_OUTLIVING = ("about", "reply_to")  # a remark outlives what it was about


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a field of an element that is not as it should be; `field` may be empty."""

    severity: Severity
    element: str
    field: str
    words: Words


def check(document: Document, images: Collection[str] | None = None) -> tuple[Problem, ...]:
    """All that is wrong or odd in a document, problems first, then by id and field.

    `images` are the ids of the images whose bytes are there; None leaves the bytes unchecked.
    """
    grid = _Grid(document)
    found: list[Problem] = []
    for element in document.elements.values():
        found += _place(document, element)
        found += _references(document, element)
        found += _oddities(element)
        found += _ids(element)
        match element:
            case Card():
                found += _card(document, grid, element)
            case Link():
                found += _link(document, grid, element)
            case Tally():
                found += _tally(document, element)
            case Review() if not element.resolved:
                words = msg("a merge left “{title}” undecided", title=called(element))
                found.append(Problem("problem", element.id, "", words))
    found += _tied_keys(document)
    if images is not None:
        found += missing_images(document, images)
        found += _unused_images(document, images)
    return tuple(sorted(found, key=lambda p: (p.severity != "problem", p.element, p.field, str(p.words))))


def called(element: Element) -> str:
    """What to call an element in a sentence: its caption, or its id where it has none."""
    return element.caption or element.id


class _Grid:
    """Where every stage, touchpoint and lane of a document lies: its journey and its position."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.at: dict[str, tuple[str, int]] = {}
        for element in document.elements.values():
            if isinstance(element, Journey):
                for id_, position in column_order(document, element.id).items():
                    self.at[id_] = (element.id, position)
            elif isinstance(element, Lane) and element.place.parent is not None:
                self.at[element.id] = (element.place.parent, 0)

    def journey(self, id_: str) -> str | None:
        """The journey of a stage, touchpoint, lane or card; None where it is in none."""
        card = self.document.get(id_, Card)
        found = self.at.get(card.place.lane if card is not None else id_)
        return found[0] if found is not None else None

    def may_end(self, place: CardPlace) -> bool:
        """Whether the span of `place` ends in a later column of the same sort and journey."""
        start, end = self.at.get(place.column), self.at.get(place.until or "")
        if start is None or end is None:
            return False
        elements = self.document.elements
        same_sort = elements[place.column].kind == elements[place.until or ""].kind
        return same_sort and start[0] == end[0] and start[1] < end[1]


def _place(document: Document, element: Element) -> Iterator[Problem]:
    """Parents that are missing, of the wrong kind, or the element itself by a detour."""
    place = getattr(element, "place", None)
    if not isinstance(place, Place) or element.kind not in PARENT_KINDS:
        return
    title = called(element)
    allowed = PARENT_KINDS[element.kind]
    if place.parent is not None and place.parent not in document:
        words = msg(
            "“{title}” hangs under {parent}, which is not in the map", title=title, parent=place.parent
        )
        yield Problem("problem", element.id, "place", words)
        return
    parent = document[place.parent] if place.parent is not None else None
    if (parent.kind if parent is not None else None) not in allowed:
        words = (
            msg("“{title}” hangs under “{parent}”, where no {kind} can hang", title=title,
                parent=called(parent), kind=element.kind)
            if parent is not None
            else msg("“{title}” hangs nowhere; it belongs in a {kind}", title=title, kind=allowed[0])
        )  # fmt: skip
        yield Problem("problem", element.id, "place", words)
    if _hangs_under_itself(document, element):
        yield Problem("problem", element.id, "place", msg("“{title}” hangs under itself", title=title))


def _hangs_under_itself(document: Document, element: Element) -> bool:
    seen = {element.id}
    place = getattr(element, "place", None)
    while isinstance(place, Place) and place.parent is not None:
        if place.parent == element.id:
            return True
        if place.parent in seen:
            return False  # the cycle is further up, and reported there
        seen.add(place.parent)
        place = getattr(document.elements.get(place.parent), "place", None)
    return False


def _references(document: Document, element: Element) -> Iterator[Problem]:
    """References to what is not there, or is of another kind than the field is for."""
    for field, target, mark in references(element):
        if field == "place":
            continue
        found = document.elements.get(target)
        title = called(element)
        if found is None:
            severity: Severity = "note" if field in _OUTLIVING else "problem"
            words = msg("“{title}” refers to {target}, which is not in the map", title=title, target=target)
            yield Problem(severity, element.id, _written_name(element, field), words)
        elif not _fits(element, found, mark):
            words = msg("“{title}” refers to “{target}”, which is of another kind than belongs there",
                        title=title, target=called(found))  # fmt: skip
            yield Problem("problem", element.id, _written_name(element, field), words)


def _fits(element: Element, target: Element, mark: Refers) -> bool:
    if isinstance(element, Link) and mark.strength is Strength.REQUIRED:
        return target.kind in LINKED_KINDS or isinstance(target, UnknownElement)
    return not mark.kinds or target.kind in mark.kinds


def _written_name(element: Part, field: str) -> str:
    return type(element).model_fields[field].alias or field


def _card(document: Document, grid: _Grid, card: Card) -> Iterator[Problem]:
    """Cells that are not there, spans that can't be, emotions without a height."""
    title, place = called(card), card.place
    lane, column = document.elements.get(place.lane), document.elements.get(place.column)
    if not isinstance(lane, Lane):
        yield Problem("problem", card.id, "place", msg("the card “{title}” lies in no lane", title=title))
    if column is None or column.kind not in COLUMN_KINDS:
        yield Problem("problem", card.id, "place", msg("the card “{title}” lies in no column", title=title))
    elif isinstance(lane, Lane) and grid.journey(lane.id) != grid.journey(column.id):
        words = msg("the card “{title}” lies in a lane and a column of different maps", title=title)
        yield Problem("problem", card.id, "place", words)
    if place.until is not None and not grid.may_end(place):
        words = msg(
            "the card “{title}” spans to {until}, which is no later column of its sort in its map",
            title=title,
            until=place.until,
        )
        yield Problem("problem", card.id, "place", words)
    if card.type == "emotion" and card.valence is None:
        words = msg("the emotion “{title}” has no valence and can't be drawn on the curve", title=title)
        yield Problem("problem", card.id, "valence", words)


def _link(document: Document, grid: _Grid, link: Link) -> Iterator[Problem]:
    """Links from a thing to itself, or from one map to another."""
    if link.start == link.to:
        words = msg("the link “{title}” ends where it starts", title=called(link))
        yield Problem("problem", link.id, "to", words)
    elif link.start in document and link.to in document:
        start, to = grid.journey(link.start), grid.journey(link.to)
        if start is not None and to is not None and start != to:
            words = msg(
                "the link “{title}” goes from one map to another and is not drawn", title=called(link)
            )
            yield Problem("note", link.id, "to", words)


def _tally(document: Document, tally: Tally) -> Iterator[Problem]:
    """Counts that do not go along the survey's scale."""
    survey = document.get(tally.survey, Survey)
    if survey is None:
        return
    if any(len(counts) != len(survey.scale) for counts in tally.counts.values()):
        words = msg("the tally {id} has other counts than its survey has answers", id=tally.id)
        yield Problem("problem", tally.id, "counts", words)


def _oddities(element: Element) -> Iterator[Problem]:
    """What one element shows by itself: unknown words, empty titles, odd targets, odd ids."""
    if isinstance(element, UnknownElement):
        words = msg(
            "{id} is of a kind that this version does not know: {kind}", id=element.id, kind=element.kind
        )
        yield Problem("note", element.id, "kind", words)
    if (isinstance(element, Card) and element.type not in CARD_TYPES) or (
        isinstance(element, Lane) and element.type not in LANE_TYPES
    ):
        words = msg("“{title}” is of a type that this version does not know: {type}",
                    title=called(element), type=element.type)  # fmt: skip
        yield Problem("note", element.id, "type", words)
    if element.kind in _TITLED and not element.caption:
        yield Problem(
            "note", element.id, element.caption_field, msg("a {kind} has no title", kind=element.kind)
        )
    if isinstance(element, Targets):
        yield from _targets(element)


def _ids(element: Element) -> Iterator[Problem]:
    """Ids by which two people would not arrive at the same element."""
    id_, kind = element.id, element.kind
    if kind in _ONLY and id_ != kind:
        words = msg("{id} is a second element of the kind {kind}, and not used", id=id_, kind=kind)
        yield Problem("problem", id_, "kind", words)
    elif id_ in _ONLY and id_ != kind:
        words = msg("{id} is of the kind {kind}; this id is for the {id} alone", id=id_, kind=kind)
        yield Problem("problem", id_, "kind", words)
    match element:
        case Image() if not is_image_id(id_):
            words = msg("the id of the picture “{title}” is not the SHA-256 of one", title=called(element))
            yield Problem("problem", id_, "", words)
        case Survey() if id_ != element.derived_id:
            words = msg("the id of the survey “{title}” does not follow from what it asks: "
                        "another import of it would count twice", title=called(element))  # fmt: skip
            yield Problem("note", id_, "", words)


def _targets(element: Targets) -> Iterator[Problem]:
    """Targets that were probably meant as another figure: 0.4 for an NPS of 40, 0.9 for 90 %."""
    assert isinstance(element, Element)
    for field in ("target_nps", "target_csat"):
        target = getattr(element, field)
        if target is not None and 0 < abs(target) < 1:
            words = msg("the target {target} of “{title}” is less than one point; was a percentage meant?",
                        target=target, title=called(element))  # fmt: skip
            yield Problem("note", element.id, field, words)


def _tied_keys(document: Document) -> Iterator[Problem]:
    """Siblings with equal order keys: their order is the order of their ids, and nobody's choice."""
    first: dict[tuple[str | None, ...], str] = {}
    for id_ in sorted(document):
        element = document[id_]
        place = getattr(element, "place", None)
        if isinstance(place, CardPlace):
            slot: tuple[str | None, ...] = (place.lane, place.column, place.key)
        elif isinstance(place, Place):
            slot = (element.kind, place.parent, None, place.key)
        else:
            continue
        other = first.setdefault(slot, id_)
        if other != id_:
            words = msg("“{title}” and “{other}” claim the same place in their order",
                        title=called(element), other=called(document[other]))  # fmt: skip
            yield Problem("note", id_, "place", words)


def missing_images(document: Document, images: Collection[str]) -> Iterator[Problem]:
    """The images of a document whose bytes are not there; `images` are the ids of those that are."""
    for id_, element in document.elements.items():
        if isinstance(element, Image) and id_ not in images:
            words = msg("the picture “{title}” is not in the file; put it in again, or delete it",
                        title=element.caption or id_[:12])  # fmt: skip
            yield Problem("problem", id_, "", words)


def _unused_images(document: Document, images: Collection[str]) -> Iterator[Problem]:
    """Bytes of pictures that no image tells of."""
    for id_ in images:
        if document.get(id_, Image) is None:
            words = msg("the file carries the picture {id}, which nothing uses", id=id_)
            yield Problem("note", id_, "", words)
