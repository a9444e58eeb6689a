"""Scorecards as plain values: objects for JSON, and one flat table of every number.

Names of fields are those of `NodeScore` and `RollUp`. What is hidden in a scorecard is empty here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cxmapper.scoring.rollups import RollUp, Waterfall
from cxmapper.scoring.rows import NodeScore
from cxmapper.scoring.scorecard import Scorecard

Cell = str | float | bool | None

_COLUMNS = (
    "level", "journey", "persona", "stage_title", "title", "id", "tier", "metric", "n", "negative", "neutral",
    "positive", "score", "lo", "hi", "precision", "target", "reference", "reference_source", "target_gap",
    "shortfall", "importance", "importance_assumed", "moment_of_truth", "weight", "weight_source",
    "gap_score", "gap_score_lo", "gap_score_hi", "p", "p_adj", "emotion", "perception_gap", "perception",
    "share", "uplift", "moves_needed", "quadrant", "opportunity", "coverage", "weighted_score",
    "weighted_lo", "weighted_hi", "hidden",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under headings; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_of(cards: Sequence[Scorecard]) -> Table:
    """Every touchpoint by rank, then the stages, personas and the journey as a whole, card by card."""
    return Table(_COLUMNS, tuple(row for card in cards for row in _rows(card)))


def _rows(card: Scorecard) -> Iterator[tuple[Cell, ...]]:
    for node in card.nodes:
        yield _row("touchpoint", card, node)
    for stage in card.stages:
        yield _row("stage", card, stage)
    if card.persona is None:
        for persona in card.personas:
            yield _row("persona", card, persona)
    yield _row("journey", card, card.journey)


def _row(level: str, card: Scorecard, scored: NodeScore | RollUp) -> tuple[Cell, ...]:
    values: dict[str, Any] = {
        "level": level,
        "journey": card.title,
        "persona": card.persona or "",
        **dict(zip(("negative", "neutral", "positive"), scored.counts or (None,) * 3, strict=True)),
    }
    return tuple(values[name] if name in values else getattr(scored, name, None) for name in _COLUMNS)


def as_json(cards: Sequence[Scorecard]) -> dict[str, Any]:
    """Scorecards of one question as one object: nodes by rank, stages, personas, heat map and journeys."""
    return {
        "metric": cards[0].metric if cards else None,
        "persona": cards[0].persona if cards else None,
        "window": cards[0].window._asdict() if cards and cards[0].window else None,
        "settings": cards[0].settings.as_dict() if cards else None,
        "nodes": [{"journey": card.id, **node.as_dict()} for card in cards for node in card.nodes],
        "stages": [{"journey": card.id, **stage.as_dict()} for card in cards for stage in card.stages],
        "personas": [{"journey": card.id, **each.as_dict()} for card in cards for each in card.personas],
        "heat": [cell for card in cards for cell in _heat(card)],
        "journeys": [_journey(card) for card in cards],
    }


def _heat(card: Scorecard) -> Iterator[Mapping[str, Any]]:
    for (persona, stage), cell in card.heat.items():
        yield {
            "journey": card.id,
            "persona": persona,
            "stage": stage,
            "n": cell.n,
            "score": cell.score,
            "gap_score": cell.gap_score,
            "tier": cell.tier,
            "hidden": cell.hidden,
        }


def _journey(card: Scorecard) -> dict[str, Any]:
    return {
        **card.journey.as_dict(),
        "fidelity": card.fidelity,
        "undated": card.undated,
        "relational": card.relational.as_dict() if card.relational else None,
        "waterfall": _waterfall(card.waterfall),
        "trend": [period.as_dict() for period in card.trend(card.id)],
    }


def _waterfall(fall: Waterfall) -> dict[str, Any]:
    return {
        "current": fall.current,
        "steps": [step._asdict() for step in fall.steps],
        "potential": fall.potential,
    }
