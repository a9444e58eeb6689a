"""Which text of an element is typed on the canvas, and where over its box that is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cxmapper.layout.cards import GUTTER
from cxmapper.layout.options import BODY, SMALL, SMALL_STRONG, STAGE, STRONG, TITLE
from cxmapper.layout.sheet import Box, Type
from cxmapper.model.base import Element
from cxmapper.model.kinds import Entry, fields_of
from cxmapper.tools.hints import Area

_TYPES: dict[str, Type] = {
    "card": BODY,
    "caption": SMALL,
    "touchpoint": STRONG,
    "stage": STAGE,
    "lane": SMALL_STRONG,
    "title": TITLE,
    "link": SMALL,
}
_INSETS: dict[str, float] = {"card": GUTTER - 5, "caption": 22.0, "touchpoint": 3.0, "stage": 14.0}
_LINK = 110.0


class Spot(NamedTuple):
    """Where a text is typed: over which part of the sheet, and in which type."""

    area: Area
    type: Type


class TextField(NamedTuple):
    """The field that holds the text of an element, and whether it may have several lines."""

    name: str
    lines: bool


def text_field(element: Element) -> TextField | None:
    """The field to type into, or None where an element has no text."""
    name = element.caption_field
    entry = next((f.entry for f in fields_of(element.kind) if f.name == name), None)
    return TextField(name, entry is Entry.TEXT) if entry is not None else None


def spot(marks: Iterable[tuple[Box, float]]) -> Spot | None:
    """The best place for the text of an element that these boxes (with the tops of their rows) show."""
    found = [(box, top) for box, top in marks if box.role in _TYPES]
    if not found:
        return None
    box, top = found[0]
    type_ = box.lines[0].type if box.lines and box.role != "caption" else _TYPES[box.role]
    if box.role == "link":
        middle = Area(box.x + box.w / 2 - _LINK / 2, top + box.y + box.h / 2 - 9, _LINK, 18)
        return Spot(middle, SMALL)
    if box.role == "title":
        first = box.lines[0].y if box.lines else TITLE.size
        return Spot(Area(box.x - 3, top + box.y + first - TITLE.size - 3, max(box.w / 2, 300), 26), TITLE)
    inset = _INSETS.get(box.role, 0.0)
    return Spot(Area(box.x + inset, top + box.y + 1, box.w - inset - 1, box.h - 2), type_)
