"""The last page: what will be kept, what is left out and why, and what an earlier import makes a question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QHeaderView, QLabel, QVBoxLayout, QWidget

from cxmapper.app.dialogs.import_survey.parts import cell, table, words
from cxmapper.app.panels.section import caption
from cxmapper.locale import Plural, msg, tr
from cxmapper.survey.counted import Counted, Counts

_LEFT_OUT = (
    ("missing", msg("Missing"), msg("no answer given")),
    ("invalid", msg("Invalid"), msg("not an answer of the scale; never rounded or clamped")),
    ("excluded", msg("Excluded"), msg("tests, previews, totals, and answers to another question")),
    ("duplicate", msg("Duplicate"), msg("a row or response that is counted already")),
)


class CheckPage(QWidget):
    """Shows the counts; it asks nothing, the dialog's main button imports."""

    def __init__(self) -> None:
        super().__init__()
        self.headline = words(bold=True)
        self.where = words(soft=True)
        self.numbers: dict[str, QLabel] = {}
        self.invalid = table((tr("Row of the file"), tr("Value")), tr("Invalid answers"))
        self.invalid.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.more = words(soft=True)
        self.before = words()
        self._before = QFrame()
        self._before.setProperty("look", "note")
        inside = QVBoxLayout(self._before)
        inside.addWidget(self.before)
        self._list = QWidget()
        listing = QVBoxLayout(self._list)
        listing.setContentsMargins(0, 0, 0, 0)
        listing.addWidget(caption(tr("Invalid answers")))
        listing.addWidget(self.invalid, 1)
        listing.addWidget(self.more)
        sides = QHBoxLayout()
        sides.setSpacing(24)
        sides.addLayout(self._sums(), 3)
        sides.addWidget(self._list, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._before)
        column.addLayout(sides, 1)

    def _sums(self) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for i, (name, title, about) in enumerate(_LEFT_OUT):
            number = words()
            number.setAlignment(Qt.AlignmentFlag.AlignRight)
            number.setObjectName(f"count.{name}")
            self.numbers[name] = number
            grid.addWidget(number, i, 0)
            grid.addWidget(words(str(title)), i, 1)
            grid.addWidget(words(str(about), soft=True), i, 2)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(caption(tr("Kept")))
        column.addWidget(self.headline)
        column.addWidget(self.where)
        column.addSpacing(10)
        column.addWidget(caption(tr("Left out")))
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def show_counts(self, counted: Counted, where: Sequence[str], before: str) -> None:
        """Show where the rows of `counted` go; `where` are sentences on its answers, `before` the warning."""
        counts = counted.counts
        self.headline.setText(headline(counted))
        self.where.setText("\n".join(where))
        for name, number in self.numbers.items():
            found: int = getattr(counts, name)
            number.setText(str(found))
            role = (
                QPalette.ColorRole.BrightText
                if found and name == "invalid"
                else QPalette.ColorRole.WindowText
            )
            number.setForegroundRole(role)
        self.before.setText(before)
        self._before.setVisible(bool(before))
        self._show_invalid(counted, counts)

    def _show_invalid(self, counted: Counted, counts: Counts) -> None:
        self._list.setVisible(bool(counted.invalid))
        self.invalid.setRowCount(len(counted.invalid))
        for i, wrong in enumerate(counted.invalid):
            self.invalid.setItem(i, 0, cell(str(wrong.row), number=True))
            self.invalid.setItem(i, 1, cell(wrong.value))
        rest = counts.invalid - len(counted.invalid)
        self.more.setText(tr("and {n} more", n=rest) if rest else "")
        self.more.setVisible(bool(rest))


def headline(counted: Counted) -> str:
    """How many answers are kept, and what they say together."""
    counts = counted.counts
    if counts.score is None:
        return tr("No answer of this file can be used.")
    return tr(
        "{answers}, net score {score}: {pos} for, {neu} neither, {neg} against",
        answers=Plural("{n} answer", "{n} answers", counts.n),
        score=f"{counts.score:+.0f}".replace("-", "−"),
        pos=counts.pos,
        neu=counts.neu,
        neg=counts.neg,
    )
