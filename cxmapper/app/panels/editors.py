"""Editors of single fields: a line, a text, a number, a switch, a choice, a day.

An editor shows a value (or that several elements differ) and tells when the person has given
another, once an edit: on Enter, on leaving the field, or at once for a click. It never touches the
document, and while something typed waits in it, nobody writes over that.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from cxmapper.locale import tr
from cxmapper.model.fields import cleaned

_MOST_LINES = 12
Choices = tuple[tuple[Any, str], ...]


class NotAValue(Exception):
    """What is typed is no value of this field; the message says why, in words for the person."""


class FieldEditor(QWidget):
    """The editor of one field. `given` tells a new value, which may be refused by the model."""

    given = Signal(object)
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Show `value`, or that the elements differ. What is being typed stays."""
        raise NotImplementedError

    def commit(self) -> None:
        """Tell what was typed and not told yet, if anything."""

    def revert(self) -> None:
        """Forget what was typed and not told yet."""

    @property
    def waiting(self) -> bool:
        """Whether something typed has not been told yet."""
        return False

    def name(self, words: str) -> None:
        """Name the editor for screen readers and tests."""
        target = self.focusProxy() or self
        target.setAccessibleName(words)


class LineEditor(FieldEditor):
    """One line of plain text."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        self._placeholder = placeholder
        self._shown = ""
        self._telling = False
        self.row.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.editingFinished.connect(self.commit)
        self.line.installEventFilter(self)

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Show a value; typed text that waits, or was refused, is left alone."""
        text = "" if mixed else self.text_of(value)
        keep = self.waiting and not self._telling
        self._shown = text
        if keep:
            return
        if self.line.text() != text:
            self.line.setText(text)
            self.line.setCursorPosition(0)
        self.line.setPlaceholderText(tr("Several values") if mixed else self._placeholder)

    @property
    def waiting(self) -> bool:
        """Whether the text differs from the value shown."""
        return self.line.text() != self._shown

    def commit(self) -> None:
        """Tell the typed value, or why it is none."""
        if not self.waiting:
            self.refused.emit("")
            return
        try:
            value = self.value_of(cleaned(self.line.text()).strip())
        except NotAValue as problem:
            self.refused.emit(str(problem))
            return
        self._telling = True
        self.given.emit(value)
        self._telling = False

    def revert(self) -> None:
        """Show the value again."""
        if self.waiting:
            self.line.setText(self._shown)
        self.refused.emit("")

    def text_of(self, value: Any) -> str:
        """How a value is written."""
        return str(value) if value is not None else ""

    def value_of(self, text: str) -> Any:
        """The value of what was typed. Raises NotAValue."""
        return text

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Esc takes back what was typed."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.waiting:
            if event.type() == QEvent.Type.KeyPress:
                self.revert()
            event.accept()
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]


class NumberEditor(LineEditor):
    """A number or nothing: an empty field is no value, and 0 is one. Arrow keys count up and down."""

    def __init__(self, low: float, high: float, *, whole: bool = False) -> None:
        super().__init__(tr("not given"))
        self._low, self._high, self._whole = low, high, whole
        self.line.setMaximumWidth(120)
        self.row.addStretch(1)

    def text_of(self, value: Any) -> str:
        """The number, without a fraction where it has none."""
        if value is None:
            return ""
        return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)

    def value_of(self, text: str) -> Any:
        """The number; decimal commas and the sign − are understood."""
        plain = text.replace("−", "-").replace(",", ".").replace(" ", "").rstrip("%")
        if not plain:
            return None
        try:
            value = float(plain)
        except ValueError:
            raise NotAValue(tr("“{typed}” is no number.", typed=text)) from None
        if not self._low <= value <= self._high:
            raise NotAValue(tr("Must be from {low} to {high}.", low=f"{self._low:g}", high=f"{self._high:g}"))
        if value == int(value):
            return int(value)
        if self._whole:
            raise NotAValue(tr("Must be a whole number."))
        return value

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Up and Down change the number by 1."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._count(step)
                return True
        return super().eventFilter(watched, event)

    def _count(self, step: int) -> None:
        try:
            value = self.value_of(self.line.text().strip())
        except NotAValue:
            return
        start = value if value is not None else max(self._low, min(self._high, 0)) - step
        self.line.setText(self.text_of(max(self._low, min(self._high, start + step))))
        self.line.setText(self.text_of(self.value_of(self.line.text())))


