"""How far an export has come, and how a person stops it. Knows nothing of what is exported."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], bool]


class Cancelled(Exception):
    """A person stopped the export. Nothing was written."""


class Steps:
    """Tells `progress` a share, from `first` to `last`, and raises `Cancelled` once it answers False.

    >>> steps = Steps(lambda share: share < 0.5, 4)
    >>> steps.done(1)
    >>> steps.done(2)
    Traceback (most recent call last):
    cxmapper.export.progress.Cancelled
    """

    def __init__(self, progress: Progress | None, total: int, *, first: float = 0, last: float = 1) -> None:
        self._progress = progress
        self._total = max(1, total)
        self._first, self._last = first, last
        self._count = 0

    def done(self, steps: int = 1) -> None:
        """`steps` more of the total are done. Raises `Cancelled`."""
        self._count += steps
        if self._progress is not None:
            share = min(1.0, self._count / self._total)
            if not self._progress(self._first + (self._last - self._first) * share):
                raise Cancelled
