"""What a row looks like from afar: plain rectangles, gathered by colour, in chunks of columns.

Drawing ten thousand cards one by one takes a tenth of a second; a few calls of `drawRects` take
a few milliseconds. Text becomes bars as long as its lines.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QPainter

from cxmapper.app.canvas.ink import NO_PEN, Ink
from cxmapper.layout.sheet import Box, Line, Path, Rect, Row, Shape, flattened

CHUNK = 32
_Layer = tuple[int, str]


class CoarseRow:
    """The coarse look of one row, made chunk by chunk when first painted."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._chunks: dict[tuple[int, bool], dict[_Layer, list[QRectF]]] = {}

    def paint(self, painter: QPainter, ink: Ink, first: int, last: int, *, text: bool) -> None:
        """Draw the boxes of the columns `first` to before `last`, with bars for text if `text`."""
        painter.setPen(NO_PEN)
        for number in range(first // CHUNK, (max(last, first + 1) + CHUNK - 1) // CHUNK):
            for (layer, token), rects in sorted(self._chunk(number, text).items(), key=lambda item: item[0]):
                colour = ink.faint(token, 0.45) if layer == _TEXT else ink.colour(token)
                painter.setBrush(QBrush(colour))
                painter.drawRects(rects)

    def _chunk(self, number: int, text: bool) -> dict[_Layer, list[QRectF]]:
        key = (number, text)
        found = self._chunks.get(key)
        if found is None:
            cells = self._row.cells[number * CHUNK : (number + 1) * CHUNK]
            found = self._chunks[key] = gather((box for cell in cells for box in cell), text)
        return found


_FRAME, _GROUND, _MARK, _TEXT = range(4)


def gather(boxes: Iterable[Box], text: bool) -> dict[_Layer, list[QRectF]]:
    """The rectangles that stand for boxes, by layer and colour token."""
    layers: dict[_Layer, list[QRectF]] = {}
    for box in boxes:
        for number, shape in enumerate(box.shapes):
            _add_shape(layers, box, shape, number == 0)
        for line in box.lines if text else ():
            layers.setdefault((_TEXT, line.colour), []).append(_bar(box, line))
    return layers


def _add_shape(layers: dict[_Layer, list[QRectF]], box: Box, shape: Shape, first: bool) -> None:
    if isinstance(shape, Rect) and first:
        outer = QRectF(box.x + shape.x, box.y + shape.y, shape.w, shape.h)
        edge = 0.0
        if shape.stroke is not None:
            layers.setdefault((_FRAME, shape.stroke), []).append(outer)
            edge = max(shape.width, 0.75)
        if isinstance(shape.fill, str):
            inner = outer.adjusted(edge, edge, -edge, -edge)
            layers.setdefault((_GROUND, shape.fill), []).append(inner)
    elif isinstance(shape, Path) and isinstance(shape.fill, str) and _stands_for_much(box, shape, first):
        xs, ys = zip(*flattened(shape.steps, 2), strict=True)
        rect = QRectF(box.x + min(xs), box.y + min(ys), max(xs) - min(xs), max(ys) - min(ys))
        layers.setdefault((_MARK, shape.fill), []).append(rect)


def _stands_for_much(box: Box, shape: Path, first: bool) -> bool:
    """Whether a path is seen from afar: the ground of a box, or an edge all along it."""
    if first:
        return True
    ys = [y for _, y in flattened(shape.steps, 1)]
    return max(ys) - min(ys) > 0.8 * box.h


def _bar(box: Box, line: Line) -> QRectF:
    size = line.type.size
    return QRectF(box.x + line.x, box.y + line.y - 0.45 * size, line.width, 0.4 * size)
