"""Putting down what the palette offers: by drag and by click, with the same result."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cxmapper.edit.operations import add_card
from cxmapper.locale import msg
from cxmapper.model.elements import Card, Stage, Touchpoint
from tests.tools.driver import Driver, Item, empty_map

Put = Callable[[Driver, Item, tuple[float, float]], None]


def by_drag(driver: Driver, item: Item, at: tuple[float, float]) -> None:
    driver.tool.drag_in(item)
    driver.move(at).release()


def by_click(driver: Driver, item: Item, at: tuple[float, float]) -> None:
    driver.tool.arm(item)
    driver.move(at).press(at).release()


@pytest.fixture(params=[by_drag, by_click])
def put(request: pytest.FixtureRequest) -> Put:
    made: Put = request.param
    return made


def test_card_lands_in_its_cell_selected_and_open(driver: Driver, put: Put) -> None:
    put(driver, Item("card", "opportunity"), driver.cell("pains", "b1"))
    (made,) = driver.document.index.cell("pains", "b1")
    assert driver.document.need(made, Card).type == "opportunity"
    assert driver.selection == {made}
    assert driver.desk.editing == [made]
    assert driver.undo_label() == "Add Opportunity"
    assert driver.tool.where == "idle"
    driver.desk.editor.undo()
    assert made not in driver.document
    assert not driver.desk.editor.can_undo


def test_card_lands_before_the_one_below_the_pointer(driver: Driver, put: Put) -> None:
    put(driver, Item("card", "pain point"), driver.cell("pains", "a2", 0.05))
    cell = driver.document.index.cell("pains", "a2")
    assert cell[1:] == ("p2", "p3")


def test_emotion_takes_its_valence_from_its_height(driver: Driver, put: Put) -> None:
    sheet = driver.desk.sheet
    top = sheet.tops[sheet.row_by_id["felt"]]
    put(driver, Item("card", "emotion"), (driver.cell("felt", "b1")[0], top + 16))
    (made,) = driver.document.index.cell("felt", "b1")
    assert driver.document.need(made, Card).valence == 95


def test_face_of_the_palette_keeps_its_valence(driver: Driver, put: Put) -> None:
    put(driver, Item("card", "emotion", -80), driver.cell("felt", "b1", 0.1))
    (made,) = driver.document.index.cell("felt", "b1")
    assert driver.document.need(made, Card).valence == -80


def test_only_emotions_go_into_the_emotion_lane(driver: Driver, put: Put) -> None:
    put(driver, Item("card", "note"), driver.cell("felt", "b1", 0.3))
    assert driver.document.index.cell("felt", "b1") == ()
    assert not driver.desk.editor.can_undo


def test_mark_makes_a_moment_of_truth_and_takes_it_back(driver: Driver, put: Put) -> None:
    for on, label in ((True, "Mark as moment of truth"), (False, "Unmark as moment of truth")):
        put(driver, Item("mark"), driver.middle("a2", "touchpoint"))
        assert driver.document.need("a2", Touchpoint).moment_of_truth is on
        assert driver.undo_label() == label
    assert driver.selection == {"a2"}
    assert driver.desk.editing == []


def test_mark_needs_a_touchpoint(driver: Driver, put: Put) -> None:
    put(driver, Item("mark"), driver.middle("C"))
    assert not driver.desk.editor.can_undo


def test_touchpoint_lands_between_two(driver: Driver, put: Put) -> None:
    x, y = driver.middle("a2", "touchpoint")
    put(driver, Item("touchpoint"), (x - 30, y))
    (made,) = driver.selection
    assert driver.order("A", Touchpoint) == ["a1", made, "a2"]
    assert driver.undo_label() == "Add Touchpoint"


def test_stage_lands_between_two(driver: Driver, put: Put) -> None:
    x, y = driver.middle("B")
    put(driver, Item("stage"), (x - 20, y))
    (made,) = driver.selection
    assert driver.order("journey", Stage) == ["A", made, "B", "C"]


def test_stage_lands_anywhere_on_an_empty_map(put: Put) -> None:
    driver = Driver(empty_map())
    put(driver, Item("stage"), (400.0, 300.0))
    assert len(driver.order("journey", Stage)) == 1


def test_touchpoint_on_an_empty_map_brings_its_stage_in_one_step(put: Put) -> None:
    driver = Driver(empty_map())
    put(driver, Item("touchpoint"), (400.0, 300.0))
    (stage,) = driver.order("journey", Stage)
    (made,) = driver.order(stage, Touchpoint)
    assert driver.selection == {made}
    driver.desk.editor.undo()
    assert driver.order("journey", Stage) == []
    assert not driver.desk.editor.can_undo


def test_card_on_an_empty_map_says_what_is_missing(put: Put) -> None:
    driver = Driver(empty_map())
    row = driver.desk.sheet.row_by_id["pains"]
    before = driver.document
    at = (300.0, driver.desk.sheet.tops[row] + 10)
    driver.tool.arm(Item("card", "note"))
    driver.move(at)
    assert str(driver.hints.label) == "Add a stage first: cards go below it"
    put(driver, Item("card", "note"), at)
    assert driver.document is before


def test_armed_item_stays_in_the_hand_where_it_can_not_land(driver: Driver) -> None:
    driver.tool.arm(Item("card", "note"))
    driver.click(driver.cell("line", "a1"))
    assert driver.tool.where == "placing"
    assert driver.hints.refused
    driver.click(driver.cell("back", "a1"))
    assert driver.tool.where == "idle"
    assert driver.desk.disarmed == 1


def test_shift_keeps_the_item_armed_and_opens_no_text(driver: Driver) -> None:
    driver.tool.arm(Item("card", "note"))
    driver.click(driver.cell("back", "a1"), shift=True).click(driver.cell("back", "a2"), shift=True)
    assert driver.tool.where == "placing"
    assert driver.desk.disarmed == 0
    assert driver.desk.editing == []
    assert len(driver.document.index.lane("back")) == 3


def test_escape_disarms_and_a_drag_that_leaves_adds_nothing(driver: Driver) -> None:
    before = driver.document
    driver.tool.arm(Item("stage"))
    assert driver.hints.cursor == "cross"
    assert driver.key("escape")
    assert driver.tool.where == "idle"
    assert driver.desk.disarmed == 1
    driver.tool.drag_in(Item("stage"))
    driver.move((300.0, 80.0))
    assert driver.hints.bar is not None
    driver.tool.drag_out()
    assert driver.tool.where == "idle"
    assert driver.hints.bar is None
    assert driver.document is before


def test_target_is_lit(driver: Driver) -> None:
    driver.tool.arm(Item("card", "note"))
    driver.move(driver.cell("back", "a2"))
    (area,) = driver.hints.lit
    column = driver.desk.sheet.columns[1]
    assert (area.x, area.w) == (column.x, column.w)


def test_link_goes_from_one_click_to_the_next(driver: Driver) -> None:
    driver.tool.arm(Item("link"))
    driver.click("p1")
    assert driver.tool.where == "linking"
    driver.move("k1")
    assert driver.hints.thread is not None
    driver.press("k1").release()
    (link,) = driver.links()
    assert (link.start, link.to) == ("p1", "k1")
    assert driver.undo_label() == "Add link"
    assert driver.tool.where == "idle"


def test_link_ends_at_nothing_but_another_element(driver: Driver) -> None:
    driver.tool.arm(Item("link"))
    driver.click("p1").click("p1").click(driver.cell("back", "a1"))
    assert driver.tool.where == "linking"
    driver.key("escape")
    assert driver.links() == []
    assert driver.tool.where == "idle"


def test_arming_something_in_the_middle_of_a_drag_puts_the_drag_back(driver: Driver) -> None:
    before = driver.document
    driver.press("f1", "face").by(0, 50)
    driver.tool.arm(Item("stage"))
    assert driver.document == before
    assert driver.tool.where == "placing"


def test_arrows_and_enter_put_an_item_down_without_a_pointer(driver: Driver) -> None:
    driver.desk.select({"p1"})
    driver.tool.arm(Item("card", "note"))
    assert driver.key("right")
    assert driver.selection == {"p2"}
    assert driver.key("enter")
    made = driver.desk.editing[-1]
    assert made in driver.document.index.cell("pains", "a2")
    assert driver.tool.where == "idle"


def test_link_is_drawn_by_keys_alone(driver: Driver) -> None:
    driver.desk.select({"p1"})
    driver.tool.arm(Item("link"))
    driver.key("enter")
    assert driver.tool.where == "linking"
    driver.key("right")
    driver.key("enter")
    (link,) = driver.links()
    assert (link.start, link.to) == ("p1", "p2")


def test_a_card_lands_above_one_of_the_whole_stage_that_shares_its_column(driver: Driver, put: Put) -> None:
    """Stage B has one touchpoint: cards of both are drawn in one column, and are of two cells."""
    editor = driver.desk.editor
    whole = add_card(editor.document, "pains", "B", type="note", text="of B", new_id=lambda: "whole")
    driver.desk.do(msg("Add a note"), whole)
    put(driver, Item("card", "pain point"), driver.cell("pains", "b1", 0.05))
    (made,) = driver.document.index.cell("pains", "b1")
    assert driver.document.need(made, Card).type == "pain point"
    assert driver.document.index.cell("pains", "B") == ("whole",)


def test_a_link_that_is_there_already_is_not_drawn_again(driver: Driver) -> None:
    for _ in range(2):
        driver.tool.arm(Item("link"))
        driver.click("p1").click("k1")
    assert len(driver.links()) == 1
    assert driver.tool.where == "linking"
    assert "linked already" in str(driver.hints.label)
