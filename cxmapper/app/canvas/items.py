"""The items of the scene: the white sheet, one item a row, one for all links, one for a lifted box.

An item a card would cost ten thousand calls from afar and a second to set up; a row finds the few
boxes that are exposed by its columns.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from cxmapper.app.canvas.coarse import CoarseRow, Roles
from cxmapper.app.canvas.look import BARS_ABOVE, FADED, PIXELS, TITLES_ABOVE, Look, coarse_roles
from cxmapper.app.canvas.painter import SheetPainter
from cxmapper.layout.sheet import Box, Rect, Row, Sheet
from cxmapper.tools.hints import Ghost

MARGIN = 2.0
"""How far strokes may reach beyond their row, in points."""

RADIUS = 8.0
_Option = QStyleOptionGraphicsItem


class SheetItem(QGraphicsItem):
    """The white card on which the map lies."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rect = QRectF()
        self.setZValue(-1)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def set_size(self, width: float, height: float) -> None:
        """Make it so wide and high, in points."""
        rect = QRectF(0, 0, width, height)
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect

    def boundingRect(self) -> QRectF:
        """The sheet with its hairline."""
        return self._rect.adjusted(-1, -1, 1, 1)

    def paint(self, painter: QPainter, option: _Option, widget: QWidget | None = None) -> None:
        """Fill what is exposed; the rounded corners only where one is near."""
        ink = self._look.painter().ink
        inner = self._rect.adjusted(RADIUS, RADIUS, -RADIUS, -RADIUS)
        if inner.contains(option.exposedRect):
            painter.fillRect(option.exposedRect, ink.brush("sheet"))
            return
        frame = Rect(0, 0, self._rect.width(), self._rect.height(), stroke="hairline", width=0.75)
        painter.setPen(ink.pen(frame))
        painter.setBrush(ink.brush("sheet"))
        painter.drawRoundedRect(self._rect, RADIUS, RADIUS)


