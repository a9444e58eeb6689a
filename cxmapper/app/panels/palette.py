"""The palette: a tile for everything that can be put on a map, to drag, or to click and then place.

Knows the session (what is armed) and the list of items; it never sees the map.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt
from PySide6.QtGui import (
    QDrag,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QRegion,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from cxmapper.app.actions import as_tip
from cxmapper.app.icons import card_icon, face_icon
from cxmapper.app.palette_items import MIME_TYPE, PaletteItem, face_items, palette_items, to_bytes
from cxmapper.app.panels.section import MARGIN, OwnKeys, Section
from cxmapper.app.session import Session
from cxmapper.locale import tr

_PAD, _ICON, _GAP, _END = 7, 16, 5, 4
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Tile(QAbstractButton):
    """One item of the palette. A click arms it; beyond a few pixels it becomes a drag."""

    def __init__(self, item: PaletteItem, session: Session, *, bare: bool = False) -> None:
        super().__init__()
        self.item = item
        self._session = session
        self._bare = bare
        self._pressed_at: QPoint | None = None
        self.setObjectName(f"palette.{item.key}")
        self.setText(str(item.label))
        self.setAccessibleName(str(item.label))
        self.setToolTip(
            as_tip(tr("{item}: drag it onto the map, or click and then click the map", item=item.label))
        )
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        OwnKeys(self, Qt.Key.Key_Escape)
        self.draw()

    def draw(self) -> None:
        """Draw the icon in the colours of the theme in use."""
        item, theme = self.item, self._session.theme
        if item.valence is not None:
            self.setIcon(face_icon(item.valence, theme, 22))
        else:
            self.setIcon(card_icon(item.icon, item.colour, theme, _ICON))

    def sizeHint(self) -> QSize:
        """Room for the icon and the longest word."""
        if self._bare:
            return QSize(32, 32)
        word = max(self.fontMetrics().horizontalAdvance(w) for w in self.text().split())
        width = _PAD + _ICON + _GAP + word + _END + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A tile may get narrower than its word when the person wants the panel so."""
        return QSize(28, 32)

    def heightForWidth(self, width: int) -> int:
        """The height that the text needs at this width, at least 32 pixels."""
        if self._bare:
            return 32
        room = QRect(0, 0, width - _PAD - _ICON - _GAP - _END, 1000)
        return max(32, self.fontMetrics().boundingRect(room, int(_WRAP), self.text()).height() + 12)

    def hasHeightForWidth(self) -> bool:
        """Yes: long names take two lines in a narrow panel."""
        return True

    def mime_data(self) -> QMimeData:
        """What a drag of this item carries."""
        data = QMimeData()
        data.setData(MIME_TYPE, to_bytes(self.item))
        return data

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag might begin."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin a drag once the pointer has gone far enough."""
        start, here = self._pressed_at, event.position().toPoint()
        if start is None or (here - start).manhattanLength() < QApplication.startDragDistance():
            super().mouseMoveEvent(event)
            return
        self._pressed_at = None
        self.setDown(False)
        self._session.arm(None)
        drag = QDrag(self)
        drag.setMimeData(self.mime_data())
        drag.setPixmap(self._picture())
        drag.setHotSpot(start)
        drag.exec(Qt.DropAction.CopyAction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter arms like Space, Esc disarms."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Escape:
            self._session.arm(None)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """A rounded tile with icon and text; armed, it has a tint and a thick edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._frame(painter)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        if self._bare:
            face = self.rect().adjusted(4, 4, -4, -4)
            self.icon().paint(painter, face, Qt.AlignmentFlag.AlignCenter, mode)
            return
        icon = QRect(_PAD, (self.height() - _ICON) // 2, _ICON, _ICON)
        self.icon().paint(painter, icon, Qt.AlignmentFlag.AlignCenter, mode)
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
        left = _PAD + _ICON + _GAP
        painter.drawText(self.rect().adjusted(left, 0, 1 - _END, 0), int(_WRAP), self.text())

    def _frame(self, painter: QPainter) -> None:
        role, palette = QPalette.ColorRole, self.palette()
        lively = self.underMouse() and self.isEnabled()
        ground = (
            role.Highlight if self.isChecked() else role.Midlight if lively or self.isDown() else role.Button
        )
        marked = self.isChecked() or self.hasFocus()
        pen = QPen(palette.color(role.Accent if marked else role.Mid), 2 if self.isChecked() else 1)
        painter.setPen(pen)
        painter.setBrush(palette.color(ground))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(1, 1, -1, -1), 6, 6)

    def _picture(self) -> QPixmap:
        pixmap = QPixmap(self.size() * self.devicePixelRatioF())
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        pixmap.fill(Qt.GlobalColor.transparent)
        self.render(pixmap, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
        return pixmap


class _Grid(QWidget):
    """Two columns of tiles, and the five faces in a row of their own below the emotion."""

    def __init__(self, tiles: Sequence[Tile], faces: Sequence[Tile]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(MARGIN, 2, MARGIN, 4)
        grid.setSpacing(6)
        row_of_faces = QHBoxLayout()
        row_of_faces.setSpacing(4)
        for face in faces:
            row_of_faces.addWidget(face)
        for i, tile in enumerate(tiles):
            row = i // 2
            grid.addWidget(tile, row + (1 if row > 1 else 0), i % 2)
        grid.addLayout(row_of_faces, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(grid.rowCount(), 1)


class PalettePanel(Section):
    """The palette with its heading."""

    def __init__(self, session: Session) -> None:
        self._session = session
        tiles = [Tile(item, session) for item in palette_items()]
        faces = [Tile(item, session, bare=True) for item in face_items()]
        self.tiles: tuple[Tile, ...] = (*tiles, *faces)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(_Grid(tiles, faces))
        super().__init__(tr("Palette"), area)
        for tile in self.tiles:
            tile.clicked.connect(lambda _, tile=tile: self._clicked(tile))
        session.armed_changed.connect(self.refresh)
        session.journey_changed.connect(self.refresh)
        session.theme_changed.connect(self.redraw)
        self.refresh()

    def wanted_width(self) -> int:
        """The width in which every word fits, in pixels."""
        return 2 * max(t.sizeHint().width() for t in self.tiles) + 2 * MARGIN + 6 + 10

    def tile(self, key: str) -> Tile:
        """The tile of the item with this key, such as "card/pain point"."""
        return next(t for t in self.tiles if t.item.key == key)

    def refresh(self) -> None:
        """Show which item is armed, and whether there is a map to put anything on."""
        for tile in self.tiles:
            tile.setChecked(tile.item == self._session.armed)
            tile.setEnabled(self._session.journey is not None)

    def redraw(self) -> None:
        """Draw all icons anew."""
        for tile in self.tiles:
            tile.draw()

    def changeEvent(self, event: QEvent) -> None:
        """A new palette or font needs new icons and heights."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for tile in self.tiles:
                tile.updateGeometry()

    def _clicked(self, tile: Tile) -> None:
        self._session.arm(None if self._session.armed == tile.item else tile.item)
        self.refresh()
