"""The panel of gaps of one window: headline, table, importance × gap, felt or measured.

It shows what the keeper of the scores has, and turns what a person does here into a selection, a
choice of answers, or one edit of a target.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from cxmapper.app.naming import name_of, shortened
from cxmapper.app.panels.gaps.columns import title_of
from cxmapper.app.panels.gaps.empty import Lesson
from cxmapper.app.panels.gaps.explain import Teller
from cxmapper.app.panels.gaps.felt import FeltOrMeasured
from cxmapper.app.panels.gaps.filters import FilterButton
from cxmapper.app.panels.gaps.headline import Headline
from cxmapper.app.panels.gaps.popover import Popover
from cxmapper.app.panels.gaps.quadrant import Quadrant
from cxmapper.app.panels.gaps.table import GapTable
from cxmapper.app.panels.gaps.target_editor import family_of
from cxmapper.app.panels.gaps.words import count, points
from cxmapper.app.panels.section import MARGIN, caption, flat_button
from cxmapper.app.scores import ScoreKeeper
from cxmapper.app.session import Session
from cxmapper.edit import operations
from cxmapper.layout.theme import stage_colour
from cxmapper.locale import Plural, msg, tr
from cxmapper.model.elements import Card, Journey, Stage, Targets

if TYPE_CHECKING:
    from cxmapper.app.panels.gaps.columns import Scored
    from cxmapper.scoring.rows import NodeScore
    from cxmapper.scoring.scorecard import Scorecard

_BELOW = ("confirmed_gap", "possible_gap")
_MOST_NAMED = 3


class GapsPanel(QWidget):
    """The panel. Other parts of the window listen to what it asks for."""

    reveal_asked = Signal(str)
    """The map is to be scrolled so that this element stands in its middle."""
    import_asked = Signal()
    charts_asked = Signal()
    save_asked = Signal()

    def __init__(self, session: Session, keeper: ScoreKeeper) -> None:
        super().__init__()
        self.setObjectName("gaps")
        self._session = session
        self._keeper = keeper
        self._stale = True
        self._make_parts()
        self._lay_out()
        self._connect()

    def _make_parts(self) -> None:
        self.headline = Headline()
        self.filter = FilterButton(self._session, self._keeper)
        self.charts = flat_button("gaps.charts", tr("Charts of these scores"))
        self.charts.setText(tr("Charts…"))
        self.save = flat_button("gaps.save", tr("Save this table with all its numbers"))
        self.save.setText(tr("Save…"))
        self.table = GapTable()
        self.quadrant = Quadrant()
        self.felt = FeltOrMeasured()
        self.note = QLabel()
        self.note.setObjectName("gaps.note")
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setWordWrap(True)
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.no_survey = Lesson(
            "no-survey",
            tr("No survey yet"),
            tr(
                "Import what customers answered, and this panel ranks the touchpoints where they find less "
                "than they should, with how sure that is. CSV, Excel and OpenDocument files of all common "
                "survey tools can be read. Only counts are kept in the map, never who answered."
            ),
            tr("Import survey…"),
        )
        self.no_answers = Lesson("no-answers", tr("No answers here"), "", tr("Show all answers"))
        self.no_target = Lesson("no-target", tr("No target yet"), "", tr("Set a target"))

    def _lay_out(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN - 3, 10, MARGIN - 3, MARGIN)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.filter, 1)
        row.addWidget(self.charts)
        row.addWidget(self.save)
        self._of_gaps = caption(tr("Importance × gap"))
        self._of_feelings = caption(tr("Felt or measured?"))
        column.addWidget(self.headline)
        column.addLayout(row)
        parts: tuple[QWidget, ...] = (
            self.no_answers, self.no_target, self.table, self.note, self._of_gaps, self.quadrant,
            self._of_feelings, self.felt,
        )  # fmt: skip
        for part in parts:
            column.addWidget(part)
            if part in (self.note, self.quadrant):
                column.addSpacing(6)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        empty = QWidget()
        alone = QVBoxLayout(empty)
        alone.setContentsMargins(MARGIN, 0, MARGIN, 0)
        alone.addWidget(self.no_survey)
        alone.addStretch(1)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(empty)
        self._pages.addWidget(scroll)

    def _connect(self) -> None:
        session = self._session
        self._keeper.changed.connect(self._later)
        session.theme_changed.connect(self._use_theme)
        session.selection_changed.connect(self._follow_selection)
        self.table.chosen.connect(self._choose)
        self.table.explain_asked.connect(self._explain)
        self.table.source.target_typed.connect(self._set_target)
        self.headline.target_typed.connect(lambda value: self._set_target(session.journey or "", value))
        self.headline.explain_asked.connect(self._explain_whole)
        for part in (self.headline.gap_chosen, self.quadrant.chosen, self.felt.chosen):
            part.connect(lambda id_: self._choose(frozenset((id_,))))
        self.no_survey.asked.connect(self.import_asked)
        self.no_answers.asked.connect(
            lambda: self._keeper.choose(persona=None, stage=None, metric="best", period="all")
        )
        self.no_target.asked.connect(self.headline.target.begin)
        self.charts.clicked.connect(self.charts_asked)
        self.save.clicked.connect(self.save_asked)
        self._use_theme()

    def sizeHint(self) -> QSize:
        """Wide enough for the table."""
        return QSize(330, 480)

    # what it shows

    def _later(self) -> None:
        """While the panel is not seen it need not keep up."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: object) -> None:
        """Catch up with what happened meanwhile."""
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Show the scores as they are now."""
        self._stale = False
        card = self._keeper.card
        self._pages.setCurrentIndex(0 if card is None else 1)
        if card is None:
            return
        self.filter.refresh()
        rows = self._rows(card)
        answered = any(row.n or row.hidden for row in (*rows, card.journey))
        aimed = any(row.reference is not None for row in (*rows, card.journey))
        below = [node for node in card.nodes if node.tier in _BELOW]
        own = self._own_target(card)
        self.headline.show_scores(card.journey, below[0] if below else None, own, _level(card))
        self._teach(card, answered, aimed)
        self.table.setVisible(bool(rows) and answered)
        self.table.show_rows(rows, self._colours(card), self._keeper.choice.level != "personas")
        nodes = self._nodes(card)
        gaps = [node for node in nodes if node.target_gap is not None and not node.hidden]
        assumed = card.settings.assumed_importance * card.settings.importance_max
        self.quadrant.show_nodes(gaps, self._colours(card), self._cross(card), assumed)
        self.felt.show_nodes(nodes, card.fidelity)
        self._of_gaps.setVisible(bool(gaps))
        self.quadrant.setVisible(bool(gaps))
        self._of_feelings.setVisible(bool(self.felt.sentences))
        self.felt.setVisible(bool(self.felt.sentences))
        self._follow_selection()

    def _rows(self, card: Scorecard) -> Sequence[Scored]:
        level, stage = self._keeper.choice.level, self._keeper.choice.stage
        if level == "personas":
            return card.personas
        if level == "stages":
            return [s for s in card.stages if stage is None or s.id == stage]
        return self._nodes(card)

    def _nodes(self, card: Scorecard) -> Sequence[NodeScore]:
        stage = self._keeper.choice.stage
        return [n for n in card.nodes if stage is None or n.stage == stage]

    def _colours(self, card: Scorecard) -> dict[str, str]:
        return {stage.id: stage_colour(number) for number, stage in enumerate(card.stages)}

    def _cross(self, card: Scorecard) -> float:
        """From where importance is high, by the settings."""
        cross = card.settings.importance_cross
        known = [n.importance for n in card.nodes if n.importance is not None]
        return cross if cross is not None else sum(known) / len(known) if known else 3.0

    def _own_target(self, card: Scorecard) -> float | None:
        journey = self._session.document.get(card.id, Journey)
        target: float | None = getattr(journey, f"target_{family_of(card.journey.metric)}", None)
        return target

    def _teach(self, card: Scorecard, answered: bool, aimed: bool) -> None:
        self.no_answers.setVisible(not answered)
        self.no_answers.say(
            tr("The surveys of this file have no answers for this map and this choice. Answers whose names "
               "match nothing on the map wait until they are assigned: import the survey again to do so.")
        )  # fmt: skip
        self.no_target.setVisible(answered and not aimed)
        self.no_target.say(
            tr("Without a target there is no gap. The score of this map now is {score}; say what it should "
               "be, for the map, a stage or a touchpoint.", score=points(card.journey.score))
        )  # fmt: skip
        notes = [*self._too_few(card), *self._left_out(card)]
        self.note.setText("\n".join(notes))
        self.note.setVisible(bool(notes))

    def _too_few(self, card: Scorecard) -> Sequence[str]:
        few = [n for n in self._nodes(card) if n.tier == "insufficient" and not n.hidden]
        named = [
            tr("{title} ({n} more)", title=shortened(title_of(n)), n=n.more_needed) for n in few[:_MOST_NAMED]
        ]
        if len(few) > _MOST_NAMED:
            named.append("…")
        return [tr("Too few answers to rank: {names}.", names=tr(", ").join(named))] if named else []

    def _left_out(self, card: Scorecard) -> Sequence[str]:
        notes = []
        if card.undated:
            undated = Plural(
                "{k} answer without a date is left out.",
                "{k} answers without a date are left out.",
                card.undated,
                {"k": count(card.undated)},
            )
            notes.append(str(undated))
        if any(n.hidden for n in card.nodes) or any(s.hidden for s in card.stages):
            notes.append(
                tr("Groups of fewer than {n} answers are hidden, so that nobody is recognised.",
                   n=card.settings.anonymity)
            )  # fmt: skip
        return notes

    def _use_theme(self) -> None:
        theme = self._session.theme
        self.table.use_theme(theme)
        self.quadrant.use_theme(theme)
        self.headline.use_theme(theme)

    # selection

    def _follow_selection(self) -> None:
        """Rows of what is selected on the map: of a card, that of its column."""
        document = self._session.document
        ids = set(self._session.selection)
        cards = (document.get(id_, Card) for id_ in tuple(ids))
        ids |= {card.place.column for card in cards if card is not None}
        self.table.select(frozenset(row.id for row in self.table.source.rows if row.id in ids))
        self.quadrant.select(frozenset(ids))

    def _choose(self, ids: frozenset[str]) -> None:
        known = [id_ for id_ in ids if id_ in self._session.document]
        self._session.select(known)
        if len(known) == 1:
            self.reveal_asked.emit(known[0])

    # explaining, and setting targets

    def _teller(self, card: Scorecard) -> Teller:
        return Teller(card.settings.n_min, card.settings.confidence * 100)

    def _explain(self, id_: str, column: str, point: QPoint) -> None:
        card = self._keeper.card
        row = next((row for row in self.table.source.rows if row.id == id_), None)
        if card is not None and row is not None:
            Popover(self, self._teller(card).tell(row, column)).open_at(point)

    def _explain_whole(self) -> None:
        card = self._keeper.card
        if card is not None:
            tile = self.headline.score
            text = self._teller(card).tell(card.journey, "score")
            Popover(self, text).open_at(tile.mapToGlobal(tile.rect().bottomLeft()))

    def _set_target(self, id_: str, value: float | None) -> None:
        """Give an element a target, as one undo step; None takes it away."""
        card, element = self._keeper.card, self._session.document.elements.get(id_)
        if card is None or not isinstance(element, Targets):
            return
        metric = card.by_id[id_].metric if id_ in card.by_id else card.journey.metric
        field = f"target_{family_of(metric)}"
        change = operations.set_fields(self._session.document, [id_], **{field: value})
        title = shortened(name_of(element)) if isinstance(element, Stage | Journey) else name_of(element)
        label = msg("Set target of {title}", title=title) if value is not None else msg(
            "Clear target of {title}", title=title)  # fmt: skip
        self._session.do(label, change)
        self._keeper.compute()


def _level(card: Scorecard) -> str:
    return f"{card.settings.confidence * 100:g}"
