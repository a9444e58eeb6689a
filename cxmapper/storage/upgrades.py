"""Brings the contents of older files up to the version of the format that this program writes.

One pure function a version: `upgrade_to_N` takes the whole of `map.json` as plain values and
returns it as version N has it. They run before anything is validated. Version 1 is the first, so
there are none yet; a new version adds its function to `UPGRADES` under the version it starts
from, its history to the package's docstring, and a file to `tests/data/formats/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

VERSION = 1
"""The version of the format that this program writes."""

MIN_READER = 1
"""The oldest reader that a file written by this program still makes sense to."""

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

UPGRADES: Mapping[int, Upgrade] = {}
"""From which version, by which function, to the next."""


def upgraded(
    contents: dict[str, Any], version: int, upgrades: Mapping[int, Upgrade], goal: int
) -> dict[str, Any]:
    """`contents`, written by `version`, as version `goal` has them; newer ones stay as they are.

    >>> def upgrade_to_2(contents):
    ...     return {**contents, "greeting": "hello"}
    >>> upgraded({"elements": {}}, 1, {1: upgrade_to_2}, 2)
    {'elements': {}, 'greeting': 'hello'}
    """
    for step in range(version, goal):
        contents = upgrades[step](contents)
    return contents
