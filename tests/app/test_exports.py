from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from cxmapper.app import exports
from cxmapper.app.dialogs.export import ExportDialog, Printing
from cxmapper.app.window import MainWindow
from cxmapper.edit import operations
from cxmapper.export.progress import Cancelled
from cxmapper.locale import msg
from cxmapper.model.elements import Journey

Answer = Callable[[QWidget, str], None]
Trigger = Callable[[MainWindow, str], None]


def _printing(window: MainWindow, paper: str = "poster") -> Printing:
    return Printing((window.session.journey or "",), paper, None, with_details=False)


class Gate:
    """Stands in for the export: it waits in its thread until it is told to go on or to stop."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def __call__(self, *_: Any) -> Callable[[Callable[[float], bool]], None]:
        def make(progress: Callable[[float], bool]) -> None:
            while not self.go.wait(0.01):
                if not progress(0.5):
                    raise Cancelled

        return make


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setattr(exports, "pdf_maker", gate)
    return gate


def test_from_the_button_to_the_file(
    opened: MainWindow, trigger: Trigger, tmp_path: Path, qtbot: QtBot
) -> None:
    trigger(opened, "file.export")
    dialog = opened.findChild(ExportDialog)
    assert dialog is not None
    assert dialog.printing.journeys == (opened.session.journey,)
    dialog.accept()
    where = next(d for d in opened.findChildren(QFileDialog) if d.isVisible())
    target = tmp_path / "out.pdf"
    with qtbot.waitSignal(opened.exports.ended, timeout=30_000):
        where.fileSelected.emit(str(target))
        where.done(0)
    assert target.read_bytes().startswith(b"%PDF-")
    assert opened.message.text.text() == "Exported to out.pdf."
    assert opened.message.button.text() == "Open file"
    assert opened.status.progress.isHidden()
    assert opened.session.clean


def test_the_dialog_prints_what_is_checked_and_nothing_is_not_printed(opened: MainWindow) -> None:
    dialog = ExportDialog(opened, opened.session.document, None)
    accept = next(
        b
        for b in dialog.findChild(QDialogButtonBox).buttons()  # type: ignore[union-attr]
        if b.text() == "Export…"
    )
    assert not accept.isEnabled()
    dialog.maps.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.maps.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.paper.setCurrentIndex(dialog.paper.findData("A3"))
    dialog.date.setText("in May")
    assert not accept.isEnabled()
    assert not dialog.trouble.isHidden()
    dialog.date.setText(" 2026-01 ")
    assert dialog.trouble.isHidden()
    assert accept.isEnabled()
    ids = tuple(j.id for j in opened.session.document.children(None, Journey)[:2])
    assert dialog.printing == Printing(ids, "A3", "2026-01", True)
    dialog.reject()


def test_cancel_writes_nothing_and_says_so(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, gate: Gate
) -> None:
    target = tmp_path / "out.pdf"
    opened.exports.start(_printing(opened), target)
    qtbot.waitUntil(lambda: opened.status.progress.value() == 500)
    assert opened.status.progress.isVisible()
    with qtbot.waitSignal(opened.exports.ended):
        qtbot.mouseClick(opened.status.cancel, Qt.MouseButton.LeftButton)
    assert opened.message.text.text() == "Export cancelled. Nothing was written."
    assert not target.exists()
    assert opened.status.progress.isHidden()


def test_the_map_can_be_edited_while_it_is_printed(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, gate: Gate
) -> None:
    opened.exports.start(_printing(opened), tmp_path / "out.pdf")
    journey = opened.session.journey or ""
    opened.session.do(msg("x"), operations.set_fields(opened.session.document, [journey], title="Meanwhile"))
    assert opened.exports.running
    opened.exports.ask()
    assert "under way" in opened.message.text.text()
    with qtbot.waitSignal(opened.exports.ended):
        gate.go.set()


def test_closing_the_window_stops_the_export(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, gate: Gate
) -> None:
    opened.exports.start(_printing(opened), tmp_path / "out.pdf")
    opened.close()
    assert not (tmp_path / "out.pdf").exists()


def test_a_real_export_can_be_cancelled_at_its_first_step(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    opened.exports.start(_printing(opened), tmp_path / "out.pdf")
    with qtbot.waitSignal(opened.exports.ended, timeout=30_000):
        opened.exports.cancel()
    assert not (tmp_path / "out.pdf").exists()


def test_a_folder_that_is_not_there_is_explained(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, answer: Answer
) -> None:
    with qtbot.waitSignal(opened.exports.ended, timeout=30_000):
        opened.exports.start(_printing(opened), tmp_path / "no folder" / "out.pdf")
    box = next(b for b in opened.findChildren(QMessageBox) if b.isVisible())
    assert "out.pdf" in box.text()
    answer(opened, "OK")


def test_the_map_itself_is_never_written_over(opened: MainWindow, sample: Path, answer: Answer) -> None:
    before = sample.read_bytes()
    opened.exports.start(_printing(opened), sample)
    assert not opened.exports.running
    answer(opened, "OK")
    assert sample.read_bytes() == before


def test_what_no_font_has_is_said(opened: MainWindow, tmp_path: Path, qtbot: QtBot, answer: Answer) -> None:
    journey = opened.session.journey or ""
    change = operations.set_fields(opened.session.document, [journey], title="rare \U0001d2d3")
    opened.session.do(msg("x"), change)
    with qtbot.waitSignal(opened.exports.ended, timeout=30_000):
        opened.exports.start(_printing(opened), tmp_path / "out.pdf")
    box = next(b for b in opened.findChildren(QMessageBox) if b.isVisible())
    assert "U+1D2D3" in box.text()
    answer(opened, "OK")
