"""Charts of bars: from the score that is to the one that could be, and how many gave which answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxmapper.export.charts.common import cut, say, signed
from cxmapper.locale import tr
from cxmapper.scoring.metrics import metric_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cxmapper.export.charts import View

_MOST = 14


def draw_waterfall(figure: Figure, view: View) -> None:
    """The current score, a step for each touchpoint below its target, and where they lead."""
    fall, theme = view.card.waterfall, view.theme
    if fall.current is None or fall.potential is None or not fall.steps:
        say(figure, tr("No touchpoint with answers is below its target."), theme)
        return
    shown = fall.steps[:_MOST]
    rest = sum(step.uplift for step in fall.steps[_MOST:])
    steps = [(cut(step.title), step.uplift) for step in shown] + ([(tr("all others"), rest)] if rest else [])
    axes = figure.add_subplot()
    names = [tr("now"), *(name for name, _ in steps), tr("possible")]
    at = fall.current
    axes.barh(0, at, color=theme["neutral-line"], height=0.6)
    axes.text(at, 0, f"  {signed(at)}", va="center", fontsize=8.5)
    for row, (_, uplift) in enumerate(steps, start=1):
        axes.barh(row, uplift, left=at, color=theme["good"], height=0.6)
        axes.plot([at, at], [row - 1, row], color=theme["neutral-line"], lw=0.8, zorder=0)
        at += uplift
        axes.text(at, row, f"  +{uplift:.1f}", va="center", fontsize=8.5)
    axes.barh(len(steps) + 1, at, color=theme["target"], height=0.6)
    axes.text(at, len(steps) + 1, f"  {signed(at)}", va="center", fontsize=8.5)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.axvline(0, color=theme["neutral-line"], lw=0.8)
    axes.margins(x=0.14)
    axes.xaxis.set_major_formatter(signed)
    axes.set_xlabel(tr("points; shares are of answers, not of customers"))


def draw_answers(figure: Figure, view: View) -> None:
    """How many gave each answer; detractors, passives and promoters differ in colour and hatch."""
    theme = view.theme
    answers = view.card.distribution(view.about)
    if not answers:
        say(figure, tr("No answers to show."), theme)
        return
    scale = [answer for answer, _ in answers]
    metric = metric_of(view.card.by_id[view.about].metric, scale)
    looks = {-1: (theme["bad"], "///"), 0: (theme["neutral-line"], ""), 1: (theme["good"], "\\\\\\")}
    axes = figure.add_subplot()
    for place, (answer, n) in enumerate(answers):
        sign = metric.sign(answer.strip().casefold()) if metric is not None else 0
        colour, hatch = looks[sign if sign is not None else 0]
        axes.bar(place, n, color=colour, hatch=hatch, edgecolor=theme["sheet"], width=0.8)
        axes.text(place, n, f"{n:,}", ha="center", va="bottom", fontsize=8)
    axes.set_xticks(range(len(scale)), [cut(answer, 10) for answer in scale])
    axes.set_ylabel(tr("answers"))
    axes.set_title(cut(view.card.by_id[view.about].title, 50))
