"""Who hangs under whom: children, cells, links and referrers of a document, kept up edit by edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cxmapper.model.base import Element, references
from cxmapper.model.elements import Link
from cxmapper.model.fields import CardPlace, Place, Strength

_Ordered = tuple[tuple[str, str], ...]  # (order key, id), sorted


def _with(row: _Ordered, entry: tuple[str, str]) -> _Ordered:
    return tuple(sorted((*row, entry)))


def _without(row: _Ordered, entry: tuple[str, str]) -> _Ordered:
    return tuple(e for e in row if e != entry)


@dataclass(slots=True)
class Index:
    """Look-ups over one document. Never changed once made; `updated` makes the next one."""

    _children: dict[tuple[str | None, str], _Ordered]
    _cells: dict[str, dict[str, _Ordered]]
    _referrers: dict[str, frozenset[str]]

    @classmethod
    def of(cls, elements: Mapping[str, Element]) -> Index:
        """The index of these elements, made from scratch."""
        children: dict[tuple[str | None, str], list[tuple[str, str]]] = {}
        cells: dict[str, dict[str, list[tuple[str, str]]]] = {}
        referrers: dict[str, set[str]] = {}
        for id_, element in elements.items():
            place = getattr(element, "place", None)
            if isinstance(place, CardPlace):
                cells.setdefault(place.lane, {}).setdefault(place.column, []).append((place.key, id_))
            elif isinstance(place, Place):
                children.setdefault((place.parent, element.kind), []).append((place.key, id_))
            for target in _targets(element):
                referrers.setdefault(target, set()).add(id_)
        return cls(
            {where: tuple(sorted(row)) for where, row in children.items()},
            {lane: {c: tuple(sorted(row)) for c, row in row_of.items()} for lane, row_of in cells.items()},
            {target: frozenset(ids) for target, ids in referrers.items()},
        )

    def updated(
        self, before: Mapping[str, Element | None], after: Mapping[str, Element | None]
    ) -> Index:
        """The index after these elements changed from `before` to `after` (None: absent)."""
        new = Index(dict(self._children), dict(self._cells), dict(self._referrers))
        fresh: set[str] = set()
        for id_, element in before.items():
            if element is not None:
                new._take_out(id_, element, fresh)
        for id_, element in after.items():
            if element is not None:
                new._put_in(id_, element, fresh)
        return new

    def _own_lane(self, lane: str, fresh: set[str]) -> dict[str, _Ordered]:
        """The cells of `lane`, copied on the first write, so that the index before keeps its own."""
        if lane not in fresh:
            self._cells[lane] = dict(self._cells.get(lane, {}))
            fresh.add(lane)
        return self._cells[lane]

    def _take_out(self, id_: str, element: Element, fresh: set[str]) -> None:
        place = getattr(element, "place", None)
        if isinstance(place, CardPlace):
            lane = self._own_lane(place.lane, fresh)
            _store(lane, place.column, _without(lane.get(place.column, ()), (place.key, id_)))
            if not lane:
                del self._cells[place.lane]
                fresh.discard(place.lane)
        elif isinstance(place, Place):
            where = (place.parent, element.kind)
            _store(self._children, where, _without(self._children.get(where, ()), (place.key, id_)))
        for target in _targets(element):
            _store(self._referrers, target, self._referrers.get(target, frozenset()) - {id_})

    def _put_in(self, id_: str, element: Element, fresh: set[str]) -> None:
        place = getattr(element, "place", None)
        if isinstance(place, CardPlace):
            lane = self._own_lane(place.lane, fresh)
            lane[place.column] = _with(lane.get(place.column, ()), (place.key, id_))
        elif isinstance(place, Place):
            where = (place.parent, element.kind)
            self._children[where] = _with(self._children.get(where, ()), (place.key, id_))
        for target in _targets(element):
            self._referrers[target] = self._referrers.get(target, frozenset()) | {id_}

    def children(self, parent: str | None, kind: str) -> tuple[str, ...]:
        """Ids of the elements of `kind` placed in `parent`, in their order."""
        return tuple(id_ for _, id_ in self._children.get((parent, kind), ()))

    def cell(self, lane: str, column: str) -> tuple[str, ...]:
        """Ids of the cards that begin in this cell, in their order."""
        return tuple(id_ for _, id_ in self._cells.get(lane, {}).get(column, ()))

    def column(self, column: str) -> tuple[str, ...]:
        """Ids of the cards that begin in this column, lane by lane."""
        return tuple(id_ for row_of in self._cells.values() for _, id_ in row_of.get(column, ()))

    def lane(self, lane: str) -> tuple[str, ...]:
        """Ids of the cards of this lane, column by column."""
        return tuple(id_ for row in self._cells.get(lane, {}).values() for _, id_ in row)

    def columns_with_cards(self, lane: str) -> Iterable[str]:
        """Ids of the columns in which `lane` has cards."""
        return self._cells.get(lane, {}).keys()

    def referrers(self, id_: str) -> frozenset[str]:
        """Ids of the elements that refer to `id_` in a field other than their parent, lane or column."""
        return self._referrers.get(id_, frozenset())

    def links(self, id_: str, elements: Mapping[str, Element]) -> tuple[str, ...]:
        """Ids of the links that start or end at `id_`, sorted."""
        return tuple(sorted(i for i in self.referrers(id_) if isinstance(elements.get(i), Link)))


def _targets(element: Element) -> Iterable[str]:
    """What `element` refers to, but for what it hangs under, which children and cells tell."""
    return [target for _, target, mark in references(element) if mark.strength is not Strength.OWNED]


def _store(mapping: dict, key: object, value: tuple | frozenset) -> None:  # type: ignore[type-arg]
    """Keep `value` under `key`, or nothing where it is empty: an index equals one made afresh."""
    if value:
        mapping[key] = value
    else:
        mapping.pop(key, None)
