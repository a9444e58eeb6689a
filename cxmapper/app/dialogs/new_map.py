"""Choosing the template that a new map starts from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cxmapper.edit.templates import templates
from cxmapper.locale import tr


class NewMapDialog(QDialog):
    """The list of templates; `chosen` tells the name of the one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("New map"))
        self.resize(440, 350)
        self.list = QListWidget()
        self.list.setProperty("look", "roomy")
        self.list.ensurePolished()  # rows are measured when they are added, and not again
        self.list.setAccessibleName(tr("Templates"))
        for template in templates():
            item = QListWidgetItem(str(template.title))
            item.setData(Qt.ItemDataRole.UserRole, (template.name, str(template.description)))
            self.list.addItem(item)
        self._about = QLabel()
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setWordWrap(True)
        self._about.setMinimumHeight(self.fontMetrics().lineSpacing() * 3)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        create = buttons.addButton(tr("Create"), QDialogButtonBox.ButtonRole.AcceptRole)
        create.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(QLabel(tr("Start from:")))
        layout.addWidget(self.list, 1)
        layout.addWidget(self._about)
        layout.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(self.accept)
        self.list.currentItemChanged.connect(self._describe)
        self.list.setCurrentRow(0)

    def accept(self) -> None:
        """Tell the choice."""
        item = self.list.currentItem()
        super().accept()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)[0])

    def _describe(self, item: QListWidgetItem | None) -> None:
        self._about.setText(item.data(Qt.ItemDataRole.UserRole)[1] if item is not None else "")
