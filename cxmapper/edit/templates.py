"""The templates a new map may start from: outlines that come with the program.

Adding one is adding a file to `resources/templates`. Knows the model and the outline format; how
the map is saved is the storage's business.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from cxmapper import assets
from cxmapper.edit.outline import Source, parse, read_outline
from cxmapper.errors import UserError
from cxmapper.locale import Message, msg
from cxmapper.model.document import Document
from cxmapper.model.ids import IdSource, new_id

_FOLDER = "templates"
_ENDING = ".toml"
_FIRST = "blank"
_HEAD = "template"
_TABLE = re.compile(r"^\[", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its name on the command line, what to call it, what it is for, and its text."""

    name: str
    title: Message
    description: Message
    text: str

    def document(self, new_id: IdSource = new_id) -> Document:
        """A new map made of the template, with ids of its own.

        Raises FileProblem, which blames the file, where the text is no sound outline.
        """
        source = parse(self.name + _ENDING, self.text)
        tables = {name: table for name, table in source.tables.items() if name != _HEAD}
        return read_outline([Source(source.name, tables)], lambda _: new_id())


def templates() -> tuple[Template, ...]:
    """The templates that come with the program, the empty one first, then by name."""
    files = [entry.name for entry in assets.root().joinpath(_FOLDER).iterdir()]
    names = [name.removesuffix(_ENDING) for name in files if name.endswith(_ENDING)]
    return tuple(_load(name) for name in sorted(names, key=lambda name: (name != _FIRST, name)))


def template(name: str) -> Template:
    """The template called `name`.

    Raises UserError, which names the nearest one, where there is none.
    """
    known = [each.name for each in templates()]
    if name in known:
        return _load(name)
    near = difflib.get_close_matches(name, known, n=1)
    if near:
        raise UserError(msg("there is no template “{name}”; did you mean “{near}”?", name=name, near=near[0]))
    raise UserError(msg("there is no template “{name}”; take {known}", name=name, known=", ".join(known)))


def _load(name: str) -> Template:
    return _template(name, assets.read_bytes(f"{_FOLDER}/{name}{_ENDING}").decode())


def _template(name: str, text: str) -> Template:
    head = parse(name + _ENDING, _head(text)).tables.get(_HEAD, {})
    title = str(head.get("title", name))
    return Template(name, Message(title), Message(str(head.get("description", title))), text)


def _head(text: str) -> str:
    """The text up to its second table: what a list of templates shows, without reading them whole."""
    tables = [found.start() for found in _TABLE.finditer(text)]
    return text[: tables[1]] if len(tables) > 1 else text
