"""The boxes of single elements: cards, touchpoints, chevrons, headers. Each at (0, 0), to be placed.

Looks come from the registry of kinds: a type's icon, its colour and its name. Nothing here knows
where a box will stand.
"""

from __future__ import annotations

from collections.abc import Mapping

from cxmapper.layout.blocks import Block, block
from cxmapper.layout.icons import circle, face, icon
from cxmapper.layout.measured import badge
from cxmapper.layout.options import BODY, SMALL, SMALL_STRONG, STAGE, STRONG
from cxmapper.layout.sheet import Box, Line, Path, Picture, Rect, Shape
from cxmapper.layout.text import Typesetter
from cxmapper.locale import tr
from cxmapper.model.elements import Card, Image, Lane, Stage, Touchpoint
from cxmapper.model.kinds import card_type, lane_type

GUTTER = 23.0
PAD = 6.0
RIGHT = 6.0
POINT = 10.0
_MARK = 17.0  # the room of a star or badge
_MAX_PICTURE = 4.0  # times as high as wide, at most


def signed(valence: int) -> str:
    """A valence as people write it.

    >>> signed(40), signed(-5), signed(0)
    ('+40', '−5', '0')
    """
    return f"+{valence}" if valence > 0 else f"−{-valence}" if valence < 0 else "0"


def evidence_mark(basis: str, x: float, y: float) -> tuple[Shape, ...]:
    """How well founded a card is: a ring (assumed), half full (observed) or full (measured)."""
    ring = Path(circle(x, y, 3), stroke="text-soft", width=0.9, dash=(1.6, 1.2) if basis == "assumed" else ())
    if basis == "measured":
        return (Path(circle(x, y, 3), fill="text-soft"),)
    if basis == "observed":
        half = (("M", x, y - 3), ("C", x - 4, y - 3, x - 4, y + 3, x, y + 3), ("Z",))
        return (ring, Path(half, fill="text-soft"))
    return (ring,)


def severity_marks(severity: int, x: float, y: float, colour: str) -> tuple[Shape, ...]:
    """One to three dots below each other."""
    return tuple(Path(circle(x, y + 5 * i, 1.6), fill=colour) for i in range(severity))


def card_box(
    typesetter: Typesetter,
    card: Card,
    width: float,
    people: str = "",
    images: Mapping[str, Image] | None = None,
) -> Box:
    """A card: coloured edge, icon, what it is founded on, its text; as high as its text needs."""
    look = card_type(card.type)
    shapes, y = _gutter(card)
    text = block(typesetter, _card_text(card), BODY, width - GUTTER - RIGHT)
    lines = list(text.at(GUTTER, PAD))
    bottom = PAD + text.height
    picture = images.get(card.image) if images and card.image else None
    if picture is not None:
        shape, bottom = _picture(picture, width, bottom)
        shapes.append(shape)
    if people:
        note = block(typesetter, people, SMALL, width - GUTTER - RIGHT, "text-soft")
        lines += note.at(GUTTER, bottom + 1)
        bottom += note.height + 1
    height = max(bottom + PAD, y + 4, 26.0)
    frame = (
        Rect(0, 0, width, height, fill="card", stroke="hairline", width=0.75, radius=6),
        Path(_edge(height), fill=look.colour),
    )
    return Box(card.id, "card", 0, 0, width, height, (*frame, *shapes), tuple(lines))


def _card_text(card: Card) -> str:
    value = signed(card.valence) if card.type == "emotion" and card.valence is not None else ""
    return " ".join(part for part in (value, card.text) if part)


def _gutter(card: Card) -> tuple[list[Shape], float]:
    """What stands at the left of a card below each other, and how far down it reaches."""
    look = card_type(card.type)
    shapes: list[Shape] = []
    if card.type == "emotion" and card.valence is not None:
        shapes += face(card.valence, 13, 12, 13)
    else:
        shapes += icon(look.icon, 7.5, 6.5, 11.5, look.colour)
    y = 26.0
    if card.basis:
        shapes += evidence_mark(card.basis, 13.2, y)
        y += 9
    if card.severity:
        shapes += severity_marks(card.severity, 13.2, y, look.colour)
        y += 5 * card.severity
    return shapes, y - 2 if y > 26 else 0.0


def _edge(height: float) -> tuple[tuple[str | float, ...], ...]:
    """The coloured bar along the left side of a card, rounded as the card is."""
    r, w = 6.0, 3.5
    return (
        ("M", w, 0.0),
        ("L", r, 0.0),
        ("C", r * 0.45, 0.0, 0.0, r * 0.45, 0.0, r),
        ("L", 0.0, height - r),
        ("C", 0.0, height - r * 0.45, r * 0.45, height, r, height),
        ("L", w, height),
        ("Z",),
    )


