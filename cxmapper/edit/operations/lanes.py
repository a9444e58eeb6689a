"""Lanes: the rows of a journey."""

from __future__ import annotations

from collections.abc import Iterable

from cxmapper.edit.change import Change
from cxmapper.edit.operations.elements import add_element, move_elements
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey
from cxmapper.model.ids import IdSource


def add_lane(
    document: Document,
    journey: str,
    *,
    type: str = "cards",
    title: str = "",
    offers: str | None = None,
    before: str | None = None,
    new_id: IdSource,
) -> Change:
    """Add a lane to `journey`, above its lane `before` or at the bottom.

    `offers` is the type that a new card in it gets; None leaves that to the lane's type.
    """
    document.need(journey, Journey)
    return add_element(
        document, "lane", parent=journey, before=before, new_id=new_id, type=type, title=title, offers=offers
    )


def move_lanes(document: Document, ids: Iterable[str], *, before: str | None = None) -> Change:
    """Move lanes of one journey above its lane `before`, or to the bottom."""
    return move_elements(document, ids, before=before)
