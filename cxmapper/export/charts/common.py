"""What the charts share: how points are written, titles cut, and what is said where there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxmapper.layout.theme import Theme, stage_colour
from cxmapper.scoring.scorecard import Scorecard

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def signed(value: float, _position: object = None) -> str:
    """Points with their sign.

    >>> signed(-41.4), signed(0.3), signed(7)
    ('−41', '0', '+7')
    """
    whole = round(value)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


def cut(text: str, most: int = 24) -> str:
    """A title short enough to stand beside a bar.

    >>> cut("Set-up fee was a surprise", 12)
    'Set-up fee…'
    """
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def colours(card: Scorecard, theme: Theme) -> dict[str, str]:
    """The colour of each stage, by id."""
    return {stage.id: theme[stage_colour(number)] for number, stage in enumerate(card.stages)}


def say(figure: Figure, words: str, theme: Theme) -> None:
    """Words in the middle of a figure that has nothing to show."""
    figure.text(0.5, 0.5, words, ha="center", va="center", color=theme["text-soft"], wrap=True)
