"""What counting a survey gives: how many answers of each sort, by persona, places named and month.

These are the only things that leave the counting: no row, no respondent, no comment. The values
are still the survey's own words; `match` finds what they mean on a map.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:  # the model takes longer to load than a small survey takes to read
    from cxmapper.model.elements import DriverStatistics

NodeKind = Literal["touchpoint", "stage"]
Node = tuple[NodeKind, str]


class Group(NamedTuple):
    """Whose answers are counted together.

    `persona` is None where no persona was named; `nodes` is all that an answer named, which may be
    several touchpoints, with a stage; `month` is like `2026-03`, or "" where none is known.
    """

    persona: str | None
    nodes: frozenset[Node]
    month: str


class Invalid(NamedTuple):
    """An answer that is none of the scale: the row of the file (from 1, headers counted) and its value."""

    row: int
    value: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Where every row of a survey went. `neg + neu + pos` is `n`, and all but those three add up to the rows.

    `missing` has no answer, `invalid` one outside the scale; `excluded` are tests, previews, totals
    and answers to another metric; `duplicate` are repetitions of a row that is counted already.
    """

    neg: int = 0
    neu: int = 0
    pos: int = 0
    n: int = 0
    missing: int = 0
    invalid: int = 0
    excluded: int = 0
    duplicate: int = 0

    @property
    def rows(self) -> int:
        """How many rows were looked at."""
        return self.n + self.missing + self.invalid + self.excluded + self.duplicate

    @property
    def score(self) -> float | None:
        """The net score in points, −100 to 100, or None without an answer.

        >>> Counts(neg=1, pos=3, n=4).score, Counts().score
        (50.0, None)
        """
        return 100.0 * (self.pos - self.neg) / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers of one survey to one question, counted.

    `metric` is a name in `metrics.METRICS`; `vendor` and `question` may be ""; `scale` is every
    possible answer in order, and the keys of each Counter in `rows` are of it. `invalid` lists the
    first of the invalid answers (`counts.invalid` is how many there are). `drivers` and `weight_sums`
    are what respondents leave for later, where the survey has ratings or weights (`sums`).
    """

    metric: str
    vendor: str
    question: str
    scale: tuple[str, ...]
    rows: Mapping[Group, Counter[str]]
    counts: Counts
    invalid: tuple[Invalid, ...] = ()
    drivers: DriverStatistics | None = None
    weight_sums: Mapping[str, float] = field(default_factory=dict)
