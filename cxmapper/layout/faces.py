"""One face of a font: its measures, the characters it has, and its bytes for painters.

A face is a font file, the number of the face in it, and the place on its axes that is used of a
variable font. Nothing is read before it is asked for. A face knows nothing of other faces, of
sizes and of text.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal

import uharfbuzz as hb

from cxmapper.layout.subset import pdf_subset, static_font

LARGE = 8_000
_RESTRICTED = 0x0002
_STYLES = {400: "Regular", 600: "Semibold", 700: "Bold"}


class Face:
    """A face of the font file at `path`, with the axes of `variations` pinned ({"wght": 600}).

    Raises OSError from any property when the file can't be read; a file that is no font has no
    characters (`unicodes` is empty).
    """

    def __init__(self, path: Path, index: int = 0, variations: Mapping[str, float] | None = None) -> None:
        self.path = path
        self.index = index
        self.variations = dict(variations or {})
        pins = "".join(f";{tag}={value:g}" for tag, value in sorted(self.variations.items()))
        self.key = f"{path.name}#{index}{pins}"

    def __repr__(self) -> str:
        return f"Face({self.key})"

    @cached_property
    def hb_face(self) -> hb.Face:
        """The face as HarfBuzz has it open."""
        if not self.path.is_file():
            raise FileNotFoundError(self.path)
        return hb.Face(hb.Blob.from_file_path(str(self.path)), self.index)

    @cached_property
    def hb_font(self) -> hb.Font:
        """The face with its axes set, in design units: what shapes and draws."""
        font = hb.Font(self.hb_face)
        if self.variations:
            font.set_variations(self.variations)
        return font

    @cached_property
    def unicodes(self) -> hb.Set:
        """The code points that the face has a glyph for; ask `in`."""
        return self.hb_face.unicodes

    @cached_property
    def tables(self) -> frozenset[str]:
        """The names of the tables of the font."""
        return frozenset(self.hb_face.table_tags)

    @cached_property
    def name(self) -> str:
        """The PostScript name, with the style that the pinned weight makes."""
        written = self.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or self.path.stem
        found = re.sub("[^A-Za-z0-9-]", "", written) or "Font"
        if "wght" in self.variations:
            weight = int(self.variations["wght"])
            found = f"{found.partition('-')[0]}-{_STYLES.get(weight, f'W{weight}')}"
        return found

    @cached_property
    def upem(self) -> int:
        """Design units in an em."""
        return int(self.hb_face.upem)

    @cached_property
    def ascent(self) -> int:
        """Height over the baseline in design units."""
        return int(self.hb_font.get_font_extents("ltr").ascender)

    @cached_property
    def descent(self) -> int:
        """Depth under the baseline in design units, negative."""
        return int(self.hb_font.get_font_extents("ltr").descender)

    @cached_property
    def outlines(self) -> Literal["glyf", "cff"]:
        """Which sort of outlines the face has: TrueType, or CFF and CFF2."""
        return "glyf" if "glyf" in self.tables else "cff"

    @cached_property
    def is_large(self) -> bool:
        """Whether `static_bytes(None)` would take seconds: ask for the glyphs that are needed."""
        return int(self.hb_face.glyph_count) > LARGE

    @cached_property
    def is_single(self) -> bool:
        """Whether the file holds this one face and no axes, so that its bytes are the static font."""
        return not self.hb_face.axis_infos and int(self.hb_face.count) <= 1

    @cached_property
    def has_outlines(self) -> bool:
        """Whether glyphs can be drawn as vectors; fonts of coloured pictures often have none."""
        return not self.tables.isdisjoint(("glyf", "CFF ", "CFF2"))

    @cached_property
    def may_embed(self) -> bool:
        """Whether the font's licence bits let a document carry it (OS/2 fsType)."""
        os2 = bytes(self.hb_face.reference_table("OS/2").data)
        return len(os2) < 10 or not struct.unpack(">H", os2[8:10])[0] & _RESTRICTED

    @cached_property
    def _advances(self) -> dict[int, int]:
        return {}

    def advance(self, gid: int) -> int:
        """The advance width of a glyph in design units, before any kerning."""
        found = self._advances.get(gid)
        if found is None:
            found = self._advances[gid] = int(self.hb_font.get_glyph_h_advance(gid))
        return found

    def static_bytes(self, gids: frozenset[int] | None = None) -> bytes:
        """One static font with the same glyph ids: axes pinned, taken out of its collection.

        With `gids`, only these glyphs (and glyph 0) keep outlines; None keeps all. For a face
        that `is_large`, None takes seconds and makes megabytes.
        """
        if self.is_single and (gids is None or not self.is_large):
            return self.path.read_bytes()
        return static_font(self.hb_face, self.variations, gids)

    def pdf_subset(self, gids: frozenset[int]) -> tuple[bytes, dict[int, int]]:
        """The smallest TrueType font with these glyphs, and {glyph id here: glyph id there}.

        Glyph 0 is always in it. The same glyphs always give the same bytes.
        """
        return pdf_subset(self.hb_face, self.hb_font, self.variations, gids, glyf=self.outlines == "glyf")
