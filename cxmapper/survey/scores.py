"""Which column holds the score, and of which metric: points for what it is called and what is in it.

The points and where they are enough come from trying them on exports of many makers; between sure and
hopeless lies a question. This module knows columns, no file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cxmapper.survey.headers import Column
from cxmapper.survey.metrics import METRICS, Metric
from cxmapper.survey.patterns import CONTENT, EFFORT, OTHER, RATING, RECOMMEND, WHY
from cxmapper.survey.phrases import GOOD_OR_BAD
from cxmapper.survey.profiles import Profile
from cxmapper.survey.words import plain, tidy

SURE, ASKED = 3.0, 2.0
CLOSE = 0.5  # points within which two columns are as likely
_LONG_NAME = 5  # words from which a name is a question, which may well speak of time or groups


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that may hold the score of a metric, and how much speaks for it."""

    column: Column
    metric: Metric
    points: float

    @property
    def sure(self) -> bool:
        """Whether nobody need be asked."""
        return self.points >= SURE


def candidates(columns: Sequence[Column], profiles: Mapping[int, Profile]) -> list[Candidate]:
    """All that may be a score, the likeliest first; any sure NPS goes before the other metrics."""
    found = [
        candidate
        for column in columns
        if column.name and not profiles[column.at].is_group and profiles[column.at].n_answered
        for candidate in _of(column, profiles[column.at])
        if candidate.points >= ASKED
    ]
    return sorted(found, key=lambda c: (not c.sure, c.metric.name != "nps", -c.points, c.column.at))


def _of(column: Column, profile: Profile) -> list[Candidate]:
    return [
        Candidate(column, METRICS["nps"], nps_points(column, profile)),
        Candidate(column, METRICS["csat5"], _other_points("csat5", CONTENT, column, profile)),
        Candidate(column, METRICS["ces7"], _other_points("ces7", EFFORT, column, profile)),
        Candidate(column, METRICS["binary"], _binary_points(column, profile)),
    ]


def nps_points(column: Column, profile: Profile) -> float:
    """What speaks for a column being 0–10 likelihood to recommend; `SURE` is enough."""
    share = profile.within(0, 10)
    if share < 0.4 or profile.worded_dates > 0.5:
        return 0.0
    words = column.words
    points = 2 * share + _says(3.0, RECOMMEND, words) + _says(0.6, RATING, words)
    values = profile.numbers
    points += 0.5 * any(7 < value <= 11 for value in values) + 0.3 * (len(values) >= 5)
    if not RECOMMEND.search(words):
        points -= max(_says(1.5, CONTENT, words), _says(1.5, EFFORT, words))
    points -= 4 * _is_other(column) + 2 * (len(values) <= 3 and profile.n > 20)
    return points - all(1 <= value <= 5 for value in values)


def _other_points(name: str, wording: re.Pattern[str], column: Column, profile: Profile) -> float:
    """What speaks for a column being answers of another metric."""
    metric = METRICS[name]
    share = profile.reads_as(metric)
    values = profile.numbers
    if share < 0.8 or _is_other(column) or (values and max(values) > int(metric.scale[-1])):
        return 0.0
    points = 1.6 * share + _says(3.0, wording, column.words) + _says(0.6, RATING, column.words)
    if RECOMMEND.search(column.words):
        points -= 2
    if name == "ces7" and values and max(values) <= 5:
        points -= 2.5  # five steps of effort are CES 1.0, where much is bad
    if name == "csat5" and EFFORT.search(column.words) and not CONTENT.search(column.words):
        points -= 2.5
    if name == "csat5" and values and max(values) < 4 and profile.n > 20:
        points -= 1
    return points


def _binary_points(column: Column, profile: Profile) -> float:
    """What speaks for a column being good or bad, in words."""
    worded = sum(n for cell, n in profile.answered.items() if (plain(cell) or tidy(cell)) in GOOD_OR_BAD)
    share = worded / profile.n_answered
    if share < 0.9 or _is_other(column):
        return 0.0
    return 2.2 * share + _says(2.0, CONTENT, column.words) + _says(0.6, RATING, column.words)


def is_effort_of_five(column: Column, profile: Profile) -> bool:
    """Whether a column is CES 1.0: effort from 1 to 5, where the most is the worst."""
    worded = EFFORT.search(column.words) is not None and not RECOMMEND.search(column.words)
    values = profile.numbers
    return worded and bool(values) and max(values) <= 5 and profile.within(1, 5) > 0.8


def metric_for(column: Column, profile: Profile) -> tuple[Metric, bool]:
    """The metric that a column somebody named holds, and whether it is sure."""
    ranked = candidates([column], {column.at: profile})
    if ranked and ranked[0].sure:
        return ranked[0].metric, True
    if RECOMMEND.search(column.words) and profile.within(0, 10) >= 0.4:
        return METRICS["nps"], True
    if profile.reads_as(METRICS["binary"]) >= 0.9 and not profile.numbers:
        return METRICS["binary"], True
    values = profile.numbers
    if not values:
        best = max(("csat5", "ces7", "binary"), key=lambda name: profile.reads_as(METRICS[name]))
        return METRICS[best], False
    name = "csat5" if max(values) <= 5 else "ces7" if max(values) <= 7 and min(values) >= 1 else "nps"
    return METRICS[name], name == "nps" and max(values) > 7


def of_family(family: str, profile: Profile) -> Metric:
    """The metric of a family (nps, csat, ces) whose scale has the column's answers, or its usual one."""
    if family == "csat":
        values = profile.numbers
        if values and set(values) <= {0, 1, 2}:
            return METRICS["csat3"]
        if not values and profile.reads_as(METRICS["binary"]) >= 0.5:
            return METRICS["binary"]
        return METRICS["csat5"]
    return METRICS[{"nps": "nps", "ces": "ces7"}[family]]


def _says(points: float, pattern: re.Pattern[str], words: str) -> float:
    return points if pattern.search(words) else 0.0


def _is_other(column: Column) -> bool:
    label = column.label
    pattern = OTHER if len(label.split()) < _LONG_NAME else WHY
    return pattern.search(label) is not None or WHY.search(plain(column.question)) is not None
