"""Fonts inside a PDF: codes for glyphs, what they mean as text, and subsets of their outlines.

Every pair of glyph and text gets a code of its own, so that what is searched and copied is exact,
for ligatures too. Several glyphs that make one cluster (a letter and its marks) become one composite
glyph with a code of its own: raised glyphs and marked text (`ActualText`) are allowed as well, but
readers then find fewer words. Outlines are embedded as subsets that the face makes of itself.
"""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from cxmapper.export.pdf.file import PdfFile
from cxmapper.layout.faces import Face

_FULL = 60_000
_BY_GLYPH_COUNT = ("hdmx", "LTSH", "VDMX")


class Joined(NamedTuple):
    """Several glyphs of a face drawn as one: each with its place, and how far they move the pen."""

    parts: tuple[tuple[int, int, int], ...]
    advance: int


class EmbeddedFont:
    """A face as pages use it: `code` gives the code of a glyph that stands for a text."""

    def __init__(self, name: str, face: Face) -> None:
        self.name = name
        self.face = face
        self.unit = 1000 / face.upem
        self.pieces = Pieces(self)
        self._codes: dict[tuple[int | Joined, str], int] = {}
        self._glyphs: list[int | Joined] = []
        self._texts: list[str] = []
        self._advances: list[int] = []
        self.code(0, "\ufffd")

    @property
    def full(self) -> bool:
        """Whether another run of text might not fit into the 65,536 codes a font can have."""
        return len(self._glyphs) > _FULL

    def code(self, glyph: int | Joined, text: str) -> int:
        """The code of a glyph, or of several joined, where it stands for `text`."""
        code = self._codes.get((glyph, text))
        if code is None:
            code = self._codes[glyph, text] = len(self._glyphs)
            self._glyphs.append(glyph)
            self._texts.append(text)
            advance = glyph.advance if isinstance(glyph, Joined) else self.face.advance(glyph)
            self._advances.append(advance)
        return code

    def advance(self, code: int) -> int:
        """How far a code moves the pen by itself, in design units."""
        return self._advances[code]

    def write(self, file: PdfFile) -> None:
        """Add the font to the file, with the outlines of the glyphs that were used."""
        data, numbers = self._outlines()
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
        base = f"/{tag}+{self.face.name}"
        glyph_map = b"".join(numbers[glyph].to_bytes(2, "big") for glyph in self._glyphs)
        cid = {
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": base, "DW": 0, "W": self._widths(),
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}
            ),
            "FontDescriptor": file.add_object(self._descriptor(base, file, data)),
            "CIDToGIDMap": file.add_stream(glyph_map),
        }  # fmt: skip
        font = {
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": base, "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([file.add_object(cid)]),
            "ToUnicode": file.add_stream(_to_unicode(self._texts)),
        }  # fmt: skip
        file.add_font(self.name, font)

    def _outlines(self) -> tuple[bytes, dict[int | Joined, int]]:
        """A TrueType font of the glyphs that were used, and where each is in it."""
        joined = [glyph for glyph in dict.fromkeys(self._glyphs) if isinstance(glyph, Joined)]
        single = {glyph for glyph in self._glyphs if not isinstance(glyph, Joined)}
        single.update(gid for glyph in joined for gid, _, _ in glyph.parts)
        data, found = self.face.pdf_subset(frozenset(single))
        numbers: dict[int | Joined, int] = dict(found.items())
        if joined:
            data, first = with_joined(data, found, joined)
            numbers.update((glyph, first + i) for i, glyph in enumerate(joined))
        return data, numbers

    def _widths(self) -> bytes:
        widths = (f"{advance * self.unit:.3f}".rstrip("0").rstrip(".") for advance in self._advances)
        return f"[0[{' '.join(widths)}]]".encode()

    def _descriptor(self, base: str, file: PdfFile, data: bytes) -> dict[str, Any]:
        face, unit = self.face, self.unit
        bounds = struct.unpack(">4h", bytes(hb.Face(data).reference_table("head").data)[36:44])
        capital = face.hb_font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
        return {
            "Type": "/FontDescriptor", "FontName": base, "Flags": 4, "StemV": 80, "ItalicAngle": 0,
            "FontBBox": pdfdoc.PDFArray([round(value * unit) for value in bounds]),
            "Ascent": round(face.ascent * unit), "Descent": round(face.descent * unit),
            "CapHeight": round(capital * unit),
            "FontFile2": file.add_stream(data, Length1=len(data)),
        }  # fmt: skip


class Pieces(dict[tuple[int, int, str], str]):
    """What a content stream says for one glyph without an offset: its code, and its kerning."""

    def __init__(self, font: EmbeddedFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, key: tuple[int, int, str]) -> str:
        gid, advance, text = key
        font = self._font
        code = font.code(gid, text)
        kern = (font.advance(code) - advance) * font.unit
        piece = f"{code:04X}"
        if abs(kern) >= 0.005:
            piece += f">{f'{kern:.2f}'.rstrip('0').rstrip('.')}<"
        self[key] = piece
        return piece


class FontBook:
    """The fonts of one file, in the order in which they were first used."""

    def __init__(self) -> None:
        self._current: dict[int, EmbeddedFont] = {}
        self._fonts: list[EmbeddedFont] = []

    def font(self, face: Face) -> EmbeddedFont:
        """The embedded font of a face; a further one where its codes have run out."""
        found = self._current.get(id(face))
        if found is None or found.full:
            found = self._current[id(face)] = EmbeddedFont(f"F{len(self._fonts)}", face)
            self._fonts.append(found)
        return found

    def write(self, file: PdfFile) -> None:
        """Add all fonts to the file."""
        for font in self._fonts:
            font.write(file)


def _to_unicode(texts: list[str]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for first in range(0, len(texts), 100):
        some = texts[first : first + 100]
        lines.append(f"{len(some)} beginbfchar")
        lines += [f"<{first + i:04X}> <{utf16(text)}>" for i, text in enumerate(some)]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end\n")
    return "\n".join(lines).encode()


def utf16(text: str) -> str:
    """`text` as hexadecimal UTF-16, big endian.

    >>> utf16("aé😀")
    '006100E9D83DDE00'
    """
    return text.encode("utf-16-be").hex().upper()


def with_joined(data: bytes, numbers: Mapping[int, int], joined: Sequence[Joined]) -> tuple[bytes, int]:
    """The TrueType font `data` with one composite glyph more for each of `joined`.

    `numbers` says where the glyphs of the face are in it. Gives the number of the first new glyph too.
    """
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    for table in _BY_GLYPH_COUNT:
        if table in font:
            del font[table]
    glyphs, metrics, order = font["glyf"], font["hmtx"].metrics, list(font.getGlyphOrder())
    first = len(order)
    for glyph in joined:
        pen = TTGlyphPen(glyphs)
        for gid, x, y in glyph.parts:
            if glyphs[order[numbers[gid]]].numberOfContours:
                pen.addComponent(order[numbers[gid]], (1, 0, 0, 1, x, y))
        name = f"joined{len(order)}"
        composed = glyphs[name] = pen.glyph()
        composed.recalcBounds(glyphs)
        metrics[name] = (glyph.advance, getattr(composed, "xMin", 0))
        order.append(name)
    font.setGlyphOrder(order)
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue(), first
