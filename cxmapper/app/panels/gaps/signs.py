"""The signs of evidence, drawn: each has a shape of its own, so that none is told by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from cxmapper.app.panels.gaps.words import Look
from cxmapper.layout.theme import Theme

SIZE = 13.0


def draw_sign(painter: QPainter, look: Look, theme: Theme, x: float, y: float) -> None:
    """The sign of a tier in a square of `SIZE` pixels at (x, y)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    colour = QColor(theme[look.colour])
    middle = QPointF(SIZE / 2, SIZE / 2)
    if look.sign in ("down", "up"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(middle, 6, 6)
        painter.setPen(QPen(QColor(theme["sheet"]), 1.6, c=Qt.PenCapStyle.RoundCap))
        way = 1 if look.sign == "down" else -1
        tip = middle + QPointF(0, 3 * way)
        painter.drawLine(middle - QPointF(0, 3 * way), tip)
        painter.drawLine(tip, tip + QPointF(-2.6, -2.6 * way))
        painter.drawLine(tip, tip + QPointF(2.6, -2.6 * way))
    elif look.sign == "maybe":
        painter.setPen(QPen(colour, 1.3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 5.4, 5.4)
        painter.setBrush(colour)
        painter.setPen(Qt.PenStyle.NoPen)
        below = (QPointF(-2.8, -1.2), QPointF(2.8, -1.2), QPointF(0, 2.6))
        painter.drawPolygon(QPolygonF([middle + p for p in below]))
    elif look.sign == "check":
        painter.setPen(QPen(colour, 1.8, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline(QPolygonF([QPointF(2.5, 7), QPointF(5.4, 9.8), QPointF(10.5, 3.6)]))
    elif look.sign == "few":
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.BDiagPattern)
        painter.drawRect(QRectF(2, 2, 9, 9))
    elif look.sign == "ring":
        painter.setPen(QPen(colour, 1.2, Qt.PenStyle.DashLine))
        painter.drawEllipse(middle, 4.8, 4.8)
    else:
        painter.setPen(QPen(colour, 1.4))
        painter.drawLine(middle - QPointF(3.5, 0), middle + QPointF(3.5, 0))
    painter.restore()
