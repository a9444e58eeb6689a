"""How boxes share a row: spans first, then each cell's own below each other, none over another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cxmapper.layout.grid import Grid
from cxmapper.layout.sheet import Box

TOP = 8.0
BETWEEN = 6.0
BOTTOM = 8.0
EMPTY_ROW = 40.0


class Stack(NamedTuple):
    """The boxes of a row at their places, and how far down each column reaches."""

    cells: tuple[tuple[Box, ...], ...]
    wide: tuple[Box, ...]
    bottoms: tuple[float, ...]

    def height(self, least: float = EMPTY_ROW) -> float:
        """How high the row must be."""
        return max(max(self.bottoms, default=0.0) - BETWEEN + BOTTOM, least)


def stack(
    grid: Grid, singles: Sequence[Iterable[Box]], spans: Iterable[tuple[int, int, Box]], top: float = TOP
) -> Stack:
    """Place the boxes of each column and those that cover several, from `top` downwards."""
    bottoms = [top] * len(grid.columns)
    wide = []
    for first, last, box in spans:
        y = max(bottoms[first : last + 1])
        wide.append(box.at(grid.x(first), y))
        bottoms[first : last + 1] = [y + box.h + BETWEEN] * (last + 1 - first)
    cells = []
    for i, boxes in enumerate(singles):
        cell, bottoms[i] = pile(grid, i, boxes, bottoms[i])
        cells.append(cell)
    return Stack(tuple(cells), tuple(wide), tuple(bottoms))


def pile(grid: Grid, column: int, boxes: Iterable[Box], y: float) -> tuple[tuple[Box, ...], float]:
    """Boxes of one column below each other from `y`; and the y below them."""
    placed = []
    for box in boxes:
        placed.append(box.at(grid.x(column), y))
        y += box.h + BETWEEN
    return tuple(placed), y
