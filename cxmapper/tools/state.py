"""What a state of the chart is: it answers events with the state that comes next."""

from __future__ import annotations

from typing import ClassVar

from cxmapper.model.document import Document
from cxmapper.tools.desk import Desk
from cxmapper.tools.events import KeyEvent, PointerEvent
from cxmapper.tools.hints import NOTHING


class State:
    """One state. Each handler returns the state to go to: itself to stay, None to end.

    `name` says where the chart is, for tests. A state that is `busy` holds the pointer: the view
    scrolls at the edges, and Esc cancels it.
    """

    name: ClassVar[str] = ""
    busy: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def enter(self) -> None:
        """The chart has come to this state."""

    def leave(self) -> None:
        """The chart goes to another state. What was shown goes too."""
        self.desk.show(NOTHING)

    def press(self, event: PointerEvent) -> State | None:
        """The main button went down."""
        return self

    def press_again(self, event: PointerEvent) -> State | None:
        """The second press of a double click."""
        return self.press(event)

    def move(self, event: PointerEvent) -> State | None:
        """The pointer moved, with or without the button down."""
        return self

    def release(self, event: PointerEvent) -> State | None:
        """The main button went up."""
        return self

    def key(self, event: KeyEvent) -> bool:
        """A key went down; true where it meant something here."""
        return False

    def click_of(self, event: KeyEvent) -> PointerEvent | None:
        """Where a key lets go of what is in the hand, as a click would; None where it doesn't."""
        return None

    def outlived(self, document: Document) -> bool:
        """Whether `document` no longer holds what the state is about."""
        return False

    def cancel(self) -> None:
        """Undo what the state has done so far. The chart goes to rest after it."""
