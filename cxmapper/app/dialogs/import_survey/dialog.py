"""The dialog that brings a survey onto a map: four steps, each with its page.

What takes long runs beside the window and can be stopped. The map is not touched before the last
button, and then once: `imported` tells the change, which the session applies as one step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cxmapper.app.dialogs.import_survey import summary
from cxmapper.app.dialogs.import_survey.check_page import CheckPage
from cxmapper.app.dialogs.import_survey.columns_page import ColumnsPage
from cxmapper.app.dialogs.import_survey.file_page import FilePage
from cxmapper.app.dialogs.import_survey.match_page import MatchPage
from cxmapper.app.dialogs.import_survey.parts import StepRow, sentence
from cxmapper.app.dialogs.import_survey.task import Task, Work
from cxmapper.app.dialogs.import_survey.working import WorkingRow
from cxmapper.app.dialogs.questions import Answer, ask
from cxmapper.edit.change import NO_CHANGE, Change
from cxmapper.edit.operations import bring_in, overlap
from cxmapper.errors import UserError
from cxmapper.locale import Plural, Words, msg, tr
from cxmapper.model.document import Document
from cxmapper.survey.bring_in import Brought, brought
from cxmapper.survey.choices import Choices
from cxmapper.survey.counted import Counted
from cxmapper.survey.detect import Proposal, propose
from cxmapper.survey.known import known_names
from cxmapper.survey.progress import Progress
from cxmapper.survey.readers import read_table
from cxmapper.survey.tally import Reading, count

_SIZE = (940, 640)
_FILE, _COLUMNS, _MATCH, _CHECK = range(4)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a survey does to the map: the name of the step, the change, and a summary for afterwards."""

    label: Words
    change: Change
    summary: str


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file at first sight, and its count; the count is None, with the trouble, where it cannot be."""

    proposal: Proposal
    reading: Reading | None = None
    trouble: UserError | None = None


class ImportSurveyDialog(QDialog):
    """Leads from a file to an `Imported`, which `imported` tells."""

    imported = Signal(object)

    def __init__(self, parent: QWidget, document: Document, folder: Path) -> None:
        super().__init__(parent)
        self.setObjectName("import survey")
        self.setWindowTitle(tr("Import survey"))
        self._document = document
        self._path: Path | None = None
        self._known = known_names(document)
        self._counted: Counted | None = None
        self._counted_with: Choices | None = None
        self._came: Brought | None = None
        self._change = NO_CHANGE
        self._task: Task | None = None
        self._over = False
        self.file, self.columns, self.match, self.check = (
            FilePage(folder), ColumnsPage(), MatchPage(), CheckPage()
        )  # fmt: skip
        self.steps = StepRow((tr("File"), tr("Columns"), tr("Names"), tr("Check")))
        self.pages = QStackedWidget()
        self._pages: tuple[QWidget, ...] = (self.file, self.columns, self.match, self.check)
        for page in self._pages:
            self.pages.addWidget(page)
        self.working = WorkingRow()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._show(_FILE)

    def _make_buttons(self) -> None:
        self.cancel, self.back, self.next = QPushButton(tr("Cancel")), QPushButton(tr("Back")), QPushButton()
        for name, button in (("cancel", self.cancel), ("back", self.back), ("next", self.next)):
            button.setObjectName(f"survey.{name}")
            button.setAutoDefault(button is self.next)
        self.next.setDefault(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.steps)
        column.addWidget(self.pages, 1)
        column.addWidget(self.working)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        column.addLayout(buttons)
        self.resize(*_SIZE)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.working.stop_asked.connect(self._stop)
        self.file.chosen.connect(self.read)
        self.columns.changed.connect(self._refresh)
        self.match.changed.connect(self._refresh)

    # from step to step

    def read(self, path: Path) -> None:
        """Read the file at `path` and show what its columns seem to be."""
        if self._task is not None:
            return
        self._path, self._counted, self._counted_with = path, None, None
        self.file.complain("")
        self._show(_FILE)
        known = self._known

        def work(progress: Progress) -> _Looked:
            proposal = propose(read_table(path), None, known)
            try:
                return _Looked(proposal, count(proposal, None, progress))
            except UserError as trouble:
                return _Looked(proposal, None, trouble)

        self._run(tr("Reading {name}…", name=path.name), work, self._looked)

    def _looked(self, found: _Looked) -> None:
        table, known = found.proposal.table, self._known
        self.columns.show_proposal(lambda choices: propose(table, choices, known), found.proposal)
        self._show(_COLUMNS)
        if found.reading is not None:
            self._keep(found.reading, Choices())
            self.columns.ask(found.reading.questions, found.reading.reasons)
        if found.trouble is not None:
            self._complain(found.trouble)

    def _count(self) -> None:
        """Count the answers as the columns are understood now, unless that is done."""
        proposal, choices = self.columns.proposal, self.columns.choices
        if self._counted is not None and self._counted_with == choices:
            self._name(self._counted)
            return
        if proposal is None:
            return

        def done(reading: Reading) -> None:
            self._keep(reading, choices)
            if not self.columns.ask(reading.questions, reading.reasons):
                self._name(reading.counted)

        self._run(tr("Counting the answers…"), lambda progress: count(proposal, choices, progress), done)

    def _keep(self, reading: Reading, choices: Choices) -> None:
        self._counted, self._counted_with = reading.counted, choices

    def _name(self, counted: Counted) -> None:
        self.match.show_counted(counted, self._document)
        self._show(_MATCH)

    def _check(self) -> None:
        assert self._counted is not None
        self._came = brought(self._counted, self.match.matches, assigned=self.match.assigned)
        before = overlap(self._document, self._came.survey.id, self._came.tallies)
        self._change = bring_in(self._document, self._came.survey, self._came.tallies)
        self.check.show_counts(
            self._counted,
            summary.where_they_go(self._document, self._came),
            summary.replaced(before, changes=bool(self._change)),
        )
        self._show(_CHECK)

    def _import(self) -> None:
        """Bring it in; what it would replace is asked about first."""
        if not self.check.before.text():
            self._finish()
            return
        role = QMessageBox.ButtonRole
        ask(
            self,
            tr("Replace the answers that this survey has on the map already?"),
            self.check.before.text(),
            (
                Answer(msg("Replace"), role.AcceptRole, self._finish),
                Answer(msg("Cancel"), role.RejectRole),
            ),
        )

    def _finish(self) -> None:
        assert self._came is not None
        assert self._counted is not None
        assert self._path is not None
        said = summary.afterwards(self._path.name, self._counted.counts, self._came)
        self.accept()
        self.imported.emit(Imported(summary.LABEL, self._change, said))

    def _go_on(self) -> None:
        steps = {_COLUMNS: self._count, _MATCH: self._check, _CHECK: self._import}
        step = steps.get(self.pages.currentIndex())
        if step is not None and self._task is None:
            step()

    def _go_back(self) -> None:
        self._show(self.pages.currentIndex() - 1)

    def _show(self, step: int) -> None:
        self.pages.setCurrentIndex(step)
        self.steps.show_step(step)
        self._refresh()
        self._pages[step].setFocus()

    def _refresh(self) -> None:
        """What the buttons say and allow now."""
        step, busy = self.pages.currentIndex(), self._task is not None
        kept = self._counted.counts.n if self._counted is not None else 0
        ready = {
            _FILE: False,
            _COLUMNS: self.columns.ready,
            _MATCH: self.match.ready,
            _CHECK: kept > 0 and bool(self._change),
        }
        self.pages.setEnabled(not busy)
        self.back.setVisible(step > _FILE)
        self.back.setEnabled(not busy)
        self.next.setVisible(step > _FILE)
        self.next.setEnabled(ready[step] and not busy)
        last = tr("Import {answers}", answers=Plural("{n} answer", "{n} answers", kept))
        self.next.setText(last if step == _CHECK else tr("Next"))
        self.next.setDefault(True)

    # work beside the window

    def _run(self, text: str, work: Work, then: Callable[..., object]) -> None:
        if self._task is not None:
            return
        task = Task(work, self)
        self._task = task
        task.progressed.connect(self.working.show_share)
        task.done.connect(lambda result: self._ended(then, result))
        task.stopped.connect(self._ended)
        task.failed.connect(self._failed)
        task.finished.connect(task.deleteLater)
        self.working.begin(text)
        self._refresh()
        self.working.stop.setFocus()
        task.start()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.requestInterruption()
            self.working.ending()

    def _ended(self, then: Callable[..., object] | None = None, *result: object) -> None:
        self._task = None
        self.working.hide()
        if self._over:
            self.deleteLater()
            return
        self._refresh()
        self._pages[self.pages.currentIndex()].setFocus()
        if then is not None:
            then(*result)

    def _failed(self, problem: Exception) -> None:
        over = self._over
        self._ended()
        if over:
            return
        if not isinstance(problem, UserError):
            raise problem
        self._complain(problem)

    def _complain(self, problem: UserError) -> None:
        text = str(problem.words)
        if self._path is None or not text.startswith(self._path.name):
            text = sentence(text)
        page = self.columns if self.pages.currentIndex() == _COLUMNS else self.file
        page.complain(text)

    # the end

    def done(self, result: int) -> None:
        """Close. What is still being read is asked to stop, and the dialog goes once it has."""
        super().done(result)
        self._over = True
        if self._task is None:
            self.deleteLater()
        else:
            self._task.requestInterruption()

    def give_up(self) -> None:
        """Close, and wait until the thread of what is under way has ended: the window is about to go."""
        task = self._task
        self.reject()
        if task is not None:
            task.wait()
