"""How texts of a survey are compared: without what does not tell words apart. Knows no file and no column."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´"))
_QUOTES = "\"'“”„«»‚‘’`´"


def tidy(raw: str) -> str:
    """`raw` in NFKC, without what nobody sees, and without quotation marks around it.

    >>> tidy("'６"), tidy(' "4" '), tidy("\\xa05")
    ('6', '4', '5')
    """
    text = unicodedata.normalize("NFKC", raw.translate(_UNSEEN)).strip()
    return text.strip(_QUOTES).strip()


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """`text` as lower-case words with single spaces: no accents, no punctuation.

    >>> plain("Don’t  know!"), plain("Weiß-nicht"), plain("満足")
    ('dont know', 'weiss nicht', '満足')
    """
    wide = unicodedata.normalize("NFKC", text.translate(_UNSEEN)).translate(_APOSTROPHES).casefold()
    letters = "".join(c for c in unicodedata.normalize("NFD", wide) if not 0x300 <= ord(c) <= 0x36F)
    joined = unicodedata.normalize("NFC", letters)
    return " ".join(re.sub(r"[\W_]+", " ", joined).split())
