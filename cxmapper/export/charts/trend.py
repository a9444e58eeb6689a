"""The score of one element over time, with its intervals and its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxmapper.export.charts.common import cut, say, signed
from cxmapper.locale import tr

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cxmapper.export.charts import View

_LABELS = 12


def draw(figure: Figure, view: View) -> None:
    """Points with whiskers, joined where one follows the other; periods without answers are gaps."""
    theme, shown = view.theme, view.card.by_id[view.about]
    periods = view.card.trend(view.about, view.by)
    if not any(p.score is not None for p in periods):
        say(figure, tr("No answers with a date to show."), theme)
        return
    axes = figure.add_subplot()
    nan = float("nan")
    scores = [p.score if p.score is not None else nan for p in periods]
    lows = [p.lo if p.lo is not None else nan for p in periods]
    highs = [p.hi if p.hi is not None else nan for p in periods]
    places = list(range(len(periods)))
    axes.fill_between(places, lows, highs, color=theme["target"], alpha=0.15, lw=0)
    axes.vlines(places, lows, highs, color=theme["target"], lw=1.2)
    axes.plot(places, scores, color=theme["target"], lw=1.4, marker="D", ms=4.5)
    if shown.reference is not None:
        axes.axhline(shown.reference, color=theme["text-soft"], lw=1, ls="--")
        axes.text(0.995, shown.reference, tr("target"), transform=axes.get_yaxis_transform(), ha="right",
                  va="bottom", fontsize=8, color=theme["text-soft"])  # fmt: skip
    step = max(1, -(-len(periods) // _LABELS))
    ticks = [p for p in places if (len(places) - 1 - p) % step == 0]
    axes.set_xticks(ticks, [_label(periods[p].label, periods[p].n) for p in ticks])
    axes.yaxis.set_major_formatter(signed)
    axes.set_ylabel(tr("points"))
    axes.set_title(cut(shown.title, 50))
    axes.margins(x=0.04, y=0.15)


def _label(label: str, n: int | None) -> str:
    return f"{label}\n" + (tr("n {n}", n=f"{n:,}") if n is not None else "–")
