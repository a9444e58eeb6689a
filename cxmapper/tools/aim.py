"""Where something that is being put down would land, and what letting go there would do."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import NamedTuple

from cxmapper.edit.change import Change
from cxmapper.locale import Plural, Words, msg
from cxmapper.model.document import Document
from cxmapper.model.elements import Card
from cxmapper.model.kinds import card_type, kind
from cxmapper.tools.hints import Area, Bar


class Edit(NamedTuple):
    """What a gesture does in the end: one step of this name, and what is selected after it."""

    label: Words
    change: Change
    selects: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """A place to land. Without `act` nothing can land there, and `words` say why."""

    act: Callable[[], Edit] | None = None
    lit: tuple[Area, ...] = ()
    bar: Bar | None = None
    words: Words | None = None

    @property
    def refused(self) -> bool:
        """Whether nothing can land here."""
        return self.act is None


def refusal(words: Words) -> Aim:
    """An aim at which nothing can land, and why."""
    return Aim(words=words)


def named(document: Document, id_: str) -> Words | str:
    """What to call an element in a sentence: its caption, or else its kind, of a card its type."""
    element = document[id_]
    label = card_type(element.type).label if isinstance(element, Card) else kind(element.kind).label
    return element.caption or label


def move_label(document: Document, ids: Collection[str]) -> Words:
    """What moving these elements is called.

    >>> from cxmapper.model.document import Document
    >>> from cxmapper.model.elements import Stage
    >>> from cxmapper.model.fields import Place
    >>> stage = Stage(id="s", place=Place("j", "a0"), title="Set up")
    >>> str(move_label(Document({"s": stage}), ["s"]))
    'Move Set up'
    """
    if len(ids) == 1:
        return msg("Move {title}", title=named(document, next(iter(ids))))
    return Plural("Move {n} element", "Move {n} elements", len(ids))


def copy_label(document: Document, ids: Collection[str]) -> Words:
    """What copying these elements is called."""
    if len(ids) == 1:
        return msg("Copy {title}", title=named(document, next(iter(ids))))
    return Plural("Copy {n} element", "Copy {n} elements", len(ids))
