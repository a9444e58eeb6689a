"""Gap scores by persona and stage: the warmer a cell, the further below target, with n in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxmapper.export.charts.common import cut, say
from cxmapper.locale import tr

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cxmapper.export.charts import View

_DARK, _PALE = "#1B232B", "#FFFFFF"
_LEAST = 20.0  # points that the warmest colour stands for at least


def draw(figure: Figure, view: View) -> None:
    """The grid, with the gap score and number of answers written in each cell."""
    from matplotlib.colors import LinearSegmentedColormap

    card, theme = view.card, view.theme
    people, stages = card.personas, card.stages
    if not people or not stages:
        say(figure, tr("No answers to show."), theme)
        return
    axes = figure.add_subplot()
    nan = float("nan")
    cells = [[card.heat.get((person.id, stage.id)) for stage in stages] for person in people]
    values = [
        [c.gap_score if c is not None and c.gap_score is not None else nan for c in row] for row in cells
    ]
    warmest = max([_LEAST, *(v for row in values for v in row if v == v)])
    shades = LinearSegmentedColormap.from_list("gap", [theme["plot"], theme["bad"]])
    colours = shades.with_extremes(bad=theme["grid"])
    axes.imshow(values, cmap=colours, vmin=0, vmax=warmest, aspect="auto")
    for y, row in enumerate(cells):
        for x, cell in enumerate(row):
            value = values[y][x]
            score = f"{value:.0f}" if value == value else "–"
            n = cell.n if cell is not None and not cell.hidden else None
            note = tr("n {n}", n=f"{n:,}") if n is not None else tr("hidden") if cell and cell.hidden else ""
            ground = colours(value / warmest) if value == value else colours(nan)
            colour = _ink(ground[:3])
            axes.text(x, y, f"{score}\n{note}", ha="center", va="center", fontsize=8.5, color=colour)
    axes.set_xticks(range(len(stages)), [cut(s.title, 16) for s in stages])
    axes.set_yticks(range(len(people)), [cut(p.title or tr("Unknown"), 18) for p in people])
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_title(tr("Gap score: points below target, by importance"), fontsize=9)


def _ink(ground: tuple[float, float, float]) -> str:
    """Dark or pale, whichever reads better on a ground of red, green and blue 0…1."""
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in ground]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return _DARK if (light + 0.05) / 0.067 > 1.05 / (light + 0.05) else _PALE
