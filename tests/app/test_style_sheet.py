"""The style sheet of the window, wherever the program is installed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox

from cxmapper import assets
from cxmapper.app.theme import sheet_of


@pytest.mark.parametrize("folder", ["Max Müller", "it's", 'a "b" (c)', "家", "STONE"])
def test_any_folder_may_hold_the_program(
    folder: str, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A sheet that can't be read, or a picture that is not found, is a warning of Qt's, which fails a test.
    shutil.copytree(Path(str(assets.root())) / "icons", tmp_path / folder / "icons")
    monkeypatch.setattr("cxmapper.app.theme.assets.root", lambda: tmp_path / folder)
    box = QCheckBox("one")
    qtbot.addWidget(box)
    box.setStyleSheet(sheet_of("light"))
    box.setChecked(True)
    box.show()
    assert not box.grab().isNull()
