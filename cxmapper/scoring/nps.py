"""Net scores: what counts of answers say, how sure that is, and whether two of them differ.

Every metric comes down to three counts, of negative, neutral and positive answers, and all of them
share one variance, one interval and one test. Scores are in points, −100 to +100; None where there
is no answer, never 0. Knows nothing of maps.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple

PSEUDO_NEGATIVE, PSEUDO_NEUTRAL, PSEUDO_POSITIVE = 0.75, 1.5, 0.75
PSEUDO_ANSWERS = PSEUDO_NEGATIVE + PSEUDO_NEUTRAL + PSEUDO_POSITIVE

_ROOT_EXACT = 1e-13  # in proportion units: far below anything shown, far above rounding
_PRECISIONS = ((10, "high"), (20, "medium"), (35, "low"))


class Counts(NamedTuple):
    """How many answers were negative, neutral and positive; for NPS 0–6, 7–8 and 9–10."""

    negative: float = 0
    neutral: float = 0
    positive: float = 0

    @property
    def n(self) -> float:
        """How many answers there are: a whole number, unless they are weighted."""
        return self.negative + self.neutral + self.positive


class Interval(NamedTuple):
    """A confidence interval in points, around its own centre and not around the raw score.

    `low` and `high` lie within −100 to +100; `raw_low` and `raw_high` are what they were before.
    """

    centre: float
    error: float
    raw_low: float
    raw_high: float
    low: float
    high: float

    @property
    def margin(self) -> float:
        """Half of its width in points, as if nothing had been cut off."""
        return (self.raw_high - self.raw_low) / 2


def total(counts: Iterable[Counts]) -> Counts:
    """The sum of several counts.

    >>> total([Counts(1, 2, 3), Counts(0, 0, 1)])
    Counts(negative=1, neutral=2, positive=4)
    """
    negative: float = 0
    neutral: float = 0
    positive: float = 0
    for each in counts:
        negative += each[0]
        neutral += each[1]
        positive += each[2]
    return Counts(negative, neutral, positive)


def net_score(counts: Counts) -> float | None:
    """The net score 100 (positive − negative) / n, in points −100…100; None without an answer.

    Reichheld, “The One Number You Need to Grow”, Harvard Business Review 81(12), 2003.

    >>> net_score(Counts(1, 2, 3))
    33.33333333333333
    """
    return 100 * ((counts.positive - counts.negative) / counts.n) if counts.n else None


def variance(counts: Counts) -> float | None:
    """The variance 0…1 of one answer coded −1, 0, +1: p + q − (p − q)²; None without an answer."""
    if not counts.n:
        return None
    p, q = counts.positive / counts.n, counts.negative / counts.n
    return p + q - (p - q) ** 2


def standard_error(counts: Counts) -> float | None:
    """The plain standard error 100 √(V / n), in points; None without an answer."""
    spread = variance(counts)
    return None if spread is None else 100 * math.sqrt(spread / counts.n)


def quantile(confidence: float) -> float:
    """The two-sided standard normal quantile of a confidence 0…1: 1.959964 for 0.95."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def two_sided_p(z: float) -> float:
    """How likely a standard normal value is as far from 0 as `z`, or farther: 2 Φ(−|z|)."""
    return math.erfc(abs(z) / math.sqrt(2))


def adjusted_wald(counts: Counts, confidence: float = 0.95) -> Interval | None:
    """The adjusted Wald interval: Wald's after adding ¾ negative, 6/4 neutral and ¾ positive answers.

    Rocks, “Interval Estimation for the Net Promoter Score”, The American Statistician 70(4), 2016.
    Keeps its promise from about ten answers on. None without an answer.
    """
    if not counts.n:
        return None
    n = counts.n + PSEUDO_ANSWERS
    p, q = (counts.positive + PSEUDO_POSITIVE) / n, (counts.negative + PSEUDO_NEGATIVE) / n
    centre = 100 * (p - q)
    error = 100 * math.sqrt((p + q - (p - q) ** 2) / n)
    return around(centre, error, confidence)


def wald(counts: Counts, confidence: float = 0.95) -> Interval | None:
    """The plain Wald interval, for comparison only: it has no width where all answers agree."""
    score, error = net_score(counts), standard_error(counts)
    return None if score is None or error is None else around(score, error, confidence)


