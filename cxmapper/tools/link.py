"""Drawing a link: from the element it begins at to the one that is clicked next."""

from __future__ import annotations

from cxmapper.edit.operations import add_link
from cxmapper.edit.rules import may_link
from cxmapper.layout.sheet import Box
from cxmapper.locale import Words, msg
from cxmapper.model.document import Document
from cxmapper.tools.desk import Desk
from cxmapper.tools.events import KeyEvent, PointerEvent
from cxmapper.tools.ground import boxes_of
from cxmapper.tools.hints import Area, Bar, Hints
from cxmapper.tools.state import State
from cxmapper.tools.steps import click_at_selection, step

ENDS = frozenset({"card", "face", "caption", "touchpoint", "stage"})


def link_aim(desk: Desk, event: PointerEvent) -> Box | None:
    """The box below the pointer at which a link can end."""
    box = desk.sheet.hit(event.x, event.y).box
    return box if box is not None and box.id and box.role in ENDS else None


class Linking(State):
    """A link has begun at `start`; the next click on another element ends it there."""

    name = "linking"

    def __init__(self, desk: Desk, start: str, *, keep: bool = False) -> None:
        super().__init__(desk)
        self.start = start
        self._keep = keep

    def enter(self) -> None:
        """The cursor says that a click ends the link."""
        self.desk.show(Hints(cursor="cross", lit=self._lit(self.start)))

    def move(self, event: PointerEvent) -> State | None:
        """Draw the thread from the beginning to the pointer."""
        hit, refused = self._end(event)
        valid = refused is None
        lit = self._lit(self.start)
        x, y = (lit[0].x + lit[0].w / 2, lit[0].y + lit[0].h / 2) if lit else (event.x, event.y)
        self.desk.show(
            Hints(
                lit=(*lit, *(self._lit(hit.id) if hit is not None and valid else ())),
                thread=Bar(x, y, event.x, event.y),
                label=refused,
                at=(event.x, event.y),
                cursor="cross",
            )
        )
        return self

    def key(self, event: KeyEvent) -> bool:
        """Arrows choose the box where Enter will end the link."""
        return step(self.desk, event)

    def click_of(self, event: KeyEvent) -> PointerEvent | None:
        """Enter ends the link at the selected box."""
        return click_at_selection(self.desk, event)

    def outlived(self, document: Document) -> bool:
        """Whether the beginning was deleted meanwhile."""
        return self.start not in document

    def release(self, event: PointerEvent) -> State | None:
        """End the link at what is below the pointer; elsewhere go on."""
        hit, refused = self._end(event)
        if hit is None or refused is not None:
            return self.move(event)
        change = add_link(self.desk.editor.document, self.start, hit.id, new_id=self.desk.new_id)
        self.desk.do(msg("Add link"), change, frozenset(change.added))
        if not self._keep:
            self.desk.disarm()
        return None

    def _end(self, event: PointerEvent) -> tuple[Box | None, Words | None]:
        """The box below the pointer, and why the link can't end there (None: it can)."""
        hit = link_aim(self.desk, event)
        return hit, may_link(self.desk.editor.document, self.start, hit.id if hit is not None else "").reason

    def cancel(self) -> None:
        """Give the link up."""
        self.desk.disarm()

    def _lit(self, id_: str) -> tuple[Area, ...]:
        boxes = [g for g in boxes_of(self.desk.sheet, {id_}) if g.box.role in ENDS]
        return tuple(Area(g.x, g.y, g.box.w, g.box.h) for g in boxes[:1])
