"""Turns pieces of text into glyphs with HarfBuzz: each in one direction, each word once.

A *unit* is what is shaped in one go: a word without spaces, or the part of one that runs in one
direction. A line's glyphs are its units' glyphs side by side, so that widths of words add up to the
width of the line, to the letter. Knows nothing of lines, breaks and paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain, groupby
from typing import NamedTuple

import uharfbuzz as hb

from cxmapper.layout.characters import cluster_ends, script_of
from cxmapper.layout.faces import Face
from cxmapper.layout.fonts import Fonts, han_shapes
from cxmapper.layout.sheet import Type, Weight

MISSING_EM = 0.8
"""Width of the box that stands for a character no font has, in parts of the type's size."""

_SOFT_HYPHEN = "\u00ad"
KEPT = 200
"""Longer texts are not kept in memory once they are shaped."""

_UNITS = 20_000
_WIDEST_SPACE = 0.5  # that of the emoji is as wide as a picture


class Glyph(NamedTuple):
    """A glyph of a face, in design units; `cluster` is where its text begins in the run's text."""

    gid: int
    cluster: int
    advance: int
    dx: int
    dy: int


class Run(NamedTuple):
    """Glyphs of one face from left to right, and the text they show, in the order it is read.

    `face` is None for a character that no font has: it has no glyphs and is MISSING_EM wide.
    """

    face: Face | None
    glyphs: tuple[Glyph, ...]
    text: str
    rtl: bool

    @property
    def em(self) -> float:
        """The run's width in parts of the type's size."""
        if self.face is None:
            return MISSING_EM
        return sum(glyph.advance for glyph in self.glyphs) / self.face.upem


class Unit(NamedTuple):
    """A shaped unit: its runs as they are read, its width, and that of a space after it (in em).

    `steps` shares the width out among the characters: a cluster's goes to its first.
    """

    runs: tuple[Run, ...]
    em: float
    space: float
    steps: tuple[float, ...]


class Shaper:
    """Shapes units in the faces of `fonts`, for a language (BCP 47, may be empty)."""

    def __init__(self, fonts: Fonts, language: str = "") -> None:
        self.fonts = fonts
        self.language = language
        self._kept = lru_cache(maxsize=_UNITS)(self._shaped)
        self._space = lru_cache(maxsize=500)(self._space_unit)

    def unit(self, text: str, type_: Type, rtl: bool = False) -> Unit:
        """`text` (without spaces, in one direction) as glyphs; the size of the type plays no part."""
        shape = self._kept if len(text) <= KEPT else self._shaped
        return shape(text, type_.weight, type_.italic, rtl)

    def space(self, after: Unit | None, type_: Type, rtl: bool = False) -> Unit:
        """A space, in the face of the unit before it where that has a usual one, else in the type's own."""
        face = after.runs[-1].face if after is not None and after.runs else None
        return self._space(face, type_.weight, type_.italic, rtl)

    def _space_unit(self, face: Face | None, weight: Weight, italic: bool, rtl: bool) -> Unit:
        own = self.fonts.primary(Type(0, weight, italic))
        run = self._space_run(face if face is not None and 0x20 in face.unicodes else own, rtl)
        if run.em > _WIDEST_SPACE:
            run = self._space_run(own, rtl)
        return Unit((run,), run.em, run.em, (run.em,))

    def _space_run(self, face: Face, rtl: bool) -> Run:
        return Run(face, self._glyphs(face, " ", "Zyyy", rtl), " ", rtl)

    def _shaped(self, text: str, weight: Weight, italic: bool, rtl: bool) -> Unit:
        type_ = Type(0, weight, italic)
        runs = tuple(self._runs(text, type_, rtl))
        unit = Unit(runs, sum(run.em for run in runs), 0.0, tuple(chain.from_iterable(map(_steps, runs))))
        return unit._replace(space=self.space(unit, type_, rtl).em)

    def _runs(self, text: str, type_: Type, rtl: bool) -> Iterator[Run]:
        primary = self.fonts.primary(type_)
        if text.endswith(_SOFT_HYPHEN):
            # Where a line ends at a soft hyphen the hyphen shows; the text keeps what was written.
            *whole, last = self._runs(text[:-1] + "-", type_, rtl)
            yield from (*whole, last._replace(text=last.text[:-1] + _SOFT_HYPHEN))
            return
        if text.isascii() and text.isprintable():
            yield Run(primary, self._glyphs(primary, text, "Latn", rtl), text, rtl)
            return
        for face, script, part in self._items(text, type_):
            yield Run(face, self._glyphs(face, part, script, rtl) if face is not None else (), part, rtl)

    def _items(self, text: str, type_: Type) -> Iterator[tuple[Face | None, str, str]]:
        """`text` in parts of one face and one script; a missing character is a part of its own."""
        parts: list[tuple[Face | None, str, str]] = []
        start, script, han = 0, "", han_shapes(self.language, text)
        for end in cluster_ends(text):
            own = script_of(text[start:end])
            if own and not script:
                parts = [(face, own, part) for face, _, part in parts]
            script = own or script
            for part, face in self.fonts.choose(text[start:end], type_._replace(size=0), han):
                parts.append((face, script, part))
            start = end
        for (face, script), same in groupby(parts, key=lambda item: item[:2]):
            if face is None:
                yield from same
            else:
                yield face, script, "".join(item[2] for item in same)

    def _glyphs(self, face: Face, text: str, script: str, rtl: bool) -> tuple[Glyph, ...]:
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.script = script or "Zyyy"
        buffer.language = self.language or "und"
        hb.shape(face.hb_font, buffer)
        places = buffer.glyph_positions or ()
        return tuple([
            Glyph(info.codepoint, info.cluster, place.x_advance, place.x_offset, place.y_offset)
            for info, place in zip(buffer.glyph_infos, places, strict=True)
        ])  # fmt: skip


def _steps(run: Run) -> list[float]:
    """The advance of each character of a run, in em."""
    steps = [0.0] * len(run.text)
    if run.face is None:
        steps[0] = MISSING_EM
        return steps
    upem = run.face.upem
    for glyph in run.glyphs:
        steps[glyph.cluster] += glyph.advance / upem
    return steps


def joined(runs: list[Run]) -> Run:
    """Neighbours of one face and direction as one run; `runs` come in the order they are read."""
    if len(runs) == 1:
        return runs[0]
    parts: list[Iterable[Glyph]] = []
    offset = 0
    for _, glyphs, text, _ in runs:
        parts.append([_glyph((g, c + offset, a, x, y)) for g, c, a, x, y in glyphs] if offset else glyphs)
        offset += len(text)
    if runs[0].rtl:
        parts.reverse()
    text = "".join([run.text for run in runs])
    return Run(runs[0].face, tuple(chain.from_iterable(parts)), text, runs[0].rtl)


# What `Glyph(…)` does, in half the time: whole maps are put together by it.
_glyph = partial(tuple.__new__, Glyph)
