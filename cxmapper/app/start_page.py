"""What the window shows before there is a map: recent files, templates, samples. One click each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cxmapper import assets
from cxmapper.app.actions import as_tip, plain
from cxmapper.app.icons import card_icon, command_icon
from cxmapper.app.panels.section import caption
from cxmapper.app.preferences import Preferences
from cxmapper.app.session import Session
from cxmapper.edit.templates import templates
from cxmapper.locale import tr

_WIDTH = 760
_SUFFIX = ".cxmap"


def sample_names() -> list[str]:
    """The file names of the samples that come with the program."""
    return sorted(entry.name for entry in assets.samples().iterdir() if entry.name.endswith(_SUFFIX))


class Choice(QPushButton):
    """A wide button with a title, and a line below it that says more."""

    def __init__(self, title: str, more: str) -> None:
        super().__init__()
        self.setProperty("look", "tile")
        self.setAccessibleName(title)
        self.setAccessibleDescription(more)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.picture = QLabel()
        self.picture.setFixedSize(20, 20)
        words = QVBoxLayout()
        words.setSpacing(1)
        for text, bold in ((title, True), (more, False)):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            font = label.font()
            font.setBold(bold)
            label.setFont(font)
            if not bold:
                label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            words.addWidget(label)
        words.addStretch(1)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 9, 12, 9)
        layout.setSpacing(10)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As large as what is in it."""
        return self._layout.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As high as what is in it."""
        return QSize(160, self._layout.minimumSize().height())


class StartPage(QScrollArea):
    """The page; its signals tell what was chosen."""

    template_chosen = Signal(str)
    sample_chosen = Signal(Path)
    file_chosen = Signal(Path)
    open_asked = Signal()

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("start page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setBackgroundRole(QPalette.ColorRole.Midlight)
        self._session = session
        self._preferences = preferences
        self._icons: list[tuple[Choice, str, bool]] = []
        preferences.recent_changed.connect(self.fill)
        session.theme_changed.connect(self.redraw)
        self.fill()

    def fill(self) -> None:
        """Lay the page out anew."""
        self._icons = []
        page = QWidget()
        page.setMaximumWidth(_WIDTH)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 40, 24, 24)
        column.setSpacing(8)
        heading = QLabel(tr("Map a customer’s journey"))
        font = heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.7)
        font.setBold(True)
        heading.setFont(font)
        column.addWidget(heading)
        column.addSpacing(10)
        self._add_recent(column)
        self._add_part(column, tr("Start from a template"), self._templates())
        self._add_part(column, tr("Look at a sample"), self._samples())
        column.addStretch(1)
        outer = QWidget()
        row = QHBoxLayout(outer)
        row.addStretch(1)
        row.addWidget(page, 8)
        row.addStretch(1)
        self.setWidget(outer)
        self.redraw()

    def _add_part(self, column: QVBoxLayout, title: str, choices: Sequence[Choice]) -> None:
        column.addWidget(caption(title))
        grid = QGridLayout()
        grid.setSpacing(8)
        for i, choice in enumerate(choices):
            grid.addWidget(choice, i // 2, i % 2)
        if len(choices) == 1:
            grid.addWidget(QWidget(), 0, 1)  # or the one choice is a little wider than those below
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        column.addSpacing(14)

    def _add_recent(self, column: QVBoxLayout) -> None:
        recent = [p for p in self._preferences.recent if p.is_file()][:4]
        choices = [
            self._choice(
                f"recent.{p.name}", "map", p.stem, str(p.parent), partial(self.file_chosen.emit, p)
            )
            for p in recent
        ]  # fmt: skip
        other = self._choice(
            "open", "open", tr("Open a file…"), tr("Or drop it anywhere here"), self.open_asked.emit
        )
        self._icons[-1] = (other, "open", True)
        self._add_part(column, tr("Go on with"), [*choices, other])

    def _templates(self) -> list[Choice]:
        return [
            self._choice(
                f"template.{t.name}", "stage", str(t.title), str(t.description),
                partial(self.template_chosen.emit, t.name),
            )
            for t in templates()
        ]  # fmt: skip

    def _samples(self) -> list[Choice]:
        about = {
            "broadband.cxmap": (tr("Switching broadband"), tr("Two personas, today and tomorrow")),
            "clinic-blueprint.cxmap": (
                tr("A clinic’s service blueprint"),
                tr("From the patient to the back office"),
            ),
            "languages.cxmap": (tr("Many languages"), tr("One map, thirteen ways of writing")),
        }
        choices = []
        for name in sample_names():
            title, more = about.get(name, (name.removesuffix(_SUFFIX), tr("A sample map")))
            path = Path(str(assets.samples().joinpath(name)))
            then = partial(self.sample_chosen.emit, path)
            choices.append(self._choice(f"sample.{name}", "map", title, more, then))
        return choices

    def _choice(self, name: str, icon: str, title: str, more: str, then: Callable[[], object]) -> Choice:
        choice = Choice(title, more)
        choice.setObjectName(name)
        choice.setToolTip(as_tip(plain(more)))
        choice.clicked.connect(lambda *_: then())
        self._icons.append((choice, icon, False))
        return choice

    def redraw(self) -> None:
        """Draw the icons in the colours of the theme in use."""
        theme = self._session.theme
        for choice, name, of_command in self._icons:
            icon = command_icon(name, theme) if of_command else card_icon(name, "accent", theme, 20)
            choice.picture.setPixmap(icon.pixmap(20, 20))
