"""At rest, and pressing: what a click selects, and which drag a press becomes."""

from __future__ import annotations

from dataclasses import dataclass

from cxmapper.edit.operations import delete
from cxmapper.layout.sheet import Box
from cxmapper.locale import Plural, Words, msg
from cxmapper.model.columns import parts_shown
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Lane
from cxmapper.model.kinds import lane_type
from cxmapper.tools.aim import Aim, named
from cxmapper.tools.band import Banding
from cxmapper.tools.desk import Desk
from cxmapper.tools.drag import Drag
from cxmapper.tools.events import KeyEvent, PointerEvent
from cxmapper.tools.hints import Hints
from cxmapper.tools.move_cards import MoveCards
from cxmapper.tools.move_face import MoveFace
from cxmapper.tools.moves import MoveLanes, MoveStages, MoveTouchpoints
from cxmapper.tools.place import aim_card
from cxmapper.tools.state import State
from cxmapper.tools.steps import step

_DRAGS: dict[str, type[Drag]] = {
    "card": MoveCards,
    "caption": MoveCards,
    "touchpoint": MoveTouchpoints,
    "channels": MoveTouchpoints,
    "stage": MoveStages,
    "lane": MoveLanes,
}


class Idle(State):
    """Nothing is going on: the pointer hovers, keys move the selection."""

    name = "idle"

    def move(self, event: PointerEvent) -> State | None:
        """Show what is below the pointer."""
        box = _box_at(self.desk, event)
        self.desk.show(Hints(hover=box.id, cursor="pointing") if box is not None else Hints())
        return self

    def press(self, event: PointerEvent) -> State | None:
        """A press on something may become a click or a drag, one beside everything a band."""
        box = _box_at(self.desk, event)
        selection = self.desk.editor.selection
        if box is None:
            if not event.adds:
                self.desk.select(())
            return Pressing(self.desk, event, None, selection)
        if not event.adds and box.id not in selection:
            self.desk.select((box.id,))
        return Pressing(self.desk, event, box, selection)

    def press_again(self, event: PointerEvent) -> State | None:
        """A double click opens the text; in an empty cell it puts a card of the lane's usual type."""
        box = _box_at(self.desk, event)
        if box is not None:
            self.desk.select((box.id,))
            self.desk.edit_text(box.id)
            return self
        self._add_usual_card(event)
        return self

    def _add_usual_card(self, event: PointerEvent) -> None:
        sheet, document = self.desk.sheet, self.desk.editor.document
        row = sheet.row_at(event.y)
        lane = document.get(sheet.rows[row].id, Lane) if row >= 0 else None
        if lane is None or sheet.column_at(event.x) < 0:
            return
        offer = _Usual(lane.offers or lane_type(lane.type).offers or "note")
        aim: Aim = aim_card(self.desk, offer, event)
        if aim.act is not None:
            edit = aim.act()
            self.desk.do(*edit)
            for id_ in edit.selects or ():
                self.desk.edit_text(id_)

    def key(self, event: KeyEvent) -> bool:
        """Arrows go from box to box, Enter and F2 open the text, Delete deletes, Esc deselects."""
        selection = self.desk.editor.selection
        match event.key:
            case "left" | "right" | "up" | "down":
                return step(self.desk, event)
            case "enter" | "f2" if len(selection) == 1:
                self.desk.edit_text(next(iter(selection)))
            case "delete" if selection:
                self._delete(selection)
            case "escape" if selection:
                self.desk.select(())
            case "select all":
                self.desk.select(parts_shown(self.desk.editor.document, self.desk.sheet.journey))
            case _:
                return False
        return True

    def _delete(self, ids: frozenset[str]) -> None:
        # The map itself is deleted in the list of maps, which asks first.
        document = self.desk.editor.document
        ids = frozenset(i for i in ids if document[i].kind != "journey")
        if ids:
            self.desk.do(delete_label(document, ids), delete(document, ids), frozenset())


class Pressing(State):
    """The button is down and the pointer still in its place."""

    name = "pressing"

    def __init__(self, desk: Desk, start: PointerEvent, box: Box | None, before: frozenset[str]) -> None:
        super().__init__(desk)
        self._start = start
        self._box = box
        self._before = before

    def move(self, event: PointerEvent) -> State | None:
        """Become a drag of what was pressed, or a band, once the pointer leaves its place."""
        if not event.far_from(self._start):
            return self
        state = self._drag()
        return state.move(event) if state is not None else self

    def _drag(self) -> State | None:
        box = self._box
        if box is None:
            return Banding(self.desk, self._start, self._before)
        if self._start.adds and box.id not in self.desk.editor.selection:
            self.desk.select(self.desk.editor.selection | {box.id})
        ids = _alike(self.desk, box.id)
        if box.role == "face" and len(ids) == 1 and not self._start.copies:
            return MoveFace(self.desk, box.id, self._start)
        drag = MoveCards if box.role == "face" else _DRAGS.get(box.role)
        return drag(self.desk, ids, self._start) if drag is not None else None

    def outlived(self, document: Document) -> bool:
        """Whether what was pressed was deleted meanwhile."""
        return self._box is not None and self._box.id not in document

    def release(self, event: PointerEvent) -> State | None:
        """It was a click: select what is there, or with Shift or Ctrl add it or take it out."""
        if self._box is None:
            return None
        id_ = self._box.id
        if not event.adds:
            self.desk.select((id_,))
        else:
            selection = self.desk.editor.selection
            self.desk.select(selection - {id_} if id_ in selection else selection | {id_})
        return None


@dataclass(frozen=True, slots=True)
class _Usual:
    """The card that a lane offers."""

    type: str
    kind: str = "card"
    valence: int | None = None


def _box_at(desk: Desk, event: PointerEvent) -> Box | None:
    box = desk.sheet.hit(event.x, event.y).box
    return box if box is not None and box.id else None


def _alike(desk: Desk, id_: str) -> frozenset[str]:
    """What is dragged with `id_`: the selected elements of its kind, it among them."""
    document: Document = desk.editor.document
    kind = type(document[id_])
    return frozenset(i for i in desk.editor.selection if type(document[i]) is kind) | {id_}


def delete_label(document: Document, ids: frozenset[str]) -> Words:
    """What deleting these elements is called."""
    if len(ids) == 1:
        return msg("Delete {title}", title=named(document, next(iter(ids))))
    if all(isinstance(document[i], Card) for i in ids):
        return Plural("Delete {n} card", "Delete {n} cards", len(ids))
    return Plural("Delete {n} element", "Delete {n} elements", len(ids))
