"""Named colours of the four looks: paper, light, dark and high contrast.

Shapes and lines of a sheet name a token; a painter looks its value up here. Exports always use
`PAPER`. Every text token meets WCAG AA on the grounds it stands on; a test says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Theme = Mapping[str, str]

STAGES = 8

_PAPER = {
    "desk": "#F4F6F8",
    "sheet": "#FFFFFF",
    "card": "#FFFFFF",
    "hairline": "#DDE2E8",
    "grid": "#EDF0F3",
    "text": "#25303B",
    "text-soft": "#5B6673",
    "on-colour": "#FFFFFF",
    "accent": "#2F62C9",
    "accent-tint": "#E6EEFC",
    "plot": "#FAFBFD",
    "neutral-line": "#C3CAD3",
    "curve": "#36424F",
    "good": "#1F9D8A",
    "good-tint": "#A9DDD3",
    "bad": "#D1603D",
    "bad-tint": "#F3BFAE",
    "face-2": "#C2512F",
    "face-1": "#E0A24A",
    "face0": "#9AA4AF",
    "face+1": "#6DBBA6",
    "face+2": "#1F9D8A",
    "face-ink": "#1B232B",
    "star": "#E3B22F",
    "link": "#5B6673",
    "dividing": "#7A8592",
    "pain": "#D1603D",
    "opportunity": "#1F7FA6",
    "gain": "#1F9D8A",
    "thought": "#8A93A0",
    "quote": "#8A93A0",
    "action": "#4668B8",
    "need": "#8A5FB5",
    "evidence": "#7A6A2E",
    "frontstage": "#4668B8",
    "backstage": "#67707D",
    "support": "#5D7A4E",
    "system": "#3E5C76",
    "risk": "#A8433F",
    "note": "#B0B7C0",
    "emotion": "#36424F",
    "unknown": "#B0B7C0",
    "stage0": "#3B6DB8",
    "stage1": "#1C7F71",
    "stage2": "#8467B5",
    "stage3": "#A26410",
    "stage4": "#B34A72",
    "stage5": "#4A7A2E",
    "stage6": "#2B7A99",
    "stage7": "#8A5A44",
    "target": "#2F62C9",
    "target-tint": "#E6EEFC",
}

_DARK = {
    **_PAPER,
    "desk": "#14181D",
    "sheet": "#1D232A",
    "card": "#262D36",
    "hairline": "#3A444F",
    "grid": "#2A323B",
    "text": "#E8ECF0",
    "text-soft": "#A9B4C0",
    "accent": "#7CA6F5",
    "accent-tint": "#24344F",
    "plot": "#20272F",
    "neutral-line": "#55606C",
    "curve": "#C9D1DA",
    "good-tint": "#1E443F",
    "bad-tint": "#4D2C22",
    "link": "#A9B4C0",
    "dividing": "#8D98A5",
    "emotion": "#C9D1DA",
    "backstage": "#98A2AF",
    "system": "#7FA3C4",
    "evidence": "#BFA94F",
    "support": "#8DB079",
    "frontstage": "#86A4E8",
    "action": "#86A4E8",
    "need": "#B594DC",
    "risk": "#E08682",
    "pain": "#E8825F",
    "opportunity": "#53B3DA",
    "target": "#7CA6F5",
    "target-tint": "#24344F",
}

_CONTRAST = {
    **_PAPER,
    "desk": "#FFFFFF",
    "hairline": "#000000",
    "grid": "#767676",
    "text": "#000000",
    "text-soft": "#000000",
    "accent": "#0033AA",
    "accent-tint": "#FFFFFF",
    "plot": "#FFFFFF",
    "neutral-line": "#000000",
    "curve": "#000000",
    "link": "#000000",
    "dividing": "#000000",
    "thought": "#000000",
    "quote": "#000000",
    "note": "#000000",
    "unknown": "#000000",
    "target": "#0033AA",
    "stage0": "#1F4788",
    "stage1": "#0F5A4F",
    "stage2": "#5B3F8C",
    "stage3": "#7A4A06",
    "stage4": "#8A2A52",
    "stage5": "#33591D",
    "stage6": "#17566E",
    "stage7": "#643E2D",
}

PAPER: Theme = MappingProxyType(_PAPER)
LIGHT: Theme = MappingProxyType(dict(_PAPER))
DARK: Theme = MappingProxyType(_DARK)
CONTRAST: Theme = MappingProxyType(_CONTRAST)
THEMES: Mapping[str, Theme] = MappingProxyType(
    {"paper": PAPER, "light": LIGHT, "dark": DARK, "contrast": CONTRAST}
)


def stage_colour(number: int) -> str:
    """The token of the stage with this number, from 0."""
    return f"stage{number % STAGES}"


def face_colour(valence: float) -> str:
    """The token of the face for a valence from −100 to +100.

    >>> face_colour(-80), face_colour(5), face_colour(41)
    ('face-2', 'face0', 'face+1')
    """
    return ("face-2", "face-1", "face0", "face+1", "face+2")[face_number(valence)]


def face_number(valence: float) -> int:
    """Which of the five faces, 0 (worst) to 4 (best), stands for a valence.

    >>> [face_number(v) for v in (-100, -60, -21, -20, 19, 20, 59, 60, 100)]
    [0, 0, 1, 1, 2, 3, 3, 4, 4]
    """
    return 0 if valence <= -60 else 1 if valence <= -20 else 2 if valence < 20 else 3 if valence < 60 else 4