def _picture(image: Image, width: float, top: float) -> tuple[Picture, float]:
    inner = width - GUTTER - RIGHT
    height = min(inner * image.height / image.width, inner * _MAX_PICTURE)
    across = height * image.width / image.height
    return Picture(GUTTER, top + 3, across, height, image.id), top + height + 3


def touchpoint_box(
    typesetter: Typesetter, touchpoint: Touchpoint, width: float, colour: str, has_gap: bool = False
) -> Box:
    """A touchpoint: its title, its channels, a star where it is a moment of truth, a badge if it `has_gap`.

    Its frame is as high as its text; the row makes all of them equally high by `stretched`.
    """
    shapes: list[Shape] = []
    if touchpoint.moment_of_truth:
        shapes += icon("star", width - 20, 5, 14, "star")
    both = has_gap and bool(shapes)
    if has_gap:
        shapes += badge(width - 20.5, 23 if both else 5)
    title = block(
        typesetter,
        touchpoint.title or tr("Untitled"),
        STRONG,
        width - 16 - (_MARK if shapes else 0.0),
        _title_colour(touchpoint),
    )
    channels = block(
        typesetter, " · ".join(touchpoint.channels), SMALL, width - 16 - (_MARK if both else 0.0), "text-soft"
    )
    height = max(44.0, title.height + channels.height + 15 + (2 if channels.height else 0))
    lines = (*title.at(8, 6), *channels.at(8, height - 6 - channels.height))
    frame = Rect(0, 0, width, height, fill="card", stroke=colour, width=1.25, radius=7)
    return Box(touchpoint.id, "touchpoint", 0, 0, width, height, (frame, *shapes), lines)


def _title_colour(touchpoint: Touchpoint) -> str:
    return "text" if touchpoint.title else "text-soft"


def stretched(box: Box, height: float, from_top: int) -> Box:
    """A touchpoint's box made `height` high; its lines from number `from_top` on stay at the foot."""
    if height == box.h:
        return box
    frame = box.shapes[0]
    assert isinstance(frame, Rect)
    down = height - box.h
    lines = (*box.lines[:from_top], *(line._replace(y=line.y + down) for line in box.lines[from_top:]))
    return Box(
        box.id, box.role, box.x, box.y, box.w, height, (frame._replace(h=height), *box.shapes[1:]), lines
    )


def stage_text(typesetter: Typesetter, stage: Stage, width: float) -> Block:
    """The title of a stage, broken to fit into its chevron."""
    return block(
        typesetter, stage.title or tr("Untitled"), STAGE, max(width - 2 * POINT - 14, 24.0), "on-colour"
    )


def chevron_box(stage: Stage, text: Block, width: float, height: float, colour: str) -> Box:
    """A stage as a chevron that points to the next one."""
    steps = (
        ("M", 0.0, 0.0),
        ("L", width - POINT, 0.0),
        ("L", width, height / 2),
        ("L", width - POINT, height),
        ("L", 0.0, height),
        ("L", POINT, height / 2),
        ("Z",),
    )
    lines = text.at(POINT + 9, (height - text.height) / 2)
    return Box(stage.id, "stage", 0, 0, width, height, (Path(steps, fill=colour),), lines)


def channels_box(typesetter: Typesetter, touchpoint: Touchpoint, width: float) -> Box:
    """The channels of a touchpoint below each other, as the lane of channels shows them."""
    text = block(typesetter, "\n".join(touchpoint.channels), SMALL, width - 12, "text-soft")
    height = max(text.height + 8, 22.0)
    frame = Rect(0, 0, width, height, fill="plot", stroke="grid", width=0.75, radius=6)
    return Box(touchpoint.id, "channels", 0, 0, width, height, (frame,), text.at(6, 4))


def header_box(typesetter: Typesetter, lane: Lane, width: float) -> Box:
    """The name of a lane at the left of its row."""
    sort = lane_type(lane.type)
    title = block(typesetter, lane.title or str(sort.label), SMALL_STRONG, width - 16, "text-soft")
    caption = ""
    if sort.caption is not None:
        caption = str(sort.caption)
    small = block(typesetter, caption, SMALL, width - 16, "text-soft")
    lines: tuple[Line, ...] = (*title.at(8, 8), *small.at(8, 8 + title.height))
    return Box(lane.id, "lane", 0, 0, width, title.height + small.height + 14, (), lines)
