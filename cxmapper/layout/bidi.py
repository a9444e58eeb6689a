"""Which way each character runs where right-to-left and left-to-right text meet (UAX #9).

All of the Unicode bidirectional algorithm, isolates and paired brackets included, for one
paragraph or one line. Knows nothing of fonts; mirrored signs come from the shaping of the runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeVar

from bidi.mirror import MIRRORED

# Every block that may hold right-to-left letters, and the characters that steer directions.
_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_PLAIN_RTL = re.compile("[\u05d0-\u05ea\u0620-\u065f\u066e-\u06d5 ]*")
_STRONG = {"L": 0, "R": 1, "AL": 1}
_INITIATORS = ("LRI", "RLI", "FSI")
_EMBEDDINGS = {"RLE": (1, ""), "LRE": (0, ""), "RLO": (1, "R"), "LRO": (0, "L")}
_REMOVED = frozenset(("RLE", "LRE", "RLO", "LRO", "PDF", "BN"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))
_DEEPEST = 125
_BRACKET_DEPTH = 63
_CANONICAL = {"\u2329": "\u3008", "\u232a": "\u3009"}

T = TypeVar("T")


def may_run_right_to_left(text: str) -> bool:
    """Whether anything in `text` could run to the left; quick, and never wrong when it says no."""
    return not text.isascii() and _RIGHT.search(text) is not None


def _class(character: str) -> str:
    return unicodedata.bidirectional(character) or "L"


def base_is_rtl(text: str) -> bool:
    """Whether the first strong character that is not inside an isolate runs to the left.

    >>> base_is_rtl("1. שלום world"), base_is_rtl("world שלום"), base_is_rtl("")
    (True, False, False)
    """
    return may_run_right_to_left(text) and _first_strong([_class(c) for c in text], 0) == 1


def _first_strong(classes: Sequence[str], start: int) -> int:
    depth = 0
    for cls in classes[start:]:
        if cls in _INITIATORS:
            depth += 1
        elif cls == "PDI":
            if depth == 0 and start:
                break
            depth = max(0, depth - 1)
        elif depth == 0 and cls in _STRONG:
            return _STRONG[cls]
    return 0


def levels(text: str, rtl: bool) -> list[int]:
    """The embedding level of each character of a line; odd ones run to the left.

    `rtl` is the direction of the paragraph.

    >>> levels("ab שלו 12", rtl=False)
    [0, 0, 0, 1, 1, 1, 1, 2, 2]
    """
    if not rtl and not may_run_right_to_left(text):
        return [0] * len(text)
    if rtl and _PLAIN_RTL.fullmatch(text):
        return [1] * len(text)
    original = [_class(c) for c in text]
    embedded, classes = _explicit(original, int(rtl))
    kept = [i for i, cls in enumerate(original) if cls not in _REMOVED]
    for sequence in _sequences(kept, original, embedded, int(rtl)):
        _resolve(sequence, text, original, classes)
        for i in sequence.at:
            embedded[i] += _implicit(embedded[i], classes[i])
    _fill_removed(original, embedded, int(rtl))
    _reset_spaces(original, embedded, int(rtl))
    return embedded


def _implicit(level: int, cls: str) -> int:
    if level % 2:
        return 0 if cls == "R" else 1
    return {"L": 0, "R": 1}.get(cls, 2)


@dataclass(slots=True)
class _Stack:
    """The open embeddings and isolates while rules X1 to X8 go through a text."""

    entries: list[tuple[int, str, bool]]
    overflow_isolates: int = 0
    overflow_embeddings: int = 0
    isolates: int = 0

    def next_level(self, odd: int) -> int:
        level = self.entries[-1][0]
        return (level + 1) | 1 if odd else (level + 2) & ~1

    def open(self, odd: int, override: str, isolate: bool) -> None:
        level = self.next_level(odd)
        if level <= _DEEPEST and not self.overflow_isolates and not self.overflow_embeddings:
            self.isolates += isolate
            self.entries.append((level, override, isolate))
        elif isolate:
            self.overflow_isolates += 1
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def close_isolate(self) -> None:
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.isolates:
            self.overflow_embeddings = 0
            while not self.entries[-1][2]:
                self.entries.pop()
            self.entries.pop()
            self.isolates -= 1

    def close_embedding(self) -> None:
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.entries[-1][2] and len(self.entries) > 1:
            self.entries.pop()


def _explicit(original: Sequence[str], base: int) -> tuple[list[int], list[str]]:
    """Rules X1 to X8: levels from embeddings and isolates, and classes after overrides."""
    stack = _Stack([(base, "", False)])
    found, classes = [], list(original)
    for i, cls in enumerate(original):
        if cls == "PDI":
            stack.close_isolate()
        elif cls == "PDF":
            stack.close_embedding()
        level, override, _ = stack.entries[-1]
        found.append(base if cls == "B" else level)
        if override and cls not in _REMOVED and cls != "B":
            classes[i] = override
        if cls in _EMBEDDINGS:
            stack.open(*_EMBEDDINGS[cls], isolate=False)
        elif cls in _INITIATORS:
            odd = _first_strong(original, i + 1) if cls == "FSI" else int(cls == "RLI")
            stack.open(odd, "", isolate=True)
    return found, classes


@dataclass(slots=True)
class _Sequence:
    """An isolating run sequence: places in the text at one level, and what stands at its ends."""

    at: list[int]
    level: int
    sos: str = "L"
    eos: str = "L"
    unclosed: bool = field(default=False)


def _sequences(
    kept: Sequence[int], original: Sequence[str], found: Sequence[int], base: int
) -> list[_Sequence]:
    """Rule X10: level runs, joined over the isolates between them."""
    result: list[_Sequence] = []
    waiting: list[_Sequence] = []
    where = {i: n for n, i in enumerate(kept)}
    for level, run in groupby(kept, key=lambda i: found[i]):
        at = list(run)
        if original[at[0]] == "PDI" and waiting and waiting[-1].level == level:
            sequence = waiting.pop()
            sequence.at += at
        else:
            sequence = _Sequence(at, level)
            result.append(sequence)
        sequence.unclosed = original[at[-1]] in _INITIATORS
        if sequence.unclosed:
            waiting.append(sequence)
    for sequence in result:
        before, after = where[sequence.at[0]] - 1, where[sequence.at[-1]] + 1
        last = base if sequence.unclosed or after >= len(kept) else found[kept[after]]
        sequence.sos = "LR"[max(sequence.level, found[kept[before]] if before >= 0 else base) % 2]
        sequence.eos = "LR"[max(sequence.level, last) % 2]
    return result


def _resolve(sequence: _Sequence, text: str, original: Sequence[str], classes: list[str]) -> None:
    kinds = [classes[i] for i in sequence.at]
    _weak(kinds, sequence.sos)
    _brackets(kinds, sequence, text, original)
    _neutral(kinds, sequence)
    for i, kind in zip(sequence.at, kinds, strict=True):
        classes[i] = kind


def _weak(kinds: list[str], sos: str) -> None:
    """Rules W1 to W7: marks, numbers and what stands in numbers."""
    _marks_and_numbers(kinds, sos)
    for n in range(1, len(kinds) - 1):
        around = kinds[n - 1]
        if around == kinds[n + 1] and (kinds[n], around) in (("ES", "EN"), ("CS", "EN"), ("CS", "AN")):
            kinds[n] = around
    _terminators(kinds)
    strong = sos
    for n, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[n] = "L"
        elif kind in ("ES", "CS", "ET"):
            kinds[n] = "ON"


def _marks_and_numbers(kinds: list[str], sos: str) -> None:
    """Rules W1 to W3: marks go with their letter, digits after Arabic letters are Arabic numbers."""
    before, strong = sos, sos
    for n, kind in enumerate(kinds):
        if kind == "NSM":
            kind = kinds[n] = "ON" if before in (*_INITIATORS, "PDI") else before
        elif kind == "EN" and strong == "AL":
            kind = kinds[n] = "AN"
        if kind in _STRONG:
            strong = kind
        before = kind
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]


def _terminators(kinds: list[str]) -> None:
    """Rule W5: signs such as % and € belong to the number beside them."""
    start = 0
    for kind, run in groupby(list(kinds)):
        end = start + len(list(run))
        if kind == "ET" and "EN" in (*kinds[max(0, start - 1) : start], *kinds[end : end + 1]):
            kinds[start:end] = ["EN"] * (end - start)
        start = end


def _direction(kind: str) -> str:
    """The direction that a resolved class counts as for the neutrals beside it; "" for a neutral."""
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _bracket_pairs(kinds: Sequence[str], sequence: _Sequence, text: str) -> list[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for n, i in enumerate(sequence.at):
        character = _CANONICAL.get(text[i], text[i])
        if kinds[n] != "ON" or character not in MIRRORED:
            continue
        category = unicodedata.category(character)
        if category == "Ps":
            if len(opened) == _BRACKET_DEPTH:
                return []
            closing = MIRRORED[character]
            opened.append((_CANONICAL.get(closing, closing), n))
        elif category == "Pe":
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == character:
                    pairs.append((opened[depth][1], n))
                    del opened[depth:]
                    break
    return sorted(pairs)


def _brackets(kinds: list[str], sequence: _Sequence, text: str, original: Sequence[str]) -> None:
    """Rule N0: a pair of brackets takes the direction of what it holds, or of what it stands in."""
    own = "LR"[sequence.level % 2]
    for start, end in _bracket_pairs(kinds, sequence, text):
        inside = {_direction(kind) for kind in kinds[start + 1 : end]} - {""}
        if not inside:
            continue
        chosen = own
        if own not in inside:
            earlier = (_direction(kinds[n]) for n in range(start - 1, -1, -1))
            context = next((direction for direction in earlier if direction), sequence.sos)
            chosen = context if context in inside else own
        for bracket in (start, end):
            kinds[bracket] = chosen
            for n in range(bracket + 1, len(kinds)):
                if original[sequence.at[n]] != "NSM":
                    break
                kinds[n] = chosen


def _neutral(kinds: list[str], sequence: _Sequence) -> None:
    """Rules N1 and N2: neutrals go with equal neighbours, else with the level they stand at."""
    own = "LR"[sequence.level % 2]
    start = 0
    for neutral, run in groupby(list(kinds), key=_NEUTRAL.__contains__):
        end = start + len(list(run))
        if neutral:
            before = _direction(kinds[start - 1]) if start else sequence.sos
            after = _direction(kinds[end]) if end < len(kinds) else sequence.eos
            kinds[start:end] = [before if before == after else own] * (end - start)
        start = end


def _fill_removed(original: Sequence[str], found: list[int], base: int) -> None:
    """Characters without a direction stay with what stands before them, so that runs are not cut."""
    for i, cls in enumerate(original):
        if cls in _REMOVED:
            found[i] = found[i - 1] if i else base


def _reset_spaces(original: Sequence[str], found: list[int], base: int) -> None:
    """Rule L1: spaces at the end of a line, and before a tab, stand at the paragraph's level."""
    trailing = True
    for i in range(len(found) - 1, -1, -1):
        cls = original[i]
        if cls in ("B", "S"):
            found[i], trailing = base, True
        elif trailing and (cls == "WS" or cls in _INITIATORS or cls == "PDI" or cls in _REMOVED):
            found[i] = base
        else:
            trailing = False


def visual_order(items: Sequence[T], level_of: Sequence[int]) -> list[T]:
    """Rule L2: `items`, each at one level, from left to right.

    >>> visual_order("abcd", [0, 1, 1, 0])
    ['a', 'c', 'b', 'd']
    """
    ordered = list(zip(level_of, items, strict=True))
    odd = [level for level in level_of if level % 2]
    if not odd:
        return list(items)
    for level in range(max(level_of), min(odd) - 1, -1):
        start = 0
        for high, run in groupby(list(ordered), key=lambda pair: pair[0] >= level):
            end = start + len(list(run))
            if high:
                ordered[start:end] = ordered[start:end][::-1]
            start = end
    return [item for _, item in ordered]
