"""Dragging a face of the emotion lane: its height is its valence, its column where it is felt."""

from __future__ import annotations

from cxmapper.edit.change import Change, apply
from cxmapper.edit.editor import Gesture
from cxmapper.edit.operations import move_cards, set_valence, snapped
from cxmapper.layout.axis import valence_at
from cxmapper.layout.cards import signed
from cxmapper.locale import msg
from cxmapper.model.document import Document
from cxmapper.model.elements import Card
from cxmapper.tools.aim import named
from cxmapper.tools.desk import Desk
from cxmapper.tools.events import PointerEvent
from cxmapper.tools.ground import column_near, upright
from cxmapper.tools.hints import Hints
from cxmapper.tools.state import State


class MoveFace(State):
    """The map follows while the face is dragged; Esc puts it back. It is one undo step."""

    name = "moving a face"
    busy = True

    def __init__(self, desk: Desk, id_: str, start: PointerEvent) -> None:
        super().__init__(desk)
        self.id = id_
        self._start = start
        card = desk.editor.document.need(id_, Card)
        self._column = card.place.column
        self._lane = card.place.lane
        self._valence = card.valence or 0
        self._gesture: Gesture | None = None

    def move(self, event: PointerEvent) -> State | None:
        """Feel as the height says, in the column below."""
        if self._gesture is None:
            document = self.desk.editor.document
            self._gesture = self.desk.editor.begin(msg("Move {title}", title=named(document, self.id)))
        valence, column = self._aim(event)
        self._gesture.show(_change(self._gesture.start, self.id, valence, self._lane, column))
        sheet = self.desk.sheet
        moved = column != self._column and column in sheet.columns_by_id
        self.desk.show(
            Hints(
                bar=upright(sheet, sheet.columns[sheet.columns_by_id[column]].middle) if moved else None,
                label=signed(valence),
                at=(event.x, event.y),
                cursor="closed",
            )
        )
        return self

    def _aim(self, event: PointerEvent) -> tuple[int, str]:
        """The valence and the column that the pointer means. A face on a whole stage stays on it."""
        sheet, plot = self.desk.sheet, self.desk.plot
        top = next((t for t, r in zip(sheet.tops, sheet.rows, strict=True) if r.id == self._lane), 0.0)
        # By how far the hand moved, so that a face does not jump when it is taken off its middle.
        moved = valence_at(event.y - top, plot) - valence_at(self._start.y - top, plot)
        still = abs(event.y - self._start.y) <= event.reach
        valence = self._valence if still else snapped(self._valence + moved)
        i = column_near(sheet, event.x)
        single = self._column in sheet.columns_by_id
        same = column_near(sheet, self._start.x) == i
        return valence, self._column if i < 0 or not single or same else sheet.columns[i].id

    def release(self, event: PointerEvent) -> State | None:
        """Keep the face where it is."""
        if self._gesture is not None:
            self._gesture.commit()
            self._gesture = None
            self.desk.settle()
        return None

    def cancel(self) -> None:
        """Put the face back."""
        if self._gesture is not None:
            self._gesture.cancel()
            self._gesture = None
            self.desk.settle()


def _change(document: Document, id_: str, valence: int, lane: str, column: str) -> Change:
    change = set_valence(document, id_, valence) if document.need(id_, Card).valence != valence else Change()
    if document.need(id_, Card).place.column != column:
        change = change.then(move_cards(apply(document, change), [id_], lane, column))
    return change
