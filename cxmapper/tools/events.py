"""What a hand does, in plain values: the measure is points of the sheet, whatever the zoom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["left", "right", "up", "down"]

KeyName = Literal[
    "left", "right", "up", "down", "enter", "f2", "delete", "escape", "home", "end", "select all", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PointerEvent:
    """Where the pointer is on the sheet, in points, and which modifier keys are down.

    `reach` is how far, in points, counts as the same place: a press that moves less is a click.
    """

    x: float
    y: float
    shift: bool = False
    ctrl: bool = False
    alt: bool = False
    reach: float = 3.0

    @property
    def adds(self) -> bool:
        """Whether a click adds to the selection, or takes out of it, rather than replacing it."""
        return self.shift or self.ctrl

    @property
    def copies(self) -> bool:
        """Whether a drag leaves what it drags where it was, and puts down a copy."""
        return self.ctrl or self.alt

    def far_from(self, other: PointerEvent) -> bool:
        """Whether the pointer has left the place of `other`, so that a press becomes a drag."""
        return max(abs(self.x - other.x), abs(self.y - other.y)) > self.reach


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """A key of those that mean something on the canvas."""

    key: KeyName
    shift: bool = False
    ctrl: bool = False
