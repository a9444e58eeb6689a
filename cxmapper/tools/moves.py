"""Dragging touchpoints, stages and lanes: a line shows between which others they would come."""

from __future__ import annotations

from collections.abc import Collection

from cxmapper.edit.change import Change
from cxmapper.edit.operations import move_lanes, move_stages, move_touchpoints
from cxmapper.edit.rules import may_move_touchpoints
from cxmapper.layout.sheet import Sheet
from cxmapper.model.document import Document
from cxmapper.tools.aim import Aim, refusal
from cxmapper.tools.drag import Drag
from cxmapper.tools.events import PointerEvent
from cxmapper.tools.ground import Span, column_near, lane_rows, span_middle, spans, upright
from cxmapper.tools.hints import Area, Bar


def touchpoint_gap(sheet: Sheet, x: float) -> tuple[str, str | None, float]:
    """The stage at `x` ("": none is near), the touchpoint that would come after, and where the gap is."""
    i = column_near(sheet, x)
    if i < 0:
        return "", None, x
    column = sheet.columns[i]
    if column.id == column.stage:
        return column.stage, None, column.middle
    if x < column.middle:
        return column.stage, column.id, column.x
    after = sheet.columns[i + 1] if i + 1 < len(sheet.columns) else None
    inside = after is not None and after.stage == column.stage
    return column.stage, after.id if inside and after is not None else None, column.x + column.w


def stage_gap(sheet: Sheet, x: float) -> tuple[str | None, float]:
    """Before which stage something at `x` would come (None: last), and where the gap is."""
    for span in spans(sheet):
        if x < span_middle(sheet, span):
            return span.stage, sheet.columns[span.first].x
    last = sheet.columns[-1] if sheet.columns else None
    return None, last.x + last.w if last is not None else sheet.left


class MoveTouchpoints(Drag):
    """Touchpoints go elsewhere in their stage, or into another one, with all their cards."""

    name = "moving touchpoints"
    roles = ("touchpoint", "channels")

    def aim(self, event: PointerEvent) -> Aim:
        """Between the two touchpoints whose border is nearest."""
        sheet = self.desk.sheet
        stage, before, x = touchpoint_gap(sheet, event.x)
        verdict = may_move_touchpoints(self.document, self.ids, stage)
        if verdict.reason is not None:
            return refusal(verdict.reason)

        def mover(document: Document, ids: Collection[str]) -> Change:
            return move_touchpoints(document, ids, stage, before=before)

        return Aim(self.landing(event, mover), _stage_lit(sheet, stage), upright(sheet, x))


class MoveStages(Drag):
    """Stages change places, with all they hold."""

    name = "moving stages"
    roles = ("stage",)

    def aim(self, event: PointerEvent) -> Aim:
        """Between two stages."""
        before, x = stage_gap(self.desk.sheet, event.x)

        def mover(document: Document, ids: Collection[str]) -> Change:
            return move_stages(document, ids, before=before)

        return Aim(self.landing(event, mover), bar=upright(self.desk.sheet, x))


class MoveLanes(Drag):
    """Lanes change places."""

    name = "moving lanes"
    roles = ("lane",)

    def aim(self, event: PointerEvent) -> Aim:
        """Between two lanes."""
        sheet = self.desk.sheet
        before, y = None, sheet.height
        for i, lane in lane_rows(sheet, self.document):
            if event.y < sheet.tops[i] + sheet.rows[i].height / 2:
                before, y = lane.id, sheet.tops[i]
                break
            y = sheet.tops[i] + sheet.rows[i].height

        def mover(document: Document, ids: Collection[str]) -> Change:
            return move_lanes(document, ids, before=before)

        return Aim(self.landing(event, mover), bar=Bar(0, y, sheet.width, y))


def _stage_lit(sheet: Sheet, stage: str) -> tuple[Area, ...]:
    """The chevron of a stage, lit so that one sees into which stage something goes."""
    row = next((i for i, row in enumerate(sheet.rows) if row.id == "stages"), None)
    span: Span | None = next((s for s in spans(sheet) if s.stage == stage), None)
    if row is None or span is None:
        return ()
    first, last = sheet.columns[span.first], sheet.columns[span.last]
    return (Area(first.x, sheet.tops[row], last.x + last.w - first.x, sheet.rows[row].height),)
