"""Lines of a box as text operators: the glyphs the layout shaped, and what they mean.

Every cluster is one code that says what it stands for, in whatever order and at whatever heights
its glyphs lie; so no reader has to guess, and every word is found. Readers turn round all they find
in text that runs from right to left, so the characters of one code are turned round before. What
no font has is an invisible glyph under a drawn box with its code point, and remembered. Only a cluster
too long for what readers take from a code is marked with its text (`ActualText`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmapper.export.outlines import line_outlines
from cxmapper.export.pdf.file import PdfFile
from cxmapper.export.pdf.fonts import EmbeddedFont, FontBook, Joined, utf16
from cxmapper.export.pdf.numbers import Colours, Numbers
from cxmapper.export.pdf.shapes import ShapePainter
from cxmapper.layout.sheet import Line, Type
from cxmapper.layout.text import MISSING_EM, Glyph, Run, Typesetter, missing_box

_COUNT = tuple(range(4096))
_LONGEST = 32
_NO_MOVE = 0.005


class TextPainter:
    """Draws lines into content streams of one file."""

    def __init__(
        self,
        file: PdfFile,
        typesetter: Typesetter,
        fonts: FontBook,
        shapes: ShapePainter,
        colours: Colours,
        numbers: Numbers,
    ) -> None:
        self._file = file
        self._typesetter = typesetter
        self._fonts = fonts
        self._shapes = shapes
        self._colours = colours
        self._numbers = numbers
        self._rows: dict[Line, str] = {}
        self._lines: dict[tuple[str, Type, bool], str] = {}
        self.missing: set[str] = set()

    def draw(self, lines: Sequence[Line]) -> str:
        """The operators that draw `lines`, in their order; "" where there are none."""
        if not lines:
            return ""
        n, out, colour = self._numbers, ["BT"], ""
        boxes: list[str] = []
        for line in lines:
            if line.colour != colour:
                colour = line.colour
                out.append(f"{self._colours[colour]} rg")
            out.append(f"1 0 0 1 {n[line.x]} {n[-line.y]} Tm\n{self._set(line, boxes)}")
        out.append("ET")
        return "\n".join([*boxes, *out])

    def _set(self, line: Line, boxes: list[str]) -> str:
        """The operators that draw a line from where the pen is; the same words are set only once."""
        key = (line.text, line.type, line.rtl)
        operators = self._lines.get(key)
        if operators is not None:
            return operators
        out: list[str] = []
        font: EmbeddedFont | None = None
        x, whole = line.x, True
        for run in self._typesetter.runs(line.text, line.type, line.rtl):
            if font is not None and run.text == " " and run.face is not font.face and out[-1].endswith("]TJ"):
                out[-1] = _with_space(out[-1], font, run)
            else:
                font = self._fonts.font(run.face or self._typesetter.fonts.primary(line.type))
                out.append(f"/{font.name} {self._numbers[line.type.size]} Tf")
                if run.face is None:
                    out.append(f"3 Tr <{_stand_in(font, run.text):04X}>Tj 0 Tr")
                    boxes.append(self._missing(run.text, x, line))
                    whole = False
                else:
                    _emit(font, run, out)
            x += run.em * line.type.size
        operators = "\n".join(out)
        if whole:
            self._lines[key] = operators
        return operators

    def _missing(self, text: str, x: float, line: Line) -> str:
        """The box that is seen where a character is that no font has; it is no text itself."""
        self.missing.update(text)
        box, codes = missing_box(text, line.type.size)
        n = self._numbers
        digits = " ".join(f"/{self._digits(code, line.type.size)} Do" for code in codes)
        return f"q 1 0 0 1 {n[x]} {n[-line.y]} cm\n{self._shapes.draw((box,))}\n{digits}\nQ"

    def _digits(self, code: Line, size: float) -> str:
        """The name of the form of a row of digits, drawn once however often the character is missing."""
        name = self._rows.get(code)
        if name is None:
            name = self._rows[code] = f"D{len(self._rows)}"
            outlines = self._shapes.draw(line_outlines(code, self._typesetter))
            self._file.add_form(name, outlines, (0, -size, MISSING_EM * size, size))
        return name


def _with_space(operator: str, font: EmbeddedFont, space: Run) -> str:
    """A piece of text with a space of another face after it, in its own font.

    Readers that work by pieces leave out one that is but a space, and run two words into one.
    """
    code = font.code(Joined((), round(space.em * font.face.upem)), " ")
    move = font.advance(code) * font.unit - space.em * 1000
    after = f"{move:.3f}" if abs(move) >= _NO_MOVE else ""
    return f"{operator.removesuffix(']TJ')}<{code:04X}>{after}]TJ"


def _stand_in(font: EmbeddedFont, text: str) -> int:
    """The code for a character no font has, to be set invisibly under its box.

    It is a digit as wide as the box: some readers leave out a glyph without ink.
    """
    zero = font.face.hb_font.get_nominal_glyph(ord("0")) or 0
    return font.code(Joined(((zero, 0, 0),), round(MISSING_EM * font.face.upem)), text)


def actual_text(text: str) -> str:
    """The operator that begins a piece of content which reads as `text`; EMC ends it."""
    return f"/Span<</ActualText<FEFF{utf16(text)}>>>BDC"


def _emit(font: EmbeddedFont, run: Run, out: list[str]) -> None:
    glyphs, text = run.glyphs, run.text
    if not glyphs:
        return
    gids, clusters, advances, dxs, dys = zip(*glyphs, strict=True)
    if len(gids) == len(text) and clusters == _COUNT[: len(text)] and not any(dxs) and not any(dys):
        pieces = font.pieces
        out.append("[<" + "".join([pieces[key] for key in zip(gids, advances, text, strict=True)]) + ">]TJ")
        return
    array = _Array(font, out)
    for part, members in _clustered(run):
        array.add(part, members, run.rtl)
    array.end()


def _clustered(run: Run) -> Iterator[tuple[str, list[Glyph]]]:
    """The clusters of a run in visual order: the text of each and its glyphs."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    ends = dict(zip(starts, [*starts[1:], len(run.text)], strict=True))
    members: list[Glyph] = []
    for glyph in run.glyphs:
        if members and members[0].cluster != glyph.cluster:
            yield run.text[members[0].cluster : ends[members[0].cluster]], members
            members = []
        members.append(glyph)
    yield run.text[members[0].cluster : ends[members[0].cluster]], members


