"""The query that counts answers where they are, for data that should not leave its warehouse.

Its result, saved as CSV, is a survey like any other: `detect` knows it by its columns. Answers are
grouped as they are written and read by the importer, so nothing is counted that it would not count.
sqlglot writes the dialects; it is imported only here.
"""

from __future__ import annotations

from dataclasses import dataclass

from cxmapper.errors import UserError
from cxmapper.locale import msg
from cxmapper.survey.choices import Choices
from cxmapper.survey.detect import Proposal

DIALECTS = ("duckdb", "spark", "bigquery", "snowflake", "postgres")
_WRITTEN_IN = "duckdb"
COUNTED = ("touchpoint", "stage", "persona", "month", "metric", "answer", "count")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of the table of answers are called; None for one that it has not.

    Where `metric_column` tells answers to one metric from those to another, `metric` is not looked at.
    """

    score: str
    touchpoint: str | None = None
    stage: str | None = None
    persona: str | None = None
    date: str | None = None
    metric: str = "nps"
    metric_column: str | None = None

    @classmethod
    def chosen(cls, choices: Choices) -> Columns:
        """The columns somebody named; those left open are called what they are, "" leaves one out."""

        def name(value: str | None, usual: str) -> str | None:
            return usual if value is None else value or None

        return cls(
            choices.score or "score",
            name(choices.touchpoint, "touchpoint"),
            name(choices.stage, "stage"),
            name(choices.persona, "persona"),
            name(choices.date, "date"),
            choices.metric or "nps",
        )


def columns_of(proposal: Proposal) -> Columns:
    """The columns as a sample of the data has them. Raises UserError where none is the score."""
    if proposal.score is None or proposal.metric is None:
        words = msg("{file}: no column is plainly the score; name it with --score", file=proposal.table.name)
        raise UserError(words)
    places = {place: column.name for place, column in proposal.places.items()}
    date = proposal.date.name if proposal.date is not None else None
    mixed = proposal.metric_column.column.name if proposal.metric_column is not None else None
    return Columns(proposal.score.name, date=date, metric=proposal.metric.name, metric_column=mixed, **places)


def query(columns: Columns, *, table: str = "responses", metric: str = "nps", dialect: str = "duckdb") -> str:
    """The query in one of the `DIALECTS`; its columns are `COUNTED`, and every row is counted once.

    `table` may have its database and schema before it, with points between. Raises UserError where
    it is no such name, and where sqlglot is not installed.
    """
    try:
        from sqlglot import exp, parse_one
        from sqlglot.errors import SqlglotError
    except ImportError as problem:
        words = msg("--sql needs the package sqlglot; install it with pip install cxmapper[sql]")
        raise UserError(words) from problem

    def text(column: str | None) -> exp.Expression:
        if column is None:
            return exp.cast(exp.null(), "TEXT")
        return exp.cast(exp.column(exp.to_identifier(column, quoted=True)), "TEXT")

    month = parse_one("STRFTIME(TRY_CAST(day AS TIMESTAMP), '%Y-%m')", read=_WRITTEN_IN)
    for day in month.find_all(exp.Column):
        day.replace(exp.column(exp.to_identifier(columns.date or "", quoted=True)))
    values = {
        "touchpoint": text(columns.touchpoint),
        "stage": text(columns.stage),
        "persona": text(columns.persona),
        "month": month if columns.date else text(None),
        "metric": text(columns.metric_column) if columns.metric_column else exp.Literal.string(metric),
        "answer": text(columns.score),
        "count": exp.Count(this=exp.Star()),
    }
    shown = [exp.alias_(value, name, quoted=True) for name, value in values.items()]
    by = [exp.Literal.number(at) for at, name in enumerate(COUNTED, 1) if name != "count"]
    try:
        source = exp.to_table(table, dialect=_WRITTEN_IN)
    except SqlglotError as problem:
        words = msg("“{table}” is no name of a table; write it like sales.public.responses", table=table)
        raise UserError(words) from problem
    for part in source.find_all(exp.Identifier):
        part.set("quoted", True)
    return exp.select(*shown).from_(source).group_by(*by).sql(dialect=dialect, pretty=True)
