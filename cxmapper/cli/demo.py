"""`cxmapper demo`: the main job done once on the samples, in a folder that was not there before."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

import click

from cxmapper import assets
from cxmapper.cli.entry import A_FILE, DONE, open_window
from cxmapper.cli.export import export_map
from cxmapper.cli.output import put
from cxmapper.errors import SaveProblem
from cxmapper.export.formats import format_of
from cxmapper.locale import Plural, msg, tr
from cxmapper.storage.files import write_whole
from cxmapper.storage.mapfile import ENDING
from cxmapper.storage.trouble import unsaved

_MAIN = "broadband.cxmap"
_SURVEY = "broadband-survey.csv"
_GAPS = 5


@click.command(
    help=tr(
        "Do the main job once, on sample maps. Copies them to FOLDER (cxmapper-demo), imports a survey into "
        "one, says where to act first, exports the blueprint, and opens the window if there is a display. "
        "Nothing is overwritten: where FOLDER "
        "exists, FOLDER-2 or the next free number is made."
    )
)
@click.argument("folder", required=False, default="cxmapper-demo", type=A_FILE)
@click.option("--no-window", is_flag=True, help=tr("End when the files are made."))
def demo(folder: Path, no_window: bool) -> int:
    """Copy the samples, import a survey, export one blueprint, and open the window for who can see it."""
    made = _new_folder(folder)
    copied = _copy_samples(made)
    put(
        str(
            Plural(
                "copied {n} sample map to {folder}",
                "copied {n} sample maps to {folder}",
                copied,
                {"folder": made},
            )
        )
    )
    _import_survey(made / _MAIN, made / _SURVEY)
    _say_gaps(made / _MAIN)
    blueprint = (made / _MAIN).with_suffix(".pdf")
    result = export_map(made / _MAIN, blueprint, format_of(blueprint))
    put(
        str(
            Plural(
                "exported the blueprint of {map} to {file} ({n} page)",
                "exported the blueprint of {map} to {file} ({n} pages)",
                result.pages,
                {"map": _MAIN, "file": blueprint},
            )
        )
    )
    from cxmapper.app.preflight import live_display

    if no_window or not live_display(os.environ):
        put(tr("open it with: cxmapper {file}", file=made / _MAIN))
        return DONE
    return open_window([made / _MAIN])


def _new_folder(wanted: Path) -> Path:
    """Make the folder `wanted`, or the first of `wanted-2`, `wanted-3`, … that is not there."""
    first = wanted.resolve() if wanted.name in ("", "..") else wanted
    if not first.name:
        raise SaveProblem(msg("{folder} has no name to add a number to; give another folder", folder=wanted))
    for number in count(1):
        folder = first if number == 1 else first.with_name(f"{first.name}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as problem:
            raise unsaved(folder, problem) from problem
        return folder
    raise AssertionError("there is always another number")


def _copy_samples(folder: Path) -> int:
    samples = [entry for entry in assets.samples().iterdir() if entry.name.endswith(ENDING)]
    for sample in (*samples, assets.samples() / _SURVEY):
        write_whole(folder / sample.name, sample.read_bytes())
    return len(samples)


def _import_survey(file: Path, survey: Path) -> None:
    """Bring the sample's survey into its map, whose 11s are “don't know”, and say what became of it."""
    from cxmapper.cli.bring_in import Choices, plan
    from cxmapper.storage.files import open_map
    from cxmapper.survey import choices
    from cxmapper.survey.detect import propose
    from cxmapper.survey.known import known_names
    from cxmapper.survey.readers import read_table
    from cxmapper.survey.tally import count

    opened = open_map(file)
    chosen = choices.Choices(codes="0-11")
    counted = count(propose(read_table(survey), chosen, known_names(opened.document)), chosen).counted
    planned = plan(opened, counted, Choices())
    planned.save(backup=False)
    put(tr("imported {n} answers of {rows} from {file}", n=counted.counts.n, rows=counted.counts.rows,
           file=survey))  # fmt: skip
    for words in planned.told():
        put(f"  {words}")


def _say_gaps(file: Path) -> None:
    """Where to act first on the first map of the file."""
    from cxmapper.cli.score import tell
    from cxmapper.model.elements import Journey
    from cxmapper.scoring.scorecard import score
    from cxmapper.storage.files import open_map

    document = open_map(file).document
    journey = document.children(None, Journey)[0]
    put(tr("the {n} largest gaps, of those we can be sure of first:", n=_GAPS))
    tell(score(document, journey.id), most=_GAPS)
