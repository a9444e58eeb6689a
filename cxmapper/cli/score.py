"""`cxmapper score`: where to act first, from the answers that a map holds; and the statistics alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxmapper.cli.entry import A_FILE, DONE, PROBLEMS
from cxmapper.cli.output import one_line, put, put_bytes, put_json
from cxmapper.errors import FileProblem, UserError
from cxmapper.locale import Plural, msg, tr
from cxmapper.model.document import Document
from cxmapper.model.elements import Persona

if TYPE_CHECKING:
    from cxmapper.scoring.pools import Window
    from cxmapper.scoring.rollups import RollUp
    from cxmapper.scoring.rows import NodeScore
    from cxmapper.scoring.scorecard import Scorecard

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])\Z")
_TIERS = {
    "confirmed_gap": msg("confirmed gap"),
    "possible_gap": msg("possible gap"),
    "on_target": msg("on target"),
    "exceeds_target": msg("exceeds target"),
    "insufficient": msg("too few answers"),
    "no_target": msg("no target"),
    "no_data": msg("no data"),
}


def _month(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str:
    if value and not _MONTH.match(value):
        raise click.BadParameter(tr("{value} is no month such as 2026-03", value=value))
    return value or ""


@click.command(
    help=tr(
        "Say where to act first on the map FILE. "
        "With --case, compute statistics: FILE is a JSON list of {id, op, input}."
    )
)
@click.argument("file", type=A_FILE)
@click.option("--json", "as_json", is_flag=True, help=tr("Write JSON, for other programs."))
@click.option("--csv", "as_csv", is_flag=True, help=tr("Write CSV, for spreadsheets."))
@click.option("-o", "--out", type=A_FILE, help=tr("Write to this file: .csv, .xlsx or .json."))
@click.option(
    "--journey", "wanted", multiple=True, metavar="TITLE", help=tr("Only this map (title or id); repeatable.")
)
@click.option("--persona", metavar="NAME", help=tr("Only the answers of this persona (name or id)."))
@click.option(
    "--metric",
    type=click.Choice(["best", "nps", "csat", "ces"]),
    default="best",
    show_default=True,
    help=tr("best: for each touchpoint the first of the others that it has answers of."),
)
@click.option(
    "--from", "first", metavar="MONTH", callback=_month, help=tr("Only answers from this month on.")
)
@click.option("--to", "last", metavar="MONTH", callback=_month, help=tr("Only answers to this month."))
@click.option("--case", "is_case", is_flag=True, help=tr("Compute the statistics that FILE asks for."))
def score(file: Path, is_case: bool, **asked: Any) -> int:
    """Score a map, or compute statistics, and write what came out."""
    return _cases(file) if is_case else _score(file, **asked)


def _score(
    file: Path,
    *,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    wanted: Sequence[str],
    persona: str | None,
    metric: str,
    first: str,
    last: str,
) -> int:
    from cxmapper.cli.export import journeys_of
    from cxmapper.export.tables import csv_of, json_of, scores_as
    from cxmapper.scoring.tables import table_of
    from cxmapper.storage.files import open_map, refuse_same_file, write_whole

    if as_json and as_csv:
        raise UserError(msg("choose either --json or --csv"))
    if out is not None:
        refuse_same_file(out, [file])
    document = open_map(file).document
    journeys = [journey.id for journey in journeys_of(document, wanted, file)]
    cards = _cards(document, journeys, _persona(document, persona, file), metric, _window(first, last))
    if out is not None:
        write_whole(out, scores_as(out, cards))
        put(str(out))
    elif as_json:
        put_bytes(json_of(cards))
    elif as_csv:
        put_bytes(csv_of(table_of(cards)).encode())
    else:
        for card in cards:
            tell(card)
    return DONE


def _cards(
    document: Document, journeys: Sequence[str], persona: str | None, metric: str, window: Window | None
) -> list[Scorecard]:
    from cxmapper.scoring.scorecard import score as scorecard

    cards: list[Scorecard] = []
    for journey in journeys:
        before = cards[-1] if cards else None
        cards.append(
            scorecard(document, journey, persona=persona, metric=metric, window=window, previous=before)
        )
    return cards


def _window(first: str, last: str) -> Window | None:
    from cxmapper.scoring.pools import Window

    if first and last and first > last:
        raise UserError(msg("--from {first} is later than --to {last}", first=first, last=last))
    return Window(first, last) if first or last else None


def _persona(document: Document, name: str | None, file: Path) -> str | None:
    """The id of the persona that is asked for, by id or name."""
    if name is None:
        return None
    people = document.children(None, Persona)
    found = [p for p in people if p.id == name] or [p for p in people if p.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0].id
    names = ", ".join(f"“{p.name or p.id}” ({p.id})" for p in found or people)
    if found:
        raise UserError(
            msg("{file} holds several personas “{name}”; say which by id: {names}", file=file, name=name,
                names=names)
        )  # fmt: skip
    raise UserError(
        msg("{file} holds no persona “{name}”; there are: {names}", file=file, name=name, names=names or "–")
    )


def tell(card: Scorecard, most: int | None = None) -> None:
    """A scorecard as lines to read: the headline, then the touchpoints by rank, at most so many of them."""
    whole = card.journey
    put(tr("Map “{title}”", title=one_line(card.title) or card.id))
    if whole.hidden:
        put("  " + tr("too few answers to show any (under {least})", least=card.settings.anonymity))
    elif whole.score is None:
        put("  " + tr("no answers yet; bring them in by cxmapper survey"))
    else:
        answers = Plural("{n} answer", "{n} answers", whole.n or 0)
        put(f"  {_measured(whole)}, {answers}")
    shown = card.nodes[:most]
    width = max((len(_title(node)) for node in shown), default=0)
    for rank, node in enumerate(shown, 1):
        put(f"{rank:4}. {_title(node):<{width}}  {_line(node)}".rstrip())


def _title(node: NodeScore) -> str:
    return one_line(node.title) or node.id


def _line(node: NodeScore) -> str:
    """What to say of a touchpoint in one line."""
    words = [str(_TIERS[node.tier])]
    if node.hidden:
        words.append(tr("hidden, so that nobody can be recognised"))
    elif node.score is not None:
        words += [_measured(node), f"n {node.n}"]
        if node.target_gap is not None and node.gap_score is not None:
            words.append(
                tr("gap {gap}, gap score {score:.1f}", gap=_points(node.target_gap), score=node.gap_score)
            )
    return " · ".join(words)


def _measured(scored: NodeScore | RollUp) -> str:
    """A score with its interval, under the name of its metric."""
    return f"{scored.metric.upper()} {_points(scored.score)} [{_points(scored.lo)}, {_points(scored.hi)}]"


def _points(value: float | None) -> str:
    """A score as people write it: a signed whole number.

    >>> _points(-18.5), _points(0.4), _points(48.0)
    ('−19', '0', '+48')
    """
    if value is None:
        return "–"
    whole = int(abs(value) + 0.5)
    return "0" if not whole else f"{'−' if value < 0 else '+'}{whole}"


def _cases(file: Path) -> int:
    """Compute the statistics that a file asks for; 1 where one can't be."""
    from cxmapper.cli.case_files import operations
    from cxmapper.scoring.cases import run_cases

    results = run_cases(_read_cases(file), operations(file))
    put_json(results)
    return PROBLEMS if any("error" in result for result in results.values()) else DONE


def _read_cases(file: Path) -> list[dict[str, Any]]:
    import orjson

    try:
        read = orjson.loads(file.read_bytes())
    except OSError as problem:
        raise FileProblem(msg("{file} can’t be read: {why}", file=file, why=problem.strerror)) from None
    except orjson.JSONDecodeError as problem:
        raise FileProblem(msg("{file} is no JSON: {why}", file=file, why=problem)) from None
    cases = read.get("cases") if isinstance(read, dict) else read
    if not isinstance(cases, list) or not all(map(_is_case, cases)):
        raise FileProblem(msg("{file} is no list of cases, each with id, op and input", file=file))
    return cases


def _is_case(case: object) -> bool:
    return (
        isinstance(case, dict)
        and isinstance(case.get("id"), str)
        and isinstance(case.get("op"), str)
        and isinstance(case.get("input"), dict)
    )
