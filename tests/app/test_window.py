from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from cxmapper.app.action_table import ACTIONS
from cxmapper.app.crash import CrashGuard, recovery_folder
from cxmapper.app.dialogs.about import ShortcutsDialog
from cxmapper.app.icons import command_icon
from cxmapper.app.main import Application
from cxmapper.app.preferences import Preferences
from cxmapper.app.status import counts_of
from cxmapper.app.theme import palette_of
from cxmapper.app.window import MainWindow
from cxmapper.edit import operations
from cxmapper.layout.theme import THEMES
from cxmapper.locale import msg
from cxmapper.model.columns import touchpoints
from cxmapper.model.elements import Card, Stage, Touchpoint
from cxmapper.storage.files import open_map

Answer = Callable[[QWidget, str], None]
Trigger = Callable[[MainWindow, str], None]


# actions


def test_every_action_is_in_a_menu_and_no_shortcut_stands_for_two(opened: MainWindow) -> None:
    in_menus = set()
    waiting = [a.menu() for a in opened.menuBar().actions()]
    while waiting:
        menu = waiting.pop()
        in_menus |= {a.objectName() for a in menu.actions()}
        waiting += [a.menu() for a in menu.actions() if a.menu()]
    assert {spec.id for spec in ACTIONS} <= in_menus
    keys = Counter(k.toString() for _, action in opened.actions_ for k in action.shortcuts())
    assert [k for k, n in keys.items() if n > 1] == []
    assert len({spec.id for spec in ACTIONS}) == len(ACTIONS)


def test_every_icon_that_is_named_can_be_drawn(opened: MainWindow) -> None:
    for spec in ACTIONS:
        if spec.icon:
            assert not command_icon(spec.icon, THEMES["light"]).isNull()
        if spec.drawing:
            assert not opened.actions_[spec.id].icon().isNull()


def test_without_a_map_only_what_makes_sense_can_be_used(window: MainWindow) -> None:
    usable = {spec.id for spec, action in window.actions_ if action.isEnabled()}
    assert {"file.new", "file.open", "file.quit", "help.shortcuts"} <= usable
    assert not {"file.save", "file.export", "edit.undo", "edit.delete", "insert.stage", "view.fit"} & usable


def test_undo_and_redo_are_called_after_what_they_do(opened: MainWindow, trigger: Trigger) -> None:
    chosen = touchpoints(opened.session.document, opened.session.journey or "")[5]
    opened.session.select([chosen])
    trigger(opened, "edit.move-right")
    opened.actions_.refresh()
    assert opened.actions_["edit.undo"].text() == "Undo Move Engineer visit right"
    trigger(opened, "edit.undo")
    opened.actions_.refresh()
    assert opened.actions_["edit.redo"].text() == "Redo Move Engineer visit right"
    assert not opened.actions_["edit.undo"].isEnabled()
    trigger(opened, "edit.redo")
    assert touchpoints(opened.session.document, opened.session.journey or "")[6] == chosen
    assert opened.session.selection == {chosen}


