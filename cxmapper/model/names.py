"""When two names are the same: how what a survey calls a touchpoint is compared with what the map does.

Only differences of writing are passed over (width, case, accents, punctuation, spaces). Nothing here
guesses: a name that is merely alike is a suggestion, which `cxmapper.survey.match` makes.
"""

from __future__ import annotations

import unicodedata

OTHER = "*"  # what the names over the limit of one survey are kept under, together

_ACCENTS = range(200, 241)  # combining classes of marks above and below Latin, Greek and Cyrillic letters
_POINTS = range(10, 36)  # of Hebrew and Arabic vowel points, which are mostly left out in writing


def folded(name: str) -> str:
    """`name` without what does not tell names apart; a name of punctuation alone stays as it is.

    Marks that make another letter (of Indian scripts, of Japanese kana) are kept.

    >>> folded("Self-Care  App"), folded("self_care app")
    ('selfcareapp', 'selfcareapp')
    >>> folded("Ｃａｆé") == folded("cafe"), folded("ガス") == folded("カス")
    (True, False)
    """
    wide = unicodedata.normalize("NFKC", name).casefold()
    letters = unicodedata.normalize("NFD", wide)
    kept = "".join(c for c in letters if not _ignored(c))
    return unicodedata.normalize("NFC", kept) or "".join(wide.split())


def _ignored(character: str) -> bool:
    category = unicodedata.category(character)
    if category[0] in "PZC":
        return True
    return category == "Mn" and _is_accent(unicodedata.combining(character))


def _is_accent(mark: int) -> bool:
    return mark in _ACCENTS or mark in _POINTS
