"""What the cells of a column are like: how many are filled, alike, numbers, dates, addresses.

Each feature is found once, when it is asked for, over the different values of a sample. This module
knows no header.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property

from cxmapper.survey.dates import read_date
from cxmapper.survey.metrics import Metric
from cxmapper.survey.phrases import GROUP_NAMES
from cxmapper.survey.values import Not, is_missing, number, read
from cxmapper.survey.words import plain, tidy

_EMAIL = re.compile(r"[^@\s]@[^@\s]+\.[^@\s]")  # no repeat before the @: a long cell would take its square
_PHONE = re.compile(r"\+?[\d\s().\-/]{7,20}\Z")
_ID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f-]{15,}\Z|[A-Za-z_]{0,8}[-_#]?\d{4,}\Z|(?=\S*\d)(?=\S*[A-Za-z])[A-Za-z0-9_]{10,}\Z",
    re.IGNORECASE,
)
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}\Z")


class Profile:
    """What a sample of one column's cells is like; `more` gives a larger sample, where there is one."""

    def __init__(self, cells: Iterable[str], more: Callable[[], Iterable[str]] | None = None) -> None:
        self._more = more
        self.counts = Counter(cell for cell in cells if cell and not cell.isspace())
        self.n = self.counts.total()

    @property
    def distinct(self) -> int:
        """How many different values there are."""
        return len(self.counts)

    @cached_property
    def larger(self) -> Profile:
        """What a larger sample is like, or this one where there is none."""
        return Profile(self._more()) if self._more is not None else self

    @cached_property
    def answered(self) -> Counter[str]:
        """The values that are an answer, and not a way to say that there is none."""
        return Counter({cell: n for cell, n in self.counts.items() if not is_missing(cell)})

    @cached_property
    def numbers(self) -> Counter[int]:
        """The whole numbers that cells give as their answers."""
        found: Counter[int] = Counter()
        for cell, n in self.answered.items():
            value = number(cell)
            if value is not None:
                found[value] += n
        return found

    @cached_property
    def n_answered(self) -> int:
        """How many cells are an answer."""
        return self.answered.total()

    def within(self, low: int, high: int) -> float:
        """The share of answers that are whole numbers from `low` to `high`."""
        inside = sum(n for value, n in self.numbers.items() if low <= value <= high)
        return inside / self.n_answered if self.n_answered else 0.0

    def reads_as(self, metric: Metric) -> float:
        """The share of answers that the metric's scale has."""
        valid = sum(n for cell, n in self.answered.items() if not isinstance(read(cell, metric), Not))
        return valid / self.n_answered if self.n_answered else 0.0

    @cached_property
    def dates(self) -> float:
        """The share of filled cells that are dates."""
        return self._share(lambda cell: read_date(cell) is not None)

    @cached_property
    def worded_dates(self) -> float:
        """The share of filled cells that can only be dates: with separators or the name of a month."""
        return self._share(lambda cell: not tidy(cell).isdecimal() and not _decimal(cell) and _dated(cell))

    @cached_property
    def bare_numbers(self) -> float:
        """The share of filled cells that are numbers and nothing else."""
        return self._share(lambda cell: tidy(cell).isdecimal() or _decimal(cell))

    @cached_property
    def emails(self) -> float:
        """The share of filled cells with an e-mail address in them."""
        return self._share(lambda cell: _EMAIL.search(cell) is not None)

    @cached_property
    def phones(self) -> float:
        """The share of filled cells that look like telephone numbers."""
        return self._share(_is_phone)

    @cached_property
    def ids(self) -> float:
        """The share of filled cells that look like identifiers or addresses of machines."""
        return self._share(lambda cell: bool(_ID.match(tidy(cell)) or _IP.match(tidy(cell))))

    @cached_property
    def is_group(self) -> bool:
        """Whether the cells say promoter, passive or detractor, as vendors add beside the score."""
        words = {plain(cell) for cell in self.answered}
        return len(words) > 1 and words <= GROUP_NAMES

    @cached_property
    def length(self) -> float:
        """The mean length of the filled cells, in characters."""
        return sum(len(cell) * n for cell, n in self.counts.items()) / self.n if self.n else 0.0

    def _share(self, fits: Callable[[str], bool]) -> float:
        return sum(n for cell, n in self.counts.items() if fits(cell)) / self.n if self.n else 0.0


def _dated(cell: str) -> bool:
    return read_date(cell) is not None


def _decimal(cell: str) -> bool:
    return re.fullmatch(r"[+-]?\d+[.,]\d+", tidy(cell)) is not None


def _is_phone(cell: str) -> bool:
    text = tidy(cell)
    digits = sum(c.isdigit() for c in text)
    if digits < 7 or _PHONE.match(text) is None or read_date(text) is not None:
        return False
    return text.startswith(("+", "0")) or any(c in " ()-/." for c in text)
