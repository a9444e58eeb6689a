"""Importance against gap: the area of a dot is its number of answers, hollow where chance may explain it."""

from __future__ import annotations

from collections.abc import Iterator
from math import pi, sqrt
from typing import TYPE_CHECKING, NamedTuple

from cxmapper.export.charts.common import colours, cut, say, signed
from cxmapper.locale import tr

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cxmapper.export.charts import View

_SURE = ("confirmed_gap", "exceeds_target")


class Dot(NamedTuple):
    """A touchpoint at its place: gap across, importance upwards, area in square points."""

    x: float
    y: float
    area: float
    title: str
    colour: str
    filled: bool

    @property
    def radius(self) -> float:
        """In points."""
        return sqrt(self.area / pi)


def draw(figure: Figure, view: View) -> None:
    """The field with its cross, dots and titles."""
    theme = view.theme
    dots = list(_dots(view))
    if not dots:
        say(figure, tr("No touchpoint has both answers and a target."), theme)
        return
    axes = figure.add_subplot()
    _ground(axes, view, max(abs(dot.x) for dot in dots) * 1.25 + 5)
    for dot in dots:
        axes.scatter(
            [dot.x], [dot.y], s=dot.area, facecolor=dot.colour if dot.filled else theme["sheet"],
            edgecolor=dot.colour, linewidth=1.6, zorder=3,
        )  # fmt: skip
    _titles(figure, axes, dots, theme["text"])
    axes.set_xlabel(tr("gap to target, points"))
    axes.set_ylabel(tr("importance"))
    axes.xaxis.set_major_formatter(signed)


def _dots(view: View) -> Iterator[Dot]:
    """The touchpoints that have a gap; the area of each grows with its answers, within bounds."""
    stages = colours(view.card, view.theme)
    constants = view.card.settings
    for node in view.card.nodes:
        if node.target_gap is None or node.hidden:
            continue
        importance = node.importance
        if importance is None:
            importance = constants.assumed_importance * constants.importance_max
        area = min(260.0, max(24.0, (node.n or 0) * 0.4))
        colour = stages.get(node.stage, view.theme["neutral-line"])
        yield Dot(node.target_gap, importance, area, cut(node.title), colour, node.tier in _SURE)


def _ground(axes: Axes, view: View, reach: float) -> None:
    """The cross where importance is high and the gap nothing, and the names of the four fields."""
    theme, most = view.theme, view.card.settings.importance_max
    low, high = -0.4, most + 0.9
    cross = _cross(view) - 0.25  # importance at the cross counts as high
    axes.set_xlim(-reach, reach)
    axes.set_ylim(low, high)
    axes.axvline(0, color=theme["neutral-line"], lw=1)
    axes.axhline(cross, color=theme["neutral-line"], lw=1)
    axes.fill_between([-reach, 0], cross, high, color=theme["bad-tint"], alpha=0.4, lw=0)
    corners = (
        (0.01, 0.99, tr("fix first"), "risk"),
        (0.99, 0.99, tr("keep up"), "gain"),
        (0.01, 0.01, tr("low priority"), "text-soft"),
        (0.99, 0.01, tr("overdone?"), "text-soft"),
    )
    for x, y, words, colour in corners:
        axes.text(
            x, y, words, transform=axes.transAxes, color=theme[colour], fontsize=8.5,
            ha="left" if x < 0.5 else "right", va="top" if y > 0.5 else "bottom",
        )  # fmt: skip


def _cross(view: View) -> float:
    known = [n.importance for n in view.card.nodes if n.importance is not None]
    cross = view.card.settings.importance_cross
    return cross if cross is not None else sum(known) / len(known) if known else 3.0


def _titles(figure: Figure, axes: Axes, dots: list[Dot], colour: str) -> None:
    """Titles beside their dots, the first ranked first, where they lie on nothing else."""
    width, height = figure.get_size_inches()
    x0, x1 = axes.get_xlim()
    y0, y1 = axes.get_ylim()
    across, up = (x1 - x0) / (width * 72 * 0.86), (y1 - y0) / (height * 72 * 0.82)  # data units a point
    taken = [(x0, y1 - 15 * up, x0 + 50 * across, y1), (x1 - 50 * across, y1 - 15 * up, x1, y1)]
    for dot in dots:
        r = dot.radius
        taken.append((dot.x - r * across, dot.y - r * up, dot.x + r * across, dot.y + r * up))
    for dot in dots:
        w, h, r = len(dot.title) * 4.9 * across, 10 * up, dot.radius + 2.5
        beside = ((dot.x + r * across, dot.y - h / 2), (dot.x - r * across - w, dot.y - h / 2))
        centred = max(x0, min(dot.x - w / 2, x1 - w))
        over = ((centred, dot.y + r * up), (centred, dot.y - r * up - h))
        for a, b in (*beside, *over):
            place = (a, b, a + w, b + h)
            if a >= x0 and a + w <= x1 and not any(_meet(place, other) for other in taken):
                axes.text(a, b + h / 2, dot.title, fontsize=8, color=colour, va="center", zorder=4)
                taken.append(place)
                break


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
