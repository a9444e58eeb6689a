"""Every text can be read on the ground it stands on, in every look (WCAG AA)."""

from __future__ import annotations

import pytest

from cxmapper.layout.theme import STAGES, THEMES, Theme


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(theme: Theme, text: str, ground: str) -> float:
    low, high = sorted((luminance(theme[text]), luminance(theme[ground])))
    return (high + 0.05) / (low + 0.05)


PAIRS = [(text, ground) for text in ("text", "text-soft") for ground in ("sheet", "card", "plot", "grid")] + [
    ("on-colour", f"stage{n}") for n in range(STAGES)
]


@pytest.mark.parametrize("name", sorted(THEMES))
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_meets_wcag_aa(name: str, text: str, ground: str) -> None:
    assert contrast(THEMES[name], text, ground) >= 4.5
