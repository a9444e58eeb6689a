"""CSAT and CES as they are usually told: a share of all answers with Wilson's interval, and the mean.

The gap engine works on net scores instead, which `metrics` counts.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from cxmapper.scoring.metrics import METRICS, Metric
from cxmapper.scoring.nps import Counts, net_score, quantile

CSAT, CES = METRICS["csat5"], METRICS["ces7"]


@dataclass(frozen=True, slots=True)
class Share:
    """How many per cent of `n` answers were positive, with Wilson's interval, the mean, and the net score."""

    n: int
    percent: float | None
    low: float | None
    high: float | None
    mean: float | None
    net: float | None


def wilson(hits: float, n: float, confidence: float = 0.95) -> tuple[float, float] | None:
    """Wilson's interval of a share, 0…1; None without an answer.

    Wilson, Journal of the American Statistical Association 22, 1927.
    """
    if not n:
        return None
    z, share = quantile(confidence), hits / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return max(0.0, centre - reach), min(1.0, centre + reach)


def share_of(values: Sequence[float | None], metric: Metric, confidence: float = 0.95) -> Share:
    """The share of positive answers; what is missing or no possible answer is left out.

    For CSAT the share of 4 and 5 on 1…5, for CES 2.0 of 5…7 on 1…7.
    """
    known = [(v, sign) for v in values if v is not None and (sign := sign_of(v, metric)) is not None]
    n = len(known)
    counts = counts_of([sign for _, sign in known])
    interval = wilson(counts.positive, n, confidence)
    if interval is None:
        return Share(0, None, None, None, None, None)
    mean = math.fsum(value for value, _ in known) / n
    low, high = interval
    return Share(n, 100 * counts.positive / n, 100 * low, 100 * high, mean, net_score(counts))


def sign_of(value: object, metric: Metric) -> int | None:
    """−1, 0 or +1 for a value as answered, None for one that is no possible answer: 7.5 is none.

    >>> sign_of(9, METRICS["nps"]), sign_of(9.0, METRICS["nps"]), sign_of(7.5, METRICS["nps"])
    (1, 1, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return metric.sign(str(value).strip().casefold()) if isinstance(value, int | str) else None


def counts_of(signs: Sequence[int]) -> Counts:
    """Signs −1, 0 and +1 as counts."""
    return Counts(signs.count(-1), signs.count(0), signs.count(1))