class _Array:
    """Codes and moves of one run; the pen is exact whatever the offsets are."""

    def __init__(self, font: EmbeddedFont, out: list[str]) -> None:
        self._font = font
        self._out = out
        self._array: list[str] = []
        self._codes: list[str] = []
        self._move = 0.0

    def add(self, part: str, glyphs: list[Glyph], rtl: bool) -> None:
        """Draw a cluster that reads as `part`."""
        read = part[::-1] if rtl else part
        if len(part) > _LONGEST:
            self.end()
            self._out.append(actual_text(part))
        first = glyphs[0]
        if len(glyphs) == 1 and not first.dy:
            self._draw(self._font.code(first.gid, read), first.dx, first.advance)
        else:
            joined = joined_glyph(glyphs)
            self._draw(self._font.code(joined, read), 0, sum(glyph.advance for glyph in glyphs))
        if len(part) > _LONGEST:
            self.end()
            self._out.append("EMC")

    def _draw(self, code: int, offset: int, advance: int) -> None:
        font = self._font
        self._move -= offset * font.unit
        if abs(self._move) >= _NO_MOVE:
            self._take_codes()
        self._codes.append(f"{code:04X}")
        self._move += (font.advance(code) - advance + offset) * font.unit

    def _take_codes(self) -> None:
        if self._codes:
            self._array.append("<" + "".join(self._codes) + ">")
            self._codes.clear()
        if abs(self._move) >= _NO_MOVE:
            self._array.append(f"{self._move:.2f}".rstrip("0").rstrip("."))
            self._move = 0.0

    def end(self) -> None:
        """Write what there is so far."""
        self._take_codes()
        if self._array:
            self._out.append("[" + "".join(self._array) + "]TJ")
            self._array.clear()


def joined_glyph(glyphs: Sequence[Glyph]) -> Joined:
    """Glyphs of one cluster at their places, as one."""
    parts, pen = [], 0
    for glyph in glyphs:
        parts.append((glyph.gid, pen + glyph.dx, glyph.dy))
        pen += glyph.advance
    return Joined(tuple(parts), max(pen, 0))
