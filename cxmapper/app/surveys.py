"""Bringing surveys onto the map of one window: the dialog, one undo step, and what is said afterwards.

The dialog and what reads surveys are loaded when the first survey is imported, not with the window.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from cxmapper.app.preferences import Preferences
from cxmapper.app.session import Session
from cxmapper.locale import tr

if TYPE_CHECKING:
    from cxmapper.app.dialogs.import_survey.dialog import Imported, ImportSurveyDialog


class Surveys(QObject):
    """The survey imports of one window, one at a time. `brought_in` tells that there are new answers."""

    brought_in = Signal()

    def __init__(self, session: Session, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._preferences = preferences
        self._window = window
        self.dialog: ImportSurveyDialog | None = None

    def ask(self, path: Path | None = None) -> None:
        """Open the dialog, with the file `path` where one is given already."""
        from cxmapper.app.dialogs.import_survey.dialog import ImportSurveyDialog

        session = self._session
        if session.journey is None:
            session.notice.emit(tr("Open a map first; then its survey can be imported."))
            return
        if self.dialog is not None:
            self.dialog.raise_()
            return
        session.commit_asked.emit()
        folder = session.path.parent if session.path is not None else self._preferences.folder
        dialog = ImportSurveyDialog(self._window, session.document, folder)
        dialog.imported.connect(self._bring_in)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()
        if path is not None:
            dialog.read(path)

    def stop(self) -> None:
        """Close the dialog, and wait until the thread of what it was doing has ended."""
        if self.dialog is not None:
            self.dialog.give_up()

    def _forget(self) -> None:
        self.dialog = None

    def _bring_in(self, imported: Imported) -> None:
        """Apply what the dialog made, as one step, and offer to take it back."""
        self._session.do(imported.label, imported.change)
        self._session.undo_offered.emit(imported.summary)
        self.brought_in.emit()
