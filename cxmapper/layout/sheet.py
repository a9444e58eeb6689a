"""The display list: boxes with shapes and lines of text, in rows, that all painters draw alike.

Plain frozen values without behaviour beyond look-up. A box's shapes and lines are relative to the
box, a row's boxes to the row, so that a row that grows moves rows and not ten thousand boxes.
Colours are names of tokens, whose values the painter takes from a theme: a change of theme needs
no new layout. Equal input always gives an equal sheet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

Weight = Literal["regular", "semibold", "bold"]


class Type(NamedTuple):
    """A setting of type: size in points, weight, slant."""

    size: float
    weight: Weight = "regular"
    italic: bool = False


class Line(NamedTuple):
    """One line of text, already broken: left end x and baseline y in the box, and its width."""

    x: float
    y: float
    text: str
    type: Type
    colour: str
    width: float
    rtl: bool = False


class Gradient(NamedTuple):
    """A fill that runs down from token `top` at `y0` to token `bottom` at `y1` (in the box)."""

    y0: float
    top: str
    y1: float
    bottom: str


Fill = str | Gradient | None


class Rect(NamedTuple):
    """A rectangle, with rounded corners where `radius` is not 0."""

    x: float
    y: float
    w: float
    h: float
    fill: Fill = None
    stroke: str | None = None
    width: float = 0.75
    radius: float = 0
    dash: tuple[float, ...] = ()


class Path(NamedTuple):
    """A path of steps ("M", x, y), ("L", x, y), ("C", x1, y1, x2, y2, x, y) and ("Z",)."""

    steps: tuple[tuple[str | float, ...], ...]
    fill: Fill = None
    stroke: str | None = None
    width: float = 1
    dash: tuple[float, ...] = ()
    round: bool = True


class Picture(NamedTuple):
    """An image of the file, by the SHA-256 of its bytes, scaled into a rectangle."""

    x: float
    y: float
    w: float
    h: float
    image: str


Shape = Rect | Path | Picture

Role = Literal[
    "title", "stage", "touchpoint", "lane", "card", "face", "caption", "channels", "link", "legend",
    "backdrop", "hint", "furniture",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Box:
    """What shows one element (or none: `id` is ""), at a place of its row."""

    id: str
    role: Role
    x: float
    y: float
    w: float
    h: float
    shapes: tuple[Shape, ...] = ()
    lines: tuple[Line, ...] = ()

    def at(self, x: float, y: float) -> Box:
        """The same box at another place."""
        return Box(self.id, self.role, x, y, self.w, self.h, self.shapes, self.lines)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the map: a touchpoint, or a stage that has none (`id == stage`)."""

    id: str
    stage: str
    x: float
    w: float

    @property
    def middle(self) -> float:
        """The abscissa of its middle."""
        return self.x + self.w / 2


@dataclass(frozen=True)
class Row:
    """A row: a lane, or one of the rows "title", "stages", "legend". Boxes are relative to its top.

    `cells[i]` holds the boxes that lie in column i alone; `wide` those over several columns or none;
    `backdrop[i]` what is drawn under column i, between its left edge and the next column's, such
    as a piece of the emotion line; `ground` what is drawn under the whole row, first of all.
    """

    id: str
    type: str
    height: float
    header: Box | None = None
    cells: tuple[tuple[Box, ...], ...] = ()
    wide: tuple[Box, ...] = ()
    backdrop: tuple[tuple[Shape, ...], ...] = ()
    ground: tuple[Shape, ...] = ()

    def boxes(self, first: int = 0, last: int | None = None) -> Iterator[Box]:
        """The boxes in the columns `first` to before `last`, and all that are wide."""
        yield from self.wide
        for cell in self.cells[first:last]:
            yield from cell


class Hit(NamedTuple):
    """What lies at a point: the row, the column (or -1), and the topmost box, if any."""

    row: int
    column: int
    box: Box | None


