"""Touchpoints: the columns of a journey. Their cards refer to them, and so go where they go."""

from __future__ import annotations

from collections.abc import Iterable

from cxmapper.edit.change import Change, Draft
from cxmapper.edit.operations.elements import add_element
from cxmapper.edit.operations.placing import in_row, move_in_row
from cxmapper.edit.operations.spans import without_backward_spans
from cxmapper.model.columns import journey_of, touchpoints
from cxmapper.model.document import Document
from cxmapper.model.elements import Stage
from cxmapper.model.ids import IdSource


def add_touchpoint(
    document: Document, stage: str, *, title: str = "", before: str | None = None, new_id: IdSource
) -> Change:
    """Add a touchpoint to `stage`. Cards of a stage that had none stay with the stage as a whole."""
    document.need(stage, Stage)
    return add_element(document, "touchpoint", parent=stage, before=before, new_id=new_id, title=title)


def move_touchpoints(
    document: Document, ids: Iterable[str], stage: str, *, before: str | None = None
) -> Change:
    """Move touchpoints into `stage`, in front of its touchpoint `before` or to its end.

    They keep the order they have among themselves, and their cards; spans that would run
    backwards are cut. Raises ValueError where one is of another journey than `stage`.
    """
    document.need(stage, Stage)
    journey = journey_of(document, stage)
    if journey is None:
        raise ValueError(f"stage {stage!r} is in no journey")
    draft = Draft(document)
    move_in_row(draft, "touchpoint", in_row(touchpoints(document, journey), ids), stage, before)
    return without_backward_spans(document, draft.change(), journey)
