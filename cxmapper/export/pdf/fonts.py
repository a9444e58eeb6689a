"""Fonts inside a PDF: codes for glyphs, what they mean as text, and subsets of their outlines.

Every pair of glyph and text gets a code of its own, so that what is searched and copied is exact,
for ligatures and for a glyph that stands for several characters too. Outlines are embedded as
subsets that the face makes of itself.
"""

from __future__ import annotations

import hashlib
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from cxmapper.export.pdf.file import PdfFile
from cxmapper.layout.faces import Face

_FULL = 60_000


class EmbeddedFont:
    """A face as pages use it: `code` gives the code of a glyph that stands for a text."""

    def __init__(self, name: str, face: Face) -> None:
        self.name = name
        self.face = face
        self._codes: dict[tuple[int, str], int] = {}
        self._glyphs: list[int] = []
        self._texts: list[str] = []
        self.unit = 1000 / face.upem
        self.pieces = Pieces(self)
        self.code(0, "\ufffd")

    @property
    def full(self) -> bool:
        """Whether another run of text might not fit into the 65,536 codes a font can have."""
        return len(self._glyphs) > _FULL

    def code(self, gid: int, text: str) -> int:
        """The code of the glyph `gid` where it stands for `text`."""
        code = self._codes.get((gid, text))
        if code is None:
            code = self._codes[gid, text] = len(self._glyphs)
            self._glyphs.append(gid)
            self._texts.append(text)
        return code

    def write(self, file: PdfFile) -> None:
        """Add the font to the file, with the outlines of the glyphs that were used."""
        data, numbers = self.face.pdf_subset(frozenset(self._glyphs))
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
        base = f"/{tag}+{self.face.name}"
        glyph_map = b"".join(numbers[gid].to_bytes(2, "big") for gid in self._glyphs)
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

    def _widths(self) -> bytes:
        widths = (f"{self.face.advance(gid) * self.unit:.3f}".rstrip("0").rstrip(".") for gid in self._glyphs)
        return f"[0[{' '.join(widths)}]]".encode()

    def _descriptor(self, base: str, file: PdfFile, data: bytes) -> dict[str, Any]:
        face, unit = self.face, self.unit
        boxes = [face.hb_font.get_glyph_extents(gid) for gid in dict.fromkeys(self._glyphs)]
        inked = [box for box in boxes if box is not None]
        bounds = [
            min((box.x_bearing for box in inked), default=0),
            min((box.y_bearing + box.height for box in inked), default=face.descent),
            max((box.x_bearing + box.width for box in inked), default=face.upem),
            max((box.y_bearing for box in inked), default=face.ascent),
        ]
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
        kern = (font.face.advance(gid) - advance) * font.unit
        piece = f"{font.code(gid, text):04X}"
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
