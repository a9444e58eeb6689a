"""Sets text: how wide it is, where its lines break, and which glyphs a line consists of.

Each word is measured once and lines are filled by adding widths; the glyphs of a line are looked
up when it is painted or printed, and they are exactly as wide as was measured. Breaks come from
Unicode line breaking, with dictionaries for Thai and its neighbours. Text is plain, and no text of
a map can make this raise. Knows nothing of colours, boxes and painters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, chain, groupby, islice, pairwise, repeat
from typing import NamedTuple

from cxmapper.layout.bidi import base_is_rtl, levels, may_run_right_to_left, visual_order
from cxmapper.layout.breaks import SPACES, fill
from cxmapper.layout.characters import cluster_ends, unbroken
from cxmapper.layout.fonts import Fonts
from cxmapper.layout.shaping import KEPT, MISSING_EM, Glyph, Run, Shaper, Unit, joined
from cxmapper.layout.sheet import Line, Rect, Type, Weight

__all__ = ["MISSING_EM", "Glyph", "Run", "Typesetter", "Wrapped", "missing_box"]

ELLIPSIS = "…"
_BREAKS = re.compile("[\n\u2028\u2029]")
_JUST_UNDER = 1 - 1e-12
_WORDS = 50_000
# The missing-character box, in parts of the type's size; digits are about half as wide as high.
_DIGIT_SIZE, _DIGIT_EM = 0.42, 0.5
_BOX_MARGIN, _BOX_TOP, _BOX_DEPTH = 0.05, 0.78, 0.1
_ROWS = (0.41, 0.0)


class Wrapped(NamedTuple):
    """A line of a broken text: its words without trailing spaces, its width in points, its direction."""

    text: str
    width: float
    rtl: bool


class _WordWidths(dict[str, float]):
    """Widths in em of words that lines keep whole, measured when first asked for.

    −1 for what is no such word: it may break within, or runs to the left, or needs another face.
    It is emptied when full, for a look-up that counts uses would take longer than filling it again.
    """

    def __init__(self, shaper: Shaper, type_: Type) -> None:
        super().__init__()
        self._shaper = shaper
        self._type = type_
        self.space = shaper.space(None, type_).em

    def __missing__(self, word: str) -> float:
        if len(self) >= _WORDS:
            self.clear()
        self[word] = em = self._measured(word)
        return em

    def _measured(self, word: str) -> float:
        if len(word) > KEPT or not unbroken(word) or may_run_right_to_left(word):
            return -1.0
        unit = self._shaper.unit(word, self._type)
        primary = self._shaper.fonts.primary(self._type)
        return unit.em if all(run.face is primary for run in unit.runs) else -1.0


class Typesetter:
    """Measures and breaks text in the fonts given; `language` (BCP 47) decides about Han shapes.

    What it remembers is bounded: words, and the glyphs of lines, least recently used first out.
    """

    def __init__(self, fonts: Fonts, language: str = "") -> None:
        self.fonts = fonts
        self.language = language
        self._shaper = Shaper(fonts, language)
        self._widths = lru_cache(maxsize=16)(self._word_widths)
        self._runs = lru_cache(maxsize=2_000)(self._line_runs)

    def ascent(self, type_: Type) -> float:
        """The height of the type's own face over the baseline, in points."""
        face = self.fonts.primary(type_)
        return face.ascent / face.upem * type_.size

    def descent(self, type_: Type) -> float:
        """The depth of the type's own face under the baseline, in points, positive."""
        face = self.fonts.primary(type_)
        return -face.descent / face.upem * type_.size

    def line_height(self, type_: Type) -> float:
        """The distance from one baseline to the next, in points."""
        return self.ascent(type_) + self.descent(type_)

    def width(self, text: str, type_: Type) -> float:
        """The width of `text` on one line, in points; of its widest line where it holds several."""
        return max(self._em(part, type_, base_is_rtl(part)) for part in _BREAKS.split(text)) * type_.size

    def runs(self, text: str, type_: Type, rtl: bool = False) -> tuple[Run, ...]:
        """The glyphs of a line from left to right; `rtl` as `Wrapped` has it. Size plays no part."""
        find = self._runs if len(text) <= KEPT else self._line_runs
        return find(text, type_.weight, type_.italic, rtl)

    def wrap(self, text: str, type_: Type, width: float, limit: int | None = None) -> tuple[Wrapped, ...]:
        """`text` in lines of at most `width` points; an empty text has none.

        A word longer than a line is broken between grapheme clusters; only a single cluster may be
        wider than `width`. Spaces at the end of a line are left out, empty lines at the end too.
        With a `limit`, what comes after that many lines is left out and the last ends with an ellipsis.
        """
        room = max(width, 0.0) / type_.size * _JUST_UNDER
        if limit is None and "\n" not in text:
            plain = self._fill_plain(text, type_, room)
            if plain:
                return tuple(plain)
        found = self._lines(text.rstrip(SPACES + "\n\u2028\u2029"), type_, room)
        if limit is None:
            return tuple(found)
        lines = tuple(islice(found, limit + 1))
        if len(lines) <= limit:
            return lines
        return (*lines[: limit - 1], self._shortened(lines[limit - 1], type_, room)) if limit > 0 else ()

    def _lines(self, text: str, type_: Type, room: float) -> Iterator[Wrapped]:
        for paragraph in _BREAKS.split(text) if text else ():
            if not paragraph.strip(SPACES):
                yield Wrapped("", 0.0, False)
                continue
            yield from self._fill_plain(paragraph, type_, room) or self._fill(paragraph, type_, room)

    def _fill_plain(self, paragraph: str, type_: Type, room: float) -> list[Wrapped]:
        """The lines of words that break only at single spaces; none where it is not as simple as that."""
        size, weight, italic = type_
        widths = self._widths(weight, italic)
        words = paragraph.split(" ")
        ems = list(map(widths.__getitem__, words))
        if min(ems) < 0 or max(ems) > room:
            return []
        lines: list[Wrapped] = []
        space = widths.space
        first, x = 0, -space
        for i, em in enumerate(ems):
            wider = x + space + em
            if wider > room:
                lines.append(Wrapped(" ".join(words[first:i]), x * size, False))
                first, x = i, em
            else:
                x = wider
        lines.append(Wrapped(" ".join(words[first:]), x * size, False))
        return lines

    def _word_widths(self, weight: Weight, italic: bool) -> _WordWidths:
        return _WordWidths(self._shaper, Type(0, weight, italic))

    def _fill(self, paragraph: str, type_: Type, room: float) -> Iterator[Wrapped]:
        rtl = base_is_rtl(paragraph)
        at = self._positions(paragraph, type_, rtl)
        for line in fill(paragraph, at, lambda text: self._em(text, type_, rtl), room, self.language):
            yield Wrapped(line.text, line.width * type_.size, rtl)

    def _shortened(self, line: Wrapped, type_: Type, room: float) -> Wrapped:
        """The line cut until an ellipsis has room after it."""
        for end in reversed(cluster_ends(line.text)):
            text = line.text[:end].rstrip(SPACES) + ELLIPSIS
            em = self._em(text, type_, line.rtl)
            if em <= room:
                return Wrapped(text, em * type_.size, line.rtl)
        return Wrapped(ELLIPSIS, self._em(ELLIPSIS, type_, line.rtl) * type_.size, line.rtl)

    def _em(self, text: str, type_: Type, rtl: bool) -> float:
        """The width of a line in parts of the type's size: that of its runs."""
        if rtl or may_run_right_to_left(text):
            return sum(run.em for run in self.runs(text, type_, rtl))
        total, space = 0.0, self._shaper.space(None, type_).em
        for n, word in enumerate(text.split(" ")):
            total += space if n else 0.0
            if word:
                unit = self._shaper.unit(word, type_)
                total, space = total + unit.em, unit.space
        return total

    def _units(self, text: str, type_: Type, rtl: bool) -> Iterator[tuple[int, Unit]]:
        """The units of a line in the order they are read, each with its embedding level."""
        if not rtl and not may_run_right_to_left(text):
            yield from zip(repeat(0), self._words(text, type_, rtl=False))
            return
        found = levels(text, rtl)
        before: Unit | None = None
        for start, end in _level_spans(found):
            for unit in self._words(text[start:end], type_, bool(found[start] % 2), before):
                yield found[start], unit
                before = unit

    def _words(self, text: str, type_: Type, rtl: bool, before: Unit | None = None) -> Iterator[Unit]:
        """The words of text in one direction, and the spaces between them, which look like what is before."""
        shaper = self._shaper
        for n, word in enumerate(text.split(" ")):
            if n:
                before = shaper.space(before, type_, rtl)
                yield before
            if word:
                before = shaper.unit(word, type_, rtl)
                yield before

    def _line_runs(self, text: str, weight: Weight, italic: bool, rtl: bool) -> tuple[Run, ...]:
        units = self._units(text, Type(0, weight, italic), rtl)
        pieces = [(level, run) for level, unit in units for run in unit.runs]
        if len({(level, run.face) for level, run in pieces}) == 1 and pieces[0][1].face is not None:
            return (joined([run for _, run in pieces]),)
        merged: list[tuple[int, Run]] = []
        for (level, face), same in groupby(pieces, key=lambda piece: (piece[0], piece[1].face)):
            runs = [run for _, run in same]
            merged += [(level, run) for run in (runs if face is None else [joined(runs)])]
        return tuple(visual_order([run for _, run in merged], [level for level, _ in merged]))

    def _positions(self, text: str, type_: Type, rtl: bool) -> list[float]:
        """For each i, about how wide `text[:i]` is, in em; it never falls."""
        steps = chain.from_iterable([unit.steps for _, unit in self._units(text, type_, rtl)])
        return list(accumulate((step if step > 0 else 0.0 for step in steps), initial=0.0))


