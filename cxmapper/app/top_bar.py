"""The bar at the top: the file and whether it is saved, undo and redo, persona and state, export."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QActionGroup, QPalette
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from cxmapper.app.actions import Actions, as_tip, plain
from cxmapper.app.naming import name_of, shortened
from cxmapper.app.session import Session
from cxmapper.locale import tr
from cxmapper.model.elements import Journey, Persona
from cxmapper.model.kinds import choice_words

_UNDO_LETTERS = 26
_UNDO_FRAME = 44  # icon and padding, in pixels


class TopBar(QToolBar):
    """The tool bar of one window."""

    def __init__(self, session: Session, actions: Actions) -> None:
        super().__init__(tr("Tools"))
        self.setObjectName("top bar")
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._session = session
        self._actions = actions
        self.name, self.saved = QLabel(), QLabel()
        font = self.name.font()
        font.setBold(True)
        self.name.setFont(font)
        self.name.setContentsMargins(4, 0, 2, 0)
        self.saved.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.saved.setContentsMargins(4, 0, 8, 0)
        self.saved.setMinimumWidth(self.saved.fontMetrics().horizontalAdvance(tr("not saved")) + 12)
        for label in (self.name, self.saved):
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.addWidget(label)
        self.undo = self._tool(actions, "edit.undo", Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.redo = self._tool(actions, "edit.redo", Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.persona, self.state = self._chooser("persona"), self._chooser("state")
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self._tool(actions, "file.import-survey", Qt.ToolButtonStyle.ToolButtonTextOnly)
        actions["file.import-survey"].setIconText(tr("Import survey…"))
        self.export = self._tool(actions, "file.export", Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.export.setProperty("look", "main")
        actions["edit.undo"].changed.connect(self._short_undo)
        for signal in (session.history_changed, session.file_changed, session.document_replaced):
            signal.connect(self._show_file)
        for signal in (session.journey_changed, session.document_replaced):
            signal.connect(self._show_map)
        session.document_changed.connect(self._follow)
        self._short_undo()
        self._show_file()
        self._show_map()

    def _tool(self, actions: Actions, id_: str, style: Qt.ToolButtonStyle) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"tool.{id_}")
        button.setProperty("look", "tile")
        button.setDefaultAction(actions[id_])
        button.setToolButtonStyle(style)
        self.addWidget(button)
        return button

    def _chooser(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"tool.{name}")
        button.setProperty("look", "tile")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill(name, menu))
        button.setMenu(menu)
        self.addWidget(button)
        return button

    def _short_undo(self) -> None:
        """The tools beside it stay where they are, whatever its name; all of it is in the tooltip."""
        action = self.undo.defaultAction()
        metrics = self.undo.fontMetrics()
        room = metrics.averageCharWidth() * _UNDO_LETTERS
        self.undo.setFixedWidth(room + _UNDO_FRAME)
        words = action.text().replace("&&", "&")
        action.setIconText(plain(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)))

    def _show_file(self) -> None:
        session = self._session
        self.name.setText(shortened(session.name, 40) if session.open else tr("cxmapper"))
        saved = tr("saved") if session.path is not None else ""
        self.saved.setText("" if not session.open else saved if session.clean else tr("not saved"))

    def _show_map(self) -> None:
        journey = self._session.document.get(self._session.journey, Journey)
        for button in (self.persona, self.state):
            button.setEnabled(journey is not None)
            self.actions()[self._place(button)].setVisible(self._session.open)
        if journey is None:
            self.persona.setText(tr("No persona"))
            self.state.setText(tr("No map"))
            return
        who = tr(", ").join(self._names(journey)) or tr("none")
        words = tr("Persona: {name}", name=who)
        self.persona.setText(plain(shortened(words, 36)))
        self.persona.setToolTip(as_tip(words))
        self.state.setText(plain(shortened(_state(journey), 28)))
        self.state.setToolTip(as_tip(tr("The other maps of this persona")))

    def _place(self, button: QToolButton) -> int:
        return next(i for i, action in enumerate(self.actions()) if self.widgetForAction(action) is button)

    def _names(self, journey: Journey) -> list[str]:
        found = (self._session.document.get(i, Persona) for i in journey.who)
        return [name_of(p) for p in found if p is not None]

    def _follow(self, change: object) -> None:
        items = change.items if hasattr(change, "items") else {}
        if any(isinstance(e, Journey | Persona) for pair in items.values() for e in pair):
            self._show_map()

    def _fill(self, name: str, menu: QMenu) -> None:
        menu.clear()
        document, shown = self._session.document, self._session.document.get(self._session.journey, Journey)
        if shown is None:
            return
        journeys = document.children(None, Journey)
        group = QActionGroup(menu)
        if name == "state":
            alike = [j for j in journeys if set(j.who) & set(shown.who) or not (j.who or shown.who)]
            entries = [(f"{_state(j)}: {name_of(j)}", j.id, j.id == shown.id) for j in alike]
        else:
            entries = []
            for persona in document.children(None, Persona):
                theirs = [j for j in journeys if persona.id in j.who]
                same = [j for j in theirs if j.state == shown.state] or theirs
                if same:
                    entries.append((name_of(persona), same[0].id, persona.id in shown.who))
        for words, journey, on in entries:
            action = menu.addAction(plain(words))
            action.triggered.connect(partial(self._session.show_journey, journey))
            action.setCheckable(True)
            action.setChecked(on)
            group.addAction(action)
        menu.addSeparator()
        menu.addAction(self._actions["map.new-persona" if name == "persona" else "map.duplicate"])


def _state(journey: Journey) -> str:
    return choice_words("journey", "state", journey.state)
