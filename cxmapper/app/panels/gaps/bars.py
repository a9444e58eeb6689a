"""How the cells of the table of gaps are painted: bars on a fixed axis, signs of evidence, stage dots."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cxmapper.app.panels.gaps.columns import NUMBER, look_of, number
from cxmapper.app.panels.gaps.signs import SIZE, draw_sign
from cxmapper.layout.theme import Theme

if TYPE_CHECKING:
    from cxmapper.app.panels.gaps.columns import Scored
    from cxmapper.app.panels.gaps.table import GapModel

Index = QModelIndex | QPersistentModelIndex
Colours = Callable[[], Theme]


class _Cell(QStyledItemDelegate):
    """A cell of which the style draws the ground and the subclass the rest."""

    def __init__(self, theme: Colours, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground as any cell's, then what this column shows."""
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        option.state &= ~QStyle.StateFlag.State_HasFocus
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(option.rect), node_of(index), text, option)
        painter.restore()

    def draw(
        self, painter: QPainter, area: QRectF, node: Scored, text: str, option: QStyleOptionViewItem
    ) -> None:
        """What the column shows."""
        raise NotImplementedError

    def words(
        self, painter: QPainter, area: QRectF, text: str, option: QStyleOptionViewItem,
        colour: QColor | None = None, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        """Text in the row's own colour, cut where it is too long."""
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        stark = self._theme()["accent-tint"] == self._theme()["sheet"]
        own = option.palette.color(role)
        painter.setPen(own if colour is None or (selected and stark) else colour)
        painter.setFont(option.font)
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)


def node_of(index: Index) -> Scored:
    """The score that a cell of the sorted table is about."""
    order = index.model()
    assert isinstance(order, QSortFilterProxyModel)
    return source_of(index).rows[order.mapToSource(index).row()]


def source_of(index: Index) -> GapModel:
    """The model below the order that a cell belongs to."""
    order = index.model()
    assert isinstance(order, QSortFilterProxyModel)
    return cast("GapModel", order.sourceModel())


class TitleDelegate(_Cell):
    """The title after a square in the colour of its stage."""

    def draw(
        self, painter: QPainter, area: QRectF, node: Scored, text: str, option: QStyleOptionViewItem
    ) -> None:
        """Square and title."""
        colours = source_of(option.index).stage_colours
        token = colours.get(getattr(node, "stage", "") or node.id, "neutral-line")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme()[token]))
        painter.drawRoundedRect(QRectF(area.left() + 4, area.center().y() - 4, 8, 8), 2, 2)
        self.words(painter, area.adjusted(18, 0, -2, 0), text, option)


class NumberDelegate(_Cell):
    """A number, in the colour of good or bad where it is a gap, faint where the answers are too few."""

    def draw(
        self, painter: QPainter, area: QRectF, node: Scored, text: str, option: QStyleOptionViewItem
    ) -> None:
        """The number at the right."""
        theme, colour = self._theme(), None
        if node.tier in ("insufficient", "no_data"):
            colour = QColor(theme["text-soft"])
        elif text and self._is_gap(option) and node.target_gap is not None:
            name = "risk" if node.target_gap < 0 else "gain"
            colour = QColor(theme[name])
        self.words(painter, area.adjusted(2, 0, -4, 0), text, option, colour, Qt.AlignmentFlag.AlignRight)

    def _is_gap(self, option: QStyleOptionViewItem) -> bool:
        return bool(option.index.column() == NUMBER["gap"])


class TierDelegate(_Cell):
    """The sign of the evidence and its word."""

    def draw(
        self, painter: QPainter, area: QRectF, node: Scored, text: str, option: QStyleOptionViewItem
    ) -> None:
        """Sign and word."""
        look = look_of(node)
        draw_sign(painter, look, self._theme(), area.left() + 4, area.center().y() - SIZE / 2)
        soft = QColor(self._theme()["text-soft"])
        if source_of(option.index).says_tiers:
            self.words(painter, area.adjusted(SIZE + 8, 0, -2, 0), text, option, soft)


class BarDelegate(_Cell):
    """The gap as a bar from target to score on the axis from −100 to +100, with interval and emotion."""

    def draw(
        self, painter: QPainter, area: QRectF, node: Scored, text: str, option: QStyleOptionViewItem
    ) -> None:
        """Axis, bar, whiskers, tick and diamond."""
        draw_bar(painter, area.adjusted(7, 0, -7, 0), node, self._theme())


def draw_bar(painter: QPainter, area: QRectF, node: Scored, theme: Theme) -> None:
    """The bar of a score across `area`, whose ends are −100 and +100."""

    def x(points: float) -> float:
        return area.left() + (points + 100) / 200 * area.width()

    middle = area.center().y()
    painter.setPen(QPen(QColor(theme["grid"]), 1))
    painter.drawLine(QPointF(area.left(), middle), QPointF(area.right(), middle))
    painter.setPen(QPen(QColor(theme["neutral-line"]), 1))
    painter.drawLine(QPointF(x(0), area.top() + 3), QPointF(x(0), area.bottom() - 3))
    if node.score is not None:
        _draw_gap(painter, node, theme, x, middle)
    if node.reference is not None:
        painter.setPen(QPen(QColor(theme["target"]), 2))
        at = x(node.reference)
        painter.drawLine(QPointF(at, middle - 7), QPointF(at, middle + 7))
    emotion = number(node, "emotion")
    if emotion is not None:
        at = x(emotion)
        corners = (QPointF(0, -4), QPointF(4, 0), QPointF(0, 4), QPointF(-4, 0))
        painter.setPen(QPen(QColor(theme["curve"]), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([QPointF(at, middle) + c for c in corners]))


def _draw_gap(
    painter: QPainter, node: Scored, theme: Theme, x: Callable[[float], float], middle: float
) -> None:
    assert node.score is not None
    few = node.tier == "insufficient"
    start = node.reference if node.reference is not None else node.score
    below = node.score < start
    colour = QColor(theme["text-soft" if few else "bad" if below else "good"])
    left, right = sorted((x(start), x(node.score)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern if few else Qt.BrushStyle.SolidPattern))
    painter.drawRect(QRectF(left, middle - 4.5, max(right - left, 0.0), 9))
    painter.setBrush(colour)
    painter.setPen(QPen(QColor(theme["text"]), 1.2))
    if node.lo is not None and node.hi is not None:
        painter.drawLine(QPointF(x(node.lo), middle), QPointF(x(node.hi), middle))
        for end in (node.lo, node.hi):
            painter.drawLine(QPointF(x(end), middle - 2.5), QPointF(x(end), middle + 2.5))
    painter.drawEllipse(QPointF(x(node.score), middle), 1.8, 1.8)
