"""What the items of the scene share while they paint: the painter, what is exposed, what is faded.

Also the one rule of how much detail a zoom shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from cxmapper.app.canvas.painter import SheetPainter

PIXELS = 96 / 72
"""Pixels to the point at a zoom of 1.0 (100 %)."""

COARSE_BELOW = {"touchpoints": 0.22, "emotion": 0.16, "title": 0.0, "stages": 0.0, "legend": 0.3}
COARSE_CELLS_BELOW = 0.35
BARS_ABOVE = 0.13
TITLES_ABOVE = 0.14
FADED = 0.3


@dataclass(slots=True)
class Look:
    """The painter in use, and what the view tells the items before they paint.

    `exposed` are the rectangles of the sheet that are about to be painted, or none: then the
    exposed rectangle that Qt gives is used. `painter` makes the painter when it is first needed.
    """

    painter: Callable[[], SheetPainter]
    exposed: list[QRectF] = field(default_factory=list)
    faded: frozenset[str] = frozenset()


def coarse(row_type: str, zoom: float) -> bool:
    """Whether the cells of a row of this type are drawn as plain rectangles at this zoom."""
    return zoom < COARSE_BELOW.get(row_type, COARSE_CELLS_BELOW)
