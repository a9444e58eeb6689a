"""The status bar: what the map holds, what is selected, an export's progress, saved or not, zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from cxmapper.app.naming import kinds_in
from cxmapper.app.session import Session
from cxmapper.locale import Plural, tr
from cxmapper.model.columns import lanes, stages, touchpoints
from cxmapper.model.document import Document
from cxmapper.model.elements import Touchpoint


def counts_of(document: Document, journey: str) -> str:
    """How much a map holds, in words."""
    columns = touchpoints(document, journey)
    cards = sum(len(document.index.lane(lane)) for lane in lanes(document, journey))
    moments = sum(document.need(t, Touchpoint).moment_of_truth for t in columns)
    parts = [
        Plural("{n} touchpoint", "{n} touchpoints", len(columns)),
        Plural("{n} card", "{n} cards", cards),
        Plural("{n} stage", "{n} stages", len(stages(document, journey))),
    ]
    if moments:
        parts.append(Plural("{n} moment of truth", "{n} moments of truth", moments))
    return " · ".join(str(p) for p in parts)


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(f"status.{name}")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setContentsMargins(6, 0, 6, 0)
    return label


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(f"status.{name}")
    button.setProperty("look", "flat")
    return button


class StatusBar(QStatusBar):
    """The bar of one window. `cancel_asked` asks to stop the export it shows."""

    cancel_asked = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizeGripEnabled(False)
        self.setContentsMargins(6, 2, 6, 2)
        self.counts, self.selected, self.saved = _label("counts"), _label("selected"), _label("saved")
        self.progress = QProgressBar()
        self.progress.setObjectName("status.progress")
        self.progress.setFixedWidth(160)
        self.progress.setMaximumHeight(14)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.cancel = _button("cancel")
        self.cancel.setText(tr("Cancel"))
        self.cancel.clicked.connect(self.cancel_asked)
        self.zoom, self.fit = _button("zoom"), _button("fit")
        self.addWidget(self.counts)
        self.addWidget(self.selected)
        for widget in (self.progress, self.cancel, self.saved, self.zoom, self.fit):
            self.addPermanentWidget(widget)
        self.hide_progress()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self.refresh)
        for signal in (session.journey_changed, session.document_replaced, session.selection_changed):
            signal.connect(self.refresh)
        session.document_changed.connect(lambda _: self._later.start())
        for signal in (session.history_changed, session.file_changed):
            signal.connect(self._show_saved)
        self.refresh()

    def use(self, zoom: QAction, fit: QAction) -> None:
        """Let the buttons at the right run these actions."""
        self.zoom.clicked.connect(zoom.trigger)
        self.zoom.setToolTip(zoom.toolTip())
        self.fit.clicked.connect(fit.trigger)
        self.fit.setText(tr("Fit"))
        self.fit.setToolTip(fit.toolTip())

    def refresh(self) -> None:
        """Count anew."""
        session = self._session
        shown = session.journey is not None
        self.counts.setText(
            counts_of(session.document, session.journey) if session.journey is not None else ""
        )
        chosen = [session.document[i] for i in session.selection if i in session.document]
        self.selected.setText(tr("{what} selected", what=kinds_in(chosen)) if chosen else "")
        self.zoom.setVisible(shown)
        self.fit.setVisible(shown)
        self._show_saved()

    def _show_saved(self) -> None:
        session = self._session
        if not session.open:
            self.saved.setText("")
        elif not session.clean:
            self.saved.setText(tr("Not saved"))
        else:
            self.saved.setText(tr("Saved") if session.path is not None else "")

    def show_zoom(self, factor: float) -> None:
        """Show the zoom; 1.0 is 100 %."""
        self.zoom.setText(tr("{n} %", n=round(factor * 100)))

    def show_progress(self, what: str) -> None:
        """Show that something is under way."""
        self.progress.setValue(0)
        self.progress.setAccessibleName(tr("Exporting {name}", name=what))
        self.progress.setToolTip(tr("Exporting {name}", name=what).replace("<", "‹"))
        self.progress.show()
        self.cancel.show()

    def set_progress(self, share: float) -> None:
        """Show how far it has come, from 0 to 1."""
        self.progress.setValue(round(share * 1000))

    def hide_progress(self) -> None:
        """Nothing is under way any more."""
        self.progress.hide()
        self.cancel.hide()
