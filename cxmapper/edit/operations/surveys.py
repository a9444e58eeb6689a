"""Surveys: bringing their tallies into a map, and saying what names in them stand for.

A survey's tallies are counts by month. Bringing in a survey that is there already replaces the
counts of the months and nodes that it has, and never adds to them. Knows no files: what comes in is
elements already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cxmapper.edit.change import NO_CHANGE, Change, Draft
from cxmapper.edit.operations.placing import make_room
from cxmapper.model.columns import journey_of
from cxmapper.model.document import Document
from cxmapper.model.elements import Persona, Survey, Tally
from cxmapper.model.fields import Place
from cxmapper.model.lookup import Names
from cxmapper.model.names import OTHER, folded

Cell = tuple[str, str]  # a month, and a node or a name that waits to be matched


@dataclass(frozen=True, slots=True)
class Overlap:
    """What bringing in a survey again replaces: answers that are there, and those that come for them."""

    months: tuple[str, ...]
    before: int
    after: int

    def __bool__(self) -> bool:
        return bool(self.before)


def tallies_of(document: Document, survey: str) -> tuple[Tally, ...]:
    """The tallies of a survey, by id."""
    found = (document.get(id_, Tally) for id_ in sorted(document.index.referrers(survey)))
    return tuple(t for t in found if t is not None and t.survey == survey)


def overlap(document: Document, survey: str, tallies: Collection[Tally]) -> Overlap:
    """What `bring_in` would replace: ask before doing it where this is true."""
    covered = _Covered(tallies)
    before, months = 0, set()
    for tally in tallies_of(document, survey):
        for month in covered.months(tally):
            before += sum(tally.counts[month])
            months.add(month)
    after = sum(sum(counts) for t in tallies for month, counts in t.counts.items() if month in months)
    return Overlap(tuple(sorted(months)), before, after)


def bring_in(document: Document, survey: Survey, tallies: Collection[Tally]) -> Change:
    """Put a survey and its tallies into the map.

    Where the survey is there already, it keeps its place and what it remembers of names; its counts of
    the months and nodes that come again are replaced, others stay. Raises ValueError where a tally is
    of another survey.
    """
    strangers = [t.id for t in tallies if t.survey != survey.id]
    if strangers:
        raise ValueError(f"tallies of another survey: {strangers}")
    draft = Draft(document)
    draft.put(_survey(draft, survey))
    covered = _Covered(tallies)
    kept: dict[str, dict[str, tuple[int, ...]]] = {}
    for old in tallies_of(document, survey.id):
        gone = set(covered.months(old))
        kept[old.id] = {month: counts for month, counts in old.counts.items() if month not in gone}
        if kept[old.id]:
            draft.update(old.id, counts=kept[old.id])
        else:
            draft.remove([old.id])
    for new in tallies:
        there = document.get(new.id, Tally)
        fields = {name: getattr(new, name) for name in ("persona", "nodes", "unmatched", "unmatched_persona")}
        counts = {**kept.get(new.id, {}), **new.counts}
        draft.put(new if there is None else there.edited(**fields, counts=counts))
    return draft.change()


def _survey(draft: Draft, new: Survey) -> Survey:
    """The survey as it shall be: a new one at the end of its row, one that is there with what is new."""
    old = draft.document.get(new.id, Survey)
    if old is None:
        (key,) = make_room(draft, draft.document.index.children(None, "survey"), None, 1)
        return new.edited(place=Place(None, key))
    return old.edited(
        aliases={**old.aliases, **new.aliases},
        drivers=new.drivers or old.drivers,
        weight_sums=new.weight_sums or old.weight_sums,
    )


class _Covered:
    """The months and nodes that tallies have counts of; a tally of several nodes covers each."""

    def __init__(self, tallies: Iterable[Tally]) -> None:
        self._cells: set[Cell] = set()
        self._months: dict[str, set[str]] = {}
        self._any: set[str] = set()
        for tally in tallies:
            self._any.update(tally.counts)
            self._months.setdefault(tally.id, set()).update(tally.counts)
            self._cells.update((month, part) for month in tally.counts for part in _parts(tally))

    def months(self, old: Tally) -> Iterator[str]:
        """The months of `old` whose counts the tallies replace."""
        parts = tuple(_parts(old))
        same = self._months.get(old.id, set())
        for month in old.counts:
            if month in same or any((month, part) in self._cells for part in parts):
                yield month
            elif OTHER in parts and month in self._any:
                yield month  # what was over the limit then may have a name of its own now


def _parts(tally: Tally) -> Iterator[str]:
    yield from tally.nodes or (folded(name) for name in tally.unmatched)


def assign(document: Document, survey: str, name: str, target: str) -> Change:
    """Say what a name in the answers of a survey stands for: a touchpoint, stage, journey or persona.

    The answers under it that wait to be matched count there from now on, and the survey remembers it
    for the next import. Answers that get their persona are looked up on its maps anew. Raises KeyError
    where the survey or the target is not there.
    """
    found = document[target]
    held = document.need(survey, Survey)
    key = folded(name)
    aliases = {**held.aliases, key: target}
    names = Names(document, None, aliases)
    draft = Draft(document)
    for tally in tallies_of(document, survey):
        if isinstance(found, Persona):
            if folded(tally.unmatched_persona) == key and tally.persona is None:
                draft.update(tally.id, **_of_persona(names, tally, target))
        elif any(folded(each) == key for each in tally.unmatched):
            rest = tuple(name for name in tally.unmatched if folded(name) != key)
            draft.update(tally.id, nodes=_finest(document, {*tally.nodes, target}), unmatched=rest)
    draft.update(survey, aliases=aliases)
    return draft.change()


def _finest(document: Document, nodes: Iterable[str]) -> tuple[str, ...]:
    """Of the nodes that answers may be put under, those that tell most: touchpoints, else stages."""
    for kind in ("touchpoint", "stage", "journey"):
        found = tuple(node for node in nodes if document[node].kind == kind)
        if found:
            return found
    return ()


def _of_persona(names: Names, tally: Tally, persona: str) -> dict[str, object]:
    """The fields of a tally whose persona is known now: what it names is looked for on that one's maps."""
    document, maps = names.document, names.maps_of(persona)
    nodes = [node for node in tally.nodes if journey_of(document, node) in maps]
    waiting = [*tally.unmatched, *(document[node].caption for node in tally.nodes if node not in nodes)]
    lost = []
    for name in waiting:
        found = names.nodes(name, "touchpoint", maps) or names.nodes(name, "stage", maps)
        if len(found) == 1:
            nodes += found
        else:
            lost.append(name)
    if not waiting and not nodes and len(maps) == 1:
        nodes += maps
    return {
        "persona": persona,
        "unmatched_persona": "",
        "nodes": _finest(document, dict.fromkeys(nodes)),
        "unmatched": tuple(lost),
    }


