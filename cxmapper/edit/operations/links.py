"""Links: arrows from one card, touchpoint or stage to another."""

from __future__ import annotations

from cxmapper.edit.change import Change
from cxmapper.edit.operations.elements import add_element
from cxmapper.model.document import Document
from cxmapper.model.ids import IdSource
from cxmapper.model.places import LINKED_KINDS


def add_link(document: Document, start: str, to: str, *, label: str = "", new_id: IdSource) -> Change:
    """Add a link from `start` to `to`.

    Raises ValueError where they are the same, KeyError where an end is missing or of a kind that
    has no arrows.
    """
    if start == to:
        raise ValueError("a link needs two ends")
    for end in (start, to):
        if end not in document or document[end].kind not in LINKED_KINDS:
            raise KeyError(f"no card, touchpoint or stage {end!r}")
    return add_element(document, "link", new_id=new_id, start=start, to=to, label=label)
