"""Which answers count, in one button: it says what is chosen, and its menu changes it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from cxmapper.app.actions import as_tip, plain
from cxmapper.app.naming import name_of
from cxmapper.app.panels.gaps.words import metric_word
from cxmapper.app.scores import PERIODS, ScoreKeeper
from cxmapper.app.session import Session
from cxmapper.locale import Words, msg, tr
from cxmapper.model.elements import Journey, Persona, Stage, Survey

_PERIOD_WORDS: dict[str, Words] = {
    "year": msg("Last 12 months"),
    "half": msg("Last 6 months"),
    "quarter": msg("Last 3 months"),
    "all": msg("All answers"),
}
_LEVELS: dict[str, Words] = {
    "touchpoints": msg("Touchpoints"),
    "stages": msg("Stages"),
    "personas": msg("Personas"),
}
Choices = Sequence[tuple[object, str]]
_FRAME = 36  # padding and arrow, in pixels


class FilterButton(QToolButton):
    """The button of the filters."""

    def __init__(self, session: Session, keeper: ScoreKeeper) -> None:
        super().__init__()
        self.setObjectName("gaps.filter")
        self.setProperty("look", "flat")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._session = session
        self._keeper = keeper
        self._words = ""
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def refresh(self) -> None:
        """Say what is chosen."""
        choice, document = self._keeper.choice, self._session.document
        persona = document.get(choice.persona, Persona) if choice.persona else None
        stage = document.get(choice.stage, Stage) if choice.stage else None
        parts = [
            self._no_persona()
            if choice.persona == ""
            else name_of(persona)
            if persona
            else tr("All personas"),
            *([name_of(stage)] if stage else []),
            *([metric_word(choice.metric)] if choice.metric != "best" else []),
            str(_PERIOD_WORDS[choice.period]),
        ]
        self._words = " · ".join(parts)
        self._show_words()
        self.setToolTip(as_tip(tr("Which answers count: {what}", what=" · ".join(parts))))
        self.setAccessibleName(tr("Which answers count"))

    def _show_words(self) -> None:
        """As much of what is chosen as there is room for; all of it is in the tooltip."""
        room = max(self.width() - _FRAME, 0)
        words = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(plain(words + " ▾"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say more or less of it."""
        super().resizeEvent(event)
        self._show_words()

    def _no_persona(self) -> str:
        return tr("Persona unknown")

    def _fill(self) -> None:
        self._menu.clear()
        for field, title, choices in self._groups():
            sub = self._menu.addMenu(title)
            for value, words in choices:
                action = sub.addAction(plain(words))
                action.setCheckable(True)
                action.setChecked(getattr(self._keeper.choice, field) == value)
                action.triggered.connect(lambda *_, f=field, v=value: self._keeper.choose(**{f: v}))

    def _groups(self) -> Sequence[tuple[str, str, Choices]]:
        document, journey = self._session.document, self._session.journey
        shown = document.get(journey, Journey)
        who = set(shown.who) if shown else set()
        people = [p for p in document.children(None, Persona) if not who or p.id in who]
        stages = document.children(journey, Stage) if journey else ()
        surveys = document.children(None, Survey)
        from cxmapper.scoring.metrics import family_of

        families = dict.fromkeys(family_of(s.metric) for s in surveys)
        return (
            ("level", tr("Rows"), [(name, str(words)) for name, words in _LEVELS.items()]),
            ("persona", tr("Persona"), [(None, tr("All personas")), *((p.id, name_of(p)) for p in people),
                                        ("", self._no_persona())]),
            ("stage", tr("Stage"), [(None, tr("All stages")), *((s.id, name_of(s)) for s in stages)]),
            ("metric", tr("Metric"), [("best", tr("The first there is of NPS, CSAT, CES")),
                                      *((f, metric_word(f)) for f in families)]),
            ("period", tr("Period"), [(name, str(_PERIOD_WORDS[name])) for name in PERIODS]),
        )  # fmt: skip
