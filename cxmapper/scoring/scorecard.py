"""The scorecard of a journey: every touchpoint scored and ranked, and what they add up to.

`score` is a pure function of the document. Handing it the scorecard from before an edit makes it
compute again only where tallies or targets changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Persona
from cxmapper.scoring.constants import Constants
from cxmapper.scoring.hiding import hidden_of, hide_node, hide_roll_up
from cxmapper.scoring.metrics import BEST
from cxmapper.scoring.pools import EMPTY, NOBODY, Pool, Window, whose
from cxmapper.scoring.rollups import (
    Comparison,
    RollUp,
    Step,
    Waterfall,
    adjusted,
    comparisons,
    fidelity,
    roll_up,
    waterfall,
)
from cxmapper.scoring.rows import NodeScore, Reading, ranked, read, score_rows
from cxmapper.scoring.subjects import Grounds, Question, grounds, journey_group, stage_groups, subjects
from cxmapper.scoring.surveys import SurveyScore, survey_scores
from cxmapper.scoring.trends import Period, Steps, trend_of


@dataclass(frozen=True, eq=False)
class Scorecard:
    """What the answers say of one journey, for one persona or all, one metric, and one window.

    `nodes` are ranked, the first is where to act first; `stages` are in the order of the map.
    `journey` pools all answers about touchpoints (where there are none, those about the whole
    relationship, which `relational` has apart). `undated` are answers left out because their month is
    not known. `personas` and `heat` are worked out when first asked for.
    """

    id: str
    title: str
    persona: str | None
    metric: str
    window: Window | None
    settings: Constants
    nodes: tuple[NodeScore, ...]
    stages: tuple[RollUp, ...]
    journey: RollUp
    relational: RollUp | None
    waterfall: Waterfall
    fidelity: float | None
    undated: int
    grounds: Grounds = field(repr=False)
    readings: Mapping[str, Reading] = field(repr=False)

    @cached_property
    def by_id(self) -> Mapping[str, NodeScore | RollUp]:
        """The scores by the id of touchpoint, stage or journey; of a stage without touchpoints, its row."""
        found: dict[str, NodeScore | RollUp] = {self.id: self.journey}
        found.update((stage.id, stage) for stage in self.stages)
        found.update((node.id, node) for node in self.nodes)
        return MappingProxyType(found)

    @cached_property
    def of_personas(self) -> Mapping[str, Scorecard]:
        """A scorecard for each persona who has answers here, by id; NOBODY for those without one."""
        if self.persona is not None:
            return MappingProxyType({self.persona: self})
        document, pools = self.grounds.document, self.grounds.pools
        there = {whose(document, r.tally) for r in (*pools.whole.reads, *pools.relational.reads)}
        people = [p.id for p in document.children(None, Persona) if p.id in there]
        people += [NOBODY] if NOBODY in there else []
        return MappingProxyType(
            {
                id_: score(
                    document, self.id, persona=id_, metric=self.metric, window=self.window, previous=self
                )
                for id_ in people
            }
        )

    @cached_property
    def personas(self) -> tuple[RollUp, ...]:
        """The roll-up of each persona's answers, under the persona's id; p values adjusted together."""
        document, cards = self.grounds.document, self.of_personas
        named = [
            replace(card.journey, id=id_, title=person.name if (person := document.get(id_, Persona)) else "")
            for id_, card in cards.items()
        ]
        return adjusted(named, self.settings)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """How the personas' scores differ, two by two, the surest difference first."""
        return comparisons(self.personas, self.settings)

    @cached_property
    def heat(self) -> Mapping[tuple[str, str], RollUp]:
        """The roll-ups of stages by (persona, stage)."""
        cells = {(p, stage.id): stage for p, card in self.of_personas.items() for stage in card.stages}
        return MappingProxyType(cells)

    @cached_property
    def surveys(self) -> tuple[SurveyScore, ...]:
        """Key drivers and weighted scores of the document's surveys, each as a whole."""
        return survey_scores(self.grounds.document, self.settings)

    def trend(self, id_: str, by: Steps = "month") -> tuple[Period, ...]:
        """The score of a touchpoint, stage or the journey over time; KeyError where there is none such.

        Empty where no month is known, and for a group that is hidden.
        """
        shown = self.by_id[id_]
        if shown.hidden:
            return ()
        return trend_of(self._pool(id_).of_metric(shown.metric), by, self.window, self.settings)

    def distribution(self, id_: str) -> tuple[tuple[str, int], ...]:
        """How many gave each answer, in the order of the scale; empty for a group that is hidden."""
        shown = self.by_id[id_]
        found: dict[str, int] = {}
        for one in () if shown.hidden else self._pool(id_).of_metric(shown.metric).reads:
            for answer, n in zip(one.survey.scale, one.answers(self.window), strict=False):
                found[answer] = found.get(answer, 0) + n
        return tuple(found.items())

    def _pool(self, id_: str) -> Pool:
        pools = self.grounds.pools
        if id_ == self.id:
            return pools.whole or pools.relational
        stages = {stage.id for stage in self.stages}
        return (pools.stages if id_ in stages else pools.nodes).get(id_, EMPTY)


