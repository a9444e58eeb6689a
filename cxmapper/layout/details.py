"""The details of a map in words: what its elements hold beyond what is drawn, on pages of their own.

A reader of the paper has no inspector to open. Whatever a person wrote about a persona, stage,
touchpoint or card, and the map has no room for, is listed here, in the order of the map. A map
that shows all it holds has no such page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cxmapper.layout.blocks import block
from cxmapper.layout.cards import signed
from cxmapper.layout.frame import title_words
from cxmapper.layout.kept import Kept, Work, work_again
from cxmapper.layout.options import BODY, SMALL, SMALL_STRONG, STAGE, STRONG
from cxmapper.layout.papers import PAPERS, POSTER, Paper
from cxmapper.layout.pieces import split_box
from cxmapper.layout.sheet import Box, Page, Placed, Sheet, Type
from cxmapper.locale import tr
from cxmapper.model.base import KnownElement
from cxmapper.model.elements import Card, Journey, Lane, Persona, Stage, Touchpoint
from cxmapper.model.kinds import Entry, Field, card_type, fields_of, kind

_MARGIN = 48.0
_WIDEST = 620.0  # longer lines are hard to read
_INDENT = 12.0
_LABELS = 150.0  # where values begin, whatever the depth
_DRAWN = {
    "persona": frozenset({"name"}),
    "journey": frozenset({"title", "who", "scenario", "state", "date", "language"}),
    "stage": frozenset({"title"}),
    "touchpoint": frozenset({"title", "channels", "moment_of_truth"}),
    "card": frozenset({"text", "type", "valence", "severity", "who", "basis", "image"}),
}


class Item(NamedTuple):
    """An element with details: its heading, how deep it stands, and its filled fields in words."""

    id: str
    heading: str
    depth: int
    fields: tuple[tuple[str, str], ...]
    wordy: bool = False  # whether one of them is text that somebody wrote, and not only a number or a choice


_WRITTEN = frozenset({Entry.LINE, Entry.TEXT, Entry.SET, Entry.PAIRS})
_SHORT = frozenset(
    {
        Entry.NUMBER,
        Entry.WHOLE,
        Entry.RATING,
        Entry.VALENCE,
        Entry.SEVERITY,
        Entry.FLAG,
        Entry.CHOICE,
        Entry.DAY,
    }
)
_TOGETHER = 0.4  # of a page: an entry up to this height is not parted


def details(sheet: Sheet, paper: Paper) -> tuple[Page, ...]:
    """The pages of details of the map of `sheet`; none where the map shows all that was written.

    A poster's details stand on A4.
    """
    kept = sheet.kept
    assert isinstance(kept, Kept)
    work = work_again(kept, sheet.journey)
    entries = _worth_showing(list(_entries(work)))
    if not any(entry.wordy for entry in entries):
        return ()
    size = PAPERS["A4"] if paper == POSTER else paper
    return _set(work, entries, size)


def _worth_showing(entries: list[Item]) -> list[Item]:
    """The entries with fields, and those above them."""
    shown: list[Item] = []
    depth = 0  # of the next that is shown, which what lies less deep stands above
    for entry in reversed(entries):
        if entry.fields or entry.depth < depth:
            shown.append(entry)
            depth = entry.depth
    return shown[::-1]


def _entries(work: Work) -> Iterator[Item]:
    document = work.document
    journey = document.need(work.journey, Journey)
    yield _entry(work, journey, 0, journey.title or tr("Untitled map"))
    for id_ in journey.who:
        persona = document.get(id_, Persona)
        if persona is not None:
            yield _entry(work, persona, 0, persona.name or str(kind("persona").label))
    for stage in document.children(journey.id, Stage):
        yield _entry(work, stage, 0, stage.title or tr("Untitled"))
        yield from _cards(work, stage.id)
        for touchpoint in document.children(stage.id, Touchpoint):
            yield _entry(work, touchpoint, 1, touchpoint.title or tr("Untitled"))
            yield from _cards(work, touchpoint.id)


def _cards(work: Work, column: str) -> Iterator[Item]:
    """The cards of a column that the map shows, from the top lane down."""
    shown = [
        lane
        for lane in work.document.children(work.journey, Lane)
        if work.options.show_hidden or not lane.hidden
    ]
    for id_ in (id_ for lane in shown for id_ in work.document.index.cell(lane.id, column)):
        card = work.document.need(id_, Card)
        called = card.text.replace("\n", " ") or (signed(card.valence) if card.valence is not None else "")
        sort = str(card_type(card.type).label)
        entry = _entry(work, card, 2, f"{sort}: {called}" if called else sort)
        if entry.fields:
            yield entry


def _entry(work: Work, element: KnownElement, depth: int, heading: str) -> Item:
    drawn: frozenset[str] = _DRAWN.get(element.kind, frozenset())
    written: list[tuple[str, str]] = []
    brief: list[tuple[str, str]] = []
    wordy = False
    for field in fields_of(element.kind, getattr(element, "type", "")):
        if field.name not in drawn:
            words = in_words(work, field, getattr(element, field.name, None))
            if words.strip():
                (brief if field.entry in _SHORT else written).append((str(field.label), words))
                wordy = wordy or field.entry in _WRITTEN
    return Item(element.id, heading, depth, (*written, *_in_one_line(brief)), wordy)


def _in_one_line(brief: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Numbers and choices set together, where there are several: a line each would fill pages."""
    if len(brief) < 2:
        yield from brief
    else:
        said = (tr("{field}: {value}", field=label, value=words) for label, words in brief)
        yield tr("In brief"), " · ".join(said)


