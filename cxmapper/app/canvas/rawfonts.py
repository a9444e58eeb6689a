"""Qt fonts for the faces that the layout shaped with: the same bytes, the same glyph ids.

Small faces are loaded whole. Of a large one (Chinese, Japanese, Korean) only the glyphs that have
been needed are loaded, with their numbers kept; it is loaded anew when others are needed. Knows
nothing of text: it is asked for glyph numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QRawFont

from cxmapper.layout.fonts import Face


@dataclass(slots=True)
class _Loaded:
    data: QByteArray
    gids: frozenset[int] | None
    sizes: dict[float, QRawFont]


class RawFonts:
    """Hands out a QRawFont for a face and a size, loading no more of a large face than is needed."""

    def __init__(self) -> None:
        self._loaded: dict[str, _Loaded] = {}

    def prepare(self, wanted: Mapping[Face, set[int]]) -> None:
        """Load what is lacking of these glyphs, each face at most once."""
        for face, gids in wanted.items():
            self._load(face, gids)

    def font(self, face: Face, size: float, gids: Iterable[int]) -> QRawFont:
        """The face at `size` pixels to the em, with at least the glyphs `gids` in it."""
        loaded = self._load(face, gids)
        found = loaded.sizes.get(size)
        if found is None:
            found = QRawFont(loaded.data, size, QFont.HintingPreference.PreferNoHinting)
            loaded.sizes[size] = found
        return found

    def _load(self, face: Face, gids: Iterable[int]) -> _Loaded:
        loaded = self._loaded.get(face.key)
        if loaded is not None and (loaded.gids is None or loaded.gids.issuperset(gids)):
            return loaded
        keep = frozenset(gids) | frozenset({0}) if face.is_large else None
        if loaded is not None and loaded.gids is not None and keep is not None:
            keep |= loaded.gids
        loaded = _Loaded(QByteArray(face.static_bytes(keep)), keep, {})
        self._loaded[face.key] = loaded
        return loaded
