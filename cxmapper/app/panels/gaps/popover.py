"""A small window with plain text beside what it explains. A click beside it or Esc closes it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

_WIDTH = 290


class Popover(QFrame):
    """Plain text that can be selected and copied; its first line is a heading."""

    def __init__(self, parent: QWidget, text: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("gaps.popover")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "tray")
        self.setAccessibleName(text)
        self.text = text
        title, _, rest = text.partition("\n")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        for number, line in enumerate((title, *rest.split("\n"))):
            label = QLabel(line)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setMaximumWidth(_WIDTH)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if number == 0:
                font = label.font()
                font.setBold(True)
                label.setFont(font)
            column.addWidget(label)
        self.setFixedWidth(_WIDTH + 24)

    def open_at(self, point: QPoint) -> None:
        """Show it near a point of the screen, within the screen."""
        self.ensurePolished()
        layout = self.layout()
        if layout is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
        screen = self.screen().availableGeometry()
        x = max(screen.left(), min(point.x(), screen.right() - self.width()))
        below = point.y() + 2
        y = (
            below
            if below + self.height() <= screen.bottom()
            else max(screen.top(), point.y() - self.height() - 30)
        )
        self.move(x, y)
        self.show()
