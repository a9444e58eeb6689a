"""What is drawn over the sheet and is no part of it: selection, hover, targets, band, lines.

Lines are as thick on the screen at every zoom. Only what changed is painted again.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from cxmapper.app.canvas.look import Look
from cxmapper.layout.sheet import Box
from cxmapper.tools.hints import NOTHING, Area, Bar, Hints

_Option = QStyleOptionGraphicsItem
Mark = tuple[Box, float]  # a box and the top of its row


class OverlayItem(QGraphicsItem):
    """Draws the selection and the hints of the gesture under way."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rect = QRectF()
        self._hints: Hints = NOTHING
        self._selected: tuple[Mark, ...] = ()
        self._hovered: tuple[Mark, ...] = ()
        self._focused = False
        self.slack = 4.0
        self.setZValue(2)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def set_size(self, width: float, height: float) -> None:
        """Cover a sheet so wide and high, and some of the desk around it, where a band may go."""
        rect = QRectF(-4000, -4000, width + 8000, height + 8000)
        if rect != self._rect:
            self.prepareGeometryChange()
            self._rect = rect

    def select(self, marks: Iterable[Mark], focused: bool) -> None:
        """Outline these boxes; more strongly where the view has the focus."""
        new = tuple(marks)
        if (new, focused) != (self._selected, self._focused):
            self._repaint(map(_mark_area, self._selected))
            self._selected, self._focused = new, focused
            self._repaint(map(_mark_area, new))

    def show_hints(self, hints: Hints, hovered: Iterable[Mark]) -> None:
        """Show `hints` instead of those before; `hovered` are the boxes of what the pointer is on."""
        new = tuple(hovered)
        if hints == self._hints and new == self._hovered:
            return
        self._repaint((*_areas(self._hints), *map(_mark_area, self._hovered)))
        self._hints, self._hovered = hints, new
        self._repaint((*_areas(hints), *map(_mark_area, new)))

    def _repaint(self, areas: Iterable[Area]) -> None:
        s = self.slack
        for area in areas:
            self.update(QRectF(area.x - s, area.y - s, area.w + 2 * s, area.h + 2 * s))

    def boundingRect(self) -> QRectF:
        """The sheet and what a band may reach of the desk."""
        return self._rect

    def paint(self, painter: QPainter, option: _Option, widget: QWidget | None = None) -> None:
        """Draw lit places first, then outlines, then lines and the band."""
        exposed = option.exposedRect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lit(painter)
        self._paint_marks(painter, exposed)
        self._paint_lines(painter)

    def _pen(self, width: float, token: str = "accent", alpha: float = 1.0) -> QPen:
        pen = QPen(self._look.painter().ink.faint(token, alpha), width)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _paint_lit(self, painter: QPainter) -> None:
        ink = self._look.painter().ink
        painter.setPen(self._pen(1.5))
        painter.setBrush(ink.faint("accent", 0.12))
        for area in self._hints.lit:
            painter.drawRoundedRect(QRectF(*area).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)

    def _paint_marks(self, painter: QPainter, exposed: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._pen(1.5, alpha=0.45))
        for mark in self._hovered:
            if mark not in self._selected:
                _outline(painter, mark)
        painter.setPen(self._pen(2.25 if self._focused else 1.5, alpha=1.0 if self._focused else 0.7))
        for mark in self._selected:
            if QRectF(*_mark_area(mark)).intersects(exposed):
                _outline(painter, mark)

    def _paint_lines(self, painter: QPainter) -> None:
        hints = self._hints
        if hints.bar is not None:
            painter.setPen(self._pen(2.5))
            painter.drawLine(QLineF(*hints.bar))
        if hints.thread is not None:
            pen = self._pen(1.75)
            pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QLineF(*hints.thread))
        if hints.band is not None:
            painter.setPen(self._pen(1))
            painter.setBrush(self._look.painter().ink.faint("accent", 0.1))
            painter.drawRect(QRectF(*hints.band))


def _outline(painter: QPainter, mark: Mark) -> None:
    box, top = mark
    rect = QRectF(box.x - 1.5, top + box.y - 1.5, box.w + 3, box.h + 3)
    if box.role == "face":
        painter.drawEllipse(rect)
    else:
        painter.drawRoundedRect(rect, 7, 7)


def _mark_area(mark: Mark) -> Area:
    box, top = mark
    return Area(box.x - 3, top + box.y - 3, box.w + 6, box.h + 6)


def _areas(hints: Hints) -> tuple[Area, ...]:
    """What the hints cover, for painting anew."""
    lines = [_around(bar) for bar in (hints.bar, hints.thread) if bar is not None]
    bands = [hints.band] if hints.band is not None else []
    return (*hints.lit, *lines, *bands)


def _around(bar: Bar) -> Area:
    return Area(min(bar.x0, bar.x1), min(bar.y0, bar.y1), abs(bar.x1 - bar.x0), abs(bar.y1 - bar.y0))
