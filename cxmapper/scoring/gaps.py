"""Gaps: what customers answered against what is aimed at, and against what the map shows.

One touchpoint at a time, from plain numbers; all in points of the one axis −100…+100. A gap is
answered less aimed at, as in SERVQUAL: below 0 is worse than it should be. What can't be computed
is None, never 0, and no target is ever invented.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal, NamedTuple

from cxmapper.scoring.nps import Counts, Interval

Tier = Literal[
    "confirmed_gap", "possible_gap", "on_target", "exceeds_target", "insufficient", "no_target", "no_data"
]
TIERS: tuple[Tier, ...] = (
    "confirmed_gap",
    "possible_gap",
    "on_target",
    "exceeds_target",
    "insufficient",
    "no_target",
    "no_data",
)
_RANK = {tier: rank for rank, tier in enumerate(TIERS)}

Source = Literal["touchpoint", "stage", "map", "project", "designed_emotion", "none"]
SOURCES: tuple[Source, ...] = ("touchpoint", "stage", "map", "project")

Perception = Literal[
    "map_rosier", "map_gloomier", "aligned", "inconclusive", "insufficient", "no_emotion", "no_data"
]

CONTINUOUS_TOLERANCE = 10.0
_ROUNDING = 1e-9  # so that 30.000000000000004 moves are 30


class Reference(NamedTuple):
    """What a score is held against, in points, and where that was set."""

    points: float | None
    source: Source


def reference_of(
    targets: Mapping[Source, float | None], *, to_be: bool = False, emotion: float | None = None
) -> Reference:
    """The first target that is set: the touchpoint's own, its stage's, the map's, the project's.

    On a map of what shall be, the designed emotion in points comes last. 0 is a target. Raises
    ValueError for a target outside −100…100.

    >>> reference_of({"stage": 30, "map": 20})
    Reference(points=30, source='stage')
    """
    for source in SOURCES:
        points = targets.get(source)
        if points is not None:
            if not -100 <= points <= 100:
                raise ValueError(f"the target {points} is outside -100…100")
            return Reference(points, source)
    if to_be and emotion is not None:
        return Reference(emotion, "designed_emotion")
    return Reference(None, "none")


def target_gap(score: float | None, reference: float | None) -> float | None:
    """Score − reference, in points −200…200."""
    return None if score is None or reference is None else score - reference


def shortfall(score: float | None, reference: float | None) -> float | None:
    """How far a score lies below its reference: max(0, R − N), in points 0…200."""
    return None if score is None or reference is None else max(0.0, reference - score)


class Weight(NamedTuple):
    """How much a touchpoint matters, 0…1, and whether its importance had to be assumed."""

    value: float
    assumed: bool


def weight(
    importance: float | None,
    *,
    most: float = 5,
    moment_of_truth: bool = False,
    factor: float = 1.5,
    assumed: float = 0.6,
) -> Weight:
    """(importance / most) × (factor if a moment of truth) / factor, 0…1.

    A missing importance counts as `assumed` of the most, and is marked so; an importance of 0 is 0.

    >>> weight(5, moment_of_truth=True), weight(None)
    (Weight(value=1.0, assumed=False), Weight(value=0.39999999999999997, assumed=True))
    """
    share = assumed if importance is None else importance / most
    return Weight(share * (factor if moment_of_truth else 1.0) / factor, importance is None)


class GapScore(NamedTuple):
    """Importance-weighted points below target, 0…200, with the ends of its interval."""

    value: float | None
    low: float | None
    high: float | None


NO_GAP_SCORE = GapScore(None, None, None)


def gap_score(
    score: float | None, interval: Interval | None, reference: float | None, weight: float
) -> GapScore:
    """Shortfall × weight; its interval is the same at the upper and lower end of the score's.

    It falls as the score rises, so its ends are exact.
    """
    below = shortfall(score, reference)
    if below is None or interval is None or reference is None:
        return NO_GAP_SCORE
    low, high = max(0.0, reference - interval.high), max(0.0, reference - interval.low)
    return GapScore(below * weight, low * weight, high * weight)


def tier(
    n: float,
    score: float | None,
    centre: float | None,
    reference: float | None,
    p_adjusted: float | None,
    *,
    n_min: float = 10,
    alpha: float = 0.05,
) -> Tier:
    """How good the evidence of a gap is: the first key of the ranking.

    A gap is confirmed where the score is below the reference and the adjusted centre too, with a
    Benjamini–Hochberg p below `alpha`.
    """
    if not n or score is None or centre is None:
        return "no_data"
    if n < n_min:
        return "insufficient"
    if reference is None:
        return "no_target"
    sure = p_adjusted is not None and p_adjusted < alpha
    if score < reference:
        return "confirmed_gap" if sure and centre < reference else "possible_gap"
    return "exceeds_target" if sure and centre > reference else "on_target"


def rank(tier: Tier, gap_score: float | None, weight: float, id_: str) -> tuple[float, float, float, str]:
    """The key to sort by: evidence, then gap score and weight from high to low, then id."""
    return _RANK[tier], -(gap_score or 0.0), -weight, id_


def moves_needed(counts: Counts, reference: float | None) -> int | None:
    """How many answers must improve by one class for the score to reach the reference.

    The smallest k with 100 (positive − negative + k) / n ≥ R. None without answers or reference.

    >>> moves_needed(Counts(10, 20, 30), 50)
    10
    """
    if not counts.n or reference is None:
        return None
    missing = reference * counts.n / 100 - (counts.positive - counts.negative)
    return max(0, math.ceil(missing - _ROUNDING))


class Emotion(NamedTuple):
    """A drawn emotion in points −100…100, and how far off still counts as the same."""

    points: float
    tolerance: float


def emotion_points(value: float, low: float, high: float, levels: int | None = None) -> Emotion:
    """An emotion of any scale in points: a scale of k levels is cut into k equal bins of −100…100.

    A value becomes the middle of its bin, with half a bin of tolerance. A scale without levels is
    stretched to −100…100, with 10 points of tolerance. Raises ValueError for an empty scale.

    >>> emotion_points(-2, -2, 2, 5)
    Emotion(points=-80.0, tolerance=20.0)
    """
    if not high > low or (levels is not None and levels < 1):
        raise ValueError("the scale must have an upper end above its lower one, and a level at least")
    share = (value - low) / (high - low)
    if levels is None:
        return Emotion(-100 + 200 * share, CONTINUOUS_TOLERANCE)
    return Emotion(-100 + (share * (levels - 1) + 0.5) * 200 / levels, 100 / levels)


def perception(
    n: float, interval: Interval | None, emotion: float | None, tolerance: float, *, n_min: float = 10
) -> Perception:
    """Whether the map's emotion is rosier or gloomier than customers say, by the whole interval.

    The map is clearly rosier where even the upper end of the interval is below the emotion less
    the tolerance, gloomier where the lower end is above it, and aligned where the interval lies
    within.
    """
    if not n or interval is None:
        return "no_data"
    if emotion is None:
        return "no_emotion"
    if n < n_min:
        return "insufficient"
    if interval.high < emotion - tolerance:
        return "map_rosier"
    if interval.low > emotion + tolerance:
        return "map_gloomier"
    inside = interval.low >= emotion - tolerance and interval.high <= emotion + tolerance
    return "aligned" if inside else "inconclusive"
