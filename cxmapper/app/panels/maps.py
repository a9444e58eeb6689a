"""The maps of the document, by persona: click to show, F2 to rename, Delete to delete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from cxmapper.app.actions import Actions, as_tip
from cxmapper.app.edits import Edits
from cxmapper.app.icons import card_icon
from cxmapper.app.naming import name_of
from cxmapper.app.panels.section import MARGIN, OwnKeys, Section, flat_button
from cxmapper.app.session import Session
from cxmapper.edit.change import Change
from cxmapper.locale import tr
from cxmapper.model.elements import Journey, Persona

_ID = Qt.ItemDataRole.UserRole


class Branch(NamedTuple):
    """A persona (None: no persona) and the maps shown below."""

    persona: Persona | None
    journeys: tuple[Journey, ...]


def branches(personas: Sequence[Persona], journeys: Sequence[Journey]) -> tuple[Branch, ...]:
    """The tree: every persona with its maps, then the maps of no persona.

    A map of several personas stands under each of them.
    """
    known = {p.id for p in personas}
    result = [Branch(p, tuple(j for j in journeys if p.id in j.who)) for p in personas]
    others = tuple(j for j in journeys if not known.intersection(j.who))
    return (*result, Branch(None, others)) if others else tuple(result)


def _below(top: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (top.child(i) for i in range(top.childCount()))
    return [row for row in found if row is not None]


class _Tree(QTreeWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("maps")
        self.setProperty("look", "list")
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setExpandsOnDoubleClick(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        OwnKeys(self, Qt.Key.Key_F2, Qt.Key.Key_Delete)

    def tops(self) -> list[QTreeWidgetItem]:
        """The rows of personas."""
        found = (self.topLevelItem(i) for i in range(self.topLevelItemCount()))
        return [top for top in found if top is not None]

    def sizeHint(self) -> QSize:
        row = self.sizeHintForRow(0) if self.topLevelItemCount() else 24
        shown = sum(1 + (top.childCount() if top.isExpanded() else 0) for top in self.tops())
        return QSize(180, row * max(2, shown) + 4)


class MapsPanel(Section):
    """The tree of maps, with buttons for a new map and a new persona in its heading."""

    def __init__(self, session: Session, edits: Edits, actions: Actions) -> None:
        self._session = session
        self._edits = edits
        self._actions = actions
        self._filling = False
        self._shape: tuple[object, ...] = ()
        self.tree = _Tree()
        self._new = flat_button("maps.new", tr("New map"))
        self._new.setDefaultAction(actions["map.new"])
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(MARGIN - 4, 0, MARGIN - 4, 0)
        layout.addWidget(self.tree)
        super().__init__(tr("Maps"), body, self._new)
        self.tree.setAccessibleName(tr("Maps"))
        self.tree.itemChanged.connect(self._item_changed)
        self.tree.currentItemChanged.connect(self._current_changed)
        self.tree.itemClicked.connect(lambda item, _: self._choose(item))
        self.tree.customContextMenuRequested.connect(self._show_menu)
        session.document_changed.connect(self._follow)
        session.document_replaced.connect(self.fill)
        session.journey_changed.connect(self.fill)
        session.theme_changed.connect(self.fill)
        self.tree.installEventFilter(self)
        self.fill()

    # the rows

    def fill(self) -> None:
        """List personas and maps. Rows are made anew only where they stand for others than before."""
        document = self._session.document
        tree = branches(document.children(None, Persona), document.children(None, Journey))
        shape = tuple((b.persona.id if b.persona else None, tuple(j.id for j in b.journeys)) for b in tree)
        self._filling = True
        if shape != self._shape:
            self._make_rows(tree)
            self._shape = shape
        for top, branch in zip(self.tree.tops(), tree, strict=True):
            self._write(top, branch.persona)
            for row, journey in zip(_below(top), branch.journeys, strict=True):
                self._write(row, journey)
        self._filling = False

    def _make_rows(self, tree: Sequence[Branch]) -> None:
        closed = {top.data(0, _ID) for top in self.tree.tops() if not top.isExpanded()}
        self.tree.clear()
        editable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        for branch in tree:
            top = QTreeWidgetItem(self.tree)
            top.setData(0, _ID, branch.persona.id if branch.persona else "")
            top.setFlags(editable if branch.persona else Qt.ItemFlag.ItemIsEnabled)
            for journey in branch.journeys:
                item = QTreeWidgetItem(top)
                item.setData(0, _ID, journey.id)
                item.setFlags(editable)
            top.setExpanded(top.data(0, _ID) not in closed)
        self.tree.updateGeometry()

    def _write(self, item: QTreeWidgetItem, element: Persona | Journey | None) -> None:
        theme = self._session.theme
        text = name_of(element) if element is not None else tr("No persona")
        item.setText(0, text)
        item.setToolTip(0, as_tip(text))
        shown = element is not None and element.id == self._session.journey
        font = QFont(self.tree.font())
        font.setBold(shown)
        item.setFont(0, font)
        colour = "accent" if shown else "text-soft"
        item.setIcon(0, card_icon("map" if isinstance(element, Journey) else "person", colour, theme))
        if shown and self.tree.currentItem() is not item and not self._is_shown(self.tree.currentItem()):
            self.tree.setCurrentItem(item)

    def _is_shown(self, item: QTreeWidgetItem | None) -> bool:
        return item is not None and item.data(0, _ID) == self._session.journey

    def item_of(self, id_: str) -> QTreeWidgetItem | None:
        """The first row that stands for the element `id_`."""
        rows = (row for top in self.tree.tops() for row in (top, *_below(top)))
        return next((row for row in rows if row.data(0, _ID) == id_), None)

    def edit_name(self, id_: str) -> bool:
        """Let the name of this map or persona be typed; says whether it has a row here."""
        item = self.item_of(id_)
        if item is None:
            return False
        self.tree.setCurrentItem(item)
        self.tree.setFocus()
        self.tree.editItem(item, 0)
        return True

    # what the person does

    def _follow(self, change: Change) -> None:
        if any(isinstance(e, Journey | Persona) for pair in change.items.values() for e in pair):
            self.fill()

    def _current_changed(self, item: QTreeWidgetItem | None) -> None:
        if not self._filling and item is not None and self.tree.hasFocus():
            self._choose(item)

    def _choose(self, item: QTreeWidgetItem) -> None:
        id_ = item.data(0, _ID)
        if self._session.document.get(id_, Journey) is not None:
            if id_ != self._session.journey:
                self._session.show_journey(id_)
            else:
                self._session.select(())
        elif id_:
            self._session.select([id_])

    def _item_changed(self, item: QTreeWidgetItem) -> None:
        id_ = item.data(0, _ID)
        if self._filling or id_ not in self._session.document:
            return
        element = self._session.document[id_]
        title = " ".join(item.text(0).split())
        if title and title != name_of(element):
            self._edits.set_title(id_, title)
        self.fill()

    def eventFilter(self, watched: object, event: object) -> bool:
        """Delete deletes the row's map or persona."""
        if watched is self.tree and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete:
            item = self.tree.currentItem()
            if event.type() == QKeyEvent.Type.KeyPress and item is not None and item.data(0, _ID):
                self._edits.delete([item.data(0, _ID)])
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _show_menu(self, point: QPoint) -> None:
        item = self.tree.itemAt(point)
        menu = QMenu(self)
        if item is not None and item.data(0, _ID):
            id_ = item.data(0, _ID)
            menu.addAction(tr("Rename"), lambda: self.edit_name(id_))
            menu.addAction(tr("Duplicate"), lambda: self._edits.duplicate([id_]))
            menu.addAction(tr("Delete"), lambda: self._edits.delete([id_]))
            menu.addSeparator()
        menu.addAction(self._actions["map.new"])
        menu.addAction(self._actions["map.new-persona"])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.tree.viewport().mapToGlobal(point))
