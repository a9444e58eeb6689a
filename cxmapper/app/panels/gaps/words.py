"""How the numbers of a score are written, and what its labels are called. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cxmapper.locale import Words, msg, tr

NOTHING = "–"


class Look(NamedTuple):
    """How a tier of evidence is shown: a short word, what it means, its sign, and a colour token."""

    word: Words
    meaning: Words
    sign: str
    colour: str


TIERS: Mapping[str, Look] = MappingProxyType(
    {
        "confirmed_gap": Look(
            msg("clear"), msg("Below the target, beyond what chance explains."), "down", "risk"
        ),
        "possible_gap": Look(
            msg("unsure"), msg("Below the target, but chance alone may explain it."), "maybe", "pain"
        ),
        "on_target": Look(
            msg("on target"), msg("At the target or above, within what chance explains."), "check", "gain"
        ),
        "exceeds_target": Look(
            msg("above"), msg("Above the target, beyond what chance explains."), "up", "gain"
        ),
        "insufficient": Look(
            msg("too few"), msg("Too few answers to rank this touchpoint."), "few", "text-soft"
        ),
        "no_target": Look(msg("no target"), msg("Without a target there is no gap."), "ring", "text-soft"),
        "no_data": Look(msg("no data"), msg("Nobody has answered about this yet."), "dash", "text-soft"),
    }
)
HIDDEN = Look(
    msg("hidden"), msg("So few answers that people could be recognised; see Settings."), "dash", "text-soft"
)

SOURCES: Mapping[str, Words] = MappingProxyType(
    {
        "touchpoint": msg("set on this touchpoint"),
        "stage": msg("set on its stage"),
        "map": msg("set on the map"),
        "project": msg("set for all maps"),
        "designed_emotion": msg("the emotion designed for this future map"),
    }
)

METRICS: Mapping[str, Words] = MappingProxyType(
    {
        "best": msg("Best known"),
        "nps": msg("NPS"),
        "csat": msg("CSAT, net"),
        "csat5": msg("CSAT, net"),
        "csat3": msg("CSAT, net"),
        "binary": msg("CSAT, net"),
        "ces": msg("CES, net"),
        "ces7": msg("CES, net"),
    }
)


def metric_word(metric: str) -> str:
    """What a metric is called in the heading of a column."""
    return str(METRICS.get(metric, metric))


def points(value: float | None) -> str:
    """Points with their sign, rounded only here.

    >>> points(-41.3), points(0.2), points(16), points(None)
    ('−41', '0', '+16', '–')
    """
    if value is None:
        return NOTHING
    whole = round(value)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


def exact(value: float | None, digits: int = 1) -> str:
    """A number without a sign of its own, with a real minus.

    >>> exact(48.53), exact(-0.04), exact(None)
    ('48.5', '0.0', '–')
    """
    if value is None:
        return NOTHING
    text = f"{abs(value):.{digits}f}"
    return f"−{text}" if value < 0 and float(text) else text


def chance(p: float | None) -> str:
    """A p-value as people write it.

    >>> chance(0.0002), chance(0.0432), chance(None)
    ('under 0.001', '0.043', '–')
    """
    return NOTHING if p is None else tr("under 0.001") if p < 0.001 else f"{p:.3f}"


def between(low: float | None, high: float | None) -> str:
    """An interval in words.

    >>> between(-52.2, -29.8)
    '−52 to −30'
    """
    return NOTHING if low is None or high is None else tr("{a} to {b}", a=points(low), b=points(high))


def margin(low: float | None, high: float | None) -> str:
    """Half of an interval's width: ±2, or nothing."""
    return "" if low is None or high is None else f"±{max(1, round((high - low) / 2))}"


def count(n: float) -> str:
    """A number of answers, with thin groups.

    >>> count(4812)
    '4,812'
    """
    return f"{round(n):,}"
