"""Tallies gathered into pools: the answers of a touchpoint, of a stage, and of a whole journey.

A pool is the sum over the tallies whose nodes meet it, so an answer that names two touchpoints of
a stage counts for each of them, and once for the stage. Metrics stay apart, and so do answers
about the whole relationship, which count for personas and journeys only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cxmapper.model.document import Document
from cxmapper.model.elements import Persona, Survey, Tally
from cxmapper.scoring.metrics import BEST, Metric, family_of, metric_of, preferred, signs_of
from cxmapper.scoring.nps import Counts, total

NOBODY = ""
"""Stands for the persona of answers whose persona is not known."""


class Window(NamedTuple):
    """The months whose answers count, both included, as 2026-03; "" is an open end."""

    first: str = ""
    last: str = ""

    def holds(self, month: str) -> bool:
        """Whether a month lies within; answers without a month lie in no window."""
        return (
            bool(month) and (not self.first or month >= self.first) and (not self.last or month <= self.last)
        )


class Read(NamedTuple):
    """A tally with its survey, as read for one window: how its answers count, and how many there are."""

    tally: Tally
    survey: Survey
    window: Window | None
    metric: Metric | None
    signs: tuple[int | None, ...]
    counts: Counts

    @property
    def relational(self) -> bool:
        """Whether its answers are about the whole relationship."""
        return self.survey.sort == "relational"

    def answers(self, window: Window | None) -> tuple[int, ...]:
        """How many gave each answer of the scale within a window (None: at any time, or at none known)."""
        months = self.tally.counts
        rows = months.values() if window is None else [r for m, r in months.items() if window.holds(m)]
        return tuple(map(sum, zip(*rows, strict=False)))

    def counts_in(self, window: Window | None) -> Counts:
        """The answers within a window as counts."""
        return counted(self.signs, self.answers(window))


def counted(signs: Sequence[int | None], answers: Sequence[int]) -> Counts:
    """Answers along a scale as counts.

    >>> counted((-1, 0, 1, 1), (4, 3, 2, 1))
    Counts(negative=4, neutral=3, positive=3)
    """
    sums = [0, 0, 0]
    for sign, n in zip(signs, answers, strict=False):
        if sign is not None:
            sums[sign + 1] += n
    return Counts(*sums)


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Some tallies, each once."""

    reads: tuple[Read, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reads)

    def by_metric(self) -> dict[str, Counts]:
        """The sum of the answers of each metric."""
        groups: dict[str, list[Counts]] = {}
        for read in self.reads:
            if read.metric is not None:
                groups.setdefault(read.metric.name, []).append(read.counts)
        return {name: total(group) for name, group in groups.items()}

    def chosen(self, family: str) -> tuple[str, Counts]:
        """The metric to show for a family (or BEST), and its counts: the first with answers."""
        sums = self.by_metric()
        for name in preferred(family):
            if name in sums and sums[name].n:
                return name, sums[name]
        return (family_of(family) if family == BEST else family), Counts()

    def of_metric(self, metric: str) -> Pool:
        """The tallies of one metric."""
        return Pool(tuple(r for r in self.reads if r.metric is not None and r.metric.name == metric))

    def of_personas(self, document: Document) -> dict[str, Pool]:
        """The tallies of each persona."""
        groups: dict[str, list[Read]] = {}
        for read in self.reads:
            groups.setdefault(whose(document, read.tally), []).append(read)
        return _pools(groups)

    def counts_in(self, window: Window | None) -> Counts:
        """The answers within another window than the one the tallies were read for."""
        return total(read.counts_in(window) for read in self.reads)

    def months(self) -> tuple[str, ...]:
        """The months in which there are answers, in order."""
        found = {month for r in self.reads for month, row in r.tally.counts.items() if month and any(row)}
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True, eq=False)
class Pools:
    """The pools of one journey. `reads` are all tallies of the document, by id, for the next time."""

    nodes: Mapping[str, Pool]
    stages: Mapping[str, Pool]
    whole: Pool
    relational: Pool
    named: Mapping[str, Mapping[tuple[str, int], float]]  # node; metric, how many nodes are named: answers
    reads: Mapping[str, Read] = field(repr=False)

    def divided(self, id_: str, metric: str) -> float:
        """How many answers a touchpoint has where each is divided among all that it names."""
        parts = sorted((among, n) for (name, among), n in self.named.get(id_, {}).items() if name == metric)
        return sum(n / among for among, n in parts)


