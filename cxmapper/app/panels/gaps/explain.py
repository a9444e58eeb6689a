"""How a number was computed, with its counts, in plain sentences. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cxmapper.app.panels.gaps.columns import look_of, number, title_of
from cxmapper.app.panels.gaps.words import (
    SOURCES,
    between,
    chance,
    count,
    exact,
    metric_word,
    points,
)
from cxmapper.locale import Plural, tr

if TYPE_CHECKING:
    from cxmapper.app.panels.gaps.columns import Scored
    from cxmapper.scoring.rows import NodeScore


class Teller:
    """Tells how numbers came about; `n_min` answers are enough to rank, `level` is the confidence in %."""

    def __init__(self, n_min: int = 10, level: float = 95) -> None:
        self._n_min = n_min
        self._level = exact(level, 0)

    def tell(self, node: Scored, column: str) -> str:
        """How the number in this column came about; lines of plain text, the first a heading."""
        if node.hidden:
            return "\n".join((title_of(node), str(look_of(node).meaning)))
        if not node.n:
            return "\n".join((title_of(node), tr("Nobody has answered about this yet.")))
        parts = {
            "n": _counts,
            "score": self._score,
            "gap": _gap,
            "gap_score": self._gap_score,
            "uplift": _uplift,
        }[column]
        return "\n".join((title_of(node), *parts(node), *self._too_few(node)))

    def _score(self, node: Scored) -> Iterator[str]:
        yield from _counts(node)
        assert node.counts is not None
        yield tr(
            "{metric} = 100 × ({good} − {bad}) ÷ {n} = {score}",
            metric=metric_word(node.metric), good=count(node.counts.positive),
            bad=count(node.counts.negative), n=count(node.n or 0), score=points(node.score),
        )  # fmt: skip
        yield self._interval(between(node.lo, node.hi))
        yield tr("The interval covers chance in who answered, nothing else.")

    def _interval(self, ends: str) -> str:
        return tr("{level} % interval: {ends}", level=self._level, ends=ends)

    def _gap_score(self, node: Scored) -> Iterator[str]:
        weight = number(node, "weight")
        if node.gap_score is None:
            yield tr("Without a target there is no gap score.")
        elif weight is None:
            yield tr("The mean of its touchpoints’ points below target, by their weight: {score}",
                     score=exact(node.gap_score))  # fmt: skip
            yield tr("Those with too few answers or no target are left out; {share} % of the weight is in.",
                     share=exact(100 * (number(node, "coverage") or 0), 0))  # fmt: skip
        else:
            yield tr(
                "Points below target {shortfall} × weight {weight} = {score}",
                shortfall=exact(node.shortfall), weight=exact(weight, 2), score=exact(node.gap_score),
            )  # fmt: skip
            low, high = (exact(number(node, name)) for name in ("gap_score_lo", "gap_score_hi"))
            yield self._interval(tr("{a} to {b}", a=low, b=high))
            yield tr("The weight is the importance as a share of 5, and more for a moment of truth.")
            if number(node, "importance_assumed"):
                yield tr("No importance is set here, so one is assumed.")

    def _too_few(self, node: Scored) -> Iterator[str]:
        missing = self._n_min - (node.n or 0)
        if missing > 0:
            yield str(
                Plural(
                    "{n} more answer is needed before it is ranked.",
                    "{n} more answers are needed before it is ranked.",
                    missing,
                )
            )


def _counts(node: Scored) -> Iterator[str]:
    counts, n = node.counts, node.n or 0
    assert counts is not None
    yield str(Plural("{k} answer", "{k} answers", n, {"k": count(n)}))
    nps = (tr("promoters (9–10)"), tr("passives (7–8)"), tr("detractors (0–6)"))
    names = nps if node.metric == "nps" else (tr("positive"), tr("neutral"), tr("negative"))
    for name, value in zip(names, (counts.positive, counts.neutral, counts.negative), strict=True):
        yield tr("{n} {name} ({share} %)", n=count(value), name=name, share=exact(100 * value / n))


def _gap(node: Scored) -> Iterator[str]:
    if node.reference is None:
        yield tr("No target is set, so there is no gap. Current score: {score}.", score=points(node.score))
        return
    yield tr("Score {score} from {n} answers", score=points(node.score), n=count(node.n or 0))
    source = SOURCES.get(node.reference_source)
    yield tr("Target {target}, {source}", target=points(node.reference), source=str(source or ""))
    yield tr(
        "Gap = {score} − ({target}) = {gap} points",
        score=points(node.score), target=points(node.reference), gap=points(node.target_gap),
    )  # fmt: skip
    if node.p is not None:
        yield tr(
            "Chance of so large a difference if there were none: {p}; corrected for the number of "
            "comparisons: {adjusted}",
            p=chance(node.p), adjusted=chance(node.p_adj),
        )  # fmt: skip
    look = look_of(node)
    yield tr("Evidence: {word}. {meaning}", word=str(look.word), meaning=str(look.meaning))
    if node.moves_needed:
        yield str(
            Plural(
                "{n} answer one class better would reach the target.",
                "{n} answers one class better would reach the target.",
                node.moves_needed,
            )
        )


def _uplift(node: Scored) -> Iterator[str]:
    if number(node, "uplift") is None:
        yield tr("Without a target there is nothing to reach.")
        return
    yield tr(
        "{share} % of all answers × {shortfall} points below target = {uplift} points more for the whole",
        share=exact(100 * (number(node, "share") or 0)), shortfall=exact(node.shortfall),
        uplift=exact(number(node, "uplift")),
    )  # fmt: skip
    yield tr("Answers are not customers: a touchpoint that is asked about more often counts more.")


def felt_or_measured(node: NodeScore) -> str | None:
    """A sentence on what the map shows against what customers say, or None where neither is known."""
    if (
        node.hidden
        or node.score is None
        or node.emotion is None
        or node.perception in ("no_data", "no_emotion")
    ):
        return None
    ends = {
        "map_gloomier": tr("the map is gloomier than the customers."),
        "map_rosier": tr("the map is rosier than the customers."),
        "aligned": tr("map and customers agree."),
        "inconclusive": tr("too close to tell."),
        "insufficient": tr("too few answers to tell."),
    }
    return tr(
        "{title} is drawn at {felt} and measures {score} ({interval}): {so}",
        title=title_of(node), felt=points(node.emotion), score=points(node.score),
        interval=between(node.lo, node.hi), so=ends.get(node.perception, ""),
    )  # fmt: skip
