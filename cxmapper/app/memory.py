"""Keeps Python's garbage collector from pausing the window in the middle of a drag.

A large map is a million small objects that live as long as it is open. A full collection looks at
every one of them (0.2 s at 10,000 cards) and finds nothing, since a map holds no cycles. So what a
map is made of is set aside once it is open, and collections look only at what came since.
"""

from __future__ import annotations

import gc

_SMALL = 50_000  # new objects before the youngest are looked at; an edit of a large map makes 20,000
_AFTER = 20


def collect_less_often() -> None:
    """Let the collector run after many new objects, not after each 700."""
    gc.set_threshold(_SMALL, _AFTER, _AFTER)


def set_aside() -> None:
    """Take all that lives now out of later collections, after one that clears what is dead."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
