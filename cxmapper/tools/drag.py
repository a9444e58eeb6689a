"""Dragging elements from place to place: lifted from the sheet, put down as one undo step."""

from __future__ import annotations

from collections.abc import Callable, Collection

from cxmapper.edit.change import Change, apply
from cxmapper.edit.operations import copies_on_top, duplicate
from cxmapper.model.document import Document
from cxmapper.model.ids import IdSource
from cxmapper.tools.aim import Aim, Edit, copy_label, move_label
from cxmapper.tools.desk import Desk
from cxmapper.tools.events import PointerEvent
from cxmapper.tools.ground import boxes_of
from cxmapper.tools.hints import Ghost, Hints
from cxmapper.tools.state import State

Mover = Callable[[Document, Collection[str]], Change]
MOST_GHOSTS = 60
"""So many boxes follow the pointer at most; a drag of a thousand cards shows some of them."""


class Drag(State):
    """Elements follow the pointer; where they are let go they land, unless Esc comes first.

    `start` is where the button went down. Derived states say in `aim` where things would land.
    """

    busy = True
    roles: tuple[str, ...] = ()

    def __init__(self, desk: Desk, ids: frozenset[str], start: PointerEvent) -> None:
        super().__init__(desk)
        self.ids = ids
        self.start = start
        self._ghosts: tuple[Ghost, ...] = boxes_of(desk.sheet, ids, *self.roles)[:MOST_GHOSTS]

    @property
    def document(self) -> Document:
        """The document as it is now."""
        return self.desk.editor.document

    def outlived(self, document: Document) -> bool:
        """Whether one of the elements was deleted meanwhile."""
        return not all(id_ in document for id_ in self.ids)

    def aim(self, event: PointerEvent) -> Aim:
        """Where the elements would land if they were let go now."""
        raise NotImplementedError

    def move(self, event: PointerEvent) -> State | None:
        """Follow the pointer, and light the place below it."""
        aim = self.aim(event)
        dx, dy = event.x - self.start.x, event.y - self.start.y
        self.desk.show(
            Hints(
                lit=aim.lit,
                bar=aim.bar,
                ghosts=tuple(Ghost(g.box, g.x + dx, g.y + dy) for g in self._ghosts),
                faded=frozenset() if event.copies else self.ids,
                label=aim.words,
                refused=aim.refused,
                at=(event.x, event.y),
                cursor="refused" if aim.refused else "closed",
            )
        )
        return self

    def release(self, event: PointerEvent) -> State | None:
        """Put the elements down, where they can be."""
        aim = self.aim(event)
        if aim.act is not None:
            self.desk.do(*aim.act())
        return None

    def landing(self, event: PointerEvent, mover: Mover) -> Callable[[], Edit]:
        """What letting go does: `mover` on the elements, or on copies of them where Ctrl or Alt is down."""
        copies = event.copies

        def act() -> Edit:
            if copies:
                return copied(self.document, self.ids, mover, self.desk.new_id)
            return Edit(move_label(self.document, self.ids), mover(self.document, self.ids), self.ids)

        return act


def copied(document: Document, ids: Collection[str], mover: Mover, new_id: IdSource) -> Edit:
    """Copies of `ids`, moved by `mover`, as one edit that selects them."""
    copy = duplicate(document, ids, new_id)
    tops = frozenset(copies_on_top(copy, {document[i].kind for i in ids}))
    return Edit(copy_label(document, ids), copy.then(mover(apply(document, copy), tops)), tops)