class RowItem(QGraphicsItem):
    """One row of the sheet. It paints what lies in the exposed columns, in as much detail as shows."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._width = 0.0
        self._lefts: list[float] = []
        self.row = Row("", "", 0.0)
        self._coarse = CoarseRow(self.row)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def show_row(self, row: Row, sheet: Sheet) -> None:
        """Show `row`, and paint again just those cells that differ from before."""
        lefts, width, old = sheet.column_lefts, sheet.width, self.row
        if row is old and lefts == self._lefts and width == self._width:
            return
        moved = lefts != self._lefts or width != self._width
        if moved or row.height != old.height:
            self.prepareGeometryChange()
        self.row, self._lefts, self._width = row, lefts, width
        if row is not old:
            self._coarse = CoarseRow(row)
        cells = None if moved else changed_cells(old, row)
        if cells is None:
            self.update()
        for i in cells or ():
            end = lefts[i + 1] if i + 1 < len(lefts) else width
            self.update(QRectF(lefts[i], -MARGIN, end - lefts[i], row.height + 2 * MARGIN))

    def places(self, id_: str, column: int | None) -> tuple[Box, ...]:
        """The boxes of this row that show the element `id_`, in `column` or in several columns."""
        row = self.row
        cell = row.cells[column] if column is not None and column < len(row.cells) else ()
        header = (row.header,) if row.header is not None else ()
        return tuple(box for box in (*cell, *row.wide, *header) if box.id == id_)

    def boundingRect(self) -> QRectF:
        """The row over the whole breadth of the sheet."""
        return QRectF(0, -MARGIN, self._width, self.row.height + 2 * MARGIN)

    def paint(self, painter: QPainter, option: _Option, widget: QWidget | None = None) -> None:
        """Paint what is exposed, from the ground up."""
        areas = self._exposed(option.exposedRect)
        if not areas:
            return
        zoom = painter.worldTransform().m11() / PIXELS
        ready = self._look.painter()
        columns = self._columns(areas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ready.draw(painter, self.row.ground)
        for i in columns:
            if i < len(self.row.backdrop) and self.row.backdrop[i]:
                ready.draw(painter, self.row.backdrop[i])
        self._paint_wide(painter, ready, areas, zoom)
        roles = coarse_roles(zoom)
        if roles and columns and self.row.cells:
            text = zoom >= BARS_ABOVE
            self._coarse.paint(painter, ready.ink, columns[0], columns[-1] + 1, roles=roles, text=text)
        self._paint_cells(painter, ready, columns, roles)

    def _paint_wide(self, painter: QPainter, ready: SheetPainter, areas: list[QRectF], zoom: float) -> None:
        header = (self.row.header,) if self.row.header is not None else ()
        boxes = [b for b in (*self.row.wide, *header) if _meets(b, areas)]
        ready.prepare(boxes)
        for box in boxes:
            self._paint_box(painter, ready, box, text=zoom >= TITLES_ABOVE)

    def _paint_cells(self, painter: QPainter, ready: SheetPainter, columns: list[int], but: Roles) -> None:
        cells = self.row.cells
        boxes = [box for i in columns if i < len(cells) for box in cells[i] if box.role not in but]
        ready.prepare(boxes)
        for box in boxes:
            self._paint_box(painter, ready, box)

    def _paint_box(self, painter: QPainter, ready: SheetPainter, box: Box, *, text: bool = True) -> None:
        faded = bool(self._look.faded) and box.id in self._look.faded
        if faded:
            painter.setOpacity(FADED)
        ready.paint(painter, box, text=text)
        if faded:
            painter.setOpacity(1.0)

    def _exposed(self, fallback: QRectF) -> list[QRectF]:
        """What of this row is to be painted: Qt tells one rectangle, the view the several it is made of."""
        if not self._look.exposed:
            return [fallback]
        bounds = self.boundingRect()
        down = self.y()
        areas = (rect.translated(0, -down).intersected(bounds) for rect in self._look.exposed)
        return [area for area in areas if not area.isEmpty()]

    def _columns(self, areas: list[QRectF]) -> list[int]:
        found: set[int] = set()
        for area in areas:
            first = max(0, bisect_right(self._lefts, area.left() - MARGIN) - 1)
            found.update(range(first, bisect_right(self._lefts, area.right() + MARGIN)))
        return sorted(found)


def changed_cells(old: Row, new: Row) -> list[int] | None:
    """The columns in which two rows differ, or None where more than cells differ."""
    same = (
        old.height == new.height
        and old.header is new.header
        and old.ground == new.ground
        and old.wide == new.wide
        and len(old.cells) == len(new.cells)
        and len(old.backdrop) == len(new.backdrop)
    )
    if not same:
        return None
    return sorted({*_different(old.cells, new.cells), *_different(old.backdrop, new.backdrop)})


def _different(old: Sequence[object], new: Sequence[object]) -> Iterator[int]:
    return (i for i, (a, b) in enumerate(zip(old, new, strict=True)) if a is not b and a != b)


class LinksItem(QGraphicsItem):
    """All links, over the rows."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rect = QRectF()
        self._rects: list[QRectF] = []
        self.links: tuple[Box, ...] = ()
        self.setZValue(1)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def show_links(self, sheet: Sheet) -> None:
        """Show the links of a sheet, and paint again where one came, went or moved."""
        rect = QRectF(-20, -20, sheet.width + 40, sheet.height + 40)
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect
        if sheet.links == self.links:
            return
        before = dict(zip(self.links, self._rects, strict=True))
        self.links = sheet.links
        self._rects = [_area(box) for box in self.links]
        after = dict(zip(self.links, self._rects, strict=True))
        for box in before.keys() ^ after.keys():
            self.update(before.get(box) or after[box])

    def boundingRect(self) -> QRectF:
        """The sheet, and a little beside it."""
        return self._rect if self.links else QRectF()

    def paint(self, painter: QPainter, option: _Option, widget: QWidget | None = None) -> None:
        """Paint the links that are exposed."""
        areas = self._look.exposed or [option.exposedRect]
        zoom = painter.worldTransform().m11() / PIXELS
        boxes = [
            box
            for box, rect in zip(self.links, self._rects, strict=True)
            if any(rect.intersects(area) for area in areas)
        ]
        ready = self._look.painter()
        ready.prepare(boxes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box in boxes:
            ready.paint(painter, box, text=zoom >= 0.35)


class GhostItem(QGraphicsItem):
    """A box lifted off the sheet, which lets through what is below it."""

    def __init__(self, look: Look, ghost: Ghost) -> None:
        super().__init__()
        self._look = look
        self.box = ghost.box.at(0, 0)
        self.setZValue(3)
        self.setOpacity(0.85)
        self.place(ghost)

    def place(self, ghost: Ghost) -> None:
        """Put it where the pointer has it now."""
        self.setPos(ghost.x, ghost.y)

    def boundingRect(self) -> QRectF:
        """The box with its stroke."""
        return QRectF(-MARGIN, -MARGIN, self.box.w + 2 * MARGIN, self.box.h + 2 * MARGIN)

    def paint(self, painter: QPainter, option: _Option, widget: QWidget | None = None) -> None:
        """Paint the box."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._look.painter().paint(painter, self.box)


def _area(box: Box) -> QRectF:
    return QRectF(box.x - MARGIN, box.y - MARGIN, box.w + 2 * MARGIN, box.h + 2 * MARGIN)


def _meets(box: Box, areas: list[QRectF]) -> bool:
    rect = _area(box)
    return any(rect.intersects(area) for area in areas)
