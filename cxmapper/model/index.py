"""Who hangs under whom: children, cells, links and referrers of a document, kept up edit by edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from cxmapper.model.base import Element, references
from cxmapper.model.elements import Link
from cxmapper.model.fields import CardPlace, Place, Strength

Entry = tuple[str, str]  # order key, id
Row = tuple[Entry, ...]  # sorted
K = TypeVar("K")
Table = dict[K, dict[str, Row]]
Delta = dict[K, tuple[set[Entry], set[Entry]]]  # what goes, what comes


@dataclass(slots=True)
class Index:
    """Look-ups over one document. Never changed once made; `updated` makes the next one."""

    _children: Table[str | None]  # by parent and kind
    _cells: Table[str]  # by lane and column
    _referrers: dict[str, frozenset[str]]
    _unplaced: dict[str, frozenset[str]]

    @classmethod
    def of(cls, elements: Mapping[str, Element]) -> Index:
        """The index of these elements, made from scratch."""
        return cls({}, {}, {}, {}).updated({}, elements)

    def updated(self, before: Mapping[str, Element | None], after: Mapping[str, Element | None]) -> Index:
        """The index after these elements changed from `before` to `after` (None: absent)."""
        children: Delta[tuple[str | None, str]] = {}
        cells: Delta[tuple[str, str]] = {}
        mentions: dict[str, tuple[set[str], set[str]]] = {}
        unplaced: dict[str, tuple[set[str], set[str]]] = {}
        for side, elements in enumerate((before, after)):
            for id_, element in elements.items():
                if element is None:
                    continue
                place = getattr(element, "place", None)
                if isinstance(place, CardPlace):
                    where = (place.lane, place.column)
                    cells.setdefault(where, (set(), set()))[side].add((place.key, id_))
                elif isinstance(place, Place):
                    held = (place.parent, element.kind)
                    children.setdefault(held, (set(), set()))[side].add((place.key, id_))
                else:
                    unplaced.setdefault(element.kind, (set(), set()))[side].add(id_)
                for target in _targets(element):
                    mentions.setdefault(target, (set(), set()))[side].add(id_)
        return Index(
            _with_rows(self._children, children),
            _with_rows(self._cells, cells),
            _with_ids(self._referrers, mentions),
            _with_ids(self._unplaced, unplaced),
        )

    def children(self, parent: str | None, kind: str) -> tuple[str, ...]:
        """Ids of the elements of `kind` placed in `parent`, in their order."""
        return tuple(id_ for _, id_ in self._children.get(parent, {}).get(kind, ()))

    def placed_in(self, parent: str | None) -> tuple[str, ...]:
        """Ids of the elements of every kind placed in `parent`, kind by kind."""
        return tuple(id_ for row in self._children.get(parent, {}).values() for _, id_ in row)

    def of_kind(self, kind: str) -> frozenset[str]:
        """Ids of the elements of a kind that has no place: links, tallies, images, settings."""
        return self._unplaced.get(kind, frozenset())

    def cell(self, lane: str, column: str) -> tuple[str, ...]:
        """Ids of the cards that begin in this cell, in their order."""
        return tuple(id_ for _, id_ in self._cells.get(lane, {}).get(column, ()))

    def column(self, column: str) -> tuple[str, ...]:
        """Ids of the cards that begin in this column, lane by lane."""
        return tuple(id_ for row_of in self._cells.values() for _, id_ in row_of.get(column, ()))

    def lane(self, lane: str) -> tuple[str, ...]:
        """Ids of the cards of this lane, column by column."""
        return tuple(id_ for row in self._cells.get(lane, {}).values() for _, id_ in row)

    def referrers(self, id_: str) -> frozenset[str]:
        """Ids of the elements that refer to `id_` in a field other than their parent, lane or column."""
        return self._referrers.get(id_, frozenset())

    def links(self, id_: str, elements: Mapping[str, Element]) -> tuple[str, ...]:
        """Ids of the links that start or end at `id_`, sorted."""
        return tuple(sorted(i for i in self.referrers(id_) if isinstance(elements.get(i), Link)))


def _targets(element: Element) -> Iterable[str]:
    """What `element` refers to, but for what it hangs under, which children and cells tell."""
    return {target for _, target, mark in references(element) if mark.strength is not Strength.OWNED}


def _with_rows(table: Table[K], delta: Delta[tuple[K, str]]) -> Table[K]:
    """`table` with these entries gone and come; what did not change is shared, empty rows vanish."""
    new = dict(table)
    copied: set[K] = set()
    for (outer, inner), (gone, come) in delta.items():
        if gone == come:
            continue
        if outer not in copied:
            new[outer] = dict(new.get(outer, {}))
            copied.add(outer)
        kept = [entry for entry in new[outer].get(inner, ()) if entry not in gone]
        row = tuple(sorted([*kept, *come]))
        if row:
            new[outer][inner] = row
        else:
            new[outer].pop(inner, None)
    for outer in copied:
        if not new[outer]:
            del new[outer]
    return new


def _with_ids(
    sets: Mapping[str, frozenset[str]], delta: Mapping[str, tuple[set[str], set[str]]]
) -> dict[str, frozenset[str]]:
    new = dict(sets)
    for target, (gone, come) in delta.items():
        if gone == come:
            continue
        ids = (new.get(target, frozenset()) - gone) | come
        if ids:
            new[target] = ids
        else:
            new.pop(target, None)
    return new
