"""Putting down what the palette offers, dragged from there or armed and clicked: both do the same."""

from __future__ import annotations

from cxmapper.edit.change import Change, apply
from cxmapper.edit.operations import add_card, add_stage, add_touchpoint, set_fields, snapped
from cxmapper.edit.rules import may_be_moment_of_truth, may_begin_link, may_hold_touchpoints, may_lie
from cxmapper.layout.axis import valence_at
from cxmapper.locale import Words, msg
from cxmapper.model.elements import Card, Lane, Stage, Touchpoint
from cxmapper.model.kinds import Shows, card_type, kind, lane_type
from cxmapper.tools.aim import Aim, Edit, refusal
from cxmapper.tools.desk import Desk, Offer
from cxmapper.tools.events import KeyEvent, PointerEvent
from cxmapper.tools.ground import boxes_of, cell_area, cell_near, column_near, next_in_cell, upright
from cxmapper.tools.hints import Area, Bar, Hints
from cxmapper.tools.link import Linking, link_aim
from cxmapper.tools.moves import stage_gap, touchpoint_gap
from cxmapper.tools.state import State
from cxmapper.tools.steps import click_at_selection, step


class Placing(State):
    """Something of the palette is in the hand: moving lights where it would go, letting go puts it there.

    An armed item stays in the hand after the click where Shift is down; a dragged one never does.
    """

    name = "placing"

    def __init__(self, desk: Desk, offer: Offer, *, dragged: bool = False) -> None:
        super().__init__(desk)
        self.offer = offer
        self._dragged = dragged

    def enter(self) -> None:
        """The cursor says that a click puts something down."""
        self.desk.show(Hints(cursor="cross"))

    def move(self, event: PointerEvent) -> State | None:
        """Light the place below the pointer."""
        aim = self.aim(event)
        self.desk.show(
            Hints(
                lit=aim.lit,
                bar=aim.bar,
                label=aim.words,
                refused=aim.refused,
                at=(event.x, event.y),
                cursor="refused" if aim.refused else "cross",
            )
        )
        return self

    def release(self, event: PointerEvent) -> State | None:
        """Put it down, select it, and let its text be typed. Where it can't be, it stays in the hand."""
        if self.offer.kind == "link":
            return self._begin_link(event)
        aim = self.aim(event)
        if aim.act is None:
            self.move(event)
            return None if self._dragged else self
        edit = aim.act()
        self.desk.do(*edit)
        again = event.shift and not self._dragged
        if not again:
            self.desk.disarm()
            for id_ in (edit.selects or frozenset()).intersection(edit.change.added):
                self.desk.edit_text(id_)
        return self if again else None

    def key(self, event: KeyEvent) -> bool:
        """Arrows choose the box where Enter will put the item down."""
        return step(self.desk, event)

    def click_of(self, event: KeyEvent) -> PointerEvent | None:
        """Enter puts it down where the selected box is."""
        return click_at_selection(self.desk, event)

    def _begin_link(self, event: PointerEvent) -> State | None:
        hit = link_aim(self.desk, event)
        if hit is None:
            self.move(event)
            return None if self._dragged else self
        return Linking(self.desk, hit.id, keep=event.shift and not self._dragged)

    def cancel(self) -> None:
        """Put it back into the palette."""
        self.desk.disarm()

    def aim(self, event: PointerEvent) -> Aim:
        """Where it would go."""
        if not self.desk.sheet.journey:
            return refusal(msg("Add a map first"))
        match self.offer.kind:
            case "stage":
                return self._stage(event)
            case "touchpoint":
                return self._touchpoint(event)
            case "link":
                return self._link(event)
            case "mark":
                return aim_mark(self.desk, event)
            case _:
                return aim_card(self.desk, self.offer, event)

    def _stage(self, event: PointerEvent) -> Aim:
        sheet = self.desk.sheet
        before, x = stage_gap(sheet, event.x)

        def act() -> Edit:
            change = add_stage(
                self.desk.editor.document, sheet.journey, before=before, new_id=self.desk.new_id
            )
            return Edit(add_label("stage"), change, frozenset(change.added))

        if not sheet.columns:
            return Aim(act, _all(sheet.width, sheet.height))
        return Aim(act, bar=upright(sheet, x))

    def _touchpoint(self, event: PointerEvent) -> Aim:
        sheet, document = self.desk.sheet, self.desk.editor.document
        if not sheet.columns:
            return Aim(self._first_touchpoint, _all(sheet.width, sheet.height))
        stage, before, x = touchpoint_gap(sheet, event.x)
        verdict = may_hold_touchpoints(document, stage)
        if verdict.reason is not None:
            return refusal(verdict.reason)

        def act() -> Edit:
            change = add_touchpoint(document, stage, before=before, new_id=self.desk.new_id)
            return Edit(add_label("touchpoint"), change, frozenset(change.added))

        return Aim(act, bar=upright(sheet, x))

    def _first_touchpoint(self) -> Edit:
        """A touchpoint on a map that has no stage brings one with it."""
        document, new_id = self.desk.editor.document, self.desk.new_id
        stages: Change = add_stage(document, self.desk.sheet.journey, new_id=new_id)
        (stage,) = (i for i in stages.added if isinstance(stages.items[i][1], Stage))
        inside = add_touchpoint(apply(document, stages), stage, new_id=new_id)
        made = frozenset(i for i in inside.added if isinstance(inside.items[i][1], Touchpoint))
        return Edit(add_label("touchpoint"), stages.then(inside), made)

    def _link(self, event: PointerEvent) -> Aim:
        hit = link_aim(self.desk, event)
        verdict = may_begin_link(self.desk.editor.document, hit.id if hit is not None else "")
        if hit is None or verdict.reason is not None:
            return Aim(words=verdict.reason)
        lit = tuple(Area(g.x, g.y, g.box.w, g.box.h) for g in boxes_of(self.desk.sheet, {hit.id}, hit.role))
        return Aim(lambda: Edit(add_label("link"), Change()), lit)


