from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from cxmapper.app.palette_items import MIME_TYPE, from_bytes
from cxmapper.app.panels.maps import branches
from cxmapper.app.window import MainWindow
from cxmapper.edit import operations
from cxmapper.locale import msg
from cxmapper.model.columns import lanes
from cxmapper.model.elements import Journey, Lane, Persona
from cxmapper.model.fields import Place
from cxmapper.model.order import keys_between
from cxmapper.storage.mapfile import OpenedMap

Trigger = Callable[[MainWindow, str], None]
_LEFT = Qt.MouseButton.LeftButton
_KEY = keys_between(None, None, 1)[0]
_ALT = Qt.KeyboardModifier.AltModifier


def _click(window: MainWindow, item: QTreeWidgetItem | None, qtbot: QtBot) -> None:
    assert item is not None
    tree = window.maps.tree
    qtbot.mouseClick(tree.viewport(), _LEFT, pos=tree.visualItemRect(item).center())


def _lanes(window: MainWindow) -> list[str]:
    return [window.lanes.list.item(i).text() for i in range(window.lanes.list.count())]


# maps


def test_maps_stand_under_their_personas_and_those_of_nobody_last() -> None:
    ann, bob = (Persona(id=i, place=Place(None, _KEY), name=i) for i in ("a", "b"))
    both, none, lost = (
        Journey(id=i, place=Place(None, _KEY), who=who)
        for i, who in (("x", ("a", "b")), ("y", ()), ("z", ("gone",)))
    )
    tree = branches((ann, bob), (both, none, lost))
    assert [(b.persona and b.persona.id, [j.id for j in b.journeys]) for b in tree] == [
        ("a", ["x"]),
        ("b", ["x"]),
        (None, ["y", "z"]),
    ]


def test_a_click_shows_another_map(opened: MainWindow, qtbot: QtBot) -> None:
    other = opened.session.document.children(None, Journey)[1]
    _click(opened, opened.maps.item_of(other.id), qtbot)
    assert opened.session.journey == other.id
    assert opened.inspector.elements == (other,)
    assert opened.canvas.sheet.journey == other.id
    assert opened.session.clean


def _type_name(window: MainWindow, id_: str, name: str, qtbot: QtBot) -> None:
    window.maps.edit_name(id_)
    editor = window.maps.tree.findChild(QLineEdit)
    assert editor is not None
    editor.clear()
    qtbot.keyClicks(editor, name)
    with qtbot.waitSignal(window.maps.tree.itemDelegate().closeEditor):
        qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_a_map_is_renamed_in_place(opened: MainWindow, qtbot: QtBot) -> None:
    shown = opened.session.journey
    assert shown is not None
    _type_name(opened, shown, "  Better   name ", qtbot)
    assert opened.session.document.need(shown, Journey).title == "Better name"
    assert str(opened.session.editor.undo_label) == "Rename to Better name"
    item = opened.maps.item_of(shown)
    assert item is not None
    assert item.text(0) == "Better name"


def test_an_empty_name_changes_nothing(opened: MainWindow, qtbot: QtBot) -> None:
    shown = opened.session.journey
    assert shown is not None
    _type_name(opened, shown, "", qtbot)
    assert opened.session.clean
    item = opened.maps.item_of(shown)
    assert item is not None
    assert item.text(0) == opened.session.document.need(shown, Journey).title


def test_deleting_a_map_offers_to_undo_it(opened: MainWindow, trigger: Trigger, qtbot: QtBot) -> None:
    shown = opened.session.journey
    assert shown is not None
    title = opened.session.document.need(shown, Journey).title
    before = opened.session.document
    trigger(opened, "map.delete")
    assert shown not in opened.session.document
    assert opened.maps.item_of(shown) is None
    assert opened.message.isVisible()
    assert opened.message.text.text() == f"Deleted {title}."
    qtbot.mouseClick(opened.message.button, _LEFT)
    assert opened.session.document == before
    assert opened.session.journey == shown
    assert not opened.message.isVisible()


def test_a_remark_leaves_the_map_where_it_is(opened: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: opened.canvas.sheet.rows != ())
    before = opened.canvas.geometry(), opened.canvas.zoom
    opened.session.notice.emit("Something to remark")
    qtbot.waitUntil(opened.message.isVisible)
    opened.layout().activate()
    assert (opened.canvas.geometry(), opened.canvas.zoom) == before
    bar = opened.message.geometry()
    assert bar.bottom() == opened.centralWidget().height() - 1
    assert bar.height() < 60


