"""Keeps Python's garbage collector from pausing the window in the middle of a drag.

A large map is a million small objects that live as long as it is open. A full collection looks at
every one of them (0.2 s at 10,000 cards) and finds nothing, since a map holds no cycles. So what a
map is made of is set aside once it is open, and collections look only at what came since.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_SMALL = 50_000  # new objects before the youngest are looked at; an edit of a large map makes 20,000
_AFTER = 20


def collect_less_often() -> None:
    """Let the collector run after many new objects, not after each 700."""
    gc.set_threshold(_SMALL, _AFTER, _AFTER)


class _Pause:
    """How many threads are at work, and whether the collector ran before the first began."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0
        self.ran = False

    def begin(self) -> None:
        """One more is at work."""
        with self.lock:
            if not self.count:
                self.ran = gc.isenabled()
                gc.disable()
            self.count += 1

    def end(self) -> None:
        """One has ended."""
        with self.lock:
            self.count -= 1
            if not self.count and self.ran:
                gc.enable()


_PAUSE = _Pause()  # there is one collector in a process


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Let the collector rest while a thread beside the window works.

    It runs in whichever thread asks for memory, and would let go of widgets that are out of use
    there: Qt crashes where a widget ends in another thread than that which made it.
    """
    _PAUSE.begin()
    try:
        yield
    finally:
        _PAUSE.end()


def set_aside() -> None:
    """Take all that lives now out of later collections, after one that clears what is dead."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
