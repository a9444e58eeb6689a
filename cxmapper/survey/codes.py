"""What the numbers of a score column are: answers themselves, or codes that stand for them.

Some exports write 1–11 for 0–10, and some 11 for “don't know”. The whole column tells; a person
confirms, for reading it wrongly moves the score by many points.
"""

from __future__ import annotations

from collections.abc import Mapping

from cxmapper.locale import msg
from cxmapper.survey.choices import Codes, Option, Question

_MANY_VALUES = 8
_STRAY = 0.02  # the share of other numbers that may be slips of the pen
_ELEVENS = 3


def codes_of(numbers: Mapping[int, int]) -> Codes:
    """What whole numbers, with how often each comes, seem to be.

    >>> codes_of(dict.fromkeys(range(0, 11), 9)), codes_of(dict.fromkeys(range(1, 12), 9))
    ('0-10', '1-11')
    >>> codes_of(dict.fromkeys(range(0, 12), 9)), codes_of({0: 4, 9: 5, 11: 1})
    ('0-11', '0-10')
    """
    total = sum(numbers.values())
    inside = {n: times for n, times in numbers.items() if 0 <= n <= 11}
    if not inside.get(11) or total - sum(inside.values()) > _STRAY * total:
        return "0-10"
    if 0 not in inside:
        return "1-11" if len(inside) >= _MANY_VALUES else "0-10"
    return "0-11" if inside[11] >= _ELEVENS else "0-10"


def question_of(codes: Codes, column: str) -> Question | None:
    """What to ask where the numbers seem to be codes."""
    if codes == "0-10":
        return None
    options = (
        Option("0-10", msg("they are the answers; 11 is invalid")),
        Option("1-11", msg("each stands for one less: 1 for 0, 11 for 10")),
        Option("0-11", msg("they are the answers; 11 is “don’t know”")),
    )
    words = msg("the numbers in “{column}” go up to 11: what are they?", column=column)
    return Question("codes", words, options, codes)
