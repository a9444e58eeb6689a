"""A few words beside the pointer while something is dragged: a value, or why it can't go there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QWidget

from cxmapper.app.canvas.ink import Ink

_BESIDE = QPoint(16, 20)


class HintLabel(QLabel):
    """A label over the canvas that takes no clicks. Its text is plain."""

    def __init__(self, parent: QWidget, ink: Ink) -> None:
        super().__init__(parent)
        self._over = parent
        self._ink = ink
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(8, 4, 8, 4)
        self.hide()

    def use(self, ink: Ink) -> None:
        """Take the colours of a theme."""
        self._ink = ink

    def say(self, words: str, at: QPoint) -> None:
        """Show `words` beside the point `at` of the canvas; no words hide the label."""
        if not words:
            self.hide()
            return
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self._ink.colour("text"))
        self.setPalette(palette)
        self.setText(words)
        self.adjustSize()
        area = self._over.rect()
        place = at + _BESIDE
        place.setX(max(0, min(place.x(), area.width() - self.width())))
        place.setY(at.y() - self.height() - 6 if place.y() + self.height() > area.height() else place.y())
        self.move(place)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small white card below the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._ink.colour("neutral-line"), 1))
        painter.setBrush(self._ink.colour("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()
        super().paintEvent(event)
