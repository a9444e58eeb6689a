"""What stands in the place of the map where a file has none: a sentence and a button that adds one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from cxmapper.locale import tr


class NoMapPage(QWidget):
    """The page of a file without a map; `map_asked` tells that one is wanted."""

    map_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("no map")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Midlight)
        words = QLabel(tr("This file has no map yet."))
        words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.button = QPushButton(tr("Add a map"))
        self.button.setProperty("look", "main")
        self.button.clicked.connect(self.map_asked)
        self.setFocusProxy(self.button)
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(2)
        column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
