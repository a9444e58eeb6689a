"""What a row looks like from afar: plain rectangles, gathered by colour, in chunks of columns.

Drawing ten thousand cards one by one takes a tenth of a second; a few calls of `drawRects` take
a few milliseconds. Text becomes bars as long as its lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainter, QPen

from cxmapper.app.canvas.ink import NO_BRUSH, NO_PEN, Ink
from cxmapper.layout.sheet import Box, Line, Path, Rect, Role, Row, Shape, flattened

CHUNK = 32
Roles = frozenset[Role]


class Layer(NamedTuple):
    """Rectangles that are drawn in one call: the lower `level` first, filled and stroked alike."""

    level: int
    fill: str
    stroke: str


_FRAME, _MARK, _TEXT = range(3)
_TEXT_ALPHA = 0.45


class CoarseRow:
    """The coarse look of one row, made chunk by chunk when first painted."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._chunks: dict[tuple[int, bool, Roles], dict[Layer, list[QRectF]]] = {}

    def paint(self, painter: QPainter, ink: Ink, first: int, last: int, *, roles: Roles, text: bool) -> None:
        """Draw the boxes of these roles in the columns `first` to before `last`, bars for text if `text`."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for number in range(first // CHUNK, (last + CHUNK - 1) // CHUNK):
            for layer, rects in sorted(self._chunk(number, roles, text).items(), key=_level):
                painter.setPen(_thin_pen(ink, layer.stroke))
                painter.setBrush(_brush(ink, layer))
                painter.drawRects(rects)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _chunk(self, number: int, roles: Roles, text: bool) -> dict[Layer, list[QRectF]]:
        key = (number, text, roles)
        found = self._chunks.get(key)
        if found is None:
            cells = self._row.cells[number * CHUNK : (number + 1) * CHUNK]
            boxes = (box for cell in cells for box in cell if box.role in roles)
            found = self._chunks[key] = gather(boxes, text=text)
        return found


def _level(item: tuple[Layer, object]) -> Layer:
    return item[0]


def _thin_pen(ink: Ink, token: str) -> QPen:
    """One pixel wide at every zoom, so that no side of a frame gets lost."""
    return QPen(ink.colour(token), 0) if token else NO_PEN


def _brush(ink: Ink, layer: Layer) -> QBrush:
    if not layer.fill:
        return NO_BRUSH
    return QBrush(ink.faint(layer.fill, _TEXT_ALPHA) if layer.level == _TEXT else ink.colour(layer.fill))


def gather(boxes: Iterable[Box], *, text: bool) -> dict[Layer, list[QRectF]]:
    """The rectangles that stand for boxes, by layer."""
    layers: dict[Layer, list[QRectF]] = {}
    for box in boxes:
        for number, shape in enumerate(box.shapes):
            found = _stand_in(box, shape, first=number == 0)
            if found is not None:
                layers.setdefault(found[0], []).append(found[1])
        for line in box.lines if text else ():
            layers.setdefault(Layer(_TEXT, line.colour, ""), []).append(_bar(box, line))
    return layers


def _stand_in(box: Box, shape: Shape, *, first: bool) -> tuple[Layer, QRectF] | None:
    """What stands for a shape from afar; None for what is too small to be seen."""
    if isinstance(shape, Rect) and first:
        fill = shape.fill if isinstance(shape.fill, str) else ""
        rect = QRectF(box.x + shape.x, box.y + shape.y, shape.w, shape.h)
        return Layer(_FRAME, fill, shape.stroke or ""), rect
    if isinstance(shape, Path) and isinstance(shape.fill, str):
        xs, ys = zip(*flattened(shape.steps, 2), strict=True)
        if first or max(ys) - min(ys) > 0.8 * box.h:
            rect = QRectF(box.x + min(xs), box.y + min(ys), max(xs) - min(xs), max(ys) - min(ys))
            return Layer(_MARK, shape.fill, ""), rect
    return None


def _bar(box: Box, line: Line) -> QRectF:
    size = line.type.size
    return QRectF(box.x + line.x, box.y + line.y - 0.45 * size, line.width, 0.4 * size)
