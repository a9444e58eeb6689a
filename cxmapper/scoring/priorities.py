"""Ways to decide what comes first: quadrants, opportunity, SERVQUAL, RICE, ICE, WSJF, customer value.

Each is a formula on plain numbers. One that lacks a rating is None: unrated is not 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Quadrant = Literal["concentrate", "keep_up", "low_priority", "possible_overkill"]


def ipa_quadrant(importance: float, target_gap: float, cross: float = 3.0) -> Quadrant:
    """The quadrant of importance against gap; ties count as important, and as on target.

    Martilla and James, “Importance-Performance Analysis”, Journal of Marketing 41(1), 1977.

    >>> ipa_quadrant(5, -12), ipa_quadrant(2, 10)
    ('concentrate', 'possible_overkill')
    """
    if importance >= cross:
        return "keep_up" if target_gap >= 0 else "concentrate"
    return "possible_overkill" if target_gap >= 0 else "low_priority"


def opportunity(importance: float, satisfaction: float) -> float:
    """Ulwick's opportunity 0…20: I + max(I − S, 0), both 0…10.

    >>> opportunity(9, 3)
    15
    """
    return importance + max(importance - satisfaction, 0)


def opportunity_from_score(
    importance: float | None, score: float | None, importance_max: float = 5
) -> float | None:
    """The same from a designer's importance and a net score, as a proxy: I = 10 i / max, S = (N + 100) / 20.

    >>> opportunity_from_score(5, -10)
    15.5
    """
    if importance is None or score is None:
        return None
    return opportunity(ten_of(importance, importance_max), satisfaction_of(score))


def ten_of(importance: float, importance_max: float = 5) -> float:
    """An importance on the scale 0…10."""
    return 10 * importance / importance_max


def satisfaction_of(score: float) -> float:
    """A net score on the scale 0…10."""
    return (score + 100) / 20


def rice(
    reach: float | None, impact: float | None, confidence: float | None, effort: float | None
) -> float | None:
    """RICE: reach × impact × confidence / effort; None where one is missing or the effort is 0."""
    if reach is None or impact is None or confidence is None or not effort:
        return None
    return reach * impact * confidence / effort


def ice(impact: float | None, confidence: float | None, ease: float | None) -> float | None:
    """ICE: impact × confidence × ease."""
    return None if impact is None or confidence is None or ease is None else impact * confidence * ease


def wsjf(
    business_value: float | None, time_criticality: float | None, risk: float | None, size: float | None
) -> float | None:
    """Weighted shortest job first: (value + time criticality + risk reduction) / size."""
    if business_value is None or time_criticality is None or risk is None or not size:
        return None
    return (business_value + time_criticality + risk) / size


def priority(gap_score: float | None, feasibility: float | None, alignment: float | None) -> float | None:
    """Gap score × feasibility / 5 × alignment / 5: 0…200; None where one is not rated."""
    if gap_score is None or feasibility is None or alignment is None:
        return None
    return gap_score * feasibility / 5 * alignment / 5


def lifetime_value(
    margin: float, retention: float, discount: float, horizon: int | None = None, acquisition: float = 0.0
) -> float:
    """Customer lifetime value m r / (1 + i − r), with the first margin after one period.

    Gupta and Lehmann. With a `horizon` in periods, the sum of m (r / (1 + i))ᵗ up to it; less what
    winning the customer cost. Raises ValueError where the sum has no end.
    """
    if horizon is not None:
        ratio = retention / (1 + discount)
        return sum(margin * ratio**t for t in range(1, horizon + 1)) - acquisition
    if 1 + discount <= retention:
        raise ValueError("with this retention and discount the value has no end; give a horizon")
    return margin * retention / (1 + discount - retention) - acquisition


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of SERVQUAL: expectations and perceptions pair by pair, and its points of 100."""

    name: str
    expectation: Sequence[float | None]
    perception: Sequence[float | None]
    points: float = 0.0


def servqual_gap(dimension: Dimension) -> float | None:
    """The mean of perception − expectation over the pairs that are complete."""
    pairs = zip(dimension.expectation, dimension.perception, strict=True)
    gaps = [seen - hoped for hoped, seen in pairs if hoped is not None and seen is not None]
    return sum(gaps) / len(gaps) if gaps else None


def servqual(
    dimensions: Sequence[Dimension],
) -> tuple[dict[str, float | None], float | None, float | None]:
    """The gap of each dimension, their plain mean, and their mean weighted by points.

    Parasuraman, Zeithaml and Berry, “SERVQUAL”, Journal of Retailing 64(1), 1988.
    """
    gaps = {dimension.name: servqual_gap(dimension) for dimension in dimensions}
    known = [(gap, d.points) for d in dimensions if (gap := gaps[d.name]) is not None]
    points = sum(weight for _, weight in known)
    plain = sum(gap for gap, _ in known) / len(known) if known else None
    weighted = sum(gap * weight for gap, weight in known) / points if points else None
    return gaps, plain, weighted
