"""How far one can look: from the size of the sheet and of the view, one axis at a time.

Pure numbers. An axis on which the whole sheet fits is *loose*: the sheet lies anywhere in the
view, whole. On a *tight* axis one can look past both ends by half a view, so that the point below
the pointer stays there in a zoom, at the edges too.
"""

from __future__ import annotations

from typing import NamedTuple

LEAST, MOST = 0.1, 8.0
_LEAST_WHOLE, _TO_READ = 0.48, 0.6
MARGIN = 16.0
"""Desk around the sheet, in pixels."""


class Axis(NamedTuple):
    """One axis of the scene: from where to where one can look, and where the view begins."""

    low: float
    high: float
    start: float


def clamped(zoom: float) -> float:
    """The nearest zoom there is: 10 % to 800 %.

    >>> clamped(0.01), clamped(1.5), clamped(99)
    (0.1, 1.5, 8.0)
    """
    return min(MOST, max(LEAST, zoom))


def fits(length: float, view: float, scale: float) -> bool:
    """Whether a sheet of `length` points fits into `view` pixels with its margins.

    What `to_fit` has fitted does fit: a hundredth of a pixel is left for rounding.
    """
    return length * scale + 2 * MARGIN <= view + 0.01


def axis(length: float, view: float, scale: float, start: float) -> Axis:
    """The axis when a view of `view` pixels shall begin at `start`, as near as it may.

    >>> axis(100, 400, 1.0, -120.0)
    Axis(low=-120.0, high=280.0, start=-120.0)
    >>> axis(1000, 400, 1.0, 2000.0)
    Axis(low=-200.0, high=1200.0, start=800.0)
    """
    seen = view / scale
    if fits(length, view, scale):
        start = min(-MARGIN / scale, max(length + MARGIN / scale - seen, start))
        return Axis(start, start + seen, start)
    low, high = -seen / 2, length + seen / 2
    return Axis(low, high, min(high - seen, max(low, start)))


def to_fit(width: float, height: float, view_width: float, view_height: float, pixels: float) -> float:
    """The zoom at which the whole sheet is seen, at most 150 %.

    >>> to_fit(750, 300, 1032, 800, 4 / 3)
    1.0
    """
    if width <= 0 or height <= 0:
        return 1.0
    across = (view_width - 2 * MARGIN) / (width * pixels)
    down = (view_height - 2 * MARGIN) / (height * pixels)
    return clamped(min(across, down, 1.5))


def to_read(width: float, view_width: float, pixels: float) -> float:
    """The zoom to begin with: the breadth of the sheet, but large enough to read, and at most 100 %.

    Where the breadth can't be seen at once whatever is done, text comes first.

    >>> to_read(7500, 1032, 4 / 3), to_read(1200, 1032, 4 / 3), to_read(100, 1032, 4 / 3)
    (0.6, 0.625, 1.0)
    """
    if width <= 0:
        return 1.0
    whole = (view_width - 2 * MARGIN) / (width * pixels)
    return min(1.0, whole) if whole >= _LEAST_WHOLE else _TO_READ
