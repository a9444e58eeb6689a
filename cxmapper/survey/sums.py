"""What an import keeps of respondents for later: sums that key drivers and weighted scores need, no more.

All sums are exact, so the order of rows makes no difference and two people who import one export have
the same figures. This module knows answers, no file.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxmapper.model.elements import DriverStatistics


_DIGITS = 12
_MOST = Decimal(10) ** 9  # a weight beyond it is a mistake, and would make sums inexact
_FINEST = -12  # decimal places of a weight


class DriverSums:
    """Sums over the respondents who gave the score and rated every driver."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.n = 0
        size = len(self.names) + 1
        self._sums = [0] * size
        self._products = [[0] * size for _ in range(size)]

    def add(self, score: int, ratings: Sequence[int | None], n: int = 1) -> None:
        """Count `n` respondents who answered so; who left a driver out is not counted."""
        given = [rating for rating in ratings if rating is not None]
        if len(given) != len(self.names):
            return
        row = (score, *given)
        self.n += n
        for i, value in enumerate(row):
            self._sums[i] += n * value
            for j in range(i + 1):
                self._products[i][j] += n * value * row[j]

    def statistics(self) -> DriverStatistics | None:
        """Correlations of the score, first, and of the drivers that vary; None where nothing does.

        >>> sums = DriverSums(["Ease", "Price"])
        >>> for score, ease in ((2, 1), (6, 3), (9, 5)):
        ...     sums.add(score, (ease, 3))
        >>> sums.statistics()
        DriverStatistics(names=('Ease',), n=3, correlations=((1, 0.99661589554), (0.99661589554, 1)))
        """
        vary = [i for i in range(len(self._sums)) if self._spread(i, i) > 0]
        if len(vary) < 2 or vary[0] != 0:
            return None
        from cxmapper.model.elements import DriverStatistics  # slow to load, and mostly not needed

        return DriverStatistics(
            names=tuple(self.names[i - 1] for i in vary[1:]),
            n=self.n,
            correlations=tuple(tuple(self._correlation(i, j) for j in vary) for i in vary),
        )

    def _spread(self, i: int, j: int) -> int:
        """n² times the covariance of two columns, a whole number."""
        return self.n * self._products[max(i, j)][min(i, j)] - self._sums[i] * self._sums[j]

    def _correlation(self, i: int, j: int) -> float:
        if i == j:
            return 1
        return round(self._spread(i, j) / math.sqrt(self._spread(i, i) * self._spread(j, j)), _DIGITS)


class WeightSums:
    """Sums of the weights of respondents, by what they answered."""

    def __init__(self) -> None:
        self.n = 0
        self._by_side = {-1: Decimal(0), 0: Decimal(0), 1: Decimal(0)}
        self._squares = Decimal(0)

    def add(self, side: int, weight: str, n: int = 1) -> None:
        """Count `n` respondents of this weight, who answered against (−1), neither (0) or for (1).

        A weight that is no number, or not above 0, leaves them out.
        """
        value = _number(weight)
        if value is None or not 0 < value <= _MOST:
            return
        self.n += n
        self._by_side[side] += n * value
        self._squares += n * value * value

    def sums(self) -> Mapping[str, float]:
        """n, the sums of weights against, neither and for, and that of their squares; empty for none.

        >>> weights = WeightSums()
        >>> for side, weight in ((1, "0,5"), (-1, "2"), (1, "1.25"), (1, "")):
        ...     weights.add(side, weight)
        >>> weights.sums()
        {'n': 3, 'against': 2.0, 'neither': 0.0, 'for': 1.75, 'squares': 5.8125}
        """
        if not self.n:
            return {}
        against, neither, favour = (float(self._by_side[side]) for side in (-1, 0, 1))
        squares = float(self._squares)
        return {"n": self.n, "against": against, "neither": neither, "for": favour, "squares": squares}


def _number(text: str) -> Decimal | None:
    """A decimal number with a point or a comma, to twelve places."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    return round(value, -_FINEST) if abs(value) <= _MOST else None
