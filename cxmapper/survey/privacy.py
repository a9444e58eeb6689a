"""Which columns must never become names on a map, because they point at single people."""

from __future__ import annotations

from cxmapper.locale import Message, msg
from cxmapper.survey.profiles import Profile

FEW = 10  # values below which it can't be told whether a column is mostly unique
_SMALL = 30
SOME, MOST = 0.2, 0.6


def refusal(profile: Profile) -> Message | None:
    """Why a column may not be a touchpoint, stage or persona, or None where it may.

    >>> from cxmapper.survey.profiles import Profile
    >>> str(refusal(Profile(["ana@example.com", "ben@example.com"])))
    'it holds e-mail addresses'
    >>> refusal(Profile(["Checkout", "Web shop"] * 9)) is None
    True
    """
    if profile.emails >= SOME:
        return msg("it holds e-mail addresses")
    if profile.phones >= SOME:
        return msg("it holds telephone numbers")
    if profile.ids >= MOST:
        return msg("it holds identifiers")
    larger = profile.larger if mostly_unique(profile.distinct, profile.n) else None
    if larger is not None and mostly_unique(larger.distinct, larger.n):
        return msg("its values are mostly different from each other")
    return None


def mostly_unique(distinct: int, n: int) -> bool:
    """Whether so many different values among `n` would tell single people.

    >>> mostly_unique(9, 9), mostly_unique(12, 12), mostly_unique(8, 30), mostly_unique(22, 40)
    (False, True, False, True)
    """
    if n < FEW:
        return False
    return distinct > (0.8 if n < _SMALL else 0.5) * n
