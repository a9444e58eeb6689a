"""Blocks of text: paragraphs broken into lines and set at a place, bullets and both directions."""

from __future__ import annotations

from typing import NamedTuple

from cxmapper.layout.sheet import Line, Type
from cxmapper.layout.text import Typesetter

BULLET = "• "
_HANG = 8.0


class Block(NamedTuple):
    """Lines set below each other, and how high they are together, in points."""

    lines: tuple[Line, ...]
    height: float

    def at(self, x: float, y: float) -> tuple[Line, ...]:
        """The lines moved by (x, y)."""
        return tuple([Line(a + x, b + y, text, t, c, w, r) for a, b, text, t, c, w, r in self.lines])


EMPTY = Block((), 0.0)


def leading(text: str, size: float) -> float:
    """From baseline to baseline: scripts with marks above and below need more than Latin.

    >>> leading("Router", 10), leading("नमस्ते", 10)
    (12.6, 15.5)
    """
    tall = not text.isascii() and any(
        "\u0590" <= c <= "\u1fff" and not "\u1e00" <= c <= "\u1eff" for c in text
    )
    wide = not tall and not text.isascii() and any(c >= "\u2e80" for c in text)
    return size * (1.55 if tall else 1.36 if wide else 1.26)


def block(
    typesetter: Typesetter,
    text: str,
    type: Type,
    width: float,
    colour: str = "text",
    *,
    align: str = "start",
) -> Block:
    """`text` broken to `width` points; `align` is "start" (by direction), "middle" or "end"."""
    if not text:
        return EMPTY
    if text.startswith(BULLET) or "\n" + BULLET in text:
        return _bulleted(typesetter, text, type, width, colour)
    step = leading(text, type.size)
    drop = step * 0.5 + type.size * 0.34
    lines = []
    for number, piece in enumerate(typesetter.wrap(text, type, width)):
        x = 0.0
        if align == "middle":
            x = (width - piece.width) / 2
        elif align == "end" or piece.rtl:
            x = width - piece.width
        lines.append(Line(x, drop + number * step, piece.text, type, colour, piece.width, piece.rtl))
    return Block(tuple(line for line in lines if line.text), len(lines) * step)


def _bulleted(typesetter: Typesetter, text: str, type: Type, width: float, colour: str) -> Block:
    lines: list[Line] = []
    y = 0.0
    for paragraph in text.split("\n"):
        if not paragraph.startswith(BULLET):
            part = block(typesetter, paragraph or " ", type, width, colour)
            lines += part.at(0, y)
            y += part.height or leading("", type.size)
            continue
        part = block(typesetter, paragraph[len(BULLET) :] or " ", type, max(width - _HANG, type.size), colour)
        rtl = bool(part.lines and part.lines[0].rtl)
        dot = typesetter.width("•", type)
        first = part.lines[0].y if part.lines else type.size
        lines.append(Line(width - dot if rtl else 0.0, y + first, "•", type, colour, dot, rtl))
        lines += part.at(0 if rtl else _HANG, y)
        y += part.height or leading("", type.size)
    return Block(tuple(lines), y)
