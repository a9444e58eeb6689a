"""Rows that come twice: the same response exported again, or one respondent who answered again.

A row that repeats another to the last cell is left out. Where one id stands before different rows, a
person decides whether only the latest counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cxmapper.survey.dates import Order, moment
from cxmapper.survey.detect import Proposal
from cxmapper.survey.gathered import Key, Slots, is_total, key_of, left_out
from cxmapper.survey.months import Months
from cxmapper.survey.progress import Progress, tell

_BATCH = 8192


@dataclass(slots=True)
class Repeats:
    """The keys and numbers of rows that repeat others.

    `same` repeat another in full; `earlier` have the id of a later one, which could stand for both.
    """

    same: Counter[Key] = field(default_factory=Counter)
    earlier: Counter[Key] = field(default_factory=Counter)
    same_rows: set[int] = field(default_factory=set)
    earlier_rows: set[int] = field(default_factory=set)


def repeats_of(
    proposal: Proposal, slots: Slots, months: Months | None, order: Order, progress: Progress | None
) -> Repeats:
    """The rows that repeat an id. Reads the table again, twice. Raises FileProblem, and `Cancelled`."""
    assert proposal.id is not None
    at = proposal.id.at
    seen: set[int] = set()
    twice: set[int] = set()
    for _number, row in _rows(proposal, progress):
        if at < len(row) and row[at]:
            mark = hash(row[at])
            (twice if mark in seen else seen).add(mark)
    found = Repeats()
    whole: set[int] = set()
    latest: dict[str, tuple[tuple[str, int, int], int, Key]] = {}
    for number, row in _rows(proposal, progress):
        if at >= len(row) or not row[at] or hash(row[at]) not in twice:
            continue
        key, mark = key_of(row, slots, months), hash(tuple(row))
        if mark in whole:
            found.same[key] += 1
            found.same_rows.add(number)
            continue
        whole.add(mark)
        when = (
            moment(row[proposal.date.at], order)
            if proposal.date and proposal.date.at < len(row)
            else ("", 0, 0)
        )
        this = (when, number, key)
        other = latest.get(row[at])
        if other is None:
            latest[row[at]] = this
            continue
        earlier, latest[row[at]] = sorted((other, this))
        found.earlier[earlier[2]] += 1
        found.earlier_rows.add(earlier[1])
    return found


def _rows(proposal: Proposal, progress: Progress | None) -> Iterator[tuple[int, list[str]]]:
    """The rows of data that are answers, with their numbers from 1."""
    number, width = 0, len(proposal.header.columns)
    for batch, share in proposal.table.batches(_BATCH):
        for row in batch:
            number += 1
            if number <= proposal.header.first or not any(row):
                continue
            if not left_out(proposal, row) and not is_total(row, width):
                yield number, row
        tell(progress, share)