def forget_name(document: Document, survey: str, name: str) -> Change:
    """Take back what `assign` said: the answers counted so far stay, the next import asks again."""
    held = document.need(survey, Survey)
    key = folded(name)
    if key not in held.aliases:
        return NO_CHANGE
    draft = Draft(document)
    draft.update(survey, aliases={k: v for k, v in held.aliases.items() if k != key})
    return draft.change()


def unmatched_names(document: Document, survey: str) -> Mapping[str, int]:
    """Names in a survey's answers that stand for nothing on the map, with their answers, most first.

    Answers that wait because nobody knows whose they are stand under `unmatched_personas` alone.
    """
    every = (t for t in tallies_of(document, survey) if t.nodes or not t.unmatched_persona)
    return _numbered((name, t) for t in every for name in t.unmatched)


def unmatched_personas(document: Document, survey: str) -> Mapping[str, int]:
    """Names of personas in a survey's answers that are nobody on the map, with their answers, most first."""
    every = tallies_of(document, survey)
    return _numbered((t.unmatched_persona, t) for t in every if t.unmatched_persona)


def _numbered(named: Iterable[tuple[str, Tally]]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for name, tally in named:
        numbers[name] = numbers.get(name, 0) + sum(map(sum, tally.counts.values()))
    return dict(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))