def test_delete_in_the_tree_deletes_its_row_and_not_the_selection(opened: MainWindow, qtbot: QtBot) -> None:
    other = opened.session.document.children(None, Journey)[1]
    tree = opened.maps.tree
    tree.setFocus()
    opened.session.select(opened.session.document.index.lane(opened.lanes.list.id_at(2) or "")[:1])
    chosen = opened.session.selection
    opened.maps._filling = True
    tree.setCurrentItem(opened.maps.item_of(other.id))
    opened.maps._filling = False
    qtbot.waitUntil(opened.actions_["edit.delete"].isEnabled)
    qtbot.keyClick(tree, Qt.Key.Key_Delete)
    assert other.id not in opened.session.document
    assert chosen <= set(opened.session.document)


def test_another_edit_takes_the_offer_to_undo_away(opened: MainWindow, trigger: Trigger) -> None:
    trigger(opened, "map.delete")
    trigger(opened, "map.new-persona")
    assert not opened.message.isVisible()


def test_new_and_duplicated_maps_are_shown(opened: MainWindow, trigger: Trigger) -> None:
    first = opened.session.journey
    trigger(opened, "map.new")
    second = opened.session.journey
    assert second != first
    assert second is not None
    assert opened.session.document.need(second, Journey).who == ("priya",)
    opened.session.show_journey(first)
    trigger(opened, "map.duplicate")
    assert opened.session.journey not in (first, second)


def test_the_persona_menu_switches_to_a_map_of_the_same_state(opened: MainWindow) -> None:
    menu = opened.top.persona.menu()
    menu.aboutToShow.emit()
    tom = next(a for a in menu.actions() if "Tom" in a.text())
    tom.trigger()
    journey = opened.session.document.need(opened.session.journey or "", Journey)
    assert "tom" in journey.who
    assert "Tom" in opened.top.persona.text()


