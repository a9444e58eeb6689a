"""`cxmapper export`: maps as a file for others to read, in the format that the name's ending says."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter, ValidationError

from cxmapper.cli.entry import A_FILE, DONE
from cxmapper.cli.output import put, say
from cxmapper.errors import SaveProblem, UserError
from cxmapper.export.formats import FORMATS, Format, Order, Written, format_of
from cxmapper.layout.measured import Scores
from cxmapper.locale import Plural, msg, tr
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey
from cxmapper.model.fields import Day
from cxmapper.storage.mapfile import ENDING, OpenedMap

_MOST_NAMED = 12


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        return value and TypeAdapter(Day).validate_python(value)
    except ValidationError:
        raise click.BadParameter(tr("{value} is no date such as 2026-03-14", value=value)) from None


def _finite(_ctx: click.Context, _option: click.Parameter, value: float) -> float:
    if math.isnan(value):  # which click's own range lets through
        raise click.BadParameter(tr("{value} is no number", value=value))
    return value


@click.command(
    help=tr("Write maps as a PDF or a picture. The ending of OUT says the format: {f}.", f=", ".join(FORMATS))
)
@click.argument("file", type=A_FILE)
@click.argument("out", type=A_FILE)
@click.option(
    "--format", "name", type=click.Choice(list(FORMATS)), help=tr("The format, whatever OUT's ending.")
)
@click.option(
    "--paper", default="poster", show_default=True, help=tr("PDF: poster, or A4, A3, Letter and so on.")
)
@click.option(
    "--journey", "wanted", multiple=True, metavar="TITLE", help=tr("Only this map (title or id); repeatable.")
)
@click.option("--date", metavar="DATE", callback=_day, help=tr("PDF: its date, in place of the map's own."))
@click.option("--scale", type=click.FloatRange(0.1, 10), default=2.0, show_default=True, callback=_finite,
              help=tr("PNG: pixels for each pixel of a screen at 100 %."))  # fmt: skip
@click.option("--details/--no-details", "with_details", default=True, show_default=True,
              help=tr("PDF: pages with what the map does not show."))  # fmt: skip
@click.option("--scores/--no-scores", "with_scores", default=True, show_default=True,
              help=tr("Draw what customers answered on the maps, where there are answers."))  # fmt: skip
def export(file: Path, out: Path, name: str | None, wanted: tuple[str, ...], **how: Any) -> int:
    """Write maps to `out`, whole or not at all, and never over the map they come from."""
    chosen = FORMATS[name] if name is not None else format_of(out)
    written = export_map(file, out, chosen, wanted, **how)
    put(str(Plural("{file}: {n} page", "{file}: {n} pages", written.pages, {"file": out})))
    return DONE


def export_map(file: Path, out: Path, chosen: Format, wanted: Sequence[str] = (), **how: Any) -> Written:
    """Export maps of `file` to `out`, and say what could not be drawn.

    `wanted` are titles or ids, all maps where there are none; `how` are fields of an `Order`.

    Raises UserError where the input, the options or the place to write are wrong; then `out` is as
    it was before.
    """
    from cxmapper.storage.files import open_map, refuse_same_file, write_whole

    refuse_same_file(out, [file])
    if out.suffix == ENDING:
        raise SaveProblem(msg("{file} is named as a map; give the export another ending", file=out))
    opened = open_map(file)
    with_scores = bool(how.pop("with_scores", True))
    journeys = journeys_of(opened.document, wanted, file)
    if len(journeys) > 1 and not chosen.holds_many:
        raise UserError(
            msg(
                "{file} holds {n} maps, and {format} takes one; name it by --journey: {titles}",
                file=file,
                n=len(journeys),
                format=chosen.name,
                titles=_titles(journeys),
            )
        )
    scores = _scores(opened.document, journeys) if with_scores else None
    written = chosen.write(_order(opened, journeys, {**how, "scores": scores}))
    write_whole(out, written.data)
    for words in written.remarks:
        say(words)
    return written


def _order(opened: OpenedMap, journeys: Sequence[Journey], how: Mapping[str, Any]) -> Order:
    from cxmapper.layout.fonts import load_fonts
    from cxmapper.layout.text import Typesetter

    language = journeys[0].language or opened.document.settings.language
    return Order(
        document=opened.document,
        journeys=tuple(journey.id for journey in journeys),
        typesetter=Typesetter(load_fonts(), language),
        images=opened.images,
        **how,
    )


def _scores(document: Document, journeys: Sequence[Journey]) -> Scores | None:
    """What customers answered on these maps; the scoring is loaded only where somebody did."""
    if not document.index.of_kind("tally"):
        return None
    from cxmapper.export.overlay import scores_of

    return scores_of(document, [journey.id for journey in journeys])


def journeys_of(document: Document, wanted: Sequence[str], file: Path) -> tuple[Journey, ...]:
    """The maps that are wanted, in that order, by id or by title; all where nothing is said."""
    there = document.children(None, Journey)
    if not there:
        raise UserError(msg("{file} holds no map to export; add one in the window first", file=file))
    return tuple(_journey(there, name, file) for name in wanted) or there


def _journey(there: Sequence[Journey], name: str, file: Path) -> Journey:
    found = [j for j in there if j.id == name] or [j for j in there if j.title.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(journey.id for journey in found)
        raise UserError(
            msg("{file} holds {n} maps called “{name}”; say which by id: {ids}", file=file, n=len(found),
                name=name, ids=ids)
        )  # fmt: skip
    raise UserError(
        msg("{file} holds no map “{name}”; there are: {titles}", file=file, name=name, titles=_titles(there))
    )


def _titles(journeys: Sequence[Journey]) -> str:
    named = [f"“{journey.title or journey.id}”" for journey in journeys[:_MOST_NAMED]]
    return ", ".join([*named, "…"] if len(journeys) > _MOST_NAMED else named)
