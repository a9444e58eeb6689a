from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cxmapper.app.canvas.view import MapView
from cxmapper.app.session import Session
from cxmapper.layout.fonts import load_fonts
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import Document
from tests.tools.driver import small_map


@cache
def typesetter(language: str) -> Typesetter:
    return Typesetter(load_fonts(system=False), language)


class Canvas:
    """A view on the screen, and a mouse that finds the boxes of elements on it."""

    def __init__(self, document: Document, qapp: QApplication) -> None:
        self.app = qapp
        self.session = Session(typesetter, document)
        self.view = MapView(self.session)
        self.view.resize(1300, 900)

    def settle(self) -> None:
        for _ in range(4):
            self.app.processEvents()

    @property
    def document(self) -> Document:
        return self.session.document

    def at(self, id_: str, role: str = "") -> QPoint:
        """The middle of an element's box, in pixels of the view."""
        for box, top in self.view.sheet.find(id_):
            if role in ("", box.role):
                middle = QPointF(box.x + box.w / 2, top + box.y + box.h / 2)
                return self.view.view_point(middle).toPoint()
        raise KeyError(id_)

    def cell(self, lane: str, column: str, down: float = 0.5) -> QPoint:
        sheet = self.view.sheet
        row = sheet.row_by_id[lane]
        y = sheet.tops[row] + down * sheet.rows[row].height
        return self.view.view_point(QPointF(sheet.columns[sheet.columns_by_id[column]].middle, y)).toPoint()

    def click(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, keys, at)

    def double_click(self, at: QPoint) -> None:
        self.click(at)
        port, button, keys = self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseDClick(port, button, keys, at)
        QTest.mouseRelease(port, button, keys, at)

    def drag(
        self,
        start: QPoint,
        end: QPoint,
        button: Qt.MouseButton = Qt.MouseButton.LeftButton,
        *,
        drop: bool = True,
    ) -> None:
        port = self.view.viewport()
        QTest.mousePress(port, button, Qt.KeyboardModifier.NoModifier, start)
        for i in range(1, 6):
            QTest.mouseMove(port, start + (end - start) * i / 5)
        if drop:
            QTest.mouseRelease(port, button, Qt.KeyboardModifier.NoModifier, end)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, keys)


@pytest.fixture
def open_canvas(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Document], Canvas]]:
    opened: list[Canvas] = []

    def make(document: Document) -> Canvas:
        canvas = Canvas(document, qapp)
        qtbot.addWidget(canvas.view)
        opened.append(canvas)
        canvas.view.show()
        qtbot.waitExposed(canvas.view)
        canvas.view.activateWindow()
        canvas.view.setFocus()
        canvas.settle()
        return canvas

    yield make
    for canvas in opened:
        canvas.view.close()


@pytest.fixture
def canvas(open_canvas: Callable[[Document], Canvas]) -> Canvas:
    return open_canvas(small_map())
