"""The canvas and the session, as the tools see them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cxmapper.app.session import Session
from cxmapper.edit.change import Change
from cxmapper.edit.editor import Editor
from cxmapper.layout.options import PLAIN
from cxmapper.layout.sheet import Sheet
from cxmapper.locale import Words
from cxmapper.model.ids import IdSource
from cxmapper.tools.hints import Hints

if TYPE_CHECKING:
    from cxmapper.app.canvas.view import MapView


class ViewDesk:
    """Implements `tools.desk.Desk` for one view and its session."""

    def __init__(self, view: MapView, session: Session) -> None:
        self._view = view
        self._session = session

    @property
    def editor(self) -> Editor:
        """The editor of the session."""
        return self._session.editor

    @property
    def sheet(self) -> Sheet:
        """The sheet of the document as it stands now."""
        return self._view.sheet

    @property
    def new_id(self) -> IdSource:
        """Where ids of new elements come from."""
        return self._session.editor.new_id

    @property
    def plot(self) -> float:
        """How high the plot of the emotion lane is, in points."""
        return PLAIN.plot

    def select(self, ids: Iterable[str]) -> None:
        """Select these elements and no others."""
        self._session.select(ids)

    def do(self, label: Words, change: Change, selects: frozenset[str] | None = None) -> None:
        """Apply a change as one undo step."""
        self._session.do(label, change, selects)

    def settle(self) -> None:
        """A gesture of the editor has ended."""
        self._session.settle()

    def show(self, hints: Hints) -> None:
        """Show these hints."""
        self._view.show_hints(hints)

    def edit_text(self, id_: str) -> None:
        """Let the text of an element be typed."""
        self._view.edit_text(id_)

    def disarm(self) -> None:
        """Nothing of the palette is armed any more."""
        self._session.arm(None)
