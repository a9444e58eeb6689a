"""Selecting with a rubber band: what it meets is selected while it is drawn."""

from __future__ import annotations

from cxmapper.tools.desk import Desk
from cxmapper.tools.events import PointerEvent
from cxmapper.tools.ground import boxes_in
from cxmapper.tools.hints import Area, Hints
from cxmapper.tools.state import State

CAUGHT = frozenset({"stage", "touchpoint", "card", "face", "caption", "channels"})


class Banding(State):
    """A band is drawn from where the button went down. With Shift or Ctrl it adds to the selection."""

    name = "banding"
    busy = True

    def __init__(self, desk: Desk, start: PointerEvent, before: frozenset[str]) -> None:
        super().__init__(desk)
        self._start = start
        self._before = before

    def move(self, event: PointerEvent) -> State | None:
        """Select what the band meets now."""
        x, y = min(event.x, self._start.x), min(event.y, self._start.y)
        area = Area(x, y, abs(event.x - self._start.x), abs(event.y - self._start.y))
        caught = {b.id for b, _ in boxes_in(self.desk.sheet, area) if b.id and b.role in CAUGHT}
        self.desk.select(caught | self._before if self._start.adds else caught)
        self.desk.show(Hints(band=area))
        return self

    def release(self, event: PointerEvent) -> State | None:
        """Keep what is selected."""
        return None

    def cancel(self) -> None:
        """Select again what was selected before."""
        self.desk.select(self._before)
