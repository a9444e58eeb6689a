from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from cxmapper.app.panels.editors import ChoiceEditor, FlagEditor, LinesEditor, NotAValue, NumberEditor
from cxmapper.app.panels.list_editors import ImageEditor, PairsEditor, ReferencesEditor
from cxmapper.app.panels.options_of import references_to
from cxmapper.app.panels.scale_editors import ScaleEditor, ValenceEditor
from cxmapper.app.pictures import read_picture
from cxmapper.app.window import MainWindow
from cxmapper.edit import operations
from cxmapper.errors import UserError
from cxmapper.locale import msg
from cxmapper.model.columns import lanes, touchpoints
from cxmapper.model.elements import Card, Image, Journey, Lane, Persona
from cxmapper.model.ids import new_id
from cxmapper.model.kinds import CARD_TYPES, Entry, fields_of
from cxmapper.storage.files import open_map

_LEFT = Qt.MouseButton.LeftButton


def _touchpoints(window: MainWindow) -> list[str]:
    return list(touchpoints(window.session.document, window.session.journey or ""))


def _lane_of_cards(window: MainWindow) -> str:
    document = window.session.document
    found = (document.need(i, Lane) for i in lanes(document, window.session.journey or ""))
    return next(lane.id for lane in found if lane.type == "cards")


def _card(window: MainWindow, type_: str) -> str:
    found = window.session.document.elements.values()
    return next(e.id for e in found if isinstance(e, Card) and e.type == type_)


def _value(window: MainWindow, id_: str, name: str) -> Any:
    return getattr(window.session.document[id_], name)


def _line(window: MainWindow, name: str) -> QLineEdit:
    line = window.inspector.rows[name].editor.focusProxy()
    assert isinstance(line, QLineEdit)
    return line


def _type(window: MainWindow, name: str, text: str, qtbot: QtBot) -> None:
    line = _line(window, name)
    line.setFocus()
    line.selectAll()
    line.insert(text)  # QTest types Latin letters only
    qtbot.keyClick(line, Qt.Key.Key_Return)


def _trouble(window: MainWindow, name: str) -> str:
    label = window.inspector.rows[name].trouble
    return label.text() if not label.isHidden() else ""


def test_with_nothing_selected_the_map_is_shown(opened: MainWindow) -> None:
    assert list(opened.inspector.rows) == [f.name for f in fields_of("journey")]
    assert _line(opened, "title").text() == _value(opened, opened.session.journey or "", "title")


def test_every_type_of_card_shows_its_fields(opened: MainWindow) -> None:
    lane, column = _lane_of_cards(opened), _touchpoints(opened)[0]
    for type_ in CARD_TYPES:
        change = operations.add_card(opened.session.document, lane, column, type=type_, new_id=new_id)
        opened.session.do(msg("Add"), change, selects=change.items)
        assert [*opened.inspector.rows] == [f.name for f in fields_of("card", type_)]


def test_a_line_is_one_step_and_names_its_field(opened: MainWindow, qtbot: QtBot) -> None:
    chosen = _touchpoints(opened)[0]
    opened.session.select([chosen])
    _type(opened, "title", "Sees a poster", qtbot)
    assert _value(opened, chosen, "title") == "Sees a poster"
    assert str(opened.session.editor.undo_label) == "Edit “Title”"
    opened.session.undo()
    assert _line(opened, "title").text() == "Sees an ad"
    assert opened.session.clean


def test_leaving_a_field_without_a_change_is_no_step(opened: MainWindow, qtbot: QtBot) -> None:
    opened.session.select(_touchpoints(opened)[:1])
    line = _line(opened, "title")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert opened.session.clean


def test_zero_is_a_value_and_empty_is_none(opened: MainWindow, qtbot: QtBot) -> None:
    chosen = _touchpoints(opened)[0]
    opened.session.select([chosen])
    _type(opened, "target_nps", "0", qtbot)
    assert _value(opened, chosen, "target_nps") == 0
    _type(opened, "target_nps", "−12,5", qtbot)
    assert _value(opened, chosen, "target_nps") == -12.5
    line = _line(opened, "target_nps")
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert _value(opened, chosen, "target_nps") is None


def test_a_number_out_of_range_is_explained_and_kept_in_the_field(opened: MainWindow, qtbot: QtBot) -> None:
    chosen = _touchpoints(opened)[0]
    opened.session.select([chosen])
    before = _value(opened, chosen, "target_nps")
    _type(opened, "target_nps", "120", qtbot)
    assert _trouble(opened, "target_nps") == "Must be from -100 to 100."
    assert _line(opened, "target_nps").text() == "120"
    assert _value(opened, chosen, "target_nps") == before
    _type(opened, "target_nps", "20", qtbot)
    assert _trouble(opened, "target_nps") == ""


