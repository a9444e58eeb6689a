"""A bar at the foot of the map: a short remark and at most one button. It asks nothing, blocks nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from cxmapper.app.icons import command_icon
from cxmapper.app.panels.section import flat_button
from cxmapper.app.session import Session
from cxmapper.locale import tr

_SHOWN_FOR = 12_000  # milliseconds


class MessageBar(QFrame):
    """Shows one remark at a time, the latest, and goes by itself."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.setObjectName("message bar")
        self._session = session
        self._then: Callable[[], object] | None = None
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton()
        self.button.setProperty("look", "tile")
        self.button.setObjectName("message bar.button")
        self.button.clicked.connect(self._pressed)
        self._close = flat_button("message bar.close", tr("Close"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 8, 5)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        session.notice.connect(self.say)
        session.undo_offered.connect(lambda text: self.say(text, tr("Undo"), session.undo))
        session.document_changed.connect(self._drop_button)
        session.document_replaced.connect(self.hide)
        session.theme_changed.connect(self.redraw)
        self.redraw()
        self.hide()

    def say(self, text: str, button: str = "", then: Callable[[], object] | None = None) -> None:
        """Show `text`, with a button that runs `then` where one is named."""
        self.text.setText(text)
        self._then = then
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_FOR)

    def _drop_button(self, _: object) -> None:
        """After another edit the button would undo something else than the text says."""
        if self._then is not None:
            self.hide()

    def redraw(self) -> None:
        """Draw the cross in the colours of the theme in use."""
        self._close.setIcon(command_icon("close", self._session.theme, 14))

    def _pressed(self) -> None:
        then, self._then = self._then, None
        self.hide()
        if then is not None:
            then()