def _level_spans(found: list[int]) -> Iterator[tuple[int, int]]:
    """The parts of a line at one level each."""
    cuts = [i for i in range(1, len(found)) if found[i] != found[i - 1]]
    return pairwise((0, *cuts, len(found)))


def missing_box(text: str, size: float) -> tuple[Rect, tuple[Line, ...]]:
    """How a character that no font has is drawn: a box that names its code point.

    Relative to the point where the run begins on the baseline, y downwards, for type of `size`
    points. The digits stand in two rows, the higher ones above.
    """
    digits = f"{ord(text[0]):04X}"
    half = (len(digits) + 1) // 2
    type_ = Type(size * _DIGIT_SIZE)
    inner = (MISSING_EM - 2 * _BOX_MARGIN) * size
    box = Rect(_BOX_MARGIN * size, -_BOX_TOP * size, inner, (_BOX_TOP + _BOX_DEPTH) * size, None,
               "text-soft", size / 20, size / 20)  # fmt: skip
    lines = []
    for row, y in ((digits[:half], _ROWS[0]), (digits[half:], _ROWS[1])):
        width = len(row) * _DIGIT_EM * type_.size
        lines.append(Line((MISSING_EM * size - width) / 2, -y * size, row, type_, "text-soft", width))
    return box, tuple(lines)
