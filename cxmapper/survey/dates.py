"""Which month a cell means, in the ways that surveys write dates.

Months are the finest time that is kept. Where day and month could change places, nobody here guesses:
`Slashed` says which of the two orders a date speaks for, and the column decides. This module knows
single cells, no column and no file.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from cxmapper.survey.phrases import MONTHS
from cxmapper.survey.words import plain, tidy

Order = Literal["dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy")
NO_MONTH = ""

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?![\d/.-])")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\Z")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)")
_NAMED_DAY_FIRST = re.compile(
    r"(\d{1,2})\D{0,2}?[\s.\-/]*(?:de\s+)?([^\W\d_]+)"  # 14. August, 1er avril, 14 de abril
    r"[\s.,\-/]*(?:del?\s+)?(\d{4}|\d{2})(?!\d)"
)
_NAMED_FIRST = re.compile(
    r"([^\W\d_]+)[\s.\-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s\-]+(\d{4})(?!\d)", re.IGNORECASE
)
_NAMED_MONTH = re.compile(r"([^\W\d_]+)[\s.\-/]+(?:de\s+)?(\d{4})\Z")
_WEEKDAY = re.compile(r"\A[^\W\d_]+\.?,\s*(?=\d|[^\W\d_]+\.?\s+\d)")
_EAST_ASIAN = re.compile(r"(令和)?\s*(\d{1,4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2}))?")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?\Z")
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?\Z")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(?:([AaPp])\.?[Mm])?")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_EXCEL_ZERO = date(1899, 12, 30)


class Slashed(NamedTuple):
    """A date whose two first parts could both be a month: the month is `first` or `second`."""

    year: int
    first: int
    second: int

    def month(self, order: Order) -> str:
        """The month, day first or month first."""
        return _month(self.year, self.second if order == "dmy" else self.first)

    def day(self, order: Order) -> int:
        """The day of the month, day first or month first."""
        return self.first if order == "dmy" else self.second


class Dated(NamedTuple):
    """A month and day, and the order of the two that the date proves, if it proves one."""

    month: str
    day: int = 1
    proves: Order | None = None


def moment(raw: str, order: Order) -> tuple[str, int, int]:
    """When a cell says it was, to compare it with others: month, day, seconds into the day.

    >>> moment("02/05/2025 02:16:24 PM", "mdy")
    ('2025-02', 5, 51384)
    """
    found = read_date(raw)
    if found is None:
        return NO_MONTH, 0, 0
    clock = _CLOCK.search(tidy(raw))
    hours, minutes, seconds = (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
    if clock and clock[4]:
        hours = hours % 12 + (12 if clock[4].lower() == "p" else 0)
    time = (hours * 60 + minutes) * 60 + seconds
    if isinstance(found, Slashed):
        return found.month(order), found.day(order), time
    return found.month, found.day, time


def read_date(raw: str) -> Dated | Slashed | None:
    """The month that a cell means, or None where it is no date.

    >>> read_date("2019/10/01 12:38:43 PM GMT+8").month, read_date("14-Aug-2025 10:11").month
    ('2019-10', '2025-08')
    >>> read_date("25/12/2021"), read_date("1/9/21")
    (Dated(month='2021-12', day=25, proves='dmy'), Slashed(year=2021, first=1, second=9))
    """
    text = tidy(raw)
    if not text or not any(c.isdigit() for c in text):
        return None
    if any(form.match(text) for form in (_COMPACT, _SERIAL, _EPOCH)):
        return _counted(text)
    found = _YEAR_FIRST.match(text)
    if found is not None:
        return _dated(int(found[1]), int(found[2]), int(found[3] or 1))
    found = _YEAR_LAST.match(text)
    if found is not None:
        return _year_last(int(found[1]), int(found[3]), _full(found[4]), found[2])
    return _worded(text)


def _counted(text: str) -> Dated | None:
    """A date without separators: written together, or counted in days or seconds."""
    found = _COMPACT.match(text)
    if found is not None:
        return _dated(int(found[1]), int(found[2]), int(found[3]))
    found = _SERIAL.match(text)
    if found is not None:
        day = _EXCEL_ZERO + timedelta(days=int(found[1]))
        return _dated(day.year, day.month, day.day)
    found = _EPOCH.match(text)
    if found is not None:
        moment = datetime.fromtimestamp(int(found[1]), UTC)
        return _dated(moment.year, moment.month, moment.day)
    return None


def _year_last(first: int, second: int, year: int, separator: str) -> Dated | Slashed | None:
    if separator == ".":
        return _dated(year, second, first)  # only ever written day first
    if first > 12:
        return _dated(year, second, first, "dmy")
    if second > 12:
        return _dated(year, first, second, "mdy")
    return Slashed(year, first, second) if _dated(year, second, first) else None


def _worded(text: str) -> Dated | None:
    """A date with its month, or its parts, in words."""
    found = _EAST_ASIAN.match(text)
    if found is not None:
        return _dated(int(found[2]) + (2018 if found[1] else 0), int(found[3]), int(found[4] or 1))
    text = _WEEKDAY.sub("", text, count=1)
    found = _NAMED_DAY_FIRST.match(text)
    if found is not None and plain(found[2]) in MONTHS:
        return _dated(_full(found[3]), MONTHS[plain(found[2])], int(found[1]))
    found = _NAMED_FIRST.match(text)
    if found is not None and plain(found[1]) in MONTHS:
        return _dated(int(found[3]), MONTHS[plain(found[1])], int(found[2]))
    found = _NAMED_MONTH.match(text)
    if found is not None and plain(found[1]) in MONTHS:
        return _dated(int(found[2]), MONTHS[plain(found[1])], 1)
    return None


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _dated(year: int, month: int, day: int, proves: Order | None = None) -> Dated | None:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return None
    possible = 1 <= day <= monthrange(year, month)[1]
    return Dated(_month(year, month), day, proves) if possible else None


def _month(year: int, month: int) -> str:
    return f"{year:04}-{month:02}"
