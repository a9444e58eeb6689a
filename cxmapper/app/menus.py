"""The menu bar, made from the registry of actions. Knows which menus there are, not what is in them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from cxmapper.app.actions import Actions, as_tip, plain
from cxmapper.app.preferences import Preferences
from cxmapper.locale import Words, msg, tr

MENUS: tuple[tuple[str, Words], ...] = (
    ("file", msg("&File")),
    ("edit", msg("&Edit")),
    ("view", msg("&View")),
    ("insert", msg("&Insert")),
    ("map", msg("&Map")),
    ("help", msg("&Help")),
)
SUBMENUS: dict[str, Words] = {
    "view/scores": msg("Scores on the map"),
    "view/theme": msg("Theme"),
    "insert/face": msg("Emotion at a fixed height"),
    "map/lane": msg("Add lane"),
}


def fill_menu_bar(bar: QMenuBar, actions: Actions) -> dict[str, QMenu]:
    """Put every action into its menu; returns the menus by name, submenus too."""
    menus: dict[str, QMenu] = {}
    for name, words in MENUS:
        menu = bar.addMenu(str(words))
        menu.setObjectName(f"menu.{name}")
        menus[name] = menu
    last: dict[str, int] = {}
    for spec, action in actions:
        top = spec.menu.split("/")[0]
        if spec.menu not in menus:
            _separate(menus[top], last, top, spec.section)
            menus[spec.menu] = menus[top].addMenu(str(SUBMENUS[spec.menu]))
            menus[spec.menu].setObjectName(f"menu.{spec.menu}")
        _separate(menus[spec.menu], last, spec.menu, spec.section)
        menus[spec.menu].addAction(action)
    return menus


def _separate(menu: QMenu, last: dict[str, int], name: str, section: int) -> None:
    if last.setdefault(name, section) != section:
        menu.addSeparator()
        last[name] = section


class RecentMenu(QObject):
    """The submenu of recent files: missing ones are greyed, not dropped. It goes with its menu."""

    def __init__(self, menu: QMenu, preferences: Preferences, open_: Callable[[str], object]) -> None:
        super().__init__(menu)
        self.menu = menu
        self._preferences = preferences
        self._open = open_
        menu.aboutToShow.connect(self.fill)
        preferences.recent_changed.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """List the files anew."""
        self.menu.clear()
        for path in self._preferences.recent:
            action = QAction(plain(path.name), self.menu)
            action.setToolTip(as_tip(str(path)))
            action.setData(str(path))
            action.setEnabled(path.is_file())
            action.triggered.connect(lambda *_, name=str(path): self._open(name))
            self.menu.addAction(action)
        self.menu.setToolTipsVisible(True)
        self.menu.setEnabled(bool(self._preferences.recent))
        if self._preferences.recent:
            self.menu.addSeparator()
            forget = QAction(tr("Clear this list"), self.menu)
            forget.triggered.connect(self._preferences.forget_all)
            self.menu.addAction(forget)
