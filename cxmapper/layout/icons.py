"""The drawings of cards, kinds and faces, as shapes: never emoji characters, never a font.

Each icon is drawn on a field of 16 by 16. In the strings, M, L, C and Z are the steps of a path,
and `O x y r` is a circle.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from cxmapper.layout.sheet import Path, Shape
from cxmapper.layout.theme import face_colour, face_number

Step = tuple[str | float, ...]
_K = 0.5523  # how far a cubic's handles reach for a quarter of a circle, in radii

_ICONS: dict[str, tuple[tuple[Literal["fill", "line"], str], ...]] = {
    "emotion": (
        ("line", "O 8 8 6"),
        ("fill", "O 5.8 6.6 0.9"),
        ("fill", "O 10.2 6.6 0.9"),
        ("line", "M 5.2 9.8 C 6.4 11.6 9.6 11.6 10.8 9.8"),
    ),
    "pain": (("fill", "M 7 2.5 L 9 2.5 L 8.6 9.6 L 7.4 9.6 Z"), ("fill", "O 8 12.4 1.2")),
    "opportunity": (("line", "M 8 3 L 8 13"), ("line", "M 3 8 L 13 8")),
    "gain": (("line", "M 8 13 L 8 3.4"), ("line", "M 3.8 7.4 L 8 3.2 L 12.2 7.4")),
    "thought": (
        ("line", "M 5 10.5 C 2 10.5 1.6 6.6 4.4 6 C 4.4 2.6 10 2 11 5 C 14.4 5 14.6 10.5 11 10.5 Z"),
        ("fill", "O 5.4 12.6 1"),
        ("fill", "O 3.6 14.4 0.7"),
    ),
    "quote": (
        ("fill", "M 3 5 L 6.6 5 L 6.6 8.4 L 4.8 11 L 3.4 11 L 4.4 8.4 L 3 8.4 Z"),
        ("fill", "M 9 5 L 12.6 5 L 12.6 8.4 L 10.8 11 L 9.4 11 L 10.4 8.4 L 9 8.4 Z"),
    ),
    "action": (("line", "M 5 3.4 L 12.4 8 L 5 12.6 Z"),),
    "need": (
        (
            "line",
            "M 8 13.2 C 3.4 10 2.2 7.8 2.4 6 C 2.6 3.4 6.4 2.4 8 5.4 "
            "C 9.6 2.4 13.4 3.4 13.6 6 C 13.8 7.8 12.6 10 8 13.2 Z",
        ),
    ),
    "evidence": (("line", "O 7 7 4.2"), ("line", "M 10.2 10.2 L 13.6 13.6")),
    "frontstage": (("line", "O 8 5 2.6"), ("line", "M 3 13.6 C 3 8.6 13 8.6 13 13.6")),
    "gear": (
        ("line", "O 8 8 2.1"),
        ("line", "O 8 8 4.3"),
        ("line", "M 8 1.8 L 8 3.7"),
        ("line", "M 8 12.3 L 8 14.2"),
        ("line", "M 1.8 8 L 3.7 8"),
        ("line", "M 12.3 8 L 14.2 8"),
        ("line", "M 3.6 3.6 L 5 5"),
        ("line", "M 11 11 L 12.4 12.4"),
        ("line", "M 12.4 3.6 L 11 5"),
        ("line", "M 5 11 L 3.6 12.4"),
    ),
    "support": (
        ("line", "M 2.5 5 L 7 5 L 7 11 L 2.5 11 Z"),
        ("line", "M 7 8 L 11 8"),
        ("line", "M 9.4 6 L 11.6 8 L 9.4 10"),
        ("line", "M 13.5 4 L 13.5 12"),
    ),
    "system": (
        ("line", "M 3 4.4 C 3 2.4 13 2.4 13 4.4 C 13 6.4 3 6.4 3 4.4 Z"),
        ("line", "M 3 4.4 L 3 11.6 C 3 13.6 13 13.6 13 11.6 L 13 4.4"),
        ("line", "M 3 8 C 3 10 13 10 13 8"),
    ),
    "risk": (
        ("line", "M 8 2.6 L 14 13.2 L 2 13.2 Z"),
        ("line", "M 8 6.6 L 8 9.6"),
        ("fill", "O 8 11.4 0.8"),
    ),
    "note": (
        ("line", "M 3 3 L 13 3 L 13 9.6 L 9.6 13 L 3 13 Z"),
        ("line", "M 13 9.6 L 9.6 9.6 L 9.6 13"),
    ),
    "image": (
        ("line", "M 2.6 3.4 L 13.4 3.4 L 13.4 12.6 L 2.6 12.6 Z"),
        ("line", "M 2.6 11.4 L 6.4 7.6 L 9.2 10.4 L 11 8.8 L 13.4 11.2"),
        ("fill", "O 10.6 6.2 1"),
    ),
    "unknown": (
        ("line", "O 8 8 6"),
        ("line", "M 6 6.4 C 6 3.8 10 3.8 10 6.4 C 10 7.8 8 7.8 8 9.4"),
        ("fill", "O 8 11.6 0.8"),
    ),
    "person": (("line", "O 8 5 2.6"), ("line", "M 3 13.6 C 3 8.6 13 8.6 13 13.6")),
    "map": (
        ("line", "M 2 12 C 5 2 7 13 9 8 C 10.4 4.4 12 5 14 3.4"),
        ("fill", "O 2.4 12 1.2"),
        ("fill", "O 13.6 3.6 1.2"),
    ),
    "stage": (("line", "M 2 4.5 L 10.6 4.5 L 14 8 L 10.6 11.5 L 2 11.5 L 4.6 8 Z"),),
    "touchpoint": (
        ("line", "M 4 3.5 L 12 3.5 C 13 3.5 13.5 4 13.5 5 L 13.5 11 C 13.5 12 13 12.5 12 12.5 "
                 "L 4 12.5 C 3 12.5 2.5 12 2.5 11 L 2.5 5 C 2.5 4 3 3.5 4 3.5 Z"),
    ),
    "lane": (("line", "M 2 4.5 L 14 4.5"), ("line", "M 2 8 L 14 8"), ("line", "M 2 11.5 L 14 11.5")),
    "link": (("line", "M 2.6 12 C 6 12 6 5 12.6 5"), ("line", "M 10 2.4 L 12.8 5 L 10 7.6")),
    "star": (
        ("fill", "M 8 1.6 L 9.95 5.9 L 14.6 6.4 L 11.1 9.5 L 12.1 14.1 L 8 11.7 "
                 "L 3.9 14.1 L 4.9 9.5 L 1.4 6.4 L 6.05 5.9 Z"),
    ),
}  # fmt: skip


def circle(x: float, y: float, r: float) -> tuple[Step, ...]:
    """The steps of a circle."""
    k = _K * r
    return (
        ("M", x + r, y),
        ("C", x + r, y + k, x + k, y + r, x, y + r),
        ("C", x - k, y + r, x - r, y + k, x - r, y),
        ("C", x - r, y - k, x - k, y - r, x, y - r),
        ("C", x + k, y - r, x + r, y - k, x + r, y),
        ("Z",),
    )


@cache
def _steps(drawing: str) -> tuple[Step, ...]:
    words = drawing.split()
    if words[0] == "O":
        return circle(*(float(w) for w in words[1:4]))
    steps: list[Step] = []
    for word in words:
        if word.isalpha():
            steps.append((word,))
        else:
            steps[-1] = (*steps[-1], float(word))
    return tuple(steps)


def moved(steps: tuple[Step, ...], x: float, y: float, scale: float = 1.0) -> tuple[Step, ...]:
    """The steps scaled about the origin, then shifted by (x, y)."""
    return tuple(
        (step[0], *(round(float(v) * scale + (y if i % 2 else x), 3) for i, v in enumerate(step[1:])))
        for step in steps
    )


@cache
def icon(name: str, x: float, y: float, size: float, colour: str) -> tuple[Shape, ...]:
    """The icon `name` with its top left at (x, y), `size` wide and high, in the token `colour`."""
    scale = size / 16
    shapes = []
    for mode, drawing in _ICONS.get(name, _ICONS["unknown"]):
        steps = moved(_steps(drawing), x, y, scale)
        if mode == "fill":
            shapes.append(Path(steps, fill=colour))
        else:
            shapes.append(Path(steps, stroke=colour, width=round(1.5 * scale, 3)))
    return tuple(shapes)


_MOUTHS = (
    "M 5 11.8 C 6.2 8.8 9.8 8.8 11 11.8",
    "M 5.4 11.2 C 6.6 9.6 9.4 9.6 10.6 11.2",
    "M 5.4 10.4 L 10.6 10.4",
    "M 5.2 9.6 C 6.4 11.4 9.6 11.4 10.8 9.6",
    "M 4.8 9.2 C 5.8 12.8 10.2 12.8 11.2 9.2 Z",
)


@cache
def face(valence: int, x: float, y: float, diameter: float) -> tuple[Shape, ...]:
    """The face for a valence from −100 to +100, centred on (x, y): colour, mouth and eyes tell it."""
    scale = diameter / 16
    left, top = x - diameter / 2, y - diameter / 2
    number = face_number(valence)
    ink = "on-colour" if number in (0, 4) else "face-ink"
    mouth = moved(_steps(_MOUTHS[number]), left, top, scale)
    shapes: list[Shape] = [
        Path(
            moved(circle(8, 8, 8), left, top, scale),
            fill=face_colour(valence),
            stroke="sheet",
            width=1.2 * scale,
        ),
        Path(moved(circle(5.6, 6.4, 1.0), left, top, scale), fill=ink),
        Path(moved(circle(10.4, 6.4, 1.0), left, top, scale), fill=ink),
        Path(mouth, fill=ink if number == 4 else None, stroke=ink, width=1.3 * scale),
    ]
    return tuple(shapes)
