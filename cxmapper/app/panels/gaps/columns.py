"""The columns of the table of gaps: what each is called, says, and sorts by. Knows no widget.

A new column is a row of `COLUMNS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxmapper.app.panels.gaps.words import HIDDEN, NOTHING, TIERS, Look, between, count, exact, points
from cxmapper.locale import Words, msg, tr

if TYPE_CHECKING:
    from cxmapper.scoring.rollups import RollUp
    from cxmapper.scoring.rows import NodeScore

    Scored = NodeScore | RollUp

Key = float | str | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` is what rows are sorted by, None for what is not known and so comes last.

    `explained` says whether a click on its cells tells how they were computed; `shown` whether it is
    there unless the person chooses otherwise; `widest` is a text that must fit.
    """

    name: str
    label: Words
    tip: Words
    text: Callable[[Scored], str]
    key: Callable[[Scored], Key]
    widest: str = ""
    explained: bool = False
    shown: bool = True


def look_of(node: Scored) -> Look:
    """How the evidence of a score is shown."""
    return HIDDEN if node.hidden else TIERS[node.tier]


def title_of(node: Scored) -> str:
    """The title of what was scored."""
    return node.title or tr("Untitled")


def number(node: Scored, name: str) -> float | None:
    """A number that only touchpoints have, such as the drawn emotion; None for stages and personas."""
    value: float | None = getattr(node, name, None)
    return value


def _tier_order(node: Scored) -> float:
    return list(TIERS).index(node.tier) if not node.hidden else len(TIERS)


def _bar(node: Scored) -> str:
    if node.score is None:
        return NOTHING
    parts = [tr("{score} ({interval})", score=points(node.score), interval=between(node.lo, node.hi))]
    if node.reference is not None:
        parts.append(tr("target {n}", n=points(node.reference)))
    emotion = number(node, "emotion")
    if emotion is not None:
        parts.append(tr("drawn {n}", n=points(emotion)))
    return tr(", ").join(parts)


COLUMNS: tuple[Column, ...] = (
    Column("title", msg("Touchpoint"), msg("A click selects it on the map."), title_of,
           lambda s: title_of(s).casefold()),
    Column("n", msg("n"), msg("How many answers there are."),
           lambda s: NOTHING if s.n is None else count(s.n), lambda s: s.n, "4,812", True,
           shown=False),
    Column("score", msg("NPS"), msg("Share of promoters less share of detractors, in points."),
           lambda s: points(s.score), lambda s: s.score, "−100", True),
    Column("target", msg("Target"), msg("What the score should be. Click to set it; clear it to use that of "
           "the stage or map."), lambda s: points(s.reference), lambda s: s.reference, "−100"),
    Column("bar", msg("Interval"),
           msg("From −100 to +100: the bar runs from the target (tick) to the score, the whiskers are its "
               "interval, the diamond is the emotion drawn on the map."), _bar, lambda s: s.score),
    Column("gap", msg("Gap"), msg("Score less target, in points."), lambda s: points(s.target_gap),
           lambda s: s.target_gap, "−100", True),
    Column("gap_score", msg("Gap score"), msg("Points below the target, weighted by importance."),
           lambda s: exact(s.gap_score), lambda s: s.gap_score, "100.0", True, shown=False),
    Column("uplift", msg("Uplift"), msg("What reaching the target would add to the score of the whole."),
           lambda s: exact(number(s, "uplift")), lambda s: number(s, "uplift"), "100.0", True, shown=False),
    Column("tier", msg("Evidence"), msg("How sure it is that there is a gap."),
           lambda s: str(look_of(s).word), _tier_order),
)  # fmt: skip
NUMBER = {column.name: number for number, column in enumerate(COLUMNS)}
