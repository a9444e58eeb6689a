"""Saving the table of scores with all its numbers, in the format that the name's ending says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from cxmapper.app.dialogs.questions import tell
from cxmapper.app.preferences import Preferences
from cxmapper.app.scores import ScoreKeeper
from cxmapper.app.session import Session
from cxmapper.errors import UserError
from cxmapper.locale import Words, msg, tr
from cxmapper.storage.files import refuse_same_file, write_whole

_FORMATS: tuple[tuple[str, Words], ...] = (
    ("csv", msg("CSV, for spreadsheets (*.csv)")),
    ("xlsx", msg("Excel workbook (*.xlsx)")),
    ("json", msg("JSON, for programs (*.json)")),
)


class ScoreFiles(QObject):
    """What one window saves of its scores. Groups too small to be shown are not in the files either."""

    def __init__(
        self, session: Session, keeper: ScoreKeeper, preferences: Preferences, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._keeper = keeper
        self._preferences = preferences
        self._window = window

    def ask(self) -> None:
        """Ask where to save the table, then save it."""
        path = self._session.path
        folder = path.parent if path is not None else self._preferences.folder
        dialog = QFileDialog(self._window, tr("Save scores"), str(folder))
        dialog.setObjectName("file dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        endings = {str(words): ending for ending, words in _FORMATS}
        dialog.setNameFilters(list(endings))
        dialog.setDefaultSuffix("csv")
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(endings.get(words, "csv")))
        dialog.selectFile(f"{path.stem if path is not None else tr('Scores')}.csv")
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path) -> None:
        """Write the scores as they are shown to `path`, whole or not at all."""
        from cxmapper.export.tables import scores_as

        card = self._keeper.card
        if card is None:
            return
        try:
            refuse_same_file(path, [self._session.path] if self._session.path is not None else [])
            write_whole(path, scores_as(path, [card]))
        except UserError as problem:
            text = str(problem.words)
            tell(self._window, text[:1].upper() + text[1:])
            return
        self._session.notice.emit(tr("Saved {name}.", name=path.name))
