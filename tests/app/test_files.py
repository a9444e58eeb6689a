from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QListWidget, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cxmapper.app.dialogs.new_map import NewMapDialog
from cxmapper.app.main import Application
from cxmapper.app.preferences import Preferences
from cxmapper.app.start_page import Choice
from cxmapper.app.window import MainWindow
from cxmapper.model.columns import stages
from cxmapper.model.document import Document
from cxmapper.model.elements import Image, Journey
from cxmapper.storage.files import open_map, save_map
from cxmapper.storage.mapfile import new_map

Answer = Callable[[QWidget, str], None]
Trigger = Callable[[MainWindow, str], None]


def _rename_map(window: MainWindow, title: str) -> None:
    assert window.session.journey is not None
    window.edits.set_title(window.session.journey, title)


def _title(window: MainWindow) -> str:
    return window.session.document.need(window.session.journey or "", Journey).title


def _file_dialog(window: MainWindow) -> QFileDialog:
    return next(d for d in window.findChildren(QFileDialog) if d.isVisible())


def test_the_start_page_makes_a_map_in_one_click(window: MainWindow, qtbot: QtBot) -> None:
    blank = window.start.findChild(Choice, "template.blank")
    assert blank is not None
    qtbot.mouseClick(blank, Qt.MouseButton.LeftButton)
    assert window.session.journey is not None
    assert window.canvas.isVisible()
    assert stages(window.session.document, window.session.journey)
    assert window.windowTitle() == "[*]Untitled.cxmap — cxmapper"
    assert not window.isWindowModified()


def test_enter_chooses_on_the_start_page(window: MainWindow, qtbot: QtBot) -> None:
    blank = window.start.findChild(Choice, "template.blank")
    assert blank is not None
    qtbot.keyClick(blank, Qt.Key.Key_Return)
    assert window.session.open
    assert window.canvas.isVisible()


def test_the_start_page_opens_a_sample_as_a_map_without_a_file(window: MainWindow, qtbot: QtBot) -> None:
    sample = window.start.findChild(Choice, "sample.broadband.cxmap")
    assert sample is not None
    qtbot.mouseClick(sample, Qt.MouseButton.LeftButton)
    assert window.session.journey is not None
    assert window.session.path is None


def test_new_asks_for_a_template_and_opens_a_window_of_its_own(
    opened: MainWindow, application: Application
) -> None:
    opened.actions_["file.new"].trigger()
    dialog = opened.findChild(NewMapDialog)
    assert dialog is not None
    names = dialog.findChild(QListWidget)
    assert names is not None
    names.setCurrentRow(1)
    dialog.accept()
    assert len(application.windows) == 2
    assert application.windows[1].session.path is None
    assert opened.session.path is not None


def test_edit_save_and_reopen(opened: MainWindow, sample: Path, preferences: Preferences) -> None:
    _rename_map(opened, "Another title")
    assert opened.isWindowModified()
    assert opened.top.saved.text() == "not saved"
    opened.actions_["file.save"].trigger()
    assert not opened.isWindowModified()
    assert opened.top.saved.text() == "saved"
    again = open_map(sample).document
    assert again == opened.session.document
    assert preferences.recent[0] == sample


def test_save_as_asks_for_a_name_and_stays_with_it(opened: MainWindow, sample: Path, qtbot: QtBot) -> None:
    _rename_map(opened, "Elsewhere")
    opened.actions_["file.save-as"].trigger()
    target = sample.with_name("other.cxmap")
    dialog = _file_dialog(opened)
    dialog.fileSelected.emit(str(target))
    dialog.done(QFileDialog.DialogCode.Rejected)
    assert opened.session.path == target
    assert opened.windowTitle() == "[*]other.cxmap — cxmapper"
    assert open_map(target).document == opened.session.document
    assert open_map(sample).document != opened.session.document


def test_undo_back_to_the_saved_state_is_clean_again(opened: MainWindow, trigger: Trigger) -> None:
    _rename_map(opened, "x")
    trigger(opened, "edit.undo")
    assert not opened.isWindowModified()


def test_closing_asks_and_cancel_keeps_the_window(opened: MainWindow, answer: Answer, sample: Path) -> None:
    before = sample.read_bytes()
    _rename_map(opened, "Precious")
    opened.close()
    answer(opened, "Cancel")
    assert opened.isVisible()
    assert _title(opened) == "Precious"
    assert sample.read_bytes() == before


def test_closing_with_save_saves_and_closes(
    opened: MainWindow, answer: Answer, sample: Path, application: Application, qtbot: QtBot
) -> None:
    _rename_map(opened, "Precious")
    opened.close()
    answer(opened, "Save")
    qtbot.waitUntil(lambda: not application.windows)
    titles = [j.title for j in open_map(sample).document.children(None, Journey)]
    assert "Precious" in titles


def test_closing_without_saving_leaves_the_file(
    opened: MainWindow, answer: Answer, sample: Path, application: Application, qtbot: QtBot
) -> None:
    before = sample.read_bytes()
    _rename_map(opened, "Gone")
    opened.close()
    answer(opened, "Don’t save")
    qtbot.waitUntil(lambda: not application.windows)
    assert sample.read_bytes() == before


def test_typed_text_that_waits_is_saved_too(opened: MainWindow, sample: Path, qtbot: QtBot) -> None:
    title = opened.inspector.rows["title"].editor
    title.setFocus()
    line = title.focusProxy()
    assert line is not None
    line.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(line, "Typed and not left")
    opened.actions_["file.save"].trigger()
    titles = [j.title for j in open_map(sample).document.children(None, Journey)]
    assert "Typed and not left" in titles


