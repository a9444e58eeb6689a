"""Every kind of drag: where things land, what undo calls it, and that Esc leaves nothing behind."""

from __future__ import annotations

import pytest

from cxmapper.edit.operations import delete, set_fields
from cxmapper.locale import msg
from cxmapper.model.elements import Card, Lane, Stage, Touchpoint
from tests.tools.driver import Driver, small_map


def cards_in(driver: Driver, lane: str, column: str) -> tuple[str, ...]:
    return driver.document.index.cell(lane, column)


def test_small_movement_is_a_click(driver: Driver) -> None:
    driver.press("p1").by(2, 2).release()
    assert driver.document == small_map()
    assert driver.selection == {"p1"}


def test_card_goes_to_another_cell_as_one_step_that_undo_takes_back(driver: Driver) -> None:
    before = driver.document
    driver.press("p1").move(driver.cell("back", "b1", 0.95))
    assert driver.tool.where == "moving cards"
    assert driver.tool.busy
    assert driver.document is before  # it lands when it is let go
    assert [g.box.id for g in driver.hints.ghosts] == ["p1"]
    assert driver.hints.faded == {"p1"}
    assert len(driver.hints.lit) == 1
    assert not driver.hints.refused
    driver.release()
    assert cards_in(driver, "back", "b1") == ("k1", "p1")
    assert driver.undo_label() == "Move Too many tariffs"
    assert driver.hints.ghosts == ()
    driver.desk.editor.undo()
    assert driver.document == before
    assert not driver.desk.editor.can_undo


def test_lifted_card_follows_the_pointer(driver: Driver) -> None:
    (box, top), *_ = driver.boxes("p1")
    driver.press("p1").by(31, 17)
    (ghost,) = driver.hints.ghosts
    assert (ghost.x, ghost.y) == pytest.approx((box.x + 31, top + box.y + 17))


@pytest.mark.parametrize(("down", "order"), [(0.05, ("p1", "p2", "p3")), (0.95, ("p2", "p3", "p1"))])
def test_card_goes_before_or_after_those_of_the_cell(
    driver: Driver, down: float, order: tuple[str, ...]
) -> None:
    driver.press("p1").move(driver.cell("pains", "a2", down)).release()
    assert cards_in(driver, "pains", "a2") == order


def test_cards_of_one_cell_are_sorted_by_dragging(driver: Driver) -> None:
    driver.press("p3").move(driver.cell("pains", "a2", 0.05)).release()
    assert cards_in(driver, "pains", "a2") == ("p3", "p2")


def test_escape_leaves_everything_as_it_was(driver: Driver) -> None:
    before = driver.document
    driver.press("p1").move(driver.cell("back", "b1"))
    assert driver.key("escape")
    assert driver.tool.where == "idle"
    driver.release()
    assert driver.document is before
    assert not driver.desk.editor.can_undo


def test_card_without_words_is_called_by_its_type(driver: Driver) -> None:
    driver.desk.editor.do(msg("x"), set_fields(driver.document, ["p1"], text=""))
    driver.press("p1").move(driver.cell("back", "b1")).release()
    assert driver.undo_label() == "Move Pain point"


def test_cards_that_are_no_emotions_keep_out_of_the_emotion_lane(driver: Driver) -> None:
    before = driver.document
    driver.press("p1").move(driver.cell("felt", "b1"))
    assert driver.hints.refused
    assert str(driver.hints.label) == "Only emotions go into Emotion"
    driver.release()
    assert driver.document is before


def test_faces_and_other_cards_move_together_each_in_its_lane(driver: Driver) -> None:
    driver.desk.select(["p1", "f1"])
    driver.press("p1").move(driver.cell("pains", "b1")).release()
    assert cards_in(driver, "pains", "b1") == ("p1",)
    assert cards_in(driver, "felt", "b1") == ("f1",)


