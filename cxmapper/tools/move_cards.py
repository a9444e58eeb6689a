"""Dragging cards to other cells, one alone or several that keep their places to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from cxmapper.edit.change import NO_CHANGE, Change, apply
from cxmapper.edit.operations import move_cards
from cxmapper.layout.sheet import Sheet
from cxmapper.locale import msg
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Lane
from cxmapper.model.kinds import Shows, lane_type
from cxmapper.tools.aim import Aim, refusal
from cxmapper.tools.drag import Drag
from cxmapper.tools.events import PointerEvent
from cxmapper.tools.ground import cell_area, column_near, lane_rows, next_in_cell, row_near

Cell = tuple[str, str]  # lane, column


class MoveCards(Drag):
    """Cards go to other cells. Those of one cell go together; others keep their distances."""

    name = "moving cards"
    roles = ("card", "face", "caption")

    def aim(self, event: PointerEvent) -> Aim:
        """The cell below the pointer, and for several cards those as far away from it as now."""
        found = cell_at(self.desk.sheet, self.document, event.x, event.y)
        if isinstance(found, Aim):
            return found
        row, column = found
        cells = {_cell(self.document, id_) for id_ in self.ids}
        return self._alone(event, row, column) if len(cells) == 1 else self._together(event, row, column)

    def _alone(self, event: PointerEvent, row: int, column: int) -> Aim:
        sheet = self.desk.sheet
        lane, col = sheet.rows[row].id, sheet.columns[column].id
        refused = self._refused(dict.fromkeys(self.ids, lane))
        if refused is not None:
            return refused
        others = [id_ for id_ in self.document.index.cell(lane, col) if id_ not in self.ids]
        before = next_in_cell(sheet.rows[row], column, event.y - sheet.tops[row], others)

        def mover(document: Document, ids: Collection[str]) -> Change:
            return move_cards(document, ids, lane, col, before=before)

        return Aim(self.landing(event, mover), (cell_area(sheet, row, column),))

    def _together(self, event: PointerEvent, row: int, column: int) -> Aim:
        sheet = self.desk.sheet
        began = cell_at(sheet, self.document, self.start.x, self.start.y)
        if isinstance(began, Aim):
            return began
        columns = column - began[1]
        order = [lane.id for _, lane in lane_rows(sheet, self.document) if lane_type(lane.type).holds_cards]
        lanes = order.index(sheet.rows[row].id) - order.index(sheet.rows[began[0]].id)
        places = shifted_cells(sheet, self.document, self.ids, order, columns, lanes)
        if places is None:
            return refusal(msg("Some of the cards would leave the map"))
        refused = self._refused({id_: lane for id_, (lane, _) in places.items()})
        if refused is not None:
            return refused
        number = {r.id: i for i, r in enumerate(sheet.rows)}
        lit = {(number[lane], sheet.columns_by_id[col]) for lane, col in places.values()}

        def mover(document: Document, ids: Collection[str]) -> Change:
            # Copies have ids of their own; they go where the cards of their cells go.
            at = {_cell(self.document, id_): place for id_, place in places.items()}
            return _to_cells(document, {id_: at[_cell(document, id_)] for id_ in ids})

        return Aim(self.landing(event, mover), tuple(cell_area(sheet, r, c) for r, c in sorted(lit)))

    def _refused(self, lanes: Mapping[str, str]) -> Aim | None:
        """Why the cards can't each go into the lane given, if one can't. Where it is, a card may stay."""
        for id_, lane in lanes.items():
            card = self.document.need(id_, Card)
            aim = only_emotions(self.document.need(lane, Lane), card.type)
            if aim is not None and card.place.lane != lane:
                return aim
        return None


def cell_at(sheet: Sheet, document: Document, x: float, y: float) -> tuple[int, int] | Aim:
    """Row and column of the cell at a point that may hold cards, or why there is none."""
    row = row_near(sheet, y)
    lane = document.get(sheet.rows[row].id, Lane) if row >= 0 else None
    if lane is None:
        return refusal(msg("Cards go into a lane"))
    if not lane_type(lane.type).holds_cards:
        return refusal(msg("{lane} holds no cards", lane=lane.title or lane_type(lane.type).label))
    column = column_near(sheet, x)
    if column < 0:
        if sheet.columns:
            return refusal(msg("Cards go below a touchpoint"))
        return refusal(msg("Add a stage first: cards go below it"))
    return row, column


def only_emotions(lane: Lane, type_: str) -> Aim | None:
    """Why a card of this type can't go into the lane, where the lane is that of the curve."""
    if lane_type(lane.type).shows is not Shows.EMOTIONS or type_ == "emotion":
        return None
    return refusal(msg("Only emotions go into {lane}", lane=lane.title or lane_type(lane.type).label))


def shifted_cells(
    sheet: Sheet, document: Document, ids: Collection[str], lanes: list[str], right: int, down: int
) -> dict[str, Cell] | None:
    """The cell of each card moved `right` columns and `down` lanes; None where one leaves the map."""
    places: dict[str, Cell] = {}
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


def _cell(document: Document, id_: str) -> Cell:
    place = document.need(id_, Card).place
    return place.lane, place.column


def _to_cells(document: Document, places: dict[str, Cell]) -> Change:
    by_cell: dict[Cell, list[str]] = defaultdict(list)
    for id_, cell in places.items():
        by_cell[cell].append(id_)
    whole = NO_CHANGE
    for (lane, column), ids in sorted(by_cell.items()):
        step = move_cards(document, ids, lane, column)
        document = apply(document, step)
        whole = whole.then(step)
    return whole
