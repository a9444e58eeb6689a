"""The scene: takes a sheet, keeps an item a row, and touches only what differs from the sheet before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGraphicsScene

from cxmapper.app.canvas.items import GhostItem, LinksItem, RowItem, SheetItem
from cxmapper.app.canvas.look import Look
from cxmapper.app.canvas.overlay import Mark, OverlayItem
from cxmapper.layout.sheet import Sheet
from cxmapper.tools.hints import Hints

ColumnOf = Callable[[str], int | None]
"""The column in whose cells an element is shown; None where it is shown elsewhere."""

MOST_MARKS = 3000
"""So many outlines of selected boxes are drawn at most."""


class MapScene(QGraphicsScene):
    """Rows, links and the overlay of one sheet."""

    def __init__(self, look: Look, column_of: ColumnOf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._column_of = column_of
        self._rows: dict[str, RowItem] = {}
        self._ghosts: list[GhostItem] = []
        # Kept here: an item that only the scene holds is an item that Python forgets.
        self._card = SheetItem(look)
        self._links = LinksItem(look)
        self.overlay = OverlayItem(look)
        for item in (self._card, self._links, self.overlay):
            self.addItem(item)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show `sheet` in the place of the one before."""
        empty = not sheet.rows
        self._card.setVisible(not empty)
        self._card.set_size(sheet.width, sheet.height)
        self.overlay.set_size(sheet.width, sheet.height)
        old, self._rows = self._rows, {}
        for row, top in zip(sheet.rows, sheet.tops, strict=True):
            item = old.pop(row.id, None)
            if item is None:
                item = RowItem(self._look)
                self.addItem(item)
            item.show_row(row, sheet)
            if item.y() != top:
                item.setPos(0, top)
            self._rows[row.id] = item
        for item in old.values():
            self.removeItem(item)
        self._links.show_links(sheet)

    def marks(self, ids: Collection[str]) -> Iterator[Mark]:
        """The boxes that show the elements `ids`, each with the top of its row."""
        found = 0
        for id_ in ids:
            column = self._column_of(id_)
            for item in self._rows.values():
                for box in item.places(id_, column):
                    yield box, item.y()
                    found += 1
            for link in self._links.links:
                if link.id == id_:
                    yield link, 0.0
            if found > MOST_MARKS:
                return

    def show_hints(self, hints: Hints) -> None:
        """Show what a gesture wants shown."""
        self._show_ghosts(hints)
        if hints.faded != self._look.faded:
            changed = hints.faded ^ self._look.faded
            self._look.faded = hints.faded
            self._repaint(changed)
        self.overlay.show_hints(hints, self.marks((hints.hover,)) if hints.hover else ())

    def _repaint(self, ids: Collection[str]) -> None:
        for item in self._rows.values():
            for id_ in ids:
                for box in item.places(id_, self._column_of(id_)):
                    item.update(box.x - 2, box.y - 2, box.w + 4, box.h + 4)

    def _show_ghosts(self, hints: Hints) -> None:
        if [item.box for item in self._ghosts] != [ghost.box.at(0, 0) for ghost in hints.ghosts]:
            for item in self._ghosts:
                self.removeItem(item)
            self._ghosts = [GhostItem(self._look, ghost) for ghost in hints.ghosts]
            for item in self._ghosts:
                self.addItem(item)
        for item, ghost in zip(self._ghosts, hints.ghosts, strict=True):
            item.place(ghost)
