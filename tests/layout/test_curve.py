"""The emotion line never claims a high or a low that nobody felt."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cxmapper.layout.curve import Cubic, Point, cut_at_x, cut_at_y, piece, split

heights = st.lists(st.integers(-100, 100), min_size=2, max_size=12)


def points(values: list[int]) -> list[Point]:
    return [Point(10.0 * i, float(v)) for i, v in enumerate(values)]


def cubics(through: list[Point]) -> list[Cubic]:
    """The whole line through some points, piece by piece."""
    around = [None, *through, None]
    return [piece(around[i], a, b, around[i + 3]) for i, (a, b) in enumerate(pairwise(through))]


@given(heights)
def test_joins_without_a_corner(values: list[int]) -> None:
    for left, right in pairwise(cubics(points(values))):
        into = (left.d.y - left.c.y) / (left.d.x - left.c.x)
        out = (right.b.y - right.a.y) / (right.b.x - right.a.x)
        assert abs(into - out) < 1e-9


@given(heights)
def test_passes_through_every_point(values: list[int]) -> None:
    pieces = cubics(points(values))
    assert [p.a for p in pieces] + [pieces[-1].d] == points(values)


@given(heights, st.floats(0, 1))
def test_stays_between_its_neighbours(values: list[int], t: float) -> None:
    for curve in cubics(points(values)):
        y = split(curve, t)[0].d.y
        assert min(curve.a.y, curve.d.y) - 1e-9 <= y <= max(curve.a.y, curve.d.y) + 1e-9


@given(heights, st.floats(0.01, 0.99))
def test_a_cut_at_x_lies_at_x(values: list[int], t: float) -> None:
    for curve in cubics(points(values)):
        x = curve.a.x + t * (curve.d.x - curve.a.x)
        left, right = cut_at_x(curve, x)
        assert abs(left.d.x - x) < 1e-9
        assert left.d == right.a


@given(heights, st.integers(-99, 99))
def test_a_cut_at_y_lies_at_y_and_loses_nothing(values: list[int], y: int) -> None:
    for curve in cubics(points(values)):
        parts = cut_at_y(curve, y)
        assert (parts[0].a, parts[-1].d) == (curve.a, curve.d)
        if len(parts) == 2:
            assert abs(parts[0].d.y - y) < 1e-5
