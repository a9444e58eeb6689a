"""The lane of emotions: faces at the height of what is felt, the line through them, their words.

The axis runs from −100 at the foot of the plot to +100 at its head; NPS shares it. The words of
the faces stand in a strip below the plot, so that no text lies over the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from cxmapper.layout.blocks import block
from cxmapper.layout.cards import card_box, signed
from cxmapper.layout.curve import Cubic, Point, cubics, cut_at_x, cut_at_y
from cxmapper.layout.icons import face
from cxmapper.layout.kept import Laid, Work
from cxmapper.layout.lanes import lane_cards, lane_header, looks
from cxmapper.layout.options import SMALL, SMALL_STRONG
from cxmapper.layout.sheet import Box, Column, Gradient, Line, Path, Rect, Row, Shape
from cxmapper.layout.stacking import BETWEEN, stack
from cxmapper.layout.text import Typesetter
from cxmapper.model.elements import Card, Journey, Lane

FACE = 20.0
_INSET = 14.0
_NUMBER = 25.0
_OVERLAP = 0.25  # neighbouring fills meet without a seam
_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2.5), (8, 3, 2, 3), (1, 3))


class Measured(NamedTuple):
    """What customers answered at a column: NPS with the ends of its interval, in points."""

    nps: float
    low: float
    high: float


def height_of(valence: float, plot: float) -> float:
    """The y of a valence in a plot so many points high.

    >>> height_of(0, 168), height_of(100, 168), height_of(-100, 168)
    (84.0, 14.0, 154.0)
    """
    return plot / 2 - valence / 100 * (plot / 2 - _INSET)


def valence_at(y: float, plot: float) -> float:
    """The valence at height `y` of a plot, from −100 to +100: what `height_of` undoes.

    >>> valence_at(84, 168), valence_at(-50, 168)
    (0.0, 100.0)
    """
    return max(-100.0, min(100.0, (plot / 2 - y) / (plot / 2 - _INSET) * 100)) + 0.0


def emotion_row(work: Work, lane: Lane, measured: Mapping[str, Measured]) -> Laid:
    """The lane of emotions with plot, line, faces and words."""
    plot = work.options.plot
    cards = lane_cards(work, lane.id)
    felt = [(a, b, card) for a, b, card in cards if card.valence is not None]
    cells, wide = _faces(work, felt)
    singles: list[list[Box]] = [[] for _ in work.grid.columns]
    spans: list[tuple[int, int, Box]] = []
    for first, last, card in cards:
        box = _words(work, card, work.grid.width(first, last))
        if first == last:
            singles[first].append(box)
        else:
            spans.append((first, last, box))
    strip = stack(work.grid, singles, sorted(spans, key=lambda s: s[:2]), plot + 6)
    joined = tuple((*faces, *words) for faces, words in zip(cells, strip.cells, strict=True))
    header = lane_header(work, lane)
    height = max(plot + 4, strip.height(plot + 4)) if cards else plot + 4
    backdrop = _backdrop(work, felt, measured)
    row = Row(
        lane.id, lane.type, height + BETWEEN, header.at(header.x, 4), joined, (*wide, *strip.wide), backdrop,
        _ground(work),
    )  # fmt: skip
    types, bases = looks(work, lane.id)
    return Laid(row, lane, work.grid, types=types, bases=bases)


def _ground(work: Work) -> tuple[Shape, ...]:
    left, right, plot = work.options.margin, work.grid.right, work.options.plot
    middle = plot / 2
    return (
        Rect(left, 0, right - left, plot, fill="plot", stroke="grid", width=0.75, radius=4),
        Path(
            (("M", work.grid.left, middle), ("L", right, middle)),
            stroke="neutral-line",
            width=0.9,
            dash=(3, 3),
        ),
    )


def _words(work: Work, card: Card, width: float) -> Box:
    if card.valence is None:
        people = work.people(card) if card.who else ""
        return work.boxes.get(
            "card", card, width, people, lambda: card_box(work.typesetter, card, width, people, work.images)
        )
    return work.boxes.get("caption", card, width, None, lambda: caption_box(work.typesetter, card, width))


def caption_box(typesetter: Typesetter, card: Card, width: float) -> Box:
    """The words of a face: its number, with sign, and its text."""
    number = signed(card.valence or 0)
    if not card.text:
        alone = block(typesetter, number, SMALL_STRONG, width, align="middle")
        return Box(card.id, "caption", 0, 0, width, alone.height, (), alone.lines)
    text = block(typesetter, card.text, SMALL, width - _NUMBER - 4, "text-soft")
    wide = typesetter.width(number, SMALL_STRONG)
    first = text.lines[0].y if text.lines else SMALL_STRONG.size * 0.97
    lines = (Line(_NUMBER - 3 - wide, first, number, SMALL_STRONG, "text", wide), *text.at(_NUMBER + 1, 0))
    return Box(card.id, "caption", 0, 0, width, max(text.height, 12.0), (), lines)


def _faces(
    work: Work, felt: Iterable[tuple[int, int, Card]]
) -> tuple[list[tuple[Box, ...]], tuple[Box, ...]]:
    cells: list[tuple[Box, ...]] = [()] * len(work.grid.columns)
    by_extent: dict[tuple[int, int], list[Card]] = defaultdict(list)
    for first, last, card in felt:
        by_extent[first, last].append(card)
    wide: list[Box] = []
    taken: dict[int, list[Box]] = defaultdict(list)
    for (first, last), cards in sorted(by_extent.items()):
        middle = (work.grid.columns[first].middle + work.grid.columns[last].middle) / 2
        key = (tuple(cards), middle, work.options.column - 4, work.options.plot)
        name = f"faces to {work.grid.columns[last].id}"
        boxes = work.boxes.part(name, work.grid.columns[first].id, key, lambda k=key: faces_beside(*k))  # type: ignore[misc]
        if first == last:
            cells[first] = boxes
            taken[first] += boxes
        else:
            wide += boxes
    return cells, tuple(_clear_of(box, taken, work) for box in wide)


def _clear_of(box: Box, taken: Mapping[int, Sequence[Box]], work: Work) -> Box:
    """A face of a whole stage, moved sideways where it would lie on the face of one column."""
    near = [
        other for boxes in taken.values() for other in boxes if abs(other.x - box.x) < work.options.column
    ]
    for shift in (0.0, FACE + 2, -FACE - 2, 2 * FACE + 4, -2 * FACE - 4):
        moved = box.at(box.x + shift, box.y)
        if not any(_meet(moved, other) for other in near):
            return moved
    return box


def _meet(a: Box, b: Box) -> bool:
    return a.x < b.x + b.w and b.x < a.x + a.w and a.y < b.y + b.h and b.y < a.y + a.h


def faces_beside(cards: Sequence[Card], middle: float, width: float, plot: float) -> tuple[Box, ...]:
    """Faces of one column at their heights, beside each other where they would overlap.

    Where they are too many to stand beside each other within `width`, they are drawn smaller.
    """
    diameter = FACE
    while True:
        slots = _slots([height_of(card.valence or 0, plot) for card in cards], diameter)
        across = max(slots, default=0) + 1
        if across * (diameter + 2) <= width or diameter < 0.5:
            break
        diameter = min(diameter * 0.85, max(width / across - 2, diameter * 0.4))
    step = diameter + 2
    boxes = []
    for card, slot in zip(cards, slots, strict=True):
        offset = (slot + 1) // 2 * step * (1 if slot % 2 else -1)
        y = height_of(card.valence or 0, plot)
        shapes = face(card.valence or 0, diameter / 2, diameter / 2, diameter)
        x = middle + offset - diameter / 2
        boxes.append(Box(card.id, "face", x, y - diameter / 2, diameter, diameter, shapes))
    return tuple(boxes)


def _slots(heights: Sequence[float], diameter: float) -> list[int]:
    """For each face the first of the slots 0, 1, 2, … in which it overlaps none before it."""
    rows: list[list[float]] = []
    result = []
    for y in heights:
        for slot, row in enumerate(rows):
            if all(abs(y - other) >= diameter + 1 for other in row):
                row.append(y)
                result.append(slot)
                break
        else:
            rows.append([y])
            result.append(len(rows) - 1)
    return result


def _backdrop(
    work: Work, felt: Sequence[tuple[int, int, Card]], measured: Mapping[str, Measured]
) -> tuple[tuple[Shape, ...], ...]:
    """What is drawn under each column: fills, then lines, then what was measured."""
    lines = [_pieces(work, values) for values in _lines(work, felt)]
    under = []
    for i, column in enumerate(work.grid.columns):
        key = (column.x, work.options.plot, tuple(line[i] for line in lines), measured.get(column.id))
        under.append(work.boxes.part("under", column.id, key, lambda c=column, k=key: _column(c, *k[1:])))  # type: ignore[misc]
    return tuple(under)


Piece = tuple[Cubic | None, Cubic | None]  # what comes into a column from the left, and what leaves it


def _column(
    column: Column, plot: float, lines: Sequence[Piece], measured: Measured | None
) -> tuple[Shape, ...]:
    fills: list[Shape] = []
    strokes: list[Shape] = []
    for number, (into, out) in enumerate(lines):
        halves = [cut_at_x(into, column.x)[1]] if into is not None else []
        halves += [cut_at_x(out, column.x + column.w)[0]] if out is not None else []
        for half in halves:
            if number == 0:
                fills += _area(half, plot)
            dash = _DASHES[number % len(_DASHES)]
            colour = "curve" if number == 0 else f"stage{number % 8}"
            strokes.append(Path(_steps(half), stroke=colour, width=1.7 if number == 0 else 1.2, dash=dash))
    if measured is not None:
        strokes += _diamond(column.middle, measured, plot)
    return (*fills, *strokes)


def _lines(work: Work, felt: Sequence[tuple[int, int, Card]]) -> list[list[float | None]]:
    """The values of each different line: one of all cards, or one a persona where they differ.

    A persona's line uses the cards that are about all, or about them; an emotion on a stage
    that has touchpoints is off the line.
    """
    journey = work.document.need(work.journey, Journey)
    people: Sequence[str | None] = journey.who if len(journey.who) > 1 else (None,)
    lines: list[list[float | None]] = []
    for person in people:
        by_column: dict[int, list[int]] = defaultdict(list)
        for first, last, card in felt:
            if card.place.column in work.grid.spans and first != last:
                continue
            if person is None or not card.who or person in card.who:
                for i in range(first, last + 1):
                    by_column[i].append(card.valence or 0)
        line = [fmean(by_column[i]) if i in by_column else None for i in range(len(work.grid.columns))]
        if line not in lines and any(v is not None for v in line):
            lines.append(line)
    return lines


def _pieces(work: Work, values: Sequence[float | None]) -> list[Piece]:
    """For each column the piece of the line that comes into its middle, and the one that leaves it."""
    plot, columns = work.options.plot, work.grid.columns
    into: list[Cubic | None] = [None] * len(columns)
    out: list[Cubic | None] = [None] * len(columns)
    for start, end in _runs(values):
        points = [Point(columns[i].middle, height_of(values[i] or 0.0, plot)) for i in range(start, end)]
        for i, curve in enumerate(cubics(points), start):
            out[i] = into[i + 1] = curve
    return list(zip(into, out, strict=True))


def _runs(values: Sequence[float | None]) -> Iterable[tuple[int, int]]:
    """The stretches of neighbouring columns that have a value, as start and end.

    >>> list(_runs([1, None, 2, 3, None]))
    [(0, 1), (2, 4)]
    """
    start: int | None = None
    for i, value in enumerate((*values, None)):
        if value is not None and start is None:
            start = i
        elif value is None and start is not None:
            yield start, i
            start = None


def _steps(curve: Cubic) -> tuple[tuple[str | float, ...], ...]:
    a, b, c, d = ((round(p.x, 2), round(p.y, 2)) for p in curve)
    return (("M", *a), ("C", *b, *c, *d))


def _area(curve: Cubic, plot: float) -> list[Shape]:
    """The fill between the line and the neutral middle: good above, bad below."""
    middle = plot / 2
    shapes: list[Shape] = []
    for part in cut_at_y(curve, middle):
        above = part.a.y + part.d.y < 2 * middle
        if abs(part.a.y - middle) < 0.01 and abs(part.d.y - middle) < 0.01:
            continue
        fill = (
            Gradient(_INSET, "good-tint", middle, "plot")
            if above
            else Gradient(middle, "plot", plot - _INSET, "bad-tint")
        )
        x0, x1 = part.a.x - _OVERLAP, part.d.x + _OVERLAP
        outline = (
            ("M", round(x0, 2), middle),
            ("L", round(x0, 2), round(part.a.y, 2)),
            *_steps(part)[1:],
            ("L", round(x1, 2), round(part.d.y, 2)),
            ("L", round(x1, 2), middle),
            ("Z",),
        )
        shapes.append(Path(outline, fill=fill))
    return shapes


def _diamond(x: float, value: Measured, plot: float) -> list[Shape]:
    """A measured NPS on the axis of the emotions, with its interval."""
    x += FACE / 2 + 5
    y, low, high = (height_of(v, plot) for v in value)
    diamond = (("M", x, y - 4), ("L", x + 4, y), ("L", x, y + 4), ("L", x - 4, y), ("Z",))
    return [Path((("M", x, low), ("L", x, high)), stroke="target", width=1.1), Path(diamond, fill="target")]
