"""The row that shows long work going on: what is done, how far it is, and a button to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from cxmapper.app.dialogs.import_survey.parts import words
from cxmapper.locale import tr

_FINE = 1000


class WorkingRow(QWidget):
    """Hidden while nothing is going on; it keeps its place, so that the pages above do not jump."""

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = words()
        self.bar = QProgressBar()
        self.bar.setObjectName("survey.progress")
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(220)
        self.stop = QPushButton(tr("Stop"))
        self.stop.setObjectName("survey.stop")
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.stop_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def begin(self, text: str) -> None:
        """Show that `text` is being done; how far it is, is not known yet."""
        self.words.setText(text)
        self.bar.setAccessibleName(text)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.show()

    def show_share(self, share: float) -> None:
        """Show that `share` of it, 0 to 1, is done."""
        self.bar.setRange(0, _FINE)
        self.bar.setValue(round(share * _FINE))

    def ending(self) -> None:
        """Show that it was asked to stop."""
        self.stop.setEnabled(False)
        self.words.setText(tr("Stopping…"))
