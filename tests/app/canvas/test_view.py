"""The view with real events: clicks, drags, drops, typing, panning, zooming, looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cxmapper.app.canvas.zoom_picture import ZoomPicture
from cxmapper.app.palette_items import MIME_TYPE, PaletteItem, face_items, palette_items, to_bytes
from cxmapper.edit.operations import add_card, delete, set_fields
from cxmapper.layout.theme import THEMES
from cxmapper.locale import msg
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Link, Stage, Touchpoint
from cxmapper.model.fields import Place
from tests.app.canvas.conftest import Canvas
from tests.make import make_map
from tests.tools.driver import empty_map, small_map

_ANY = Qt.KeyboardModifier.NoModifier


def item(key: str) -> PaletteItem:
    return next(i for i in (*palette_items(), *face_items()) if i.key == key)


def palette_data(key: str) -> QMimeData:
    data = QMimeData()
    data.setData(MIME_TYPE, to_bytes(item(key)))
    return data


def drag_over(canvas: Canvas, data: QMimeData, *points: QPoint) -> None:
    """Enter and move as a drag does. Offscreen knows no real drags."""
    port, buttons = canvas.view.viewport(), Qt.MouseButton.LeftButton
    canvas.app.sendEvent(port, QDragEnterEvent(points[0], Qt.DropAction.CopyAction, data, buttons, _ANY))
    for point in points:
        canvas.app.sendEvent(port, QDragMoveEvent(point, Qt.DropAction.CopyAction, data, buttons, _ANY))


def drop(canvas: Canvas, data: QMimeData, at: QPoint) -> None:
    event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, _ANY)
    canvas.app.sendEvent(canvas.view.viewport(), event)


def wheel(
    canvas: Canvas, at: QPoint, dy: int, keys: Qt.KeyboardModifier = _ANY, pixels: QPoint | None = None
) -> None:
    port = canvas.view.viewport()
    event = QWheelEvent(
        QPointF(at), QPointF(port.mapToGlobal(at)), pixels or QPoint(), QPoint(0, dy),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    canvas.app.sendEvent(port, event)


def colour_at(canvas: Canvas, at: QPoint) -> str:
    return canvas.view.grab().toImage().pixelColor(at).name().upper()


# selecting and dragging


def test_click_selects_and_escape_deselects(canvas: Canvas) -> None:
    canvas.click(canvas.at("p1"))
    assert canvas.session.selection == {"p1"}
    canvas.click(canvas.at("p2"), Qt.KeyboardModifier.ControlModifier)
    assert canvas.session.selection == {"p1", "p2"}
    canvas.key(Qt.Key.Key_Escape)
    assert canvas.session.selection == frozenset()


def test_drag_moves_a_card_and_undo_brings_it_back(canvas: Canvas) -> None:
    canvas.drag(canvas.at("p1"), canvas.cell("back", "a2"))
    assert canvas.document.index.cell("back", "a2") == ("p1",)
    assert str(canvas.session.editor.undo_label) == "Move Too many tariffs"
    canvas.settle()
    assert canvas.view.sheet.hit(*_scene(canvas, canvas.cell("back", "a2"))).column == 1
    canvas.session.undo()
    assert canvas.document.index.cell("pains", "a1") == ("p1",)


def _scene(canvas: Canvas, at: QPoint) -> tuple[float, float]:
    point = canvas.view.scene_point(QPointF(at))
    return point.x(), point.y()


def test_escape_in_a_drag_leaves_everything(canvas: Canvas) -> None:
    before = canvas.document
    canvas.drag(canvas.at("p1"), canvas.cell("back", "a2"), drop=False)
    assert canvas.view.tool.where == "moving cards"
    canvas.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas.view.viewport(), Qt.MouseButton.LeftButton, _ANY, canvas.cell("back", "a2"))
    assert canvas.document is before


def test_dragged_card_and_its_target_are_seen(canvas: Canvas) -> None:
    free = canvas.cell("back", "a1", 0.9)
    plain = colour_at(canvas, free)
    canvas.drag(canvas.at("p3"), free - QPoint(0, 12), drop=False)
    canvas.settle()
    assert colour_at(canvas, free) != plain
    canvas.key(Qt.Key.Key_Escape)
    canvas.settle()
    assert colour_at(canvas, free) == plain
    QTest.mouseRelease(canvas.view.viewport(), Qt.MouseButton.LeftButton, _ANY, free)


def test_refused_target_says_why_beside_the_pointer(canvas: Canvas) -> None:
    canvas.drag(canvas.at("p1"), canvas.cell("line", "a2"), drop=False)
    label = canvas.view.hint_label
    assert label.isVisible()
    assert label.text() == "Line of visibility holds no cards"
    canvas.key(Qt.Key.Key_Escape)
    assert not label.isVisible()
    QTest.mouseRelease(canvas.view.viewport(), Qt.MouseButton.LeftButton, _ANY, canvas.cell("line", "a2"))


def test_face_dragged_up_raises_the_valence_in_one_step(canvas: Canvas) -> None:
    start = canvas.at("f1", "face")
    canvas.drag(start, start - QPoint(0, 30))
    valence = canvas.document.need("f1", Card).valence
    assert valence is not None
    assert valence > 40
    canvas.session.undo()
    assert canvas.document.need("f1", Card).valence == 40
    assert not canvas.session.editor.can_undo


def test_band_selects(canvas: Canvas) -> None:
    canvas.drag(canvas.cell("back", "a1", 0.9), canvas.at("p2"))
    assert "p2" in canvas.session.selection


def test_arrows_enter_and_delete_work_by_keys_alone(canvas: Canvas) -> None:
    canvas.key(Qt.Key.Key_Right)
    assert canvas.session.selection == {"A"}
    canvas.session.select(["p2"])
    canvas.key(Qt.Key.Key_Down)
    assert canvas.session.selection == {"p3"}
    canvas.key(Qt.Key.Key_Delete)
    assert "p3" not in canvas.document
    canvas.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert {"A", "a1", "p1"} <= canvas.session.selection


def test_right_click_selects_and_asks_for_a_menu(canvas: Canvas, qtbot: QtBot) -> None:
    from PySide6.QtGui import QContextMenuEvent

    at = canvas.at("p1")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.view.viewport().mapToGlobal(at))
    with qtbot.waitSignal(canvas.view.menu_asked):
        canvas.app.sendEvent(canvas.view.viewport(), event)
    assert canvas.session.selection == {"p1"}


# the palette


def test_drop_of_a_card_adds_selects_and_opens_it(canvas: Canvas) -> None:
    at = canvas.cell("pains", "b1")
    drag_over(canvas, palette_data("card/pain point"), canvas.cell("pains", "a1"), at)
    assert canvas.view.tool.where == "placing"
    drop(canvas, palette_data("card/pain point"), at)
    (made,) = canvas.document.index.cell("pains", "b1")
    assert canvas.session.selection == {made}
    assert canvas.view.inline_editor is not None
    QTest.keyClicks(canvas.view.inline_editor, "No parking")
    QTest.keyClick(canvas.view.inline_editor, Qt.Key.Key_Return)
    assert canvas.document.need(made, Card).text == "No parking"
    canvas.session.undo()
    canvas.session.undo()
    assert made not in canvas.document


def test_drag_that_leaves_adds_nothing(canvas: Canvas) -> None:
    before = canvas.document
    drag_over(canvas, palette_data("stage"), canvas.at("A"))
    canvas.app.sendEvent(canvas.view.viewport(), QDragLeaveEvent())
    assert canvas.view.tool.where == "idle"
    assert canvas.document is before


def test_foreign_drags_are_not_taken(canvas: Canvas) -> None:
    data = QMimeData()
    data.setText("some text")
    event = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, _ANY)
    canvas.app.sendEvent(canvas.view.viewport(), event)
    assert not event.isAccepted()
    nonsense = QMimeData()
    nonsense.setData(MIME_TYPE, b"nonsense")
    drag_over(canvas, nonsense, QPoint(60, 60))
    assert canvas.view.tool.where == "idle"


def test_armed_item_is_put_down_by_a_click(canvas: Canvas) -> None:
    canvas.session.arm(item("card/opportunity"))
    assert canvas.view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    canvas.click(canvas.cell("pains", "b1"))
    (made,) = canvas.document.index.cell("pains", "b1")
    assert canvas.document.need(made, Card).type == "opportunity"
    assert canvas.session.armed is None
    assert canvas.view.inline_editor is not None


def test_shift_keeps_it_armed_and_escape_disarms(canvas: Canvas) -> None:
    canvas.session.arm(item("card/note"))
    canvas.click(canvas.cell("back", "a1"), Qt.KeyboardModifier.ShiftModifier)
    assert canvas.session.armed is not None
    canvas.key(Qt.Key.Key_Escape)
    assert canvas.session.armed is None
    assert canvas.view.tool.where == "idle"
    assert len(canvas.document.index.lane("back")) == 2


def test_stage_and_touchpoint_on_an_empty_map(open_canvas: Callable[[Document], Canvas]) -> None:
    canvas = open_canvas(empty_map())
    drag_over(canvas, palette_data("touchpoint"), QPoint(300, 300))
    drop(canvas, palette_data("touchpoint"), QPoint(300, 300))
    stages = canvas.document.children("journey", Stage)
    assert len(stages) == 1
    assert len(canvas.document.children(stages[0].id, Touchpoint)) == 1
    canvas.session.undo()
    assert canvas.document.children("journey", Stage) == ()


def test_link_by_two_clicks(canvas: Canvas) -> None:
    canvas.session.arm(item("link"))
    canvas.click(canvas.at("p1"))
    canvas.click(canvas.at("k1"))
    links = [e for e in canvas.document.elements.values() if isinstance(e, Link)]
    assert [(link.start, link.to) for link in links] == [("p1", "k1")]
    assert canvas.session.armed is None


def test_dropped_map_files_are_passed_on_and_no_others(canvas: Canvas) -> None:
    data = QMimeData()
    names = ["/tmp/größer map.cxmap", "/tmp/notes.pdf", "/tmp/b.CXMAP"]
    data.setUrls([QUrl.fromLocalFile(name) for name in names])
    dropped: list[str] = []
    canvas.view.file_dropped.connect(dropped.append)
    drag_over(canvas, data, QPoint(50, 50))
    drop(canvas, data, QPoint(50, 50))
    assert dropped == ["/tmp/größer map.cxmap", "/tmp/b.CXMAP"]


# typing in place


def test_double_click_edits_the_text_as_one_step(canvas: Canvas) -> None:
    canvas.double_click(canvas.at("p1"))
    editor = canvas.view.inline_editor
    assert editor is not None
    assert editor.toPlainText() == "Too many tariffs"
    QTest.keyClicks(editor, "Hidden ")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(editor, "fees")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert canvas.document.need("p1", Card).text == "Hidden \nfees"
    assert str(canvas.session.editor.undo_label) == "Edit Too many tariffs"
    assert canvas.view.inline_editor is None
    canvas.session.undo()
    assert canvas.document.need("p1", Card).text == "Too many tariffs"
    assert not canvas.session.editor.can_undo


def test_escape_gives_the_text_up_and_unchanged_text_is_no_step(canvas: Canvas) -> None:
    for last in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        canvas.view.edit_text("p1")
        editor = canvas.view.inline_editor
        assert editor is not None
        if last == Qt.Key.Key_Escape:
            QTest.keyClicks(editor, "nonsense")
        QTest.keyClick(editor, last)
        assert canvas.view.inline_editor is None
        assert canvas.document.need("p1", Card).text == "Too many tariffs"
        assert not canvas.session.editor.can_undo


def test_click_elsewhere_commits(canvas: Canvas) -> None:
    canvas.view.edit_text("p1")
    editor = canvas.view.inline_editor
    assert editor is not None
    QTest.keyClicks(editor, "Changed")
    canvas.click(canvas.at("k1"))
    assert canvas.document.need("p1", Card).text == "Changed"
    assert canvas.session.selection == {"k1"}


def test_saving_commits_what_is_being_typed(canvas: Canvas) -> None:
    canvas.view.edit_text("p1")
    assert canvas.view.inline_editor is not None
    QTest.keyClicks(canvas.view.inline_editor, "Changed")
    canvas.session.commit_asked.emit()
    assert canvas.document.need("p1", Card).text == "Changed"


@pytest.mark.parametrize(
    ("id_", "field"),
    [
        ("journey", "title"),
        ("A", "title"),
        ("a1", "title"),
        ("pains", "title"),
        ("f1", "text"),
        ("k1", "text"),
    ],
)
def test_every_sort_of_text_is_typed_in_place(canvas: Canvas, id_: str, field: str) -> None:
    canvas.view.edit_text(id_)
    editor = canvas.view.inline_editor
    assert editor is not None
    assert canvas.view.viewport().rect().intersects(editor.geometry())
    QTest.keyClicks(editor, "New words")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert getattr(canvas.document[id_], field) == "New words"


def test_title_takes_no_line_break(canvas: Canvas) -> None:
    canvas.view.edit_text("A")
    editor = canvas.view.inline_editor
    assert editor is not None
    editor.setPlainText("Two\nlines\x00")
    editor.commit()
    assert canvas.document.need("A", Stage).title == "Two lines"


def test_undo_inside_the_editor_is_the_texts(canvas: Canvas) -> None:
    canvas.drag(canvas.at("p2"), canvas.cell("pains", "b1"))
    canvas.view.edit_text("p1")
    editor = canvas.view.inline_editor
    assert editor is not None
    QTest.keyClicks(editor, "x")
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() == "Too many tariffs"
    assert canvas.document.index.cell("pains", "b1") == ("p2",)
    editor.give_up()


def test_editor_grows_with_its_text_and_follows_the_map(canvas: Canvas) -> None:
    canvas.view.edit_text("p1")
    editor = canvas.view.inline_editor
    assert editor is not None
    height = editor.height()
    editor.setPlainText("word " * 60)
    canvas.settle()
    assert editor.height() > height
    x = editor.x()
    canvas.view.zoom_to(2.0)
    x = editor.x()
    canvas.view.pan_by(-40, 0)
    assert editor.x() == x - 40
    editor.give_up()


def test_editor_closes_when_its_element_is_deleted(canvas: Canvas) -> None:
    canvas.view.edit_text("p1")
    canvas.session.do(msg("Delete"), delete(canvas.document, ["p1"]))
    assert canvas.view.inline_editor is None


# zoom and pan


def test_zoom_keeps_the_point_below_the_pointer(canvas: Canvas) -> None:
    canvas.view.zoom_to(2.0)
    at = QPoint(700, 400)
    before = canvas.view.scene_point(QPointF(at))
    for notch in (120, 120, 120, -120):
        wheel(canvas, at, notch, Qt.KeyboardModifier.ControlModifier)
        after = canvas.view.scene_point(QPointF(at))
        # Scroll bars stand on whole pixels.
        assert abs(after.x() - before.x()) * canvas.view.scale_factor <= 2
        assert abs(after.y() - before.y()) * canvas.view.scale_factor <= 2
    assert canvas.view.zoom == pytest.approx(2.0 * 1.2**2)


def test_zoom_is_bounded_and_told(canvas: Canvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.view.zoom_changed) as caught:
        canvas.view.zoom_to(99)
    assert caught.args == [8.0]
    canvas.view.zoom_to(0.0001)
    assert canvas.view.zoom == 0.1
    canvas.view.zoom_100()
    assert canvas.view.zoom == 1.0


def test_fit_shows_the_whole_sheet_and_goes_on_so(canvas: Canvas) -> None:
    def whole() -> bool:
        view, sheet = canvas.view, canvas.view.sheet
        corner = view.view_point(QPointF(sheet.width, sheet.height))
        start = view.view_point(QPointF(0, 0))
        size = view.viewport().size()
        inside = corner.x() <= size.width() and corner.y() <= size.height()
        return start.x() >= 0 and start.y() >= 0 and inside

    canvas.view.zoom_to(4)
    assert not whole()
    canvas.view.zoom_fit()
    assert whole()
    canvas.view.resize(700, 500)
    canvas.settle()
    assert whole()


def test_wheel_pans_and_shift_turns_it_sideways(canvas: Canvas) -> None:
    canvas.view.zoom_to(3.0)
    at = QPoint(400, 400)
    start = canvas.view.view_point(QPointF(0, 0))
    wheel(canvas, at, -120)
    after = canvas.view.view_point(QPointF(0, 0))
    assert (after.x(), after.y()) == pytest.approx((start.x(), start.y() - 60), abs=1)
    wheel(canvas, at, -120, Qt.KeyboardModifier.ShiftModifier)
    assert canvas.view.view_point(QPointF(0, 0)).x() == pytest.approx(start.x() - 60, abs=1)
    wheel(canvas, at, 0, pixels=QPoint(7, 9))
    last = canvas.view.view_point(QPointF(0, 0))
    assert (last.x(), last.y()) == pytest.approx((start.x() - 53, start.y() - 51), abs=1.5)


@pytest.mark.parametrize("how", ["middle", "space"])
def test_pan_by_hand(canvas: Canvas, how: str) -> None:
    canvas.view.zoom_to(3.0)
    before, start = canvas.document, canvas.view.view_point(QPointF(0, 0))
    if how == "space":
        QTest.keyPress(canvas.view, Qt.Key.Key_Space)
        canvas.drag(QPoint(500, 400), QPoint(430, 380))
        QTest.keyRelease(canvas.view, Qt.Key.Key_Space)
    else:
        canvas.drag(QPoint(500, 400), QPoint(430, 380), Qt.MouseButton.MiddleButton)
    end = canvas.view.view_point(QPointF(0, 0))
    assert (end.x() - start.x(), end.y() - start.y()) == pytest.approx((-70, -20), abs=1.5)
    assert canvas.document is before
    assert canvas.session.selection == frozenset()


def test_drag_at_the_edge_scrolls(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.view.zoom_to(3.0)
    canvas.view.reveal("p1")
    start = canvas.view.horizontalScrollBar().value()
    edge = QPoint(canvas.view.viewport().width() - 4, 300)
    canvas.drag(canvas.at("p1"), edge, drop=False)
    qtbot.waitUntil(lambda: canvas.view.horizontalScrollBar().value() > start + 40)
    canvas.key(Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas.view.viewport(), Qt.MouseButton.LeftButton, _ANY, edge)


def test_drag_that_comes_in_over_an_edge_does_not_scroll_at_once(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.view.zoom_to(3.0)
    start, edge = canvas.view.scene_point(QPointF(0, 0)), QPointF(4, 300)
    canvas.view.follow_edges(edge)
    qtbot.wait(60)
    assert canvas.view.scene_point(QPointF(0, 0)) == start
    canvas.view.follow_edges(QPointF(200, 300))
    canvas.view.follow_edges(edge)
    qtbot.waitUntil(lambda: canvas.view.scene_point(QPointF(0, 0)) != start)
    canvas.view.follow_edges(None)


def test_map_that_gets_higher_keeps_its_breadth_in_view(canvas: Canvas) -> None:
    canvas.view.zoom_to_read()
    canvas.view.set_extent(canvas.view.sheet.width, 5000)
    assert canvas.view.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    assert canvas.view.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_bars_that_are_on_do_not_keep_themselves_on(canvas: Canvas) -> None:
    width, height = canvas.view.width(), canvas.view.height()
    canvas.view.zoom_to(0.75)  # one pixel to the point
    canvas.view.set_extent(2 * width, 2 * height)
    assert canvas.view.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    bar = canvas.view.horizontalScrollBar().sizeHint().height()
    canvas.view.set_extent(2 * width, height - bar - 33)
    assert canvas.view.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_reveal_scrolls_to_what_is_out_of_view(open_canvas: Callable[[Document], Canvas]) -> None:
    document, _ = make_map(40)
    canvas = open_canvas(document)
    canvas.view.zoom_to(2.0)
    last = canvas.view.sheet.columns[-1].id
    assert not canvas.view.viewport().rect().contains(canvas.at(last))
    canvas.view.reveal(last)
    assert canvas.view.viewport().rect().contains(canvas.at(last))


def test_each_map_keeps_its_place(open_canvas: Callable[[Document], Canvas]) -> None:
    other = Journey(id="other", place=Place(None, "a5"), title="Another")
    canvas = open_canvas(Document({**small_map().elements, "other": other}))
    canvas.view.zoom_to(3.0, QPointF(700, 500))
    canvas.settle()
    start = canvas.view.view_point(QPointF(0, 0))
    canvas.session.show_journey("other")
    canvas.settle()
    assert canvas.view.sheet.journey == "other"
    assert canvas.view.zoom != 3.0
    canvas.session.show_journey("journey")
    canvas.settle()
    assert canvas.view.zoom == 3.0
    end = canvas.view.view_point(QPointF(0, 0))
    assert (end.x(), end.y()) == pytest.approx((start.x(), start.y()), abs=1.5)


# looks


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_theme_changes_the_colours_and_not_the_sheet(canvas: Canvas, theme: str) -> None:
    sheet = canvas.view.sheet
    canvas.session.set_theme("dark" if theme != "dark" else "light")
    canvas.session.set_theme(theme)
    canvas.settle()
    assert canvas.view.sheet is sheet
    tokens = THEMES[theme]
    assert colour_at(canvas, QPoint(3, 3)) == tokens["desk"]
    inside = canvas.view.view_point(QPointF(sheet.width - 6, sheet.height - 12)).toPoint()
    assert colour_at(canvas, inside) == tokens["sheet"]


def test_selection_is_outlined_over_the_sheet(canvas: Canvas) -> None:
    (box, top) = next(canvas.view.sheet.find("p1"))
    edge = canvas.view.view_point(QPointF(box.x + box.w / 2, top + box.y - 1.5)).toPoint()
    around = [edge + QPoint(0, y) for y in (-2, -1, 0, 1)]
    assert THEMES["light"]["accent"] not in [colour_at(canvas, at) for at in around]
    canvas.session.select(["p1"])
    canvas.settle()
    assert THEMES["light"]["accent"] in [colour_at(canvas, at) for at in around]


@pytest.mark.parametrize("zoom", [0.1, 0.15, 0.25, 0.5, 1.0, 8.0])
def test_every_zoom_paints_the_generated_map(open_canvas: Callable[[Document], Canvas], zoom: float) -> None:
    document, _ = make_map(30, scripts=True, spans=True)
    canvas = open_canvas(document)
    canvas.view.zoom_to(zoom)
    canvas.view.show_start()
    image = canvas.view.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(20, 1200, 7) for y in range(20, 500, 7)}
    assert len(colours) >= 5


def test_edit_paints_what_a_new_view_paints(
    canvas: Canvas, open_canvas: Callable[[Document], Canvas]
) -> None:
    """The scene that only touched what changed looks like one made from scratch."""
    session = canvas.session
    longer = "A much longer text that makes the row grow"
    session.do(msg("a"), set_fields(canvas.document, ["p1"], text=longer))
    canvas.settle()
    change = add_card(canvas.document, "back", "a1", type="note", text="New", new_id=session.editor.new_id)
    session.do(msg("b"), change)
    canvas.settle()
    session.do(msg("c"), delete(canvas.document, ["p3", "felt"]))
    canvas.settle()
    fresh = open_canvas(canvas.document)
    for view in (canvas.view, fresh.view):
        view.zoom_to(1.0)
        view.show_start()
    fresh.settle()
    canvas.settle()
    assert canvas.view.grab().toImage() == fresh.view.grab().toImage()


def test_no_map_shows_the_desk_alone(open_canvas: Callable[[Document], Canvas]) -> None:
    canvas = open_canvas(Document({}))
    assert canvas.view.sheet.rows == ()
    assert colour_at(canvas, QPoint(300, 300)) == THEMES["light"]["desk"]
    canvas.session.arm(item("stage"))
    canvas.click(QPoint(300, 300))
    assert len(canvas.document) == 0


def test_view_tells_screen_readers_what_it_is(canvas: Canvas) -> None:
    assert canvas.view.accessibleName() == "Map"
    assert "arrow keys" in canvas.view.accessibleDescription()


def test_pinch_zooms(canvas: Canvas) -> None:
    from PySide6.QtGui import QNativeGestureEvent, QPointingDevice

    at = QPointF(600, 400)
    device, zoom = QPointingDevice.primaryPointingDevice(), Qt.NativeGestureType.ZoomNativeGesture
    event = QNativeGestureEvent(zoom, device, 2, at, at, at, 0.5, QPointF())
    before = canvas.view.zoom
    canvas.app.sendEvent(canvas.view.viewport(), event)
    assert canvas.view.zoom == pytest.approx(before * 1.5)


def test_leaving_ends_the_hover(canvas: Canvas) -> None:
    QTest.mouseMove(canvas.view.viewport(), canvas.at("p1"))
    assert canvas.view.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor
    canvas.app.sendEvent(canvas.view.viewport(), QEvent(QEvent.Type.Leave))
    assert canvas.view.tool.where == "idle"


def test_no_shortcut_of_the_window_edits_in_a_drag(canvas: Canvas) -> None:
    from PySide6.QtGui import QKeyEvent

    def claims() -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        canvas.app.sendEvent(canvas.view, event)
        return event.isAccepted()

    assert not claims()
    canvas.drag(canvas.at("f1", "face"), canvas.at("f1", "face") - QPoint(0, 20), drop=False)
    assert claims()
    canvas.key(Qt.Key.Key_Escape)
    assert not claims()
    QTest.mouseRelease(canvas.view.viewport(), Qt.MouseButton.LeftButton, _ANY, canvas.at("p1"))


def test_removed_row_and_map_take_the_open_text_with_them(canvas: Canvas) -> None:
    canvas.view.edit_text("journey")
    editor = canvas.view.inline_editor
    assert editor is not None
    QTest.keyClicks(editor, "Half typed")
    canvas.session.do(msg("Delete"), delete(canvas.document, ["journey"]))
    canvas.settle()
    assert canvas.view.inline_editor is None
    assert canvas.view.sheet.rows == ()
    canvas.session.undo()
    canvas.settle()
    assert canvas.document.need("journey", Journey).title == "Switching"
    assert canvas.view.sheet.journey == "journey"


def test_slow_view_zooms_by_picture_and_is_crisp_when_the_wheel_rests(
    open_canvas: Callable[[Document], Canvas], qtbot: QtBot
) -> None:
    canvas, other = open_canvas(small_map()), open_canvas(small_map())
    canvas.view.zoom_picture = ZoomPicture(canvas.view, slow=0.0)
    at = QPoint(650, 400)
    for each in (canvas, other):
        each.view.zoom_to(1.5)
        each.settle()
        wheel(each, at, 120, Qt.KeyboardModifier.ControlModifier)
        wheel(each, at, 120, Qt.KeyboardModifier.ControlModifier)
    assert canvas.view.zoom_picture.active
    assert not other.view.zoom_picture.active
    crisp = other.view.viewport().grab().toImage()
    assert canvas.view.viewport().grab().toImage() != crisp
    qtbot.waitUntil(lambda: not canvas.view.zoom_picture.active)
    assert canvas.view.viewport().grab().toImage() == crisp
