"""Icons of the window: the drawings of cards and faces as on the map, and our own for commands.

Every icon is drawn in colours of the theme in use and sharp on the finest screen there
is. Knows no widget but the icon; whoever shows one asks again when the theme changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cxmapper import assets
from cxmapper.layout.icons import face, icon
from cxmapper.layout.sheet import Path, Shape
from cxmapper.layout.theme import Theme


def _scales() -> tuple[int, ...]:
    """Once plain, and once as fine as the finest screen there is."""
    finest = max((ceil(s.devicePixelRatio()) for s in QGuiApplication.screens()), default=1)
    return (1,) if finest == 1 else (1, finest)


def path_of(steps: Iterable[tuple[str | float, ...]]) -> QPainterPath:
    """The steps of a sheet's path as Qt's path."""
    path = QPainterPath()
    for step in steps:
        numbers = [float(n) for n in step[1:]]
        match step[0]:
            case "M":
                path.moveTo(*numbers)
            case "L":
                path.lineTo(*numbers)
            case "C":
                path.cubicTo(*numbers)
            case "Z":
                path.closeSubpath()
    return path


def card_icon(name: str, token: str, theme: Theme, size: int = 16) -> QIcon:
    """The drawing `name` of a card or kind, in the colour `token`, `size` pixels wide."""
    result = _from_shapes(icon(name, 0, 0, size, token), theme, size)
    if _stark(theme):  # a selected row is filled with the accent
        for pixmap in _pixmaps(icon(name, 0, 0, size, "sheet"), theme, size):
            result.addPixmap(pixmap, QIcon.Mode.Selected)
    return result


def _stark(theme: Theme) -> bool:
    """Whether the theme has no tints and no greys to tell states apart: high contrast."""
    return theme["accent-tint"] == theme["sheet"]


def face_icon(valence: int, theme: Theme, size: int = 20) -> QIcon:
    """The face for a valence from −100 to +100."""
    return _from_shapes(face(valence, size / 2, size / 2, size - 1), theme, size)


def command_icon(name: str, theme: Theme, size: int = 18) -> QIcon:
    """The icon of a command, by the name of its file in `resources/icons`; empty for ""."""
    result = QIcon()
    if not name:
        return result
    source = assets.read_bytes(f"icons/{name}.svg")
    for mode, token in (
        (QIcon.Mode.Normal, "text"),
        (QIcon.Mode.Disabled, "grid" if _stark(theme) else "neutral-line"),
    ):
        renderer = QSvgRenderer(QByteArray(source.replace(b"currentColor", theme[token].encode())))
        for scale in _scales():
            pixmap, painter = _blank(size, scale)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            result.addPixmap(pixmap, mode)
    return result


def _blank(size: int, scale: int) -> tuple[QPixmap, QPainter]:
    pixmap = QPixmap(size * scale, size * scale)
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return pixmap, painter


def _from_shapes(shapes: Iterable[Shape], theme: Theme, size: int) -> QIcon:
    result = QIcon()
    for pixmap in _pixmaps(shapes, theme, size):
        result.addPixmap(pixmap)
    return result


def _pixmaps(shapes: Iterable[Shape], theme: Theme, size: int) -> Iterator[QPixmap]:
    drawn = [shape for shape in shapes if isinstance(shape, Path)]
    for scale in _scales():
        pixmap, painter = _blank(size, scale)
        for shape in drawn:
            _paint(painter, shape, theme)
        painter.end()
        yield pixmap


def _paint(painter: QPainter, shape: Path, theme: Theme) -> None:
    path = path_of(shape.steps)
    if isinstance(shape.fill, str):
        painter.fillPath(path, QColor(theme[shape.fill]))
    if shape.stroke is not None:
        pen = QPen(QColor(theme[shape.stroke]), shape.width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
