"""The emotion line: a curve through the felt values that rises and falls only where they do.

Monotone cubic interpolation after Fritsch and Carlson (SIAM J. Numer. Anal. 17, 1980, 238–246),
with the slopes of Fritsch and Butland's weighted harmonic mean: no overshoot, so the line never
claims a high or a low that nobody felt. A column without emotion is a gap, never a 0.
"""

from __future__ import annotations

from typing import NamedTuple


class Point(NamedTuple):
    """A point of the plane, in points of paper."""

    x: float
    y: float


class Cubic(NamedTuple):
    """A Bézier curve of third degree by its four points."""

    a: Point
    b: Point
    c: Point
    d: Point


def slope(before: Point | None, here: Point, after: Point | None) -> float:
    """The slope of the line at a point, by its neighbours; 0 at highs, lows and the ends of a run.

    >>> slope(Point(0, 0), Point(1, 2), Point(2, 4)), slope(Point(0, 0), Point(1, 2), Point(2, 0))
    (2.0, 0.0)
    """
    if before is None or after is None:
        return 0.0
    h, k = here.x - before.x, after.x - here.x
    left, right = (here.y - before.y) / h, (after.y - here.y) / k
    if left * right <= 0:
        return 0.0
    w1, w2 = 2 * k + h, k + 2 * h
    return (w1 + w2) / (w1 / left + w2 / right)


def piece(before: Point | None, start: Point, end: Point, after: Point | None) -> Cubic:
    """The line from `start` to `end`, given the points beside them (None: there the run ends).

    >>> piece(None, Point(0, 0), Point(3, 6), None)
    Cubic(a=Point(x=0, y=0), b=Point(x=1.0, y=0.0), c=Point(x=2.0, y=6.0), d=Point(x=3, y=6))
    """
    third = (end.x - start.x) / 3
    leaving, arriving = slope(before, start, end), slope(start, end, after)
    b = Point(start.x + third, start.y + leaving * third)
    return Cubic(start, b, Point(end.x - third, end.y - arriving * third), end)


def split(curve: Cubic, t: float) -> tuple[Cubic, Cubic]:
    """The curve cut in two at `t` of its way, by de Casteljau."""

    def mix(p: Point, q: Point) -> Point:
        return Point(p.x + (q.x - p.x) * t, p.y + (q.y - p.y) * t)

    a, b, c, d = curve
    ab, bc, cd = mix(a, b), mix(b, c), mix(c, d)
    abc, bcd = mix(ab, bc), mix(bc, cd)
    middle = mix(abc, bcd)
    return Cubic(a, ab, abc, middle), Cubic(middle, bcd, cd, d)


def cut_at_x(curve: Cubic, x: float) -> tuple[Cubic, Cubic]:
    """The curve cut at the abscissa `x`; its handles lie at thirds, so x is linear in t."""
    width = curve.d.x - curve.a.x
    return split(curve, (x - curve.a.x) / width if width else 0.5)


def cut_at_y(curve: Cubic, y: float) -> tuple[Cubic, ...]:
    """A monotone curve cut where it crosses the height `y`; whole where it does not."""
    if (curve.a.y - y) * (curve.d.y - y) >= 0:
        return (curve,)
    low, high = 0.0, 1.0
    (_, y0), (_, y1), (_, y2), (_, y3) = curve
    rising = y3 > y0
    for _ in range(30):
        t = (low + high) / 2
        u = 1 - t
        value = u * u * u * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * y3
        if (value < y) == rising:
            low = t
        else:
            high = t
    return split(curve, (low + high) / 2)
