"""How far one can look: never nowhere, never flickering, the wanted place wherever it may be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cxmapper.app.canvas.camera import LEAST, MARGIN, MOST, axis, clamped, fits, to_fit, to_read

lengths = st.floats(10, 100_000)
views = st.floats(50, 5_000)
scales = st.floats(0.13, 11)
starts = st.floats(-1e6, 1e6)


@given(lengths, views, scales, starts)
def test_view_always_lies_on_its_axis_and_meets_the_sheet(
    length: float, view: float, scale: float, start: float
) -> None:
    found = axis(length, view, scale, start)
    seen = view / scale
    slack = 1e-6 * (1 + seen + length)
    assert found.low - slack <= found.start <= found.high - seen + slack
    assert found.start < length
    assert found.start + seen > 0


@given(lengths, views, scales, starts)
def test_sheet_that_fits_is_seen_whole(length: float, view: float, scale: float, start: float) -> None:
    if fits(length, view, scale):
        found = axis(length, view, scale, start)
        slack = 1e-6 * (1 + length)
        assert found.start <= -MARGIN / scale + slack
        assert found.start + view / scale >= length - slack


@given(lengths, views, scales, st.floats(0, 1))
def test_place_on_a_tight_axis_is_kept(length: float, view: float, scale: float, part: float) -> None:
    seen = view / scale
    if not fits(length, view, scale) and length > seen:
        start = part * (length - seen)
        assert abs(axis(length, view, scale, start).start - start) < 1e-6 * (1 + length)


@given(st.floats(1000, 1e5), st.floats(500, 5000), st.floats(200, 4000))
def test_what_is_fitted_fits(width: float, height: float, view: float) -> None:
    zoom = to_fit(width, height, view, view, 4 / 3)
    if zoom > LEAST:
        assert fits(width, view, zoom * 4 / 3)
        assert fits(height, view, zoom * 4 / 3)


@given(st.floats(0, 1e6), st.floats(0, 1e6), views, views)
def test_zooms_stay_in_bounds(width: float, height: float, view_width: float, view_height: float) -> None:
    assert LEAST <= to_fit(width, height, view_width, view_height, 4 / 3) <= MOST
    assert 0.48 <= to_read(width, view_width, 4 / 3) <= 1
    assert clamped(-1) == LEAST