def test_what_the_model_refuses_is_said_under_the_field(opened: MainWindow, qtbot: QtBot) -> None:
    _type(opened, "date", "next week", qtbot)
    assert _trouble(opened, "date") == "Date is not written as it must be."
    assert _line(opened, "date").text() == "next week"
    assert opened.session.clean
    journey = opened.session.journey or ""
    opened.session.do(msg("x"), operations.set_fields(opened.session.document, [journey], scenario="y"))
    assert _line(opened, "date").text() == "next week"
    _type(opened, "date", "2026-11", qtbot)
    assert _trouble(opened, "date") == ""
    assert _value(opened, opened.session.journey or "", "date") == "2026-11"
    line = _line(opened, "date")
    line.clear()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert _value(opened, opened.session.journey or "", "date") == ""


def test_esc_takes_back_what_is_being_typed(opened: MainWindow, qtbot: QtBot) -> None:
    line = _line(opened, "title")
    line.setFocus()
    before = line.text()
    qtbot.keyClicks(line, "xyz")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == before
    assert opened.session.clean


def test_what_is_being_typed_survives_changes_from_elsewhere(opened: MainWindow, qtbot: QtBot) -> None:
    journey = opened.session.journey or ""
    line = _line(opened, "title")
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Half a tit")
    opened.session.do(msg("x"), operations.set_fields(opened.session.document, [journey], date="2020"))
    assert line.text() == "Half a tit"
    assert line.hasFocus()
    assert _line(opened, "date").text() == "2020"


def test_selecting_something_else_applies_what_was_typed_to_what_it_was_typed_for(
    opened: MainWindow, qtbot: QtBot
) -> None:
    first, second = _touchpoints(opened)[:2]
    opened.session.select([first])
    line = _line(opened, "title")
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Typed for the first")
    opened.session.select([second])
    assert _value(opened, first, "title") == "Typed for the first"
    assert _line(opened, "title").text() == _value(opened, second, "title")


def test_text_keeps_its_lines_and_tab_leaves_it(opened: MainWindow, qtbot: QtBot) -> None:
    chosen = _card(opened, "pain point")
    opened.session.select([chosen])
    box = opened.inspector.rows["text"].editor.focusProxy()
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    box.setPlainText("• one\n• two\x07")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert _value(opened, chosen, "text") == "• one\n• two"


def test_several_elements_show_what_differs_and_are_edited_together(opened: MainWindow, qtbot: QtBot) -> None:
    chosen = _touchpoints(opened)[:3]
    opened.session.select(chosen)
    title = _line(opened, "title")
    assert title.text() == ""
    assert title.placeholderText() == "Several values"
    assert "3 touchpoints" in opened.inspector.head_text
    _type(opened, "environment", "At home", qtbot)
    assert {_value(opened, i, "environment") for i in chosen} == {"At home"}
    assert len({_value(opened, i, "title") for i in chosen}) == 3
    opened.session.undo()
    assert opened.session.clean


def test_different_kinds_share_only_common_fields(opened: MainWindow) -> None:
    opened.session.select([_touchpoints(opened)[0], _card(opened, "emotion")])
    names = set(opened.inspector.rows)
    assert {"detail", "basis", "tags", "owner"} <= names
    assert not names & {"title", "valence", "importance"}


def test_a_rating_is_given_and_taken_back_by_click_and_key(opened: MainWindow, qtbot: QtBot) -> None:
    chosen = _touchpoints(opened)[0]
    opened.session.select([chosen])
    editor = opened.inspector.rows["importance"].editor
    assert isinstance(editor, ScaleEditor)
    qtbot.mouseClick(editor.buttons[0], _LEFT)
    assert _value(opened, chosen, "importance") == 0
    assert editor.buttons[0].isChecked()
    qtbot.keyClick(editor.buttons[0], Qt.Key.Key_4)
    assert _value(opened, chosen, "importance") == 4
    qtbot.mouseClick(editor.clear, _LEFT)
    assert _value(opened, chosen, "importance") is None
    assert not any(b.isChecked() for b in editor.buttons.values())


def test_a_drag_of_the_emotion_is_one_step(opened: MainWindow) -> None:
    chosen = _card(opened, "emotion")
    opened.session.select([chosen])
    before = _value(opened, chosen, "valence")
    editor = opened.inspector.rows["valence"].editor
    assert isinstance(editor, ValenceEditor)
    editor.slider.sliderPressed.emit()
    for value in (12, 33, 58):
        editor.slider.setValue(value)
    editor.slider.sliderReleased.emit()
    assert _value(opened, chosen, "valence") == 60
    editor.slider.sliderPressed.emit()
    editor.slider.setValue(-50)
    editor.slider.sliderReleased.emit()
    opened.session.undo()
    assert _value(opened, chosen, "valence") == 60
    opened.session.undo()
    assert _value(opened, chosen, "valence") == before
    assert opened.session.clean
    assert editor.slider.value() == before


