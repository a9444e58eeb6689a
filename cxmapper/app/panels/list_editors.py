"""Editors of what holds several things: pairs of words, references to elements, a picture."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from cxmapper.app.actions import as_tip
from cxmapper.app.panels.editors import Choices, FieldEditor
from cxmapper.app.pictures import PICTURE_FILES
from cxmapper.locale import tr
from cxmapper.model.fields import cleaned

_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 6


class PairsEditor(FieldEditor):
    """A table of names and values, with an empty row at its end for the next pair."""

    def __init__(self) -> None:
        super().__init__()
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels([tr("What"), tr("Value")])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.row.addWidget(self.table)
        self.setFocusProxy(self.table)
        self._showing = False
        self._pairs: dict[str, str] = {}
        self.table.itemChanged.connect(lambda _: self._changed())

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Show the pairs; none where the elements differ, and then nothing is lost by adding one."""
        self._pairs = {} if mixed else dict(value or {})
        if self._pairs == self._typed() and self.table.rowCount() == len(self._pairs) + 1:
            return
        self._showing = True
        self.table.setRowCount(len(self._pairs) + 1)
        for i, pair in enumerate([*self._pairs.items(), ("", "")]):
            for k, text in enumerate(pair):
                self.table.setItem(i, k, QTableWidgetItem(text))
        self._showing = False
        rows = min(_MOST_ROWS, self.table.rowCount())
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + rows * self.table.rowHeight(0) + 4)

    def _typed(self) -> dict[str, str]:
        typed = {}
        for i in range(self.table.rowCount()):
            items = self.table.item(i, 0), self.table.item(i, 1)
            name, value = (" ".join(cleaned(item.text()).split()) if item else "" for item in items)
            if name:
                typed[name] = value
        return typed

    def _changed(self) -> None:
        if not self._showing and self._typed() != self._pairs:
            self.given.emit(self._typed())


class ReferencesEditor(FieldEditor):
    """A list of elements to check. What is referred to and not there is kept, and said to be missing."""

    def __init__(self) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setProperty("look", "checks")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.row.addWidget(self.list)
        self.setFocusProxy(self.list)
        self._offered: Choices = ()
        self._showing = False
        self._make_rows([])
        self.list.itemChanged.connect(lambda _: self._changed())

    def offer(self, choices: Choices) -> None:
        """Offer these elements: (id, name) each."""
        self._offered = choices

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Check those that are referred to."""
        chosen = () if mixed else tuple(value or ())
        rows = [
            *self._offered,
            *((i, tr("Missing: {id}", id=i)) for i in chosen if i not in dict(self._offered)),
        ]
        self._showing = True
        if [id_ for id_, _ in rows] != self._shown():
            self._make_rows(rows)
        for i, (id_, words) in enumerate(rows):
            item = self.list.item(i)
            item.setText(words)
            item.setToolTip(as_tip(words))
            item.setCheckState(Qt.CheckState.Checked if id_ in chosen else Qt.CheckState.Unchecked)
        self._showing = False
        self.list.setEnabled(bool(rows))

    def _make_rows(self, rows: list[tuple[Any, str]]) -> None:
        self.list.clear()
        if not rows:
            self._say_none()
        for id_, words in rows:
            item = QListWidgetItem(words)
            item.setData(_ID, id_)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            )
            self.list.addItem(item)
        shown = max(1, min(_MOST_ROWS, len(rows)))
        height = self.list.sizeHintForRow(0)
        self.list.setFixedHeight(shown * height + 2 * self.list.frameWidth() + 2)

    def _say_none(self) -> None:
        item = QListWidgetItem(tr("None there yet"))
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _shown(self) -> list[Any]:
        ids = (self.list.item(i).data(_ID) for i in range(self.list.count()))
        return [id_ for id_ in ids if id_ is not None]

    def _changed(self) -> None:
        if self._showing:
            return
        items = (self.list.item(i) for i in range(self.list.count()))
        self.given.emit(tuple(i.data(_ID) for i in items if i.checkState() == Qt.CheckState.Checked))


class ImageEditor(FieldEditor):
    """A picture: chosen as a file (given as its path), shown small, taken out (given as None)."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QLabel()
        self._picture.setFixedSize(QSize(72, 54))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._choose = QPushButton(tr("Choose…"))
        self._remove = QPushButton(tr("Remove"))
        column = QVBoxLayout()
        column.addWidget(self._choose)
        column.addWidget(self._remove)
        self.row.addWidget(self._picture)
        self.row.addLayout(column)
        self.row.addStretch(1)
        self.setFocusProxy(self._choose)
        self._choose.clicked.connect(self._ask)
        self._remove.clicked.connect(lambda: self.given.emit(None))
        self.data: dict[str, bytes] = {}

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Show the picture with this hash, from `data`."""
        pixmap = QPixmap()
        if value and not mixed:
            pixmap.loadFromData(self.data.get(value, b""))
        self._picture.setVisible(not pixmap.isNull())
        self._remove.setEnabled(value is not None or mixed)
        if not pixmap.isNull():
            size = self._picture.size()
            smooth = Qt.TransformationMode.SmoothTransformation
            self._picture.setPixmap(pixmap.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth))

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), tr("Choose a picture"))
        dialog.setObjectName("file dialog")
        dialog.setNameFilters([PICTURE_FILES])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.given)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
