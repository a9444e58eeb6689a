"""Typing a target in the table: a number in the metric's own unit, or nothing for none."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cxmapper.app.panels.gaps.bars import node_of
from cxmapper.locale import tr

Index = QModelIndex | QPersistentModelIndex

RANGES = {"nps": (-100.0, 100.0), "csat": (0.0, 100.0), "ces": (1.0, 7.0)}


def number_from(text: str, family: str) -> float | int | None:
    """The target that was typed, or None for an empty text.

    Raises ValueError where it is no number, or outside the range of the family.

    >>> number_from(" −12,5 ", "nps"), number_from("", "nps"), number_from("+20", "nps")
    (-12.5, None, 20)
    """
    plain = text.strip().replace("\u2212", "-").replace(",", ".")
    if not plain:
        return None
    value = float(plain)
    low, high = RANGES[family]
    if not low <= value <= high:
        raise ValueError(f"{value} is outside {low}…{high}")
    return int(value) if value == int(value) else value


def written(value: float | None) -> str:
    """A target as it stands in the field where it is typed.

    >>> written(20), written(-12.5), written(None)
    ('20', '-12.5', '')
    """
    return "" if value is None else f"{value:g}"


class TargetField(QLineEdit):
    """A field for one target."""

    def __init__(self, family: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.family = family
        low, high = RANGES[family]
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(tr("Target"))
        self.setToolTip(tr("A number from {low} to {high}; empty for none", low=f"{low:g}", high=f"{high:g}"))
        checker = QDoubleValidator(low, high, 1, self)
        checker.setNotation(QDoubleValidator.Notation.StandardNotation)
        self._checker = checker

    def value(self) -> float | int | None:
        """What is typed. Raises ValueError where it is no target."""
        return number_from(self.text(), self.family)


class TargetDelegate(QStyledItemDelegate):
    """The cell of a target: what is typed in it goes to the element of the row."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The field."""
        field = TargetField(family_of(node_of(index).metric), parent)
        field.setStyleSheet("QLineEdit { padding: 0 2px; }")
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the element's own target, or as a hint the one it takes over."""
        node = node_of(index)
        assert isinstance(editor, TargetField)
        editor.setText(written(node.target) if is_own(node.reference_source) else "")
        editor.setPlaceholderText(written(node.target))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Give what was typed to the model; what is no number changes nothing."""
        assert isinstance(editor, TargetField)
        try:
            value = editor.value()
        except ValueError:
            return
        model.setData(index, value)


def is_own(source: str) -> bool:
    """Whether a target with this source was set on the touchpoint itself."""
    return source == "touchpoint"


def family_of(metric: str) -> str:
    """The family whose target a metric is held against."""
    from cxmapper.scoring.metrics import family_of as family

    return family(metric)
