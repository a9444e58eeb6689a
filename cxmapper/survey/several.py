"""Several names in one cell: what parts them, and what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_ALWAYS = (";", "|", "\n")
_REPEATED = 0.6


def separator_of(values: Mapping[str, int]) -> str | None:
    """What parts several names in one cell of a column with these values, or None where cells hold one.

    A comma may belong to a name, so it parts names only where they turn up in other company too.

    >>> separator_of({"Shop;App": 2, "App": 1}), separator_of({"Search, compare": 3, "Buy": 2})
    (';', None)
    >>> separator_of({"Shop, App": 1, "App, Call": 1, "Shop, Call": 1})
    ','
    """
    for separator in _ALWAYS:
        if any(separator in value for value in values):
            return separator
    several = [value for value in values if "," in value]
    if len(several) < 2:
        return None
    cells = Counter(part for value in values for part in set(parts(value, ",")))
    named = {part for value in several for part in parts(value, ",")}
    repeated = sum(cells[part] > 1 for part in named)
    return "," if repeated >= _REPEATED * len(named) else None


def parts(cell: str, separator: str | None) -> tuple[str, ...]:
    """The names in a cell, tidied of spaces, each once.

    >>> parts(" Shop ; App;Shop;", ";"), parts(" Shop ", None), parts("", ";")
    (('Shop', 'App'), ('Shop',), ())
    """
    found = cell.split(separator) if separator is not None else [cell]
    return tuple(dict.fromkeys(name for part in found if (name := " ".join(part.split()))))
