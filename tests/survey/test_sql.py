"""Counting in a warehouse gives what importing the rows gives, and the query is one for each database."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cxmapper.cli.entry import run
from cxmapper.errors import UserError
from cxmapper.survey.choices import Choices
from cxmapper.survey.detect import propose
from cxmapper.survey.readers import read_table
from cxmapper.survey.sql import COUNTED, DIALECTS, Columns, columns_of, query
from cxmapper.survey.tally import count

duckdb = pytest.importorskip("duckdb")
sqlglot = pytest.importorskip("sqlglot")

_RAW = """
CREATE TABLE responses AS SELECT
  i AS "Response ID",
  TIMESTAMP '2024-01-01'
    + INTERVAL (CAST(hash(i) % 730 AS INTEGER)) DAY + INTERVAL (i % 86400) SECOND AS "date",
  ['Student', 'Busy Parent', 'Owner', NULL][CAST(1 + hash(i, 1) % 4 AS BIGINT)] AS persona,
  'Touchpoint ' || (hash(i, 2) % 40) AS touchpoint,
  'Stage ' || (hash(i, 2) % 40) // 8 AS stage,
  CASE hash(i, 3) % 40 WHEN 0 THEN NULL WHEN 1 THEN '7.5' WHEN 2 THEN 'don''t know' WHEN 3 THEN '10 - top'
    ELSE CAST(hash(i, 4) % 11 AS TEXT) END AS score
FROM range({n}) t(i)
"""


def test_a_million_rows_counted_in_a_database_and_by_import_agree(tmp_path: Path) -> None:
    base = duckdb.connect()
    base.execute(_RAW.format(n=1_000_000))
    raw, counted = tmp_path / "raw.csv", tmp_path / "counted.csv"
    base.execute(f"COPY responses TO '{raw}' (HEADER)")
    base.execute(f"COPY ({query(columns_of(propose(read_table(raw))))}) TO '{counted}' (HEADER)")
    by_rows, by_counts = (count(propose(read_table(path))).counted for path in (raw, counted))
    assert by_rows.counts.rows == 1_000_000
    assert by_rows.counts.invalid > 10_000
    assert by_rows.counts.missing > 10_000
    assert by_counts.counts == by_rows.counts
    assert by_counts.rows == by_rows.rows
    assert by_counts.metric == by_rows.metric


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_can_be_parsed_and_names_the_columns(dialect: str) -> None:
    written = query(Columns('Sc"o`re', touchpoint="tp", date="When?"), table="shop.answers", dialect=dialect)
    parsed = sqlglot.parse_one(written, read=dialect)
    assert tuple(parsed.named_selects) == COUNTED
    assert {column.name for column in parsed.find_all(sqlglot.exp.Column)} == {'Sc"o`re', "tp", "When?"}
    assert [(table.db, table.name) for table in parsed.find_all(sqlglot.exp.Table)] == [("shop", "answers")]
    assert len(parsed.args["group"].expressions) == len(COUNTED) - 1


def test_odd_names_are_names_and_no_sql() -> None:
    base = duckdb.connect()
    odd = 'a"; DROP TABLE responses; --'
    quoted = odd.replace('"', '""')
    base.execute(f'CREATE TABLE responses AS SELECT 9 AS "{quoted}"')
    rows = base.execute(query(Columns(odd))).fetchall()
    assert rows == [(None, None, None, None, "nps", "9", 1)]


def test_a_table_of_counts_with_several_metrics_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    path.write_text("TOUCHPOINT,METRIC,ANSWER,COUNT\nA,nps,9,5\nA,csat5,4,3\nB,nps,3,2\n")
    proposal = propose(read_table(path))
    assert [question.about for question in proposal.questions] == ["metric"]
    nps = count(proposal).counted.counts
    assert (nps.neg, nps.pos, nps.excluded) == (2, 5, 3)
    csat = count(propose(read_table(path), Choices(metric="csat"))).counted.counts
    assert (csat.pos, csat.n) == (3, 3)


@pytest.mark.parametrize(("metric", "answer"), [("csat5", "1"), ("csat3", "1"), ("ces7", "2"), ("nps", "3")])
def test_a_table_of_counts_says_which_metric_it_is(metric: str, answer: str) -> None:
    data = f"touchpoint,metric,answer,count\nA,{metric},{answer},5\nB,{metric},2,1\n"
    proposal = propose(read_table(data.encode()))
    assert proposal.metric is not None
    assert proposal.metric.name == metric
    assert proposal.questions == ()


def test_the_command_prints_it(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sample = root / "tests/data/surveys/excel_eu_semicolon_cp1252.csv"
    assert run(["survey", "-", str(sample), "--sql", "--dialect", "bigquery", "--table", "lake.answers"]) == 0
    sys.stdout.flush()
    out = capfd.readouterr().out
    assert "`Kontaktpunkt`" in out
    assert "`lake`.`answers`" in out
    assert sqlglot.parse_one(out, read="bigquery").named_selects == list(COUNTED)
    assert run(["survey", "--sql", "--score", "ltr", "--stage", ""]) == 0
    sys.stdout.flush()
    out = capfd.readouterr().out
    assert 'CAST("ltr" AS TEXT)' in out
    assert 'CAST(NULL AS TEXT) AS "stage"' in out


def test_without_a_score_there_is_no_query() -> None:
    proposal = propose(read_table(b"name,colour\na,red\nb,blue\n", "a.csv"))
    with pytest.raises(UserError, match="--score"):
        columns_of(proposal)


def test_answers_to_several_metrics_are_counted_apart(tmp_path: Path) -> None:
    path = tmp_path / "mixed.csv"
    scores = [("NPS", n % 11) for n in range(44)] + [("CSAT", 1 + n % 5) for n in range(30)]
    path.write_text("touchpoint,metric,score\n" + "".join(f"A,{kind},{n}\n" for kind, n in scores))
    base = duckdb.connect()
    base.execute(f"CREATE TABLE responses AS SELECT * FROM read_csv('{path}', all_varchar=true)")
    counts = tmp_path / "counts.csv"
    base.execute(f"COPY ({query(columns_of(propose(read_table(path))))}) TO '{counts}' (HEADER)")
    for metric in ("nps", "csat"):
        raw, counted = (count(propose(read_table(p), Choices(metric=metric))).counted for p in (path, counts))
        assert counted.counts == raw.counts
        assert raw.counts.n == sum(kind == metric.upper() for kind, _ in scores)


def test_a_date_that_is_none_counts_without_a_month(tmp_path: Path) -> None:
    path = tmp_path / "dates.csv"
    days = ["2026-03-01"] * 40 + ["n/a", ""]
    path.write_text("touchpoint,date,nps\n" + "".join(f"A,{day},{n % 11}\n" for n, day in enumerate(days)))
    base = duckdb.connect()
    base.execute(f"CREATE TABLE responses AS SELECT * FROM read_csv('{path}', all_varchar=true)")
    rows = base.execute(query(columns_of(propose(read_table(path))))).fetchall()
    by_month: dict[str | None, int] = {}
    for row in rows:
        month, n = row[COUNTED.index("month")], row[COUNTED.index("count")]
        by_month[month] = by_month.get(month, 0) + n
    assert by_month == {"2026-03": 40, None: 2}


def test_what_names_no_table_is_refused_with_a_sentence() -> None:
    for name in ("", 'a`b"; drop'):
        with pytest.raises(UserError, match="no name of a table"):
            query(Columns("score"), table=name)
