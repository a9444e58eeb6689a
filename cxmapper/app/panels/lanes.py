"""The lanes of the map shown: check to show, drag or Alt+Up and Alt+Down to reorder, F2 to rename."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QDropEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cxmapper.app.actions import as_tip
from cxmapper.app.edits import Edits
from cxmapper.app.icons import command_icon
from cxmapper.app.naming import name_of
from cxmapper.app.panels.section import MARGIN, OwnKeys, Section
from cxmapper.app.session import Session
from cxmapper.edit.change import Change
from cxmapper.locale import tr
from cxmapper.model.elements import Lane

_ID = Qt.ItemDataRole.UserRole
_ALT = Qt.KeyboardModifier.AltModifier
_UP = QKeyCombination(_ALT, Qt.Key.Key_Up)
_DOWN = QKeyCombination(_ALT, Qt.Key.Key_Down)


class LaneList(QListWidget):
    """The list itself. It never moves a row on its own: `moved` asks (lane, before or None) for it."""

    moved = Signal(str, object)
    delete_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lanes")
        self.setProperty("look", "list")
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        OwnKeys(self, Qt.Key.Key_F2, Qt.Key.Key_Delete, _UP, _DOWN)

    def id_at(self, row: int) -> str | None:
        """The lane in this row, or None beyond the last."""
        return self.item(row).data(_ID) if 0 <= row < self.count() else None

    def sizeHint(self) -> QSize:
        """Room for every lane, so that the panel can give each part what it needs."""
        rows = self.sizeHintForRow(0) * self.count() if self.count() else 24
        return QSize(180, rows + 4)

    def shift(self, by: int) -> None:
        """Move the current lane one row up (−1) or down (+1)."""
        row = self.currentRow()
        if row < 0 or not 0 <= row + by < self.count():
            return
        self.moved.emit(self.id_at(row), self.id_at(row - 1 if by < 0 else row + 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Up and Alt+Down move the lane, Delete deletes it."""
        if event.keyCombination() == _UP:
            self.shift(-1)
        elif event.keyCombination() == _DOWN:
            self.shift(1)
        elif event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            self.delete_asked.emit(self.id_at(self.currentRow()))
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for the move and leave the rows alone: they follow the document."""
        row = self._row_for(event.position().toPoint())
        lane = self.id_at(self.currentRow())
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        before = self.id_at(row)
        if lane is not None and lane != before:
            self.moved.emit(lane, before)

    def _row_for(self, point: QPoint) -> int:
        item = self.itemAt(point)
        if item is None:
            return self.count()
        middle = self.visualItemRect(item).center().y()
        return self.row(item) + (1 if point.y() > middle else 0)


class LanesPanel(Section):
    """The list of lanes, and the button that adds one."""

    def __init__(self, session: Session, edits: Edits, add_menu: QMenu) -> None:
        self._session = session
        self._edits = edits
        self._filling = False
        self.list = LaneList()
        self.add = QToolButton()
        self.add.setObjectName("lanes.add")
        self.add.setProperty("look", "flat")
        self.add.setText(tr("Add lane"))
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setMenu(add_menu)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(MARGIN - 4, 0, MARGIN - 4, 6)
        layout.setSpacing(2)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        super().__init__(tr("Lanes"), body)
        self.list.setAccessibleName(tr("Lanes"))
        self.list.moved.connect(self._edits.move_lane)
        self.list.delete_asked.connect(lambda lane: edits.delete([lane]))
        self.list.itemChanged.connect(self._item_changed)
        self.list.itemClicked.connect(lambda item: session.select([item.data(_ID)]))
        self.list.customContextMenuRequested.connect(self._show_menu)
        session.document_changed.connect(self._follow)
        session.journey_changed.connect(self.fill)
        session.document_replaced.connect(self.fill)
        session.theme_changed.connect(self.fill)
        session.selection_changed.connect(self._show_selected)
        self.fill()

    def fill(self) -> None:
        """List the lanes of the map shown. Rows are made anew only where their lanes are others."""
        journey = self._session.journey
        lanes = self._session.document.children(journey, Lane) if journey is not None else ()
        self._filling = True
        if [lane.id for lane in lanes] != [self.list.id_at(row) for row in range(self.list.count())]:
            self._make_rows(lanes)
        for row, lane in enumerate(lanes):
            self._write(self.list.item(row), lane)
        self._filling = False
        self.add.setEnabled(journey is not None)
        self.add.setIcon(command_icon("add", self._session.theme, 14))

    def _make_rows(self, lanes: Sequence[Lane]) -> None:
        current = self.list.id_at(self.list.currentRow())
        self.list.clear()
        for lane in lanes:
            item = QListWidgetItem()
            item.setData(_ID, lane.id)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsEditable
                | Qt.ItemFlag.ItemIsUserCheckable
                | Qt.ItemFlag.ItemIsDragEnabled
            )
            self.list.addItem(item)
            if lane.id == current:
                self.list.setCurrentItem(item)
        self.list.updateGeometry()

    def _write(self, item: QListWidgetItem, lane: Lane) -> None:
        item.setText(name_of(lane))
        item.setToolTip(as_tip(name_of(lane)))
        item.setCheckState(Qt.CheckState.Unchecked if lane.hidden else Qt.CheckState.Checked)
        role = QPalette.ColorRole.PlaceholderText if lane.hidden else QPalette.ColorRole.Text
        item.setForeground(QBrush(self.palette().color(role)))

    def _follow(self, change: Change) -> None:
        if any(isinstance(e, Lane) for pair in change.items.values() for e in pair):
            self.fill()

    def _show_selected(self) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            chosen = item.data(_ID) in self._session.selection
            item.setSelected(chosen)
            if chosen:
                self.list.setCurrentRow(row)

    def _item_changed(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        lane = self._session.document.get(item.data(_ID), Lane)
        if lane is None:
            return
        hidden = item.checkState() == Qt.CheckState.Unchecked
        if hidden != lane.hidden:
            self._edits.set_lane_hidden(lane.id, hidden)
        elif item.text() != name_of(lane):
            self._edits.set_title(lane.id, " ".join(item.text().split()))
            self.fill()

    def _show_menu(self, point: QPoint) -> None:
        lane = self.list.id_at(self.list.indexAt(point).row())
        menu = QMenu(self)
        if lane is not None:
            row = self.list.indexAt(point).row()
            self.list.setCurrentRow(row)
            menu.addAction(tr("Rename"), lambda: self.list.editItem(self.list.item(row)))
            menu.addAction(tr("Move up"), lambda: self.list.shift(-1)).setEnabled(row > 0)
            menu.addAction(tr("Move down"), lambda: self.list.shift(1)).setEnabled(
                row + 1 < self.list.count()
            )
            menu.addSeparator()
            menu.addAction(tr("Delete"), lambda: self._edits.delete([lane]))
            menu.addSeparator()
        menu.addMenu(self.add.menu())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.list.viewport().mapToGlobal(point))
