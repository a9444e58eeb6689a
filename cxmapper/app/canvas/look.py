"""What the items of the scene share while they paint: the painter, what is exposed, what is faded.

Also the one rule of how much detail a zoom shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from PySide6.QtCore import QRectF

from cxmapper.app.canvas.painter import SheetPainter
from cxmapper.layout.sheet import Role

PIXELS = 96 / 72
"""Pixels to the point at a zoom of 1.0 (100 %)."""

COARSE_BELOW: Mapping[Role, float] = MappingProxyType(
    {"card": 0.35, "caption": 0.35, "channels": 0.35, "touchpoint": 0.22, "face": 0.16}
)
"""Below which zoom the boxes of a role are drawn as plain rectangles."""

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


def coarse_roles(zoom: float) -> frozenset[Role]:
    """The roles whose boxes are drawn as plain rectangles at this zoom.

    >>> sorted(coarse_roles(0.3)), coarse_roles(0.5)
    (['caption', 'card', 'channels'], frozenset())
    """
    return frozenset(role for role, limit in COARSE_BELOW.items() if zoom < limit)
