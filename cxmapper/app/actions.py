"""The registry of actions: one description each, from which menus, toolbar and shortcuts are made.

`Spec` says what an action is called, where it stands, when it can be used and what it runs;
`Actions` makes a QAction of each and keeps them up to date. The table itself is `action_table`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from cxmapper.app.icons import card_icon, command_icon, face_icon
from cxmapper.app.session import Session
from cxmapper.layout.theme import Theme
from cxmapper.locale import Words

if TYPE_CHECKING:
    from cxmapper.app.commands import Commands

_READ_THE_MAP = ("file", "edit", "insert", "map")

_ROLES = {"help.about": QAction.MenuRole.AboutRole, "file.quit": QAction.MenuRole.QuitRole}
"""Where macOS moves actions to its own menu."""

Shortcut = QKeySequence.StandardKey | str


def always(_: Session) -> bool:
    """For actions that can be used at any time."""
    return True


@dataclass(frozen=True, slots=True)
class Spec:
    """One action: stable id, words, place (`menu`, or `menu/submenu`, and `section` in it), and effect.

    `label` gives words that change with the session, `checked` makes the action a switch.
    `icon` is the name of a file in `resources/icons`, `drawing` the icon, token and, for a face,
    the valence of something on the map.
    """

    id: str
    text: Words
    run: Callable[[Commands], object]
    menu: str
    section: int = 0
    shortcuts: tuple[Shortcut, ...] = ()
    icon: str = ""
    drawing: tuple[str, str, int | None] | None = None
    enabled: Callable[[Session], bool] = always
    checked: Callable[[Commands], bool] | None = None
    label: Callable[[Session], Words] | None = None
    tip: Words | None = None


class Actions(QObject):
    """The QActions of one window, by id."""

    def __init__(self, specs: Iterable[Spec], commands: Commands, owner: QWidget) -> None:
        super().__init__(owner)
        self.specs = tuple(specs)
        self._commands = commands
        self._session = commands.session
        self._actions = {spec.id: self._make(spec, owner) for spec in self.specs}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.refresh)
        session = self._session
        for signal in (
            session.history_changed,
            session.selection_changed,
            session.journey_changed,
            session.document_replaced,
            session.armed_changed,
        ):
            signal.connect(self.refresh_soon)
        session.theme_changed.connect(self.redraw)
        self.redraw()
        self.refresh()

    def __getitem__(self, id_: str) -> QAction:
        return self._actions[id_]

    def __iter__(self) -> Iterator[tuple[Spec, QAction]]:
        return ((spec, self._actions[spec.id]) for spec in self.specs)

    def refresh_soon(self) -> None:
        """Bring labels and states up to date when the event at hand has been dealt with."""
        self._later.start(0)

    def refresh(self) -> None:
        """Bring labels and states up to date now."""
        for spec, action in self:
            action.setEnabled(spec.enabled(self._session))
            if spec.checked is not None:
                action.setChecked(spec.checked(self._commands))
            if spec.label is not None:
                _say(action, spec, spec.label(self._session))

    def redraw(self) -> None:
        """Draw the icons in the colours of the theme in use."""
        theme = self._session.theme
        for spec, action in self:
            if spec.drawing is not None:
                action.setIcon(_drawn(spec.drawing, theme))
            elif spec.icon:
                action.setIcon(command_icon(spec.icon, theme))

    def _make(self, spec: Spec, owner: QWidget) -> QAction:
        action = QAction(owner)
        action.setObjectName(spec.id)
        keys = (QKeySequence(s) for s in spec.shortcuts)  # on some systems two names stand for the same
        action.setShortcuts(list({k.toString(): k for k in keys}.values()))
        action.setCheckable(spec.checked is not None)
        action.setMenuRole(_ROLES.get(spec.id, QAction.MenuRole.NoRole))
        action.setIconVisibleInMenu(bool(spec.drawing))
        _say(action, spec, spec.text)
        action.triggered.connect(lambda *_: self._run(spec))
        owner.addAction(action)
        return action

    def _run(self, spec: Spec) -> None:
        if spec.menu.split("/")[0] in _READ_THE_MAP:
            self._session.commit_asked.emit()
        if spec.enabled(self._session):
            spec.run(self._commands)
        self.refresh_soon()


def plain(text: str) -> str:
    """`text` for a place where Qt takes `&` for a mnemonic."""
    return text.replace("&", "&&")


def _say(action: QAction, spec: Spec, words: Words) -> None:
    text = str(words)
    action.setText(plain(text))
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    tip = str(spec.tip) if spec.tip is not None else text.removesuffix("…")
    action.setToolTip(as_tip(f"{tip} ({keys})" if keys else tip))
    action.setStatusTip("")


def as_tip(text: str) -> str:
    """A tooltip of plain text, whatever it holds: Qt would take “<b>” for markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>" if escaped != text else text


def _drawn(drawing: tuple[str, str, int | None], theme: Theme) -> QIcon:
    name, token, valence = drawing
    return face_icon(valence, theme) if valence is not None else card_icon(name, token, theme)
