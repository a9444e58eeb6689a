"""Fonts for the panels and bars: what no font of the system draws, a face of the map's own does.

The canvas sets its text itself. Widgets use the fonts of the system, which may lack whole scripts;
then they would show boxes beside a map that is whole. Nothing is loaded before a document has such
a character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QApplication

from cxmapper.app.session import Session
from cxmapper.edit.change import Change
from cxmapper.layout.fonts import Face, Fonts, han_shapes
from cxmapper.layout.options import BODY
from cxmapper.model.base import Element

_SPARES = 3


class WidgetFonts:
    """Lends the application the faces that the texts of its sessions need, behind its own font."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._known: set[str] = set()
        self._lent: dict[str, _Lent] = {}
        self._times = 0

    def watch(self, session: Session) -> None:
        """Serve a session, from the next document it opens on."""
        session.document_replaced.connect(partial(self._on_document, session))
        session.document_changed.connect(partial(self._on_change, session))

    def _on_document(self, session: Session) -> None:
        self._serve(session, session.document.elements.values())

    def _on_change(self, session: Session, change: Change) -> None:
        self._serve(session, (after for _, after in change.items.values() if after is not None))

    def _serve(self, session: Session, elements: Iterable[Element]) -> None:
        new = {c for element in elements for text in _texts(element) for c in text} - self._known
        self._known |= new
        strange = "".join(sorted(filter(_may_lack, new)))
        if strange:
            metrics = QFontMetrics(self._app.font())
            lacking = {c for c in strange if not metrics.inFontUcs4(ord(c))}
            han = han_shapes(session.language, strange)
            faces = faces_for(sorted(lacking), session.typesetter.fonts, han) if lacking else []
            if faces:
                self._lend(faces, lacking)

    def _lend(self, faces: Iterable[Face], lacking: Iterable[str]) -> None:
        for face in faces:
            self._lent.setdefault(face.key, _Lent(face)).extend(lacking)
        families = [lent.family for lent in self._lent.values() if lent.family]
        # A font that was asked for before is answered as before: that the name of a face comes once,
        # twice or three times makes it another font.
        self._times += 1
        font = self._app.font()
        own = [family for family in font.families() if family not in families]
        font.setFamilies([*own, *families, *families[-1:] * (self._times % _SPARES)])
        self._app.setFont(font)


class _Lent:
    """A face as the application has it: the whole file, or of a large one the characters needed so far."""

    def __init__(self, face: Face) -> None:
        self.family = ""
        self._face = face
        self._characters: set[str] = set()
        self._number = -1

    def extend(self, characters: Iterable[str]) -> None:
        """Have these characters too, where the face has them."""
        wanted = {c for c in characters if ord(c) in self._face.unicodes}
        if self._number >= 0 and (not self._face.is_large or wanted <= self._characters):
            return
        self._characters |= wanted
        if self._number >= 0:
            QFontDatabase.removeApplicationFont(self._number)
        self._number = QFontDatabase.addApplicationFontFromData(QByteArray(self._data()))
        self.family = next(iter(QFontDatabase.applicationFontFamilies(self._number)), "")

    def _data(self) -> bytes:
        # The file of a small one keeps the tables by which Qt shapes words, which a static font lacks.
        if not self._face.is_large:
            return self._face.path.read_bytes()
        found = (self._face.hb_font.get_nominal_glyph(ord(c)) for c in self._characters)
        return self._face.static_bytes(frozenset(gid for gid in found if gid is not None))


def faces_for(characters: Iterable[str], fonts: Fonts, han: str) -> list[Face]:
    """The faces that draw these characters, each once; a character that no font has needs none."""
    found: list[Face] = []
    for character in characters:
        if not any(ord(character) in face.unicodes for face in found):
            ((_, face),) = fonts.choose(character, BODY, han)
            if face is not None:
                found.append(face)
    return found


def _may_lack(character: str) -> bool:
    """Whether a font of widgets may lack a character: no Western letter, no control sign."""
    return character > "\u024f" and unicodedata.category(character)[0] != "C"


def _texts(element: Element) -> Iterator[str]:
    """All texts of an element."""
    for value in vars(element).values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, str))
        elif isinstance(value, Mapping):
            yield from (part for pair in value.items() for part in pair if isinstance(part, str))
