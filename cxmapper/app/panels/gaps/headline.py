"""The three tiles above the table: the score of the whole, what it should be, and the largest gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cxmapper.app.actions import as_tip
from cxmapper.app.panels.gaps.columns import title_of
from cxmapper.app.panels.gaps.target_editor import TargetField, family_of, written
from cxmapper.app.panels.gaps.words import NOTHING, count, margin, metric_word, points
from cxmapper.layout.theme import THEMES, Theme
from cxmapper.locale import tr

if TYPE_CHECKING:
    from cxmapper.app.panels.gaps.columns import Scored
    from cxmapper.scoring.rollups import RollUp


class Tile(QToolButton):
    """A caption above a number and what belongs to it; a button, with plain text only."""

    def __init__(self, name: str, caption: str) -> None:
        super().__init__()
        self.setObjectName(f"gaps.{name}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.caption, self.number, self.note = QLabel(caption), QLabel(), QLabel()
        for label in (self.caption, self.number, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for label in (self.caption, self.note):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            font = label.font()
            font.setPointSizeF(font.pointSizeF() * 0.9)
            label.setFont(font)
        font = self.number.font()
        font.setPointSizeF(font.pointSizeF() * 1.45)
        font.setBold(True)
        self.number.setFont(font)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 6, 6, 6)
        column.setSpacing(1)
        for label in (self.caption, self.number, self.note):
            column.addWidget(label)
        self._note = ""
        self._theme: Theme = THEMES["light"]
        self.alarming = False

    def use_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, warm where it alarms, and a frame where the keyboard or pointer is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        busy = self.hasFocus() or self.underMouse()
        painter.setPen(QColor(self._theme["accent"] if busy else self._theme["hairline"]))
        ground = QColor(self._theme["bad-tint" if self.alarming else "plot"])
        ground.setAlphaF(0.45 if self.alarming else 1.0)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, 6, 6)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the note to the room there is."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - 15
        self.note.setText(self.note.fontMetrics().elidedText(self._note, Qt.TextElideMode.ElideRight, room))

    def say(self, number: str, note: str = "", tip: str = "") -> None:
        """Show a number, a note beside it, and a tip."""
        self.number.setText(number)
        self._note = note
        self._cut()
        self.setToolTip(as_tip(tip))
        self.setAccessibleName(" ".join(part for part in (self.caption.text(), number, note) if part))

    def sizeHint(self) -> QSize:
        """As large as what it says; a button would measure its own text, of which it has none."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Narrow panels cut the note."""
        return QSize(60, self.sizeHint().height())


class _TargetTile(Tile):
    """The tile of the target: a click turns it into a field."""

    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__("target", tr("Target"))
        self.field: TargetField | None = None
        self.own: float | None = None
        self.family = "nps"
        self.clicked.connect(self.begin)

    def begin(self) -> None:
        """Let the target be typed."""
        if self.field is not None:
            return
        field = TargetField(self.family, self)
        field.setText(written(self.own))
        field.setGeometry(self.rect().adjusted(6, 20, -6, -5))
        field.editingFinished.connect(self._end)
        field.selectAll()
        field.show()
        field.setFocus()
        self.field = field

    def _end(self) -> None:
        field, self.field = self.field, None
        if field is None:
            return
        field.deleteLater()
        try:
            value = field.value()
        except ValueError:
            return
        if value != self.own:
            self.typed.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the target as it was."""
        if event.key() == Qt.Key.Key_Escape and self.field is not None:
            field, self.field = self.field, None
            field.deleteLater()
            self.setFocus()
            return
        super().keyPressEvent(event)


class Headline(QWidget):
    """The tiles. `target_typed` tells a target for the map; `explain_asked` that the score be explained."""

    target_typed = Signal(object)
    explain_asked = Signal()
    gap_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.score, self.target = Tile("score", tr("Journey")), _TargetTile()
        self.gap = Tile("largest", tr("Largest gap"))
        self._largest: str | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for tile in (self.score, self.target, self.gap):
            row.addWidget(tile, 1)
        self.score.clicked.connect(self.explain_asked)
        self.target.typed.connect(self.target_typed)
        self.gap.clicked.connect(lambda: self._largest and self.gap_chosen.emit(self._largest))

    def use_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        for tile in (self.score, self.target, self.gap):
            tile.use_theme(theme)

    def show_scores(self, whole: RollUp, largest: Scored | None, own: float | None, level: str) -> None:
        """Show the whole's score, its target (`own` is the map's), and the row with the largest gap."""
        metric = metric_word(whole.metric)
        self.score.caption.setText(tr("Journey {metric}", metric=metric))
        note = tr("{margin}, n {n}", margin=margin(whole.lo, whole.hi), n=count(whole.n or 0))
        tip = tr("All answers of the map pooled, with the {level} % interval. Click to see how.", level=level)
        self.score.say(points(whole.score), note if whole.n and not whole.hidden else "", tip)
        self.target.own, self.target.family = own, family_of(whole.metric)
        hint = tr("Click to set the target of this map.")
        if whole.reference is None and whole.score is not None:
            hint = tr("Set a target: the score now is {score}.", score=points(whole.score))
        self.target.say(
            points(whole.reference) if whole.reference is not None else NOTHING,
            tr("points") if whole.reference is not None else tr("set one"),
            hint,
        )
        self._largest = largest.id if largest is not None else None
        self.gap.alarming = largest is not None
        self.gap.update()
        self._show_largest(largest)

    def _show_largest(self, largest: Scored | None) -> None:
        if largest is None:
            self.gap.say(NOTHING, "", tr("No touchpoint is below its target."))
            return
        self.gap.say(points(largest.target_gap), title_of(largest), tr("Click to see it on the map."))
