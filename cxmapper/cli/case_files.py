"""The operations of `cxmapper score --case` that read files: whole imports, groups, periods, columns.

They stand here, above both the surveys and the scoring.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from cxmapper.errors import FileProblem
from cxmapper.locale import msg
from cxmapper.scoring.cases import OPERATIONS, Operation
from cxmapper.scoring.map_cases import Given
from cxmapper.scoring.metrics import METRICS
from cxmapper.scoring.nps import Counts, adjusted_wald, net_score, weighted_of
from cxmapper.scoring.satisfaction import counts_of, sign_of
from cxmapper.survey.choices import Choices, Codes
from cxmapper.survey.detect import propose
from cxmapper.survey.headers import header_of
from cxmapper.survey.metrics import METRICS as ANSWERS
from cxmapper.survey.months import month_of, token
from cxmapper.survey.named import named_column
from cxmapper.survey.readers import read_table
from cxmapper.survey.respondents import Respondents
from cxmapper.survey.tally import Reading, count
from cxmapper.survey.values import read as answer_in

_OFFERS: Mapping[str, Codes] = {"codes_1to11": "1-11", "codes_0to11": "0-11"}


def operations(beside: Path) -> dict[str, Operation]:
    """The operations on files by name; paths in a case are relative to the folder of the file `beside`,
    or to one above it. Each raises UserError where there is no such file, or it can't be read.
    """
    return {
        "import_file": lambda given: imported(given, beside),
        "segments": lambda given: segments(given, beside),
        "trend": lambda given: trend(given, beside),
        "weighted_nps": lambda given: OPERATIONS["weighted_nps"](_weighted_input(given, beside)),
        "key_drivers": lambda given: OPERATIONS["key_drivers"](_drivers_input(given, beside)),
    }


def _weighted_input(given: Given, beside: Path) -> Given:
    """Values and weights as given, or as two columns of a file hold them."""
    if "file" not in given:
        return given
    values, weights = _cells(given, beside, given["value_column"], given["weight_column"])
    return {**given, "values": [_answer(cell) for cell in values], "weights": list(map(_number, weights))}


def _drivers_input(given: Given, beside: Path) -> Given:
    """A score and ratings as given, or as columns of a file hold them."""
    if "file" not in given:
        return given
    y, *x = _cells(given, beside, given["y"], *given["x"])
    return {
        **given,
        "y": list(map(_number, y)),
        "x": [list(map(_number, column)) for column in x],
        "names": given["x"],
    }


def segments(given: Given, beside: Path) -> dict[str, Any]:
    """The score of each group of a file's rows, by what stands in its column `by`."""
    values, groups = _cells(given, beside, given["value_column"], given["by"])
    return _scored(zip(map(str.strip, groups), values, strict=True))


def trend(given: Given, beside: Path) -> dict[str, Any]:
    """The score of each month or quarter of a file's rows; `date_order` tells 3/4/2025."""
    values, dates = _cells(given, beside, given["value_column"], given["date_column"])
    months = [month_of(token(cell), given.get("date_order", "dmy")) for cell in dates]
    if given.get("period", "month") == "quarter":
        months = [f"{m[:4]}-Q{(int(m[5:]) + 2) // 3}" if m else "" for m in months]
    return _scored(zip(months, values, strict=True))


def _scored(rows: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The score of each group that has answers, in the order of the groups' names."""
    groups: dict[str, list[int]] = {}
    for group, cell in rows:
        answer = _answer(cell)
        sign = None if answer is None else sign_of(answer, METRICS["nps"])
        if group and sign is not None:
            groups.setdefault(group, []).append(sign)
    found: dict[str, Any] = {}
    for group, signs in sorted(groups.items()):
        counts = counts_of(signs)
        interval = adjusted_wald(counts)
        found[group] = {
            "neg": counts.negative, "neu": counts.neutral, "pos": counts.positive, "n": counts.n,
            "score": net_score(counts), "lo": interval.low if interval else None,
            "hi": interval.high if interval else None,
        }  # fmt: skip
    return found


def _cells(given: Given, beside: Path, *names: str) -> list[list[str]]:
    """What stands in some columns of the file, row by row."""
    file = _found(given["file"], beside)
    table = read_table(file)
    header = header_of(table.sample)
    columns = [named_column(header, name, file.name) for name in names]
    rows = [row for row in islice(table.records(), header.first, None) if any(row)]
    return [[row[c.at] if c.at < len(row) else "" for row in rows] for c in columns]


def _answer(cell: str) -> str | None:
    found = answer_in(cell, ANSWERS["nps"])
    return found if isinstance(found, str) else None


def _number(cell: str) -> float | None:
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None


def imported(given: Given, beside: Path) -> dict[str, Any]:
    """What the file named in a case yields when it is read as a survey."""
    file = _found(given["file"], beside)
    choices = Choices(codes=_OFFERS.get(given.get("accept_offer", "")), duplicates="keep")
    reading = _read(file, choices)
    found = _of(reading)
    if reading.proposal.id is not None:
        counts = _read(file, replace(choices, duplicates="latest")).counted.counts
        found["after_dedupe_latest"] = {
            "neg": counts.neg, "neu": counts.neu, "pos": counts.pos, "n": counts.n, "score": counts.score,
        }  # fmt: skip
    return found


def _found(name: str, beside: Path) -> Path:
    for folder in beside.resolve().parents:
        if (folder / name).is_file():
            return folder / name
    raise FileProblem(msg("{file}: there is no such file", file=name))


def _read(file: Path, choices: Choices) -> Reading:
    return count(propose(read_table(file), choices), choices)


def _of(reading: Reading) -> dict[str, Any]:
    proposal, counts = reading.proposal, reading.counted.counts
    kind, beside = proposal.metric_column, Respondents.of(proposal)
    return {
        "metric": proposal.metric.name if proposal.metric else None,
        "neg": counts.neg,
        "neu": counts.neu,
        "pos": counts.pos,
        "n": counts.n,
        "score": counts.score,
        "missing": counts.missing,
        "invalid": counts.invalid,
        "excluded_preview": counts.excluded,
        "header_rows": proposal.header.rows,
        "header_at_row": proposal.header.at + 1,
        "score_column": proposal.score.name if proposal.score else None,
        "sheet": proposal.table.sheet,
        "filter": {kind.column.name: kind.family.upper()} if kind else None,
        "weight_column": beside.weight.name if beside and beside.weight else None,
        "weighted": _weighted(reading.counted.weight_sums),
    }


def _weighted(sums: Mapping[str, float]) -> dict[str, Any] | None:
    if not sums:
        return None
    weights = Counts(sums["against"], sums["neither"], sums["for"])
    found = weighted_of(int(sums["n"]), weights, sums["squares"])
    around = found.interval
    return {
        "n": found.n,
        "score": found.score,
        "n_eff": found.effective,
        "deff": found.design_effect,
        "center": around.centre if around else None,
        "se_adj": around.error if around else None,
        "lo": around.low if around else None,
        "hi": around.high if around else None,
    }
