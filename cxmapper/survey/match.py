"""Which parts of a map the names in a survey stand for.

A name stands for what `model.lookup` finds: what somebody said it does, what is titled or also called
so, writing apart. Names that are merely
alike are suggestions, for a person to accept. An answer belongs to the current maps of its persona;
where that leaves several maps, that is a question. Knows the model only: what is matched becomes
elements in `bring_in`.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from cxmapper.locale import Message, msg
from cxmapper.model.checks import called
from cxmapper.model.columns import journey_of
from cxmapper.model.document import Document
from cxmapper.model.elements import Survey, Touchpoint
from cxmapper.model.ids import survey_id
from cxmapper.model.lookup import Names
from cxmapper.model.names import folded
from cxmapper.survey.counted import Counted, Node, NodeKind

ValueKind = Literal["touchpoint", "stage", "persona"]
_MOST_ALIKE = 3
_ALIKE = 0.62  # the ratio from which difflib's likeness is worth showing


class Said(NamedTuple):
    """What answers say of themselves, as the survey writes it: whose they are, and all they name."""

    persona: str | None = None
    nodes: frozenset[Node] = frozenset()

    def names(self, kind: NodeKind) -> tuple[str, ...]:
        """The touchpoints or the stages that the answers name, sorted."""
        return tuple(sorted(name for sort, name in self.nodes if sort == kind))


@dataclass(frozen=True, slots=True)
class Meant:
    """What that stands for on the map: touchpoints, else their stage, else the map; or nothing yet."""

    persona: str | None = None
    nodes: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    unmatched_persona: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A name that a survey uses: for what sort of thing, and in how many answers."""

    kind: ValueKind
    name: str
    answers: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that matches nothing, with the ids that are called most alike, the likest first."""

    value: Value
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """To which of several maps do answers belong? A person must say before they can be kept.

    `choices` are ids of maps; `answers` is how many answers wait for it.
    """

    words: Message
    choices: tuple[str, ...]
    answers: int


@dataclass(frozen=True, slots=True)
class Matches:
    """How all that a survey says was matched; `meant` has an entry for every `Said` asked about.

    `spelled` gives for each folded name the spelling that most answers have.
    """

    meant: Mapping[Said, Meant]
    matched: Mapping[Value, tuple[str, ...]] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    unmatched: tuple[Value, ...] = ()
    questions: tuple[Question, ...] = ()
    spelled: Mapping[str, str] = field(default_factory=dict)


def match(
    counted: Counted,
    document: Document,
    *,
    journeys: Sequence[str] | None = None,
    assigned: Mapping[str, str] | None = None,
) -> Matches:
    """Match all that a survey says to `document`.

    `journeys` are ids of the maps that somebody chose for it; None leaves it to the personas.
    `assigned` is what somebody says now that names mean, name to id, over what the map remembers of
    this survey.
    """
    survey = document.get(id_of(counted), Survey)
    aliases = dict(survey.aliases) if survey is not None else {}
    aliases |= {folded(name): id_ for name, id_ in (assigned or {}).items()}
    said: Counter[Said] = Counter()
    for group, answers in counted.rows.items():
        said[Said(group.persona or None, group.nodes)] += answers.total()
    return _Matching(Names(document, journeys, aliases), _spelled(said)).of(said)


def _spelled(said: Mapping[Said, int]) -> dict[str, str]:
    """Of each folded name, the spelling that most answers have; of equally many, the last in order."""
    numbers: Counter[str] = Counter()
    for each, n in said.items():
        for name in (each.persona or "", *(name for _, name in each.nodes)):
            numbers[name] += n
            for part in _parts(name):
                numbers[part] += n
    return {folded(name): name for name in sorted(numbers, key=lambda name: (numbers[name], name))}


def id_of(counted: Counted, sort: str = "transactional") -> str:
    """The id that a survey has on every map."""
    return survey_id(counted.vendor, counted.question, counted.metric, counted.scale, sort)


def _likest(names: Names, value: Value) -> tuple[str, ...]:
    """The ids of what is called most like `value`, the likest first."""
    table = names.called(value.kind)
    found: dict[str, None] = {}
    for name in _alike(folded(value.name), table):
        found.update(dict.fromkeys(table[name]))
    return tuple(found)[:_MOST_ALIKE]


def _parts(name: str) -> list[str]:
    """The names in a cell that is a list of them; none where it is not."""
    parts = [part.strip() for part in re.split(r"[,;|\n]", name) if part.strip()]
    return parts if len(parts) > 1 else []


def _alike(key: str, names: Iterable[str]) -> list[str]:
    """Names that hold `key` or are held by it, then those that look like it."""
    everything = list(names)
    holding = [n for n in everything if min(len(n), len(key)) >= 4 and (key in n or n in key)]
    close = difflib.get_close_matches(key, everything, _MOST_ALIKE, _ALIKE)
    return [*holding, *(n for n in close if n not in holding)]


@dataclass(slots=True)
class _Noted:
    """How many answers gave a name, and what it stands for in some of them."""

    answers: int = 0
    ids: dict[str, None] = field(default_factory=dict)


_Account = dict[tuple[ValueKind, str], _Noted]


class _Matching:
    """Matches one survey's names, and keeps account of what was found and what was not."""

    def __init__(self, names: Names, spelled: Mapping[str, str]) -> None:
        self._names = names
        self._spelled = spelled
        self._found: _Account = {}
        self._missing: _Account = {}
        self._asked: dict[tuple[str, ...], int] = {}

    def of(self, said: Mapping[Said, int]) -> Matches:
        meant = {each: self._meant(each, n) for each, n in said.items()}
        unmatched = tuple(value for value, _ in self._values(self._missing))
        alike = ((value, _likest(self._names, value)) for value in unmatched)
        return Matches(
            meant,
            dict(self._values(self._found)),
            tuple(Suggestion(value, ids) for value, ids in alike if ids),
            unmatched,
            tuple(self._question(maps, n) for maps, n in self._asked.items()),
            self._spelled,
        )

    def _meant(self, said: Said, n: int) -> Meant:
        persona = self._persona(said.persona, n) if said.persona else None
        maps = self._names.maps_of(persona)
        if said.persona and persona is None and len(self._names.journeys) > 1:
            maps = ()  # whose answers these are is not known, so neither is which map they belong to
        nodes, missing = self._named(said, maps, n)
        return Meant(persona, nodes, missing, "" if persona else said.persona or "")

    def _persona(self, name: str, n: int) -> str | None:
        persona = self._names.persona(name)
        self._note("persona", name, (persona,) if persona else (), n)
        return persona

    def _named(self, said: Said, maps: tuple[str, ...], n: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The nodes that answers name, and the names that stand for none."""
        inside, lost_stages = self._all("stage", said, maps, n)
        nodes, lost = self._all("touchpoint", said, maps, n, within=inside)
        if nodes:
            return nodes, lost
        if said.nodes:
            return inside, (*lost, *lost_stages)
        return self._whole_map(maps, n), ()

    def _all(
        self, kind: NodeKind, said: Said, maps: tuple[str, ...], n: int, within: tuple[str, ...] = ()
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of what answers name of this kind, and the names that stand for nothing."""
        ids: dict[str, None] = {}
        lost: list[str] = []
        for name in self._parted(kind, said, maps):
            found = self._one(kind, name, maps, n, within)
            ids.update(dict.fromkeys(found))
            lost += [] if found else [name]
        return tuple(ids), tuple(lost)

    def _parted(self, kind: NodeKind, said: Said, maps: tuple[str, ...]) -> Iterator[str]:
        """The names that answers give; one that is a list of names the map knows is all of these."""
        for name in said.names(kind):
            parts = _parts(name)
            known = [bool(self._names.nodes(part, kind, maps)) for part in parts]
            if parts and all(known) and not self._names.nodes(name, kind, maps):
                yield from parts
            else:
                yield name

    def _whole_map(self, maps: tuple[str, ...], n: int) -> tuple[str, ...]:
        """The map itself, for answers that name nothing in it."""
        if len(maps) > 1:
            self._asked[maps] = self._asked.get(maps, 0) + n
            return ()
        return maps

    def _one(
        self, kind: NodeKind, name: str, maps: tuple[str, ...], n: int, within: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The one node that `name` stands for; none where there are two, unless their stage tells."""
        found = self._names.nodes(name, kind, maps)
        if len(found) > 1 and within:
            found = tuple(id_ for id_ in found if self._stage(id_) in within)
        homes = tuple(dict.fromkeys(str(journey_of(self._names.document, id_)) for id_ in found))
        if len(homes) > 1:
            self._asked[homes] = self._asked.get(homes, 0) + n
            return ()
        certain = found if len(found) == 1 else ()
        if maps:  # else it is the persona that is not known, and the name may well be
            self._note(kind, name, certain, n)
        return certain

    def _stage(self, id_: str) -> str | None:
        found = self._names.document.get(id_, Touchpoint)
        return found.place.parent if found is not None else id_

    def _note(self, kind: ValueKind, name: str, ids: tuple[str, ...], n: int) -> None:
        account = self._found if ids else self._missing
        noted = account.setdefault((kind, folded(name)), _Noted())
        noted.answers += n
        noted.ids.update(dict.fromkeys(ids))

    def _values(self, account: _Account) -> list[tuple[Value, tuple[str, ...]]]:
        """The names of an account as values with their ids, those with the most answers first."""
        keys = sorted(account, key=lambda key: (-account[key].answers, key))
        return [
            (Value(kind, self._spelled[key], account[kind, key].answers), tuple(account[kind, key].ids))
            for kind, key in keys
        ]

    def _question(self, maps: tuple[str, ...], n: int) -> Question:
        titles = ", ".join(f"“{called(self._names.document[m])}”" for m in maps)
        words = msg("{n} answers may belong to any of these maps: {titles}; choose one", n=n, titles=titles)
        return Question(words, maps, n)
