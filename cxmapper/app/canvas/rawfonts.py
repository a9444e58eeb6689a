"""Qt fonts for the faces that the layout shaped with: the same outlines, found by the same glyph ids.

Small TrueType faces are loaded whole. Of others only the glyphs that are needed are loaded, as
parts: what is needed later becomes another part, so that no glyph is prepared twice. Qt darkens
the stems of CFF outlines by a third, which makes Chinese look bold beside Latin; so CFF faces
are loaded as the TrueType outlines that the PDF has of them. Knows nothing of text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QRawFont

from cxmapper.layout.fonts import Face


class FontPart:
    """A loaded font, and which glyph of it stands for which of its face (None: the same numbers)."""

    def __init__(self, data: bytes, numbers: Mapping[int, int] | None) -> None:
        self._data = QByteArray(data)
        self._numbers = numbers
        self._sizes: dict[float, QRawFont] = {}

    def at(self, size: float) -> QRawFont:
        """The font at `size` pixels to the em, unhinted."""
        found = self._sizes.get(size)
        if found is None:
            found = QRawFont(self._data, size, QFont.HintingPreference.PreferNoHinting)
            self._sizes[size] = found
        return found

    def number(self, gid: int) -> int:
        """The number in this font of the glyph `gid` of the face."""
        return gid if self._numbers is None else self._numbers[gid]


class RawFonts:
    """Finds the font in which a glyph of a face is loaded, and loads it where it is not."""

    def __init__(self) -> None:
        self._whole: dict[str, FontPart] = {}
        self._parts: dict[str, dict[int, FontPart]] = {}

    def prepare(self, wanted: Mapping[Face, set[int]]) -> None:
        """Load what is lacking of these glyphs, each face in one part."""
        for face, gids in wanted.items():
            self._load(face, gids)

    def part(self, face: Face, gid: int) -> FontPart:
        """The font that holds the glyph `gid` of `face`."""
        whole = self._whole.get(face.key)
        if whole is not None:
            return whole
        known = self._parts.get(face.key)
        if known is None or gid not in known:
            self._load(face, (gid,))
            return self.part(face, gid)
        return known[gid]

    def _load(self, face: Face, gids: Iterable[int]) -> None:
        if face.key in self._whole:
            return
        if face.outlines == "glyf" and not face.is_large:
            self._whole[face.key] = FontPart(face.static_bytes(), None)
            return
        known = self._parts.setdefault(face.key, {})
        lacking = frozenset(gids) - known.keys()
        if lacking:
            part = _cut(face, lacking)
            known.update(dict.fromkeys(lacking, part))


def _cut(face: Face, gids: frozenset[int]) -> FontPart:
    if face.outlines == "glyf":
        return FontPart(face.static_bytes(gids), None)
    data, numbers = face.pdf_subset(gids)
    return FontPart(data, numbers)
