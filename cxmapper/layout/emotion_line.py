"""The emotion line of a map: the values it passes through, and what is drawn of it under each column.

What a column shows depends on its own value and those of the two columns on either side, so an
edit of one column draws five again and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple

from cxmapper.layout.curve import Cubic, Point, cut_at_x, cut_at_y, piece
from cxmapper.layout.kept import Work
from cxmapper.layout.sheet import Column, Gradient, Path, Shape
from cxmapper.model.elements import Card, Journey

REACH = 2  # columns to either side that a value has a say in

_INSET = 14.0
_OVERLAP = 0.25  # neighbouring fills meet without a seam
_ASIDE = 15.0  # what was measured stands beside the face
_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2.5), (8, 3, 2, 3), (1, 3))


class Stroke(NamedTuple):
    """How a line is drawn."""

    colour: str
    width: float
    dash: tuple[float, ...]


Values = tuple[float | None, ...]  # a line's value at each column, None where there is a gap


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
    """What is drawn under column `i`: fills, then lines, then what was measured."""
    column, plot = work.grid.columns[i], work.options.plot
    pieces = tuple((_piece(work, values, i - 1), _piece(work, values, i)) for values in lines)
    key = (column, plot, pieces, measured.get(column.id))
    return work.boxes.part("under", column.id, key, lambda: _drawn(*key))


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
    column: Column, plot: float, lines: Sequence[Pieces], measured: Measured | None
) -> tuple[Shape, ...]:
    fills: list[Shape] = []
    strokes: list[Shape] = []
    for number, (into, out) in enumerate(lines):
        halves = [cut_at_x(into, column.x)[1]] if into is not None else []
        halves += [cut_at_x(out, column.x + column.w)[0]] if out is not None else []
        for half in halves:
            if number == 0:
                fills += _area(half, plot)
            look = stroke_of(number)
            strokes.append(Path(_steps(half), stroke=look.colour, width=look.width, dash=look.dash))
    if measured is not None:
        strokes += _diamond(column.middle, measured, plot)
    return (*fills, *strokes)


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
    x += _ASIDE
    y, low, high = (height_of(v, plot) for v in value)
    diamond = (("M", x, y - 4), ("L", x + 4, y), ("L", x, y + 4), ("L", x - 4, y), ("Z",))
    return [Path((("M", x, low), ("L", x, high)), stroke="target", width=1.1), Path(diamond, fill="target")]
