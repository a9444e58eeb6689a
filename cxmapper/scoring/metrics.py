"""The metrics that are scored: which answers count as negative, neutral and positive.

The one place to add a metric. Metrics are never pooled with each other; each has targets in a unit
of its own, which are brought onto the axis of the net scores here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cxmapper.model.elements import Targets
from cxmapper.scoring.gaps import emotion_points
from cxmapper.scoring.nps import Counts

BEST = "best"  # stands for the first family of which there are answers
FAMILIES = ("nps", "csat", "ces")


@dataclass(frozen=True, slots=True)
class Metric:
    """A way to answer: its name, the family whose targets it is held against, and its answers."""

    name: str
    family: str
    negative: frozenset[str]
    neutral: frozenset[str]
    positive: frozenset[str]

    def sign(self, answer: str) -> int | None:
        """−1, 0 or +1 for a possible answer, None for one that this metric does not know."""
        for sign, answers in ((-1, self.negative), (0, self.neutral), (1, self.positive)):
            if answer in answers:
                return sign
        return None


def _metric(name: str, family: str, negative: str, neutral: str, positive: str) -> Metric:
    return Metric(name, family, *(frozenset(words.split()) for words in (negative, neutral, positive)))


_ALL = (
    _metric("nps", "nps", "0 1 2 3 4 5 6", "7 8", "9 10"),
    _metric("csat5", "csat", "1 2", "3", "4 5"),
    _metric("csat3", "csat", "0", "1", "2"),
    _metric("binary", "csat", "bad", "", "good"),
    _metric("ces7", "ces", "1 2 3", "4", "5 6 7"),
)
METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in _ALL})
_OLDER_NAMES = MappingProxyType({"csat": ("csat5", "csat3", "binary"), "ces": ("ces7",)})


def metric_of(name: str, scale: Sequence[str]) -> Metric | None:
    """The metric of a survey by its name and possible answers; None where it is none that is scored.

    A family's name is enough where the answers say which of its metrics is meant.

    >>> metric_of("csat", ["1", "2", "3", "4", "5"]).name
    'csat5'
    """
    for each in (name, *_OLDER_NAMES.get(name, ())):
        metric = METRICS.get(each)
        if metric is not None and None not in signs_of(metric, scale):
            return metric
    return None


def signs_of(metric: Metric, scale: Sequence[str]) -> tuple[int | None, ...]:
    """−1, 0 or +1 for each possible answer of a scale, in its order."""
    return tuple(metric.sign(answer.strip().casefold()) for answer in scale)


def preferred(family: str) -> tuple[str, ...]:
    """The names of the metrics to look for, the first one first: of a family, or of all for BEST."""
    return tuple(metric.name for metric in _ALL if family in (BEST, metric.family, metric.name))


def family_of(metric: str) -> str:
    """The family of a metric; of BEST, and of what is not known, the first.

    >>> family_of("csat5"), family_of("best")
    ('csat', 'nps')
    """
    if metric in FAMILIES:
        return metric
    return METRICS[metric].family if metric in METRICS else FAMILIES[0]


def target_of(family: str, targets: Targets | None) -> float | None:
    """The target that is set for a family, in its own unit: points, per cent satisfied, or 1…7."""
    if targets is None:
        return None
    target: float | None = getattr(targets, f"target_{family}")
    return target


def target_points(family: str, target: float | None, counts: Counts) -> float | None:
    """A target in net points −100…100, to hold the net score of `counts` against.

    NPS is in points already. T per cent satisfied is the net score that such a share gives with the
    neutral answers there are, 2T − 100 + neutral %: it is reached exactly where the share is. A
    target on the 1…7 scale of effort is the middle of its bin, as drawn emotions are.

    >>> target_points("csat", 80, Counts(10, 10, 80)), target_points("ces", 4, Counts())
    (70.0, 0.0)
    """
    if target is None:
        return None
    if family == "csat":
        neutral = counts.neutral / counts.n if counts.n else 0.0
        return min(100.0, 2 * target - 100 + 100 * neutral)
    if family == "ces":
        return emotion_points(target, 1, 7, 7).points
    return target
