"""The second page: what the columns of the file mean, why they are taken so, and the first rows as read.

`cxmapper.survey.detect` proposes and gives its reasons; what the file leaves open is asked here. Every
choice leads to a new proposal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from cxmapper.app.actions import as_tip
from cxmapper.app.dialogs.import_survey.parts import (
    Chooser,
    cell,
    sentence,
    show_headers,
    table,
    trouble,
    words,
)
from cxmapper.app.dialogs.import_survey.preview import preview_columns, read_cell
from cxmapper.app.naming import shortened
from cxmapper.app.panels.section import caption
from cxmapper.errors import UserError
from cxmapper.locale import Plural, Words, msg, tr
from cxmapper.survey.choices import Choices, Question
from cxmapper.survey.detect import Proposal
from cxmapper.survey.headers import Column
from cxmapper.survey.metrics import METRICS

Propose = Callable[[Choices], Proposal]

ROLES: tuple[tuple[str, Words], ...] = (
    ("score", msg("Score")),
    ("metric", msg("Measures")),
    ("touchpoint", msg("Touchpoint")),
    ("stage", msg("Stage")),
    ("persona", msg("Persona")),
    ("date", msg("Date")),
)
_WIDE, _CELL, _CHOOSER = 60, 44, 300
_NONE = ""
_DEPENDENT = {"score": ("metric", "codes"), "metric": ("codes",), "date": ("date_order",)}
"""Choices that say something about another one, and are open again when that is made anew."""


class ColumnsPage(QWidget):
    """Shows a proposal and takes choices; `changed` tells that there is another proposal."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices = Choices()
        self.proposal: Proposal | None = None
        self._propose: Propose | None = None
        self._seen: dict[str, Question] = {}
        self.about, self.why = words(soft=True), words(soft=True)
        self.trouble = trouble()
        self.choosers = {role: self._chooser(role, str(title)) for role, title in ROLES}
        self.asked: dict[str, QComboBox] = {}
        self.preview = table((), tr("The first rows as they are read"))
        self._form = QFormLayout()
        self._form.setVerticalSpacing(5)
        for role, title in ROLES:
            self._form.addRow(str(title), self.choosers[role])
        self._questions = QVBoxLayout()
        self._questions.setSpacing(4)
        self._lay_out()
        self.setFocusProxy(self.choosers["score"])

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(caption(tr("Why")))
        right.addWidget(self.why)
        right.addLayout(self._questions)
        right.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(22)
        sides.addLayout(self._form)
        sides.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.about)
        column.addLayout(sides)
        column.addWidget(self.trouble)
        column.addWidget(caption(tr("The first rows as they are read")))
        column.addWidget(self.preview, 1)

    def _chooser(self, role: str, title: str) -> QComboBox:
        chooser = Chooser()
        chooser.setObjectName(f"column.{role}")
        chooser.setAccessibleName(title)
        chooser.setFixedWidth(_CHOOSER)
        chooser.activated.connect(lambda _: self._choose(role, chooser.currentData()))
        return chooser

    # what is shown

    def show_proposal(self, propose: Propose, proposal: Proposal) -> None:
        """Show the first proposal for a file; `propose` makes another from what somebody chose."""
        self.choices, self._propose, self._seen = Choices(), propose, {}
        self.complain("")
        self._show(proposal)

    @property
    def ready(self) -> bool:
        """Whether there is something to count, and nothing that must be said first."""
        found = self.proposal
        if found is None or found.score is None or found.metric is None:
            return False
        return all(chooser.currentIndex() >= 0 for chooser in self.asked.values())

    def complain(self, text: str) -> None:
        """Say why something cannot be; an empty text takes that back."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def ask(self, questions: Sequence[Question], reasons: Sequence[Words]) -> bool:
        """Show what counting the whole file found and asks; says whether any of it was not asked before."""
        new = [q for q in questions if q.about not in self._seen]
        self._show_why(reasons)
        if new:
            self._seen |= {q.about: q for q in new}
            self._show_questions()
            self.changed.emit()
        return bool(new)

    def _choose(self, role: str, value: Any) -> None:
        """Somebody chose: propose anew. A choice that cannot be is told, and the one before comes back."""
        if self._propose is None or self.proposal is None:
            return
        dependent = dict.fromkeys(_DEPENDENT.get(role, ()))
        choices = replace(self.choices, **dependent, **{role: value})
        try:
            proposal = self._propose(choices)
        except UserError as problem:
            text = str(problem.words)
            self.complain(text if text.startswith(self.proposal.table.name) else sentence(text))
            proposal, choices = self.proposal, self.choices
        else:
            self.complain("")
            self._seen = {a: q for a, q in self._seen.items() if a not in dependent}
        self.choices = choices
        # Not at once: the chooser that told is made anew.
        QTimer.singleShot(0, self, lambda: self._show(proposal))

    def _show(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.about.setText(about(proposal))
        self._show_why(proposal.reasons)
        found: dict[str, Column | None] = {"score": proposal.score, "date": proposal.date}
        found |= {str(place): column for place, column in proposal.places.items()}
        columns = [(c.name, _titled(c.name, c.question)) for c in proposal.header.columns if c.name]
        for role, chooser in self.choosers.items():
            if role == "metric":
                metrics = [(m.name, m.title) for m in METRICS.values()]
                _fill(chooser, metrics, proposal.metric.name if proposal.metric else None)
                continue
            column = found.get(role)
            none = [] if role == "score" else [(_NONE, tr("(none)"))]
            _fill(chooser, [*none, *columns], column.name if column is not None else _NONE)
        self._seen |= {q.about: q for q in proposal.questions}
        self._show_questions()
        self._show_rows(proposal)
        self.changed.emit()

    def _show_why(self, reasons: Sequence[Words]) -> None:
        self.why.setText("\n".join(sentence(reason) for reason in reasons))

    def _show_questions(self) -> None:
        """What is open, and what was and has been answered: it can be answered otherwise."""
        while (item := self._questions.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.asked = {}
        for question in self._seen.values():
            chooser = Chooser()
            chooser.setObjectName(f"asked.{question.about}")
            chooser.setAccessibleName(str(question.words))
            chooser.setPlaceholderText(tr("Choose…"))
            chosen = getattr(self.choices, question.about)
            value = question.proposed if chosen is None else chosen
            _fill(chooser, [(o.value, sentence(o.words)) for o in question.options], value)
            chooser.activated.connect(
                lambda _, of=question.about, at=chooser: self._choose(of, at.currentData())
            )
            label = words(sentence(question.words))
            label.setBuddy(chooser)
            self._questions.addWidget(label)
            self._questions.addWidget(chooser)
            self.asked[question.about] = chooser

    def _show_rows(self, proposal: Proposal) -> None:
        titles = dict(ROLES)
        shown = preview_columns(proposal)
        heads = [
            f"{titles[role]}: {shortened(c.name, 30)}" if role else shortened(c.name, 30) for role, c in shown
        ]
        show_headers(self.preview, heads)
        self.preview.setRowCount(len(proposal.preview))
        for i, row in enumerate(proposal.preview):
            for k, (role, column) in enumerate(shown):
                text = read_cell(proposal, role, column, row, self.choices.date_order)
                item = cell(shortened(" ".join(text.split()), _CELL))
                item.setToolTip(as_tip(text))
                if not role:
                    item.setForeground(self.palette().placeholderText())
                self.preview.setItem(i, k, item)
        self.preview.resizeColumnsToContents()


def about(proposal: Proposal) -> str:
    """What the file is: name, maker, how it is written."""
    table = proposal.table
    written = (
        tr("sheet “{name}”", name=table.sheet)
        if table.encoding is None
        else tr("{encoding}, columns parted by {delimiter}", encoding=table.encoding.label,
                delimiter=table.delimiter_name)
    )  # fmt: skip
    header = Plural("{n} header row", "{n} header rows", proposal.header.rows)
    return tr(" · ").join([table.name, proposal.vendor, written, str(header)])


def _titled(name: str, question: str) -> str:
    """A column as it is called, with its question where that says more."""
    text = f"{name} – {question}" if question and question != name else name
    return shortened(" ".join(text.split()), _WIDE)


def _fill(chooser: QComboBox, choices: Sequence[tuple[str, str]], value: str | None) -> None:
    chooser.clear()
    for data, text in choices:
        chooser.addItem(text, data)
        chooser.setItemData(chooser.count() - 1, as_tip(text), Qt.ItemDataRole.ToolTipRole)
    chooser.setCurrentIndex(chooser.findData(value) if value is not None else -1)
