"""The first rows of a survey as they will be read: what each answer, date and name comes to."""

from __future__ import annotations

from collections.abc import Sequence

from cxmapper.locale import tr
from cxmapper.survey.dates import Order, Slashed, read_date
from cxmapper.survey.detect import Proposal
from cxmapper.survey.headers import Column
from cxmapper.survey.metrics import Metric
from cxmapper.survey.several import parts
from cxmapper.survey.values import Not, read


def preview_columns(proposal: Proposal) -> list[tuple[str, Column]]:
    """The columns that mean something, each with its role, then the others with none."""
    used = [("score", proposal.score), *proposal.places.items(), ("date", proposal.date)]
    named = [(role, column) for role, column in used if column is not None]
    taken = {column.at for _, column in named}
    others = [c for c in proposal.header.columns if c.at not in taken and c.name]
    return [*named, *(("", c) for c in others)]


def read_cell(proposal: Proposal, role: str, column: Column, row: Sequence[str], order: Order | None) -> str:
    """What the cell of `column` in `row` comes to in its role, with what the file has where that differs."""
    raw = row[column.at] if column.at < len(row) else ""
    if role == "score" and proposal.metric is not None:
        return tr("left out ({raw})", raw=raw) if _left_out(proposal, row) else _score(raw, proposal.metric)
    if role == "date":
        return _with_raw(_month(raw, order), raw)
    if role in proposal.places:
        found = {str(place): mark for place, mark in proposal.separators.items()}
        return tr(" · ").join(parts(raw, found.get(role)))
    return raw


def _left_out(proposal: Proposal, row: Sequence[str]) -> bool:
    """Whether a row is a test, or an answer to another metric."""
    by_kind = proposal.metric_column
    if by_kind is not None and by_kind.at < len(row) and not by_kind.counts(row[by_kind.at]):
        return True
    return any(e.at < len(row) and e.unwanted(row[e.at]) for e in proposal.exclusions)


def _score(raw: str, metric: Metric) -> str:
    found = read(raw, metric)
    if found is Not.MISSING:
        return tr("no answer") if not raw.strip() else tr("no answer ({raw})", raw=raw)
    if found is Not.INVALID:
        return tr("invalid ({raw})", raw=raw)
    return _with_raw(str(found), raw)


def _month(raw: str, order: Order | None) -> str:
    found = read_date(raw)
    if isinstance(found, Slashed):
        return found.month(order) if order is not None else "?"
    return found.month if found is not None else tr("no date")


def _with_raw(read_as: str, raw: str) -> str:
    return read_as if read_as == raw.strip() else tr("{read} ({raw})", read=read_as, raw=raw.strip())
