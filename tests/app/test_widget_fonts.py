"""Panels and bars draw the scripts of the map, whatever fonts the system has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from cxmapper.app.main import Application
from cxmapper.app.widget_fonts import faces_for
from cxmapper.app.window import MainWindow
from cxmapper.edit import operations
from cxmapper.layout.fonts import load_fonts
from cxmapper.locale import msg
from cxmapper.storage.files import open_map
from cxmapper.storage.mapfile import OpenedMap

pytest.importorskip("manimgx_fonts")
pytest.importorskip("manimgx_fonts_cjk")


def lacking(text: str) -> list[str]:
    metrics = QFontMetrics(QApplication.font())
    return [c for c in text if not metrics.inFontUcs4(ord(c))]


def test_a_face_is_lent_once_and_none_for_what_no_font_has() -> None:
    fonts = load_fonts(system=False)
    names = [face.path.name for face in faces_for("中国ไทย\ue000", fonts, "sc")]
    assert names == ["NotoSansCJK-VF.otf.ttc", "NotoSansThai[wght].ttf"]


def test_the_scripts_of_a_map_that_is_opened_are_drawn_by_widgets(
    application: Application, root: Path
) -> None:
    window = application.new_window()
    window.session.replace(open_map(root / "samples" / "languages.cxmap"))
    titles = "".join(element.caption for element in window.session.document.elements.values())
    assert not lacking("".join(c for c in titles if c.isalpha()))


def test_what_is_typed_later_is_drawn_too(window: MainWindow, broadband: OpenedMap) -> None:
    session = window.session
    session.replace(broadband)
    for title in ("ខ្មែរ", "中文", "日本", "한국", "ᎣᏏᏲ 中 \ue000", "မြန်မာ"):
        assert session.journey is not None
        change = operations.set_fields(session.document, [session.journey], title=title)
        session.do(msg("Rename"), change)
        lacks = lacking(title)
        assert not lacks or (title.startswith("Ꭳ") and "中" not in lacks)
    assert len(QApplication.font().families()) < 10


def test_opening_a_map_of_many_scripts_writes_nothing_to_the_terminal(root: Path) -> None:
    program = (
        "import sys; from PySide6.QtGui import QFontMetrics; from cxmapper.app.main import make_application;"
        "app = make_application(['x']); QFontMetrics(app.font()).inFontUcs4(0x92d)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "qt.text.font.db" not in done.stderr
