"""The column that a person means by a name or a number."""

from __future__ import annotations

import difflib

from cxmapper.errors import FileProblem
from cxmapper.locale import msg
from cxmapper.survey.headers import Column, Header
from cxmapper.survey.words import plain


def named_column(header: Header, name: str, file: str) -> Column:
    """The column called `name`: exactly, but for case and punctuation, by its question, or by number from 1.

    Raises FileProblem where there is none, or several.
    """
    wanted = plain(name)
    for fits in (
        lambda c: c.name == name,
        lambda c: c.name.strip().casefold() == name.strip().casefold(),
        lambda c: bool(wanted) and plain(c.name) == wanted,
        lambda c: bool(wanted) and plain(c.question) == wanted,
    ):
        found = [column for column in header.columns if fits(column)]
        if len(found) == 1:
            return found[0]
        if found:
            numbers = ", ".join(str(column.at + 1) for column in found)
            words = msg(
                "{file} has several columns “{name}”; name one by its number: {numbers}",
                file=file,
                name=name,
                numbers=numbers,
            )
            raise FileProblem(words)
    if name.strip().isdecimal() and 1 <= int(name) <= len(header.columns):
        return header.columns[int(name) - 1]
    raise _unknown(header, name, file)


def _unknown(header: Header, name: str, file: str) -> FileProblem:
    names = [column.name for column in header.columns if column.name]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if near:
        return FileProblem(
            msg("{file} has no column “{name}”; did you mean “{near}”?", file=file, name=name, near=near[0])
        )
    some = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return FileProblem(msg("{file} has no column “{name}”; it has {names}", file=file, name=name, names=some))
