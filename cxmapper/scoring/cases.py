"""The statistics by name, on plain JSON values: for tests, and for other programs that want a number.

`run_cases` takes a list of {id, op, input}; names of operations and fields are those of the worked
cases that the scoring is tested with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from cxmapper.errors import UserError
from cxmapper.locale import msg
from cxmapper.scoring import gaps, nps, priorities
from cxmapper.scoring.map_cases import (
    TO_BE,
    Given,
    Result,
    counts_of,
    map_fidelity,
    rollup,
    score_map,
    uplifts,
)
from cxmapper.scoring.metrics import METRICS, metric_of
from cxmapper.scoring.satisfaction import CES, CSAT, share_of, sign_of

Operation = Callable[[Given], Result]


def run_cases(cases: Sequence[Given], more: Mapping[str, Operation] | None = None) -> dict[str, Result]:
    """The results of cases by their ids. A case may take its input from another (`from_case`).

    What can't be computed gives {"error": why}. `more` are operations by name, which go
    before those here.
    """
    inputs = {case["id"]: case["input"] for case in cases}
    results: dict[str, Result] = {}
    for case in cases:
        given = dict(case["input"])
        source = given.get("from_case")
        if source in inputs:
            given = {**inputs[source], **given}
        try:
            results[case["id"]] = run_case(case["op"], given, more)
        except UserError as problem:
            results[case["id"]] = {"error": str(problem)}
    return results


def run_case(op: str, given: Given, more: Mapping[str, Operation] | None = None) -> Result:
    """The result of one operation. Raises UserError where there is none such, or its input does not fit."""
    operation = (more or {}).get(op) or OPERATIONS.get(op)
    if operation is None:
        raise UserError(msg("there is no operation “{op}”; see --help", op=op))
    try:
        return operation(given)
    except KeyError as missing:
        raise UserError(msg("the input of “{op}” lacks {field}", op=op, field=missing)) from None
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as wrong:
        raise UserError(msg("the input of “{op}” does not fit: {why}", op=op, why=wrong)) from None


def _confidence(given: Given) -> float:
    return float(given.get("conf", 0.95))


def _classify(given: Given) -> Result:
    metric = METRICS.get(given["metric"]) or metric_of(given["metric"], ())
    if metric is None:
        raise ValueError(f"there is no metric {given['metric']!r}")
    values = given["values"]
    missing = sum(value is None for value in values)
    signs = [sign for v in values if v is not None and (sign := sign_of(v, metric)) is not None]
    return {
        "neg": signs.count(-1),
        "neu": signs.count(0),
        "pos": signs.count(1),
        "n": len(signs),
        "invalid": len(values) - missing - len(signs),
        "missing": missing,
    }


def _net_score(given: Given) -> Result:
    counts = counts_of(given)
    return {
        "n": counts.n,
        "score": nps.net_score(counts),
        "variance": nps.variance(counts),
        "se": nps.standard_error(counts),
    }


def _adjusted_wald(given: Given) -> Result:
    counts = counts_of(given)
    found = nps.adjusted_wald(counts, _confidence(given))
    names = ("center", "se", "lo_raw", "hi_raw", "lo", "hi")
    values = dict(zip(names, found or (None,) * 6, strict=True))
    return {"n": counts.n, **values, "moe": found.margin if found else None}


def _ends(found: nps.Interval | None) -> Result:
    return {"lo": found.low if found else None, "hi": found.high if found else None}


def _against(given: Given) -> Result:
    found = nps.against(counts_of(given), given["reference"])
    return {"z": found.z if found else None, "p": found.p if found else None}


def _difference(given: Given) -> Result:
    found = nps.difference(counts_of(given, "a"), counts_of(given, "b"), _confidence(given))
    if found is None:
        return dict.fromkeys(("diff_raw", "diff_adj", "se", "z", "p", "lo", "hi"))
    return {
        "diff_raw": found.raw,
        "diff_adj": found.adjusted,
        "se": found.error,
        "z": found.z,
        "p": found.p,
        "lo": found.low,
        "hi": found.high,
    }


def _n_for_difference(given: Given) -> Result:
    n = nps.answers_for_difference(
        given["delta"], given["v1"], given["v2"], _confidence(given), given.get("power", 0.8)
    )
    return {"n": n}


def _weighted(given: Given) -> Result:
    signs = [None if value is None else sign_of(value, METRICS["nps"]) for value in given["values"]]
    found = nps.weighted_score(signs, given["weights"], _confidence(given))
    around = found.interval
    return {
        "n": found.n,
        "score": found.score,
        "n_eff": found.effective,
        "deff": found.design_effect,
        "center": around.centre if around else None,
        "se_adj": around.error if around else None,
        **_ends(around),
    }


def _csat(given: Given) -> Result:
    found = share_of(given["values"], CSAT, _confidence(given))
    return {"n": found.n, "csat": found.percent, "lo": found.low, "hi": found.high, "mean": found.mean,
            "net": found.net}  # fmt: skip


def _ces(given: Given) -> Result:
    found = share_of(given["values"], CES, _confidence(given))
    return {"n": found.n, "ces": found.percent, "lo": found.low, "hi": found.high, "mean": found.mean,
            "net": found.net}  # fmt: skip


def _nonresponse(given: Given) -> Result:
    rate, low, high = nps.nonresponse_bounds(given["score"], given["responded"], given["invited"])
    return {"response_rate": rate, "lo": low, "hi": high}


def _emotion(given: Given) -> Result:
    if given["value"] is None:
        return {"points": None, "delta": None}
    found = gaps.emotion_points(given["value"], given["lo"], given["hi"], given.get("levels"))
    return {"points": found.points, "delta": found.tolerance}


def _reference(given: Given) -> Result:
    found = gaps.reference_of(
        {source: given.get(source) for source in gaps.SOURCES},
        to_be=given.get("map_state") in TO_BE,
        emotion=given.get("emotion_points"),
    )
    return {"reference": found.points, "source": found.source}


def _weight(given: Given) -> Result:
    found = gaps.weight(
        given.get("importance"),
        most=given.get("imax", 5),
        moment_of_truth=given.get("mot", False),
        factor=given.get("mot_factor", 1.5),
        assumed=given.get("default_importance", 0.6),
    )
    return {"weight": found.value, "assumed": found.assumed}


def _perception(given: Given) -> Result:
    counts = counts_of(given)
    interval = nps.adjusted_wald(counts, _confidence(given))
    emotion = given["emotion_points"]
    label = gaps.perception(counts.n, interval, emotion, given.get("delta", 10), n_min=given.get("n_min", 10))
    return {"gap": gaps.target_gap(nps.net_score(counts), emotion), "label": label}


def _quadrant(given: Given) -> Result:
    importance, gap, cross = given["importance"], given["target_gap"], given.get("cross", 3)
    unknown = importance is None or gap is None
    return {"quadrant": None if unknown else priorities.ipa_quadrant(importance, gap, cross)}


def _opportunity_from_nps(given: Given) -> Result:
    most, importance, score = given.get("importance_max", 5), given["importance"], given["score"]
    return {
        "importance10": None if importance is None else priorities.ten_of(importance, most),
        "satisfaction10": None if score is None else priorities.satisfaction_of(score),
        "opportunity": priorities.opportunity_from_score(importance, score, most),
    }


def _servqual(given: Given) -> Result:
    dimensions = [priorities.Dimension(**each) for each in given["dimensions"]]
    each, plain, weighted = priorities.servqual(dimensions)
    return {"gaps": each, "unweighted": plain, "weighted": weighted}


def _clv(given: Given) -> Result:
    value = priorities.lifetime_value(
        given["margin"],
        given["retention"],
        given["discount"],
        given.get("horizon"),
        given.get("acquisition") or 0.0,
    )
    return {"clv": value}


def _drivers(given: Given) -> Result:
    from cxmapper.scoring.drivers import key_drivers

    found = key_drivers(given["y"], given["x"], given.get("names"))
    return {
        "r": list(found.r),
        "r2": found.r2,
        "beta": list(found.beta),
        "lmg": None if found.lmg is None else list(found.lmg),
        "rw": list(found.rw),
        "lmg_pct": None if found.lmg_pct is None else list(found.lmg_pct),
        "rw_pct": list(found.rw_pct),
        "n": found.n,
        "dropped": list(found.dropped),
        "warnings": [str(words) for words in found.warnings],
    }


def _factors(function: Callable[..., Any], name: str, fields: str) -> Operation:
    """An operation that hands some fields, in this order, to a function; a rating that is absent is None."""
    return lambda given: {name: function(*(given.get(field) for field in fields.split()))}


OPERATIONS: Mapping[str, Operation] = MappingProxyType(
    {
        "classify": _classify,
        "net_score": _net_score,
        "ci_adjusted_wald": _adjusted_wald,
        "ci_wald": lambda given: _ends(nps.wald(counts_of(given), _confidence(given))),
        "ci_score": lambda given: _ends(nps.score_interval(counts_of(given), _confidence(given))),
        "test_vs_reference": _against,
        "difference": _difference,
        "benjamini_hochberg": lambda given: {"p_adj": nps.benjamini_hochberg(given["p"])},
        "n_for_margin": lambda given: {
            "n": nps.answers_for_margin(given["margin"], given.get("variance", 0.6), _confidence(given))
        },
        "n_for_diff": _n_for_difference,
        "weighted_nps": _weighted,
        "csat": _csat,
        "ces": _ces,
        "nonresponse_bounds": _nonresponse,
        "emotion_points": _emotion,
        "resolve_reference": _reference,
        "node_weight": _weight,
        "shortfall": lambda given: {"shortfall": gaps.shortfall(given["score"], given["reference"])},
        "moves_needed": lambda given: {"moves": gaps.moves_needed(counts_of(given), given["reference"])},
        "perception_gap": _perception,
        "score_map": score_map,
        "rollup": rollup,
        "waterfall": uplifts,
        "map_fidelity": map_fidelity,
        "ipa_quadrant": _quadrant,
        "opportunity": lambda given: {
            "opportunity": priorities.opportunity(given["importance10"], given["satisfaction10"])
        },
        "opportunity_from_nps": _opportunity_from_nps,
        "servqual": _servqual,
        "rice": _factors(priorities.rice, "rice", "reach impact confidence effort"),
        "ice": _factors(priorities.ice, "ice", "impact confidence ease"),
        "wsjf": _factors(priorities.wsjf, "wsjf", "bv tc rr size"),
        "priority": _factors(priorities.priority, "priority", "gap_score feasibility alignment"),
        "clv": _clv,
        "key_drivers": _drivers,
    }
)
"""The operations by the names that cases call them."""
