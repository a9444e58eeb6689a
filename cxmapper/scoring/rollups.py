"""Scores of stages, personas and whole journeys: pooled answers, and what their touchpoints add up to.

The pooled score alone hides broken moments of truth behind busy quiet ones; so the weighted score
and the weighted gap of the touchpoints stand beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from typing import Any, NamedTuple

from cxmapper.scoring.constants import Constants
from cxmapper.scoring.gaps import Reference, Source, Tier, moves_needed, shortfall, target_gap, tier
from cxmapper.scoring.nps import (
    Counts,
    Difference,
    Interval,
    around,
    benjamini_hochberg,
    difference,
    held_against,
    net_score,
    precision,
)
from cxmapper.scoring.rows import NodeScore


@dataclass(frozen=True, slots=True)
class RollUp:
    """The score of a stage, persona or journey.

    `score` pools all answers, each once; `weighted_score` is the mean of the touchpoints' scores by
    weight, with its interval; `gap_score` the mean of their shortfalls by weight, over those with
    enough answers and a reference, whose share of all weight is `coverage`, 0…1. `hidden` marks a
    group too small to be shown, or one that would give away such a group by subtraction.
    """

    id: str
    title: str
    metric: str
    counts: Counts | None
    n: int | None
    score: float | None
    lo: float | None
    hi: float | None
    center: float | None
    precision: str | None
    target: float | None
    reference: float | None
    reference_source: Source
    target_gap: float | None
    shortfall: float | None
    moves_needed: int | None
    p: float | None
    p_adj: float | None
    tier: Tier
    gap_score: float | None
    coverage: float | None
    weighted_score: float | None
    weighted_center: float | None
    weighted_error: float | None
    weighted_lo: float | None
    weighted_hi: float | None
    hidden: bool = False

    def as_dict(self) -> dict[str, Any]:
        """All fields by name, with the counts as a list or None."""
        values = asdict(self)
        values["counts"] = None if self.counts is None else list(self.counts)
        return values


class Group(NamedTuple):
    """What is rolled up: the pooled counts, the reference in points, and the rows within."""

    id: str
    title: str
    metric: str
    counts: Counts
    reference: Reference
    rows: Sequence[NodeScore]
    target: float | None = None


class _Weighted(NamedTuple):
    gap_score: float | None
    coverage: float | None
    score: float | None
    interval: Interval | None


def roll_up(groups: Sequence[Group], constants: Constants) -> tuple[RollUp, ...]:
    """The roll-ups of groups of one level, whose p values are adjusted together."""
    return adjusted([_pooled(group, constants) for group in groups], constants)


def adjusted(level: Sequence[RollUp], constants: Constants) -> tuple[RollUp, ...]:
    """Roll-ups of one level with their p values adjusted for how many there are, and their tiers."""
    ps = benjamini_hochberg([each.p for each in level])
    return tuple(
        each if each.hidden else replace(each, p_adj=p, tier=_tier(each, p, constants))
        for each, p in zip(level, ps, strict=True)
    )


def _tier(rolled: RollUp, p: float | None, constants: Constants) -> Tier:
    return tier(
        rolled.n or 0, rolled.score, rolled.center, rolled.reference, p,
        n_min=constants.n_min, alpha=constants.alpha,
    )  # fmt: skip


class Comparison(NamedTuple):
    """How the score of one group differs from another's; `p_adj` is adjusted for all pairs."""

    a: str
    b: str
    difference: Difference
    p_adj: float


def comparisons(level: Sequence[RollUp], constants: Constants) -> tuple[Comparison, ...]:
    """Every two groups of one level that have enough answers to the same metric, the surest first."""
    told = [each for each in level if not each.hidden and (each.n or 0) >= constants.n_min]
    found = [
        (a.id, b.id, apart)
        for a, b in combinations(told, 2)
        if a.metric == b.metric
        and a.counts is not None
        and b.counts is not None
        and (apart := difference(a.counts, b.counts, constants.confidence)) is not None
    ]
    ps = benjamini_hochberg([apart.p for _, _, apart in found])
    pairs = [Comparison(*pair, p) for pair, p in zip(found, ps, strict=True) if p is not None]
    return tuple(sorted(pairs, key=lambda pair: (pair.p_adj, pair.a, pair.b)))


