"""Runs the window: the application, its settings and looks, and one window a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLoggingCategory, QObject, QSettings, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QWidget

from cxmapper.app.crash import CrashGuard
from cxmapper.app.memory import collect_less_often, set_aside
from cxmapper.app.preferences import Preferences
from cxmapper.app.session import Session, Typeset
from cxmapper.app.theme import apply_theme, theme_for, use_style
from cxmapper.app.widget_fonts import WidgetFonts
from cxmapper.app.window import MainWindow
from cxmapper.layout.text import Typesetter
from cxmapper.storage.mapfile import OpenedMap

_SETTLED = 400  # ms after a map was opened, when it has been laid out and painted


class Application(QObject):
    """All windows of one run. `typeset` is shared by the canvases, `typeset_apart` makes new ones."""

    def __init__(
        self, app: QApplication, preferences: Preferences, typeset: Typeset, typeset_apart: Typeset
    ) -> None:
        super().__init__(app)
        self._app = app
        self._preferences = preferences
        self._typeset = typeset
        self._typeset_apart = typeset_apart
        self._fonts = WidgetFonts(app)
        self._windows: list[MainWindow] = []
        self._quiet = QTimer(self, singleShot=True, interval=_SETTLED)
        self._quiet.timeout.connect(set_aside)
        app.styleHints().colorSchemeChanged.connect(self.retheme)
        if sys.platform == "darwin":  # a filter sees every event there is, so not where it is of no use
            app.installEventFilter(self)
        self.retheme()

    @property
    def windows(self) -> tuple[MainWindow, ...]:
        """The windows that are open."""
        self._windows = [w for w in self._windows if shiboken6.isValid(w)]
        return tuple(self._windows)

    def sessions(self) -> Iterator[tuple[QWidget, Session]]:
        """Every window with its session."""
        return ((w, w.session) for w in self.windows)

    def new_window(self) -> MainWindow:
        """Open a window that shows the start page."""
        session = Session(self._typeset)
        self._fonts.watch(session)  # before the panels, so that they find what a map needs
        session.set_theme(self._theme())
        session.document_replaced.connect(self._quiet.start)
        window = MainWindow(session, self._preferences, self, self._typeset_apart, self.retheme)
        self._windows.append(window)
        window.show()
        return window

    def open(self, path: Path) -> None:
        """Open a file in a window that shows none yet, or in a new one."""
        free = next((w for w in self.windows if not w.session.open), None)
        (free or self.new_window()).files.open_path(path)

    def show_map(self, opened: OpenedMap) -> None:
        """Show a map in a window of its own."""
        window = self.new_window()
        window.session.replace(opened)
        window.files.report(opened)

    def raise_window_of(self, path: Path) -> bool:
        """Bring the window that has this file to the front; says whether there is one."""
        for window in self.windows:
            if window.session.path is not None and _same(window.session.path, path):
                window.raise_()
                window.activateWindow()
                return True
        return False

    def quit(self) -> None:
        """Close every window, each with its own guard; the program ends with the last."""
        for window in self.windows:
            window.close()

    def retheme(self) -> None:
        """Show everything in the look that was chosen, or that the system has."""
        name = self._theme()
        apply_theme(self._app, name)
        for window in self.windows:
            window.session.set_theme(name)

    def _theme(self) -> str:
        return theme_for(self._preferences.theme, self._app)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """macOS hands files over as events."""
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent):
            self.open(Path(event.file()))
            return True
        return super().eventFilter(watched, event)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.absolute() == other.absolute()


def typesetters() -> tuple[Typeset, Typeset]:
    """Makers of typesetters: one whose fonts are shared, and one with fonts of its own each time.

    The second is for threads, which must not share what is opened lazily.
    """
    from cxmapper.layout.fonts import load_fonts

    fonts = load_fonts()
    return (lambda language: Typesetter(fonts, language)), (
        lambda language: Typesetter(load_fonts(), language)
    )


def make_application(argv: Sequence[str]) -> QApplication:
    """The Qt application, with its names and style set."""
    QCoreApplication.setOrganizationName("cxmapper")
    QCoreApplication.setApplicationName("cxmapper")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    # Qt asks every font for every script of a text, and complains of each that lacks one: of no use to a
    # person, and a page of it on the terminal. Who sets QT_LOGGING_RULES still has the last word.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    app = QApplication(list(argv))
    app.setApplicationDisplayName("")
    use_style(app)
    return app


def run(files: list[Path]) -> int:
    """Open the window, or one for each of `files`, and stay until the last is closed."""
    collect_less_often()
    app = make_application(sys.argv[:1])
    typeset, typeset_apart = typesetters()
    application = Application(app, Preferences(QSettings()), typeset, typeset_apart)
    guard = CrashGuard(application.sessions)
    guard.install()
    try:
        application.new_window()
        for path in files:
            application.open(path)
        return app.exec()
    finally:
        guard.remove()
