"""Links: arrows from one box to another, over the rows, with their label in the middle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import hypot
from typing import NamedTuple

from cxmapper.layout.blocks import block
from cxmapper.layout.kept import Work
from cxmapper.layout.options import SMALL
from cxmapper.layout.sheet import Box, Line, Path, Placed, Rect, Row, Shape, Sheet
from cxmapper.locale import tr
from cxmapper.model.elements import Card, Link

_HEAD = 6.0
_LABEL = 96.0
_FAR = 130.0  # beside each other, but with something between: the link passes below
_SAG = 16.0


class Frame(NamedTuple):
    """Where a box stands on the sheet."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return self.x + self.w / 2, self.y + self.h / 2


def link_boxes(work: Work, frames: Mapping[str, Frame]) -> tuple[Box, ...]:
    """The links whose both ends have a frame; boxes are at their place on the sheet or page."""
    links = [work.document.need(id_, Link) for id_ in sorted(work.document.index.of_kind("link"))]
    return tuple(
        _kept_box(work, link, frames[link.start], frames[link.to])
        for link in links
        if link.start in frames and link.to in frames
    )


def _kept_box(work: Work, link: Link, start: Frame, end: Frame) -> Box:
    key = (link, start, end)
    return work.boxes.part("link", link.id, key, lambda: _link_box(work, link, start, end))


def linked(work: Work) -> frozenset[str]:
    """The ids of the elements at which some link starts or ends."""
    links = (work.document.need(id_, Link) for id_ in work.document.index.of_kind("link"))
    return frozenset(id_ for link in links for id_ in (link.start, link.to))


def frames_of(work: Work, rows: tuple[Row, ...], tops: tuple[float, ...]) -> Mapping[str, Frame]:
    """Where the boxes stand on the sheet at which some link starts or ends."""
    frames: dict[str, Frame] = {}
    wanted = linked(work)
    if not wanted:
        return frames
    numbers = _columns_of(work, wanted)
    for row, top in zip(rows, tops, strict=True):
        near = [box for number in numbers if number < len(row.cells) for box in row.cells[number]]
        for box in (*row.wide, *near):
            if box.id in wanted and box.role != "channels":
                frames.setdefault(box.id, Frame(box.x, top + box.y, box.w, box.h))
    return frames


def _columns_of(work: Work, wanted: frozenset[str]) -> list[int]:
    """The numbers of the columns in which something wanted stands."""
    elements, number = work.document.elements, work.grid.number
    found = set()
    for id_ in wanted:
        element = elements.get(id_)
        i = number.get(element.place.column if isinstance(element, Card) else id_)
        if i is not None:
            found.add(i)
    return sorted(found)


def frames_on(placed: Iterable[Placed]) -> dict[str, Frame]:
    """Where the elements stand of which these boxes are; of one in several pieces, the first."""
    frames: dict[str, Frame] = {}
    for x, y, box in placed:
        if box.id and box.role in ("card", "face", "caption", "touchpoint", "stage") and box.id not in frames:
            frames[box.id] = Frame(x, y, box.w, box.h)
    return frames


def links_apart(work: Work, sheet: Sheet, pieces: Sequence[Mapping[str, Frame]]) -> list[str]:
    """In words, the links of the sheet whose ends stand on no piece of it together."""
    found: list[str] = []
    links = sorted(work.document.index.of_kind("link"))
    if not links:
        return found
    elements = work.document.elements
    on_sheet = {box.id for row in sheet.rows for box in row.boxes()}
    for id_ in links:
        link = work.document.need(id_, Link)
        begins = [here for here in pieces if link.start in here]
        if not begins or any(link.to in here for here in begins):
            continue
        if link.to in on_sheet:
            start, end = elements[link.start].caption, elements[link.to].caption
            words = tr("Link: {start} → {end}", start=start, end=end)
            found.append(f"{words} · {link.label}" if link.label else words)
    return found


def _link_box(work: Work, link: Link, start: Frame, end: Frame) -> Box:
    points = _route(start, end)
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x, y = min(xs) - _HEAD, min(ys) - _HEAD
    a, b, c, d = ((px - x, py - y) for px, py in points)
    shapes: list[Shape] = [Path((("M", *a), ("C", *b, *c, *d)), stroke="link", width=1.2)]
    if link.arrows in ("end", "both"):
        shapes.append(_head(c, d))
    if link.arrows == "both":
        shapes.append(_head(b, a))
    lines: tuple[Line, ...] = ()
    width, height = max(xs) - x + _HEAD, max(ys) - y + _HEAD
    text = block(work.typesetter, link.label, SMALL, _LABEL, "text-soft", align="middle")
    if text.lines:  # of a label of mere spaces there are none
        mx = (a[0] + 3 * b[0] + 3 * c[0] + d[0]) / 8 - _LABEL / 2
        my = (a[1] + 3 * b[1] + 3 * c[1] + d[1]) / 8 - text.height / 2
        lines = text.at(mx, my)
        across = max(line.width for line in text.lines)
        shapes.append(
            Rect(mx + (_LABEL - across) / 2 - 3, my - 1, across + 6, text.height + 2, fill="sheet", radius=3)
        )
    return Box(link.id, "link", x, y, width, height, tuple(shapes), lines)


def _route(start: Frame, end: Frame) -> tuple[tuple[float, float], ...]:
    """A smooth way from the border of one frame to that of the other, leaving both squarely."""
    (sx, sy), (ex, ey) = start.middle, end.middle
    if start == end:
        right = start.x + start.w
        return (right, sy - 6), (right + 28, sy - 22), (right + 28, sy + 22), (right, sy + 6)
    apart = max(start.y, end.y) >= min(start.y + start.h, end.y + end.h)
    if apart and abs(ey - sy) >= 0.35 * abs(ex - sx):
        y0, y1 = (start.y + start.h, end.y) if ey > sy else (start.y, end.y + end.h)
        bend = max(abs(y1 - y0) * 0.45, 10) * (1 if ey > sy else -1)
        return (sx, y0), (sx, y0 + bend), (ex, y1 - bend), (ex, y1)
    x0, x1 = (start.x + start.w, end.x) if ex > sx else (start.x, end.x + end.w)
    if abs(x1 - x0) > _FAR:
        y0, y1 = start.y + start.h, end.y + end.h
        return (sx, y0), (sx, max(y0, y1) + _SAG), (ex, max(y0, y1) + _SAG), (ex, y1)
    bend = max(abs(x1 - x0) * 0.45, 14) * (1 if ex > sx else -1)
    return (x0, sy), (x0 + bend, sy), (x1 - bend, ey), (x1, ey)


def _head(before: tuple[float, float], tip: tuple[float, float]) -> Path:
    dx, dy = tip[0] - before[0], tip[1] - before[1]
    length = hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    bx, by = tip[0] - ux * _HEAD, tip[1] - uy * _HEAD
    half = _HEAD * 0.5
    one, other = ("L", bx - uy * half, by + ux * half), ("L", bx + uy * half, by - ux * half)
    steps = (("M", tip[0], tip[1]), one, other, ("Z",))
    return Path(steps, fill="link")
