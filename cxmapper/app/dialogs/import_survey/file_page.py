"""The first page: a file is chosen or dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from cxmapper.app.canvas.drops import SURVEY_ENDINGS
from cxmapper.app.dialogs.import_survey.parts import trouble, words
from cxmapper.locale import tr


class FilePage(QWidget):
    """Asks for a file; `chosen` tells its path."""

    chosen = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.setAcceptDrops(True)
        self.choose = QPushButton(tr("Choose a file…"))
        self.choose.setObjectName("survey.choose")
        self.choose.clicked.connect(self._ask)
        self.setFocusProxy(self.choose)
        self.trouble = trouble()
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        zone = QFrame()
        zone.setProperty("look", "zone")
        inside = QVBoxLayout(zone)
        inside.setSpacing(12)
        inside.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        inside.addWidget(words(tr("Drop a survey’s export here"), bold=True, wraps=False), 0, middle)
        inside.addWidget(
            words(tr("CSV, TSV, XLSX or ODS, as the survey tool wrote it"), soft=True), 0, middle
        )
        inside.addWidget(self.choose, 0, middle)
        inside.addWidget(self.trouble)
        inside.addStretch(1)
        privacy = words(
            tr("Only counts enter the map: how many gave which answer, by touchpoint, persona and month. "
               "Names, addresses and single answers stay in the file."),
            soft=True,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(zone, 1)
        column.addWidget(privacy)

    def complain(self, text: str) -> None:
        """Say why the file cannot be used; an empty text takes that back."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Import survey"), str(self._folder))
        dialog.setObjectName("file dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*{ending}" for ending in SURVEY_ENDINGS)
        dialog.setNameFilters([tr("Surveys ({endings})", endings=endings), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.chosen.emit(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if dropped_survey(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Use the file that was dropped."""
        path = dropped_survey(event)
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)


def dropped_survey(event: QDropEvent) -> Path | None:
    """The first survey among the files of a drag, or None."""
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next((p for p in paths if p.suffix.lower() in SURVEY_ENDINGS), None)
