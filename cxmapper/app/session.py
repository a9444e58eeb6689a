"""What one window works on: an editor with its document, the map shown, the selection, the file.

The panels, the canvas and the window know one another only through the signals of their session.
It knows no widget. What it holds besides the document is never undoable and never saved.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from cxmapper.app.palette_items import PaletteItem
from cxmapper.edit.change import Change
from cxmapper.edit.editor import Editor
from cxmapper.layout.text import Typesetter
from cxmapper.layout.theme import THEMES, Theme
from cxmapper.locale import Words, tr
from cxmapper.model.columns import journey_of
from cxmapper.model.document import EMPTY, Document
from cxmapper.model.elements import Journey
from cxmapper.storage.mapfile import OpenedMap, new_map

Typeset = Callable[[str], Typesetter]


class Session(QObject):
    """One open document and what its window shows of it.

    `typeset` makes the typesetter for a language tag; it is asked only when something is laid out.
    """

    document_changed = Signal(object)
    """A Change has been applied (by an edit, undo, redo, or a step of a gesture)."""
    document_replaced = Signal()
    """Another document took the place of the whole one (new, open, reload)."""
    history_changed = Signal()
    """What can be undone or redone, its name, or whether all is saved, may have changed."""
    file_changed = Signal()
    """The path, or the state of the file at it, has changed."""
    journey_changed = Signal()
    """Another map is shown, or none."""
    selection_changed = Signal()
    armed_changed = Signal()
    theme_changed = Signal()
    notice = Signal(str)
    """A short remark for the message bar: plain text, already in the person's language."""
    undo_offered = Signal(str)
    """A remark about what was just done, which the message bar shows with a button to undo it."""
    commit_asked = Signal()
    """The document is about to be read as a whole: whoever holds typed text applies it now."""

    def __init__(self, typeset: Typeset, document: Document = EMPTY, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typeset = typeset
        self._setters: dict[str, Typesetter] = {}
        self.editor = Editor(document)
        self._unsubscribe = self.editor.subscribe(self._on_change)
        self.telling = False
        self.open = False
        self.file = new_map(document)
        self.journey: str | None = self._first_journey()
        self._selected: frozenset[str] = frozenset()
        self.armed: PaletteItem | None = None
        self._theme_name = "light"

    # what there is: `file` is the map as it was last opened or saved, with what else its file holds;
    # `open` says whether there is a document at all, or only the start page; while `telling`, the
    # editor tells of a change and takes no other

    @property
    def document(self) -> Document:
        """The document as it is now."""
        return self.editor.document

    @property
    def path(self) -> Path | None:
        """Where the file lies, or None where it was never saved."""
        return self.file.path

    @property
    def name(self) -> str:
        """What to call the file: its name, or that it has none."""
        return self.path.name if self.path is not None else tr("Untitled.cxmap")

    @property
    def images(self) -> Mapping[str, bytes]:
        """The bytes of the file's pictures, by their SHA-256."""
        return self.file.images

    @property
    def selection(self) -> frozenset[str]:
        """Ids of the selected elements; every one is in the document."""
        return self.editor.selection

    @property
    def clean(self) -> bool:
        """Whether the document is as it was last saved or opened."""
        return self.editor.clean

    @property
    def language(self) -> str:
        """The language tag (BCP 47) of the map shown, or of the document, or ""."""
        shown = self.document.get(self.journey, Journey)
        return (shown.language if shown else "") or self.document.settings.language

    @property
    def typesetter(self) -> Typesetter:
        """The typesetter for the language of the map shown."""
        if self.language not in self._setters:
            self._setters[self.language] = self._typeset(self.language)
        return self._setters[self.language]

    @property
    def theme_name(self) -> str:
        """One of "light", "dark" and "contrast"."""
        return self._theme_name

    @property
    def theme(self) -> Theme:
        """The colours of the look in use, by token."""
        return THEMES[self._theme_name]

    # what is shown

    def set_theme(self, name: str) -> None:
        """Show everything in the look `name` ("light", "dark" or "contrast")."""
        if name != self._theme_name:
            self._theme_name = name
            self.theme_changed.emit()

    def show_journey(self, id_: str | None) -> None:
        """Show the map `id_` (None: no map). The selection goes."""
        if id_ == self.journey:
            return
        self.journey = id_
        self.select(())
        self.journey_changed.emit()

    def select(self, ids: Iterable[str]) -> None:
        """Select these elements and no others; ids that are not in the document are left out."""
        self.editor.selection = frozenset(i for i in ids if i in self.document)
        self._tell_selection()

    def arm(self, item: PaletteItem | None) -> None:
        """Let the next click on the canvas put `item` there; None disarms."""
        if item != self.armed:
            self.armed = item
            self.armed_changed.emit()

    # edits

    def do(
        self,
        label: Words,
        change: Change,
        selects: Iterable[str] | None = None,
        *,
        merge_key: Hashable = None,
    ) -> None:
        """Apply `change` as one undo step called `label`; `selects` is selected afterwards.

        Steps with the same `merge_key`, one right after the other, are one step.
        """
        if not change:
            return
        chosen = None if selects is None else frozenset(selects)
        self.editor.do(label, change, selects=chosen, merge_key=merge_key)
        self.settle()

    def undo(self) -> None:
        """Take the last step back, if there is one, and show the map that it touched."""
        step = self.editor.undo() if self.editor.can_undo else None
        if step is not None:
            self._follow(step.change.inverse())

    def redo(self) -> None:
        """Do again what was last undone, and show the map that it touches."""
        step = self.editor.redo() if self.editor.can_redo else None
        if step is not None:
            self._follow(step.change)

    def add_image(self, data: bytes) -> None:
        """Keep the bytes of a picture, before the edit that puts its element into the document."""
        self.file = self.file.with_image(data)

    def replace(self, opened: OpenedMap) -> None:
        """Work on another map from now on: no history, nothing selected, its first map shown."""
        self._unsubscribe()
        self.editor = Editor(opened.document)
        self._unsubscribe = self.editor.subscribe(self._on_change)
        self.open, self.file = True, opened
        self._selected = frozenset()
        self.journey = self._first_journey()
        self.arm(None)
        self.document_replaced.emit()
        self.journey_changed.emit()
        self.selection_changed.emit()
        self.history_changed.emit()
        self.file_changed.emit()

    def saved(self, written: OpenedMap) -> None:
        """Remember that the document as it now is lies in the file of `written`."""
        self.file = written
        self.editor.mark_clean()
        self.history_changed.emit()
        self.file_changed.emit()

    # following the document

    def _on_change(self, change: Change) -> None:
        shown = self.journey
        self.telling = True
        try:
            if self.document.get(shown, Journey) is None:
                self.journey = self._first_journey()
            self.document_changed.emit(change)
            if self.journey != shown:
                self.journey_changed.emit()
            self.settle()
        finally:
            self.telling = False

    def _follow(self, change: Change) -> None:
        """Show the map that `change` brought (back), or one that it touched unless it is shown already."""
        brought = [
            i for i, (before, after) in change.items.items() if before is None and isinstance(after, Journey)
        ]
        touched = [j for j in (journey_of(self.document, i) for i in change.items) if j is not None]
        wanted = brought or touched
        if wanted and self.journey not in wanted:
            self.journey = wanted[0]
            self.journey_changed.emit()
        self.settle()

    def settle(self) -> None:
        """Tell the selection and history anew. Tools call it when they end a gesture of the editor."""
        gone = [i for i in self.editor.selection if i not in self.document]
        if gone:
            self.editor.selection = self.editor.selection.difference(gone)
        self._tell_selection()
        self.history_changed.emit()

    def _tell_selection(self) -> None:
        if self.editor.selection != self._selected:
            self._selected = self.editor.selection
            self.selection_changed.emit()

    def _first_journey(self) -> str | None:
        journeys = self.document.children(None, Journey)
        return journeys[0].id if journeys else None
