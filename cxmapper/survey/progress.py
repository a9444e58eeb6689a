"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], bool]
"""Told the share that is done, 0 to 1; answers False to stop the work."""


class Cancelled(Exception):
    """The person stopped the work; nothing was changed."""


def tell(progress: Progress | None, share: float) -> None:
    """Tell `progress` that `share` is done. Raises `Cancelled` where it answers False."""
    if progress is not None and not progress(min(1.0, max(0.0, share))):
        raise Cancelled
