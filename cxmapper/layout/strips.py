"""The part of a sheet over a run of columns: its rows as strips, ready to be laid on pages.

A strip's boxes are moved so that the run begins where the columns of the sheet do. What spans the
border of the run is made again at the width that is left, and rows are only as high as the run
needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cxmapper.layout.cards import card_box
from cxmapper.layout.emotion import caption_box
from cxmapper.layout.kept import Work
from cxmapper.layout.pieces import restack
from cxmapper.layout.sheet import Box, Path, Rect, Row, Shape, Sheet
from cxmapper.layout.stacking import BOTTOM
from cxmapper.model.elements import Card, Lane
from cxmapper.model.kinds import Shows, lane_type

LEAST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Run:
    """Columns `first` to before `last`, and how far they move to the left."""

    first: int
    last: int
    start: float
    end: float
    shift: float

    def moved(self, box: Box) -> Box:
        """A box of the columns at its place on the page."""
        return box.at(box.x + self.shift, box.y)


def run_of(sheet: Sheet, first: int, last: int) -> Run:
    """The run of the columns `first` to before `last` of a sheet."""
    if not sheet.columns:
        return Run(0, 0, sheet.left, sheet.right, 0.0)
    start = sheet.columns[first].x
    end = sheet.columns[last - 1].x + sheet.columns[last - 1].w
    return Run(first, last, start, end, sheet.left - start)


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of a page: boxes from its top, what lies under them, and how much can't be parted."""

    row: Row
    header: Box | None
    boxes: tuple[Box, ...]
    under: tuple[Shape, ...]
    height: float
    whole: float


def strip(work: Work, sheet: Sheet, row: Row, run: Run, right: float, limit: float) -> Strip:
    """The part of `row` over the run; `right` is where the page's map ends, `limit` its greatest height."""
    boxes = [run.moved(box) for cell in row.cells[run.first : run.last] for box in cell]
    wide = list(_wide(work, sheet, row, run))
    if wide or any(box.h > limit for box in boxes):
        faces = [box for box in boxes if box.role == "face"]
        boxes = [*faces, *restack([box for box in (*boxes, *wide) if box.role != "face"], limit)]
        boxes += [box for box in wide if box.role == "face"]
    ground = tuple(_clamped(shape, sheet, run, right) for shape in row.ground)
    drawn = tuple(
        _slid(shape, run.shift) for shapes in row.backdrop[run.first : run.last] for shape in shapes
    )
    header = row.header
    if header is not None and header.x > sheet.left:
        header = header.at(right - (sheet.right - header.x), header.y)
    elif header is not None and header.w > sheet.left:
        header = replace(header, w=right - header.x)
    whole = max((s.y + s.h for s in ground if isinstance(s, Rect)), default=0.0)
    least = max(whole, header.h if header is not None else 0.0, 0.0 if _may_shrink(work, row) else row.height)
    bottom = max((box.y + box.h for box in boxes), default=0.0) + BOTTOM
    height = max(bottom, least, min(row.height, 40.0))
    return Strip(row, header, tuple(boxes), (*ground, *drawn), height, whole)


def _may_shrink(work: Work, row: Row) -> bool:
    """Whether a row is only as high as its boxes: not so what it draws without any."""
    lane = work.document.get(row.id, Lane)
    return lane is not None and lane_type(lane.type).shows not in (Shows.LINE, Shows.HEADING)


def _wide(work: Work, sheet: Sheet, row: Row, run: Run) -> Iterator[Box]:
    """The boxes over several columns that touch the run, as wide as their part in it."""
    for box in row.wide:
        left, right = max(box.x, run.start), min(box.x + box.w, run.end)
        if box.role == "face":
            if run.start <= box.x + box.w / 2 < run.end:
                yield run.moved(box)
        elif right - left > sheet.columns[0].w / 2:
            if right - left >= box.w - 0.01:
                yield run.moved(box)
            else:
                yield _narrowed(
                    work, box, run.shift + _inset(left, run, work), _width(left, right, box, run, work)
                )


def _inset(left: float, run: Run, work: Work) -> float:
    return left + (work.options.gap / 2 if left == run.start else 0.0)


def _width(left: float, right: float, box: Box, run: Run, work: Work) -> float:
    half = work.options.gap / 2
    return right - left - (half if left > box.x else 0.0) - (half if right < box.x + box.w else 0.0)


def _narrowed(work: Work, box: Box, x: float, width: float) -> Box:
    card = work.document.need(box.id, Card)
    if box.role == "caption":
        return caption_box(work.typesetter, card, width).at(x, box.y)
    return card_box(work.typesetter, card, width, work.people(card), work.images).at(x, box.y)


def _clamped(shape: Shape, sheet: Sheet, run: Run, right: float) -> Shape:
    """A shape under the whole row, drawn from the headers to the right end of the page's map."""

    def x(value: float) -> float:
        return value if value <= sheet.left else right if value >= sheet.right - 0.01 else value + run.shift

    if isinstance(shape, Rect):
        return shape._replace(x=x(shape.x), w=x(shape.x + shape.w) - x(shape.x))
    if isinstance(shape, Path):
        steps = tuple(
            (step[0], *(x(float(v)) if i % 2 == 0 else v for i, v in enumerate(step[1:])))
            for step in shape.steps
        )
        return shape._replace(steps=steps)
    return shape


def _slid(shape: Shape, dx: float) -> Shape:
    if not dx:
        return shape
    if isinstance(shape, Path):
        steps = tuple(
            (step[0], *(float(v) + dx if i % 2 == 0 else v for i, v in enumerate(step[1:])))
            for step in shape.steps
        )
        return shape._replace(steps=steps)
    return shape._replace(x=shape.x + dx)
