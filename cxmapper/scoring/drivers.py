"""Key drivers: which rated aspects go with the score, and how much of it each explains.

From correlations alone, so that an import can keep them and forget the respondents. Association, not
cause. Loads numpy, and only when it is asked something.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from cxmapper.locale import Words, msg
from cxmapper.model.elements import DriverStatistics

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[Any]

MOST_EXACT = 12
"""How many drivers LMG is worked out for: it looks at every subset of them."""

_LEAST_ANSWERS, _ANSWERS_EACH = 50, 10
_WEAK = 0.1
_FLAT = 1e-12


@dataclass(frozen=True, slots=True)
class Drivers:
    """What the drivers of a score are worth, in the order of `names`.

    `r` are correlations with the score, `r2` the share of its variance that all explain, `beta` the
    standardised coefficients; `lmg` and `rw` divide `r2` among the drivers and add up to it; the
    `…_pct` are the same in per cent of it. `lmg` is None for more than MOST_EXACT drivers. `n` is how
    many answered all. `dropped` never vary; `warnings` are to be shown with the result.
    """

    names: tuple[str, ...]
    n: int
    r: tuple[float, ...]
    r2: float
    beta: tuple[float, ...]
    lmg: tuple[float, ...] | None
    rw: tuple[float, ...]
    dropped: tuple[str, ...] = ()
    warnings: tuple[Words, ...] = ()

    @property
    def enough(self) -> bool:
        """Whether so many answered that the result carries: 50, and 10 for each driver."""
        return self.n >= _needed(len(self.names))

    @property
    def lmg_pct(self) -> tuple[float, ...] | None:
        """LMG in per cent of R²."""
        return None if self.lmg is None else _percent(self.lmg, self.r2)

    @property
    def rw_pct(self) -> tuple[float, ...]:
        """Johnson's relative weights in per cent of R²."""
        return _percent(self.rw, self.r2)


def _percent(parts: Sequence[float], whole: float) -> tuple[float, ...]:
    return tuple(100 * part / whole if whole else 0.0 for part in parts)


def key_drivers(
    y: Sequence[float | None], x: Sequence[Sequence[float | None]], names: Sequence[str] | None = None
) -> Drivers:
    """The drivers `x` (each a column of ratings) of the score `y`, over the answers that are complete.

    Raises ValueError where the columns differ in length, or nothing varies.
    """
    import numpy as np

    if any(len(column) != len(y) for column in x):
        raise ValueError("all columns must have as many answers as the score")
    called = tuple(names) if names is not None else tuple(str(i + 1) for i in range(len(x)))
    rows = [row for row in zip(y, *x, strict=True) if all(v is not None and math.isfinite(v) for v in row)]
    data = np.array(rows, dtype=float).reshape(len(rows), len(x) + 1)
    spread = data.std(axis=0) if len(rows) > 1 else np.zeros(len(x) + 1)
    varies = spread > _FLAT
    if not varies[0] or not varies[1:].any():
        raise ValueError("the score, and one driver at least, must differ between answers")
    kept = [0, *(i + 1 for i in range(len(x)) if varies[i + 1])]
    found = _of(np.corrcoef(data[:, kept], rowvar=False), [called[i - 1] for i in kept[1:]], len(rows))
    dropped = tuple(name for name, varied in zip(called, varies[1:], strict=True) if not varied)
    return Drivers(
        found.names, found.n, found.r, found.r2, found.beta, found.lmg, found.rw, dropped, found.warnings
    )


def drivers_of(statistics: DriverStatistics) -> Drivers:
    """The same from what an import kept: correlations of the score (first) and the drivers, and n.

    `statistics.names` are the drivers, with or without a name for the score before them. Raises
    ValueError where the correlations are not a square of that size.
    """
    import numpy as np

    matrix = np.array(statistics.correlations, dtype=float)
    size = len(matrix)
    names = statistics.names[-(size - 1) :] if size > 1 else ()
    if size < 2 or matrix.shape != (size, size) or len(names) != size - 1:
        raise ValueError("the correlations must be a square of the score and its drivers")
    return _of(matrix, names, statistics.n)


