"""Ratings and weights that stand beside the score: which columns have them, and the sums that are kept.

Only sums leave here (`sums`): correlations of the ratings with the score, and sums of weights. A column
is taken for a rating where nearly all of its cells are answers on a common scale and it is nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from cxmapper.survey.detect import Proposal
from cxmapper.survey.headers import Column
from cxmapper.survey.metrics import METRICS, Metric
from cxmapper.survey.profiles import Profile
from cxmapper.survey.sums import DriverSums, WeightSums
from cxmapper.survey.values import Not, read

if TYPE_CHECKING:
    from cxmapper.model.elements import DriverStatistics

Row = tuple[str, ...]
Answer = Callable[[str], int | None]
_SCALES = ("csat5", "ces7", "nps")  # the smallest that fits is taken
_NEARLY_ALL, _OFTEN = 0.95, 0.5
_FEWEST = 50  # answers, as key drivers need
_MOST = 20
_NO_RATING = re.compile(
    r"progress|finish|durat|status|\bids?\b|group|segment|sentiment|count|number|anzahl|nombre|\bage\b|alter\b|year"
    r"|jahr|month|day|time|zip|postal|plz|phone|latitude|longitude|fortschritt|dauer|abgeschlossen|weight|gewicht"
)
_WEIGHT = re.compile(
    r"(?:(?:survey|case|sample|response) )?(?:weights?|weighting|wt|wgt)\Z|(?:fall)?gewicht(?:e|ung)?\Z"
    r"|poids\Z|ponderacion\Z|ponderation\Z|peso\Z|pesi\Z|gewichten\Z|weegfactor\Z|vikt\Z|vaegt\Z|waga\Z|вес\Z"
    r"|重み\Z|权重\Z|가중치\Z"
)
_POSITIVE = re.compile(r"\d{1,6}(?:[.,]\d{1,12})?\Z")


@dataclass(frozen=True, slots=True)
class Rating:
    """A column of ratings, and the scale that its answers are on."""

    column: Column
    scale: Metric

    def value(self, cell: str) -> int | None:
        """Where on its scale an answer is, or None for none."""
        answer = read(cell, self.scale)
        return None if isinstance(answer, Not) else self.scale.scale.index(answer)


@dataclass(slots=True)
class Respondents:
    """Collects what the ratings and weights of a table say, a batch of rows at a time.

    `needed` are the numbers of the columns that it looks at.
    """

    weight: Column | None
    ratings: tuple[Rating, ...]
    _common: tuple[int, ...]
    _unwanted: tuple[Callable[[str], bool], ...]
    _weights: Counter[Row] = field(default_factory=Counter)
    _rated: Counter[Row] = field(default_factory=Counter)

    @classmethod
    def of(cls, proposal: Proposal) -> Respondents | None:
        """What there is to collect beside the answers of a proposal; None for nothing."""
        if proposal.score is None or proposal.metric is None or proposal.count is not None:
            return None
        rows = [row for row in proposal.table.sample[proposal.header.first :] if any(row)]
        profiles = dict(_profiles(proposal, rows))
        enough = _OFTEN * len(rows)
        weight = next((c for c, p in profiles.items() if _is_weight(c, p)), None)
        rated = [
            Rating(c, scale)
            for c, p in profiles.items()
            if c != weight and p.n_answered >= enough and (scale := _scale(c, p))
        ]
        if weight is None and not rated:
            return None
        common = [proposal.score.at, *(each.at for each in proposal.exclusions)]
        unwanted = [each.unwanted for each in proposal.exclusions]
        kind = proposal.metric_column
        if kind is not None:
            common.append(kind.at)
            unwanted.append(lambda cell: not kind.counts(cell))
        return cls(weight, tuple(rated[:_MOST]), tuple(common), tuple(unwanted))

    @property
    def needed(self) -> tuple[int, ...]:
        """The columns that rows must have."""
        weight = () if self.weight is None else (self.weight.at,)
        return (*self._common, *weight, *(rating.column.at for rating in self.ratings))

    def add(self, rows: Sequence[list[str]], width: int) -> None:
        """Take in rows; those shorter than `width`, which `needed` fits in, lack their last cells."""
        try:
            self._add(rows)
        except IndexError:
            self._add([row + [""] * (width - len(row)) for row in rows])

    def _add(self, rows: Sequence[list[str]]) -> None:
        weights: list[Row] = []
        if self.weight is not None:
            weights = list(map(_picker((*self._common, self.weight.at)), rows))
        if self.ratings:
            at = tuple(rating.column.at for rating in self.ratings)
            self._rated.update(list(map(_picker((*self._common, *at)), rows)))
        self._weights.update(weights)  # last, so that rows which are too short are taken in once

    def _position(self, row: Row, answer: Answer) -> int | None:
        """The position of the answer in a row that begins with the common cells."""
        if any(unwanted(cell) for unwanted, cell in zip(self._unwanted, row[1:], strict=False)):
            return None
        return answer(row[0])

    def weight_sums(self, answer: Answer, metric: Metric) -> Mapping[str, float]:
        """The sums of weights. `answer` gives the position in the metric's scale that a cell means."""
        sums = WeightSums()
        for row, n in self._weights.items():
            position = self._position(row, answer)
            if position is not None:
                sums.add(metric.side(metric.scale[position]), row[-1], n)
        return sums.sums()

    def drivers(self, answer: Answer) -> DriverStatistics | None:
        """The correlations of the ratings with the score; None of too few answers."""
        sums = DriverSums([_called(rating.column) for rating in self.ratings])
        width = len(self._common)
        for row, n in self._rated.items():
            position = self._position(row, answer)
            if position is not None:
                cells = zip(self.ratings, row[width:], strict=True)
                sums.add(position, [rating.value(cell) for rating, cell in cells], n)
        return sums.statistics() if sums.n >= _FEWEST else None


def _picker(at: Sequence[int]) -> Callable[[list[str]], Row]:
    """Takes these cells of a row, as a tuple even where it is one."""
    return itemgetter(*at) if len(at) > 1 else lambda row: (row[at[0]],)


def _profiles(proposal: Proposal, rows: Sequence[list[str]]) -> Iterator[tuple[Column, Profile]]:
    """The columns that are not taken for something else, each with what its sample is like."""
    others = (proposal.score, proposal.date, proposal.id, *proposal.places.values())
    taken = {each.at for each in proposal.exclusions} | {c.at for c in others if c is not None}
    if proposal.metric_column is not None:
        taken.add(proposal.metric_column.at)
    for column in proposal.header.columns:
        if column.name and column.at not in taken:
            yield column, Profile(row[column.at] for row in rows if column.at < len(row))


def _is_weight(column: Column, profile: Profile) -> bool:
    if not _WEIGHT.match(column.label) or not profile.n_answered:
        return False
    numbers = sum(n for cell, n in profile.answered.items() if _POSITIVE.match(cell.strip()))
    return numbers >= _NEARLY_ALL * profile.n_answered


def _scale(column: Column, profile: Profile) -> Metric | None:
    """The scale that a column's ratings are on; None where they are none."""
    if profile.is_group or profile.distinct < 3 or _NO_RATING.search(column.label):
        return None
    fitting = (METRICS[name] for name in _SCALES)
    return next((metric for metric in fitting if profile.reads_as(metric) >= _NEARLY_ALL), None)


def _called(column: Column) -> str:
    """What to call a driver: its question, where the file tells it."""
    return " ".join((column.question or column.name).split())[:200]