def test_shortcuts_reach_their_actions(opened: MainWindow, qtbot: QtBot) -> None:
    opened.canvas.setFocus()
    qtbot.keyClick(opened.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(opened.session.selection) > 20)
    cards = [i for i in opened.session.selection if opened.session.document.get(i, Card)]
    opened.session.select(cards[:1])
    qtbot.waitUntil(opened.actions_["edit.duplicate"].isEnabled)
    qtbot.keyClick(opened.canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert opened.session.selection
    assert opened.session.selection != set(cards[:1])
    qtbot.waitUntil(opened.actions_["edit.undo"].isEnabled)
    qtbot.keyClick(opened.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert opened.session.clean


def test_a_drag_on_the_map_can_be_undone_by_its_name(
    opened: MainWindow, qtbot: QtBot, trigger: Trigger
) -> None:
    document = opened.session.document
    card = next(
        e for e in document.elements.values() if isinstance(e, Card) and e.place.column == "engineer-visit"
        and e.type == "pain point"
    )  # fmt: skip
    opened.canvas.zoom_fit()
    box, top = next(iter(opened.canvas.sheet.find(card.id)))
    start = opened.canvas.view_point(QPointF(box.x + box.w / 2, top + box.y + box.h / 2)).toPoint()
    column = next(c for c in opened.canvas.sheet.columns if c.id == "orders-online")
    end = opened.canvas.view_point(QPointF(column.middle, top + box.y + box.h / 2)).toPoint()
    port = opened.canvas.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for i in range(1, 9):
        qtbot.mouseMove(port, start + (end - start) * (i / 8))
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)
    assert opened.session.document.need(card.id, Card).place.column == "orders-online"
    trigger(opened, "edit.undo")
    assert opened.session.document == document


def test_a_moment_of_truth_is_marked_and_unmarked(opened: MainWindow, trigger: Trigger) -> None:
    chosen = touchpoints(opened.session.document, opened.session.journey or "")[0]
    opened.session.select([chosen])
    trigger(opened, "map.moment")
    assert opened.session.document.need(chosen, Touchpoint).moment_of_truth
    trigger(opened, "map.moment")
    assert not opened.session.document.need(chosen, Touchpoint).moment_of_truth


def test_the_list_of_shortcuts_is_made_from_the_registry(opened: MainWindow, trigger: Trigger) -> None:
    trigger(opened, "help.shortcuts")
    dialog = opened.findChild(ShortcutsDialog)
    assert dialog is not None
    table = dialog.findChild(QTableWidget)
    assert table is not None
    rows = {table.item(i, 1).text(): table.item(i, 2).text() for i in range(table.rowCount())}
    assert rows["Duplicate"] == "Ctrl+D"
    assert rows["Save"] == "Ctrl+S"
    dialog.reject()


def test_about_says_the_version_in_plain_text(opened: MainWindow, trigger: Trigger, answer: Answer) -> None:
    trigger(opened, "help.about")
    box = next(b for b in opened.findChildren(QMessageBox) if b.isVisible())
    assert re.match(r"cxmapper \d+\.\d+", box.text())
    answer(opened, "OK")


def test_context_menu_offers_only_what_can_be_done(opened: MainWindow) -> None:
    def offered(kind: type[Card] | type[Touchpoint]) -> set[str]:
        found = next(e for e in opened.session.document.elements.values() if isinstance(e, kind))
        opened.session.select([found.id])
        opened.canvas.menu_asked.emit(QPoint(300, 300))
        menu = [m for m in opened.findChildren(QMenu) if m.isVisible()][-1]
        ids = {a.objectName() for a in menu.actions()}
        menu.close()
        return ids

    assert {"edit.delete", "edit.duplicate", "edit.rename", "map.moment"} <= offered(Touchpoint)
    assert "map.moment" not in offered(Card)
    opened.session.select(())
    opened.canvas.menu_asked.emit(QPoint(300, 300))
    assert not any(m.isVisible() for m in opened.findChildren(QMenu))


# what the window says


def test_the_status_bar_counts_the_map_and_the_selection(opened: MainWindow) -> None:
    assert opened.status.counts.text() == ("10 touchpoints · 29 cards · 5 stages · 2 moments of truth")
    document = opened.session.document
    some = [e.id for e in document.elements.values() if isinstance(e, Stage)][:2]
    opened.session.select([*some, touchpoints(document, opened.session.journey or "")[0]])
    assert opened.status.selected.text() == "2 stages, 1 touchpoint selected"


def test_counts_follow_an_edit(opened: MainWindow, qtbot: QtBot) -> None:
    journey = opened.session.journey or ""
    everything = touchpoints(opened.session.document, journey)[1:]
    opened.session.do(msg("x"), operations.delete(opened.session.document, everything))
    assert counts_of(opened.session.document, journey).startswith("1 touchpoint · ")
    qtbot.waitUntil(lambda: opened.status.counts.text().startswith("1 touchpoint · "))


def test_zoom_is_shown_and_fitted(opened: MainWindow, qtbot: QtBot, trigger: Trigger) -> None:
    trigger(opened, "view.zoom-100")
    assert opened.canvas.zoom == pytest.approx(1)
    assert opened.status.zoom.text() == "100 %"
    qtbot.mouseClick(opened.status.fit, Qt.MouseButton.LeftButton)
    assert opened.status.zoom.text() == f"{round(opened.canvas.zoom * 100)} %"
    assert opened.canvas.zoom < 1


# looks


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_theme_shows_everywhere_and_is_remembered(
    opened: MainWindow, trigger: Trigger, preferences: Preferences, qapp: QApplication, name: str
) -> None:
    trigger(opened, f"view.theme.{name}")
    assert opened.session.theme_name == name
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == THEMES[name]["sheet"]
    assert preferences.theme == name
    opened.actions_.refresh()
    on = [s.id for s, a in opened.actions_ if s.menu == "view/theme" and a.isChecked()]
    assert on == [f"view.theme.{name}"]


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_text_of_the_window_can_be_read(name: str) -> None:
    palette, role = palette_of(THEMES[name]), QPalette.ColorRole

    def colour(r: QPalette.ColorRole) -> str:
        return palette.color(r).name()

    for text, ground in (
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.ButtonText, role.Button),
        (role.ButtonText, role.Midlight),
        (role.HighlightedText, role.Highlight),
        (role.PlaceholderText, role.Window),
        (role.PlaceholderText, role.Base),
        (role.Window, role.Accent),
        (role.ToolTipText, role.ToolTipBase),
    ):
        assert _contrast(colour(text), colour(ground)) >= 4.5, (name, text, ground)
    assert _contrast(colour(role.Accent), colour(role.Window)) >= 3