EMPTY = Pool()


def gather(
    document: Document,
    journey: str,
    stage_of: Mapping[str, str],
    *,
    persona: str | None = None,
    window: Window | None = None,
    before: Mapping[str, Read] | None = None,
) -> Pools:
    """The pools of `journey`, whose touchpoints and stages `stage_of` maps to their stage.

    Tallies that `before` holds unchanged are not read again.
    """
    reads = read_tallies(document, window, before or {})
    nodes: dict[str, list[Read]] = {}
    stages: dict[str, list[Read]] = {}
    divided: dict[str, dict[tuple[str, int], float]] = {}
    whole: list[Read] = []
    relational: list[Read] = []
    for read in reads.values():
        if persona is not None and whose(document, read.tally) != persona:
            continue
        named = [id_ for id_ in read.tally.nodes if id_ in stage_of]
        if not named and journey not in read.tally.nodes:
            continue
        if read.relational:
            relational.append(read)
            continue
        whole.append(read)
        for stage in {stage_of[id_] for id_ in named}:
            stages.setdefault(stage, []).append(read)
        for id_ in named:
            nodes.setdefault(id_, []).append(read)
            if read.metric is not None:
                kind, among = (read.metric.name, len(named)), divided.setdefault(id_, {})
                among[kind] = among.get(kind, 0) + read.counts.n
    return Pools(_pools(nodes), _pools(stages), Pool(tuple(whole)), Pool(tuple(relational)), divided, reads)


def _pools(groups: Mapping[str, Iterable[Read]]) -> dict[str, Pool]:
    return {id_: Pool(tuple(group)) for id_, group in groups.items()}


def whose(document: Document, tally: Tally) -> str:
    """The persona whose answers a tally counts, or NOBODY."""
    persona = document.get(tally.persona, Persona)
    return NOBODY if persona is None else persona.id


def read_tallies(document: Document, window: Window | None, before: Mapping[str, Read]) -> dict[str, Read]:
    """All tallies of a document, in the order of their ids; what `before` holds unchanged is taken over."""
    metrics: dict[str, tuple[Metric | None, tuple[int | None, ...]]] = {}
    reads: dict[str, Read] = {}
    for id_ in sorted(document.index.of_kind("tally")):
        tally = document.get(id_, Tally)
        survey = document.get(tally.survey, Survey) if tally is not None else None
        if tally is None or survey is None:
            continue
        old = before.get(id_)
        if old is not None and old.tally is tally and old.survey is survey and old.window == window:
            reads[id_] = old
            continue
        if survey.id not in metrics:
            metric = metric_of(survey.metric, survey.scale)
            metrics[survey.id] = metric, () if metric is None else signs_of(metric, survey.scale)
        metric, signs = metrics[survey.id]
        raw = Read(tally, survey, window, metric, signs, Counts())
        reads[id_] = raw._replace(counts=raw.counts_in(window))
    return reads


def last_months(document: Document, n: int) -> Window | None:
    """The last `n` months up to the newest answer of a document; None where no month is known, or n is 0.

    Not up to today: the same map gives the same scores on every day.
    """
    tallies = (document.get(id_, Tally) for id_ in document.index.of_kind("tally"))
    months = [m for t in tallies if t is not None for m, row in t.counts.items() if m and any(row)]
    if not months or n <= 0:
        return None
    newest = max(months)
    return Window(shifted(newest, 1 - n), newest)


def shifted(month: str, by: int) -> str:
    """The month so many months later.

    >>> shifted("2026-01", -1), shifted("2025-11", 3)
    ('2025-12', '2026-02')
    """
    year, number = divmod(int(month[:4]) * 12 + int(month[5:]) - 1 + by, 12)
    return f"{year:04d}-{number + 1:02d}"
