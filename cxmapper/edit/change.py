"""A change: per element id what stood before and what stands after; its inverse is a swap.

The same value serves undo, cancelled drags, updates of the canvas, the crash journal, the
comparison of versions and merging.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from cxmapper.model.base import Element
from cxmapper.model.document import Document

E = TypeVar("E", bound=Element)
Pair = tuple[Element | None, Element | None]


class StaleChange(Exception):
    """The document is not in the state that a change was made against. A bug of ours."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an edit did: `{id: (before or None, after or None)}`. Empty changes are false."""

    items: Mapping[str, Pair] = field(default_factory=lambda: MappingProxyType({}))

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all elements that it touches."""
        return frozenset(self.items)

    @property
    def added(self) -> tuple[str, ...]:
        """Ids of the elements that it adds, in the order in which the operation made them."""
        return tuple(
            id_ for id_, (before, after) in self.items.items() if before is None and after is not None
        )

    @property
    def removed(self) -> tuple[str, ...]:
        """Ids of the elements that it takes out."""
        return tuple(
            id_ for id_, (before, after) in self.items.items() if before is not None and after is None
        )

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(MappingProxyType({id_: (after, before) for id_, (before, after) in self.items.items()}))

    def then(self, later: Change) -> Change:
        """This change and `later` as one; what ends where it began is left out."""
        items = dict(self.items)
        for id_, (before, after) in later.items.items():
            first = items[id_][0] if id_ in items else before
            if first is after or first == after:
                items.pop(id_, None)
            else:
                items[id_] = (first, after)
        return Change(MappingProxyType(items))


NO_CHANGE = Change()


def refuse_stale(document: Document, change: Change) -> None:
    """Raise StaleChange where an element does not stand as `change` says it stood before."""
    for id_, (before, _) in change.items.items():
        now = document.elements.get(id_)
        if now is not before and now != before:
            raise StaleChange(id_)


def apply(document: Document, change: Change) -> Document:
    """The document after `change`.

    Raises StaleChange where an element does not stand as the change says it stood before.
    """
    if not change:
        return document
    refuse_stale(document, change)
    return document.replaced(
        {id_: before for id_, (before, _) in change.items.items()},
        {id_: after for id_, (_, after) in change.items.items()},
    )


def difference(old: Document, new: Document) -> Change:
    """The change that makes `new` of `old`."""
    items: dict[str, Pair] = {}
    for id_, before in old.elements.items():
        after = new.elements.get(id_)
        if after is not before and after != before:
            items[id_] = (before, after)
    for id_, after in new.elements.items():
        if id_ not in old.elements:
            items[id_] = (None, after)
    return Change(MappingProxyType(items))


class Draft:
    """Collects edits against one document and yields them as a Change. Lives inside an operation."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._new: dict[str, Element | None] = {}

    def get(self, id_: str, cls: type[E]) -> E | None:
        """The element `id_` as drafted so far, if it is there and of class `cls`."""
        found = self._new[id_] if id_ in self._new else self.document.elements.get(id_)
        return found if isinstance(found, cls) else None

    def put(self, element: Element) -> None:
        """Add an element, or put it in the place of the one with its id."""
        self._new[element.id] = element

    def update(self, id_: str, **fields: Any) -> None:
        """Edit fields of the element `id_` (KeyError where it is not there)."""
        found = self.get(id_, Element)
        if found is None:
            raise KeyError(id_)
        self._new[id_] = found.edited(**fields)

    def remove(self, ids: Iterable[str]) -> None:
        """Take elements out."""
        for id_ in ids:
            self._new[id_] = None

    def change(self) -> Change:
        """What the draft amounts to, without what it left as it was."""
        items: dict[str, Pair] = {}
        for id_, after in self._new.items():
            before = self.document.elements.get(id_)
            if before is not after and before != after:
                items[id_] = (before, after)
        return Change(MappingProxyType(items))
