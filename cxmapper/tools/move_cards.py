"""Dragging cards to other cells, one alone or several that keep their places to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from cxmapper.edit.change import NO_CHANGE, Change, apply
from cxmapper.edit.operations import move_cards
from cxmapper.edit.rules import may_hold_cards, may_move_cards
from cxmapper.layout.sheet import Sheet
from cxmapper.locale import msg
from cxmapper.model.document import Document
from cxmapper.model.elements import Card
from cxmapper.model.kinds import lane_type
from cxmapper.tools.aim import Aim, refusal
from cxmapper.tools.drag import Drag
from cxmapper.tools.events import PointerEvent
from cxmapper.tools.ground import Cell, cell_area, cell_near, lane_rows, next_in_cell

Spot = tuple[str, str]  # lane, column


class MoveCards(Drag):
    """Cards go to other cells. Those of one cell go together; others keep their distances."""

    name = "moving cards"
    roles = ("card", "face", "caption")

    def aim(self, event: PointerEvent) -> Aim:
        """The cell below the pointer, and for several cards those as far away from it as now."""
        cell = cell_near(self.desk.sheet, event.x, event.y)
        cells = {_cell(self.document, id_) for id_ in self.ids}
        return self._alone(event, cell) if len(cells) == 1 else self._together(event, cell)

    def _alone(self, event: PointerEvent, cell: Cell) -> Aim:
        sheet = self.desk.sheet
        verdict = may_move_cards(self.document, self.ids, cell.lane, cell.below)
        if verdict.reason is not None:
            return refusal(verdict.reason)
        others = [id_ for id_ in self.document.index.cell(cell.lane, cell.below) if id_ not in self.ids]
        before = next_in_cell(sheet.rows[cell.row], cell.column, event.y - sheet.tops[cell.row], others)

        def mover(document: Document, ids: Collection[str]) -> Change:
            return move_cards(document, ids, cell.lane, cell.below, before=before)

        return Aim(self.landing(event, mover), (cell_area(sheet, cell.row, cell.column),))

    def _together(self, event: PointerEvent, cell: Cell) -> Aim:
        sheet = self.desk.sheet
        began = cell_near(sheet, self.start.x, self.start.y)
        for at in (cell, began):
            verdict = may_hold_cards(self.document, at.lane, at.below)
            if verdict.reason is not None:
                return refusal(verdict.reason)
        order = [lane.id for _, lane in lane_rows(sheet, self.document) if lane_type(lane.type).holds_cards]
        lanes = order.index(cell.lane) - order.index(began.lane)
        places = shifted_cells(sheet, self.document, self.ids, order, cell.column - began.column, lanes)
        if places is None:
            return refusal(msg("Some of the cards would leave the map"))
        for id_, place in places.items():
            verdict = may_move_cards(self.document, [id_], *place)
            if verdict.reason is not None:
                return refusal(verdict.reason)
        number = {r.id: i for i, r in enumerate(sheet.rows)}
        lit = {(number[lane], sheet.columns_by_id[col]) for lane, col in places.values()}

        def mover(document: Document, ids: Collection[str]) -> Change:
            # Copies have ids of their own; they go where the cards of their cells go.
            at = {_cell(self.document, id_): place for id_, place in places.items()}
            return _to_cells(document, {id_: at[_cell(document, id_)] for id_ in ids})

        return Aim(self.landing(event, mover), tuple(cell_area(sheet, r, c) for r, c in sorted(lit)))


def shifted_cells(
    sheet: Sheet, document: Document, ids: Collection[str], lanes: list[str], right: int, down: int
) -> dict[str, Spot] | None:
    """The cell of each card moved `right` columns and `down` lanes; None where one leaves the map."""
    places: dict[str, Spot] = {}
    for id_ in ids:
        lane, column = _cell(document, id_)
        i = sheet.columns_by_id.get(column, -1)
        if i < 0 or lane not in lanes:
            return None
        j, k = i + right, lanes.index(lane) + down
        if not (0 <= j < len(sheet.columns) and 0 <= k < len(lanes)):
            return None
        places[id_] = (lanes[k], sheet.columns[j].id)
    return places


def _cell(document: Document, id_: str) -> Spot:
    place = document.need(id_, Card).place
    return place.lane, place.column


def _to_cells(document: Document, places: dict[str, Spot]) -> Change:
    by_cell: dict[Spot, list[str]] = defaultdict(list)
    for id_, cell in places.items():
        by_cell[cell].append(id_)
    whole = NO_CHANGE
    for (lane, column), ids in sorted(by_cell.items()):
        step = move_cards(document, ids, lane, column)
        document = apply(document, step)
        whole = whole.then(step)
    return whole
