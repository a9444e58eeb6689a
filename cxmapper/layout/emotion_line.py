"""The emotion line of a map: the values it passes through, and what is drawn of it under each column.

What a column shows depends on its own value and those of the two columns on either side, so an
edit of one column draws five again and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from cxmapper.layout.axis import INSET, height_of
from cxmapper.layout.curve import Cubic, Point, cut_at_x, cut_at_y, piece
from cxmapper.layout.kept import Work
from cxmapper.layout.measured import Beside, Measured, band, over_line
from cxmapper.layout.sheet import Column, Gradient, Path, Shape
from cxmapper.model.elements import Card, Journey

REACH = 2  # columns to either side that a value has a say in

_OVERLAP = 0.25  # neighbouring fills meet without a seam
_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2.5), (8, 3, 2, 3), (1, 3))


class Stroke(NamedTuple):
    """How a line is drawn."""

    colour: str
    width: float
    dash: tuple[float, ...]


Values = tuple[float | None, ...]  # a line's value at each column, None where there is a gap


def lines_through(
    work: Work, felt: Sequence[tuple[int, int, Card]]
) -> tuple[tuple[Values, ...], tuple[str, ...]]:
    """The values of each different line and whose it is: one of all, or one a persona where they differ.

    An emotion on a stage that has touchpoints is off the line.
    """
    by_column: list[list[Card]] = [[] for _ in work.grid.columns]
    for first, last, card in felt:
        whole_stage = card.place.column in work.grid.spans
        for i in range(first, last + 1):
            if not whole_stage or work.grid.columns[i].id in work.grid.spans:
                by_column[i].append(card)
    lines: dict[Values, list[str]] = {}
    for person in people_of(work):
        line = tuple(mean_of(cards, person) for cards in by_column)
        if any(v is not None for v in line):
            lines.setdefault(line, []).append(work.names.get(person or "", ""))
    return tuple(lines), tuple(", ".join(filter(None, names)) for names in lines.values())


def stroke_of(number: int) -> Stroke:
    """How the line with this number is drawn: the first firm and dark, the others told by dash and colour."""
    dash = _DASHES[number % len(_DASHES)]
    return Stroke("curve", 1.7, dash) if number == 0 else Stroke(f"stage{number % 8}", 1.2, dash)


def mean_of(cards: Iterable[Card], person: str | None) -> float | None:
    """The mean valence of those of `cards` that are about all, or about `person` (None: of all cards)."""
    values = [card.valence or 0 for card in cards if person is None or not card.who or person in card.who]
    return fmean(values) if values else None


def people_of(work: Work) -> Sequence[str | None]:
    """Whose lines there may be: those of the map's personas, or nobody's in particular without any."""
    return work.document.need(work.journey, Journey).who or (None,)


def under_column(
    work: Work, i: int, lines: Sequence[Values], measured: Mapping[str, Measured]
) -> tuple[Shape, ...]:
    """What is drawn under column `i`: fills, the band to what was measured, lines, and that itself."""
    columns, plot = work.grid.columns, work.options.plot

    def value(k: int) -> Measured | None:
        found = measured.get(columns[k].id) if 0 <= k < len(columns) else None
        return found if found is not None and (found.shown or found.disagrees) else None

    pieces = tuple((_piece(work, values, i - 1), _piece(work, values, i)) for values in lines)
    felt = lines[0][i] if lines else None
    key = (columns[i], plot, pieces, felt, Beside(value(i - 1), value(i), value(i + 1)))
    return work.boxes.part("under", columns[i].id, key, lambda: _drawn(*key))


Pieces = tuple[Cubic | None, Cubic | None]  # what comes into a column from the left, and what leaves it


def _piece(work: Work, values: Values, i: int) -> Cubic | None:
    """The line between the middles of column `i` and the next, where both have a value."""
    columns, plot = work.grid.columns, work.options.plot

    def point(k: int) -> Point | None:
        value = values[k] if 0 <= k < len(values) else None
        return None if value is None else Point(columns[k].middle, height_of(value, plot))

    start, end = point(i), point(i + 1)
    return None if start is None or end is None else piece(point(i - 1), start, end, point(i + 2))


def _drawn(
    column: Column, plot: float, lines: Sequence[Pieces], felt: float | None, beside: Beside
) -> tuple[Shape, ...]:
    fills: list[Shape] = []
    strokes: list[Shape] = []
    shaded: tuple[Shape, ...] = band(column, plot, beside, felt, ())
    for number, (into, out) in enumerate(lines):
        halves = [cut_at_x(into, column.x)[1]] if into is not None else []
        halves += [cut_at_x(out, column.x + column.w)[0]] if out is not None else []
        if number == 0:
            fills += [shape for half in halves for shape in _area(half, plot)]
            shaded = band(column, plot, beside, felt, halves)
        for half in halves:
            look = stroke_of(number)
            strokes.append(Path(_steps(half), stroke=look.colour, width=look.width, dash=look.dash))
    return (*fills, *shaded, *strokes, *over_line(column, plot, beside))


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
            Gradient(INSET, "good-tint", middle, "plot")
            if above
            else Gradient(middle, "plot", plot - INSET, "bad-tint")
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
