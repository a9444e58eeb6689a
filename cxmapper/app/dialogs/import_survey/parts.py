"""Small widgets that several pages of the survey import use: words, the row of steps, a table to look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from cxmapper.locale import tr

_ROW = 25  # pixels: ten rows of a survey fit in


def words(text: str = "", *, soft: bool = False, bold: bool = False, wraps: bool = True) -> QLabel:
    """A label of plain text; `soft` is for what explains."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if soft:
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    if bold:
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    return label


def trouble() -> QLabel:
    """A label for what stands in the way; hidden until there is something."""
    label = words()
    label.setForegroundRole(QPalette.ColorRole.BrightText)
    label.setObjectName("trouble")
    label.hide()
    return label


def sentence(text: object) -> str:
    """`text` with a capital at its beginning."""
    return str(text)[:1].upper() + str(text)[1:]


class Chooser(QComboBox):
    """A combo box that a turn of the wheel scrolls past: nobody means to choose so."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to what scrolls."""
        event.ignore()


class StepRow(QWidget):
    """The names of the steps in a row, the present one marked."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._labels = [words(wraps=False) for _ in names]
        self._names = list(names)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(10)
        for i, label in enumerate(self._labels):
            if i:
                row.addWidget(words("›", soft=True, wraps=False))
            row.addWidget(label)
        row.addStretch(1)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Mark the step number `step`, from 0."""
        for i, label in enumerate(self._labels):
            label.setText(tr("{n}  {name}", n=i + 1, name=self._names[i]))
            font = label.font()
            font.setBold(i == step)
            label.setFont(font)
            role = QPalette.ColorRole.Link if i == step else QPalette.ColorRole.PlaceholderText
            label.setForegroundRole(role)
        self.setAccessibleName(
            tr("Step {n} of {total}: {name}", n=step + 1, total=len(self._names), name=self._names[step])
        )


def table(headers: Sequence[str], name: str) -> QTableWidget:
    """An empty table to look at: whole rows are selected, nothing in it can be typed over."""
    found = QTableWidget(0, len(headers))
    found.setHorizontalHeaderLabels(list(headers))
    found.verticalHeader().hide()
    found.verticalHeader().setDefaultSectionSize(_ROW)
    found.setShowGrid(False)
    found.setAlternatingRowColors(True)
    found.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    found.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    found.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    found.setTabKeyNavigation(False)
    found.setWordWrap(False)
    found.horizontalHeader().setHighlightSections(False)
    found.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    found.setAccessibleName(name)
    return found


def show_headers(shown: QTableWidget, headers: Sequence[str]) -> None:
    """Empty a table and give it these headers."""
    shown.clear()
    shown.setColumnCount(len(headers))
    shown.setHorizontalHeaderLabels(list(headers))


def cell(text: str, *, number: bool = False) -> QTableWidgetItem:
    """A cell of a table, to look at; numbers stand at the right."""
    item = QTableWidgetItem(text)
    if number:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
