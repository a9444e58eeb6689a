"""From scores to what is drawn of them on a map. The one place where layout and scoring meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cxmapper.layout.measured import Measured, Scores
from cxmapper.model.document import Document
from cxmapper.scoring.metrics import BEST
from cxmapper.scoring.pools import Window
from cxmapper.scoring.rollups import RollUp
from cxmapper.scoring.rows import NodeScore
from cxmapper.scoring.scorecard import Scorecard, score

_APART = ("map_rosier", "map_gloomier")


class Shown(NamedTuple):
    """Which of the scores are drawn: the values with their intervals, what disagrees, the badges."""

    line: bool = True
    band: bool = True
    badges: bool = True


ALL = Shown()


class Asked(NamedTuple):
    """Whose answers are scored: a persona's or all, in one metric, within a window or at any time."""

    persona: str | None = None
    metric: str = BEST
    window: Window | None = None


EVERYBODY = Asked()


def measured_in(card: Scorecard, shown: Shown = ALL) -> dict[str, Measured]:
    """What is drawn in each column of a map. A group too small to be shown has nothing."""
    drawn = ((node.id, _measured(node, shown)) for node in card.nodes)
    return {id_: value for id_, value in drawn if value is not None and (value[3:] != (False, False, False))}


def _measured(node: NodeScore | RollUp, shown: Shown) -> Measured | None:
    if node.hidden or node.score is None or node.lo is None or node.hi is None:
        return None
    apart = getattr(node, "perception", "") in _APART
    return Measured(
        node.score,
        node.lo,
        node.hi,
        shown=shown.line,
        disagrees=shown.band and apart,
        first=shown.badges and node.tier == "confirmed_gap",
    )


def scores_of(
    document: Document, journeys: Iterable[str], shown: Shown = ALL, asked: Asked = EVERYBODY
) -> Scores:
    """What is drawn on each of these maps."""
    cards = (
        score(document, j, persona=asked.persona, metric=asked.metric, window=asked.window) for j in journeys
    )
    return {card.id: measured_in(card, shown) for card in cards}
