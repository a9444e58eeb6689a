"""Importance against gap: the area of a dot is its number of answers, hollow where chance may explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxmapper.export.charts.common import colours, cut, say, signed
from cxmapper.locale import tr

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from cxmapper.export.charts import View
    from cxmapper.scoring.rows import NodeScore

_SURE = ("confirmed_gap", "exceeds_target")


def draw(figure: Figure, view: View) -> None:
    """The field with its cross, dots and titles."""
    card, theme = view.card, view.theme
    nodes = [n for n in card.nodes if n.target_gap is not None and not n.hidden]
    if not nodes:
        say(figure, tr("No touchpoint has both answers and a target."), theme)
        return
    axes = figure.add_subplot()
    most = card.settings.importance_max
    cross = _cross(view)
    reach = max(abs(n.target_gap or 0.0) for n in nodes) * 1.25 + 5
    axes.set_xlim(-reach, reach)
    axes.set_ylim(-0.3, most + 0.6)
    axes.axvline(0, color=theme["neutral-line"], lw=1)
    axes.axhline(cross - 0.25, color=theme["neutral-line"], lw=1)
    axes.axvspan(-reach, 0, (cross + 0.05) / (most + 0.9), 1, color=theme["bad-tint"], alpha=0.4, lw=0)
    stages = colours(card, theme)
    for node in nodes:
        _dot(
            axes, node, _importance(node, most), stages.get(node.stage, theme["neutral-line"]), theme["sheet"]
        )
    _titles(
        figure, axes, [(n.target_gap or 0.0, _importance(n, most), n.title) for n in nodes], theme["text"]
    )
    axes.set_xlabel(tr("gap to target, points"))
    axes.set_ylabel(tr("importance"))
    axes.xaxis.set_major_formatter(signed)
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


def _importance(node: NodeScore, most: float) -> float:
    return node.importance if node.importance is not None else 0.6 * most


def _dot(axes: Axes, node: NodeScore, importance: float, colour: str, ground: str) -> None:
    size = min(420.0, max(24.0, (node.n or 0) * 0.6))
    filled = node.tier in _SURE
    axes.scatter(
        [node.target_gap or 0.0], [importance], s=size, facecolor=colour if filled else ground,
        edgecolor=colour, linewidth=1.6, zorder=3,
    )  # fmt: skip


def _titles(figure: Figure, axes: Axes, dots: list[tuple[float, float, str]], colour: str) -> None:
    """Titles beside their dots, where they lie on no other."""
    width, height = figure.get_size_inches()
    x0, x1 = axes.get_xlim()
    y0, y1 = axes.get_ylim()
    across, up = (x1 - x0) / (width * 72 * 0.86), (y1 - y0) / (height * 72 * 0.82)  # data units a point
    taken: list[tuple[float, float, float, float]] = []
    for x, y, title in dots:
        words = cut(title)
        w, h = len(words) * 4.9 * across, 10 * up
        right, left = (x + 9 * across, y - h / 2), (x - 9 * across - w, y - h / 2)
        above, below = (x - w / 2, y + 9 * up), (x - w / 2, y - 9 * up - h)
        for a, b in (right, left, above, below):
            place = (a, b, a + w, b + h)
            if a >= x0 and a + w <= x1 and not any(_meet(place, other) for other in taken):
                axes.text(a, b + h / 2, words, fontsize=8, color=colour, va="center", zorder=4)
                taken.append(place)
                break


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
