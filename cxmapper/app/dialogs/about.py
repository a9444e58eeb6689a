"""The list of keyboard shortcuts, made from the registry of actions, and what this program is."""

from __future__ import annotations

from importlib.metadata import version

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cxmapper.app.actions import Actions
from cxmapper.app.dialogs.questions import tell
from cxmapper.app.menus import MENUS
from cxmapper.locale import tr

_Format = QKeySequence.SequenceFormat.NativeText


def shortcuts_of(actions: Actions) -> list[tuple[str, str, str]]:
    """Every action with a shortcut: (menu, what it does, keys), in the order of the menus."""
    menus = {name: str(words).replace("&", "") for name, words in MENUS}
    rows = []
    for spec, action in actions:
        keys = [k.toString(_Format) for k in action.shortcuts() if k.toString()]
        if keys:
            rows.append((menus[spec.menu.split("/")[0]], str(spec.text).removesuffix("…"), ", ".join(keys)))
    return rows


class ShortcutsDialog(QDialog):
    """The shortcuts in a table."""

    def __init__(self, parent: QWidget, actions: Actions) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(560, 560)
        rows = [*shortcuts_of(actions), *_on_the_map()]
        table = QTableWidget(len(rows), 3)
        table.setObjectName("shortcuts")
        table.setHorizontalHeaderLabels([tr("Menu"), tr("What it does"), tr("Keys")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for i, row in enumerate(rows):
            for k, text in enumerate(row):
                table.setItem(i, k, QTableWidgetItem(text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(table)
        layout.addWidget(buttons)


def _on_the_map() -> list[tuple[str, str, str]]:
    """What keys and pointer do on the map, where no action of a menu stands for it."""
    where = tr("On the map")
    return [
        (where, tr("Move the view"), tr("Space and drag, middle button, wheel")),
        (where, tr("Zoom at the pointer"), tr("Ctrl and wheel")),
        (where, tr("Add to the selection"), tr("Shift and click")),
        (where, tr("Cancel what is under way"), tr("Esc")),
    ]


def tell_about(parent: QWidget) -> None:
    """Say what this program is."""
    tell(
        parent,
        tr("cxmapper {version}", version=version("cxmapper")),
        tr("Customer journey maps on your own machine. Nothing you draw leaves it."),
        trouble=False,
    )