def _pooled(group: Group, constants: Constants) -> RollUp:
    counts, points = group.counts, group.reference.points
    score, interval = net_score(counts), constants.interval_of(counts)
    p = None
    if interval is not None and points is not None and counts.n >= constants.n_min:
        p = held_against(interval, points).p
    weighted = _weighted(group, constants)
    around_it = weighted.interval
    return RollUp(
        id=group.id,
        title=group.title,
        metric=group.metric,
        counts=counts,
        n=int(counts.n),
        score=score,
        lo=interval.low if interval else None,
        hi=interval.high if interval else None,
        center=interval.centre if interval else None,
        precision=precision(interval),
        target=group.target,
        reference=points,
        reference_source=group.reference.source,
        target_gap=target_gap(score, points),
        shortfall=shortfall(score, points),
        moves_needed=moves_needed(counts, points),
        p=p,
        p_adj=None,
        tier="no_data",
        gap_score=weighted.gap_score,
        coverage=weighted.coverage,
        weighted_score=weighted.score,
        weighted_center=around_it.centre if around_it else None,
        weighted_error=around_it.error if around_it else None,
        weighted_lo=around_it.low if around_it else None,
        weighted_hi=around_it.high if around_it else None,
    )


def _weighted(group: Group, constants: Constants) -> _Weighted:
    """Σ w N / Σ w with SE = √Σ (w / Σ w)² SE², and Σ w shortfall / Σ w, over rows of the group's metric."""
    enough = [
        row
        for row in group.rows
        if (row.n or 0) >= constants.n_min and row.metric == group.metric and row.weight > 0
    ]
    aimed = [row for row in enough if row.reference is not None]
    all_weight = math.fsum(row.weight for row in group.rows)
    aimed_weight = math.fsum(row.weight for row in aimed)
    gap = None
    if aimed_weight:
        gap = math.fsum(row.weight * (row.shortfall or 0.0) for row in aimed) / aimed_weight
    coverage = aimed_weight / all_weight if all_weight else None
    weight = math.fsum(row.weight for row in enough)
    if not weight:
        return _Weighted(gap, coverage, None, None)
    score = centre = spread = 0.0
    for row in enough:
        share, interval = row.weight / weight, constants.interval_of(row.counts or Counts())
        score += share * (row.score or 0.0)
        if interval is not None:
            centre += share * interval.centre
            spread += (share * interval.error) ** 2
    return _Weighted(gap, coverage, score, around(centre, math.sqrt(spread), constants.confidence))


class Step(NamedTuple):
    """What reaching its reference at one touchpoint would add to the score of the whole, in points."""

    id: str
    title: str
    uplift: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From the current score to the potential one, in points; the steps add up to it exactly."""

    current: float | None
    steps: tuple[Step, ...]
    potential: float | None


def waterfall(current: float | None, steps: Sequence[Step]) -> Waterfall:
    """The steps that lift, the highest first, on top of the current pooled score."""
    if current is None:
        return Waterfall(None, (), None)
    lifting = sorted((step for step in steps if step.uplift > 0), key=lambda step: (-step.uplift, step.id))
    potential = current
    for step in lifting:
        potential += step.uplift
    return Waterfall(current, tuple(lifting), potential)


def fidelity(rows: Sequence[NodeScore]) -> float | None:
    """How true the map is, 0…100: 100 (1 − Σ w |N − E| / (200 Σ w)) over rows with answers and an emotion.

    None where there is no such row.
    """
    told = [(row.weight, abs(row.perception_gap)) for row in rows if row.perception_gap is not None]
    weight = math.fsum(weight for weight, _ in told)
    if not weight:
        return None
    return 100 * (1 - math.fsum(weight * apart for weight, apart in told) / (200 * weight))
