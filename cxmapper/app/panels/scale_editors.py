"""Editors of places on a scale: rating 0–5, severity 1–3, emotion −100…+100. Nothing is none of them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolButton

from cxmapper.app.panels.editors import FieldEditor, NumberEditor
from cxmapper.locale import tr
from cxmapper.model.kinds import EMOTION_STEP

_STEP = 24


class ScaleEditor(FieldEditor):
    """One button a step. A click on the one that is on takes the value back, as do Delete and “×”."""

    def __init__(self, low: int, high: int) -> None:
        super().__init__()
        self.row.setSpacing(2)
        self.buttons: dict[int, QToolButton] = {}
        for step in range(low, high + 1):
            button = QToolButton()
            button.setText(str(step))
            button.setCheckable(True)
            button.setProperty("look", "tile")
            button.setFixedWidth(_STEP)
            button.clicked.connect(lambda _, step=step: self._clicked(step))
            self.row.addWidget(button)
            self.buttons[step] = button
        self.clear = QToolButton()
        self.clear.setText("×")
        self.clear.setProperty("look", "flat")
        self.clear.setToolTip(tr("Not given"))
        self.clear.setAccessibleName(tr("Not given"))
        self.clear.clicked.connect(lambda: self.given.emit(None))
        policy = self.clear.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.clear.setSizePolicy(policy)
        self.row.addWidget(self.clear)
        self.row.addStretch(1)
        self.setFocusProxy(self.buttons[low])
        self._value: int | None = None

    def name(self, words: str) -> None:
        """Name each step for screen readers."""
        for step, button in self.buttons.items():
            button.setAccessibleName(f"{words}: {step}")

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Show a value; none is on where nothing is given or the elements differ."""
        self._value = None if mixed else value
        for step, button in self.buttons.items():
            button.setChecked(step == self._value)
        self.clear.setVisible(mixed or value is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, Delete and Backspace take the value back."""
        if event.text().isdecimal() and int(event.text()) in self.buttons:
            self.given.emit(int(event.text()))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.given.emit(None)
        else:
            super().keyPressEvent(event)

    def _clicked(self, step: int) -> None:
        self.given.emit(None if step == self._value else step)


class _Slider(QSlider):
    """A slider that the wheel does not move while the panel is scrolled."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel."""
        event.ignore()


class ValenceEditor(FieldEditor):
    """A slider in steps of 5 and a number. `dragging` tells when a drag of the slider begins and ends."""

    dragging = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(-100, 100)
        self.slider.setSingleStep(EMOTION_STEP)
        self.slider.setPageStep(4 * EMOTION_STEP)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(100)
        self.slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.number = NumberEditor(-100, 100, whole=True)
        self.number.setFixedWidth(52)
        self.row.addWidget(self.slider, 1)
        self.row.addWidget(self.number)
        self.setFocusProxy(self.slider)
        self._showing = False
        self.slider.valueChanged.connect(self._moved)
        self.slider.sliderPressed.connect(lambda: self.dragging.emit(True))
        self.slider.sliderReleased.connect(lambda: self.dragging.emit(False))
        self.number.given.connect(self.given)
        self.number.refused.connect(self.refused)

    def name(self, words: str) -> None:
        """Name both parts."""
        self.slider.setAccessibleName(words)
        self.number.name(words)

    def show_value(self, value: Any, mixed: bool = False) -> None:
        """Show a value in both parts."""
        self._showing = True
        if not self.slider.isSliderDown():
            self.slider.setValue(0 if mixed or value is None else value)
        self.number.show_value(value, mixed)
        self._showing = False

    def commit(self) -> None:
        """Tell a typed number."""
        self.number.commit()

    @property
    def waiting(self) -> bool:
        """Whether a typed number waits."""
        return self.number.waiting

    def _moved(self, value: int) -> None:
        snapped = round(value / EMOTION_STEP) * EMOTION_STEP
        if not self._showing:
            self.given.emit(snapped)
