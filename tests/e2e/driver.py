"""Runs cxmapper as its command does, and answers questions about what its window shows.

A question is a line of JSON on standard input, `[question, argument, …]`; its answer one on standard
output. Questions only look: every deed comes from the mouse and the keyboard. It is a program of its
own, so that the product needs no door for tests.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QWidget

from cxmapper.app.window import MainWindow
from cxmapper.cli import main
from cxmapper.layout.sheet import Sheet
from cxmapper.model.elements import Card, Tally


def window() -> MainWindow | None:
    """The program's window, once there is one."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
    return found[0] if found else None


def the_window() -> MainWindow:
    """The program's window, which must be there."""
    found = window()
    assert found is not None, "there is no window"
    return found


def active() -> bool:
    """Whether the window is there, has been painted and takes keys."""
    found = window()
    if found is None:
        return False
    found.activateWindow()
    return found.isActiveWindow() and found.windowHandle().isExposed()


def takes_keys(name: str) -> bool:
    """Whether the window that has this widget takes keys, as `active` says of the main window."""
    found = the_window().findChild(QWidget, name)
    if found is None or not found.isVisible():
        return False
    found.activateWindow()
    return found.isActiveWindow() and found.window().windowHandle().isExposed()


def widget(name: str) -> list[int]:
    """The middle of a widget, by its object name, on the screen."""
    found = the_window().findChild(QWidget, name)
    assert found is not None, f"no widget {name}"
    point = found.mapToGlobal(found.rect().center())
    return [point.x(), point.y()]


def widgets() -> list[str]:
    """The names of all widgets that can be seen."""
    return sorted(
        {w.objectName() for w in the_window().findChildren(QWidget) if w.isVisible() and w.objectName()}
    )


def cell(lane: str, column: str) -> list[int] | None:
    """A free place of a cell (ids of lane and column), near its lower edge; None where it can't be seen."""
    sheet = _sheet()
    row = sheet.row_by_id[lane]
    x = sheet.columns[sheet.columns_by_id[column]].middle
    return _on_screen(QPointF(x, sheet.tops[row] + sheet.rows[row].height - 5))


def part(id_: str) -> list[int] | None:
    """The middle of what shows an element, on the screen; None where it can't be seen."""
    for box, top in _sheet().find(id_):
        return _on_screen(QRectF(box.x, top + box.y, box.w, box.h).center())
    return None


def cards(lane: str, column: str) -> list[dict[str, Any]]:
    """The cards of a cell in their order."""
    document = the_window().session.document
    found = (document.need(id_, Card) for id_ in document.index.cell(lane, column))
    return [{"id": card.id, "type": card.type, "text": card.text} for card in found]


def typing() -> bool:
    """Whether a text is being edited in place."""
    focus = QApplication.focusWidget()
    return focus is not None and _edits(focus)


def dialogs() -> list[str]:
    """What every dialog that is open says."""
    return [w.text() for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]


def answers() -> int:
    """How many answers of surveys the document holds."""
    tallies = (e for e in the_window().session.document.elements.values() if isinstance(e, Tally))
    return sum(sum(map(sum, tally.counts.values())) for tally in tallies)


def ranked() -> list[str]:
    """The touchpoints in the table of gaps, in the order in which it shows them."""
    window = the_window()
    return [window.session.document[id_].caption for id_ in window.gaps.table.shown_ids()]


def remark() -> str:
    """What the message bar says, or nothing where it is hidden."""
    bar = the_window().message
    return bar.text.text() if bar.isVisible() else ""


def text_of(name: str) -> str:
    """The words on a widget that can be seen and used, by its object name; none where it can't."""
    found = the_window().findChild(QAbstractButton, name)
    return found.text() if found is not None and found.isVisible() and found.isEnabled() else ""


def title() -> str:
    """The title of the window, with a star where something is not saved."""
    shown = the_window()
    return shown.windowTitle().replace("[*]", "*" if shown.isWindowModified() else "")


def words(action: str) -> str:
    """What an action is called now, such as "Undo Add pain point"."""
    return the_window().actions_[action].text().replace("&", "")


def shown_words() -> list[str]:
    """Every line of text on the sheet."""
    return [line.text for row in _sheet().rows for box in row.boxes() for line in box.lines]


def picture(path: str) -> bool:
    """Save what the screen shows."""
    return the_window().screen().grabWindow(0).save(path)


def _edits(focus: QWidget) -> bool:
    return focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) and the_window().canvas.isAncestorOf(
        focus
    )


def _sheet() -> Sheet:
    sheet = the_window().canvas.sheet
    assert sheet is not None
    return sheet


def _on_screen(at: QPointF) -> list[int] | None:
    canvas = the_window().canvas
    there = canvas.view_point(at).toPoint()
    if not canvas.viewport().rect().contains(there):
        return None
    point: QPoint = canvas.viewport().mapToGlobal(there)
    return [point.x(), point.y()]


QUESTIONS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (
        active,
        takes_keys,
        widget,
        widgets,
        cell,
        part,
        cards,
        typing,
        dialogs,
        answers,
        ranked,
        remark,
        text_of,
        title,
        words,
        shown_words,
        picture,
    )
}


class Ears(QObject):
    """Hands questions from the thread that reads them to the one that owns the window."""

    heard = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        # What the program itself prints must not get among the answers.
        self._mouth = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        self.heard.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        # Not sys.stdin, whose lock a thread that waits would hold while the interpreter ends.
        with os.fdopen(os.dup(0), encoding="utf-8") as ear:
            for line in ear:
                self.heard.emit(line)

    def _answer(self, line: str) -> None:
        question, *arguments = json.loads(line)
        try:
            answer = {"answer": QUESTIONS[question](*arguments)}
        except Exception as problem:
            answer = {"problem": f"{question} {arguments}: {problem!r}"}
        print(json.dumps(answer), file=self._mouth, flush=True)


if __name__ == "__main__":
    # Made before the application is, and so in its thread; its questions wait for the event loop.
    ears = Ears()
    main()
