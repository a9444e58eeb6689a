"""The operations on a whole map given as plain values: its rows, roll-ups, waterfall and fidelity.

They go through the same functions as the scorecard of a document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxmapper.scoring.constants import Constants
from cxmapper.scoring.gaps import Source, emotion_points, reference_of
from cxmapper.scoring.nps import Counts, net_score, total
from cxmapper.scoring.rollups import Group, RollUp, Step, fidelity, roll_up, waterfall
from cxmapper.scoring.rows import NodeScore, Subject, ranked, read, score_rows

Given = Mapping[str, Any]
Result = dict[str, Any]

WHOLE = "*"
TO_BE = ("to-be", "future", "planned")


def counts_of(given: Given, name: str = "counts") -> Counts:
    """Three counts of a case. Raises ValueError where one is below 0, TypeError where they are not three."""
    counts = Counts(*given[name])
    if len(given[name]) != 3 or min(counts) < 0:
        raise ValueError("counts must be three numbers of 0 or more")
    return counts


def constants_of(given: Given) -> Constants:
    """The constants that a case gives, and else their defaults."""
    return Constants(
        n_min=given.get("n_min", 10),
        alpha=given.get("alpha", 0.05),
        confidence=given.get("conf", 0.95),
        importance_max=given.get("importance_max", 5),
        moment_factor=given.get("mot_factor", 1.5),
    )


def _targets(given: Given, stage: str | None, own: float | None) -> dict[Source, float | None]:
    return {
        "touchpoint": own,
        "stage": (given.get("stage_targets") or {}).get(stage),
        "map": given.get("map_target"),
        "project": given.get("project_target"),
    }


def _rows(given: Given, constants: Constants) -> tuple[NodeScore, ...]:
    subjects = [_subject(given, node, constants) for node in given["nodes"]]
    total = sum(subject.counts.n for subject in subjects)
    return score_rows([read(subject, constants) for subject in subjects], constants, {"nps": total})


def _subject(given: Given, node: Given, constants: Constants) -> Subject:
    scale, drawn = given.get("emotion_scale") or {"lo": -100, "hi": 100, "levels": None}, node.get("emotion")
    emotion = None if drawn is None else emotion_points(drawn, scale["lo"], scale["hi"], scale.get("levels"))
    reference = reference_of(
        _targets(given, node.get("stage"), node.get("target")),
        to_be=given.get("map_state") in TO_BE,
        emotion=emotion.points if emotion else None,
    )
    return Subject(
        id=node["id"],
        counts=counts_of(node),
        reference=reference,
        weight=constants.weight_of(node.get("importance"), node.get("mot", False)),
        emotion=emotion.points if emotion else None,
        tolerance=emotion.tolerance if emotion else constants.emotion_tolerance,
        stage=node.get("stage", ""),
        importance=node.get("importance"),
        moment_of_truth=node.get("mot", False),
    )


_ROW_FIELDS = (
    "id", "stage", "n", "score", "center", "lo", "hi", "precision", "reference", "target_gap", "shortfall",
    "weight", "importance_assumed", "gap_score", "gap_score_lo", "gap_score_hi", "p", "moves_needed",
    "emotion", "perception_gap", "p_adj", "tier", "share", "uplift",
)  # fmt: skip


def score_map(given: Given) -> Result:
    """Every node with its numbers, and their ranking."""
    rows = _rows(given, constants_of(given))
    return {
        "rows": [
            {
                **{name: getattr(row, name) for name in _ROW_FIELDS},
                "source": row.reference_source,
                "perception_label": row.perception,
            }
            for row in rows
        ],
        "ranking": [row.id for row in ranked(rows)],
    }


def rollup(given: Given) -> Result:
    """The roll-up of every stage, and of the whole (`*`)."""
    constants = constants_of(given)
    rows = _rows(given, constants)
    names = given.get("stages") or list(dict.fromkeys(row.stage for row in rows))
    stages = [_stage(given, name, [row for row in rows if row.stage == name]) for name in names]
    rolled = (*roll_up(stages, constants), *roll_up([_stage(given, WHOLE, rows)], constants))
    return {each.id: _rolled(each) for each in rolled}


def _stage(given: Given, name: str, rows: Sequence[NodeScore]) -> Group:
    reference = reference_of(_targets(given, name, None))
    return Group(name, name, "nps", total(row.counts or Counts() for row in rows), reference, rows)


def _rolled(rolled: RollUp) -> Result:
    return {
        "n": rolled.n,
        "pooled": rolled.score,
        "pooled_lo": rolled.lo,
        "pooled_hi": rolled.hi,
        "center": rolled.center,
        "reference": rolled.reference,
        "source": rolled.reference_source,
        "target_gap": rolled.target_gap,
        "p": rolled.p,
        "gap_score": rolled.gap_score,
        "coverage": rolled.coverage,
        "importance_weighted": rolled.weighted_score,
        "iw_center": rolled.weighted_center,
        "iw_se": rolled.weighted_error,
        "iw_lo": rolled.weighted_lo,
        "iw_hi": rolled.weighted_hi,
        "p_adj": rolled.p_adj,
        "tier": rolled.tier,
    }


def uplifts(given: Given) -> Result:
    """From the current pooled score to the potential one."""
    rows = _rows(given, constants_of(given))
    current = net_score(total(row.counts or Counts() for row in rows))
    found = waterfall(current, [Step(row.id, row.title, row.uplift or 0.0) for row in rows])
    steps = [{"id": step.id, "uplift": step.uplift} for step in found.steps]
    return {"current": found.current, "steps": steps, "potential": found.potential}


def map_fidelity(given: Given) -> Result:
    """How true the map is, 0…100."""
    return {"fidelity": fidelity(_rows(given, constants_of(given)))}
