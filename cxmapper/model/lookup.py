"""Looks up what names stand for on a document: for what somebody said, else what is titled or called so.

Names that differ in writing alone are one (`names`). Answers of a persona belong to its current maps,
so a name is looked up among maps. Nothing here guesses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cxmapper.model.columns import journey_of, stages, touchpoints
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Persona, Stage, Touchpoint
from cxmapper.model.names import folded

_MARKS = (" — ", " – ", " - ", ", ", ": ", " (")  # what parts a persona's name from what follows it


def current_journeys(document: Document) -> tuple[Journey, ...]:
    """The maps that answers may belong to: those of how it is now, never those of how it shall be."""
    return tuple(j for j in document.children(None, Journey) if j.state == "current")


class Names:
    """Looks up names on one document, among the maps that answers may belong to."""

    def __init__(
        self, document: Document, journeys: Sequence[str] | None, aliases: Mapping[str, str]
    ) -> None:
        self.document = document
        there = current_journeys(document)
        self.journeys = [j for j in there if journeys is None or j.id in journeys]
        self._aliases = {name: id_ for name, id_ in aliases.items() if id_ in document}
        self._personas = _by_name(p for p in document.children(None, Persona))
        self._nodes = {
            (j.id, kind): _by_name(_nodes(document, j.id, kind))
            for j in self.journeys
            for kind in ("touchpoint", "stage")
        }

    def persona(self, name: str) -> str | None:
        """The persona that `name` stands for, or None."""
        key = folded(name)
        alias = self.document.get(self._aliases.get(key), Persona)
        if alias is not None:
            return alias.id
        found = self._personas.get(key, ())
        return found[0] if len(found) == 1 else None

    def maps_of(self, persona: str | None) -> tuple[str, ...]:
        """The maps that answers of `persona` may belong to; None: of anybody."""
        return tuple(j.id for j in self.journeys if persona is None or not j.who or persona in j.who)

    def nodes(self, name: str, kind: str, maps: Iterable[str]) -> tuple[str, ...]:
        """All that `name` may stand for in `maps`: one id where that is certain."""
        key, inside = folded(name), tuple(maps)
        alias = self._aliases.get(key)
        if alias is not None and journey_of(self.document, alias) in inside:
            return (alias,)
        return tuple(id_ for m in inside for id_ in self._nodes.get((m, kind), {}).get(key, ()))

    def called(self, kind: str) -> dict[str, tuple[str, ...]]:
        """All folded names of a `kind` (persona, touchpoint or stage), each with the ids of what has it."""
        if kind == "persona":
            return self._personas
        table: dict[str, dict[str, None]] = {}
        for (_, sort), names in self._nodes.items():
            for name, ids in names.items() if sort == kind else ():
                table.setdefault(name, {}).update(dict.fromkeys(ids))
        return {name: tuple(ids) for name, ids in table.items()}


def _by_name(elements: Iterable[Persona | Stage | Touchpoint]) -> dict[str, tuple[str, ...]]:
    """Ids by folded title, and by what else they are called where nothing is titled so."""
    titles: dict[str, dict[str, None]] = {}
    others: dict[str, dict[str, None]] = {}
    for element in elements:
        if isinstance(element, Persona):
            title, *more = writings(element)
        else:
            title, more = element.title, list(element.aliases)
        titles.setdefault(folded(title), {})[element.id] = None
        for name in more:
            others.setdefault(folded(name), {})[element.id] = None
    return {name: tuple(ids) for name, ids in {**others, **titles}.items() if name}


def writings(persona: Persona) -> tuple[str, ...]:
    """A persona's name, and its first part ("Priya — first home" is called Priya)."""
    parts = [persona.name.partition(mark)[0].strip() for mark in _MARKS if mark in persona.name]
    first = min(filter(None, parts), key=len, default="")
    return (persona.name, first) if first else (persona.name,)


def _nodes(document: Document, journey: str, kind: str) -> Iterator[Stage | Touchpoint]:
    ids = touchpoints(document, journey) if kind == "touchpoint" else stages(document, journey)
    for id_ in ids:
        found = document[id_]
        if isinstance(found, Stage | Touchpoint):
            yield found
