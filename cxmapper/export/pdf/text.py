"""Lines of a box as text operators: the glyphs the layout shaped, and what they mean.

Where one glyph stands for one or more characters, its code says so. Where several glyphs make one
cluster, the cluster is marked with its text (`ActualText`). A cluster no font has is drawn as a
box with its code point, marked in the same way, and remembered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmapper.export.pdf.fonts import EmbeddedFont, FontBook, utf16
from cxmapper.export.pdf.numbers import Colours, Numbers
from cxmapper.export.pdf.shapes import ShapePainter
from cxmapper.layout.sheet import Line
from cxmapper.layout.text import MISSING_EM, Glyph, Run, Typesetter, missing_box

_COUNT = tuple(range(4096))
_NOTHING = "\u200b"


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
            _emit(font, run, size, out)
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


def _emit(font: EmbeddedFont, run: Run, size: float, out: list[str]) -> None:
    glyphs, text = run.glyphs, run.text
    if not glyphs:
        return
    gids, clusters, advances, dxs, dys = zip(*glyphs, strict=True)
    if len(gids) == len(text) and clusters == _COUNT[: len(text)] and not any(dxs) and not any(dys):
        pieces = font.pieces
        out.append("[<" + "".join([pieces[key] for key in zip(gids, advances, text, strict=True)]) + ">]TJ")
        return
    line = _Clusters(font, size, out)
    for part, members in _clustered(run):
        line.add(part, members, run.rtl)
    line.end()


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


def _meanings(part: str, count: int, rtl: bool) -> Sequence[str]:
    """What each of `count` glyphs of a cluster stands for, so that together they read as `part`."""
    if count == len(part):
        return part[::-1] if rtl else part
    return [part, *[_NOTHING] * (count - 1)]


class _Clusters:
    """Puts clusters into arrays of codes and moves; the pen is exact whatever the offsets are."""

    def __init__(self, font: EmbeddedFont, size: float, out: list[str]) -> None:
        self._font = font
        self._size = size
        self._out = out
        self._array: list[str] = []
        self._codes: list[str] = []
        self._move = 0.0
        self._rise = 0

    def add(self, part: str, glyphs: list[Glyph], rtl: bool) -> None:
        """Draw a cluster that reads as `part`."""
        marked = len(glyphs) > 1
        if marked:
            self._flush()
            self._out.append(actual_text(part))
        for glyph, meaning in zip(glyphs, _meanings(part, len(glyphs), rtl), strict=True):
            self._glyph(glyph, meaning)
        if marked:
            self._flush()
            self._out.append("EMC")

    def end(self) -> None:
        """Write what is left, and put the rise back."""
        self._flush()
        if self._rise:
            self._out.append("0 Ts")

    def _glyph(self, glyph: Glyph, meaning: str) -> None:
        font = self._font
        if glyph.dy != self._rise:
            self._flush()
            self._rise = glyph.dy
            self._out.append(f"{glyph.dy * self._size / font.face.upem:.3f} Ts")
        self._move -= glyph.dx * font.unit
        if abs(self._move) >= 0.005:
            self._take_codes()
            self._array.append(f"{self._move:.2f}")
            self._move = 0.0
        self._codes.append(f"{font.code(glyph.gid, meaning):04X}")
        self._move += (font.face.advance(glyph.gid) - glyph.advance + glyph.dx) * font.unit

    def _take_codes(self) -> None:
        if self._codes:
            self._array.append("<" + "".join(self._codes) + ">")
            self._codes.clear()

    def _flush(self) -> None:
        self._take_codes()
        if abs(self._move) >= 0.005:
            self._array.append(f"{self._move:.2f}")
            self._move = 0.0
        if self._array:
            self._out.append("[" + "".join(self._array) + "]TJ")
            self._array.clear()
