"""The emotion line never claims a high or a low that nobody felt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cxmapper.layout.curve import Point, cubics, cut_at_x, cut_at_y, split

heights = st.lists(st.integers(-100, 100), min_size=2, max_size=12)


def points(values: list[int]) -> list[Point]:
    return [Point(10.0 * i, float(v)) for i, v in enumerate(values)]


@given(heights)
def test_passes_through_every_point(values: list[int]) -> None:
    pieces = cubics(points(values))
    assert [p.a for p in pieces] + [pieces[-1].d] == points(values)


@given(heights, st.floats(0, 1))
def test_stays_between_its_neighbours(values: list[int], t: float) -> None:
    for piece in cubics(points(values)):
        y = split(piece, t)[0].d.y
        assert min(piece.a.y, piece.d.y) - 1e-9 <= y <= max(piece.a.y, piece.d.y) + 1e-9


@given(heights, st.floats(0.01, 0.99))
def test_a_cut_at_x_lies_at_x(values: list[int], t: float) -> None:
    for piece in cubics(points(values)):
        x = piece.a.x + t * (piece.d.x - piece.a.x)
        left, right = cut_at_x(piece, x)
        assert abs(left.d.x - x) < 1e-9
        assert left.d == right.a


@given(heights, st.integers(-99, 99))
def test_a_cut_at_y_lies_at_y_and_loses_nothing(values: list[int], y: int) -> None:
    for piece in cubics(points(values)):
        parts = cut_at_y(piece, y)
        assert (parts[0].a, parts[-1].d) == (piece.a, piece.d)
        if len(parts) == 2:
            assert abs(parts[0].d.y - y) < 1e-5
