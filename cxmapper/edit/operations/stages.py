"""Stages: the groups of columns of a journey."""

from __future__ import annotations

from collections.abc import Iterable

from cxmapper.edit.change import NO_CHANGE, Change
from cxmapper.edit.operations.elements import add_element, move_elements
from cxmapper.edit.operations.spans import without_backward_spans
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Stage
from cxmapper.model.ids import IdSource


def add_stage(
    document: Document, journey: str, *, title: str = "", before: str | None = None, new_id: IdSource
) -> Change:
    """Add a stage to `journey`, in front of its stage `before` or at the end."""
    document.need(journey, Journey)
    return add_element(document, "stage", parent=journey, before=before, new_id=new_id, title=title)


def move_stages(document: Document, ids: Iterable[str], *, before: str | None = None) -> Change:
    """Move stages of one journey, with all they hold, in front of its stage `before` or to the end.

    Spans that would run backwards are cut. Raises ValueError where they are of several journeys.
    """
    wanted = list(ids)
    if not wanted:
        return NO_CHANGE
    change = move_elements(document, wanted, before=before)
    journey = document.need(wanted[0], Stage).place.parent
    return without_backward_spans(document, change, journey) if journey is not None else change
