"""Boxes and rows cut to fit a page: between lines of text, never through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cxmapper.layout.sheet import Box, Line, Path, Picture, Rect, Shape
from cxmapper.layout.stacking import BETWEEN

_PAD = 6.0


def split_box(box: Box, limit: float) -> Iterator[Box]:
    """The box in parts that are each at most `limit` high, cut between its lines.

    The frame, which is a box's first shape, is drawn round each part; icons stay with the first.
    A part has at least one line, so a limit below the height of a line is passed over.
    """
    if box.h <= limit or not box.lines:
        yield box
        return
    frame, edge, others = _frame(box)
    lines, first = list(box.lines), True
    while lines:
        top = 0.0 if first else _ascent(lines[0]) - _PAD
        count = max(1, sum(1 for line in lines if line.y + _descent(line) - top + _PAD <= limit))
        part, lines = lines[:count], lines[count:]
        bottom = max(line.y + _descent(line) for line in part) - top + _PAD
        height = max(bottom, min(26.0, limit)) if first else bottom
        pictures = [] if lines else [s._replace(y=bottom) for s in others if isinstance(s, Picture)]
        if pictures:
            height = bottom + pictures[0].h + _PAD
        shapes: list[Shape] = [_resized(s, height) for s in (frame, edge) if s is not None]
        shapes += [s for s in others if not isinstance(s, Picture)] if first else []
        moved = tuple(line._replace(y=line.y - top) for line in part)
        yield replace(box, h=height, shapes=(*shapes, *pictures), lines=moved)
        first = False


def _ascent(line: Line) -> float:
    return line.y - line.type.size * 1.05


def _descent(line: Line) -> float:
    return line.type.size * 0.45


def _frame(box: Box) -> tuple[Shape | None, Shape | None, list[Shape]]:
    """The frame of a box and its coloured edge, where it has them, and its other shapes."""
    shapes = list(box.shapes)
    if not shapes:
        return None, None, []
    if isinstance(shapes[0], Path):
        return Rect(0, 0, box.w, box.h, fill=shapes[0].fill, stroke=shapes[0].stroke), None, shapes[1:]
    if box.role == "card" and len(shapes) > 1 and isinstance(shapes[1], Path):
        return shapes[0], Rect(0, 0, 3.5, box.h, fill=shapes[1].fill, radius=1.5), shapes[2:]
    return shapes[0], None, shapes[1:]


def _resized(shape: Shape, height: float) -> Shape:
    return shape._replace(h=height) if isinstance(shape, Rect) else shape


def restack(boxes: Iterable[Box], limit: float) -> list[Box]:
    """Boxes moved down where they would lie on others, those over `limit` high split into parts.

    Boxes keep their order from top to bottom in every column they share.
    """
    placed: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b.y, b.x)):
        for part in split_box(box, limit):
            y = part.y
            for other in placed:
                if other.x < part.x + part.w and part.x < other.x + other.w:
                    y = max(y, other.y + other.h + BETWEEN)
            placed.append(part.at(part.x, y))
    return placed
