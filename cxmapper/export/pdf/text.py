"""Lines of a box as text operators: the glyphs the layout shaped, and what they mean.

Every cluster is one code that says what it stands for, in whatever order and at whatever heights
its glyphs lie; so no reader has to guess, and every word is found. Readers turn round all they find
in text that runs from right to left, so the characters of one code are turned round before. What
no font has is drawn as a box with its code point, marked with its text (`ActualText`), and remembered;
so is, without a box, a cluster too long for what readers take from a code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmapper.export.pdf.fonts import EmbeddedFont, FontBook, Joined, utf16
from cxmapper.export.pdf.numbers import Colours, Numbers
from cxmapper.export.pdf.shapes import ShapePainter
from cxmapper.layout.sheet import Line
from cxmapper.layout.text import MISSING_EM, Glyph, Run, Typesetter, missing_box

_COUNT = tuple(range(4096))
_LONGEST = 32
_NO_MOVE = 0.005


class TextPainter:
    """Draws lines into content streams of one file."""

    def __init__(
        self,
        typesetter: Typesetter,
        fonts: FontBook,
        shapes: ShapePainter,
        colours: Colours,
        numbers: Numbers,
    ) -> None:
        self._typesetter = typesetter
        self._fonts = fonts
        self._shapes = shapes
        self._colours = colours
        self._numbers = numbers
        self.missing: set[str] = set()

    def draw(self, lines: Sequence[Line]) -> str:
        """The operators that draw `lines`, in their order; "" where there are none."""
        if not lines:
            return ""
        n, out, colour = self._numbers, ["BT"], ""
        for line in lines:
            if line.colour != colour:
                colour = line.colour
                out.append(f"{self._colours[colour]} rg")
            out.append(f"1 0 0 1 {n[line.x]} {n[-line.y]} Tm")
            self._runs(line, out)
        out.append("ET")
        return "\n".join(out)

    def _runs(self, line: Line, out: list[str]) -> None:
        n, size = self._numbers, line.type.size
        runs = self._typesetter.runs(line.text, line.type, line.rtl)
        x, moved = line.x, False
        for run in runs:
            if run.face is None:
                x = self._missing(run, x, line, out)
                moved = True
                continue
            if moved:
                out.append(f"{self._colours[line.colour]} rg 1 0 0 1 {n[x]} {n[-line.y]} Tm")
                moved = False
            font = self._fonts.font(run.face)
            out.append(f"/{font.name} {n[size]} Tf")
            _emit(font, run, out)
            if len(runs) > 1:
                x += sum(glyph.advance for glyph in run.glyphs) * size / run.face.upem

    def _missing(self, run: Run, x: float, line: Line, out: list[str]) -> float:
        """Draw the boxes for a run that no font has, outside the text object; where the pen is then."""
        n, size = self._numbers, line.type.size
        self.missing.update(run.text)
        box, digits = missing_box(run.text, size)
        out.append(f"ET\n{actual_text(run.text)}\nq 1 0 0 1 {n[x]} {n[-line.y]} cm")
        out.append(self._shapes.draw((box,)))
        out.append(self.draw(digits))
        out.append("Q EMC\nBT")
        return x + MISSING_EM * size


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
