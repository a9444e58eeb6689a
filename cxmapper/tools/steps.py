"""From box to box with the arrow keys: along a row, and down and up through the columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cxmapper.layout.sheet import Box, Sheet
from cxmapper.tools.desk import Desk
from cxmapper.tools.events import Direction, KeyEvent, PointerEvent
from cxmapper.tools.ground import boxes_of
from cxmapper.tools.hints import Ghost

STOPS = frozenset({"title", "stage", "touchpoint", "lane", "card", "face"})


def step(desk: Desk, event: KeyEvent) -> bool:
    """Select the next box that way, with Shift in addition to the others; false where there is none."""
    if event.key not in ("left", "right", "up", "down"):
        return False
    selection = desk.editor.selection
    found = next_box(desk.sheet, selection, event.key)
    if found is None:
        return False
    desk.select({found} | selection if event.shift else {found})
    return True


def click_at_selection(desk: Desk, event: KeyEvent) -> PointerEvent | None:
    """For Enter: a click in the middle of the box that is selected."""
    here = next(iter(boxes_of(desk.sheet, desk.editor.selection)), None)
    if event.key != "enter" or here is None:
        return None
    return PointerEvent(here.x + here.box.w / 2, here.y + here.box.h / 2, shift=event.shift)


def next_box(sheet: Sheet, selected: Collection[str], direction: Direction) -> str | None:
    """The element to select when an arrow key is pressed; None where there is none that way.

    With nothing selected it is the first stage, or whatever comes first on the sheet.
    """
    here = next(iter(g for g in boxes_of(sheet, selected) if g.box.role in STOPS), None)
    if here is None:
        firsts = [b.id for row in sheet.rows if row.type != "title" for b in _stops(sheet, row.id)]
        return firsts[0] if firsts else None
    if direction in ("left", "right"):
        return _along(sheet, here, 1 if direction == "right" else -1)
    return _across(sheet, here, 1 if direction == "down" else -1)


def _stops(sheet: Sheet, row_id: str) -> Iterator[Box]:
    row = sheet.rows[sheet.row_by_id[row_id]]
    boxes = sorted((b for b in row.boxes() if b.id and b.role in STOPS), key=lambda b: (b.x, b.y))
    yield from boxes
    if row.header is not None and row.header.id:
        yield row.header


def _along(sheet: Sheet, here: Ghost, way: int) -> str | None:
    """The nearest box of the row that lies to the right (`way` 1) or to the left (−1)."""
    row = sheet.row_at(here.y + here.box.h / 2)
    if row < 0:
        return None
    top = sheet.tops[row]
    best: tuple[float, float, str] | None = None
    for box in _stops(sheet, sheet.rows[row].id):
        far = (box.x + box.w / 2 - here.x - here.box.w / 2) * way
        if box.id != here.box.id and far > max(min(box.w, here.box.w) / 2, 1):
            key = (far, abs(top + box.y - here.y), box.id)
            best = min(best, key) if best is not None else key
    return best[2] if best is not None else None


def _across(sheet: Sheet, here: Ghost, way: int) -> str | None:
    """The nearest box below (`way` 1) or above (−1) that shares some breadth with this one."""
    middle = here.x + here.box.w / 2
    best: tuple[float, float, str] | None = None
    first = sheet.row_at(here.y + here.box.h / 2)
    rows = range(first, len(sheet.rows)) if way > 0 else range(first, -1, -1)
    for row in rows:
        for box in _stops(sheet, sheet.rows[row].id):
            y = sheet.tops[row] + box.y
            far = (y - here.y) * way
            shares = box.x < here.x + here.box.w and here.x < box.x + box.w
            if box.id != here.box.id and far > 0.5 and shares:
                key = (far, abs(box.x + box.w / 2 - middle), box.id)
                best = min(best, key) if best is not None else key
        if best is not None:
            return best[2]
    return None
