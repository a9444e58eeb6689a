"""What to print: which maps, on what paper, with which date."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cxmapper.app.naming import name_of
from cxmapper.layout.papers import PAPERS
from cxmapper.locale import tr
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey
from cxmapper.model.fields import Day

_ID = Qt.ItemDataRole.UserRole
_SMALL, _MOST_ROWS = 4, 8


@dataclass(frozen=True, slots=True)
class Printing:
    """What the person chose: ids of maps in order, "poster" or a paper's name, a date or none.

    `with_details` adds pages with what is written about elements and not seen on the map.
    """

    journeys: tuple[str, ...]
    paper: str
    date: str | None
    with_details: bool = True


class ExportDialog(QDialog):
    """Asks what to print; `chosen` tells a `Printing`."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, document: Document, shown: str | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export blueprint"))
        self.setMinimumWidth(420)
        self.paper = QComboBox()
        self.paper.addItem(tr("Poster, one page of the map’s own size"), "poster")
        for name in PAPERS:
            self.paper.addItem(tr("{paper}, as many pages as it takes", paper=name), name)
        self.date = QLineEdit()
        self.date.setPlaceholderText(tr("the map’s own date"))
        self.trouble = QLabel(tr("Write it as 2026-03-14, 2026-03 or 2026."))
        self.trouble.setForegroundRole(QPalette.ColorRole.BrightText)
        self.details = QCheckBox(tr("Add pages with the details that the map does not show"))
        self.details.setChecked(True)
        self.maps = self._list_of_maps(document, shown)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.addButton(tr("Export…"), QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        self._lay_out()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self.maps.itemChanged.connect(self._refresh)
        self.date.textChanged.connect(self._refresh)
        self._refresh()

    def _list_of_maps(self, document: Document, shown: str | None) -> QListWidget:
        maps = QListWidget()
        maps.setProperty("look", "checks")
        maps.setAccessibleName(tr("Maps to print"))
        for journey in document.children(None, Journey):
            item = QListWidgetItem(name_of(journey))
            item.setData(_ID, journey.id)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            item.setCheckState(Qt.CheckState.Checked if journey.id == shown else Qt.CheckState.Unchecked)
            maps.addItem(item)
        rows = max(_SMALL, min(_MOST_ROWS, maps.count()))
        maps.ensurePolished()
        maps.setFixedHeight(rows * max(22, maps.sizeHintForRow(0)) + 6)
        return maps

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Maps"), self.maps)
        form.addRow(tr("Paper"), self.paper)
        form.addRow(tr("Date"), self.date)
        form.addRow("", self.trouble)
        form.addRow("", self.details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(self._buttons)

    @property
    def printing(self) -> Printing:
        """What is chosen now."""
        items = (self.maps.item(i) for i in range(self.maps.count()))
        ids = tuple(i.data(_ID) for i in items if i.checkState() == Qt.CheckState.Checked)
        date = self.date.text().strip() or None
        return Printing(ids, self.paper.currentData(), date, self.details.isChecked())

    def accept(self) -> None:
        """Tell the choice."""
        printing = self.printing
        super().accept()
        self.chosen.emit(printing)

    def _refresh(self) -> None:
        printing = self.printing
        dated = printing.date is None or _is_day(printing.date)
        self.trouble.setVisible(not dated)
        for button in self._buttons.buttons():
            if self._buttons.buttonRole(button) == QDialogButtonBox.ButtonRole.AcceptRole:
                button.setEnabled(bool(printing.journeys) and dated)


def _is_day(text: str) -> bool:
    """Whether `text` is a date as maps have them."""
    try:
        TypeAdapter(Day).validate_python(text)
    except ValidationError:
        return False
    return True
