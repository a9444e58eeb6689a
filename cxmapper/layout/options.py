"""The measures of a map on paper, in points, and what of it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from cxmapper.layout.sheet import Type

BODY = Type(10.5)
STRONG = Type(10.5, "semibold")
SMALL = Type(9)
SMALL_STRONG = Type(9, "semibold")
STAGE = Type(13.5, "semibold")
TITLE = Type(17, "bold")


@dataclass(frozen=True, slots=True)
class Options:
    """How wide things are, and what is shown. All lengths in points."""

    margin: float = 24
    header: float = 112
    column: float = 112
    gap: float = 8
    plot: float = 168
    show_hidden: bool = False
    show_legend: bool = True
    show_title: bool = True

    @property
    def card(self) -> float:
        """How wide a card in one column is."""
        return self.column - self.gap


PLAIN = Options()