def around(centre: float, error: float, confidence: float) -> Interval:
    """The normal interval centre ± z · error, in points, cut to −100…100."""
    reach = quantile(confidence) * error
    low, high = centre - reach, centre + reach
    return Interval(centre, error, low, high, max(-100.0, low), min(100.0, high))


def score_interval(counts: Counts, confidence: float = 0.95) -> Interval | None:
    """The score interval: all scores D that the test |T(D)| ≤ z does not refuse, in points.

    Tango, “Equivalence test and confidence interval for the difference in proportions for the
    paired-sample design”, Statistics in Medicine 17, 1998. None without an answer.
    """
    adjusted = adjusted_wald(counts, confidence)
    if adjusted is None:
        return None
    z, estimate = quantile(confidence), (counts.positive - counts.negative) / counts.n
    low = 100 * _root(lambda d: _tango(counts, d) - z, -1.0, estimate)
    high = 100 * _root(lambda d: _tango(counts, d) + z, estimate, 1.0)
    return Interval(adjusted.centre, adjusted.error, low, high, low, high)


def _tango(counts: Counts, difference: float) -> float:
    """Tango's statistic of a supposed difference of the shares −1…1; falls as the difference grows."""
    n, b, c = counts.n, counts.positive, counts.negative
    room = difference * (1 - difference)
    linear = -b - c + (2 * n - b + c) * difference
    share = (math.sqrt(max(0.0, linear**2 + 8 * n * c * room)) - linear) / (4 * n)
    spread = n * (2 * share + room)
    excess = b - c - n * difference
    if spread <= 0:
        return math.copysign(math.inf, excess) if abs(excess) > _ROOT_EXACT else 0.0
    return excess / math.sqrt(spread)