def _changed_by_others(sample: Path) -> bytes:
    opened = open_map(sample)
    from cxmapper.edit.change import apply
    from cxmapper.edit.operations import set_fields
    from cxmapper.storage.files import save_map

    journey = opened.document.children(None, Journey)[0]
    theirs = apply(opened.document, set_fields(opened.document, [journey.id], title="Theirs"))
    save_map(opened, theirs, sample, expect=opened.fingerprint)
    return sample.read_bytes()


def test_a_file_changed_by_others_is_not_overwritten_unasked(
    opened: MainWindow, sample: Path, answer: Answer
) -> None:
    theirs = _changed_by_others(sample)
    _rename_map(opened, "Mine")
    opened.files.save()
    answer(opened, "Cancel")
    assert sample.read_bytes() == theirs
    assert opened.isWindowModified()


def test_their_file_can_be_replaced_and_is_kept(opened: MainWindow, sample: Path, answer: Answer) -> None:
    theirs = _changed_by_others(sample)
    _rename_map(opened, "Mine")
    opened.files.save()
    answer(opened, "Replace theirs")
    assert open_map(sample).document == opened.session.document
    assert sample.with_name("broadband.cxmap.bak").read_bytes() == theirs


def test_their_file_can_be_opened_instead(opened: MainWindow, sample: Path, answer: Answer) -> None:
    _changed_by_others(sample)
    _rename_map(opened, "Mine")
    opened.files.save()
    answer(opened, "Open theirs")
    assert _title(opened) == "Theirs"
    assert not opened.isWindowModified()


def test_a_broken_file_is_explained_and_nothing_else_happens(
    opened: MainWindow, tmp_path: Path, answer: Answer
) -> None:
    before = opened.session.document
    broken = tmp_path / "broken.cxmap"
    broken.write_bytes(b"PK nonsense <b>")
    opened.files.open_path(broken)
    box = next(b for b in opened.findChildren(QMessageBox) if b.isVisible())
    assert "broken.cxmap" in box.text()
    assert box.textFormat() == Qt.TextFormat.PlainText
    answer(opened, "OK")
    assert opened.session.document is before


def test_a_file_that_cannot_be_written_keeps_the_map(
    opened: MainWindow, tmp_path: Path, answer: Answer
) -> None:
    _rename_map(opened, "Mine")
    opened.files.save_to(tmp_path / "no such folder" / "x.cxmap")
    answer(opened, "OK")
    assert opened.isWindowModified()
    assert _title(opened) == "Mine"


def test_the_same_file_is_not_opened_twice(
    opened: MainWindow, sample: Path, application: Application
) -> None:
    opened.files.open_path(sample)
    assert len(application.windows) == 1


def test_a_second_file_gets_a_window_of_its_own(
    opened: MainWindow, root: Path, application: Application
) -> None:
    opened.files.open_path(root / "samples" / "clinic-blueprint.cxmap")
    assert [w.session.name for w in application.windows] == ["broadband.cxmap", "clinic-blueprint.cxmap"]


def test_recent_files_open_and_missing_ones_are_grey(
    window: MainWindow, sample: Path, preferences: Preferences
) -> None:
    preferences.remember(sample)
    preferences.remember(sample.with_name("gone & lost.cxmap"))
    menu = window.recent.menu
    entries = [a for a in menu.actions() if a.data()]
    assert [a.text() for a in entries] == ["gone && lost.cxmap", "broadband.cxmap"]
    assert [a.isEnabled() for a in entries] == [False, True]
    entries[1].trigger()
    assert window.session.path == sample


def test_the_list_of_recent_files_ends_at_ten(preferences: Preferences, tmp_path: Path) -> None:
    for i in range(12):
        preferences.remember(tmp_path / f"{i}.cxmap")
    preferences.remember(tmp_path / "5.cxmap")
    assert [p.stem for p in preferences.recent] == ["5", "11", "10", "9", "8", "7", "6", "4", "3", "2"]


def test_a_dropped_map_opens_and_other_files_are_refused(window: MainWindow, sample: Path) -> None:
    def drop(path: Path) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        spot, action = QPointF(400, 300), Qt.DropAction.CopyAction
        buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(spot.toPoint(), action, data, buttons, keys)
        enter.ignore()
        QApplication.sendEvent(window, enter)
        if enter.isAccepted():
            QApplication.sendEvent(window, QDropEvent(spot, action, data, buttons, keys))
        return enter.isAccepted()

    picture = sample.with_suffix(".png")
    picture.write_bytes(b"")
    assert not drop(picture)
    assert drop(sample)
    assert window.session.path == sample


@pytest.mark.parametrize("files", [0, 2])
def test_the_window_remembers_its_size(
    application: Application, preferences: Preferences, qtbot: QtBot, files: int, root: Path
) -> None:
    window = application.new_window()
    names = ["broadband.cxmap", "clinic-blueprint.cxmap"][:files]
    for name in names:
        application.open(root / "samples" / name)
    window.resize(760, 640)  # no larger than the screen of the offscreen plug-in
    window.close()
    qtbot.waitUntil(lambda: len(application.windows) == max(0, files - 1))
    again = application.new_window()
    assert (again.width(), again.height()) == (760, 640)


def test_a_map_whose_picture_is_missing_opens_and_says_so(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    image = Image(id="0" * 64, type="image/png", width=1, height=1, alt="Receipt")
    document = Document({image.id: image})
    save_map(new_map(document), document, tmp_path / "a.cxmap", expect=None)
    with qtbot.waitSignal(window.session.notice) as told:
        assert window.files.open_path(tmp_path / "a.cxmap")
    assert "“Receipt” is not in the file" in told.args[0]
