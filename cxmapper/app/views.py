"""The commands that change what is seen and nothing of the map: zoom, panels, theme, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from cxmapper.app.actions import Actions
from cxmapper.app.canvas.view import MapView
from cxmapper.app.dialogs.about import ShortcutsDialog, tell_about
from cxmapper.app.preferences import Preferences
from cxmapper.app.session import Session


class Views(QObject):
    """What one window shows."""

    def __init__(
        self,
        session: Session,
        canvas: MapView,
        docks: tuple[QDockWidget, QDockWidget],
        parts: Sequence[QWidget],
        preferences: Preferences,
        retheme: Callable[[], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._canvas = canvas
        self._left, self._right = docks
        self._parts = parts
        self._preferences = preferences
        self._retheme = retheme
        self._window = window
        self.actions: Actions | None = None

    def zoom_by(self, factor: float) -> None:
        """Zoom in or out about the middle."""
        self._canvas.zoom_by(factor)

    def zoom_100(self) -> None:
        """Zoom to 100 %."""
        self._canvas.zoom_100()

    def fit(self) -> None:
        """Show the whole map."""
        self._canvas.zoom_fit()

    @property
    def left_shown(self) -> bool:
        """Whether the panel at the left is wanted."""
        return self._preferences.panel_shown("left")

    @property
    def right_shown(self) -> bool:
        """Whether the panel at the right is wanted."""
        return self._preferences.panel_shown("right")

    def toggle_left(self) -> None:
        """Show the panel at the left, or hide it."""
        self._preferences.show_panel("left", not self.left_shown)
        self.show_panels()

    def toggle_right(self) -> None:
        """Show the panel at the right, or hide it."""
        self._preferences.show_panel("right", not self.right_shown)
        self.show_panels()

    def show_panels(self) -> None:
        """Show the panels that are wanted; beside the start page there is nothing for them to say."""
        self._left.setVisible(self._session.open and self.left_shown)
        self._right.setVisible(self._session.open and self.right_shown)

    def show_map_properties(self) -> None:
        """Show the fields of the map itself."""
        self._session.select(())
        self._preferences.show_panel("right", True)
        self.show_panels()

    def next_part(self) -> None:
        """Give the keyboard to the next part of the window: maps, palette, lanes, map, properties."""
        now = QApplication.focusWidget()
        shown = [p for p in self._parts if p.isVisible() and p.isEnabled()]
        inside = [i for i, p in enumerate(shown) if now is not None and (p is now or p.isAncestorOf(now))]
        if shown:
            shown[(inside[0] + 1 if inside else 0) % len(shown)].setFocus()

    @property
    def theme_choice(self) -> str:
        """The look that the person chose, which may be "system"."""
        return self._preferences.theme

    def choose_theme(self, choice: str) -> None:
        """Show all windows in this look from now on."""
        self._preferences.theme = choice
        self._retheme()

    def show_shortcuts(self) -> None:
        """List the keyboard shortcuts."""
        if self.actions is not None:
            ShortcutsDialog(self._window, self.actions).open()

    def show_about(self) -> None:
        """Say what this program is."""
        tell_about(self._window)

    def close(self) -> None:
        """Close the window, once nothing can be lost."""
        self._window.close()