def score(
    document: Document,
    journey: str,
    *,
    persona: str | None = None,
    metric: str = BEST,
    window: Window | None = None,
    previous: Scorecard | None = None,
) -> Scorecard:
    """The scorecard of a journey. Raises KeyError where there is no such journey.

    `persona` is an id, NOBODY for answers of nobody known, or None for all. `metric` is "nps",
    "csat", "ces", or "best": each touchpoint by the first of them that it has answers of. `window`
    None takes all answers. `previous` is a scorecard of the same document before an edit, or of
    another question; it makes this faster and changes nothing.
    """
    question = Question(journey, persona, metric, window)
    on = grounds(document, question, previous.grounds.pools.reads if previous else None)
    readings = _readings(on, previous)
    totals = {name: counts.n for name, counts in on.pools.whole.by_metric().items()}
    rows = score_rows([*readings.values()], on.constants, totals)
    stages = roll_up(stage_groups(on, rows), on.constants)
    (whole,) = roll_up([journey_group(on, on.pools.whole or on.pools.relational, rows)], on.constants)
    hidden = hidden_of(on, rows, stages, whole)
    shown = [hide_node(row) if row.id in hidden.nodes else row for row in rows]
    return Scorecard(
        id=journey,
        title=on.journey.title,
        persona=persona,
        metric=metric,
        window=window,
        settings=on.constants,
        nodes=ranked(shown),
        stages=tuple(hide_roll_up(each) if each.id in hidden.stages else each for each in stages),
        journey=hide_roll_up(whole) if hidden.whole else whole,
        relational=_relational(on),
        waterfall=waterfall(None, ()) if hidden.whole else _waterfall(on, shown, whole),
        fidelity=None if hidden.whole else fidelity(shown),
        undated=_undated(on),
        grounds=on,
        readings=readings,
    )


def score_all(
    document: Document, *, persona: str | None = None, metric: str = BEST, window: Window | None = None
) -> tuple[Scorecard, ...]:
    """The scorecards of all journeys of a document, in their order."""
    cards: list[Scorecard] = []
    for journey in document.children(None, Journey):
        before = cards[-1] if cards else None
        card = score(document, journey.id, persona=persona, metric=metric, window=window, previous=before)
        cards.append(card)
    return tuple(cards)


def _readings(on: Grounds, previous: Scorecard | None) -> Mapping[str, Reading]:
    """What each column's own numbers give; taken over from `previous` where those are the same."""
    usable = previous is not None and previous.settings == on.constants
    before = previous.readings if previous is not None and usable else {}
    found: dict[str, Reading] = {}
    for subject in subjects(on):
        old = before.get(subject.id)
        same = old is not None and old.subject == subject
        found[subject.id] = old if old is not None and same else read(subject, on.constants)
    return found


def _relational(on: Grounds) -> RollUp | None:
    """The answers about the whole relationship, or None without any."""
    if not on.pools.relational:
        return None
    (rolled,) = roll_up([journey_group(on, on.pools.relational, ())], on.constants)
    return hide_roll_up(rolled) if 0 < (rolled.n or 0) < on.constants.anonymity else rolled


def _waterfall(on: Grounds, rows: Sequence[NodeScore], whole: RollUp) -> Waterfall:
    """What each touchpoint would add; an answer that names several is divided among them here."""
    if not whole.n:
        return waterfall(None, ())
    steps = [
        Step(row.id, row.title, on.pools.divided(row.id, row.metric) / whole.n * row.shortfall)
        for row in rows
        if row.shortfall is not None and row.metric == whole.metric
    ]
    return waterfall(whole.score, steps)


def _undated(on: Grounds) -> int:
    """How many answers a window leaves out because their month is not known."""
    if on.question.window is None:
        return 0
    return sum(sum(r.tally.counts.get("", ())) for r in (*on.pools.whole.reads, *on.pools.relational.reads))
