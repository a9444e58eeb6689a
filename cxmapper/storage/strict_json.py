"""Reads JSON that may come from anyone: every value is exact, finite, nested little, said once.

Python's own reader keeps the last of two equal names, takes NaN and Infinity, and hands out lone
surrogates that no file can be saved with. Here each is refused with the place. Knows nothing of
maps.

There are two ways to the same verdict. orjson reads the bytes, and if writing the result in the
canonical form gives the very same bytes, the file is one that this program could have written:
what a dictionary wrote has each name once, so no duplicate was lost; orjson takes and writes
neither NaN nor Infinity nor lone surrogates nor, as it is told, large integers; a number that it
had rounded would be written differently. Only the depth remains, and canonical bytes show it by
their indent. All other files go the slow way, which finds and names what is wrong.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

import orjson

from cxmapper.errors import FileProblem
from cxmapper.locale import msg
from cxmapper.storage.canonical import INDENT, canonical
from cxmapper.storage.limits import MAX_DEPTH, MAX_INTEGER, MAX_VALUES
from cxmapper.storage.trouble import Spot, shown

_DIGITS = len(str(MAX_INTEGER))
_MAYBE_DEEP = b"\n" + b" " * (INDENT * MAX_DEPTH)


def parse(data: bytes, spot: Spot) -> Any:
    """The value that `data` says in JSON (UTF-8).

    Raises DamagedMap or TooLarge, naming `spot`, for what is no JSON or breaks a rule above.
    """
    if data.count(b",") > MAX_VALUES:
        raise spot.too_large(msg("{entry} holds more than {n} values", entry=spot.entry, n=MAX_VALUES))
    value = _if_canonical(data)
    return value if value is not None else _slowly(data, spot)


def _if_canonical(data: bytes) -> Any:
    """The value, where `data` is canonical and plainly within the rules; None for the slow way."""
    if _MAYBE_DEEP in data:
        return None
    try:
        value = orjson.loads(data)
        return value if canonical(value) == data else None
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None  # the slow way says what is wrong, and where


def _slowly(data: bytes, spot: Spot) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise spot.damaged(msg("byte {n} is no UTF-8", n=problem.start)) from None
    rules = _Rules(spot)
    try:
        value = json.loads(
            text,
            object_pairs_hook=rules.object,
            parse_constant=rules.constant,
            parse_int=rules.integer,
            parse_float=rules.number,
        )
    except RecursionError:
        raise rules.too_deep() from None
    except json.JSONDecodeError as problem:
        raise spot.damaged(
            msg("line {line}, column {column} is no valid JSON", line=problem.lineno, column=problem.colno)
        ) from None
    rules.check_depth_and_texts(value)
    return value


class _Rules:
    """What the slow way refuses, in the words for it."""

    def __init__(self, spot: Spot) -> None:
        self._spot = spot

    def object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            seen: set[str] = set()
            for name, _ in pairs:
                if name in seen:
                    raise self._spot.damaged(msg("“{name}” stands twice in one object", name=shown(name)))
                seen.add(name)
        return result

    def constant(self, word: str) -> NoReturn:
        raise self._spot.damaged(msg("{word} is no number", word=word))

    def integer(self, digits: str) -> int:
        if len(digits) <= _DIGITS + 1:
            value = int(digits)
            if abs(value) <= MAX_INTEGER:
                return value
        raise self._spot.damaged(msg("the number {number} is too large", number=shown(digits)))

    def number(self, digits: str) -> float:
        value = float(digits)
        if math.isinf(value):
            raise self._spot.damaged(msg("the number {number} is too large", number=shown(digits)))
        return value

    def too_deep(self) -> FileProblem:
        return self._spot.damaged(msg("values are nested more than {n} deep", n=MAX_DEPTH))

    def check_depth_and_texts(self, value: Any) -> None:
        level, depth = [value], 0
        while level:
            inner: list[Any] = []
            for item in level:
                if isinstance(item, str):
                    self._check_text(item)
                elif isinstance(item, dict | list):
                    if depth == MAX_DEPTH:
                        raise self.too_deep()
                    inner.extend(self._inside(item))
            level, depth = inner, depth + 1

    def _inside(self, item: dict[str, Any] | list[Any]) -> Iterable[Any]:
        if isinstance(item, list):
            return item
        for name in item:
            self._check_text(name)
        return item.values()

    def _check_text(self, text: str) -> None:
        try:
            text.encode()
        except UnicodeEncodeError:
            raise self._spot.damaged(
                msg("“{words}” holds half a character (a lone surrogate)", words=shown(text))
            ) from None
