"""`cxmapper check`: whether maps are whole and consistent, told to a person or to a program."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cxmapper.cli.entry import A_FILE, DONE, PROBLEMS
from cxmapper.cli.output import one_line, put, put_json, say
from cxmapper.errors import UserError
from cxmapper.locale import Plural, Words, msg, tr
from cxmapper.model.checks import Problem
from cxmapper.model.checks import check as problems_of
from cxmapper.storage.files import open_map


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of one file found; `unreadable` says why it could not be looked into."""

    file: Path
    found: tuple[Problem, ...] = ()
    unreadable: UserError | None = None

    @property
    def problems(self) -> int:
        """How many of the findings want mending."""
        return sum(problem.severity == "problem" for problem in self.found)

    @property
    def status(self) -> int:
        """The exit status this file asks for."""
        if self.unreadable is not None:
            return self.unreadable.status
        return PROBLEMS if self.problems else DONE

    def raw(self) -> dict[str, Any]:
        """The report as plain JSON values."""
        # A name on the disk may be any bytes; JSON holds text alone.
        name = os.fsencode(self.file).decode(errors="backslashreplace")
        if self.unreadable is not None:
            return {"file": name, "status": self.status, "error": str(self.unreadable)}
        found = [
            {"severity": p.severity, "element": p.element, "field": p.field, "message": str(p.words)}
            for p in self.found
        ]
        return {"file": name, "status": self.status, "found": found}


@click.command(
    help=tr(
        "Say whether maps are whole and consistent. Status 0: all are; 1: there are problems; "
        "2: one can't be read."
    )
)
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=A_FILE)
@click.option("--json", "as_json", is_flag=True, help=tr("Write JSON, for other programs."))
def check(files: tuple[Path, ...], as_json: bool) -> int:
    """Check every file, go on after a bad one, and return the worst status."""
    reports = [_report(file) for file in files]
    if as_json:
        put_json([report.raw() for report in reports])
    for report in reports:
        if report.unreadable is not None:
            say(report.unreadable.words)
        elif not as_json:
            _tell(report)
    return max(report.status for report in reports)


def _report(file: Path) -> Report:
    try:
        opened = open_map(file)
    except UserError as problem:
        return Report(file, unreadable=problem)
    of_the_file = tuple(Problem("problem", "", "", words) for words in opened.problems)
    return Report(file, of_the_file + problems_of(opened.document, opened.carried))


def _tell(report: Report) -> None:
    put(f"{one_line(str(report.file))}: {_verdict(report)}")
    for each in report.found:
        where = ".".join(filter(None, (each.element, each.field)))
        what: Words = each.words if each.severity == "problem" else msg("note: {what}", what=each.words)
        put("  " + one_line(": ".join(filter(None, (where, str(what))))))


def _verdict(report: Report) -> Words:
    if report.problems:
        return Plural("{n} problem", "{n} problems", report.problems)
    return msg("clean")
