"""The window as the tests of the app drive it: real widgets, offscreen, one look everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cxmapper.app.main import Application, typesetters
from cxmapper.app.preferences import Preferences
from cxmapper.app.session import Session, Typeset
from cxmapper.app.theme import use_style
from cxmapper.app.window import MainWindow
from cxmapper.storage.files import open_map
from cxmapper.storage.mapfile import OpenedMap


@pytest.fixture(scope="session")
def shared_typesetters() -> tuple[Typeset, Typeset]:
    return typesetters()


@pytest.fixture
def preferences(qapp: QApplication, tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def application(
    qapp: QApplication, preferences: Preferences, shared_typesetters: tuple[Typeset, Typeset]
) -> Iterator[Application]:
    use_style(qapp)
    qapp.setFont(QFont("DejaVu Sans", 9))
    preferences.theme = "light"
    application = Application(qapp, preferences, *shared_typesetters)
    yield application
    for window in application.windows:
        shut(window)
    qapp.removeEventFilter(application)
    application.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shut(window: MainWindow) -> None:
    """Close a window without its question."""
    window.session.commit_asked.emit()
    window.session.editor.mark_clean()
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(application: Application, qtbot: QtBot) -> MainWindow:
    """A window that shows the start page."""
    window = application.new_window()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def sample(root: Path, tmp_path: Path) -> Path:
    """A copy of the broadband sample."""
    return Path(shutil.copy(root / "samples" / "broadband.cxmap", tmp_path / "broadband.cxmap"))


@pytest.fixture
def opened(window: MainWindow, sample: Path) -> MainWindow:
    """A window with the broadband sample, active, so that shortcuts work."""
    assert window.files.open_path(sample)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return window


@pytest.fixture
def session(qapp: QApplication, root: Path, shared_typesetters: tuple[Typeset, Typeset]) -> Session:
    """A session on the broadband sample, without a window."""
    session = Session(shared_typesetters[0])
    session.replace(open_map(root / "samples" / "broadband.cxmap"))
    return session


@pytest.fixture
def broadband(root: Path) -> OpenedMap:
    return open_map(root / "samples" / "broadband.cxmap")


def box_of(window: QWidget) -> QMessageBox:
    """The message box that is open on `window`."""
    boxes = [b for b in window.findChildren(QMessageBox) if b.isVisible()]
    assert len(boxes) == 1, [b.text() for b in boxes]
    return boxes[0]


@pytest.fixture
def trigger(qtbot: QtBot) -> Callable[[MainWindow, str], None]:
    """Runs an action by its id, once it can be used: actions follow the session a moment later."""

    def run(window: MainWindow, id_: str) -> None:
        qtbot.waitUntil(window.actions_[id_].isEnabled)
        window.actions_[id_].trigger()

    return run


@pytest.fixture
def answer(qtbot: QtBot) -> Callable[[QWidget, str], None]:
    """Presses the button with these words in the message box that is open."""

    def press(window: QWidget, words: str) -> None:
        box = box_of(window)
        button = next(b for b in box.buttons() if b.text().replace("&", "") == words)
        button.click()
        qtbot.waitUntil(lambda: not any(b.isVisible() for b in window.findChildren(QMessageBox)))

    return press