def in_words(work: Work, field: Field, value: object) -> str:
    """The value of a field as a person reads it; "" where there is none."""
    if value is None or value == "" or value == () or value is False:
        return ""
    if field.entry is Entry.FLAG:
        return tr("Yes")
    if field.entry is Entry.CHOICE:
        return field.words_of(str(value))
    if field.entry is Entry.RATING:
        return tr("{value} of {most}", value=value, most=int(field.high))
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, tuple):
        if field.entry is Entry.REFERENCES:
            return ", ".join(filter(None, (_caption(work, id_) for id_ in value)))
        return ", ".join(str(part) for part in value)
    if field.entry in (Entry.REFERENCE, Entry.IMAGE):
        return _caption(work, str(value))
    return str(value)


def _caption(work: Work, id_: str) -> str:
    element = work.document.elements.get(id_)
    return element.caption if element is not None else ""


def _set(work: Work, entries: Iterable[Item], paper: Paper) -> tuple[Page, ...]:
    width, height = paper.short, paper.long
    across = min(width - 2 * _MARGIN, _WIDEST)
    flow = _Flow(height - 2 * _MARGIN)
    for heading, boxes, gap in _groups(work, entries, across):
        flow.begin([heading, *boxes], gap)
        again = _continued(work, heading)
        for box in boxes:
            flow.place(box, again)
    total = len(flow.pages)
    return tuple(
        Page(width, height, 1.0, (*placed, _number(work, n, total, width, height)), tr("Details"))
        for n, placed in enumerate(flow.pages, 1)
    )


class _Flow:
    """Boxes set below each other on pages with `room` points of height."""

    def __init__(self, room: float) -> None:
        self.pages: list[list[Placed]] = [[]]
        self._room = room
        self._y = 0.0

    def begin(self, boxes: Sequence[Box], gap: float) -> None:
        """Place the first box, a heading, where the others fit below it; of many, where one does."""
        height = sum(box.h for box in boxes)
        if height > self._room * _TOGETHER:
            height = sum(box.h for box in boxes[:2])
        if self._y + gap + height > self._room and self.pages[-1] and height <= self._room:
            self._new_page()
        self._y += gap if self.pages[-1] else 0.0
        self.place(boxes[0], None)

    def place(self, box: Box, again: Box | None) -> None:
        """Place a box; where that needs a page more, `again` stands above it there."""
        for part in split_box(box, self._room - (again.h if again is not None else 0.0)):
            if self._y + part.h > self._room and self.pages[-1]:
                self._new_page()
                if again is not None:
                    self._put(again)
            self._put(part)

    def _put(self, box: Box) -> None:
        self.pages[-1].append(Placed(_MARGIN + box.x, _MARGIN + self._y, box))
        self._y += box.h

    def _new_page(self) -> None:
        self.pages.append([])
        self._y = 0.0


def _groups(work: Work, entries: Iterable[Item], width: float) -> Iterator[tuple[Box, list[Box], float]]:
    """For each entry its heading, its fields, and the space above."""
    heading = tr("Details of {title}", title=title_words(work))
    yield _paragraph(work, "", heading, STAGE, width, 0.0), [], 0.0
    for entry in entries:
        look, gap = ((STRONG, 18.0), (STRONG, 12.0), (SMALL_STRONG, 8.0))[entry.depth]
        indent = _INDENT * entry.depth
        fields = [_field(work, label, text, width, indent) for label, text in entry.fields]
        yield _paragraph(work, entry.id, entry.heading, look, width, indent), fields, gap


def _continued(work: Work, heading: Box) -> Box | None:
    """The first line of a heading again, for the next page; None where it would not fit there."""
    if not heading.lines:
        return None
    words = tr("{title} (continued)", title=heading.lines[0].text)
    return _paragraph(work, "", words, SMALL_STRONG, heading.w, 0.0, "text-soft").at(heading.x, 0.0)


def _field(work: Work, label: str, text: str, width: float, indent: float) -> Box:
    """A field: what it is called at the left, what it holds beside it."""
    beside = _LABELS - indent
    name = block(work.typesetter, label, SMALL, beside - 10, "text-soft")
    value = block(work.typesetter, text, BODY, width - _LABELS)
    lines = (*name.at(0, 1.4), *value.at(beside, 0))
    return Box("", "furniture", indent, 0, width - indent, max(name.height, value.height) + 2, (), lines)


def _paragraph(
    work: Work, id_: str, text: str, look: Type, width: float, indent: float, colour: str = "text"
) -> Box:
    made = block(work.typesetter, text, look, width - indent, colour)
    return Box(id_, "furniture", indent, 0, width - indent, made.height, (), made.lines)


def _number(work: Work, number: int, total: int, width: float, height: float) -> Placed:
    words = tr("Details, page {number} of {total}", number=number, total=total)
    made = block(work.typesetter, words, SMALL, 240, "text-soft", align="end")
    return Placed(
        width - _MARGIN - 240,
        height - _MARGIN + 12,
        Box("", "furniture", 0, 0, 240, made.height, (), made.lines),
    )
