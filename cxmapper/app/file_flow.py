"""New, open, save, save as, reload, and the guard before a window closes.

It speaks to the person through dialogs that do not block, so what comes after a question is handed
in as `then`. Every error of a file ends as one plain message, and the document stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from cxmapper.app.dialogs.new_map import NewMapDialog
from cxmapper.app.dialogs.questions import Answer, ask, tell
from cxmapper.app.preferences import Preferences
from cxmapper.app.session import Session
from cxmapper.edit.templates import template
from cxmapper.errors import ChangedOnDisk, UserError
from cxmapper.locale import msg, tr
from cxmapper.model.checks import missing_images
from cxmapper.storage.files import fingerprint, open_map, save_map
from cxmapper.storage.mapfile import OpenedMap, new_map
from cxmapper.storage.writing import Expected

SUFFIX = ".cxmap"
Then = Callable[[], object]


class Host(Protocol):
    """The application, as far as one window needs it."""

    def show_map(self, opened: OpenedMap) -> None:
        """Show a map in a window of its own."""

    def raise_window_of(self, path: Path) -> bool:
        """Bring the window that has this file to the front; says whether there is one."""

    def quit(self) -> None:
        """Close all windows, each with its own guard."""


class FileFlow(QObject):
    """The files of one window."""

    def __init__(self, session: Session, preferences: Preferences, host: Host, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._preferences = preferences
        self._host = host
        self._window = window

    # making and opening

    def new(self) -> None:
        """Ask for a template and begin a map with it."""
        dialog = NewMapDialog(self._window)
        dialog.chosen.connect(self.create)
        dialog.open()

    def create(self, name: str) -> None:
        """Begin a map with the template `name`, in this window where it shows none yet."""
        try:
            document = template(name).document()
        except UserError as problem:
            self.tell(problem)
            return
        self._show(new_map(document))

    def open(self) -> None:
        """Ask for a file and open it."""
        dialog = self._file_dialog(
            tr("Open map"), QFileDialog.AcceptMode.AcceptOpen, self._preferences.folder
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: [self.open_path(Path(name)) for name in names])
        dialog.open()

    def open_path(self, path: Path) -> bool:
        """Open the file `path`: here where this window shows none yet, else in a window of its own."""
        if self._host.raise_window_of(path):
            return True
        try:
            opened = open_map(path)
        except UserError as problem:
            self.tell(problem)
            return False
        self._preferences.remember(path)
        self._show(opened)
        return True

    def open_copy(self, path: Path) -> None:
        """Open what is in `path` as a new map without a file: for samples, which stay as they are."""
        try:
            self._show(new_map(open_map(path).document))
        except UserError as problem:
            self.tell(problem)

    def reload(self) -> None:
        """Put what is on disk in the place of the document. What is not saved is lost."""
        if self._session.path is None:
            return
        try:
            self._session.replace(open_map(self._session.path))
        except UserError as problem:
            self.tell(problem)

    def _show(self, opened: OpenedMap) -> None:
        if self._session.open:
            self._host.show_map(opened)
        else:
            self._session.replace(opened)
            self.report(opened)

    def report(self, opened: OpenedMap) -> None:
        """Say what is not as it should be in a file that opened all the same."""
        lost = next(missing_images(opened.document, opened.carried), None)
        missing = [msg("The map is not whole: {what}.", what=lost.words)] if lost is not None else []
        problems = [*opened.problems, *missing][:3]
        if problems:
            self._session.notice.emit(" ".join(map(str, problems)))

    # saving

    def save(self, then: Then | None = None) -> None:
        """Save to the file the map came from, or ask for one."""
        if self._session.path is None:
            self.save_as(then)
            return
        self._write(self._session.path, self._session.file.fingerprint, then)

    def save_as(self, then: Then | None = None) -> None:
        """Ask for a file and save there from now on."""
        session = self._session
        start = session.path if session.path is not None else self._preferences.folder / self._proposed()
        dialog = self._file_dialog(tr("Save map as"), QFileDialog.AcceptMode.AcceptSave, start.parent)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(start.name)
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name), then))
        dialog.open()

    def save_to(self, path: Path, then: Then | None = None) -> None:
        """Save as `path`, which the person chose; a file there is replaced and kept as `.bak`."""
        if path == self._session.path:
            self.save(then)
            return
        try:
            there = fingerprint(path)
        except UserError as problem:
            self.tell(problem)
            return
        self._write(path, there, then)

    def _write(self, path: Path, expect: Expected, then: Then | None) -> None:
        session = self._session
        session.commit_asked.emit()
        try:
            written = save_map(session.file, session.document, path, expect=expect)
        except ChangedOnDisk as problem:
            self._ask_about_change(path, problem, then)
            return
        except UserError as problem:
            self.tell(problem)
            return
        session.saved(written)
        self._preferences.remember(path)
        if then is not None:
            then()

    def _ask_about_change(self, path: Path, problem: ChangedOnDisk, then: Then | None) -> None:
        role = QMessageBox.ButtonRole
        ask(
            self._window,
            tr("Somebody else has changed “{name}” since you opened it.", name=path.name),
            tr("Save your map under another name, replace theirs (it is kept as .bak), or open theirs "
               "and lose what you have not saved."),
            (
                Answer(msg("Save as…"), role.AcceptRole, lambda: self.save_as(then)),
                Answer(msg("Replace theirs"), role.DestructiveRole, lambda: self._replace_theirs(path, then)),
                Answer(msg("Open theirs"), role.DestructiveRole, self.reload),
                Answer(msg("Cancel"), role.RejectRole),
            ),
        )  # fmt: skip

    def _replace_theirs(self, path: Path, then: Then | None) -> None:
        try:
            there = fingerprint(path)
        except UserError as problem:
            self.tell(problem)
            return
        self._write(path, there, then)

    # leaving

    def guard(self, then: Then) -> None:
        """Run `then` once nothing can be lost: all is saved, or the person does not want it."""
        self._session.commit_asked.emit()
        if not self._session.open or self._session.clean:
            then()
            return
        role = QMessageBox.ButtonRole
        ask(
            self._window,
            tr("Save the changes to “{name}”?", name=self._session.name),
            tr("What you do not save is lost."),
            (
                Answer(msg("Save"), role.AcceptRole, lambda: self.save(then)),
                Answer(msg("Don’t save"), role.DestructiveRole, then),
                Answer(msg("Cancel"), role.RejectRole),
            ),
        )

    def quit(self) -> None:
        """Close every window."""
        self._host.quit()

    # talking

    def tell(self, problem: UserError) -> None:
        """Show an error that a person can mend."""
        text = str(problem.words)
        tell(self._window, text[:1].upper() + text[1:])

    def _proposed(self) -> str:
        title = self._session.document.settings.title or tr("Untitled")
        return "".join("-" if c in '\\/:*?"<>|' else c for c in title) + SUFFIX

    def _file_dialog(self, title: str, mode: QFileDialog.AcceptMode, folder: Path) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(folder))
        dialog.setAcceptMode(mode)
        dialog.setNameFilters([tr("Maps (*{suffix})", suffix=SUFFIX), tr("All files (*)")])
        dialog.setObjectName("file dialog")
        dialog.finished.connect(dialog.deleteLater)
        return dialog