def test_a_choice_and_a_switch(opened: MainWindow, qtbot: QtBot) -> None:
    chosen = _touchpoints(opened)[0]
    opened.session.select([chosen])
    basis = opened.inspector.rows["basis"].editor
    assert isinstance(basis, ChoiceEditor)
    assert [basis.combo.itemData(i) for i in range(4)] == [None, "assumed", "observed", "measured"]
    basis.combo.activated.emit(2)
    assert _value(opened, chosen, "basis") == "observed"
    basis.combo.activated.emit(0)
    assert _value(opened, chosen, "basis") is None
    star = opened.inspector.rows["moment_of_truth"].editor
    assert isinstance(star, FlagEditor)
    star.check.click()
    assert _value(opened, chosen, "moment_of_truth") is True


def test_another_sort_of_card_brings_its_fields(opened: MainWindow) -> None:
    chosen = _card(opened, "thought")
    opened.session.select([chosen])
    assert "severity" not in opened.inspector.rows
    sort = opened.inspector.rows["type"].editor
    assert isinstance(sort, ChoiceEditor)
    sort.given.emit("pain point")
    assert "severity" in opened.inspector.rows
    opened.session.undo()
    assert "severity" not in opened.inspector.rows


def test_an_unknown_type_stays_what_it_is(opened: MainWindow) -> None:
    chosen = _card(opened, "thought")
    change = operations.set_fields(opened.session.document, [chosen], type="riddle")
    opened.session.do(msg("x"), change, selects=[chosen])
    sort = opened.inspector.rows["type"].editor
    assert isinstance(sort, ChoiceEditor)
    assert sort.combo.currentData() == "riddle"


def test_a_set_is_lines_without_repeats(opened: MainWindow) -> None:
    chosen = _touchpoints(opened)[0]
    opened.session.select([chosen])
    editor = opened.inspector.rows["channels"].editor
    assert isinstance(editor, LinesEditor)
    editor.box.setPlainText("web\n\n app, with commas \nweb")
    editor.commit()
    assert _value(opened, chosen, "channels") == ("app, with commas", "web")


def test_references_are_checked_and_missing_ones_are_kept(opened: MainWindow) -> None:
    chosen = _card(opened, "opportunity")
    pains = _value(opened, chosen, "answers")
    document = opened.session.document
    change = operations.set_fields(document, [chosen], answers=(*pains, "gone"))
    opened.session.do(msg("x"), change, selects=[chosen])
    editor = opened.inspector.rows["answers"].editor
    assert isinstance(editor, ReferencesEditor)
    rows = [editor.list.item(i) for i in range(editor.list.count())]
    assert rows[-1].text() == "Missing: gone"
    free = next(r for r in rows if r.checkState() == Qt.CheckState.Unchecked)
    free.setCheckState(Qt.CheckState.Checked)
    assert set(_value(opened, chosen, "answers")) == {*pains, "gone", free.data(Qt.ItemDataRole.UserRole)}


def test_nothing_to_refer_to_takes_one_line_and_says_so(qtbot: QtBot) -> None:
    editor = ReferencesEditor()
    qtbot.addWidget(editor)
    given: list[object] = []
    editor.given.connect(given.append)
    editor.offer(())
    editor.show_value(())
    assert editor.list.item(0).text() == "None there yet"
    assert editor.list.height() < 3 * editor.fontMetrics().lineSpacing()
    editor.offer((("a", "Priya"),))
    editor.show_value(())
    assert [editor.list.item(i).text() for i in range(editor.list.count())] == ["Priya"]
    assert given == []


def test_a_long_text_neither_widens_the_panel_nor_fills_it(opened: MainWindow) -> None:
    chosen = _card(opened, "pain point")
    session = opened.session
    change = operations.set_fields(session.document, [chosen], text="Donaudampfschiff" * 300)
    session.do(msg("x"), change, selects=[chosen])
    assert len(opened.inspector.head_text) < 160
    width = opened.tabs.minimumWidth()
    assert opened.inspector.widget().minimumSizeHint().width() <= width


def test_large_groups_start_closed_and_say_how_much_is_in_them(opened: MainWindow) -> None:
    chosen = _touchpoints(opened)[0]
    session = opened.session
    session.do(
        msg("x"),
        operations.set_fields(
            session.document, [chosen], owner="", tags=(), aliases=(), answers=(), target_nps=20
        ),
    )
    session.do(msg("x"), operations.set_fields(session.document, [chosen], owner="Ana"), selects=[chosen])
    heads = {g.title: g.head for g in opened.inspector.groups if g.title}
    assert heads["Targets"].isChecked()
    assert not heads["Origin"].isChecked()
    assert heads["Origin"].text() == "Origin (1)"


