"""What one cell says: an answer of the metric's scale, no answer, or something that is neither.

Nothing is clamped or rounded: 7.5 and 11 are invalid, and so is `09-Oct`, which a spreadsheet made
of 9-10. This module knows single cells, no column and no file.
"""

from __future__ import annotations

import re
from enum import Enum

from cxmapper.survey.metrics import Metric
from cxmapper.survey.phrases import AGREEMENT, CONTENT, GOOD_OR_BAD, MONTHS, NO_ANSWER
from cxmapper.survey.words import plain, tidy


class Not(Enum):
    """Why a cell is no answer."""

    MISSING = "missing"
    INVALID = "invalid"


_BLANK = re.compile(r"[-‐‑‒–—―−_.~]*\Z")
_NUMBER = re.compile(r"([+-]?)(\d+)(?:[.,](\d+))?\Z")
_OUT_OF = re.compile(
    r"(\d+(?:[.,]0+)?)\s*(?:/|out of|of|von|aus|sur|de|di|da|van|uit|av|af|z|ze|su|из|中)\s*(\d+)\Z",
    re.IGNORECASE,
)
_OUT_OF_CJK = re.compile(r"(\d+)\s*(?:点中|分の|分中|のうち)\s*(\d+)\s*[点分]?\Z")
_UNIT = re.compile(
    r"(\d+)\s*(?:points?|pts?\.?|stars?|punkte?|sterne?|puntos?|puntas?|étoiles?|estrellas?|stelle|punti|pontos?"
    r"|estrelas?|sterren|punten|点|分|점|星|★|⭐)\Z",
    re.IGNORECASE,
)
_FIRST = re.compile(r"(\d+(?:[.,]0+)?)\s*(?:[-–—:=.)\]|]+|(?=\())\s*(.*[^\W\d_].*)\Z", re.DOTALL)
_LAST = re.compile(r"(.*[^\W\d_].*?)\s*(?:[-–—:=|]\s*(\d+)|[(\[]\s*(\d+)\s*[)\]])\Z", re.DOTALL)
_DIGITS = re.compile(r"\d+")
_UNANSWERED = ("-99", "-999")
_LONGEST = 1000  # characters: no label of a scale is longer, and patterns take their time over more


def is_missing(raw: str) -> bool:
    """Whether a cell says that there is no answer.

    >>> [is_missing(c) for c in ("", "-", "Keine Angabe", "-99", "0")]
    [True, True, True, True, False]
    """
    text = tidy(raw)
    return _BLANK.match(text) is not None or text in _UNANSWERED or plain(text) in NO_ANSWER


def number(raw: str, top: int | None = None) -> int | None:
    """The whole number that a cell gives as its answer, or None; `top` is the scale's largest.

    >>> [number(c, 10) for c in ("10 - Extremely likely", "7,0", "9/10", "Not at all (0)", "09-Oct", "7-8")]
    [10, 7, 9, 0, None, None]
    """
    text = tidy(raw)
    if len(text) > _LONGEST:
        return None
    plainly = _NUMBER.match(text)
    if plainly is not None:
        sign, whole, rest = plainly.groups()
        if (rest and int(rest)) or len(whole) > 9:
            return None
        return -int(whole) if sign == "-" else int(whole)
    for form in (_OUT_OF, _OUT_OF_CJK):
        found = form.match(text)
        if found is not None:
            first, last = found.groups() if form is _OUT_OF else found.groups()[::-1]
            return int(_DIGITS.match(first)[0]) if top in (None, int(last)) else None  # type: ignore[index]
    found = _UNIT.match(text)
    return int(found[1]) if found is not None else _labelled(text)


def _labelled(text: str) -> int | None:
    """The number before or after a label that has letters and no other number."""
    found = _FIRST.match(text)
    if found is not None:
        value, label = found[1], found[2]
    else:
        found = _LAST.match(text)
        if found is None:
            return None
        value, label = found[2] or found[3], found[1]
    whole = int(re.split("[.,]", value)[0])
    if any(word in MONTHS for word in plain(label).split()) and len(plain(label).split()) <= 2:
        return None  # a date that a spreadsheet made of two numbers
    return whole if all(int(n) == whole for n in _DIGITS.findall(label)) else None


def read(raw: str, metric: Metric) -> str | Not:
    """The answer of the metric's scale that a cell gives, or why it gives none.

    >>> from cxmapper.survey.metrics import METRICS
    >>> read("8: likely", METRICS["nps"]), read("Very satisfied", METRICS["csat5"])
    ('8', '5')
    >>> read("11", METRICS["nps"])
    <Not.INVALID: 'invalid'>
    """
    if is_missing(raw):
        return Not.MISSING
    worded = _worded(raw, metric)
    if worded is not None:
        return worded
    if metric.name == "binary":
        return {"0": "bad", "1": "good"}.get(tidy(raw), Not.INVALID)
    value = number(raw, int(metric.scale[-1]))
    answer = str(value)
    return answer if value is not None and answer in metric.scale else Not.INVALID


def _worded(raw: str, metric: Metric) -> str | None:
    """The answer of a scale whose answers are words, or stars."""
    text = tidy(raw)
    key = plain(text) or text
    words = {"csat5": CONTENT, "ces7": AGREEMENT, "binary": GOOD_OR_BAD}.get(metric.name)
    if words is not None and key in words:
        return metric.scale[words[key]]
    if metric.name == "csat5" and re.fullmatch(r"[★⭐]\ufe0f?(?:[★⭐☆]\ufe0f?){0,4}", text):
        return str(text.count("★") + text.count("⭐"))
    return None
