"""The types of fields that elements are made of: strict, frozen, and the same after every save.

Scalars are strict (no "40", true or 40.0 for an integer). Dicts become read-only mappings and
lists tuples, at every level and in unknown fields too. A text is plain: NFC, LF, no lone
surrogates, no control characters. References say on the field of which class they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BeforeValidator, FailFast, Field, PlainSerializer, Strict

from cxmapper.model.ids import PATTERN
from cxmapper.model.order import is_key

MAX_TEXT = 20_000
MAX_LINE = 2_000
MAX_NAMES = 10_000  # in one mapping
MAX_INTEGER = 2**53 - 1  # beyond it, other programs' numbers are no longer exact

_NOT_PLAIN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def plain(text: str) -> str:
    """`text` as NFC with LF line ends and no tabs.

    Raises ValueError on control characters and lone surrogates, which no text of a map may hold.

    >>> plain("cafe\\u0301\\r\\n")
    'café\\n'
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    found = _NOT_PLAIN.search(text)
    if found:
        raise ValueError(f"has the character U+{ord(found[0]):04X}, which no text may hold")
    return unicodedata.normalize("NFC", text)


def cleaned(text: str, limit: int = MAX_TEXT) -> str:
    """Any string made fit to be a text: what no text may hold is left out, and it ends at `limit`.

    For what is typed and pasted; a file is refused instead, so that nothing vanishes unseen.

    >>> cleaned("a\\x00b\\tc")
    'ab c'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _NOT_PLAIN.sub("", text))[:limit]


def _plain_text(text: str) -> str:
    return _no_longer_than(MAX_TEXT, plain(text))


def _plain_line(text: str) -> str:
    if "\n" in (text := plain(text)):
        raise ValueError("has a line break, where one line is asked for")
    return _no_longer_than(MAX_LINE, text)


def _no_longer_than(limit: int, text: str) -> str:
    # NFC writes a few characters as two or three; the file must not refuse what was let in here.
    if len(text) > limit:
        raise ValueError(f"has more than {limit} characters")
    return text


def freeze(value: Any) -> Any:
    """`value` with its dicts read-only and its lists tuples, all the way down."""
    if isinstance(value, Mapping):
        return MappingProxyType({k: freeze(v) for k, v in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(v) for v in value)
    return value


def thaw(value: Any) -> Any:
    """The opposite of `freeze`: plain dicts and lists, for writing."""
    if isinstance(value, Mapping):
        return {k: thaw(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [thaw(v) for v in value]
    return value


class Strength(Enum):
    """What a reference means to whoever deletes or merges its target (DESIGN, section 3)."""

    OWNED = "owned"
    REQUIRED = "required"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field as a reference to elements of some kinds."""

    strength: Strength
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AsSet:
    """Marks a tuple field as a set: unordered, written sorted, merged member by member."""


def _id(text: str) -> str:
    if not PATTERN.match(text):
        raise ValueError("is not an id: 1 to 64 of A-Z a-z 0-9 _ -")
    return text


def _key(text: str) -> str:
    if not is_key(text):
        raise ValueError("is not an order key")
    return text


def _tidy(number: int | float) -> int | float:
    """Whole numbers as int: 2.0 equals 2, and equal documents are to be equal bytes."""
    if isinstance(number, float) and number.is_integer() and abs(number) <= MAX_INTEGER:
        return int(number)
    return number


def _in_the_calendar(text: str) -> str:
    try:
        date.fromisoformat(text + "2000-01-01"[len(text) :])
    except ValueError:
        raise ValueError("is no day of the calendar") from None
    return text


_ID_SHAPE = r"^[A-Za-z0-9_-]{1,64}$"
Id = Annotated[str, Strict(), Field(pattern=_ID_SHAPE)]
Key = Annotated[str, Strict(), AfterValidator(_key)]
Flag = Annotated[bool, Strict()]
Whole = Annotated[int, Strict(), Field(ge=-MAX_INTEGER, le=MAX_INTEGER)]
Number = Annotated[
    Whole | Annotated[float, Strict(), Field(allow_inf_nan=False)],
    AfterValidator(_tidy),
]
Text = Annotated[str, Strict(), Field(max_length=MAX_TEXT), AfterValidator(_plain_text)]
Line = Annotated[str, Strict(), Field(max_length=MAX_LINE), AfterValidator(_plain_line)]
Type = Annotated[str, Strict(), Field(min_length=1, max_length=64), AfterValidator(_plain_line)]
Day = Annotated[
    str,
    Strict(),
    Field(pattern=r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"),
    AfterValidator(_in_the_calendar),
]
Month = Annotated[str, Strict(), Field(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")]
LanguageTag = Annotated[str, Strict(), Field(pattern=r"^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8})?$")]
Sha = Annotated[str, Strict(), Field(pattern=r"^[0-9a-f]{64}$")]
Rating = Annotated[int, Strict(), Field(ge=0, le=5)]
Valence = Annotated[int, Strict(), Field(ge=-100, le=100)]
Points = Annotated[Number, Field(ge=-100, le=100)]


def _sorted(members: tuple[str, ...]) -> tuple[str, ...]:
    # After the members are validated: NFC may make two of them the same, or change their order.
    return members if len(members) < 2 else tuple(sorted(set(members)))


Lines = Annotated[tuple[Line, ...], FailFast(), AfterValidator(_sorted), AsSet()]
IdSet = Annotated[tuple[Id, ...], FailFast(), AfterValidator(_sorted), AsSet()]

K = TypeVar("K")
V = TypeVar("V")


def _dict(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    if len(value) > MAX_NAMES:
        raise ValueError(f"has more than {MAX_NAMES} names")
    return dict(value)


Frozen = Annotated[
    dict[K, V],
    BeforeValidator(_dict),
    AfterValidator(MappingProxyType),
    PlainSerializer(dict, return_type=dict),
]


class Place(NamedTuple):
    """Where an element hangs: its parent (None: the document) and its order key. One merge register."""

    parent: Id | None
    key: Key


class CardPlace(NamedTuple):
    """Where a card lies: lane, column (touchpoint or stage), end of its span or None, order key."""

    lane: Id
    column: Id
    until: Id | None
    key: Key


Basis = Literal["assumed", "observed", "measured"]
