"""Where new and moved elements go among their siblings: order keys for a gap in a row.

Two people's edits, merged, can leave siblings with equal keys, told apart by id alone. Nothing
fits between two of those, so whoever inserts there gives new keys to the few that are tied.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from cxmapper.edit.change import Draft
from cxmapper.model.base import Element
from cxmapper.model.fields import CardPlace, Place
from cxmapper.model.order import keys_between


def place_of(draft: Draft, id_: str) -> Place | CardPlace:
    """The place of the element `id_` as drafted so far (KeyError where it has none)."""
    place = getattr(draft.get(id_, Element), "place", None)
    if not isinstance(place, Place | CardPlace):
        raise KeyError(f"no placed element {id_!r}")
    return place


def _at(row: Sequence[str], before: str | None) -> int:
    """Where in `row` stands what goes in front of `before`."""
    if before is not None and before not in row:
        raise ValueError(f"{before!r} is not in the row {list(row)}")
    return len(row) if before is None else row.index(before)


def make_room(draft: Draft, row: Sequence[str], before: str | None, n: int) -> list[str]:
    """`n` order keys in front of `before` (None: at the end) among the siblings `row`, in order.

    Siblings whose equal keys leave no gap there get new ones. Raises ValueError where `before`
    is not in `row`.
    """
    at = _at(row, before)
    low = place_of(draft, row[at - 1]).key if at else None
    free = at
    while low is not None and free < len(row) and place_of(draft, row[free]).key <= low:
        free += 1
    high = place_of(draft, row[free]).key if free < len(row) else None
    keys = keys_between(low, high, n + free - at)
    for id_, key in zip(row[at:free], keys[n:], strict=True):
        draft.update(id_, place=place_of(draft, id_)._replace(key=key))
    return keys[:n]


def anchor(row: Sequence[str], before: str | None, moving: Collection[str]) -> str | None:
    """The first of `row`, from `before` on, that is not itself moving; None for the end.

    Raises ValueError where `before` is not in `row`.
    """
    if before is None:
        return None
    return next((id_ for id_ in row[_at(row, before) :] if id_ not in moving), None)


def stays(row: Sequence[str], ids: Sequence[str], before: str | None) -> bool:
    """Whether `row` is in the same order after `ids` move in front of `before`, and holds them all."""
    rest = [id_ for id_ in row if id_ not in ids]
    at = _at(rest, before)
    return [*rest[:at], *ids, *rest[at:]] == list(row)


def move_in_row(draft: Draft, kind: str, ids: Iterable[str], parent: str | None, before: str | None) -> None:
    """Place the elements `ids` of `kind` in `parent`, in the order given, in front of `before`."""
    row = draft.document.index.children(parent, kind)
    moving = list(dict.fromkeys(ids))
    target = anchor(row, before, frozenset(moving))
    if stays(row, moving, target):
        return
    rest = [id_ for id_ in row if id_ not in moving]
    for id_, key in zip(moving, make_room(draft, rest, target, len(moving)), strict=True):
        draft.update(id_, place=Place(parent, key))


def in_row(row: Sequence[str], ids: Iterable[str]) -> list[str]:
    """`ids` without repeats, in the order they have in `row` (ValueError where one is not in it)."""
    position = {id_: at for at, id_ in enumerate(row)}
    asked = frozenset(ids)
    missing = asked - position.keys()
    if missing:
        raise ValueError(f"not siblings: {sorted(missing)}")
    return sorted(asked, key=position.__getitem__)