def derived_weights(drivers: Drivers) -> Mapping[str, float]:
    """Derived importance by driver, 0…1: Johnson's relative weights, scaled so that the largest is 1."""
    largest = max(drivers.rw, default=0.0)
    return {
        name: weight / largest if largest else 0.0
        for name, weight in zip(drivers.names, drivers.rw, strict=True)
    }


def _of(matrix: Matrix, names: Sequence[str], n: int) -> Drivers:
    """The drivers by the correlations of the score, first, and of each."""
    import numpy as np

    among, with_score = matrix[1:, 1:], matrix[1:, 0]
    beta = np.linalg.pinv(among, hermitian=True) @ with_score
    r2 = float(with_score @ beta)
    lmg = _lmg(among, with_score) if len(names) <= MOST_EXACT else None
    return Drivers(
        tuple(names),
        n,
        tuple(map(float, with_score)),
        r2,
        tuple(map(float, beta)),
        lmg,
        _relative_weights(among, with_score),
        warnings=_warnings(n, len(names), r2),
    )


def _relative_weights(among: Matrix, with_score: Matrix) -> tuple[float, ...]:
    """Johnson's relative weights: R = Q L Qᵀ, Λ = Q √L Qᵀ, b = Λ⁻¹ r, weights Λ² b².

    Johnson, “A Heuristic Method for Estimating the Relative Weight of Predictor Variables in Multiple
    Regression”, Multivariate Behavioral Research 35(1), 2000.
    """
    import numpy as np

    values, vectors = np.linalg.eigh(among)
    roots = np.sqrt(np.clip(values, 0.0, None))
    half = (vectors * roots) @ vectors.T
    b = np.linalg.pinv(half, hermitian=True) @ with_score
    return tuple(map(float, half**2 @ b**2))


def _lmg(among: Matrix, with_score: Matrix) -> tuple[float, ...]:
    """What each driver adds to R², averaged over all orders in which they can be added (Shapley values).

    Lindeman, Merenda and Gold, 1980.
    """
    k = len(with_score)
    explained = _r2_of_subsets(among, with_score)
    weight = [math.factorial(s) * math.factorial(k - s - 1) / math.factorial(k) for s in range(k)]
    parts = []
    for i in range(k):
        bit = 1 << i
        gains = (
            weight[subset.bit_count()] * (explained[subset | bit] - explained[subset])
            for subset in range(1 << k)
            if not subset & bit
        )
        parts.append(math.fsum(gains))
    return tuple(parts)


def _r2_of_subsets(among: Matrix, with_score: Matrix) -> list[float]:
    """R² of every subset of the drivers, by the number whose bits are its members."""
    import numpy as np

    k = len(with_score)
    explained = [0.0] * (1 << k)
    for size in range(1, k + 1):
        groups = np.array(list(combinations(range(k), size)))
        inner = among[groups[:, :, None], groups[:, None, :]]
        outer = with_score[groups]
        beta = (np.linalg.pinv(inner, hermitian=True) @ outer[:, :, None])[:, :, 0]
        for members, r2 in zip(groups, (outer * beta).sum(axis=1), strict=True):
            explained[sum(1 << int(i) for i in members)] = float(r2)
    return explained


def _needed(k: int) -> int:
    return max(_LEAST_ANSWERS, _ANSWERS_EACH * k)


def _warnings(n: int, k: int, r2: float) -> tuple[Words, ...]:
    """What to say about results that do not carry far."""
    needed = _needed(k)
    found: list[Words] = []
    if n < needed:
        found.append(msg("Only {n} complete answers; key drivers need {needed}.", n=n, needed=needed))
    if r2 < _WEAK:
        found.append(msg("The drivers explain little of the score (R² {r2:.2f}).", r2=r2))
    return tuple(found)
