"""Scores over time: by month, by quarter, or over rolling three months.

Months are the finest time that a map keeps. Months without answers between the first and the last
are there too, without a score: a line must not run across them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from cxmapper.scoring.anonymity import small_groups
from cxmapper.scoring.constants import Constants
from cxmapper.scoring.nps import Counts, detectable, difference, net_score
from cxmapper.scoring.pools import Pool, Window, shifted

Steps = Literal["month", "quarter", "rolling"]

_ROLLING = 3  # months: 90 days, as near as months can say


@dataclass(frozen=True, slots=True)
class Period:
    """The score of a month, a quarter, or three months that end with a month.

    `change` is in points since the period before (of rolling ones, since the three months before
    these), `p` tells how sure it is, and `detectable` is the smallest change that so many answers could
    have shown. None where there is nothing to compare with.
    """

    label: str
    first: str
    last: str
    counts: Counts | None
    n: int | None
    score: float | None
    lo: float | None
    hi: float | None
    change: float | None
    p: float | None
    detectable: float | None
    hidden: bool = False

    def as_dict(self) -> dict[str, Any]:
        """All fields by name, with the counts as a list or None."""
        values = asdict(self)
        values["counts"] = None if self.counts is None else list(self.counts)
        return values


def trend_of(pool: Pool, by: Steps, window: Window | None, constants: Constants) -> tuple[Period, ...]:
    """The periods of a pool within a window, oldest first."""
    months = [month for month in pool.months() if window is None or window.holds(month)]
    if not months:
        return ()
    windows = list(_windows(months[0], months[-1], by))
    counts = [pool.counts_in(each) for each in windows]
    hidden = _hidden(windows, counts, constants)
    back = _ROLLING if by == "rolling" else 1
    before = [None if i < back or hidden[i - back] else counts[i - back] for i in range(len(counts))]
    return tuple(
        _period(each, by, counts[i], before[i], hidden[i], constants) for i, each in enumerate(windows)
    )


def _windows(first: str, last: str, by: Steps) -> Iterator[Window]:
    """The windows from the one that holds month `first` to the one that holds `last`."""
    if by == "quarter":
        start = f"{first[:5]}{(int(first[5:]) - 1) // 3 * 3 + 1:02d}"
        while start <= last:
            yield Window(start, shifted(start, 2))
            start = shifted(start, 3)
        return
    length = _ROLLING if by == "rolling" else 1
    end = first
    while end <= last:
        yield Window(shifted(end, 1 - length), end)
        end = shifted(end, 1)


def _hidden(windows: list[Window], counts: list[Counts], constants: Constants) -> list[bool]:
    """Which periods are too small to be shown, or would give such a one away."""
    sizes = {str(i): each.n for i, each in enumerate(counts)}
    small = small_groups(sizes, sum(sizes.values()), constants.anonymity)
    return [str(i) in small for i in range(len(windows))]


def _period(
    window: Window, by: Steps, counts: Counts, before: Counts | None, hidden: bool, constants: Constants
) -> Period:
    label = f"{window.first[:4]}-Q{(int(window.first[5:]) + 2) // 3}" if by == "quarter" else window.last
    if hidden:
        empty = (None,) * 8
        return Period(label, *window, *empty, hidden=True)
    interval = constants.interval_of(counts)
    change = difference(counts, before, constants.confidence) if before is not None else None
    old = constants.interval_of(before) if before is not None else None
    least = detectable(interval.error, old.error, constants.confidence) if interval and old else None
    return Period(
        label,
        *window,
        counts,
        int(counts.n),
        net_score(counts),
        interval.low if interval else None,
        interval.high if interval else None,
        change.raw if change else None,
        change.p if change else None,
        least,
    )
