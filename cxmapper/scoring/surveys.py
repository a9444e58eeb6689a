"""What single surveys say beyond their counts: key drivers, and scores by weighted answers.

Both rest on sums that were kept at the import, so they hold for a survey as a whole: for everybody and
all months. Loads numpy only where there are drivers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxmapper.model.document import Document
from cxmapper.model.elements import Survey, Touchpoint
from cxmapper.model.names import folded
from cxmapper.scoring.constants import Constants
from cxmapper.scoring.nps import Counts, Weighted, weighted_of

if TYPE_CHECKING:
    from cxmapper.scoring.drivers import Drivers

_WEIGHTS = ("against", "neither", "for")


@dataclass(frozen=True, slots=True)
class SurveyScore:
    """A survey's key drivers and its score by weighted answers; None where the import kept neither."""

    id: str
    question: str
    metric: str
    drivers: Drivers | None
    weighted: Weighted | None


def survey_scores(document: Document, constants: Constants) -> tuple[SurveyScore, ...]:
    """What each survey of a document says beyond its counts; nothing of too few respondents."""
    return tuple(
        SurveyScore(
            survey.id,
            survey.question,
            survey.metric,
            drivers_in(survey, constants),
            weighted_in(survey, constants),
        )
        for survey in document.children(None, Survey)
    )


def drivers_in(survey: Survey, constants: Constants) -> Drivers | None:
    """The key drivers of a survey; None without any, of too few, and where the sums are no correlations."""
    if survey.drivers is None or survey.drivers.n < constants.anonymity:
        return None
    from cxmapper.scoring.drivers import drivers_of

    try:
        return drivers_of(survey.drivers)
    except ValueError:
        return None  # sums that another program spoilt; the counts are not touched by it


def weighted_in(survey: Survey, constants: Constants) -> Weighted | None:
    """The score of a survey by weighted answers; None without weights, and of too few."""
    sums = survey.weight_sums
    n, squares = int(sums.get("n", 0)), sums.get("squares", 0)
    weights = Counts(*(sums.get(name, 0) for name in _WEIGHTS))
    if n < constants.anonymity or squares <= 0 or weights.n <= 0 or min(weights) < 0:
        return None
    return weighted_of(n, weights, squares, constants.confidence)


def derived_importance(
    document: Document, touchpoints: Iterable[str], constants: Constants
) -> dict[str, float]:
    """How important answers show touchpoints to be, 0…1: the largest is 1.

    From the key drivers of the survey that most answered, where enough did; a driver stands for the
    touchpoint that the survey's aliases name, or that is called so. Touchpoints without one are absent.
    """
    from cxmapper.scoring.drivers import derived_weights

    named = _named(document, touchpoints)
    asked = [(s, d) for s in document.children(None, Survey) if (d := drivers_in(s, constants)) and d.enough]
    for survey, drivers in sorted(asked, key=lambda pair: (-pair[1].n, pair[0].id)):
        weights = {
            id_: weight
            for name, weight in derived_weights(drivers).items()
            if (id_ := survey.aliases.get(folded(name)) or named.get(folded(name))) is not None
        }
        if weights:
            return weights
    return {}


def _named(document: Document, touchpoints: Iterable[str]) -> Mapping[str, str]:
    """Touchpoints by what they are called, folded; a name that two have is neither's."""
    found: dict[str, str] = {}
    twice: set[str] = set()
    for id_ in touchpoints:
        touchpoint = document.get(id_, Touchpoint)
        for name in (touchpoint.title, *touchpoint.aliases) if touchpoint else ():
            if found.setdefault(folded(name), id_) != id_:
                twice.add(folded(name))
    return {name: id_ for name, id_ in found.items() if name not in twice}
