"""A captioned part of a side panel, and the small things panels have in common."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

MARGIN = 12


def caption(text: str) -> QLabel:
    """A small heading in capitals."""
    label = QLabel(text.upper())
    label.setTextFormat(Qt.TextFormat.PlainText)
    font = label.font()
    font.setPointSizeF(max(7.0, font.pointSizeF() * 0.85))
    font.setWeight(QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
    label.setFont(font)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def flat_button(name: str, text: str) -> QToolButton:
    """A button without a frame, known to tests and screen readers by `name` and `text`."""
    button = QToolButton()
    button.setObjectName(name)
    button.setProperty("look", "flat")
    button.setToolTip(text)
    button.setAccessibleName(text)
    return button


class Section(QWidget):
    """A heading, buttons at its right, and one widget below."""

    def __init__(self, title: str, content: QWidget, *buttons: QToolButton) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, 0, MARGIN - 4, 0)
        head.setSpacing(2)
        head.addWidget(caption(title))
        head.addStretch(1)
        for button in buttons:
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(content, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        content.setAccessibleName(title)


class OwnKeys(QObject):
    """Keeps some keys for the widget in focus, where the window has a shortcut on the same keys."""

    def __init__(self, widget: QWidget, *keys: QKeyCombination | Qt.Key) -> None:
        super().__init__(widget)
        self._keys = {k if isinstance(k, QKeyCombination) else QKeyCombination(k) for k in keys}
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the keys before the window's shortcuts see them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.keyCombination() in self._keys
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)
