"""Cards of a stage as a whole, and whose feelings make which line (DESIGN, section 3)."""

from __future__ import annotations

import pytest

from cxmapper.edit.change import Change, apply
from cxmapper.edit.operations import (
    add_card,
    add_journey,
    add_persona,
    add_stage,
    add_touchpoint,
    set_fields,
    set_until,
    set_valence,
)
from cxmapper.layout.arrange import layout
from cxmapper.layout.emotion_line import Values
from cxmapper.layout.kept import Kept
from cxmapper.layout.sheet import Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import EMPTY, Document
from cxmapper.model.elements import Lane
from tests.make import counting_ids


class Map:
    """A map with one stage and two personas, to be added to."""

    def __init__(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self.new_id = counting_ids("x")
        self.document = EMPTY
        self.anna = self.do(add_persona(EMPTY, name="Anna", new_id=self.new_id))
        self.ben = self.do(add_persona(self.document, name="Ben", new_id=self.new_id))
        self.journey = self.do(add_journey(self.document, title="Moving", new_id=self.new_id))
        _, self.felt, self.pains, _ = (lane.id for lane in self.document.children(self.journey, Lane))
        self.stage = self.add_stage()

    def do(self, change: Change) -> str:
        self.document = apply(self.document, change)
        return next(iter(change.added), "")

    def add_stage(self) -> str:
        return self.do(add_stage(self.document, self.journey, title="Before", new_id=self.new_id))

    def touchpoint(self) -> str:
        return self.do(add_touchpoint(self.document, self.stage, title="Calls", new_id=self.new_id))

    def pain(self, column: str, text: str) -> str:
        change = add_card(self.document, self.pains, column, type="pain point", text=text, new_id=self.new_id)
        return self.do(change)

    def feel(self, column: str, valence: int, *who: str) -> str:
        change = add_card(
            self.document, self.felt, column, type="emotion", valence=valence, who=who, new_id=self.new_id
        )
        return self.do(change)

    def sheet(self, previous: Sheet | None = None) -> Sheet:
        return layout(self.document, self.journey, previous=previous, typesetter=self._typesetter)

    def lines(self) -> tuple[Values, ...]:
        kept = self.sheet().kept
        assert isinstance(kept, Kept)
        return kept.rows[self.felt].lines


@pytest.fixture
def made(typesetter: Typesetter) -> Map:
    return Map(typesetter)


def shown(sheet: Sheet, lane: str) -> list[str]:
    return [box.id for box in sheet.rows[sheet.row_by_id[lane]].boxes()]


def test_a_card_of_a_stage_stays_on_the_map_when_the_only_touchpoint_is_edited(made: Map) -> None:
    whole = made.pain(made.stage, "of the stage")
    touchpoint = made.touchpoint()
    own = made.pain(touchpoint, "of the touchpoint")
    before = made.sheet()
    assert shown(before, made.pains) == [whole, own]
    made.do(set_fields(made.document, [own], text="of the touchpoint alone"))
    after = made.sheet(before)
    assert shown(after, made.pains) == [whole, own]
    assert after == made.sheet()


def test_a_feeling_of_a_stage_stays_when_one_of_its_only_touchpoint_moves(made: Map) -> None:
    whole = made.feel(made.stage, -80)
    touchpoint = made.touchpoint()
    own = made.feel(touchpoint, 80)
    before = made.sheet()
    made.do(set_valence(made.document, own, 60))
    after = made.sheet(before)
    assert set(shown(after, made.felt)) == {whole, own}
    assert after == made.sheet()


def test_cards_that_share_a_column_keep_one_order_however_they_came(made: Map) -> None:
    touchpoint = made.touchpoint()
    own = made.pain(touchpoint, "came first")
    whole = made.pain(made.stage, "came later")
    assert shown(made.sheet(), made.pains) == [whole, own]
    made.document = Document(dict(reversed(list(made.document.elements.items()))))
    assert shown(made.sheet(), made.pains) == [whole, own]


@pytest.mark.parametrize("touchpoints", [1, 2])
def test_a_feeling_of_a_stage_with_touchpoints_is_off_the_line(made: Map, touchpoints: int) -> None:
    made.feel(made.stage, -80)
    columns = [made.touchpoint() for _ in range(touchpoints)]
    assert made.lines() == ()
    made.feel(columns[0], 40)
    assert made.lines() == ((40.0, *[None] * (touchpoints - 1)),)


def test_a_feeling_of_a_stage_without_touchpoints_is_on_the_line(made: Map) -> None:
    made.feel(made.stage, -80)
    assert made.lines() == ((-80.0,),)


def test_a_feeling_over_two_stages_is_on_the_line_where_they_have_no_touchpoints(made: Map) -> None:
    second = made.add_stage()
    card = made.feel(made.stage, 20)
    made.do(set_until(made.document, card, second))
    assert made.lines() == ((20.0, 20.0),)
    made.touchpoint()
    assert made.lines() == ((None, 20.0),)


def test_feelings_in_one_column_are_averaged(made: Map) -> None:
    made.feel(made.stage, -80)
    made.feel(made.stage, 40)
    assert made.lines() == ((-20.0,),)


def test_a_line_of_one_persona_leaves_out_what_others_feel(made: Map) -> None:
    made.do(set_fields(made.document, [made.journey], who=(made.anna,)))
    made.feel(made.stage, 40)
    theirs = made.feel(made.stage, -80, made.ben)
    assert made.lines() == ((40.0,),)
    before = made.sheet()
    made.do(set_valence(made.document, theirs, -20))
    assert made.sheet(before) == made.sheet()


def test_each_persona_of_a_map_has_a_line_where_they_feel_otherwise(made: Map) -> None:
    made.do(set_fields(made.document, [made.journey], who=(made.anna, made.ben)))
    made.feel(made.stage, 40)
    assert made.lines() == ((40.0,),)
    made.feel(made.stage, -80, made.ben)
    assert made.lines() == ((40.0,), (-20.0,))


def test_without_personas_a_map_has_one_line_of_all_feelings(made: Map) -> None:
    made.feel(made.stage, 40, made.anna)
    made.feel(made.stage, -80, made.ben)
    assert made.lines() == ((-20.0,),)
