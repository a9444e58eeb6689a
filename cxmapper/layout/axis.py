"""The axis that feelings and NPS share, from −100 at the foot of a plot to +100 at its head."""

from __future__ import annotations

INSET = 14.0


def height_of(valence: float, plot: float) -> float:
    """The y of a valence in a plot so many points high.

    >>> height_of(0, 168), height_of(100, 168), height_of(-100, 168)
    (84.0, 14.0, 154.0)
    """
    return plot / 2 - valence / 100 * (plot / 2 - INSET)


def valence_at(y: float, plot: float) -> float:
    """The valence at height `y` of a plot, from −100 to +100: what `height_of` undoes.

    >>> valence_at(84, 168), valence_at(-50, 168)
    (0.0, 100.0)
    """
    return max(-100.0, min(100.0, (plot / 2 - y) / (plot / 2 - INSET) * 100)) + 0.0
