"""What the palette offers, made from the registry of kinds, and how an item travels in a drag.

Knows neither widgets nor the document; the canvas and the palette panel both read it here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import orjson

from cxmapper.layout.theme import face_colour
from cxmapper.locale import Words, msg
from cxmapper.model.kinds import CARD_TYPES, FACES, KINDS

MIME_TYPE = "application/x-cxmapper-palette"

ItemKind = Literal["stage", "touchpoint", "card", "link", "mark"]

_FACE_NAMES = (msg("Very bad"), msg("Bad"), msg("Neutral"), msg("Good"), msg("Very good"))
_USUAL = ("emotion", "pain point", "opportunity", "thought", "action", "backstage", "evidence", "note")
_BEFORE_MARK = 4


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """One thing to put on a map: its kind, a card's type, and a valence where it fixes one (−100…100).

    A "mark" makes no element: it marks a touchpoint as a moment of truth.

    `icon` names a drawing of `layout.icons`, `colour` a token of `layout.theme`.
    """

    kind: ItemKind
    label: Words
    icon: str
    colour: str
    type: str = ""
    valence: int | None = None

    @property
    def key(self) -> str:
        """A stable name for settings and tests, such as "card/pain point" or "card/emotion/40"."""
        parts = [self.kind, self.type, "" if self.valence is None else str(self.valence)]
        return "/".join(p for p in parts if p)


def palette_items() -> tuple[PaletteItem, ...]:
    """What the palette shows, the most used first: stage, touchpoint, card types, mark, link.

    >>> [i.key for i in palette_items()][:4]
    ['stage', 'touchpoint', 'card/emotion', 'card/pain point']
    """
    offered = [t for t in CARD_TYPES.values() if t.in_palette]
    order = {name: i for i, name in enumerate(_USUAL)}
    offered.sort(key=lambda t: order.get(t.name, len(order)))
    cards = [PaletteItem("card", t.label, t.icon, t.colour, type=t.name) for t in offered]
    mark = PaletteItem("mark", msg("Moment of truth"), "star", "star")
    return (
        PaletteItem("stage", KINDS["stage"].label, KINDS["stage"].icon, "stage0"),
        PaletteItem("touchpoint", KINDS["touchpoint"].label, KINDS["touchpoint"].icon, "stage1"),
        *cards[:_BEFORE_MARK],
        mark,
        *cards[_BEFORE_MARK:],
        PaletteItem("link", KINDS["link"].label, KINDS["link"].icon, "link"),
    )


def face_items() -> tuple[PaletteItem, ...]:
    """The five faces, from worst to best: emotion cards whose valence is fixed.

    >>> [i.valence for i in face_items()]
    [-80, -40, 0, 40, 80]
    """
    return tuple(
        PaletteItem("card", name, "emotion", face_colour(valence), type="emotion", valence=valence)
        for valence, name in zip(FACES, _FACE_NAMES, strict=True)
    )


def to_bytes(item: PaletteItem) -> bytes:
    """What a drag of `item` carries under `MIME_TYPE`."""
    return orjson.dumps({"kind": item.kind, "type": item.type, "valence": item.valence})


def from_bytes(data: bytes) -> PaletteItem | None:
    """The item that a drag carries, or None where it carries no item of this palette.

    >>> from_bytes(to_bytes(face_items()[0])) == face_items()[0], from_bytes(b"nonsense")
    (True, None)
    """
    try:
        raw = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(raw, dict):
        return None
    wanted = (raw.get("kind"), raw.get("type"), raw.get("valence"))
    known = (*palette_items(), *face_items())
    return next((i for i in known if (i.kind, i.type, i.valence) == wanted), None)
