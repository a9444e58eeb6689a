"""One field in the inspector: its name, its editor, and below it why a value was refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from cxmapper.app.panels.editors import (
    ChoiceEditor,
    DayEditor,
    FieldEditor,
    FlagEditor,
    LineEditor,
    LinesEditor,
    NumberEditor,
    TextEditor,
)
from cxmapper.app.panels.list_editors import ImageEditor, PairsEditor, ReferencesEditor
from cxmapper.app.panels.scale_editors import ScaleEditor, ValenceEditor
from cxmapper.model.kinds import Entry, Field

_MAKERS: dict[Entry, Callable[[Field], FieldEditor]] = {
    Entry.LINE: lambda _: LineEditor(),
    Entry.TEXT: lambda _: TextEditor(),
    Entry.NUMBER: lambda f: NumberEditor(f.low, f.high),
    Entry.WHOLE: lambda f: NumberEditor(f.low, f.high, whole=True),
    Entry.RATING: lambda f: ScaleEditor(int(f.low), int(f.high)),
    Entry.SEVERITY: lambda f: ScaleEditor(int(f.low), int(f.high)),
    Entry.VALENCE: lambda _: ValenceEditor(),
    Entry.FLAG: lambda _: FlagEditor(),
    Entry.CHOICE: lambda _: ChoiceEditor(),
    Entry.SET: lambda _: LinesEditor(),
    Entry.PAIRS: lambda _: PairsEditor(),
    Entry.DAY: lambda _: DayEditor(),
    Entry.REFERENCE: lambda _: ChoiceEditor(),
    Entry.REFERENCES: lambda _: ReferencesEditor(),
    Entry.IMAGE: lambda _: ImageEditor(),
}

_LABEL = 92
"""Room for a name, in pixels; two lines where it is long."""


class FieldRow(QObject):
    """The widgets of one field. `given` tells a value that the person gave it."""

    given = Signal(object)

    def __init__(self, field: Field, parent: QObject) -> None:
        super().__init__(parent)
        self.field = field
        self.editor = _MAKERS[field.entry](field)
        self.editor.setObjectName(f"field.{field.name}")
        self.editor.name(str(field.label))
        self.label = QLabel(str(field.label))
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.label.setWordWrap(True)
        self.label.setFixedWidth(_LABEL)
        self.label.setContentsMargins(0, 4, 0, 0)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.trouble = QLabel()
        self.trouble.setObjectName(f"trouble.{field.name}")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.trouble.setForegroundRole(QPalette.ColorRole.BrightText)
        self.trouble.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.trouble.hide()
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.editor)
        column.addWidget(self.trouble)
        self.editor.given.connect(self.given)
        self.editor.refused.connect(self.complain)

    def complain(self, why: str) -> None:
        """Say under the field why its value was refused, or nothing any more for ""."""
        self.trouble.setText(why)
        self.trouble.setVisible(bool(why))
