"""The constants of the scoring, each of which a person may change in the settings of the document."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from cxmapper.model.elements import Settings
from cxmapper.scoring.gaps import Weight, weight
from cxmapper.scoring.nps import Counts, Interval, adjusted_wald, score_interval

IMPORTANCE_MAX = 5.0
IMPORTANCE_MIDDLE = 3.0


@dataclass(frozen=True, slots=True)
class Constants:
    """What the formulas take as given.

    n_min: answers below which there is no tier. alpha: the p below which a gap is confirmed.
    confidence: of the intervals. moment_factor: how much more a moment of truth matters.
    assumed_importance: share of the most that a missing importance counts. importance_max: the top
    of the scale of importance. emotion_tolerance: points. anonymity: answers below which a group is
    hidden. importance_cross: from where importance is high; None is the mean. interval: its method.
    derived: whether weights come from key drivers, where there are any, and not from the designer.
    """

    n_min: int = 10
    alpha: float = 0.05
    confidence: float = 0.95
    moment_factor: float = 1.5
    assumed_importance: float = 0.6
    importance_max: float = IMPORTANCE_MAX
    emotion_tolerance: float = 10.0
    anonymity: int = 5
    importance_cross: float | None = IMPORTANCE_MIDDLE
    interval: Literal["adjusted-wald", "score"] = "adjusted-wald"
    derived: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Constants:
        """The constants as a document's settings have them."""
        return cls(
            n_min=settings.n_min,
            alpha=settings.alpha,
            confidence=settings.confidence,
            moment_factor=settings.moment_factor,
            assumed_importance=settings.assumed_importance,
            emotion_tolerance=settings.emotion_tolerance,
            anonymity=settings.anonymity,
            importance_cross=None if settings.importance_cross == "mean" else IMPORTANCE_MIDDLE,
            interval=settings.interval_method,
            derived=settings.importance_from == "derived",
        )

    def interval_of(self, counts: Counts) -> Interval | None:
        """The interval of a score by the method and with the confidence that are set."""
        method = score_interval if self.interval == "score" else adjusted_wald
        return method(counts, self.confidence)

    def weight_of(self, importance: float | None, moment_of_truth: bool) -> Weight:
        """The weight 0…1 of a touchpoint of this importance."""
        return weight(
            importance,
            most=self.importance_max,
            moment_of_truth=moment_of_truth,
            factor=self.moment_factor,
            assumed=self.assumed_importance,
        )

    def as_dict(self) -> dict[str, Any]:
        """The constants by name, to be shown."""
        return asdict(self)
