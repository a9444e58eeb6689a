"""Importance against gap: what to fix first, drawn small, without any plotting library.

Across lies the gap to the target with 0 where the cross is, upwards the importance from 0 to 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cxmapper.app.actions import as_tip
from cxmapper.app.panels.gaps.columns import title_of
from cxmapper.app.panels.gaps.words import count, points
from cxmapper.layout.theme import THEMES, Theme
from cxmapper.locale import tr

if TYPE_CHECKING:
    from cxmapper.scoring.rows import NodeScore

_MOST = 5.0
_SIGNIFICANT = ("confirmed_gap", "exceeds_target")


class Quadrant(QWidget):
    """The field of dots; a click on one chooses its touchpoint."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gaps.quadrant")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Importance against gap"))
        self.setMouseTracking(True)
        self._nodes: Sequence[NodeScore] = ()
        self._colours: Mapping[str, str] = {}
        self._selected: frozenset[str] = frozenset()
        self._theme: Theme = THEMES["light"]
        self._cross = 3.0
        self._assumed = 3.0

    def sizeHint(self) -> QSize:
        """Wide, and not too high."""
        return QSize(280, 204)

    def use_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def show_nodes(
        self, nodes: Iterable[NodeScore], colours: Mapping[str, str], cross: float, assumed: float
    ) -> None:
        """Show those of these touchpoints that have a gap.

        From importance `cross` on, importance is high; `assumed` stands in where none is set.
        """
        self._nodes = tuple(n for n in nodes if n.target_gap is not None and not n.hidden)
        self._colours, self._cross, self._assumed = colours, cross, assumed
        self.update()

    def select(self, ids: frozenset[str]) -> None:
        """Mark these."""
        self._selected = ids
        self.update()

    # where things are

    @property
    def dots(self) -> dict[str, tuple[QPointF, float]]:
        """The middle and radius of the dot of each touchpoint."""
        return {node.id: (self._at(node), _radius(node)) for node in self._nodes}

    def _field(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1, 1, -1, -19)

    def _inner(self) -> QRectF:
        """Where dots may lie: the names of the corners stay free."""
        return self._field().adjusted(16, 26, -16, -16)

    def _reach(self) -> float:
        """How many points of gap lie on either side of the cross."""
        return max((abs(n.target_gap or 0.0) for n in self._nodes), default=0.0) * 1.12 + 6

    def _at(self, node: NodeScore) -> QPointF:
        field, reach = self._inner(), self._reach()
        importance = self._importance(node)
        x = field.center().x() + (node.target_gap or 0.0) / reach * field.width() / 2
        return QPointF(x, field.bottom() - importance / _MOST * field.height())

    def _importance(self, node: NodeScore) -> float:
        """The importance 0…5, as it is set or assumed."""
        return node.importance if node.importance is not None else self._assumed

    def _cross_at(self) -> QPointF:
        field = self._inner()
        return QPointF(field.center().x(), field.bottom() - (self._cross - 0.25) / _MOST * field.height())

    def _under(self, point: QPointF) -> NodeScore | None:
        near = [(n, (self._at(n) - point).manhattanLength()) for n in self._nodes]
        best = min(near, key=lambda entry: entry[1], default=None)
        return best[0] if best is not None and best[1] <= _radius(best[0]) + 4 else None

    # events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the dot under the pointer."""
        node = self._under(event.position())
        if node is not None:
            self.chosen.emit(node.id)

    def event(self, event: QEvent) -> bool:
        """Tips tell the numbers of a dot."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            node = self._under(QPointF(event.pos()))
            if node is not None:
                text = tr(
                    "{title}: gap {gap}, importance {importance}, n {n}",
                    title=title_of(node), gap=points(node.target_gap), n=count(node.n or 0),
                    importance=f"{self._importance(node):g}",
                )  # fmt: skip
                QToolTip.showText(event.globalPos(), as_tip(text), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, cross, dots, then as many titles as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, field, cross = self._theme, self._field(), self._cross_at()
        painter.fillRect(field, QColor(theme["plot"]))
        first = QRectF(field.topLeft(), cross)
        tint = QColor(theme["bad-tint"])
        tint.setAlphaF(0.45)
        painter.fillRect(first, tint)
        painter.setPen(QPen(QColor(theme["neutral-line"]), 1))
        painter.drawLine(QPointF(cross.x(), field.top()), QPointF(cross.x(), field.bottom()))
        painter.drawLine(QPointF(field.left(), cross.y()), QPointF(field.right(), cross.y()))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.88)
        painter.setFont(font)
        taken = list(self._corners(painter, field))
        self._axis(painter)
        for node in self._nodes:
            self._dot(painter, node)
        self._titles(painter, field, taken)
        painter.end()

    def _corners(self, painter: QPainter, field: QRectF) -> Iterator[QRectF]:
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        inner = field.adjusted(5, 3, -5, -3)
        for words, colour, place in (
            (tr("fix first"), "risk", left | top),
            (tr("keep up"), "gain", right | top),
            (tr("low priority"), "text-soft", left | bottom),
            (tr("overdone?"), "text-soft", right | bottom),
        ):
            painter.setPen(QColor(self._theme[colour]))
            painter.drawText(inner, place, words)
            yield painter.boundingRect(inner, place, words)

    def _axis(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme["text-soft"]))
        area = QRectF(self.rect()).adjusted(4, self.height() - 18, -4, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, tr("gap to target, points"))
        painter.drawText(
            area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, points(-self._reach())
        )
        painter.drawText(
            area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, points(self._reach())
        )

    def _dot(self, painter: QPainter, node: NodeScore) -> None:
        at, radius = self._at(node), _radius(node)
        colour = QColor(self._theme[self._colours.get(node.stage, "neutral-line")])
        if node.id in self._selected:
            painter.setPen(QPen(QColor(self._theme["accent"]), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(at, radius + 3, radius + 3)
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if node.tier in _SIGNIFICANT else QColor(self._theme["plot"]))
        painter.drawEllipse(at, radius, radius)

    def _titles(self, painter: QPainter, field: QRectF, taken: list[QRectF]) -> None:
        """The titles of the highest ranked first, beside their dots where nothing lies yet."""
        taken += [QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r) for at, r in self.dots.values()]
        metrics = painter.fontMetrics()
        for node in self._nodes:
            at, radius = self._at(node), _radius(node) + 3
            text = metrics.elidedText(title_of(node), Qt.TextElideMode.ElideRight, 110)
            w, h = metrics.horizontalAdvance(text) + 1, metrics.height() - 2
            centred = max(field.left() + 2, min(at.x() - w / 2, field.right() - w - 2))
            for x, y in (
                (at.x() + radius, at.y() - h / 2), (at.x() - radius - w, at.y() - h / 2),
                (centred, at.y() - radius - h), (centred, at.y() + radius),
            ):  # fmt: skip
                place = QRectF(x, y, w, h)
                if field.contains(place) and not any(place.intersects(other) for other in taken):
                    painter.setPen(QColor(self._theme["text"]))
                    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
                    taken.append(place)
                    break


def _radius(node: NodeScore) -> float:
    """Its area grows with the number of answers."""
    return min(11.0, max(3.5, sqrt(node.n or 0) / 3.2))