@dataclass(frozen=True)
class Sheet:
    """A whole map, laid out. `tops[i]` is the y of `rows[i]`; links lie over the rows.

    `kept` is the layout's own: what the next sheet may take over. Painters leave it alone.
    """

    journey: str
    width: float
    height: float
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    tops: tuple[float, ...]
    links: tuple[Box, ...] = ()
    language: str = ""
    left: float = 0
    right: float = 0
    columns_by_id: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    kept: object = field(default=None, compare=False, repr=False)

    @cached_property
    def row_by_id(self) -> dict[str, int]:
        """The number of each row, by the id of its lane."""
        return {row.id: i for i, row in enumerate(self.rows)}

    @cached_property
    def column_lefts(self) -> list[float]:
        """The left edges of the columns."""
        return [c.x for c in self.columns]

    def row_at(self, y: float) -> int:
        """The number of the row at height `y`; -1 above the first and below the last."""
        i = bisect_right(self.tops, y) - 1
        return i if i >= 0 and y < self.tops[i] + self.rows[i].height else -1

    def column_at(self, x: float) -> int:
        """The number of the column at `x`, or -1 beside the columns."""
        i = bisect_right(self.column_lefts, x) - 1
        return i if i >= 0 and x < self.columns[i].x + self.columns[i].w else -1

    def hit(self, x: float, y: float) -> Hit:
        """What lies at the point (x, y) of the sheet."""
        for link in reversed(self.links):
            if _near_path(link, x - link.x, y - link.y):
                return Hit(self.row_at(y), self.column_at(x), link)
        r, c = self.row_at(y), self.column_at(x)
        if r < 0:
            return Hit(-1, c, None)
        row, dy = self.rows[r], y - self.tops[r]
        near = (*(row.cells[c] if 0 <= c < len(row.cells) else ()), *row.wide)
        if row.header is not None:
            near = (*near, row.header)
        for box in reversed(near):
            if box.x <= x < box.x + box.w and box.y <= dy < box.y + box.h:
                return Hit(r, c, box)
        return Hit(r, c, None)

    def find(self, id_: str) -> Iterator[tuple[Box, float]]:
        """The boxes that show the element `id_`, each with the top of its row."""
        for row, top in zip(self.rows, self.tops, strict=True):
            if row.header is not None and row.header.id == id_:
                yield row.header, top
            for box in row.boxes():
                if box.id == id_:
                    yield box, top
        for link in self.links:
            if link.id == id_:
                yield link, 0.0


def _near_path(box: Box, x: float, y: float, slack: float = 4) -> bool:
    """Whether the point lies within `slack` of the polyline through the ends of a path's steps."""
    if not (-slack <= x <= box.w + slack and -slack <= y <= box.h + slack):
        return False
    for shape in box.shapes:
        if not isinstance(shape, Path) or shape.fill is not None:
            continue
        last: tuple[float, float] | None = None
        for point in flattened(shape.steps):
            if last is not None and _distance(last, point, (x, y)) <= slack:
                return True
            last = point
    return False


def _distance(a: tuple[float, float], b: tuple[float, float], p: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    return float(((p[0] - a[0] - t * dx) ** 2 + (p[1] - a[1] - t * dy) ** 2) ** 0.5)


def flattened(steps: tuple[tuple[str | float, ...], ...], pieces: int = 12) -> Iterator[tuple[float, float]]:
    """The points of a path, its curves cut into `pieces` straight ones."""
    here = (0.0, 0.0)
    for step in steps:
        numbers = [float(v) for v in step[1:]]
        if step[0] == "C":
            (x0, y0), (x1, y1, x2, y2, x3, y3) = here, numbers
            for i in range(1, pieces + 1):
                t = i / pieces
                u = 1 - t
                yield (
                    u**3 * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t**3 * x3,
                    u**3 * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t**3 * y3,
                )
            here = (x3, y3)
        elif step[0] in ("M", "L"):
            here = (numbers[0], numbers[1])
            yield here


class Placed(NamedTuple):
    """A box at a place of a page: where its top left goes; the x and y in the box do not count."""

    x: float
    y: float
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """A page of paper: its size in points, and the boxes on it, in the map's own measure.

    A box's point (u, v) comes to `scale * (x + u)`, `scale * (y + v)` of the page, from its top left.
    `boxes` are in reading order; what lies under comes first.
    """

    width: float
    height: float
    scale: float
    boxes: tuple[Placed, ...]
    title: str = ""