def _root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses 0 between two ends; the end it does not reach 0 before."""
    if falling(low) <= 0:
        return low
    if falling(high) >= 0:
        return high
    while high - low > _ROOT_EXACT:
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


class Outcome(NamedTuple):
    """The outcome of a test: the standard normal statistic and its two-sided p, 0…1."""

    z: float
    p: float


def against(counts: Counts, reference: float) -> Outcome | None:
    """Whether a score differs from a reference in points: z = (c − R) / SE of the adjusted Wald interval."""
    interval = adjusted_wald(counts)
    return None if interval is None else held_against(interval, reference)


def held_against(interval: Interval, reference: float) -> Outcome:
    """The same for an interval that is known already."""
    z = (interval.centre - reference) / interval.error
    return Outcome(z, two_sided_p(z))


@dataclass(frozen=True, slots=True)
class Difference:
    """How far one score lies above another, in points −200…200: raw, adjusted, tested."""

    raw: float
    adjusted: float
    error: float
    z: float
    p: float
    low: float
    high: float


def difference(a: Counts, b: Counts, confidence: float = 0.95) -> Difference | None:
    """The score of `a` less that of `b`, of independent groups; None where one has no answer.

    z = (c₁ − c₂) / √(SE₁² + SE₂²) on the adjusted counts of both. Overlapping intervals do not mean
    that there is no difference: this does.
    """
    first, second, score_a, score_b = adjusted_wald(a), adjusted_wald(b), net_score(a), net_score(b)
    if first is None or second is None or score_a is None or score_b is None:
        return None
    apart, error = first.centre - second.centre, math.hypot(first.error, second.error)
    z, reach = apart / error, quantile(confidence) * error
    return Difference(score_a - score_b, apart, error, z, two_sided_p(z), apart - reach, apart + reach)


def benjamini_hochberg(ps: Sequence[float | None]) -> list[float | None]:
    """p values adjusted for being many: the share of false alarms among what stays below alpha.

    Benjamini and Hochberg, Journal of the Royal Statistical Society B 57(1), 1995. None stays None
    and does not count.

    >>> benjamini_hochberg([0.01, None, 0.04])
    [0.02, None, 0.04]
    """
    tested = sorted(((p, i) for i, p in enumerate(ps) if p is not None), reverse=True)
    adjusted: list[float | None] = [None] * len(ps)
    least, m = 1.0, len(tested)
    for above, (p, i) in enumerate(tested):
        least = min(least, p * (m / (m - above)))
        adjusted[i] = least
    return adjusted


def answers_for_margin(margin: float, spread: float = 0.6, confidence: float = 0.95) -> int:
    """How many answers give an interval of ± `margin` points, at a variance 0…1 (0.6 is usual).

    n = ⌈z² V / e² − 3⌉. Raises ValueError where the margin is not above 0.

    >>> answers_for_margin(10, 1.0)
    382
    """
    if margin <= 0:
        raise ValueError("the margin must be more than 0 points")
    return max(1, math.ceil(quantile(confidence) ** 2 * spread / (margin / 100) ** 2 - PSEUDO_ANSWERS))


def answers_for_difference(
    apart: float, first: float = 0.6, second: float = 0.6, confidence: float = 0.95, power: float = 0.8
) -> int:
    """How many answers each of two groups needs to show a difference of `apart` points.

    n = ⌈(V₁ + V₂)(z + z_power)² / d² − 3⌉; `power` is how likely it then shows. Raises ValueError
    where `apart` is 0.
    """
    if not apart:
        raise ValueError("the difference must not be 0 points")
    z = quantile(confidence) + NormalDist().inv_cdf(power)
    return max(1, math.ceil((first + second) * z**2 / (apart / 100) ** 2 - PSEUDO_ANSWERS))


def detectable(first: float, second: float, confidence: float = 0.95) -> float:
    """The smallest change in points that two standard errors can tell from chance: z √(SE₁² + SE₂²)."""
    return quantile(confidence) * math.hypot(first, second)


def precision(interval: Interval | None) -> str | None:
    """How precise a score is, by its margin in points: up to 10 high, 20 medium, 35 low, else very low."""
    if interval is None:
        return None
    return next((word for most, word in _PRECISIONS if interval.margin <= most), "very_low")


def nonresponse_bounds(score: float, responded: float, invited: float) -> tuple[float, float, float]:
    """The response rate 0…1, and the score if all who did not answer were negative, or positive.

    r N ± 100 (1 − r). Raises ValueError where fewer were invited than responded, or none.

    >>> nonresponse_bounds(30, 200, 1000)
    (0.2, -74.0, 86.0)
    """
    if not 0 <= responded <= invited or not invited:
        raise ValueError("as many must have been invited as responded, and one at least")
    rate = responded / invited
    return rate, rate * score - 100 * (1 - rate), rate * score + 100 * (1 - rate)


@dataclass(frozen=True, slots=True)
class Weighted:
    """A weighted score: answers kept, score, Kish's effective n, design effect n / n_eff, interval."""

    n: int
    score: float | None
    effective: float
    design_effect: float | None
    interval: Interval | None


def weighted_score(
    signs: Sequence[int | None], weights: Sequence[float | None], confidence: float = 0.95
) -> Weighted:
    """The weighted net score of answers that are −1, 0 or +1: 100 Σ w c / Σ w.

    Answers without a value, or with a weight that is missing or not above 0, are left out.
    n_eff = (Σ w)² / Σ w² (Kish); the interval is the adjusted Wald one on n_eff × weighted shares.
    """
    kept = [
        (sign, weight)
        for sign, weight in zip(signs, weights, strict=True)
        if sign is not None and weight is not None and math.isfinite(weight) and weight > 0
    ]
    if not kept:
        return Weighted(0, None, 0.0, None, None)
    by_sign = [math.fsum(weight for sign, weight in kept if sign == which) for which in (-1, 0, 1)]
    squares = math.fsum(weight**2 for _, weight in kept)
    return weighted_of(len(kept), Counts(*by_sign), squares, confidence)


def weighted_of(n: int, weights: Counts, squares: float, confidence: float = 0.95) -> Weighted:
    """The same from sums: of the weights of `n` answers by what they said, and of the weights' squares.

    Raises ValueError where the weights do not add up to more than 0.
    """
    if weights.n <= 0 or squares <= 0:
        raise ValueError("weights must add up to more than 0")
    effective = weights.n**2 / squares
    counts = Counts(*(effective * weight / weights.n for weight in weights))
    score = 100 * (weights.positive - weights.negative) / weights.n
    return Weighted(n, score, effective, n / effective, adjusted_wald(counts, confidence))