@pytest.mark.parametrize(
    ("lane", "why"),
    [("line", "Line of visibility holds no cards"), ("points", "Touchpoints holds no cards")],
)
def test_lane_that_holds_no_cards_refuses_and_says_why(driver: Driver, lane: str, why: str) -> None:
    before = driver.document
    driver.press("p1").move(driver.cell(lane, "b1"))
    assert driver.hints.refused
    assert str(driver.hints.label) == why
    driver.release()
    assert driver.document is before


def test_beside_the_lanes_a_card_is_refused(driver: Driver) -> None:
    driver.press("p1").move((driver.cell("pains", "a1")[0], 2.0))
    assert str(driver.hints.label) == "Cards go into a lane"
    driver.move((5000.0, driver.cell("pains", "a1")[1]))
    assert str(driver.hints.label) == "Cards go below a touchpoint"


def test_several_cards_keep_their_places_to_each_other(driver: Driver) -> None:
    driver.desk.select({"p1", "p2"})
    driver.press("p1").move(driver.cell("pains", "a2", 0.9)).release()
    assert cards_in(driver, "pains", "a1") == ()
    assert set(cards_in(driver, "pains", "a2")) == {"p1", "p3"}
    assert cards_in(driver, "pains", "b1") == ("p2",)
    assert driver.undo_label() == "Move 2 elements"
    assert driver.selection == {"p1", "p2"}


def test_several_cards_of_one_cell_go_together(driver: Driver) -> None:
    driver.desk.select({"p2", "p3"})
    driver.press("p2").move(driver.cell("pains", "b1")).release()
    assert cards_in(driver, "pains", "b1") == ("p2", "p3")


def test_cards_of_which_one_would_leave_the_map_are_refused(driver: Driver) -> None:
    driver.desk.select({"p1", "p2", "k1"})
    driver.press("p1").move(driver.cell("back", "a1"))
    assert str(driver.hints.label) == "Some of the cards would leave the map"
    before = driver.document
    driver.release()
    assert driver.document is before


def test_drag_with_ctrl_puts_down_a_copy(driver: Driver) -> None:
    driver.press("p1").move(driver.cell("pains", "b1"))
    driver.hold(ctrl=True).by(1, 0)
    assert driver.hints.faded == frozenset()
    driver.release()
    assert cards_in(driver, "pains", "a1") == ("p1",)
    (copy,) = cards_in(driver, "pains", "b1")
    assert driver.document.need(copy, Card).text == "Too many tariffs"
    assert driver.undo_label() == "Copy Too many tariffs"
    assert driver.selection == {copy}


def test_copies_of_several_cards_keep_their_places_to_each_other(driver: Driver) -> None:
    driver.desk.select({"p1", "p2"})
    driver.press("p1").move(driver.cell("pains", "a2", 0.9))
    driver.hold(ctrl=True).release()
    assert cards_in(driver, "pains", "a1") == ("p1",)
    assert len(cards_in(driver, "pains", "a2")) == 3
    assert len(cards_in(driver, "pains", "b1")) == 1


def test_drag_ends_when_what_is_dragged_is_deleted_meanwhile(driver: Driver) -> None:
    driver.press("p1").move(driver.cell("pains", "b1"))
    driver.desk.editor.do(msg("Delete"), delete(driver.document, ["p1"]))
    assert driver.tool.where == "idle"
    driver.by(3, 3).release()
    assert "p1" not in driver.document


def test_touchpoint_moves_within_its_stage_and_into_another(driver: Driver) -> None:
    x, y = driver.middle("a1", "touchpoint")
    driver.press("a2", "touchpoint").move((x - 20, y))
    assert driver.tool.where == "moving touchpoints"
    assert driver.hints.bar is not None
    driver.release()
    assert driver.order("A", Touchpoint) == ["a2", "a1"]
    assert driver.undo_label() == "Move Compares plans"
    x, y = driver.middle("b1", "touchpoint")
    driver.press("a1", "touchpoint").move((x + 20, y)).release()
    assert driver.order("B", Touchpoint) == ["b1", "a1"]
    assert driver.document.need("p1", Card).place.column == "a1"


