"""`cxmapper survey`: reads a survey export, shows what it found and what it would ask, counts, imports.

What the file leaves open is never guessed: without `--dry-run` it ends the call, with the options that
answer it. The map's side is `cli.bring_in`; nothing of the map is loaded where none is given.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxmapper.cli.entry import A_FILE, DONE
from cxmapper.cli.output import one_line, put, put_json
from cxmapper.errors import UserError
from cxmapper.locale import Plural, msg, tr
from cxmapper.survey.choices import CODES, DUPLICATES, Choices
from cxmapper.survey.dates import ORDERS
from cxmapper.survey.metrics import FAMILIES, METRICS
from cxmapper.survey.sql import DIALECTS

if TYPE_CHECKING:
    from cxmapper.cli.bring_in import Planned
    from cxmapper.survey.choices import Question
    from cxmapper.survey.places import Known
    from cxmapper.survey.tally import Reading

NO_MAP = "-"
_COLUMN = "COL"
_MOST_LISTED = 20
_NAMES = (*FAMILIES, *(name for name in METRICS if name not in FAMILIES))


def _metric(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    name = value.strip().lower()
    if name not in _NAMES:
        words = tr("there is no metric {value}; there are {names}", value=value, names=", ".join(_NAMES))
        raise click.BadParameter(words)
    return name


@click.command(
    help=tr(
        "Bring the answers of a survey into the map FILE. FILE may be - with "
        "--dry-run, which shows what would be done and asked. COL is a column's name, or its number from 1; "
        "an empty one says that there is none. With --sql, print the query that counts answers."
    )
)
@click.argument("file", required=False)
@click.argument("survey", required=False, type=A_FILE, metavar="SURVEY")
@click.option("-o", "--out", type=A_FILE, help=tr("Save the map as this file."))
@click.option("--dry-run", is_flag=True, help=tr("Change nothing; say what would be done and asked."))
@click.option("--json", "as_json", is_flag=True, help=tr("Write JSON, for other programs."))
@click.option("--details", is_flag=True, help=tr("With --json: reasons, invalid answers and first rows too."))
@click.option("--score", metavar=_COLUMN, help=tr("The column with the score."))
@click.option("--touchpoint", metavar=_COLUMN, help=tr("The column that names touchpoints."))
@click.option("--stage", metavar=_COLUMN, help=tr("The column that names stages."))
@click.option("--persona", metavar=_COLUMN, help=tr("The column that names personas or segments."))
@click.option("--date", metavar=_COLUMN, help=tr("The column with the date of the answer."))
@click.option(
    "--metric", metavar="M", callback=_metric, help=tr("What it measures: {m}.", m=", ".join(_NAMES))
)
@click.option(
    "--date-order", type=click.Choice(ORDERS), help=tr("Day or month first in dates like 3/4/2025.")
)
@click.option("--codes", type=click.Choice(CODES), help=tr("What the numbers of an NPS column stand for."))
@click.option("--duplicates", type=click.Choice(DUPLICATES), help=tr("Whether all answers of an id count."))
@click.option("--sheet", metavar="NAME", help=tr("The sheet of a workbook."))
@click.option("--encoding", metavar="NAME", help=tr("The encoding of a text file, such as UTF-8."))
@click.option("--delimiter", metavar="CHAR", help=tr("What separates columns: one character, or TAB."))
@click.option("--journey", "journeys", multiple=True, metavar="TITLE",
              help=tr("The map (title or id) that the answers are about; repeatable."))  # fmt: skip
@click.option("--match", "meaning", multiple=True, metavar="NAME=TITLE",
              help=tr("What a name of the survey means on the map; repeatable."))  # fmt: skip
@click.option("--replace", is_flag=True, help=tr("Replace the answers of this survey that the map has."))
@click.option("--sql", is_flag=True, help=tr("Print the query that counts answers in a database."))
@click.option("--dialect", type=click.Choice(DIALECTS), default=DIALECTS[0], show_default=True,
              help=tr("With --sql: the database's dialect."))  # fmt: skip
@click.option("--table", default="responses", show_default=True, metavar="NAME",
              help=tr("With --sql: the database's table."))  # fmt: skip
def survey(file: str | None, survey: Path | None, **how: Any) -> int:
    """Read, and show or import."""
    choices = Choices(**{name: how[name] for name in Choices.__dataclass_fields__})
    if how["sql"]:
        sample = survey or (Path(file) if file and file != NO_MAP else None)
        return _print_query(sample, choices, how)
    if file is None or survey is None:
        raise click.UsageError(tr("name a map, or -, and the survey’s file"))
    if file == NO_MAP:
        return _without_map(survey, choices, how)
    return _into_map(Path(file), survey, choices, how)


def _without_map(file: Path, choices: Choices, how: dict[str, Any]) -> int:
    reading = read(file, choices, how)
    if not how["dry_run"]:
        refuse_open(file.name, reading)
        words = msg("there is no map to bring {file} into; name one, or say --dry-run", file=file.name)
        raise UserError(words)
    _show(reading, None, how)
    return DONE


def _into_map(map_file: Path, file: Path, choices: Choices, how: dict[str, Any]) -> int:
    from cxmapper.cli.bring_in import Choices as MapChoices
    from cxmapper.cli.bring_in import plan
    from cxmapper.storage.files import open_map
    from cxmapper.survey.known import known_names

    opened = open_map(map_file)
    reading = read(file, choices, how, known_names(opened.document))
    if not how["dry_run"]:
        refuse_open(file.name, reading)
    wanted = MapChoices(how["journeys"], how["meaning"], how["replace"])
    planned = plan(opened, reading.counted, wanted) if reading.proposal.metric is not None else None
    saved = planned.save(how["out"]) if planned is not None and not how["dry_run"] else None
    _show(reading, planned, how)
    if saved is not None and not how["as_json"]:
        put(tr("saved {file}", file=saved))
    return DONE


def read(file: Path, choices: Choices, how: dict[str, Any], known: Known | None = None) -> Reading:
    """The survey in `file`, counted as the options say. Raises UserError."""
    from cxmapper.survey.detect import propose
    from cxmapper.survey.readers import read_table
    from cxmapper.survey.tally import count

    table = read_table(file, sheet=how["sheet"], encoding=how["encoding"], delimiter=how["delimiter"])
    return count(propose(table, choices, known), choices)


def refuse_open(name: str, reading: Reading) -> None:
    """Raise UserError, with the options that answer it, where the survey leaves something open."""
    if not reading.questions:
        return
    question = reading.questions[0]
    answers = [f"{question.flag} {_quoted(option.value)}" for option in question.options]
    raise UserError(msg("{file}: {question} Answer with {options}", file=name, question=question.words,
                        options=tr(" or ").join(answers)))  # fmt: skip


def _quoted(value: str) -> str:
    return value if value.replace("-", "").isalnum() else '"' + value.replace('"', '\\"') + '"'


def _show(reading: Reading, planned: Planned | None, how: dict[str, Any]) -> None:
    if how["as_json"]:
        put_json(raw(reading, planned, details=how["details"]))
    else:
        _tell(reading, planned)


def raw(reading: Reading, planned: Planned | None = None, *, details: bool = False) -> dict[str, Any]:
    """What was found, as plain JSON values. Without a map, no name is matched."""
    from cxmapper.survey.places import PLACES
    from cxmapper.survey.unmatched import unmatched

    proposal, counts = reading.proposal, reading.counted.counts
    columns: dict[str, Any] = {place: proposal.places.get(place) for place in PLACES}
    columns["date"] = proposal.date
    of_map = planned.raw() if planned is not None else {}
    names = ("neg", "neu", "pos", "n", "missing", "invalid", "excluded", "duplicate")
    shown: dict[str, Any] = {
        "vendor": proposal.vendor or None,
        "encoding": proposal.table.encoding.label if proposal.table.encoding is not None else None,
        "delimiter": proposal.table.delimiter_name,
        "header_rows": proposal.header.rows,
        "score_column": proposal.score.name if proposal.score is not None else None,
        "metric": proposal.metric.name if proposal.metric is not None else None,
        "counts": {name: getattr(counts, name) for name in names},
        "columns": {name: c.name if c is not None else None for name, c in columns.items()},
        "unmatched": of_map["unmatched"] if of_map else unmatched(reading.counted),
        "questions": [*map(_raw_question, reading.questions), *map(_of_map, of_map.get("questions", ()))],
        "score": counts.score,
    }
    if of_map:
        shown["matched"] = of_map["matched"]
    return {**shown, **_details(reading)} if details else shown


def _details(reading: Reading) -> dict[str, Any]:
    proposal = reading.proposal
    return {
        "sheet": proposal.table.sheet or None,
        "reasons": [str(words) for words in reading.reasons],
        "invalid": [{"row": each.row, "value": each.value} for each in reading.counted.invalid],
        "first_rows": [list(row) for row in proposal.preview],
    }


def _of_map(words: str) -> dict[str, Any]:
    """A question about the map, whose words name the option that answers it."""
    return {"about": "map", "question": words, "proposed": None, "options": []}


def _raw_question(question: Question) -> dict[str, Any]:
    return {
        "about": question.about,
        "question": str(question.words),
        "proposed": question.proposed,
        "options": [
            {"option": question.flag, "value": option.value, "meaning": str(option.words)}
            for option in question.options
        ],
    }


def _tell(reading: Reading, planned: Planned | None) -> None:
    """What was found, for a person."""
    counts, proposal = reading.counted.counts, reading.proposal
    for words in reading.reasons:
        put(one_line(words))
    answers = Plural("{n} answer", "{n} answers", counts.n)
    put(one_line(msg("{n}: {neg} against, {neu} neither, {pos} for", n=answers,
                     neg=counts.neg, neu=counts.neu, pos=counts.pos)))  # fmt: skip
    if counts.score is not None and proposal.metric is not None:
        score = f"{counts.score:+.1f}"
        put(one_line(msg("score: {score} ({metric})", score=score, metric=proposal.metric.title)))
    put(one_line(msg("left out: {missing} missing, {invalid} invalid, {excluded} excluded, "
                     "{duplicate} duplicate", missing=counts.missing, invalid=counts.invalid,
                     excluded=counts.excluded, duplicate=counts.duplicate)))  # fmt: skip
    for row, value in reading.counted.invalid[:_MOST_LISTED]:
        put("  " + one_line(msg("invalid: “{value}” in row {row}", value=value, row=row)))
    for question in reading.questions:
        put(one_line(msg("open: {question} ({option})", question=question.words, option=question.flag)))
        for option in question.options:
            mark = "*" if option.value == question.proposed else " "
            put(f"  {mark} {one_line(option.value)}: {one_line(option.words)}")
    for words in planned.told() if planned is not None else ():
        put(one_line(words))


def _print_query(file: Path | None, choices: Choices, how: dict[str, Any]) -> int:
    from cxmapper.survey.detect import propose
    from cxmapper.survey.readers import read_table
    from cxmapper.survey.sql import Columns, columns_of, query

    columns = Columns.chosen(choices)
    if file is not None:
        table = read_table(file, sheet=how["sheet"], encoding=how["encoding"], delimiter=how["delimiter"])
        columns = columns_of(propose(table, choices))
    metric = choices.metric or columns.metric
    for line in query(columns, table=how["table"], metric=metric, dialect=how["dialect"]).split("\n"):
        put(line)
    return DONE
