"""The metrics a survey can measure: their possible answers in order, and which count for or against.

Every metric comes down to three counts (against, neither, for). Metrics are never pooled with each
other. This module knows no file and no map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Metric:
    """One way to ask: `scale` is every possible answer, worst first.

    `family` (nps, csat or ces) says which target it is held against. `neg_to` and `pos_from` are
    positions in the scale: answers up to the one count against, from the other on they count for.
    """

    name: str
    family: str
    title: str
    scale: tuple[str, ...]
    neg_to: int
    pos_from: int

    def side(self, answer: str) -> int:
        """−1 where `answer` counts against, 0 where neither, +1 where for.

        Raises ValueError where it is none of the scale.

        >>> [METRICS["nps"].side(a) for a in ("6", "7", "9")]
        [-1, 0, 1]
        """
        at = self.scale.index(answer)
        return -1 if at <= self.neg_to else int(at >= self.pos_from)


def _numbers(first: int, last: int) -> tuple[str, ...]:
    return tuple(str(n) for n in range(first, last + 1))


METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        metric.name: metric
        for metric in (
            Metric("nps", "nps", "NPS, 0–10", _numbers(0, 10), 6, 9),
            Metric("csat5", "csat", "CSAT, 1–5", _numbers(1, 5), 1, 3),
            Metric("csat3", "csat", "CSAT, 0–2", _numbers(0, 2), 0, 2),
            Metric("ces7", "ces", "CES 2.0, 1–7", _numbers(1, 7), 2, 4),
            Metric("binary", "csat", "good or bad", ("bad", "good"), 0, 1),
        )
    }
)
FAMILIES = ("nps", "csat", "ces")