def test_touchpoint_goes_into_a_stage_that_has_none(driver: Driver) -> None:
    driver.press("a2", "touchpoint").move((driver.middle("C")[0], driver.middle("b1")[1])).release()
    assert driver.order("C", Touchpoint) == ["a2"]


def test_touchpoint_back_at_its_place_is_no_step(driver: Driver) -> None:
    x, y = driver.middle("a1", "touchpoint")
    driver.press("a1", "touchpoint").move((x + 200, y)).move((x - 10, y)).release()
    assert driver.order("A", Touchpoint) == ["a1", "a2"]
    assert not driver.desk.editor.can_undo


def test_touchpoint_far_from_all_stages_is_refused(driver: Driver) -> None:
    driver.press("a1", "touchpoint").move((5000.0, 60.0))
    assert driver.hints.refused
    assert str(driver.hints.label) == "A touchpoint belongs into a stage"


def test_stage_moves_with_all_it_holds(driver: Driver) -> None:
    x, y = driver.middle("C")
    driver.press("A", "stage").move((x - 10, y))
    assert driver.tool.where == "moving stages"
    driver.release()
    assert driver.order("journey", Stage) == ["B", "A", "C"]
    assert driver.undo_label() == "Move Stage A"
    driver.press("A", "stage").move((x + 50, y)).release()
    assert driver.order("journey", Stage) == ["B", "C", "A"]
    assert driver.order("A", Touchpoint) == ["a1", "a2"]


def test_lane_header_reorders_lanes(driver: Driver) -> None:
    x, _ = driver.middle("pains", "lane")
    driver.press("back", "lane").move((x, driver.cell("felt", "a1", 0.1)[1]))
    assert driver.tool.where == "moving lanes"
    assert driver.hints.bar is not None
    driver.release()
    assert driver.order("journey", Lane) == ["points", "back", "felt", "pains", "line"]
    assert driver.undo_label() == "Move Backstage"
    driver.press("back", "lane").move((x, driver.desk.sheet.height)).release()
    assert driver.order("journey", Lane)[-1] == "back"


def test_face_follows_in_steps_of_five_and_is_one_step(driver: Driver) -> None:
    driver.press("f1", "face").by(0, 30)
    assert driver.tool.where == "moving a face"
    card = driver.document.need("f1", Card)
    assert card.valence is not None
    assert card.valence < 40
    assert card.valence % 5 == 0
    assert str(driver.hints.label) in (f"+{card.valence}", f"−{-card.valence}", "0")
    driver.by(0, 500).release()
    assert driver.document.need("f1", Card).valence == -100
    assert driver.undo_label() == "Move curious"
    assert driver.desk.settled == 1
    driver.desk.editor.undo()
    assert driver.document.need("f1", Card).valence == 40
    assert not driver.desk.editor.can_undo


def test_face_goes_to_another_column_too(driver: Driver) -> None:
    x, _ = driver.cell("felt", "b1")
    driver.press("f1", "face").move((x, driver.at.y)).release()
    card = driver.document.need("f1", Card)
    assert (card.place.column, card.valence) == ("b1", 40)


def test_escape_puts_a_face_back(driver: Driver) -> None:
    before = driver.document
    driver.press("f1", "face").by(0, 60)
    assert driver.document != before
    driver.key("escape")
    assert driver.document == before
    assert not driver.desk.editor.can_undo
    assert driver.desk.editor.current_gesture is None


def test_face_back_at_its_height_is_no_step(driver: Driver) -> None:
    driver.press("f1", "face").by(0, 40).by(0, -40).release()
    assert driver.document.need("f1", Card).valence == 40
    assert not driver.desk.editor.can_undo


def test_title_does_not_drag(driver: Driver) -> None:
    before = driver.document
    driver.press("journey", "title").by(100, 300)
    assert not driver.tool.busy
    driver.release()
    assert driver.document is before
