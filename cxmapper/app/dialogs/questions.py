"""Messages and questions of a sentence or two, always as plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from cxmapper.locale import Words, tr


@dataclass(frozen=True, slots=True)
class Answer:
    """A button of a question: its words, what it stands for, and what is done when it is pressed."""

    words: Words
    role: QMessageBox.ButtonRole
    then: Callable[[], object] | None = None


def tell(parent: QWidget, text: str, detail: str = "", *, trouble: bool = True) -> QMessageBox:
    """Open a box that says `text`, and `detail` below it."""
    box = _box(parent, text, detail)
    box.setIcon(QMessageBox.Icon.Warning if trouble else QMessageBox.Icon.Information)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    box.open()
    return box


def ask(parent: QWidget, text: str, detail: str, answers: Sequence[Answer]) -> QMessageBox:
    """Open a question with these answers. The first is the default, the one to reject is on Esc."""
    box = _box(parent, text, detail)
    box.setIcon(QMessageBox.Icon.Question)
    for i, answer in enumerate(answers):
        button = box.addButton(str(answer.words), answer.role)
        button.setObjectName(f"answer{i}")
        if i == 0:
            box.setDefaultButton(button)
        if answer.role == QMessageBox.ButtonRole.RejectRole:
            box.setEscapeButton(button)
        if answer.then is not None:
            button.clicked.connect(lambda *_, then=answer.then: then())
    box.open()
    return box


def _box(parent: QWidget, text: str, detail: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(tr("cxmapper"))
    box.setText(text)
    box.setInformativeText(detail)
    box.setWindowModality(Qt.WindowModality.WindowModal)
    return box