def aim_mark(desk: Desk, event: PointerEvent) -> Aim:
    """The touchpoint whose column is below the pointer: a moment of truth from now on, or no longer."""
    sheet, document = desk.sheet, desk.editor.document
    column = column_near(sheet, event.x)
    id_ = sheet.columns[column].id if column >= 0 else ""
    verdict = may_be_moment_of_truth(document, id_)
    if verdict.reason is not None:
        return refusal(verdict.reason)
    touchpoint = document.need(id_, Touchpoint)
    on = not touchpoint.moment_of_truth

    def act() -> Edit:
        label = msg("Mark as moment of truth") if on else msg("Unmark as moment of truth")
        change = set_fields(document, [touchpoint.id], moment_of_truth=on)
        return Edit(label, change, frozenset({touchpoint.id}))

    boxes = boxes_of(sheet, {touchpoint.id}, "touchpoint")
    return Aim(act, tuple(Area(g.x, g.y, g.box.w, g.box.h) for g in boxes))


def aim_card(desk: Desk, offer: Offer, event: PointerEvent) -> Aim:
    """The cell below the pointer; in the emotion lane also the height, which is the valence."""
    sheet, document = desk.sheet, desk.editor.document
    row, column, *cell = cell_near(sheet, event.x, event.y)
    verdict = may_lie(document, offer.type, *cell)
    if verdict.reason is not None:
        return refusal(verdict.reason)
    lane = document.need(cell[0], Lane)
    y = event.y - sheet.tops[row]
    felt = lane_type(lane.type).shows is Shows.EMOTIONS
    valence = offer.valence
    if felt and valence is None:
        valence = snapped(valence_at(y, desk.plot))

    def act() -> Edit:
        change = add_card(
            document, *cell, type=offer.type, valence=valence, new_id=desk.new_id,
            before=None if felt else next_in_cell(sheet.rows[row], column, y, document.index.cell(*cell)),
        )  # fmt: skip
        made = frozenset(i for i in change.added if isinstance(change.items[i][1], Card))
        return Edit(add_label("card", offer.type), change, made)

    top = sheet.tops[row]
    bar = Bar(sheet.columns[column].x, top + y, sheet.columns[column].x + sheet.columns[column].w, top + y)
    inside = felt and y <= desk.plot
    return Aim(act, (cell_area(sheet, row, column),), bar if inside and offer.valence is None else None)


def add_label(kind_: str, type_: str = "") -> Words:
    """What adding an element is called.

    >>> str(add_label("card", "pain point"))
    'Add Pain point'
    """
    return msg("Add {what}", what=card_type(type_).label if kind_ == "card" else kind(kind_).label)


def _all(width: float, height: float) -> tuple[Area, ...]:
    return (Area(4, 4, max(width - 8, 0), max(height - 8, 0)),)
