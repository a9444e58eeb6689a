"""What customers answered, drawn over the emotion line and on the touchpoints.

Scores come in as `Measured` values, one a column; nothing here knows how they were computed. What
is drawn in a column depends on it and the columns at its sides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cxmapper.layout.axis import height_of
from cxmapper.layout.curve import Cubic, Point
from cxmapper.layout.icons import circle
from cxmapper.layout.sheet import Column, Path, Shape, flattened

ASIDE = 15.0  # what was measured stands beside the face
BADGE = 15.0

# signs of the map that the legend explains
MOMENT, GAP, SCORE, APART = "moment of truth", "proven gap", "measured score", "map and customers disagree"
SIGNS = (MOMENT, GAP, SCORE, APART)

_REACH = 9.0  # how far to the sides of a face that has no line the band goes
_HATCH = 4.0
_DASH = (3.5, 2.5)


class Measured(NamedTuple):
    """What customers answered at a column: the net score with the ends of its interval, in points.

    `shown` draws it over the emotion line, `disagrees` shades what lies between the two, `first`
    puts the badge of the largest gaps on the touchpoint.
    """

    nps: float
    low: float
    high: float
    shown: bool = True
    disagrees: bool = False
    first: bool = False


Scores = Mapping[str, Mapping[str, Measured]]
"""What is measured, by map and column."""


class Beside(NamedTuple):
    """A column's value with those of the columns at its left and right, where they are shown."""

    left: Measured | None
    here: Measured | None
    right: Measured | None

    @property
    def drawn(self) -> bool:
        """Whether anything of it is to be seen in the column's plot."""
        return self.here is not None and (self.here.shown or self.here.disagrees)


def over_line(column: Column, plot: float, beside: Beside) -> tuple[Shape, ...]:
    """The dashes from one value to the next, the interval, and the diamond."""
    here = beside.here
    if here is None or not here.shown:
        return ()
    x = column.middle + ASIDE
    points = _measured_points(column, plot, beside)
    shapes: list[Shape] = []
    if len(points) > 1:
        shapes.append(Path(_through(points), stroke="target", width=0.9, dash=_DASH))
    y, low, high = (height_of(v, plot) for v in (here.nps, here.low, here.high))
    diamond = (("M", x, y - 4), ("L", x + 4, y), ("L", x, y + 4), ("L", x - 4, y), ("Z",))
    whisker = (("M", x, low), ("L", x, high))
    return (*shapes, Path(whisker, stroke="target", width=1.3), Path(diamond, fill="target"))


def band(
    column: Column, plot: float, beside: Beside, felt: float | None, halves: Sequence[Cubic]
) -> tuple[Shape, ...]:
    """The ground between what is drawn and what was measured, where the two clearly disagree.

    `felt` is the height of the emotion line in the column, `halves` its pieces there.
    """
    if beside.here is None or not beside.here.disagrees or felt is None:
        return ()
    line = _felt_points(column, plot, felt, halves)
    measured = _measured_points(column, plot, beside)
    across = [_at(measured, p.x) for p in line]
    outline = (*_through(line), *(("L", x, y) for x, y in reversed(across)), ("Z",))
    hatch: list[tuple[str | float, ...]] = []
    for (x, y), (_, other) in zip(line, across, strict=True):
        if abs(y - other) > 1.5:
            hatch += [("M", x, y), ("L", x, other)]
    shapes: list[Shape] = [Path(outline, fill="target-tint")]
    if hatch:
        shapes.append(Path(tuple(hatch), stroke="target", width=0.4))
    return tuple(shapes)


def _felt_points(column: Column, plot: float, felt: float, halves: Sequence[Cubic]) -> list[Point]:
    """The emotion line in a column at even steps; level at a face that no line passes through."""
    curve = [p for half in halves for p in _flat(half)] or [Point(column.middle, height_of(felt, plot))]
    first = min(curve[0].x, column.middle - _REACH)
    last = max(curve[-1].x, column.middle + ASIDE)
    count = max(1, round((last - first) / _HATCH))
    return [_at(curve, first + (last - first) * i / count) for i in range(count + 1)]


def _flat(half: Cubic) -> list[Point]:
    a, b, c, d = half
    return [Point(*p) for p in flattened((("M", *a), ("C", *b, *c, *d)))]


def _at(points: Sequence[Point], x: float) -> Point:
    """The point of a polyline at `x`, rounded; level beyond its ends."""
    before = points[0]
    for after in points:
        if after.x >= x:
            across = after.x - before.x
            share = max(0.0, x - before.x) / across if across > 0 else 1.0
            return Point(round(x, 2), round(before.y + (after.y - before.y) * share, 2))
        before = after
    return Point(round(x, 2), round(before.y, 2))


def _measured_points(column: Column, plot: float, beside: Beside) -> list[Point]:
    """The line through the measured values from the left edge of the column to its right one."""
    assert beside.here is not None
    x, y = column.middle + ASIDE, height_of(beside.here.nps, plot)
    points = [Point(x, y)]
    if beside.left is not None:
        start = Point(x - column.w, height_of(beside.left.nps, plot))
        points.insert(0, _at([start, points[0]], column.x))
    if beside.right is not None:
        end = Point(x + column.w, height_of(beside.right.nps, plot))
        points.append(_at([Point(x, y), end], column.x + column.w))
    return points


def _through(points: Sequence[Point]) -> tuple[tuple[str | float, ...], ...]:
    return (("M", *points[0]), *(("L", *p) for p in points[1:]))


def badge(x: float, y: float) -> tuple[Shape, ...]:
    """The mark of a touchpoint whose gap is proven: an arrow down in a disc, `BADGE` points wide."""
    r = BADGE / 2
    cx, cy = x + r, y + r
    arrow = (
        ("M", cx, cy - 4), ("L", cx, cy + 3.4), ("M", cx - 3, cy + 0.4), ("L", cx, cy + 3.6),
        ("L", cx + 3, cy + 0.4),
    )  # fmt: skip
    disc = Path(tuple(circle(cx, cy, r)), fill="risk")
    return (disc, Path(arrow, stroke="sheet", width=1.5))
