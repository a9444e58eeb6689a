"""The operation `import_file` of `cxmapper score --case`: what a survey's file yields, as plain values.

The one operation that needs a file; so it stands here, above both the surveys and the scoring.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cxmapper.errors import FileProblem
from cxmapper.locale import msg
from cxmapper.scoring.nps import Counts, weighted_of
from cxmapper.survey.choices import Choices, Codes
from cxmapper.survey.detect import propose
from cxmapper.survey.readers import read_table
from cxmapper.survey.respondents import Respondents
from cxmapper.survey.tally import Reading, count

_OFFERS: Mapping[str, Codes] = {"codes_1to11": "1-11", "codes_0to11": "0-11"}


def imported(given: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    """What the file named in a case yields; `beside` is the case's own file.

    A path is relative to the folder of that file, or to one above it. Raises UserError where there is
    no such file, or it can't be read.
    """
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
