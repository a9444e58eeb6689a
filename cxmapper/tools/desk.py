"""What the states of the chart need from whoever runs them: a document, a sheet, a way to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from cxmapper.edit.change import Change
from cxmapper.edit.editor import Editor
from cxmapper.layout.sheet import Sheet
from cxmapper.locale import Words
from cxmapper.model.ids import IdSource
from cxmapper.tools.hints import Hints


class Offer(Protocol):
    """Something to put on the map: a kind ("stage", "touchpoint", "card", "link", "mark"), a card's type.

    A `valence` that is not None is fixed; otherwise it follows from where an emotion is put.
    """

    @property
    def kind(self) -> str:
        """What sort of element it is."""

    @property
    def type(self) -> str:
        """A card's type; "" for what is no card."""

    @property
    def valence(self) -> int | None:
        """The valence that it brings, from −100 to +100, or None."""


class Desk(Protocol):
    """The one side of the window that tools see. The test driver is another one."""

    @property
    def editor(self) -> Editor:
        """The writer of the document."""

    @property
    def sheet(self) -> Sheet:
        """The sheet of the document as it stands now."""

    @property
    def new_id(self) -> IdSource:
        """Where ids of new elements come from."""

    @property
    def plot(self) -> float:
        """How high the plot of the emotion lane is, in points."""

    def select(self, ids: Iterable[str]) -> None:
        """Select these elements and no others."""

    def do(self, label: Words, change: Change, selects: frozenset[str] | None = None) -> None:
        """Apply a change as one undo step; an empty one does nothing."""

    def settle(self) -> None:
        """Called when a gesture of the editor has ended."""

    def show(self, hints: Hints) -> None:
        """Show these hints instead of those before."""

    def edit_text(self, id_: str) -> None:
        """Let the text of an element be typed in its place."""

    def disarm(self) -> None:
        """What the palette had armed has been put down, or given up."""
