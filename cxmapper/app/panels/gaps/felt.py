"""Felt or measured: sentences on where the map and the customers differ, the clearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from cxmapper.app.panels.gaps.explain import felt_or_measured
from cxmapper.locale import tr

if TYPE_CHECKING:
    from cxmapper.scoring.rows import NodeScore

_MOST = 4
_CLEAR = ("map_gloomier", "map_rosier")


class Sentence(QLabel):
    """One sentence; a click or Enter chooses its touchpoint."""

    def __init__(self, text: str, choose: Callable[[], object]) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._choose = choose
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what it is about."""
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        else:
            super().keyPressEvent(event)


class FeltOrMeasured(QWidget):
    """The sentences. `chosen` tells the touchpoint of one that was clicked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gaps.felt")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(5)
        self.sentences: list[Sentence] = []

    def show_nodes(self, nodes: Iterable[NodeScore], fidelity: float | None) -> None:
        """Say where these differ most from the map, and how true the map is on the whole."""
        for old in self.sentences:
            self._column.removeWidget(old)
            old.deleteLater()
        self.sentences = []
        told = [(n, text) for n in nodes if (text := felt_or_measured(n)) is not None]
        told.sort(key=lambda entry: (entry[0].perception not in _CLEAR, -abs(entry[0].perception_gap or 0)))
        for node, text in told[:_MOST]:
            self._add(Sentence(text, partial(self.chosen.emit, node.id)))
        if fidelity is not None:
            words = tr("The map is {n} % true to what customers say, by importance.", n=round(fidelity))
            self._add(Sentence(words, lambda: None))
            self.sentences[-1].unsetCursor()
            self.sentences[-1].setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _add(self, sentence: Sentence) -> None:
        self.sentences.append(sentence)
        self._column.addWidget(sentence)
