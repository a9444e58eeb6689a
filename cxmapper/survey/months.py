"""The months that the cells of a date column mean, found once for each different day.

A cell is looked up by its beginning, which holds the date; the rest is the time of day, different in
every row. A date whose day and month could change places stays open until the whole column is read.
"""

from __future__ import annotations

from collections.abc import Iterable

from cxmapper.survey.dates import NO_MONTH, Order, Slashed, read_date

_LENGTHS = (7, 10, 11, 12, 14, 18)
_WHOLE = 64
_MOST = 50_000  # beginnings that are remembered at a time


class Months(dict[str, str]):
    """Tokens of cells by their first `length` characters: a month, or `first/second/year` while open.

    `proved` are the orders that unmistakable dates speak for. `irregular` is set where a beginning was
    no date, though the rest of the cell may make it one: then count again with `whole()`.
    """

    def __init__(self, length: int) -> None:
        super().__init__()
        self.length = length
        self.proved: set[Order] = set()
        self.irregular = False

    @classmethod
    def fitting(cls, sample: Iterable[str]) -> Months:
        """One that looks at no more of the cells than their dates take, judged by a sample."""
        cells = [cell.strip() for cell in set(sample)]
        for length in _LENGTHS:
            if all(token(cell[:length]) == token(cell) for cell in cells):
                return cls(length)
        return cls(_WHOLE)

    @classmethod
    def whole(cls) -> Months:
        """One that looks at the whole of each cell."""
        return cls(_WHOLE)

    def __missing__(self, beginning: str) -> str:
        found = read_date(beginning)
        if found is None:
            if len(beginning) == self.length < _WHOLE and beginning.strip():
                self.irregular = True
        elif not isinstance(found, Slashed) and found.proves is not None:
            self.proved.add(found.proves)
        if len(self) >= _MOST:
            self.clear()
        self[beginning] = text = _token(found)
        return text


def token(cell: str) -> str:
    """What stands for the date in a cell: its month, or its parts while they are open."""
    return _token(read_date(cell))


def is_open(text: str) -> bool:
    """Whether a token's month depends on the order of day and month."""
    return "/" in text


def month_of(text: str, order: Order) -> str:
    """The month that a token means.

    >>> month_of("2025-03", "dmy"), month_of("3/4/2025", "dmy"), month_of("3/4/2025", "mdy")
    ('2025-03', '2025-04', '2025-03')
    """
    if not is_open(text):
        return text
    first, second, year = map(int, text.split("/"))
    return Slashed(year, first, second).month(order)


def _token(found: object) -> str:
    if isinstance(found, Slashed):
        return f"{found.first}/{found.second}/{found.year}"
    return getattr(found, "month", NO_MONTH)
