"""Exports in which one column of numbers holds answers to several metrics, and another says to which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cxmapper.survey.headers import Column
from cxmapper.survey.metrics import FAMILIES, METRICS
from cxmapper.survey.profiles import Profile
from cxmapper.survey.words import plain

_FAMILY = (
    ("nps", re.compile(r"\be?nps\b|net promoter")),
    (
        "csat",
        re.compile(r"\bcsat\w*|customer satisfaction|kundenzufriedenheit|satisfaction client|\bbinary\b"),
    ),
    ("ces", re.compile(r"\bces\w*|customer effort|kundenaufwand|effort client")),
)
_OTHER = re.compile(r"\b(?:pmf|smileys?|thumbs|5 ?star|stars|custom|none|other)\b")
_LONGEST = 5  # words in a value that is the name of a metric


@dataclass(frozen=True, slots=True)
class MetricColumn:
    """The column that says which metric a row answers, the families in it, and the one that is counted.

    `exact` is the name of the metric where the column tells which of its family it is.
    """

    column: Column
    families: tuple[str, ...]
    family: str
    exact: str | None = None

    @property
    def at(self) -> int:
        """The column's number, from 0."""
        return self.column.at

    def counts(self, cell: str) -> bool:
        """Whether a row with this cell is an answer to the metric that is counted."""
        return family_of(cell) == self.family


def family_of(cell: str) -> str | None:
    """The family of metrics that a cell names, or None.

    >>> family_of("NPS"), family_of("Customer effort score (CES)"), family_of("Email")
    ('nps', 'ces', None)
    """
    words = plain(cell)
    if len(words.split()) > _LONGEST:
        return None
    return next((family for family, pattern in _FAMILY if pattern.search(words)), None)


def metric_column(
    columns: Sequence[Column], profiles: Mapping[int, Profile], wanted: str | None
) -> MetricColumn | None:
    """The column whose every value names a metric, the tersest of several."""
    best: MetricColumn | None = None
    for column in columns:
        answered = profiles[column.at].answered
        found: Counter[str] = Counter()
        for cell, n in answered.items():
            family = family_of(cell)
            if family is None and not _OTHER.search(plain(cell)):
                found.clear()
                break
            if family is not None:
                found[family] += n
        if found and (best is None or profiles[column.at].length < profiles[best.at].length):
            families = tuple(f for f in FAMILIES if f in found)
            family = _counted(families, found, wanted)
            names = {plain(cell) for cell in answered if family_of(cell) == family}
            exact = next(iter(names & METRICS.keys()), None) if len(names) == 1 else None
            best = MetricColumn(column, families, family, exact)
    return best


def _counted(families: tuple[str, ...], found: Counter[str], wanted: str | None) -> str:
    if wanted is not None:
        return wanted if wanted in FAMILIES else METRICS[wanted].family
    return "nps" if "nps" in families else found.most_common(1)[0][0]
