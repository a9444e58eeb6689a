"""What the panel says while there is nothing to rank: why, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class Lesson(QWidget):
    """A heading, what it means in a few lines, and one button. `asked` tells that it was pressed."""

    asked = Signal()

    def __init__(self, name: str, title: str, text: str, button: str = "") -> None:
        super().__init__()
        self.setObjectName(f"gaps.{name}")
        self.title, self.text = QLabel(title), QLabel(text)
        for label in (self.title, self.text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        font.setBold(True)
        self.title.setFont(font)
        self.text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 8)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.text)
        self.button: QPushButton | None = None
        if button:
            self.button = QPushButton(button)
            self.button.setProperty("look", "tile")
            self.button.clicked.connect(self.asked)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def say(self, text: str) -> None:
        """Put other words below the heading."""
        self.text.setText(text)
