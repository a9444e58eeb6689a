"""What a document says of each touchpoint and group before anything is computed: counts, targets, weights.

Turns the elements of a journey into the plain numbers that `rows` and `rollups` work on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cxmapper.model.columns import columns, stages, touchpoints
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Stage, Targets, Touchpoint
from cxmapper.scoring.constants import Constants
from cxmapper.scoring.drawn import drawn_emotions
from cxmapper.scoring.gaps import SOURCES, Reference, Source, Weight, reference_of
from cxmapper.scoring.metrics import BEST, family_of, target_of, target_points
from cxmapper.scoring.nps import Counts
from cxmapper.scoring.pools import EMPTY, Pool, Pools, Read, Window, gather
from cxmapper.scoring.rollups import Group
from cxmapper.scoring.rows import NodeScore, Subject
from cxmapper.scoring.surveys import derived_importance

_TO_BE = ("future", "planned")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which persona (NOBODY; None: of all), which metric or BEST, which months."""

    journey: str
    persona: str | None = None
    metric: str = BEST
    window: Window | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """What the scores of one question rest on."""

    document: Document
    question: Question
    constants: Constants
    journey: Journey
    stages: tuple[Stage, ...]
    stage_of: Mapping[str, str]
    pools: Pools
    emotions: Mapping[str, float]
    derived: Mapping[str, float]  # importance by touchpoint, where answers tell it and settings want it


def grounds(document: Document, question: Question, before: Mapping[str, Read] | None = None) -> Grounds:
    """What the scores of a question rest on; tallies that `before` has unchanged are not read again.

    Raises KeyError where there is no such journey.
    """
    journey = document.need(question.journey, Journey)
    stage_of = {id_: id_ for id_ in stages(document, journey.id)}
    for id_ in touchpoints(document, journey.id):
        stage_of[id_] = document.need(id_, Touchpoint).place.parent or ""
    pools = gather(
        document, journey.id, stage_of, persona=question.persona, window=question.window, before=before
    )
    constants = Constants.of(document.settings)
    return Grounds(
        document=document,
        question=question,
        constants=constants,
        journey=journey,
        stages=tuple(document.need(id_, Stage) for id_ in stages(document, journey.id)),
        stage_of=stage_of,
        pools=pools,
        emotions=drawn_emotions(document, journey.id, question.persona or None),
        derived=derived_importance(document, stage_of, constants) if constants.derived else {},
    )


def subjects(on: Grounds) -> tuple[Subject, ...]:
    """The columns of the journey to be scored, in their order: touchpoints, and stages without any."""
    return tuple(_subject(on, id_) for id_ in columns(on.document, on.journey.id))


def _subject(on: Grounds, id_: str) -> Subject:
    stage = on.document.need(on.stage_of[id_], Stage)
    touchpoint = on.document.get(id_, Touchpoint)
    metric, counts = on.pools.nodes.get(id_, EMPTY).chosen(on.question.metric)
    emotion = on.emotions.get(id_)
    reference, target = _reference(
        on, metric, counts, {"touchpoint": touchpoint, "stage": stage, "map": on.journey}, emotion
    )
    importance = touchpoint.importance if touchpoint else None
    moment = touchpoint.moment_of_truth if touchpoint else False
    derived = on.derived.get(id_)
    weight = on.constants.weight_of(importance, moment) if derived is None else Weight(derived, False)
    return Subject(
        id=id_,
        counts=counts,
        reference=reference,
        weight=weight,
        derived=derived is not None,
        emotion=emotion,
        tolerance=on.constants.emotion_tolerance,
        stage=stage.id,
        title=(touchpoint or stage).title,
        stage_title=stage.title,
        metric=metric,
        target=target,
        importance=importance,
        moment_of_truth=moment,
    )


def _reference(
    on: Grounds,
    metric: str,
    counts: Counts,
    holders: Mapping[Source, Targets | None],
    emotion: float | None = None,
) -> tuple[Reference, float | None]:
    """What a score is held against, in points, and the target as it was set."""
    family = family_of(metric)
    set_: dict[Source, float | None] = {s: target_of(family, held) for s, held in holders.items()}
    if family == "nps":
        set_["project"] = on.document.settings.target_nps
    in_points = {source: target_points(family, target, counts) for source, target in set_.items()}
    reference = reference_of(in_points, to_be=on.journey.state in _TO_BE, emotion=emotion)
    return reference, set_.get(reference.source) if reference.source in SOURCES else None


def stage_groups(on: Grounds, rows: Sequence[NodeScore]) -> tuple[Group, ...]:
    """The stages with their rows, to be rolled up."""
    inside: dict[str, list[NodeScore]] = {stage.id: [] for stage in on.stages}
    for row in rows:
        inside[row.stage].append(row)
    return tuple(
        _group(on, stage.id, stage.title, on.pools.stages.get(stage.id, EMPTY), inside[stage.id], stage)
        for stage in on.stages
    )


def journey_group(on: Grounds, pool: Pool, rows: Sequence[NodeScore]) -> Group:
    """The journey as a whole, to be rolled up."""
    return _group(on, on.journey.id, on.journey.title, pool, rows, None)


def _group(
    on: Grounds, id_: str, title: str, pool: Pool, rows: Sequence[NodeScore], stage: Stage | None
) -> Group:
    metric, counts = pool.chosen(on.question.metric)
    reference, target = _reference(on, metric, counts, {"stage": stage, "map": on.journey})
    return Group(id_, title, metric, counts, reference, rows, target)
