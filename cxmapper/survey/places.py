"""Which columns say where on the journey, who and when: touchpoint, stage, persona, date, respondent.

Names speak in many languages; where the map is known, its own words speak loudest. Columns that point
at single people are never proposed. This module knows columns, no file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cxmapper.survey.headers import Column
from cxmapper.survey.patterns import DATE_WORDS, ID_WORDS, PLACE_WORDS, Place
from cxmapper.survey.privacy import refusal
from cxmapper.survey.profiles import Profile
from cxmapper.survey.words import plain

PLACES: tuple[Place, ...] = ("touchpoint", "stage", "persona")
Known = Mapping[Place, frozenset[str]]
"""The plain names that a map has for touchpoints, stages and personas."""

_ENOUGH = 1.0
_ALMOST_ALL, _OFTEN = 0.8, 0.6  # the share of dates in a column that is not called one, and that is
_ID_VALUES = 0.4  # the share of different values from which an id may tell responses apart


def place_points(place: Place, column: Column, profile: Profile, known: frozenset[str]) -> float:
    """What speaks for a column naming touchpoints, stages or personas; 0 where it can't."""
    if not column.name or not profile.n or profile.is_group or refusal(profile) is not None:
        return 0.0
    if profile.length > 80 or profile.worded_dates > 0.5 or profile.bare_numbers > 0.5:
        return 0.0
    points = max((p for p, pattern in PLACE_WORDS[place] if pattern.search(column.words)), default=0.0)
    if known:
        named = sum(n for value, n in profile.counts.items() if _parts(value) & known)
        points += 4 * (named / profile.n >= 0.3)
    if points <= 1 and profile.distinct < 2:
        return 0.0
    return points


def best_place(
    place: Place, columns: Sequence[Column], profiles: Mapping[int, Profile], known: Known, taken: set[int]
) -> list[Column]:
    """The column for a place, or several that are as likely, or none; never one that is taken."""
    points = {
        column: place_points(place, column, profiles[column.at], known.get(place, frozenset()))
        for column in columns
        if column.at not in taken
    }
    most = max(points.values(), default=0.0)
    if most < _ENOUGH:
        return []
    return [column for column, n in points.items() if n == most]


def best_date(columns: Sequence[Column], profiles: Mapping[int, Profile]) -> Column | None:
    """The column that says when the answer was given, or None."""
    found = []
    for column in columns:
        profile = profiles[column.at]
        named = max((points for points, pattern in DATE_WORDS if pattern.search(column.words)), default=0.0)
        if DATE_WORDS[0][1].search(column.words):
            continue
        share = profile.dates if named else profile.worded_dates
        if profile.n and share >= (_OFTEN if named > 0 else _ALMOST_ALL):
            found.append((named, -column.at, column))
    return max(found)[2] if found else None


def best_id(columns: Sequence[Column], profiles: Mapping[int, Profile]) -> Column | None:
    """The column that tells one response, or one respondent, from another, or None."""
    for pattern in ID_WORDS:
        for column in columns:
            profile = profiles[column.at]
            label = column.label or column.name.strip()
            if (
                profile.n
                and profile.distinct >= _ID_VALUES * profile.n
                and pattern.search(label)
                and column.name
            ):
                return column
    return None


def _parts(value: str) -> set[str]:
    return {plain(part) for part in re.split(r"[;|\n]|,\s", value)} | {plain(value)}
