"""Typing in place: opens the editor over a box, keeps it there, and makes one undo step of the text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontDatabase

from cxmapper.app.canvas.editing import Spot, TextField, spot, text_field
from cxmapper.app.canvas.inline_editor import InlineEditor
from cxmapper.app.session import Session
from cxmapper.edit.operations import set_fields
from cxmapper.layout.sheet import Box, Type
from cxmapper.layout.text import Typesetter
from cxmapper.locale import msg
from cxmapper.tools.aim import named

if TYPE_CHECKING:
    from cxmapper.app.canvas.view import MapView

LEAST_SIZE = 11.0
"""Text is typed in at least so many pixels, however small the map is shown."""

LEAST_WIDTH = 90
_WEIGHTS = {"regular": QFont.Weight.Normal, "semibold": QFont.Weight.DemiBold, "bold": QFont.Weight.Bold}


class TypingInPlace:
    """The one inline editor of a view, while there is one."""

    def __init__(self, view: MapView, session: Session) -> None:
        self._view = view
        self._session = session
        self._editor: InlineEditor | None = None
        self._id = ""
        session.commit_asked.connect(self.commit)

    @property
    def editor(self) -> InlineEditor | None:
        """The editor that is open, or None."""
        return self._editor

    def begin(self, id_: str, marks: Iterable[tuple[Box, float]]) -> None:
        """Open the text of an element over its box; where it has none, nothing happens."""
        self.commit()
        element = self._session.document.elements.get(id_)
        field = text_field(element) if element is not None else None
        where = spot(marks)
        if element is None or field is None or where is None:
            return
        editor = InlineEditor(self._view.viewport(), str(getattr(element, field.name)), lines=field.lines)
        editor.finished.connect(lambda text: self._finish(field, text))
        self._editor, self._id = editor, id_
        self._set(where)
        editor.begin()

    def place(self) -> None:
        """Follow the box when the view or the map moves."""
        if self._editor is None:
            return
        where = spot(self._view.map_scene.marks((self._id,)))
        if where is not None:
            self._set(where)

    def commit(self) -> None:
        """Take what was typed, if something is being typed."""
        if self._editor is not None:
            self._editor.commit()

    def drop(self) -> None:
        """Forget what was typed."""
        if self._editor is not None:
            self._editor.give_up()

    def document_changed(self) -> None:
        """Close where the element is gone."""
        if self._editor is not None and self._id not in self._session.document:
            self.drop()

    def _set(self, where: Spot) -> None:
        assert self._editor is not None
        scale = self._view.scale_factor
        self._editor.use(self._view.ink, _font(self._session.typesetter, where.type, scale))
        corner = self._view.view_point(QPointF(where.area.x, where.area.y))
        width = max(where.area.w * scale, LEAST_WIDTH)
        self._editor.place(QRectF(corner.x(), corner.y(), width, where.area.h * scale).toAlignedRect())

    def _finish(self, field: TextField, text: str | None) -> None:
        editor, self._editor = self._editor, None
        had_focus = editor is not None and editor.hasFocus()
        if editor is not None:
            editor.hide()
            editor.deleteLater()
        document = self._session.document
        if self._session.telling:
            text = None  # the element went away with its map, which was just taken back
        if text is not None and self._id in document and getattr(document[self._id], field.name) != text:
            label = msg("Edit {title}", title=named(document, self._id))
            self._session.do(label, set_fields(document, [self._id], **{field.name: text}))
        if had_focus:
            self._view.setFocus()


def _font(typesetter: Typesetter, type_: Type, scale: float) -> QFont:
    """The face of the map for the editor; other scripts come from the system's fonts."""
    face = typesetter.fonts.primary(type_)
    font = QFont(_family(str(face.path)))
    font.setPixelSize(round(max(type_.size * scale, LEAST_SIZE)))
    font.setWeight(_WEIGHTS[type_.weight])
    font.setItalic(type_.italic)
    return font


@cache
def _family(path: str) -> str:
    """Load a font file into Qt's own fonts, once, and tell the name of its family."""
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(path))
    return families[0] if families else ""