def test_every_field_fits_into_the_narrowest_panel(opened: MainWindow) -> None:
    inspector = opened.inspector
    inspector.resize(opened.tabs.minimumWidth(), 700)
    session = opened.session
    for id_ in (_touchpoints(opened)[0], _card(opened, "emotion"), _card(opened, "opportunity")):
        session.select([id_])
        for group in inspector.groups:
            group.head.setChecked(True)
        assert inspector.widget().minimumSizeHint().width() <= opened.tabs.minimumWidth() - 10, id_


def test_only_pain_points_are_answered_and_those_of_the_map_come_first(opened: MainWindow) -> None:
    document = opened.session.document
    card = document.need(_card(opened, "opportunity"), Card)
    field = next(f for f in fields_of("card", "opportunity") if f.name == "answers")
    offered = references_to(document, [card], field)
    assert all(document.need(i, Card).type == "pain point" for i, _ in offered)
    foreign = [" — " in words for _, words in offered]
    assert foreign == sorted(foreign)


def test_pairs_are_typed_into_the_last_row(opened: MainWindow) -> None:
    persona = opened.session.document.children(None, Persona)[0]
    opened.session.select([persona.id])
    editor = opened.inspector.rows["behavioural"].editor
    assert isinstance(editor, PairsEditor)
    last = editor.table.rowCount() - 1
    editor.table.item(last, 0).setText("Shops")
    editor.table.item(last, 1).setText("on Sundays")
    assert _value(opened, persona.id, "behavioural")["Shops"] == "on Sundays"
    assert editor.table.rowCount() == last + 2
    assert any(f.entry is Entry.PAIRS for f in fields_of("persona"))


def test_numbers_count_with_the_arrow_keys(qtbot: QtBot) -> None:
    editor = NumberEditor(0, 10)
    qtbot.addWidget(editor)
    editor.show_value(None)
    qtbot.keyClick(editor.line, Qt.Key.Key_Up)
    assert editor.line.text() == "0"
    for _ in range(12):
        qtbot.keyClick(editor.line, Qt.Key.Key_Up)
    assert editor.line.text() == "10"
    with pytest.raises(NotAValue):
        editor.value_of("ten")


# pictures


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A JPEG that says where it was taken, lying on its side."""
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "secret place"
    path = tmp_path / "photo.jpg"
    Pillow.new("RGB", (60, 40), (200, 30, 30)).save(path, exif=exif)
    return path


def test_a_picture_is_turned_upright_and_loses_what_it_tells(photo: Path) -> None:
    picture = read_picture(photo)
    assert (picture.width, picture.height) == (40, 60)
    assert b"secret" in photo.read_bytes()
    assert b"secret" not in picture.data
    assert b"Exif" not in picture.data


@pytest.mark.parametrize(
    ("name", "data"), [("a.png", b"no picture"), ("a.svg", b"<svg/>"), ("b.png", b"\x89PNG\r\n\x1a\n")]
)
def test_what_is_no_picture_is_refused_by_name(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError, match=name):
        read_picture(path)


def test_a_picture_goes_into_the_map_and_its_file(
    opened: MainWindow, photo: Path, sample: Path, tmp_path: Path
) -> None:
    document = opened.session.document
    column = _touchpoints(opened)[0]
    change = operations.add_card(document, _lane_of_cards(opened), column, type="image", new_id=lambda: "pic")
    opened.session.do(msg("Add"), change, selects=["pic"])
    editor = opened.inspector.rows["image"].editor
    assert isinstance(editor, ImageEditor)
    editor.given.emit(str(photo))
    hash_ = _value(opened, "pic", "image")
    assert opened.session.document.need(hash_, Image).width == 40
    opened.files.save()
    assert open_map(sample).images[hash_] == opened.session.images[hash_]
    opened.session.undo()
    assert hash_ not in opened.session.document
    editor.given.emit(str(tmp_path / "nowhere.png"))
    assert "nowhere.png" in _trouble(opened, "image")


def test_deleting_what_is_shown_shows_the_map_again(opened: MainWindow) -> None:
    opened.session.select(_touchpoints(opened)[:1])
    opened.edits.delete()
    (element,) = opened.inspector.elements
    assert isinstance(element, Journey)


def test_trouble_is_seen_in_the_colour_for_trouble(opened: MainWindow, qtbot: QtBot) -> None:
    _type(opened, "date", "never", qtbot)
    label = opened.inspector.rows["date"].trouble
    assert label.palette().color(label.foregroundRole()) == QColor(opened.session.theme["bad"])
