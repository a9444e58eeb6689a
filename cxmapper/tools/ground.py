"""Where things are on a sheet: columns, stages, cells and lanes by position. Pure geometry."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple

from cxmapper.layout.sheet import Box, Row, Sheet
from cxmapper.model.document import Document
from cxmapper.model.elements import Lane
from cxmapper.tools.hints import Area, Bar, Ghost


class Span(NamedTuple):
    """A stage and its first and last column."""

    stage: str
    first: int
    last: int


class Cell(NamedTuple):
    """Where a row and a column meet: their numbers and ids; -1 and "" where there is none."""

    row: int
    column: int
    lane: str
    below: str


def column_near(sheet: Sheet, x: float) -> int:
    """The column at `x`; beside the columns the first or last one, as far as one column away; else -1."""
    if not sheet.columns:
        return -1
    first, last = sheet.columns[0], sheet.columns[-1]
    if x < first.x - first.w or x > last.x + 2 * last.w:
        return -1
    return max(0, bisect_right(sheet.column_lefts, x) - 1)


def spans(sheet: Sheet) -> tuple[Span, ...]:
    """The stages from left to right."""
    found: list[Span] = []
    for i, column in enumerate(sheet.columns):
        if found and found[-1].stage == column.stage:
            found[-1] = found[-1]._replace(last=i)
        else:
            found.append(Span(column.stage, i, i))
    return tuple(found)


def span_middle(sheet: Sheet, span: Span) -> float:
    """The abscissa of the middle of a stage."""
    end = sheet.columns[span.last]
    return (sheet.columns[span.first].x + end.x + end.w) / 2


def body(sheet: Sheet) -> tuple[float, float]:
    """From which height to which the columns reach: from the stages to the last lane."""
    rows = [(top, row) for top, row in zip(sheet.tops, sheet.rows, strict=True) if row.type != "legend"]
    start = next((top for top, row in rows if row.id == "stages"), 0.0)
    end = rows[-1][0] + rows[-1][1].height if rows else sheet.height
    return start, end


def upright(sheet: Sheet, x: float) -> Bar:
    """A line down through the columns at `x`."""
    top, bottom = body(sheet)
    return Bar(x, top, x, bottom)


def cell_area(sheet: Sheet, row: int, column: int) -> Area:
    """The cell in which a row and a column meet."""
    c = sheet.columns[column]
    return Area(c.x, sheet.tops[row], c.w, sheet.rows[row].height)


def lane_rows(sheet: Sheet, document: Document) -> Iterator[tuple[int, Lane]]:
    """The rows that are lanes, by number, from top to bottom."""
    for i, row in enumerate(sheet.rows):
        lane = document.get(row.id, Lane)
        if lane is not None:
            yield i, lane


def cell_near(sheet: Sheet, x: float, y: float) -> Cell:
    """The row at a point and the column near it; whether cards may lie there is for the rules to say."""
    row, column = sheet.row_at(y), column_near(sheet, x)
    return Cell(
        row, column, sheet.rows[row].id if row >= 0 else "", sheet.columns[column].id if column >= 0 else ""
    )


def next_in_cell(row: Row, column: int, y: float, among: Collection[str]) -> str | None:
    """The card of `among` before which something put at `y` (in the row) comes, or None at the end.

    Where a stage has one touchpoint, the cards of both lie in one column; `among` tells them apart.
    """
    for box in row.cells[column] if column < len(row.cells) else ():
        if box.role == "card" and box.id in among and box.y + box.h / 2 > y:
            return box.id
    return None


def boxes_of(sheet: Sheet, ids: Collection[str], *roles: str) -> tuple[Ghost, ...]:
    """The boxes of elements where they lie on the sheet, of these roles only where any are given."""
    found = []
    for row, top in zip(sheet.rows, sheet.tops, strict=True):
        header = (row.header,) if row.header is not None else ()
        for box in (*header, *row.boxes()):
            if box.id in ids and (not roles or box.role in roles):
                found.append(Ghost(box, box.x, top + box.y))
    return tuple(found)


def area_of(box: Box, top: float) -> Area:
    """The place of a box in a row with this top."""
    return Area(box.x, top + box.y, box.w, box.h)


def boxes_in(sheet: Sheet, area: Area) -> Iterator[tuple[Box, float]]:
    """The boxes that meet `area`, each with the top of its row. Looks only at columns it covers."""
    first = max(0, bisect_right(sheet.column_lefts, area.x) - 1)
    last = bisect_right(sheet.column_lefts, area.x + area.w)
    for row, top in zip(sheet.rows, sheet.tops, strict=True):
        if top < area.y + area.h and area.y < top + row.height:
            for box in row.boxes(first, last):
                if area_of(box, top).meets(area):
                    yield box, top
