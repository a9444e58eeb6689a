"""The columns of a map: which there are, where they lie, and which of them a stage covers."""

from __future__ import annotations

from dataclasses import dataclass

from cxmapper.layout.options import Options
from cxmapper.layout.sheet import Column
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Stage, Touchpoint


@dataclass(frozen=True, slots=True)
class Grid:
    """Columns from left to right; `number` finds one by id, `spans` the columns of each stage.

    `stage_of[i]` is the number of the stage that column i belongs to, from 0.
    """

    columns: tuple[Column, ...]
    number: dict[str, int]
    spans: dict[str, tuple[int, int]]
    stages: tuple[str, ...]
    stage_of: tuple[int, ...]
    left: float
    right: float
    options: Options

    def extent(self, card: Card) -> tuple[int, int] | None:
        """First and last column of a card, or None where its column is not on this map.

        A span that runs backwards, or to another sort of column, is drawn as one column.
        """
        place = card.place
        first = self._run(place.column)
        if first is None or place.until is None:
            return first
        last = self._run(place.until)
        same_sort = (place.until in self.spans) == (place.column in self.spans)
        return (first[0], last[1]) if last is not None and same_sort and last[0] > first[0] else first

    def _run(self, column: str) -> tuple[int, int] | None:
        if column in self.spans:
            return self.spans[column]
        i = self.number.get(column)
        return None if i is None else (i, i)

    def x(self, first: int) -> float:
        """Left edge of a card that begins in this column."""
        return self.columns[first].x + self.options.gap / 2

    def width(self, first: int, last: int) -> float:
        """How wide a card from column `first` to `last` is."""
        end = self.columns[last]
        return end.x + end.w - self.columns[first].x - self.options.gap


def make_grid(document: Document, journey: str, options: Options) -> Grid:
    """The columns of a journey: the touchpoints of each stage, or the stage itself where it has none."""
    left = options.margin + options.header
    columns: list[Column] = []
    spans: dict[str, tuple[int, int]] = {}
    stages = document.children(journey, Stage)
    index = document.index
    stage_of: list[int] = []
    for n, stage in enumerate(stages):
        first = len(columns)
        for id_ in index.children(stage.id, "touchpoint") or (stage.id,):
            columns.append(Column(id_, stage.id, left + len(columns) * options.column, options.column))
        spans[stage.id] = (first, len(columns) - 1)
        stage_of += [n] * (len(columns) - first)
    right = left + max(len(columns), 4) * options.column
    number = {column.id: i for i, column in enumerate(columns)}
    return Grid(
        tuple(columns), number, spans, tuple(s.id for s in stages), tuple(stage_of), left, right, options
    )


def touchpoint_of(document: Document, column: Column) -> Touchpoint | None:
    """The touchpoint that a column is, or None where it is a stage without touchpoints."""
    return document.get(column.id, Touchpoint)