def test_panels_are_hidden_and_that_is_remembered(
    opened: MainWindow, trigger: Trigger, application: Application, sample: Path, qtbot: QtBot
) -> None:
    assert opened.tabs.isVisible()
    trigger(opened, "view.right")
    assert not opened.tabs.isVisible()
    trigger(opened, "map.properties")
    assert opened.tabs.isVisible()
    trigger(opened, "view.left")
    assert not opened.maps.isVisible()
    other = application.new_window()
    other.files.open_path(sample.parent.parent / "nowhere.cxmap")
    next(b for b in other.findChildren(QMessageBox) if b.isVisible()).close()
    other.files.create("blank")
    assert not other.maps.isVisible()
    assert other.tabs.isVisible()


def test_a_higher_window_shows_more_of_the_palette(opened: MainWindow, qtbot: QtBot) -> None:
    before = {p: p.height() for p in (opened.maps, opened.palette_panel, opened.lanes)}
    opened.resize(opened.width(), opened.height() + 200)
    qtbot.waitUntil(lambda: opened.palette_panel.height() >= before[opened.palette_panel] + 190)
    assert abs(opened.maps.height() - before[opened.maps]) < 10
    assert abs(opened.lanes.height() - before[opened.lanes]) < 10


def test_f6_goes_round_the_parts(opened: MainWindow, trigger: Trigger) -> None:
    seen = []
    opened.canvas.setFocus()
    for _ in range(5):
        trigger(opened, "view.next-part")
        seen.append(QApplication.focusWidget())
    assert opened.canvas in seen
    assert opened.maps.tree in seen
    assert opened.lanes.list in seen
    assert len(set(seen)) == 5
    assert opened.inspector.rows["title"].editor in {w.parent() for w in seen if w is not None}


# when something is wrong


def test_a_bug_is_written_down_and_the_map_is_copied(
    opened: MainWindow,
    application: Application,
    answer: Answer,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    guard = CrashGuard(application.sessions)
    opened.edits.set_title(opened.session.journey or "", "Not saved yet")
    guard.install()
    try:
        for _ in range(2):  # the second must not add a second box
            try:
                raise RuntimeError("a bug of ours")
            except RuntimeError as error:
                sys.excepthook(type(error), error, error.__traceback__)
    finally:
        guard.remove()
    log = platformdirs.user_state_path("cxmapper", appauthor=False) / "crashes.log"
    assert "a bug of ours" in log.read_text(encoding="utf-8")
    copies = sorted(recovery_folder().glob("broadband-*.cxmap"))
    assert open_map(copies[0]).document == opened.session.document
    box = next(b for b in opened.findChildren(QMessageBox) if b.isVisible())
    assert str(copies[0]) in box.informativeText()
    assert "Sorry" in box.text()
    answer(opened, "OK")
    assert "RuntimeError" in capsys.readouterr().err


def test_a_clean_map_is_not_copied(
    opened: MainWindow, application: Application, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    CrashGuard(application.sessions).caught(ValueError, ValueError("x"), None)
    assert not recovery_folder().exists()
    answer(opened, "OK")


def test_user_text_is_never_taken_for_markup(opened: MainWindow) -> None:
    evil = "<img src='file:///etc/passwd'> & <b>bold</b>"
    opened.edits.set_title(opened.session.journey or "", evil)
    item = opened.maps.item_of(opened.session.journey or "")
    assert item is not None
    assert item.text(0) == evil
    assert "<img" not in item.toolTip(0)
    opened.actions_.refresh()
    assert "<b>" not in opened.actions_["edit.undo"].toolTip()


# starting up

_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from cxmapper.app.main import Application, make_application, typesetters
from cxmapper.app.preferences import Preferences
app = make_application(["x"])
settings = QSettings(sys.argv[1] + "/s.ini", QSettings.Format.IniFormat)
application = Application(app, Preferences(settings), *typesetters())
window = application.new_window()
app.processEvents()
slow = {"matplotlib", "reportlab", "pikepdf", "pypdfium2", "numpy", "PIL"}
start = slow & set(sys.modules)
window.files.open_path(Path(sys.argv[2]))
app.processEvents()
print("start:", sorted(start), "open:", sorted(slow & set(sys.modules)), window.isVisible())
window.close()
"""


def test_starting_loads_nothing_that_only_exports_need(sample: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _START, str(tmp_path), str(sample)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "start: [] open: [] True"
