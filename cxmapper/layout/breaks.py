"""Fills lines: where to break a paragraph so that no line is wider than its room.

Knows nothing of fonts: positions of characters come as numbers, and a function measures a line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from cxmapper.layout.characters import cluster_ends, line_ends

SPACES = " \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"
"""The spaces that hang over the end of a line: they take no room there."""


class Filled(NamedTuple):
    """A line: its words without the spaces that end it, and its width."""

    text: str
    width: float


class _Stops:
    """Places where a line may end, with the position of the last ink before each."""

    def __init__(self, text: str, ends: Sequence[int], at: Sequence[float]) -> None:
        self.text = text
        self.ends = ends
        self.inked = [at[_stripped_end(text, end)] for end in ends]

    def longest(
        self, start: int, reach: float, room: float, measure: Callable[[str], float]
    ) -> tuple[int, Filled] | None:
        """The longest line from `start` that fits: where it stops, and what it is.

        `reach` is the position at which the ink must end by estimate; measuring has the last word.
        """
        first = bisect_right(self.ends, start)
        for n in range(bisect_right(self.inked, reach, first) - 1, first - 1, -1):
            line = self.text[start : self.ends[n]].rstrip(SPACES)
            width = measure(line)
            if width <= room:
                return self.ends[n], Filled(line, width)
        return None

    def first(self, start: int, measure: Callable[[str], float]) -> tuple[int, Filled]:
        """The shortest line from `start`, for when none fits."""
        end = self.ends[bisect_right(self.ends, start)]
        line = self.text[start:end].rstrip(SPACES)
        while end < len(self.text) and self.text[end] in SPACES:
            end += 1
        return end, Filled(line, measure(line))


def _stripped_end(text: str, end: int) -> int:
    while end and text[end - 1] in SPACES:
        end -= 1
    return end


def fill(
    text: str, at: Sequence[float], measure: Callable[[str], float], room: float, language: str = ""
) -> Iterator[Filled]:
    """The lines of a paragraph (no line break in it), none wider than `room`.

    `at[i]` estimates the width of `text[:i]` and never falls; `measure` says the width of a line.
    Lines end where Unicode allows, else between grapheme clusters; only one cluster alone may be
    wider than `room`.
    """
    words = _Stops(text, line_ends(text, language), at)
    clusters: _Stops | None = None
    start = 0
    while start < len(text):
        reach = at[start] + room
        found = words.longest(start, reach, room, measure)
        if found is None:
            clusters = clusters or _Stops(text, cluster_ends(text), at)
            found = clusters.longest(start, reach, room, measure) or clusters.first(start, measure)
        start, line = found
        yield line
