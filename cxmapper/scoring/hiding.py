"""Takes the numbers out of scores whose groups are too small to be shown.

Which groups those are is `anonymity`'s to say; here its rules are put to a whole scorecard, within
the journey and, where one persona's answers are asked for, among the personas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cxmapper.scoring.anonymity import Hidden, hidden_in, small_groups
from cxmapper.scoring.pools import EMPTY, Pool, gather
from cxmapper.scoring.rollups import RollUp
from cxmapper.scoring.rows import NodeScore
from cxmapper.scoring.subjects import Grounds


def hidden_of(on: Grounds, rows: Sequence[NodeScore], stages: Sequence[RollUp], whole: RollUp) -> Hidden:
    """What to hide of a scorecard."""
    nodes = {row.id: (row.stage, row.n or 0) for row in rows}
    sizes = {stage.id: stage.n or 0 for stage in stages}
    hidden = hidden_in(nodes, sizes, whole.n or 0, on.constants.anonymity)
    if on.question.persona is None:
        return hidden
    return _among_personas(on, hidden, rows, stages, whole)


def _among_personas(
    on: Grounds, hidden: Hidden, rows: Sequence[NodeScore], stages: Sequence[RollUp], whole: RollUp
) -> Hidden:
    """The same, and what would show by taking the other personas' numbers from everybody's."""
    everybody = gather(
        on.document, on.journey.id, on.stage_of, window=on.question.window, before=on.pools.reads
    )
    return Hidden(
        hidden.nodes | {r.id for r in rows if _gives_away(on, everybody.nodes.get(r.id, EMPTY), r.metric)},
        hidden.stages
        | {s.id for s in stages if _gives_away(on, everybody.stages.get(s.id, EMPTY), s.metric)},
        hidden.whole or _gives_away(on, everybody.whole or everybody.relational, whole.metric),
    )


def _gives_away(on: Grounds, pool: Pool, metric: str) -> bool:
    """Whether the asked persona's part of everybody's answers must not be shown."""
    parts = pool.of_metric(metric).of_personas(on.document)
    sizes = {id_: sum(read.counts.n for read in part.reads) for id_, part in parts.items()}
    return on.question.persona in small_groups(sizes, sum(sizes.values()), on.constants.anonymity)


def hide_node(row: NodeScore) -> NodeScore:
    """A row without what its answers say; what the designer set stays."""
    return replace(
        row,
        counts=None, n=None, score=None, lo=None, hi=None, center=None, precision=None,
        target_gap=None, shortfall=None, gap_score=None, gap_score_lo=None, gap_score_hi=None,
        p=None, p_adj=None, tier="insufficient", perception_gap=None, perception="insufficient",
        share=None, uplift=None, moves_needed=None, quadrant=None, opportunity=None, more_needed=0,
        hidden=True,
    )  # fmt: skip


def hide_roll_up(rolled: RollUp) -> RollUp:
    """A roll-up without what its answers say."""
    return replace(
        rolled,
        counts=None, n=None, score=None, lo=None, hi=None, center=None, precision=None,
        target_gap=None, shortfall=None, moves_needed=None, p=None, p_adj=None, tier="insufficient",
        gap_score=None, coverage=None, weighted_score=None, weighted_center=None, weighted_error=None,
        weighted_lo=None, weighted_hi=None, hidden=True,
    )  # fmt: skip
