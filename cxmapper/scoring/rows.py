"""The scores of touchpoints side by side: evidence weighed over all of them, then ranked.

From plain numbers (`Subject`) to `NodeScore`; where the numbers come from, a document or a case, is
the callers' to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

from cxmapper.scoring.constants import Constants
from cxmapper.scoring.gaps import (
    GapScore,
    Perception,
    Reference,
    Source,
    Tier,
    Weight,
    gap_score,
    moves_needed,
    perception,
    rank,
    shortfall,
    target_gap,
    tier,
)
from cxmapper.scoring.nps import (
    Counts,
    Interval,
    benjamini_hochberg,
    held_against,
    net_score,
    precision,
)
from cxmapper.scoring.priorities import Quadrant, ipa_quadrant, opportunity_from_score


class Subject(NamedTuple):
    """A touchpoint, or a stage without any, as the formulas see it.

    `target` is as it was set, in the unit of its metric; `reference` is in points. `emotion` is the
    drawn one in points.
    """

    id: str
    counts: Counts
    reference: Reference
    weight: Weight
    emotion: float | None = None
    tolerance: float = 10.0
    stage: str = ""
    title: str = ""
    stage_title: str = ""
    metric: str = "nps"
    target: float | None = None
    importance: float | None = None
    moment_of_truth: bool = False
    derived: bool = False


class Reading(NamedTuple):
    """What a subject's own numbers give, before the others are looked at."""

    subject: Subject
    score: float | None
    interval: Interval | None
    shortfall: float | None
    gap: GapScore
    p: float | None
    perception: Perception
    moves: int | None


@dataclass(frozen=True, slots=True)
class NodeScore:
    """All that is known of a touchpoint (or of a stage without any).

    Points are −100…100, gaps −200…200, weight and share 0…1. `lo` and `hi` are the interval of
    `score`, around `center`. `uplift` is what reaching the reference would add to the score of the
    whole journey. `hidden` marks a group too small to be shown: all its numbers are None, and its
    `tier` is "insufficient".
    """

    id: str
    title: str
    stage: str
    stage_title: str
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
    importance: float | None
    importance_assumed: bool
    moment_of_truth: bool
    weight: float
    weight_source: Literal["stated", "assumed", "derived"]
    gap_score: float | None
    gap_score_lo: float | None
    gap_score_hi: float | None
    p: float | None
    p_adj: float | None
    tier: Tier
    emotion: float | None
    emotion_tolerance: float
    perception_gap: float | None
    perception: Perception
    share: float | None
    uplift: float | None
    moves_needed: int | None
    quadrant: Quadrant | None
    opportunity: float | None
    more_needed: int
    hidden: bool = False

    def as_dict(self) -> dict[str, Any]:
        """All fields by name, with the counts as a list or None."""
        values = asdict(self)
        values["counts"] = None if self.counts is None else list(self.counts)
        return values


def read(subject: Subject, constants: Constants) -> Reading:
    """What one subject's numbers give."""
    counts, points = subject.counts, subject.reference.points
    score, interval = net_score(counts), constants.interval_of(counts)
    tested = interval is not None and points is not None and counts.n >= constants.n_min
    return Reading(
        subject,
        score,
        interval,
        shortfall(score, points),
        gap_score(score, interval, points, subject.weight.value),
        held_against(interval, points).p if tested and interval is not None and points is not None else None,
        perception(counts.n, interval, subject.emotion, subject.tolerance, n_min=constants.n_min),
        moves_needed(counts, points),
    )


def score_rows(
    readings: Sequence[Reading], constants: Constants, totals: dict[str, float]
) -> tuple[NodeScore, ...]:
    """The scores of all subjects of one level, in their order.

    The p values are adjusted for how many subjects there are (Benjamini–Hochberg); shares are of
    `totals`, how many answers each metric has in the whole journey.
    """
    adjusted = benjamini_hochberg([reading.p for reading in readings])
    cross = _cross(readings, constants)
    return tuple(
        _row(reading, p, constants, cross, totals.get(reading.subject.metric, 0))
        for reading, p in zip(readings, adjusted, strict=True)
    )


def ranked(rows: Sequence[NodeScore]) -> tuple[NodeScore, ...]:
    """Rows by evidence, gap score, weight and id: the first is where to act first."""
    return tuple(sorted(rows, key=lambda row: rank(row.tier, row.gap_score, row.weight, row.id)))


def _cross(readings: Sequence[Reading], constants: Constants) -> float | None:
    """From where importance is high: the constant, or the mean of those that are set."""
    if constants.importance_cross is not None:
        return constants.importance_cross
    known = [r.subject.importance for r in readings if r.subject.importance is not None]
    return sum(known) / len(known) if known else None


def _row(
    reading: Reading, p_adjusted: float | None, constants: Constants, cross: float | None, total: float
) -> NodeScore:
    subject, score, interval = reading.subject, reading.score, reading.interval
    n, points = subject.counts.n, subject.reference.points
    gap = target_gap(score, points)
    share = n / total if total else 0.0
    importance = subject.importance
    if importance is None:
        importance = constants.assumed_importance * constants.importance_max
    return NodeScore(
        id=subject.id,
        title=subject.title,
        stage=subject.stage,
        stage_title=subject.stage_title,
        metric=subject.metric,
        counts=subject.counts,
        n=int(n),
        score=score,
        lo=interval.low if interval else None,
        hi=interval.high if interval else None,
        center=interval.centre if interval else None,
        precision=precision(interval),
        target=subject.target,
        reference=points,
        reference_source=subject.reference.source,
        target_gap=gap,
        shortfall=reading.shortfall,
        importance=subject.importance,
        importance_assumed=subject.weight.assumed,
        moment_of_truth=subject.moment_of_truth,
        weight=subject.weight.value,
        weight_source="derived" if subject.derived else "assumed" if subject.weight.assumed else "stated",
        gap_score=reading.gap.value,
        gap_score_lo=reading.gap.low,
        gap_score_hi=reading.gap.high,
        p=reading.p,
        p_adj=p_adjusted,
        tier=tier(
            n, score, interval.centre if interval else None, points, p_adjusted,
            n_min=constants.n_min, alpha=constants.alpha,
        ),
        emotion=subject.emotion,
        emotion_tolerance=subject.tolerance,
        perception_gap=target_gap(score, subject.emotion),
        perception=reading.perception,
        share=share,
        uplift=None if reading.shortfall is None else share * reading.shortfall,
        moves_needed=reading.moves,
        quadrant=None if gap is None or cross is None else ipa_quadrant(importance, gap, cross),
        opportunity=opportunity_from_score(importance, score, constants.importance_max),
        more_needed=max(0, constants.n_min - int(n)),
    )  # fmt: skip
