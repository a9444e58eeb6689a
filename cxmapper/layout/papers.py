"""Sizes of paper, in points."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

_MM = 72 / 25.4

POSTER_LIMIT = 14_400.0  # the largest page that readers are known to open


class Paper(NamedTuple):
    """A sheet of paper by its shorter and its longer side, in points."""

    name: str
    short: float
    long: float


def _iso(name: str, short: float, long: float) -> Paper:
    return Paper(name, round(short * _MM, 2), round(long * _MM, 2))


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        paper.name: paper
        for paper in (
            _iso("A4", 210, 297),
            _iso("A3", 297, 420),
            _iso("A2", 420, 594),
            _iso("A1", 594, 841),
            _iso("A0", 841, 1189),
            Paper("Letter", 612, 792),
            Paper("Tabloid", 792, 1224),
        )
    }
)
POSTER = Paper("poster", POSTER_LIMIT, POSTER_LIMIT)


def paper_named(name: str) -> Paper | None:
    """The paper called `name`, in any case; None where there is none.

    >>> paper_named("a4").long
    841.89
    """
    known = {p.name.casefold(): p for p in (*PAPERS.values(), POSTER)}
    return known.get(name.casefold())
