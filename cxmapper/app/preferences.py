"""What the window remembers between runs: its size, recent files, theme, shown panels.

Kept as an INI file by QSettings, never in a map. Knows no window.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

_LAYOUT = 1  # raised when the panels change so much that an older arrangement would not fit
_MOST_RECENT = 10


class Preferences(QObject):
    """The settings of a person, shared by all windows. `recent_changed` tells of opened files."""

    recent_changed = Signal()

    def __init__(self, store: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store

    @property
    def theme(self) -> str:
        """The chosen look: "system", "light", "dark" or "contrast"."""
        return str(self._store.value("theme", "system"))

    @theme.setter
    def theme(self, choice: str) -> None:
        self._store.setValue("theme", choice)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened or saved last, the latest first, missing ones among them."""
        stored = self._store.value("recent", [])
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return tuple(Path(str(name)) for name in names)

    def remember(self, path: Path) -> None:
        """Put `path` first among the recent files."""
        path = path.absolute()
        others = [p for p in self.recent if p != path]
        self._store.setValue("recent", [str(p) for p in (path, *others)][:_MOST_RECENT])
        self.recent_changed.emit()

    def forget_all(self) -> None:
        """Empty the list of recent files."""
        self._store.remove("recent")
        self.recent_changed.emit()

    @property
    def folder(self) -> Path:
        """The folder that a file dialog opens in."""
        return next((p.parent for p in self.recent if p.parent.is_dir()), Path.home())

    def panel_shown(self, name: str) -> bool:
        """Whether the person wants to see the panel `name` ("left" or "right")."""
        return str(self._store.value(f"panel/{name}", "true")) == "true"

    def show_panel(self, name: str, shown: bool) -> None:
        """Remember whether the person wants to see the panel `name`."""
        self._store.setValue(f"panel/{name}", "true" if shown else "false")

    def keep_window(self, geometry: QByteArray, state: QByteArray) -> None:
        """Keep the size of a window and the arrangement of its panels."""
        self._store.setValue(f"window/{_LAYOUT}/geometry", geometry)
        self._store.setValue(f"window/{_LAYOUT}/state", state)

    def give_window(
        self, restore_geometry: Callable[[QByteArray], bool], restore_state: Callable[[QByteArray, int], bool]
    ) -> bool:
        """Hand a new window what was kept; says whether there was anything for this version."""
        geometry = self._store.value(f"window/{_LAYOUT}/geometry")
        state = self._store.value(f"window/{_LAYOUT}/state")
        if not isinstance(geometry, QByteArray) or not isinstance(state, QByteArray):
            return False
        return restore_geometry(geometry) and restore_state(state, _LAYOUT)

    @property
    def layout_version(self) -> int:
        """The version to save a window's arrangement under."""
        return _LAYOUT
