"""A few words beside the pointer while something is dragged: a value, or why it can't go there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QWidget

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
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setContentsMargins(4, 2, 4, 2)
        self.setAutoFillBackground(True)
        self.hide()

    def use(self, ink: Ink) -> None:
        """Take the colours of a theme."""
        self._ink = ink

    def say(self, words: str, at: QPoint, *, refused: bool) -> None:
        """Show `words` beside the point `at` of the canvas; no words hide the label."""
        if not words:
            self.hide()
            return
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, self._ink.colour("card"))
        palette.setColor(QPalette.ColorRole.WindowText, self._ink.colour("bad" if refused else "text"))
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
