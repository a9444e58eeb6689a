"""Clicks, double clicks, bands and keys: what ends up selected, and what opens."""

from __future__ import annotations

from cxmapper.edit.operations import set_fields
from cxmapper.locale import msg
from cxmapper.model.elements import Card
from tests.tools.driver import Driver


def test_click_selects_one_and_a_click_beside_everything_none(driver: Driver) -> None:
    driver.click("p1")
    assert driver.selection == {"p1"}
    driver.click("b1", "touchpoint")
    assert driver.selection == {"b1"}
    driver.click(driver.cell("back", "a1"))
    assert driver.selection == frozenset()


def test_ctrl_and_shift_clicks_add_and_take_out(driver: Driver) -> None:
    driver.click("p1").click("p2", ctrl=True).click("k1", shift=True)
    assert driver.selection == {"p1", "p2", "k1"}
    driver.click("p2", ctrl=True)
    assert driver.selection == {"p1", "k1"}


def test_plain_click_on_one_of_several_selects_it_alone_only_when_let_go(driver: Driver) -> None:
    driver.click("p1").click("p2", ctrl=True)
    driver.press("p1", ctrl=False)
    assert driver.selection == {"p1", "p2"}  # a drag of both may begin here
    driver.release()
    assert driver.selection == {"p1"}


def test_band_selects_what_it_meets_while_it_is_drawn(driver: Driver) -> None:
    x0, y0 = driver.cell("pains", "a1", 0.98)
    _, y1 = driver.cell("back", "a1", 0.9)
    driver.press((x0 + 50, y0)).move((x0 + 115, driver.middle("p2")[1]))
    assert driver.tool.where == "banding"
    assert driver.hints.band is not None
    assert {"p2", "p3"} <= driver.selection
    driver.move((x0 + 51, y1))
    assert "p2" not in driver.selection
    driver.release()
    assert driver.tool.where == "idle"
    assert driver.hints.band is None


def test_band_with_shift_adds_and_escape_brings_the_old_selection_back(driver: Driver) -> None:
    driver.click("k1")
    start = driver.cell("pains", "b1", 0.9)
    driver.press(start, shift=True).move(driver.middle("p3"))
    assert driver.selection >= {"k1", "p3"}
    assert driver.key("escape")
    assert driver.selection == {"k1"}
    assert driver.tool.where == "idle"


def test_double_click_opens_the_text(driver: Driver) -> None:
    driver.double_click("p1")
    assert driver.desk.editing == ["p1"]
    assert driver.selection == {"p1"}
    driver.double_click("A", "stage").double_click("pains", "lane")
    assert driver.desk.editing == ["p1", "A", "pains"]


def test_double_click_in_an_empty_cell_adds_what_the_lane_offers(driver: Driver) -> None:
    driver.double_click(driver.cell("back", "a2"))
    (made,) = driver.selection
    card = driver.document.need(made, Card)
    assert (card.type, card.place.lane, card.place.column) == ("backstage", "back", "a2")
    assert driver.desk.editing == [made]


def test_double_click_beside_the_cells_adds_nothing(driver: Driver) -> None:
    before = driver.document
    driver.double_click(driver.cell("line", "a1"))
    driver.double_click((5.0, driver.cell("pains", "a1")[1]))
    assert driver.document == before


def test_hover_shows_what_is_below_the_pointer(driver: Driver) -> None:
    driver.move("p1")
    assert driver.hints.hover == "p1"
    driver.move(driver.cell("back", "a1"))
    assert driver.hints.hover == ""


def test_arrows_go_from_box_to_box(driver: Driver) -> None:
    assert driver.key("right")
    assert driver.selection == {"A"}
    driver.key("down")
    assert driver.selection <= {"a1", "a2"}
    driver.desk.select({"a1"})
    path = []
    for key in ("right", "right", "left", "down", "down", "up", "up", "up"):
        driver.key(key)  # type: ignore[arg-type]
        path += driver.selection
    assert path == ["a2", "b1", "a2", "p2", "p3", "p2", "a2", "A"]


def test_arrows_stop_at_the_ends(driver: Driver) -> None:
    driver.desk.select({"k1"})
    assert not driver.key("down")
    assert driver.selection == {"k1"}


def test_enter_and_f2_open_the_text_of_the_one_selected(driver: Driver) -> None:
    assert not driver.key("enter")
    driver.desk.select({"p1"})
    assert driver.key("enter")
    assert driver.key("f2")
    assert driver.desk.editing == ["p1", "p1"]
    driver.desk.select({"p1", "p2"})
    assert not driver.key("f2")


def test_delete_is_one_named_step_and_never_takes_the_map(driver: Driver) -> None:
    driver.desk.select({"p1", "journey"})
    assert driver.key("delete")
    assert "p1" not in driver.document
    assert "journey" in driver.document
    assert driver.undo_label() == "Delete Too many tariffs"
    driver.desk.select({"p2", "p3"})
    driver.key("delete")
    assert driver.undo_label() == "Delete 2 cards"
    driver.desk.select({"journey"})
    driver.key("delete")
    assert "journey" in driver.document


def test_select_all_takes_stages_touchpoints_and_cards(driver: Driver) -> None:
    assert driver.key("select all")
    assert driver.selection == {"A", "B", "C", "a1", "a2", "b1", "p1", "p2", "p3", "f1", "k1"}
    assert driver.key("escape")
    assert driver.selection == frozenset()


def test_select_all_leaves_out_what_is_hidden(driver: Driver) -> None:
    driver.desk.do(msg("Hide"), set_fields(driver.document, ["pains"], hidden=True))
    driver.key("select all")
    assert driver.selection == {"A", "B", "C", "a1", "a2", "b1", "f1", "k1"}
