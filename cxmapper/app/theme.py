"""The looks of the window: palettes made from the colour tokens that the canvas uses too.

Fusion on Linux and Windows, the system's own style on macOS, and our own palette on both, because
no platform switches reliably when asked to. Knows no window; the few rules in `sheet_of` give shape
(borders, corners, room) and take every colour from the palette.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from cxmapper import assets
from cxmapper.layout.theme import THEMES, Theme
from cxmapper.locale import Words, msg

CHOICES: Sequence[tuple[str, Words]] = (
    ("system", msg("As the system")),
    ("light", msg("Light")),
    ("dark", msg("Dark")),
    ("contrast", msg("High contrast")),
)

_Role = QPalette.ColorRole
_ROLES: dict[QPalette.ColorRole, str] = {
    _Role.Window: "sheet",
    _Role.WindowText: "text",
    _Role.Base: "card",
    _Role.AlternateBase: "plot",
    _Role.Text: "text",
    _Role.Button: "sheet",
    _Role.ButtonText: "text",
    _Role.BrightText: "bad",
    _Role.ToolTipBase: "card",
    _Role.ToolTipText: "text",
    _Role.PlaceholderText: "text-soft",
    _Role.Highlight: "accent-tint",
    _Role.HighlightedText: "text",
    _Role.Accent: "accent",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    _Role.Light: "sheet",
    _Role.Midlight: "desk",
    _Role.Mid: "hairline",
    _Role.Dark: "neutral-line",
    _Role.Shadow: "neutral-line",
}
_FADED = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)

_SHEET = """
QToolBar { border: 0; border-bottom: 1px solid palette(mid); padding: 5px 8px; spacing: 6px; }
QStatusBar { border-top: 1px solid palette(mid); }
QStatusBar::item { border: 0; }
QMainWindow::separator { background: palette(mid); width: 1px; height: 1px; }
QToolButton[look="tile"], QPushButton[look="tile"] {
    border: 1px solid palette(mid); border-radius: 6px; padding: 4px 8px; background: palette(button);
}
QPushButton { outline: 0; }
QToolButton[look="tile"]:hover, QPushButton[look="tile"]:hover { background: palette(midlight); }
QToolButton[look="tile"]:focus, QPushButton[look="tile"]:focus { border-color: palette(accent); }
QToolButton[look="tile"]:pressed, QToolButton[look="tile"]:checked,
QPushButton[look="tile"]:pressed, QPushButton[look="tile"]:checked {
    background: palette(highlight); border: 2px solid palette(accent); padding: 3px 7px;
}
QToolButton[look="tile"][popupMode="2"] { padding-right: 20px; }
QToolButton[look="tile"]::menu-indicator { subcontrol-position: right center; right: 6px; }
QToolButton[look="main"], QPushButton[look="main"] {
    border: 1px solid palette(accent); border-radius: 6px; padding: 5px 14px;
    background: palette(accent); color: palette(window);
}
QToolButton[look="main"]:focus, QPushButton[look="main"]:focus {
    border: 2px solid palette(text); padding: 4px 13px;
}
QToolButton[look="main"]:disabled, QPushButton[look="main"]:disabled {
    background: palette(mid); border-color: palette(mid);
}
QDialog QPushButton {
    border: 1px solid palette(dark); border-radius: 6px; padding: 5px 14px; min-width: 54px;
    background: palette(button);
}
QDialog QPushButton:hover { background: palette(midlight); }
QDialog QPushButton:focus { border-color: palette(accent); }
QDialog QPushButton:default {
    border-color: palette(accent); background: palette(accent); color: palette(window);
}
QDialog QPushButton:default:focus { border: 2px solid palette(text); padding: 4px 13px; }
QDialog QPushButton:disabled { border-color: palette(mid); background: palette(button); }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QToolButton[look="flat"] { border: 1px solid transparent; border-radius: 6px; padding: 3px; }
QToolButton[look="flat"]:hover { background: palette(midlight); }
QToolButton[look="flat"]:focus { border-color: palette(accent); }
QToolButton[look="flat"]::menu-indicator { image: none; }
QTreeWidget[look="list"], QListWidget[look="list"] { border: 0; background: palette(window); outline: 0; }
QTreeWidget[look="list"]::item, QListWidget[look="list"]::item {
    padding: 2px; border: 1px solid transparent; border-radius: 5px;
}
QTreeWidget[look="list"]::item:hover, QListWidget[look="list"]::item:hover { background: palette(midlight); }
QTreeWidget[look="list"]::item:selected, QListWidget[look="list"]::item:selected {
    background: palette(highlight); color: palette(highlighted-text);
}
QTreeWidget[look="list"]::item:focus, QListWidget[look="list"]::item:focus {
    border-color: palette(accent);
}
QListWidget[look="checks"] { outline: 0; }
QListWidget[look="checks"]::item { padding: 3px 2px; color: palette(text); }
QListWidget[look="checks"]::item:focus { background: palette(midlight); }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QListWidget[look="roomy"] { padding: 4px; outline: 0; }
QListWidget[look="roomy"]::item { padding: 7px 8px; border-radius: 5px; color: palette(text); }
QListWidget[look="roomy"]::item:hover { background: palette(midlight); }
QListWidget[look="roomy"]::item:selected { background: palette(highlight); color: palette(highlighted-text); }
QListWidget[look="checks"]::item:selected {
    background: palette(highlight); color: palette(highlighted-text);
}
QTabWidget::pane { border: 0; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    border: 0; border-bottom: 2px solid transparent; background: transparent; padding: 8px 4px 6px 4px;
    margin-left: 12px;
}
QTabBar::tab:selected { border-bottom-color: palette(accent); }
QSplitter::handle { background: transparent; image: none; }
QScrollBar:vertical { width: 10px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 0; }
QScrollBar::handle { background: palette(dark); border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: palette(accent); }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QLineEdit, QPlainTextEdit, QListWidget, QTableWidget, QComboBox {
    border: 1px solid palette(dark); border-radius: 4px; background: palette(base);
}
QLineEdit, QComboBox { padding: 3px 5px; }
QLineEdit:focus, QPlainTextEdit:focus, QListWidget:focus, QTableWidget:focus, QComboBox:focus {
    border-color: palette(accent);
}
QTreeWidget QLineEdit, QListWidget QLineEdit, QTableWidget QLineEdit { padding: 0 2px; border-radius: 2px; }
QComboBox::drop-down { border: 0; width: 22px; }
QComboBox::down-arrow { image: url("ICONS/drop-TONE.svg"); width: 12px; height: 12px; }
QToolButton[look="tile"]::menu-indicator { image: url("ICONS/drop-TONE.svg"); width: 12px; height: 12px; }
QCheckBox::indicator, QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid palette(placeholder-text); border-radius: 3px;
    background: palette(base);
}
QCheckBox::indicator:focus, QCheckBox::indicator:hover { border-color: palette(accent); }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: palette(accent); border-color: palette(accent); image: url("ICONS/check-TONE.svg");
}
QCheckBox::indicator:indeterminate {
    background: palette(accent); border-color: palette(accent); image: url("ICONS/some-TONE.svg");
}
QTreeWidget[look="list"]::branch { background: palette(window); }
QTreeWidget[look="list"]::branch:has-children:closed { image: url("ICONS/go-TONE.svg"); }
QTreeWidget[look="list"]::branch:has-children:open { image: url("ICONS/drop-TONE.svg"); }
QProgressBar { border: 0; border-radius: 4px; background: palette(mid); max-height: 8px; }
QProgressBar::chunk { border-radius: 4px; background: palette(accent); }
QFrame[look="bar"] { background: palette(highlight); border: 0; border-top: 1px solid palette(mid); }
QFrame[look="zone"] { border: 1px dashed palette(dark); border-radius: 8px; background: palette(base); }
QFrame[look="note"] { border: 1px solid palette(accent); border-radius: 6px; background: palette(base); }
QTableView[look="gaps"] { border: 0; background: palette(window); outline: 0; }
QTableView[look="gaps"] QHeaderView::section {
    border: 0; border-bottom: 1px solid palette(mid); background: palette(window); padding: 3px 4px;
}
QFrame[look="tray"] { background: palette(window); border: 1px solid palette(mid); border-radius: 8px; }
"""


def palette_of(theme: Theme) -> QPalette:
    """The Qt palette for a set of colour tokens."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(theme[token]))
    if theme["accent-tint"] == theme["sheet"]:  # high contrast: a tint would not show what is selected
        palette.setColor(_Role.Highlight, QColor(theme["accent"]))
        palette.setColor(_Role.HighlightedText, QColor(theme["sheet"]))
    faded = QColor(theme["text-soft"])
    if theme["text-soft"] == theme["text"]:
        faded = QColor(theme["grid"])
    elif theme is not THEMES["contrast"]:
        faded = _between(QColor(theme["text-soft"]), QColor(theme["sheet"]))
    for role in _FADED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return palette


def _between(a: QColor, b: QColor) -> QColor:
    return QColor(
        (2 * a.red() + b.red()) // 3, (2 * a.green() + b.green()) // 3, (2 * a.blue() + b.blue()) // 3
    )


def sheet_of(name: str) -> str:
    """The rules of shape for the look `name`. Ticks and arrows are files, the only way that Qt knows."""
    folder = Path(str(assets.root().joinpath("icons"))).as_posix()
    folder = folder.replace("\\", "\\\\").replace('"', '\\"')
    return _SHEET.replace("TONE", "dark" if name == "dark" else "light").replace("ICONS", folder)


def use_style(app: QApplication) -> None:
    """Give the application its style, once, before the first window."""
    if sys.platform != "darwin":
        app.setStyle("Fusion")


def theme_for(choice: str, app: QApplication) -> str:
    """The look for a person's choice ("system", "light", "dark" or "contrast")."""
    if choice in THEMES and choice != "paper":
        return choice
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def apply_theme(app: QApplication, name: str) -> None:
    """Show the whole application in the look `name`."""
    palette = palette_of(THEMES[name])
    if app.palette() != palette:
        app.setPalette(palette)
    sheet = sheet_of(name)
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)