class DayEditor(LineEditor):
    """A day, a month or a year, as 2026-03-14, 2026-03 or 2026."""

    def __init__(self) -> None:
        super().__init__(tr("2026-03-14, 2026-03 or 2026"))


class _TextBox(QPlainTextEdit):
    """As high as its text, between two lines and twelve; Tab leaves it."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height that the text needs."""
        lines = max(2, min(_MOST_LINES, round(self.document().size().height())))
        margins = self.document().documentMargin() * 2 + 4
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + margins))
        tall = self.document().size().height() > _MOST_LINES
        off, when_needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(when_needed if tall else off)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the person has gone elsewhere (a menu is not elsewhere)."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason):
            self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrapping changes with the width, and so does the height."""
        super().resizeEvent(event)
        self.fit()


class TextEditor(FieldEditor):
    """Several lines of plain text. Ctrl+Enter or leaving it tells them, Esc takes them back."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self.box = _TextBox()
        self._placeholder = placeholder
        self._shown = ""
        self._telling = False
        self.row.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.left.connect(self.commit)
        self.box.installEventFilter(self)

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Show a value; text that waits, or was refused, is left alone."""
        text = "" if mixed else self.text_of(value)
        keep = self.waiting and not self._telling
        self._shown = text
        self.box.setPlaceholderText(tr("Several values") if mixed else self._placeholder)
        if not keep and self.box.toPlainText() != text:
            self.box.setPlainText(text)

    @property
    def waiting(self) -> bool:
        """Whether the text differs from the value shown."""
        return self.box.toPlainText() != self._shown

    def commit(self) -> None:
        """Tell the typed text."""
        if not self.waiting:
            self.refused.emit("")
            return
        self._telling = True
        self.given.emit(self.value_of(cleaned(self.box.toPlainText())))
        self._telling = False

    def revert(self) -> None:
        """Show the value again."""
        if self.waiting:
            self.box.setPlainText(self._shown)
        self.refused.emit("")

    def text_of(self, value: Any) -> str:
        """How a value is written."""
        return str(value or "")

    def value_of(self, text: str) -> Any:
        """The value of what was typed."""
        return text.strip("\n")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Esc takes back, Ctrl+Enter tells."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.waiting:
                self.revert()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.commit()
                return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]


class LinesEditor(TextEditor):
    """A set of words, one a line."""

    def __init__(self) -> None:
        super().__init__(tr("One a line"))

    def text_of(self, value: Any) -> str:
        """The members, one a line."""
        return "\n".join(value or ())

    def value_of(self, text: str) -> Any:
        """The lines that say something, without repeats."""
        return tuple(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))


class FlagEditor(FieldEditor):
    """Yes or no; half-checked where the elements differ."""

    def __init__(self) -> None:
        super().__init__()
        self.check = QCheckBox()
        self.row.addWidget(self.check)
        self.setFocusProxy(self.check)
        self.check.clicked.connect(self._clicked)

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Show yes, no or both."""
        self.check.setTristate(mixed)
        state = Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        self.check.setCheckState(Qt.CheckState.PartiallyChecked if mixed else state)

    def _clicked(self) -> None:
        self.check.setTristate(False)
        self.given.emit(self.check.checkState() != Qt.CheckState.Unchecked)


class Combo(QComboBox):
    """A choice that the wheel does not change by the way while the panel is scrolled."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """As high as a line, wide enough for short words."""
        return QSize(120, super().sizeHint().height())


class ChoiceEditor(FieldEditor):
    """One of several values. A value that is not among them is kept and shown as it is."""

    def __init__(self, choices: Choices = ()) -> None:
        super().__init__()
        self.combo = Combo()
        self._choices: Choices = ()
        self.row.addWidget(self.combo, 1)
        self.setFocusProxy(self.combo)
        self.combo.activated.connect(lambda i: self.given.emit(self.combo.itemData(i)))
        self.offer(choices)

    def offer(self, choices: Choices) -> None:
        """Offer these values, each with its words."""
        if choices == self._choices:
            return
        self._choices = choices
        self.combo.clear()
        for value, words in choices:
            self.combo.addItem(words, value)

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Show a value."""
        self.combo.setPlaceholderText(tr("Several values") if mixed else "")
        if mixed:
            self.combo.setCurrentIndex(-1)
            return
        values = [self.combo.itemData(i) for i in range(self.combo.count())]
        if value not in values:
            self.combo.addItem(str(value), value)
            values.append(value)
        self.combo.setCurrentIndex(values.index(value))
