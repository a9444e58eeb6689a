"""Which groups are too small to be shown, so that nobody's answer can be told from the numbers.

A group is hidden where it has answers, but fewer than the threshold. Where all but a few of a total
are shown, the rest could be had by subtraction; so then something more is hidden, as little as will do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


def small_groups(sizes: Mapping[str, float], total: float, least: float) -> frozenset[str]:
    """The groups to hide of a total that is shown: the small ones, and the next where they would show.

    >>> sorted(small_groups({"a": 50, "b": 20, "c": 3}, 73, 5))
    ['b', 'c']
    """
    hidden = {id_ for id_, n in sizes.items() if 0 < n < least}
    by_size = sorted((n, id_) for id_, n in sizes.items() if n >= least)
    for _, id_ in by_size:
        rest = total - sum(n for other, n in sizes.items() if other not in hidden)
        if not 0 < rest < least:
            break
        hidden.add(id_)
    return frozenset(hidden)


class Hidden(NamedTuple):
    """What to hide of a journey: touchpoints, stages, and whether the whole."""

    nodes: frozenset[str]
    stages: frozenset[str]
    whole: bool


def hidden_in(
    nodes: Mapping[str, tuple[str, float]], stages: Mapping[str, float], total: float, least: float
) -> Hidden:
    """What to hide where `nodes` (each with its stage and size) and `stages` add up to a total.

    A stage whose few other answers would show by subtraction is hidden first, since its touchpoints
    tell more; touchpoints, the smallest first, only where the whole would give those answers away.
    """
    small = {id_ for id_, (_, n) in nodes.items() if 0 < n < least}
    shut = {id_ for id_, n in stages.items() if 0 < n < least or 0 < n - _shown(nodes, small, {id_}) < least}
    by_size = sorted((n, id_, stage) for id_, (stage, n) in nodes.items() if n >= least)
    for _, id_, stage in by_size:
        if not 0 < _rest(nodes, stages, small, shut, total) < least:
            break
        small.add(id_)
        shut.add(stage)
    for _, stage in sorted((n, stage) for stage, n in stages.items() if n >= least):
        if not 0 < _rest(nodes, stages, small, shut, total) < least:
            break
        shut.add(stage)
    return Hidden(frozenset(small), frozenset(shut), 0 < total < least)


def _shown(nodes: Mapping[str, tuple[str, float]], hidden: set[str], stages: set[str]) -> float:
    """How many answers the touchpoints shown in these stages have."""
    return sum(n for id_, (stage, n) in nodes.items() if stage in stages and id_ not in hidden)


def _rest(
    nodes: Mapping[str, tuple[str, float]],
    stages: Mapping[str, float],
    small: set[str],
    shut: set[str],
    total: float,
) -> float:
    """How many answers are left of the total when all that is shown is taken away."""
    return total - sum(n for id_, n in stages.items() if id_ not in shut) - _shown(nodes, small, shut)
