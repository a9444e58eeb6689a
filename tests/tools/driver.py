"""Drives the tools as a hand would, with the real editor and the real layout and without a window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import count

from cxmapper.edit.change import Change
from cxmapper.edit.editor import Editor
from cxmapper.layout.arrange import layout
from cxmapper.layout.fonts import load_fonts
from cxmapper.layout.options import PLAIN
from cxmapper.layout.sheet import Box, Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.locale import Words
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Lane, Link, Stage, Touchpoint
from cxmapper.model.fields import CardPlace, Place
from cxmapper.model.ids import IdSource
from cxmapper.tools.events import KeyEvent, KeyName, PointerEvent
from cxmapper.tools.hints import NOTHING, Hints
from cxmapper.tools.pointer import PointerTool

JOURNEY = "journey"


@dataclass(frozen=True)
class Item:
    """Something of the palette."""

    kind: str
    type: str = ""
    valence: int | None = None


@cache
def typesetter() -> Typesetter:
    return Typesetter(load_fonts(system=False))


def small_map() -> Document:
    """Stages A (touchpoints a1, a2) and B (b1) and C, which has none; four lanes and a dividing line."""
    elements = [
        Journey(id=JOURNEY, place=Place(None, "a0"), title="Switching"),
        *(Stage(id=s, place=Place(JOURNEY, f"a{i}"), title=f"Stage {s}") for i, s in enumerate("ABC")),
        Touchpoint(id="a1", place=Place("A", "a0"), title="Sees an ad"),
        Touchpoint(id="a2", place=Place("A", "a1"), title="Compares plans"),
        Touchpoint(id="b1", place=Place("B", "a0"), title="Orders online"),
        Lane(id="points", place=Place(JOURNEY, "a0"), type="touchpoints", title="Touchpoints"),
        Lane(id="felt", place=Place(JOURNEY, "a1"), type="emotion", title="Emotion"),
        Lane(id="pains", place=Place(JOURNEY, "a2"), title="Pain points", offers="pain point"),
        Lane(id="line", place=Place(JOURNEY, "a3"), type="visibility"),
        Lane(id="back", place=Place(JOURNEY, "a4"), title="Backstage", offers="backstage"),
        Card(id="p1", place=CardPlace("pains", "a1", None, "a0"), type="pain point", text="Too many tariffs"),
        Card(id="p2", place=CardPlace("pains", "a2", None, "a0"), type="pain point", text="Small print"),
        Card(id="p3", place=CardPlace("pains", "a2", None, "a1"), type="pain point", text="No prices"),
        Card(id="f1", place=CardPlace("felt", "a1", None, "a0"), type="emotion", valence=40, text="curious"),
        Card(id="k1", place=CardPlace("back", "b1", None, "a0"), type="backstage", text="Credit check"),
    ]
    return Document({e.id: e for e in elements})


def empty_map() -> Document:
    """A map with lanes and no stage."""
    whole = small_map()
    return Document({i: e for i, e in whole.elements.items() if isinstance(e, Journey | Lane)})


class FakeDesk:
    """A desk without a window: it remembers what it was asked to show."""

    def __init__(self, document: Document) -> None:
        numbers = count(1)
        self._editor = Editor(document, new_id=lambda: f"new-{next(numbers)}")
        self._sheet: Sheet | None = None
        self.hints: Hints = NOTHING
        self.editing: list[str] = []
        self.disarmed = 0
        self.settled = 0
        self.on_disarm: Callable[[], None] = lambda: None

    @property
    def editor(self) -> Editor:
        return self._editor

    @property
    def new_id(self) -> IdSource:
        return self._editor.new_id

    @property
    def plot(self) -> float:
        return PLAIN.plot

    @property
    def sheet(self) -> Sheet:
        self._sheet = layout(self._editor.document, JOURNEY, previous=self._sheet, typesetter=typesetter())
        return self._sheet

    def select(self, ids: Iterable[str]) -> None:
        self._editor.selection = frozenset(ids)

    def do(self, label: Words, change: Change, selects: frozenset[str] | None = None) -> None:
        if change:
            self._editor.do(label, change, selects=selects)

    def settle(self) -> None:
        self.settled += 1

    def show(self, hints: Hints) -> None:
        self.hints = hints

    def edit_text(self, id_: str) -> None:
        self.editing.append(id_)

    def disarm(self) -> None:
        self.disarmed += 1
        self.on_disarm()


class Driver:
    """`driver.press("p1").move(to=("pains", "b1")).release()`; each call returns the driver."""

    def __init__(self, document: Document | None = None) -> None:
        self.desk = FakeDesk(document if document is not None else small_map())
        self.tool = PointerTool(self.desk)
        self.desk.on_disarm = lambda: self.tool.arm(None)  # as the session tells the view
        self.at = PointerEvent(0, 0)
        self._unsubscribe = self.desk.editor.subscribe(lambda _: self.tool.document_changed(self.document))

    # where things are

    @property
    def document(self) -> Document:
        return self.desk.editor.document

    @property
    def selection(self) -> frozenset[str]:
        return self.desk.editor.selection

    @property
    def hints(self) -> Hints:
        return self.desk.hints

    def boxes(self, id_: str) -> Iterator[tuple[Box, float]]:
        return self.desk.sheet.find(id_)

    def middle(self, id_: str, role: str = "") -> tuple[float, float]:
        """The middle of the box that shows an element."""
        for box, top in self.boxes(id_):
            if role in ("", box.role):
                return box.x + box.w / 2, top + box.y + box.h / 2
        raise KeyError(id_)

    def cell(self, lane: str, column: str, down: float = 0.5) -> tuple[float, float]:
        """A point in a cell, in the middle across and `down` of its height."""
        sheet = self.desk.sheet
        row = sheet.row_by_id[lane]
        y = sheet.tops[row] + down * sheet.rows[row].height
        return sheet.columns[sheet.columns_by_id[column]].middle, y

    # what a hand does

    def press(self, where: str | tuple[float, float], role: str = "", **keys: bool) -> Driver:
        self._go(self._point(where, role), **keys)
        self.tool.press(self.at)
        return self

    def move(self, to: str | tuple[float, float], role: str = "", **keys: bool) -> Driver:
        """In a few steps, as a real pointer goes."""
        x, y = self._point(to, role)
        start = self.at
        for i in (1, 2, 3):
            self._go((start.x + (x - start.x) * i / 3, start.y + (y - start.y) * i / 3), **keys)
            self.tool.move(self.at)
        return self

    def by(self, dx: float, dy: float, **keys: bool) -> Driver:
        return self.move((self.at.x + dx, self.at.y + dy), **keys)

    def release(self) -> Driver:
        self.tool.release(self.at)
        return self

    def click(self, where: str | tuple[float, float], role: str = "", **keys: bool) -> Driver:
        return self.press(where, role, **keys).release()

    def double_click(self, where: str | tuple[float, float], role: str = "") -> Driver:
        self.click(where, role)
        self.tool.press(self.at, again=True)
        return self.release()

    def hold(self, **keys: bool) -> Driver:
        """Change which modifier keys are down."""
        self.at = replace(self.at, **keys)
        return self

    def key(self, name: KeyName, **keys: bool) -> bool:
        return self.tool.key(KeyEvent(name, **keys))

    def _go(self, to: tuple[float, float], **keys: bool) -> None:
        held = keys or {"shift": self.at.shift, "ctrl": self.at.ctrl, "alt": self.at.alt}
        self.at = PointerEvent(*to, **held)

    def _point(self, where: str | tuple[float, float], role: str) -> tuple[float, float]:
        return self.middle(where, role) if isinstance(where, str) else where

    # what came of it

    def undo_label(self) -> str:
        label = self.desk.editor.undo_label
        return "" if label is None else str(label)

    def place(self, id_: str) -> Place | CardPlace:
        element = self.document[id_]
        assert isinstance(element, Card | Touchpoint | Stage | Lane)
        return element.place

    def order(self, parent: str, cls: type[Stage] | type[Touchpoint] | type[Lane]) -> list[str]:
        return [e.id for e in self.document.children(parent, cls)]

    def links(self) -> list[Link]:
        return [e for e in self.document.elements.values() if isinstance(e, Link)]
