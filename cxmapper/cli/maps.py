"""The commands about map files as such: `new`, `templates` and `show`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cxmapper.cli.entry import A_FILE, DONE
from cxmapper.cli.output import put, put_bytes, put_json
from cxmapper.errors import SaveProblem
from cxmapper.locale import msg, tr

_JSON = click.option("--json", "as_json", is_flag=True, help=tr("Write JSON, for other programs."))


@click.command(help=tr("Make a new map at OUT, which must not be there yet."))
@click.argument("out", type=A_FILE)
@click.option(
    "--template", "name", default="blank", show_default=True, help=tr("One that `cxmapper templates` lists.")
)
def new(out: Path, name: str) -> int:
    """Make a new map at `out`, of a template; a name without an ending gets `.cxmap`."""
    from cxmapper.edit.templates import template
    from cxmapper.storage.files import save_map
    from cxmapper.storage.mapfile import ENDING, new_map

    chosen = template(name)
    if out.name in ("", ".."):
        raise SaveProblem(msg("{file} is a folder; give the new map a name", file=out))
    file = out if out.suffix == ENDING else out.with_name(out.name + ENDING)
    if os.path.lexists(file):
        raise SaveProblem(msg("{file} is there already; give the new map another name", file=file))
    document = chosen.document()
    save_map(new_map(document), document, file, expect=None)
    put(str(file))
    return DONE


@click.command(help=tr("List the templates that a new map can start from."))
@_JSON
def templates(as_json: bool) -> int:
    """List the templates, one a line."""
    from cxmapper.edit.templates import templates as all_templates

    found = all_templates()
    if as_json:
        put_json([{"name": t.name, "title": str(t.title), "description": str(t.description)} for t in found])
        return DONE
    width = max((len(t.name) for t in found), default=0)
    for each in found:
        put(f"{each.name:<{width}}  {each.title}: {each.description}")
    return DONE


@click.command(help=tr("Tell what is in the map FILE; with --json, all of it."))
@click.argument("file", type=A_FILE)
@_JSON
def show(file: Path, as_json: bool) -> int:
    """Tell what is in a map: in words, or the whole document as it stands in the file."""
    from cxmapper.cli.summary import summary
    from cxmapper.storage.canonical import map_bytes
    from cxmapper.storage.files import open_map

    opened = open_map(file)
    if as_json:
        put_bytes(map_bytes(opened.document, opened.extras.fields))
        return DONE
    for line in summary(opened.document):
        put(line)
    return DONE
