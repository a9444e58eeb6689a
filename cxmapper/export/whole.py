"""A sheet as one page, however large: for pictures, which no paper bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cxmapper.layout.arrange import layout
from cxmapper.layout.measured import Scores
from cxmapper.layout.sheet import Box, Page, Placed, Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.locale import Words, msg, tr
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey

_MOST_NAMED = 12


def whole_page(
    document: Document, journey: str, typesetter: Typesetter, scores: Scores | None = None
) -> tuple[Page, str, str]:
    """The map `journey` on one page, its title and its language (BCP 47, or "").

    `scores` are what customers answered, by map, to be drawn on it.

    Raises KeyError where there is no such map.
    """
    sheet = layout(document, journey, measured=(scores or {}).get(journey), typesetter=typesetter)
    title = document.need(journey, Journey).title or document.settings.title or tr("Journey map")
    return one_page(sheet), title, sheet.language


def one_page(sheet: Sheet) -> Page:
    """All of a sheet on a page of its size: what lies under first, then row by row, then the links."""
    placed = (*_grounds(sheet), *_boxes(sheet), *(Placed(link.x, link.y, link) for link in sheet.links))
    return Page(sheet.width, sheet.height, 1.0, placed)


def _grounds(sheet: Sheet) -> Iterator[Placed]:
    for row, top in zip(sheet.rows, sheet.tops, strict=True):
        shapes = (*row.ground, *(shape for column in row.backdrop for shape in column))
        if shapes:
            yield Placed(0, top, Box("", "backdrop", 0, 0, sheet.width, row.height, shapes))


def _boxes(sheet: Sheet) -> Iterator[Placed]:
    for row, top in zip(sheet.rows, sheet.tops, strict=True):
        boxes = (*(() if row.header is None else (row.header,)), *row.boxes())
        for box in boxes:
            yield Placed(box.x, top + box.y, box)


def missing_words(characters: Iterable[str], unreadable: Iterable[str]) -> Iterator[Words]:
    """What to tell a person about characters no font has, and pictures that can't be read."""
    codes = list(characters)
    if codes:
        yield msg("No font has {codes}; drawn as boxes. Install a font that has them.", codes=_some(codes))
    names = [name[:12] for name in sorted(unreadable)]
    if names:
        yield msg("Pictures that can't be read were left out: {names}.", names=_some(names))


def _some(names: Sequence[str]) -> str:
    """The names in one line, the first of them where they are very many."""
    return ", ".join(names if len(names) <= _MOST_NAMED else [*names[:_MOST_NAMED], "…"])


def code_points(characters: Iterable[str]) -> tuple[str, ...]:
    """Characters as people look them up, in order.

    >>> code_points({"ᚠ", "A"})
    ('U+0041', 'U+16A0')
    """
    return tuple(f"U+{ord(character):04X}" for character in sorted(characters))
