"""What Unicode says of single characters and clusters of them, as far as setting text asks.

Knows nothing of fonts. Offsets are counted in code points, as Python does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from icu4py.breakers import CharacterBreaker, LineBreaker

# Default_Ignorable_Code_Point: characters that show nothing when a font lacks them.
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
_EMOJI = re.compile("[\U0001f000-\U0001faff\u200d\ufe0f\u20e3]")
# Nothing here joins what stands before it into one cluster.
_NO_CLUSTERS = re.compile("[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027]*")
_LETTER = (
    "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
    "\u0370-\u0373\u0376\u0377\u037b-\u037d\u0386\u0388-\u03ff\u0400-\u0481\u048a-\u052f"
)
_BREAKABLE = re.compile(r"[\s-]")
_WORD = re.compile(f"[{_LETTER}]+[.,:;!?)]*")
_STARTS_PLAIN = re.compile(f"[{_LETTER}]")
# What needs no table: the three alphabets of Europe, and signs that belong to no script.
_SCRIPTS = (
    ("Latn", re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u1e00-\u1eff]")),
    ("Cyrl", re.compile("[\u0400-\u0484\u0487-\u052f]")),
    ("Grek", re.compile("[\u0370-\u0373\u0375-\u0377\u037a-\u037d\u0386\u0388-\u03e1\u03f0-\u03ff]")),
    ("", re.compile("[\x00-@\\[-`{-\u00a9\u00ab-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u2070\u2190-\u23ff]")),
)
_NO_SCRIPT = ("Zyyy", "Zinh", "Zzzz")


def ignorable(character: str) -> bool:
    """Whether a character shows nothing of its own (joiners, variation selectors, marks of direction)."""
    return _IGNORABLE.match(character) is not None


def wants_emoji(cluster: str) -> bool:
    """Whether a grapheme cluster is a picture: an emoji, or a sign asked for as one."""
    return _EMOJI.search(cluster) is not None and "\ufe0e" not in cluster


def shown_one_by_one(cluster: str) -> list[str]:
    """The characters of a cluster that show something, each with what shows nothing after it.

    >>> shown_one_by_one("\u200d👩\u200d👧")
    ['\u200d👩\u200d', '👧']
    """
    pieces = [""]
    for character in cluster:
        if not ignorable(character) and not all(map(ignorable, pieces[-1])):
            pieces.append("")
        pieces[-1] += character
    return pieces


def _code_points(text: str, ends: Iterable[int]) -> list[int]:
    """Offsets in UTF-16 units, as ICU counts, as offsets in code points."""
    result, unit, i = [], 0, 0
    for end in ends:
        while unit < end:
            unit += 2 if text[i] > "\uffff" else 1
            i += 1
        result.append(i)
    return result


def _ends(text: str, breaker: CharacterBreaker | LineBreaker) -> list[int]:
    ends = [end for _, end in breaker.segments()]
    return _code_points(text, ends) if max(text, default="") > "\uffff" else ends


def cluster_ends(text: str) -> list[int]:
    """Where the grapheme clusters of `text` end.

    >>> cluster_ends("ab"), cluster_ends("👍🏽a")
    ([1, 2], [2, 3])
    """
    if _NO_CLUSTERS.fullmatch(text):
        return list(range(1, len(text) + 1))
    return _ends(text, CharacterBreaker(text, "en"))


def line_ends(text: str, language: str = "") -> list[int]:
    """Where a line may end (Unicode line breaking), spaces before the next line included.

    >>> line_ends("😀 e-mail now")
    [2, 4, 9, 12]
    """
    return _ends(text, LineBreaker(text, _icu_language(language)))


@lru_cache(maxsize=64)
def _icu_language(tag: str) -> str:
    return tag.replace("-", "_") or "en"


def unbroken(word: str) -> bool:
    """Whether a line may break right before this word and right after it, but not within.

    Only for words that stand between single spaces; says no where it would take the neighbours to know.
    """
    if _WORD.fullmatch(word):
        return True
    if _STARTS_PLAIN.match(word) is None or _BREAKABLE.search(word) or word[-1] in "\"'":
        return False
    return unicodedata.category(word[-1]) not in ("Ps", "Pi", "Pf") and len(line_ends(word)) == 1


def script_of(cluster: str) -> str:
    """The script of the first character that has one (ISO 15924, "Latn"); "" for signs and digits.

    >>> script_of("ü"), script_of("1"), script_of("ब")
    ('Latn', '', 'Deva')
    """
    for character in cluster:
        script = _script(character)
        if script:
            return script
    return ""


@lru_cache(maxsize=2_000)
def _script(character: str) -> str:
    for script, characters in _SCRIPTS:
        if characters.match(character):
            return script
    # Loaded when a text first needs it: these tables take 25 ms.
    from fontTools import unicodedata as tables

    found = str(tables.script(character))
    return "" if found in _NO_SCRIPT else found
