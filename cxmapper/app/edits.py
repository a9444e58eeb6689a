"""What the commands of the menus do to the map shown: each one operation, one undo step.

Knows the session and no widget, so every command is tested without a window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from cxmapper.app.naming import name_of, several, shortened
from cxmapper.app.palette_items import PaletteItem
from cxmapper.app.session import Session
from cxmapper.edit import operations
from cxmapper.edit.change import apply
from cxmapper.edit.nudge import Direction, nudge
from cxmapper.locale import Words, msg, tr
from cxmapper.model.columns import parts_shown
from cxmapper.model.elements import Journey, Lane, Persona, Touchpoint
from cxmapper.model.ids import new_id
from cxmapper.model.kinds import CARD_TYPES, lane_type

_MOVES: dict[Direction, Callable[[str], Words]] = {
    "left": lambda what: msg("Move {what} left", what=what),
    "right": lambda what: msg("Move {what} right", what=what),
    "up": lambda what: msg("Move {what} up", what=what),
    "down": lambda what: msg("Move {what} down", what=what),
}


class Edits(QObject):
    """Edits of one session. `rename_asked` tells which new or chosen element wants its name typed."""

    rename_asked = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session

    # the selection

    def delete(self, ids: Iterable[str] | None = None) -> None:
        """Delete these elements (None: the selection), and offer to undo it."""
        chosen = self._session.selection if ids is None else frozenset(ids)
        if not chosen:
            return
        what = shortened(several(self._session.document, chosen))
        change = operations.delete(self._session.document, chosen)
        self._session.do(msg("Delete {what}", what=what), change, selects=())
        self._session.undo_offered.emit(tr("Deleted {what}.", what=what))

    def duplicate(self, ids: Iterable[str] | None = None) -> None:
        """Duplicate these elements (None: the selection) and select the copies."""
        chosen = self._session.selection if ids is None else frozenset(ids)
        if not chosen:
            return
        document = self._session.document
        change = operations.duplicate(document, chosen, new_id)
        copies = operations.copies_on_top(change, {document[i].kind for i in chosen})
        what = shortened(several(document, chosen))
        self._session.do(msg("Duplicate {what}", what=what), change, selects=copies)
        if copies and all(isinstance(self._session.document[i], Journey) for i in copies):
            self._session.show_journey(copies[0])

    def select_all(self) -> None:
        """Select every stage, touchpoint and card of the map shown."""
        if self._session.journey is not None:
            self._session.select(parts_shown(self._session.document, self._session.journey))

    def rename(self) -> None:
        """Let the person type the name or text of what is selected."""
        if len(self._session.selection) == 1:
            self.rename_asked.emit(next(iter(self._session.selection)))

    def move(self, direction: Direction) -> None:
        """Move the selection one place: what a drag does, without a pointer."""
        chosen = self._session.selection
        change = nudge(self._session.document, chosen, direction)
        what = shortened(several(self._session.document, chosen))
        self._session.do(_MOVES[direction](what), change, selects=chosen)

    def toggle_moment_of_truth(self) -> None:
        """Mark the selected touchpoints as moments of truth, or unmark them where all are."""
        chosen = self._touchpoints()
        if not chosen:
            return
        on = not all(t.moment_of_truth for t in chosen)
        ids = [t.id for t in chosen]
        label = msg("Mark as moment of truth") if on else msg("Unmark as moment of truth")
        self._session.do(label, operations.set_fields(self._session.document, ids, moment_of_truth=on))

    def _touchpoints(self) -> list[Touchpoint]:
        chosen = (self._session.document.get(i, Touchpoint) for i in sorted(self._session.selection))
        return [t for t in chosen if t is not None]

    # maps, personas, lanes

    def new_map(self) -> None:
        """Add an empty map for the persona of the map shown, show it, and let its title be typed."""
        document = self._session.document
        shown = document.get(self._session.journey, Journey)
        who = shown.who if shown else tuple(p.id for p in document.children(None, Persona)[:1])
        change = operations.add_journey(document, title=tr("New map"), who=who, new_id=new_id)
        self._session.do(msg("Add map"), change)
        journey = change.added[0]
        self._session.show_journey(journey)
        self.rename_asked.emit(journey)

    def duplicate_map(self) -> None:
        """Copy the map shown, with all it holds, and show the copy."""
        if self._session.journey is not None:
            self.duplicate([self._session.journey])

    def rename_map(self) -> None:
        """Let the person type the title of the map shown."""
        if self._session.journey is not None:
            self.rename_asked.emit(self._session.journey)

    def delete_map(self) -> None:
        """Delete the map shown with all it holds, and offer to undo it."""
        if self._session.journey is not None:
            self.delete([self._session.journey])

    def new_persona(self) -> None:
        """Add a persona and let the name be typed. A map shown that is nobody's becomes theirs."""
        document = self._session.document
        change = operations.add_persona(document, name=tr("New persona"), new_id=new_id)
        (persona,) = change.added
        shown = document.get(self._session.journey, Journey)
        if shown is not None and not shown.who:
            after = apply(document, change)
            change = change.then(operations.set_fields(after, [shown.id], who=(persona,)))
        self._session.do(msg("Add persona"), change)
        self.rename_asked.emit(persona)

    def add_lane(self, type_: str, offers: str | None = None) -> None:
        """Add a lane of this type at the bottom of the map shown; `offers` names a type of card."""
        if self._session.journey is None:
            return
        label: Words = CARD_TYPES[offers].label if offers else lane_type(type_).label
        change = operations.add_lane(
            self._session.document,
            self._session.journey,
            type=type_,
            title=str(label),
            offers=offers,
            new_id=new_id,
        )
        self._session.do(msg("Add lane {title}", title=label), change, selects=change.added)

    def set_lane_hidden(self, lane: str, hidden: bool) -> None:
        """Hide a lane, or show it again."""
        title = name_of(self._session.document[lane])
        label = msg("Hide lane {title}", title=title) if hidden else msg("Show lane {title}", title=title)
        self._session.do(label, operations.set_fields(self._session.document, [lane], hidden=hidden))

    def move_lane(self, lane: str, before: str | None) -> None:
        """Move a lane above the lane `before`, or to the bottom."""
        label = msg("Move lane {title}", title=name_of(self._session.document[lane]))
        self._session.do(label, operations.move_lanes(self._session.document, [lane], before=before))

    def set_title(self, id_: str, title: str) -> None:
        """Give an element that has a title or name another one, where it differs."""
        element = self._session.document[id_]
        name = type(element).caption_field
        if not name or getattr(element, name) == title:
            return
        if isinstance(element, Lane):
            label = msg("Rename lane to {title}", title=shortened(title))
        else:
            label = msg("Rename to {title}", title=shortened(title))
        self._session.do(label, operations.set_fields(self._session.document, [id_], **{name: title}))

    def arm(self, item: PaletteItem) -> None:
        """Let the next click on the map put `item` there, or disarm where it is armed."""
        self._session.arm(None if self._session.armed == item else item)
