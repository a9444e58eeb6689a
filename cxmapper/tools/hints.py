"""What a gesture wants shown while it lasts: lit places, lines, lifted boxes, a few words.

Plain values in points of the sheet. They are drawn over the sheet, are no part of it, and are
never printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from cxmapper.layout.sheet import Box
from cxmapper.locale import Words

Cursor = Literal["arrow", "pointing", "cross", "closed", "refused", "vertical"]


class Area(NamedTuple):
    """A rectangle on the sheet."""

    x: float
    y: float
    w: float
    h: float

    def meets(self, other: Area) -> bool:
        """Whether the two overlap.

        >>> Area(0, 0, 2, 2).meets(Area(1, 1, 5, 5)), Area(0, 0, 2, 2).meets(Area(2, 0, 1, 1))
        (True, False)
        """
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )


class Bar(NamedTuple):
    """A straight line that shows where something will be put in."""

    x0: float
    y0: float
    x1: float
    y1: float


class Ghost(NamedTuple):
    """A box lifted off the sheet, with its top left corner at (x, y)."""

    box: Box
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Hints:
    """All that a gesture shows at one moment. `at` is where the pointer is, for the label."""

    lit: tuple[Area, ...] = ()
    bar: Bar | None = None
    ghosts: tuple[Ghost, ...] = ()
    faded: frozenset[str] = frozenset()
    band: Area | None = None
    thread: Bar | None = None
    hover: str = ""
    label: Words | str | None = None
    refused: bool = False
    at: tuple[float, float] = (0.0, 0.0)
    cursor: Cursor = "arrow"


NOTHING = Hints()
