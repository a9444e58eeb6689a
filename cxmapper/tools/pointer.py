"""The chart itself: it holds the state in which the hand is, and passes every event to it."""

from __future__ import annotations

from cxmapper.model.document import Document
from cxmapper.tools.desk import Desk, Offer
from cxmapper.tools.events import KeyEvent, PointerEvent
from cxmapper.tools.hints import NOTHING
from cxmapper.tools.idle import Idle
from cxmapper.tools.place import Placing
from cxmapper.tools.state import State


class PointerTool:
    """Takes events, and goes from state to state. At rest it is idle, or holds what is armed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._armed: Offer | None = None
        self.state: State = Idle(desk)

    @property
    def where(self) -> str:
        """The name of the present state."""
        return self.state.name

    @property
    def busy(self) -> bool:
        """Whether a drag or a band is under way."""
        return self.state.busy

    def arm(self, offer: Offer | None) -> None:
        """Hold `offer` for the next click; None holds nothing."""
        if offer is None and self._armed is None:
            return
        self._armed = offer
        if self.busy:
            self.state.cancel()
        if offer is not None or isinstance(self.state, Placing):
            self._go(None)

    def press(self, event: PointerEvent, *, again: bool = False) -> None:
        """The main button went down, for the second time where `again`."""
        self._go(self.state.press_again(event) if again else self.state.press(event))

    def move(self, event: PointerEvent) -> None:
        """The pointer moved."""
        self._go(self.state.move(event))

    def release(self, event: PointerEvent) -> None:
        """The main button went up."""
        self._go(self.state.release(event))

    def key(self, event: KeyEvent) -> bool:
        """A key went down; true where it meant something. Esc ends whatever is going on."""
        if event.key == "escape" and not isinstance(self.state, Idle):
            self.cancel()
            return True
        click = self.state.click_of(event)
        if click is not None:
            self.release(click)
            return True
        return self.state.key(event)

    def cancel(self) -> None:
        """Give up what is going on, as if it had never begun."""
        state = self.state
        self._armed = None
        state.cancel()
        self._go(None)

    def hover_end(self) -> None:
        """The pointer left the map."""
        if isinstance(self.state, Idle):
            self._desk.show(NOTHING)

    def choose(self, event: PointerEvent) -> None:
        """Select what is below the pointer, unless it is selected: for a menu about it."""
        box = self._desk.sheet.hit(event.x, event.y).box
        if isinstance(self.state, Idle):
            if box is None or not box.id:
                self._desk.select(())
            elif box.id not in self._desk.editor.selection:
                self._desk.select((box.id,))

    def document_changed(self, document: Document) -> None:
        """The document changed: a gesture about what is gone ends."""
        if self.state.outlived(document):
            self.cancel()

    def drag_in(self, offer: Offer) -> None:
        """Something is dragged over the map from the palette."""
        if not self.busy:
            self._go(Placing(self._desk, offer, dragged=True))

    def drag_out(self) -> None:
        """The drag left the map, or was given up."""
        if isinstance(self.state, Placing):
            self._go(None)

    def _go(self, state: State | None) -> None:
        if state is self.state:
            return
        next_state = state if state is not None else self._rest()
        if next_state is self.state:
            return
        self.state.leave()
        self.state = next_state
        next_state.enter()

    def _rest(self) -> State:
        return Placing(self._desk, self._armed) if self._armed is not None else Idle(self._desk)
