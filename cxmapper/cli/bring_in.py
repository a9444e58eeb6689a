"""Puts a counted survey into a map file: matches its names, asks what must be asked, saves.

The map's side of `cxmapper survey` and of the demo. A question that the options leave open is an error
with the option that answers it, and then no file is changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxmapper.edit.change import Change, apply
from cxmapper.edit.operations import bring_in, overlap
from cxmapper.errors import SaveProblem, UserError
from cxmapper.locale import Message, Plural, Words, msg
from cxmapper.model.base import Element
from cxmapper.model.checks import called
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Persona, Stage, Touchpoint
from cxmapper.model.lookup import current_journeys
from cxmapper.model.names import folded
from cxmapper.storage.files import fingerprint, open_map, refuse_same_file, save_map
from cxmapper.storage.mapfile import OpenedMap
from cxmapper.survey.bring_in import Brought, brought
from cxmapper.survey.counted import Counted
from cxmapper.survey.match import Matches, Value, match

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Choices:
    """What the options of a call say: maps by title or id, what names mean, whether to replace answers.

    `meaning` has entries such as `Installation=Engineer visit`.
    """

    journeys: Sequence[str] = ()
    meaning: Sequence[str] = ()
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """What an import would do to a map, and what it would ask first."""

    opened: OpenedMap
    matches: Matches
    made: Brought
    change: Change
    questions: tuple[Message, ...]

    def refuse_questions(self) -> None:
        """Raise UserError, with the option that answers it, where something is to be asked first."""
        if self.questions:
            raise UserError(self.questions[0])

    def save(self, out: Path | None = None, *, backup: bool = True) -> Path:
        """Save the map with the survey in it, as `out` or in its own file; returns where it is.

        `backup` keeps the file before beside it. Raises UserError where a question is open, SaveProblem
        where it can't be saved.
        """
        self.refuse_questions()
        before = self.opened
        if before.path is None:
            raise SaveProblem(msg("the map has no file yet; give it one with -o"))
        document = apply(before.document, self.change)
        if out is None:
            save_map(before, document, before.path, expect=before.fingerprint, backup=backup)
            return before.path
        refuse_same_file(out, [before.path])
        save_map(before, document, out, expect=fingerprint(out), backup=backup)
        return out

    def raw(self) -> dict[str, Any]:
        """What was matched and what not, as plain JSON values."""
        document = self.opened.document
        likely = {suggestion.value: suggestion.ids for suggestion in self.matches.suggestions}
        return {
            "matched": [
                {**_raw(value), "ids": list(ids), "titles": [called(document[i]) for i in ids]}
                for value, ids in self.matches.matched.items()
            ],
            "unmatched": [
                {**_raw(value), "suggestions": [called(document[i]) for i in likely.get(value, ())]}
                for value in self.matches.unmatched
            ],
            "questions": [str(words) for words in self.questions],
        }

    def told(self) -> list[Words]:
        """What a person wants to know of it: what is not matched, with what it may be, and what is open."""
        document = self.opened.document
        likely = {suggestion.value: suggestion.ids for suggestion in self.matches.suggestions}
        lines: list[Words] = []
        for value in self.matches.unmatched:
            n = Plural("{n} answer", "{n} answers", value.answers)
            ids = likely.get(value, ())
            if ids:
                lines.append(
                    msg("unmatched: {kind} “{name}” ({n}); perhaps {titles}", kind=_kind(value),
                        name=value.name, n=n, titles=_titles([document[i] for i in ids]))
                )  # fmt: skip
            else:
                lines.append(msg("unmatched: {kind} “{name}” ({n})", kind=_kind(value), name=value.name, n=n))
        return [*lines, *(msg("open: {question}", question=words) for words in self.questions)]


def plan(opened: OpenedMap, counted: Counted, choices: Choices) -> Planned:
    """What bringing `counted` into the map would do. Raises UserError where a choice names nothing."""
    document = opened.document
    if not current_journeys(document):
        raise UserError(
            msg("{file} has no map of how things are now; answers belong on one", file=opened.path or "")
        )
    journeys = [_journey(document, name) for name in choices.journeys] or None
    assigned = dict(_meaning(document, words, journeys) for words in choices.meaning)
    matches = match(counted, document, journeys=journeys, assigned=assigned)
    made = brought(counted, matches, assigned=assigned)
    change = bring_in(document, made.survey, made.tallies)
    return Planned(opened, matches, made, change, _questions(document, matches, made, change, choices))


def plan_for(file: Path, counted: Counted, choices: Choices) -> Planned:
    """The same for the map in `file`."""
    return plan(open_map(file), counted, choices)


def _questions(
    document: Document, matches: Matches, made: Brought, change: Change, choices: Choices
) -> tuple[Message, ...]:
    found = [
        msg("{n} answers may belong to any of these maps: {titles}; say which by --journey TITLE",
            n=q.answers, titles=_titles([document[i] for i in q.choices]))
        for q in matches.questions
    ]  # fmt: skip
    there = overlap(document, made.survey.id, made.tallies)
    if there and change and not choices.replace:
        found.append(
            msg("the map has {before} answers of this survey for {months}, and {after} would take their "
                "place; say --replace if they shall", before=there.before, after=there.after,
                months=_months(there.months))
        )  # fmt: skip
    return tuple(found)


def _months(months: Sequence[str]) -> Words:
    if months == ("",):
        return msg("no known month")
    known = [month for month in months if month]
    return (
        msg("{first}", first=known[0])
        if len(known) == 1
        else msg("{first} to {last}", first=known[0], last=known[-1])
    )


def _journey(document: Document, name: str) -> str:
    """The current map of this id or title."""
    there = current_journeys(document)
    found = [j for j in there if j.id == name] or [j for j in there if folded(j.title) == folded(name)]
    if len(found) == 1:
        return found[0].id
    if found:
        raise UserError(msg("there are {n} maps called “{name}”; say which by id: {ids}", n=len(found),
                            name=name, ids=", ".join(j.id for j in found)))  # fmt: skip
    raise UserError(msg("there is no map “{name}” of how things are now; there are: {titles}", name=name,
                        titles=_titles(there)))  # fmt: skip


def _meaning(document: Document, words: str, journeys: Sequence[str] | None) -> tuple[str, str]:
    """A name of the survey and the id of what it means, of `NAME=TITLE`."""
    name, equals, title = words.rpartition("=")
    if not equals or not name.strip():
        raise UserError(msg("--match “{words}”: write NAME=TITLE, a name of the survey and what it means "
                            "on the map", words=words))  # fmt: skip
    if title in document and isinstance(document[title], Touchpoint | Stage | Persona | Journey):
        return name, title
    found = [e for e in _answerable(document, journeys) if folded(e.caption) == folded(title)]
    if len(found) == 1:
        return name, found[0].id
    if found:
        raise UserError(msg("--match “{words}”: {n} parts of the map are called so; say which by id: {ids}",
                            words=words, n=len(found), ids=", ".join(e.id for e in found)))  # fmt: skip
    raise UserError(
        msg("--match “{words}”: nothing on the map is called “{title}”", words=words, title=title)
    )


def _answerable(document: Document, journeys: Sequence[str] | None) -> list[Element]:
    """The personas, and all on current maps that answers may be about."""
    maps = [j.id for j in current_journeys(document) if journeys is None or j.id in journeys]
    stages = [stage for m in maps for stage in document.children(m, Stage)]
    return [
        *document.children(None, Persona),
        *stages,
        *(touchpoint for stage in stages for touchpoint in document.children(stage.id, Touchpoint)),
    ]


def _raw(value: Value) -> dict[str, Any]:
    return {"kind": value.kind, "value": value.name, "answers": value.answers}


_KINDS: Mapping[str, Message] = {
    "touchpoint": msg("touchpoint"),
    "stage": msg("stage"),
    "persona": msg("persona"),
}


def _kind(value: Value) -> Message:
    return _KINDS[value.kind]


def _titles(elements: Sequence[Element]) -> str:
    named = [f"“{called(element)}”" for element in elements[:_MOST_NAMED]]
    return ", ".join([*named, "…"] if len(elements) > _MOST_NAMED else named)