def test_the_persona_menu_adds_one_and_a_map_of_nobody_becomes_theirs(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.files.create("blank")
    qtbot.waitUntil(window.actions_["map.new-persona"].isEnabled)
    session = window.session
    for _ in range(2):
        menu = window.top.persona.menu()
        menu.aboutToShow.emit()
        menu.actions()[-1].trigger()
    first, second = session.document.children(None, Persona)
    assert session.document.need(session.journey or "", Journey).who == (first.id,)
    assert window.maps.item_of(second.id) is not None
    session.undo()
    session.undo()
    assert session.document.need(session.journey or "", Journey).who == ()
    assert session.document.children(None, Persona) == ()


def test_the_state_menu_lists_the_maps_of_the_persona(opened: MainWindow) -> None:
    menu = opened.top.state.menu()
    menu.aboutToShow.emit()
    assert menu.actions()[0].text().startswith("Current state: ")
    menu.actions()[1].trigger()
    assert opened.top.state.text().startswith("Future")


# lanes


def test_a_lane_is_hidden_and_shown(opened: MainWindow) -> None:
    item = opened.lanes.list.item(2)
    lane = item.data(Qt.ItemDataRole.UserRole)
    rows = len(opened.canvas.sheet.rows)
    item.setCheckState(Qt.CheckState.Unchecked)
    assert opened.session.document.need(lane, Lane).hidden
    assert str(opened.session.editor.undo_label) == "Hide lane Pain points"
    assert len(opened.canvas.sheet.rows) < rows
    opened.session.undo()
    assert opened.lanes.list.item(2).checkState() == Qt.CheckState.Checked


def test_lanes_are_reordered_by_the_keyboard(opened: MainWindow, qtbot: QtBot) -> None:
    before = _lanes(opened)
    opened.lanes.list.setFocus()
    opened.lanes.list.setCurrentRow(2)
    qtbot.keyClick(opened.lanes.list, Qt.Key.Key_Down, _ALT)
    assert _lanes(opened)[2:4] == [before[3], before[2]]
    assert opened.lanes.list.currentRow() == 3
    qtbot.keyClick(opened.lanes.list, Qt.Key.Key_Up, _ALT)
    assert _lanes(opened) == before


def test_lanes_are_reordered_by_a_drop(opened: MainWindow) -> None:
    before = _lanes(opened)
    view = opened.lanes.list
    view.setCurrentRow(0)
    bottom = view.visualItemRect(view.item(view.count() - 1)).bottomLeft() + QPoint(5, 40)
    drop = QDropEvent(
        QPointF(bottom),
        Qt.DropAction.MoveAction,
        view.mimeData([view.item(0)]),
        _LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    view.dropEvent(drop)
    assert _lanes(opened) == [*before[1:], before[0]]
    document = opened.session.document
    assert [document.need(i, Lane).title for i in lanes(document, opened.session.journey or "")] == _lanes(
        opened
    )


def test_a_lane_is_added_renamed_and_deleted(opened: MainWindow, trigger: Trigger, qtbot: QtBot) -> None:
    before = _lanes(opened)
    trigger(opened, "map.lane.cards.need")
    assert _lanes(opened) == [*before, "Need"]
    (lane,) = opened.session.selection
    assert opened.session.document.need(lane, Lane).offers == "need"
    opened.lanes.list.item(len(before)).setText("Wishes")
    assert opened.session.document.need(lane, Lane).title == "Wishes"
    opened.lanes.list.setFocus()
    opened.lanes.list.setCurrentRow(len(before))
    qtbot.keyClick(opened.lanes.list, Qt.Key.Key_Delete)
    assert _lanes(opened) == before


def test_the_lanes_follow_the_map(opened: MainWindow) -> None:
    before = _lanes(opened)
    opened.session.show_journey(opened.session.document.children(None, Journey)[-1].id)
    assert _lanes(opened) != before


# palette


def test_a_click_arms_and_a_second_one_disarms(opened: MainWindow, qtbot: QtBot) -> None:
    tile = opened.palette_panel.tile("card/pain point")
    qtbot.mouseClick(tile, _LEFT)
    assert opened.session.armed == tile.item
    assert tile.isChecked()
    other = opened.palette_panel.tile("stage")
    qtbot.mouseClick(other, _LEFT)
    assert opened.session.armed == other.item
    assert not tile.isChecked()
    qtbot.mouseClick(other, _LEFT)
    assert opened.session.armed is None
    assert not other.isChecked()


def test_the_keyboard_arms_and_esc_disarms(opened: MainWindow, qtbot: QtBot) -> None:
    tile = opened.palette_panel.tile("card/thought")
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert opened.session.armed == tile.item
    qtbot.keyClick(tile, Qt.Key.Key_Escape)
    assert opened.session.armed is None


def test_the_insert_menu_arms_the_same_item(opened: MainWindow, trigger: Trigger) -> None:
    trigger(opened, "insert.card/emotion/80")
    assert opened.session.armed == opened.palette_panel.tile("card/emotion/80").item
    assert opened.palette_panel.tile("card/emotion/80").isChecked()


def test_every_tile_says_what_it_is_and_carries_it(opened: MainWindow) -> None:
    for tile in opened.palette_panel.tiles:
        assert tile.accessibleName()
        assert tile.toolTip()
        assert from_bytes(bytes(tile.mime_data().data(MIME_TYPE).data())) == tile.item


def test_without_a_map_nothing_can_be_armed(window: MainWindow, broadband: OpenedMap) -> None:
    window.session.replace(broadband)
    every = [j.id for j in window.session.document.children(None, Journey)]
    assert window.palette_panel.tile("stage").isEnabled()
    window.session.do(msg("Delete"), operations.delete(window.session.document, every))
    assert not window.palette_panel.tile("stage").isEnabled()
    assert not window.lanes.add.isEnabled()
    assert "no map yet" in window.inspector.head_text


def test_a_file_without_a_map_offers_to_add_one(opened: MainWindow, trigger: Trigger, qtbot: QtBot) -> None:
    while opened.session.journey is not None:
        trigger(opened, "map.delete")
    assert opened.no_map.isVisible()
    assert not opened.canvas.isVisible()
    qtbot.mouseClick(opened.no_map.button, _LEFT)
    assert opened.session.journey is not None
    assert opened.canvas.isVisible()
    opened.session.undo()
    assert opened.no_map.isVisible()
    opened.session.undo()
    assert opened.canvas.isVisible()
