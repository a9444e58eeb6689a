"""What a layout hands to the next one, so that an edit costs what it touches.

A box is made again only when its element, its width or what else it shows has changed; a row only
when something in it has. Everything here can be thrown away without changing any result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from cxmapper.layout.grid import Grid
from cxmapper.layout.options import Options
from cxmapper.layout.sheet import Box, Row
from cxmapper.layout.text import Typesetter
from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Image, Persona

P = TypeVar("P")


class BoxCache:
    """Boxes by what they show and how wide; shared by the sheets of one map, and only ever right."""

    def __init__(self) -> None:
        self._boxes: dict[tuple[str, str], tuple[Element, float, object, Box]] = {}
        self._parts: dict[tuple[str, str], tuple[object, object]] = {}

    def get(self, role: str, element: Element, width: float, extra: object, make: Callable[[], Box]) -> Box:
        """The box of `element` in this role, made by `make` unless one for the same input is kept."""
        key = (role, element.id)
        found = self._boxes.get(key)
        if found is not None and found[0] is element and found[1] == width and found[2] == extra:
            return found[3]
        box = make()
        self._boxes[key] = (element, width, extra, box)
        return box

    def part(self, name: str, column: str, key: object, make: Callable[[], P]) -> P:
        """A part of a column, made by `make` unless the one that is kept was made for an equal `key`."""
        found = self._parts.get((name, column))
        if found is not None and found[0] == key:
            return cast(P, found[1])
        part = make()
        self._parts[name, column] = (key, part)
        return part

    def forget_all_but(self, document: Document) -> None:
        """Let go of boxes of elements that the document no longer has, once they are many."""
        if len(self._boxes) > 3 * len(document) + 1000:
            self._boxes = {key: entry for key, entry in self._boxes.items() if key[1] in document}
            self._parts = {key: entry for key, entry in self._parts.items() if key[1] in document}


@dataclass(frozen=True, slots=True)
class Laid:
    """A row as it was laid out, with what is needed to lay out a part of it again."""

    row: Row
    lane: Element | None
    grid: Grid
    bottoms: tuple[float, ...] = ()
    types: frozenset[str] = frozenset()
    bases: frozenset[str] = frozenset()
    simple: bool = True
    lines: tuple[tuple[float | None, ...], ...] = ()
    whose: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What one layout was made from and of."""

    document: Document
    options: Options
    typesetter: Typesetter
    grid: Grid
    measured: object
    rows: Mapping[str, Laid]
    boxes: BoxCache


@dataclass(frozen=True, slots=True)
class Work:
    """What the makers of rows need: the document, the grid, type, and the boxes made before."""

    document: Document
    journey: str
    options: Options
    typesetter: Typesetter
    grid: Grid
    boxes: BoxCache
    images: Mapping[str, Image]
    touched: frozenset[str] | None
    kept: Kept | None
    names: Mapping[str, str] = field(default_factory=dict)

    def people(self, card: Card) -> str:
        """The names of the personas that a card is about, where it does not concern all of the map."""
        return ", ".join(self.names.get(id_, "") for id_ in card.who if self.names.get(id_))


def persona_names(document: Document) -> dict[str, str]:
    """Names by id, of the personas that have one."""
    return {p.id: p.name for p in document.children(None, Persona) if p.name}


def work_again(kept: Kept, journey: str) -> Work:
    """What makers of rows need, to make parts of the sheet again for a page."""
    document = kept.document
    images = {i: e for i in document.index.of_kind("image") if (e := document.get(i, Image))}
    return Work(
        document, journey, kept.options, kept.typesetter, kept.grid, BoxCache(), images, None, None,
        persona_names(document),
    )  # fmt: skip
