"""The scores of the map that a window shows: computed a moment after what they depend on changed.

Whose answers and which of them count is a choice of the window, never of the document. Knows no
widget. The scoring is loaded when there is first something to score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cxmapper.app.preferences import Preferences
from cxmapper.app.session import Session
from cxmapper.edit.change import Change
from cxmapper.layout.measured import Measured, Scores
from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Persona, Settings, Stage, Survey, Tally, Touchpoint

if TYPE_CHECKING:
    from cxmapper.export.overlay import Asked, Shown
    from cxmapper.scoring.pools import Window
    from cxmapper.scoring.scorecard import Scorecard

OVERLAYS = ("line", "band", "badges")
PERIODS = ("year", "all", "quarter", "half")
_MONTHS = {"quarter": 3, "half": 6, "year": 12}
_PAUSE = 80  # milliseconds after the last edit
_MATTERS = (Touchpoint, Stage, Journey, Tally, Survey, Settings, Persona)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which answers count: of a persona (None: of all), in a metric, of the last months; and which rows show.

    `stage` narrows the table to one stage; `level` is what its rows are.
    """

    persona: str | None = None
    metric: str = "best"
    period: str = "year"
    stage: str | None = None
    level: str = "touchpoints"


class ScoreKeeper(QObject):
    """Keeps the scorecard of the map shown up to date."""

    changed = Signal()
    """There is another scorecard, or none."""
    drawn_changed = Signal()
    """What the map shows of the scores is another."""

    def __init__(self, session: Session, preferences: Preferences) -> None:
        super().__init__(session)
        self._session = session
        self._preferences = preferences
        self.choice = Choice()
        self.card: Scorecard | None = None
        self.measured: dict[str, Measured] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.compute)
        session.document_changed.connect(self._follow)
        session.journey_changed.connect(self._start_over)
        session.document_replaced.connect(self._start_over)

    # what is asked for

    def choose(self, **fields: object) -> None:
        """Change some fields of the choice, and score anew."""
        choice = replace(self.choice, **fields)  # type: ignore[arg-type]
        if choice != self.choice:
            self.choice = choice
            self.compute()

    def shows(self, overlay: str) -> bool:
        """Whether the map shows this of the scores: "line", "band" or "badges"."""
        return self._preferences.panel_shown(f"scores.{overlay}")

    def toggle(self, overlay: str) -> None:
        """Show this of the scores on the map, or hide it."""
        self._preferences.show_panel(f"scores.{overlay}", not self.shows(overlay))
        self._draw()

    @property
    def has_answers(self) -> bool:
        """Whether the document holds any survey."""
        return bool(self._session.document.index.of_kind("tally"))

    def of_maps(self, document: Document, journeys: Sequence[str]) -> Scores:
        """What is drawn of the scores on these maps, as this window shows them. For exports."""
        if not document.index.of_kind("tally"):
            return {}
        from cxmapper.export.overlay import scores_of

        return scores_of(document, journeys, self._shown(), self._asked())

    # computing

    def _follow(self, change: Change) -> None:
        if any(_matters(e) for pair in change.items.values() for e in pair if e is not None):
            self._later.start(_PAUSE)

    def _start_over(self) -> None:
        self.choice = replace(self.choice, persona=None, stage=None)
        self._later.start(0)

    def compute(self) -> None:
        """Score now."""
        self._later.stop()
        before, journey = self.card, self._session.journey
        document = self._session.document
        self._drop_what_is_gone(document)
        if journey is None or not self.has_answers:
            self.card = None
        else:
            from cxmapper.scoring.scorecard import score

            asked = self._asked()
            self.card = score(
                document,
                journey,
                persona=asked.persona,
                metric=asked.metric,
                window=asked.window,
                previous=before,
            )
        self.changed.emit()
        self._draw()

    def _drop_what_is_gone(self, document: Document) -> None:
        """A filter by something that was deleted is no filter."""
        if self.choice.persona and self.choice.persona not in document:
            self.choice = replace(self.choice, persona=None)
        if self.choice.stage and self.choice.stage not in document:
            self.choice = replace(self.choice, stage=None)

    def _asked(self) -> Asked:
        from cxmapper.export.overlay import Asked

        return Asked(self.choice.persona, self.choice.metric, self.window)

    def _shown(self) -> Shown:
        from cxmapper.export.overlay import Shown

        return Shown(*(self.shows(name) for name in OVERLAYS))

    @property
    def window(self) -> Window | None:
        """The months that count: those up to the last month with answers. None where all do."""
        from cxmapper.scoring.pools import Window

        last = max(self.months, default="")
        if not last or self.choice.period not in _MONTHS:
            return None
        number = int(last[:4]) * 12 + int(last[5:7]) - _MONTHS[self.choice.period]
        return Window(f"{number // 12:04d}-{number % 12 + 1:02d}", last)

    @property
    def months(self) -> frozenset[str]:
        """The months that there are answers of."""
        document = self._session.document
        tallies = (document.get(id_, Tally) for id_ in document.index.of_kind("tally"))
        return frozenset(month for t in tallies if t is not None for month in t.counts if month)

    def _draw(self) -> None:
        measured: dict[str, Measured] = {}
        if self.card is not None:
            from cxmapper.export.overlay import measured_in

            measured = measured_in(self.card, self._shown())
        if measured != self.measured:
            self.measured = measured
            self.drawn_changed.emit()


def _matters(element: Element) -> bool:
    return isinstance(element, _MATTERS) or (isinstance(element, Card) and element.valence is not None)
