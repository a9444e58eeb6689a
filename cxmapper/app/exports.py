"""Exporting the blueprint while the window stays usable: a thread of its own, progress, cancel.

The thread gets the document as it is, which never changes, and a typesetter of its own; it touches
no widget. The libraries that make a PDF are loaded in the thread, when the first export begins.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from cxmapper.app.dialogs.export import ExportDialog, Printing
from cxmapper.app.dialogs.questions import tell
from cxmapper.app.memory import nothing_collected
from cxmapper.app.naming import name_of
from cxmapper.app.preferences import Preferences
from cxmapper.app.session import Session, Typeset
from cxmapper.errors import UserError
from cxmapper.layout.measured import Scores
from cxmapper.locale import Plural, Words, msg, tr
from cxmapper.model.document import Document
from cxmapper.storage.files import refuse_same_file, write_whole

_log = logging.getLogger(__name__)

Scoring = Callable[[Document, Sequence[str]], Scores]
"""What is drawn of the scores on these maps."""

Making = Callable[[Callable[[float], bool]], Words | None]


class Worker(QThread):
    """Runs `make(progress)` beside the window. Exactly one of the last three signals ends it."""

    progressed = Signal(float)
    done = Signal(object)
    cancelled = Signal()
    failed = Signal(object)

    def __init__(self, make: Making, parent: QObject) -> None:
        super().__init__(parent)
        self._make = make

    def run(self) -> None:
        """What the thread does."""
        from cxmapper.export.progress import Cancelled

        try:
            with nothing_collected():
                remark = self._make(self._go_on)
        except Cancelled:
            self.cancelled.emit()
        except Exception as problem:
            self.failed.emit(problem)
        else:
            self.done.emit(remark)

    def _go_on(self, share: float) -> bool:
        self.progressed.emit(share)
        return not self.isInterruptionRequested()


class Exports(QObject):
    """The exports of one window, one at a time."""

    started = Signal(str)
    progressed = Signal(float)
    ended = Signal()
    written = Signal(Path)

    def __init__(self, session: Session, preferences: Preferences, typeset: Typeset, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._preferences = preferences
        self._typeset = typeset
        self._window = window
        self._worker: Worker | None = None
        self.scores: Scoring = lambda _document, _journeys: {}

    @property
    def running(self) -> bool:
        """Whether an export is under way."""
        return self._worker is not None

    def ask(self) -> None:
        """Ask what to print and where, then print it."""
        if self.running:
            self._session.notice.emit(tr("An export is under way. Wait for it, or cancel it, first."))
            return
        dialog = ExportDialog(self._window, self._session.document, self._session.journey)
        dialog.chosen.connect(self._ask_where)
        dialog.open()

    def _ask_where(self, printing: Printing) -> None:
        folder = self._session.path.parent if self._session.path else self._preferences.folder
        name = name_of(self._session.document[printing.journeys[0]])
        plain = "".join("-" if c in '\\/:*?"<>|' or not c.isprintable() else c for c in name)[:80]
        dialog = QFileDialog(self._window, tr("Export blueprint"), str(folder))
        dialog.setObjectName("file dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("PDF (*.pdf)")])
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{plain}.pdf")
        dialog.fileSelected.connect(lambda path: self.start(printing, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def start(self, printing: Printing, path: Path) -> None:
        """Print into the file `path`, beside the window's work."""
        session = self._session
        if session.path is not None:
            try:
                refuse_same_file(path, [session.path])
            except UserError as problem:
                self._failed(problem)
                return
        make = pdf_maker(
            session.document, printing, path, session.images, self._typeset, session.language,
            self.scores(session.document, printing.journeys),
        )  # fmt: skip
        worker = Worker(make, self)
        self._worker = worker
        worker.progressed.connect(self.progressed)
        worker.done.connect(lambda remark: self._done(path, remark))
        worker.cancelled.connect(lambda: session.notice.emit(tr("Export cancelled. Nothing was written.")))
        worker.failed.connect(self._failed)
        worker.finished.connect(self._end)
        self.started.emit(path.name)
        worker.start()

    def cancel(self) -> None:
        """Stop the export under way at its next step."""
        if self._worker is not None:
            self._worker.requestInterruption()

    def stop(self) -> None:
        """Stop the export under way and wait until its thread has ended."""
        if self._worker is not None:
            self._worker.requestInterruption()
            self._worker.wait()

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.deleteLater()
        self._worker = None
        self.ended.emit()

    def _done(self, path: Path, remark: Words | None) -> None:
        self.written.emit(path)
        if remark is not None:
            tell(self._window, str(remark), trouble=False)

    def _failed(self, problem: Exception) -> None:
        if isinstance(problem, UserError):
            text = str(problem.words)
            tell(self._window, text[:1].upper() + text[1:])
            return
        _log.error("an export failed", exc_info=problem)
        raise problem


def pdf_maker(
    document: Document,
    printing: Printing,
    path: Path,
    images: Mapping[str, bytes],
    typeset: Typeset,
    language: str,
    scores: Scores,
) -> Making:
    """What makes the PDF: for a thread, so it holds all it needs and nothing that anybody changes."""

    def make(progress: Callable[[float], bool]) -> Words | None:
        from cxmapper.export.pdf import write_pdf

        result = write_pdf(
            document,
            printing.journeys,
            paper=printing.paper,
            date=printing.date,
            images=images,
            typesetter=typeset(language),
            progress=progress,
            with_details=printing.with_details,
            scores=scores,
        )
        write_whole(path, result.data)
        return _missing(result.missing) or _unreadable(result.unreadable)

    return make


def _unreadable(pictures: tuple[str, ...]) -> Words | None:
    """What to say about pictures that could not be printed, or None."""
    if not pictures:
        return None
    count = Plural("{n} picture", "{n} pictures", len(pictures))
    return msg("The PDF is written, but {count} could not be read. Frames stand in for them.", count=count)


def _missing(characters: tuple[str, ...]) -> Words | None:
    """What to say about characters that no font has, or None."""
    if not characters:
        return None
    shown = ", ".join(characters[:8])
    count = Plural("{n} character", "{n} characters", len(characters))
    return msg(
        "The PDF is written, but no font here has {count} of the map: {shown}. Boxes stand in for them.",
        count=count,
        shown=shown,
    )
