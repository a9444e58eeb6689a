"""The text of one element, typed in its place on the canvas.

A widget over the canvas and no item in it: input methods, the clipboard and screen readers work
as everywhere. It hands over plain text, once, or nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QKeySequence, QPalette, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from cxmapper.app.canvas.ink import Ink
from cxmapper.model.fields import MAX_LINE, MAX_TEXT, cleaned

_OWN_KEYS = (
    QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo, QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.Delete,
)  # fmt: skip
_STAYS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class InlineEditor(QPlainTextEdit):
    """Enter commits, Shift+Enter breaks the line where there may be several, Esc gives up.

    It grows with its text from the place it is given. `finished` tells the text once, or None.
    """

    finished = Signal(object)

    def __init__(self, parent: QWidget, text: str, *, lines: bool) -> None:
        super().__init__(parent)
        self._lines = lines
        self._done = False
        self._least = QRect()
        self.setFrameStyle(QFrame.Shape.Box | QFrame.Shadow.Plain)
        self.setLineWidth(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setPlainText(text)
        self.selectAll()
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def use(self, ink: Ink, font: QFont) -> None:
        """Take the colours of a theme and the font of the box."""
        palette = self.palette()
        for role, token in (
            (QPalette.ColorRole.Base, "card"),
            (QPalette.ColorRole.Text, "text"),
            (QPalette.ColorRole.WindowText, "accent"),
        ):
            palette.setColor(role, ink.colour(token))
        self.setPalette(palette)
        self.setFont(font)

    def place(self, rect: QRect) -> None:
        """Lie over `rect` of the canvas, and be higher where the text needs it."""
        self._least = rect
        self._grow()

    def begin(self) -> None:
        """Show it and take the keys."""
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def commit(self) -> None:
        """Hand the text over."""
        self._finish(self.value())

    def give_up(self) -> None:
        """Hand nothing over."""
        self._finish(None)

    def value(self) -> str:
        """The text as a map may hold it."""
        text = self.toPlainText()
        if self._lines:
            return cleaned(text, MAX_TEXT).rstrip()
        return cleaned(" ".join(text.split()), MAX_LINE)

    def _finish(self, text: str | None) -> None:
        if not self._done:
            self._done = True
            self.finished.emit(text)

    def _grow(self) -> None:
        if self._least.isNull():
            return
        line = self.fontMetrics().lineSpacing()
        needed = int(self.document().size().height()) * line + 2 * self.frameWidth() + 6
        self.setGeometry(self._least.adjusted(0, 0, 0, max(0, needed - self._least.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc end the editing."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif enter and self._lines and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().insertText("\n")
        elif enter:
            self.commit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keys that edit text are the text's, though the window has them as shortcuts."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        plain = not event.modifiers() & (commands | Qt.KeyboardModifier.MetaModifier)
        function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
        moves = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        return (plain and not function) or moves or any(event.matches(key) for key in _OWN_KEYS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Clicking elsewhere commits; a menu or another window does not."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.commit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text only."""
        if source.hasText():
            text = cleaned(source.text(), MAX_TEXT)
            self.textCursor().insertText(text if self._lines else " ".join(text.split()))
