"""The canvas of the window: shows the map of a session, and turns Qt's events into those of the tools.

It lays the map out again after a change, once for all changes of one turn of the event loop, and
gives the sheet to the scene. It edits nothing itself but the text that is typed in place.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from cxmapper.app.canvas.desk import ViewDesk
from cxmapper.app.canvas.drops import map_files, palette_item
from cxmapper.app.canvas.hint_label import HintLabel
from cxmapper.app.canvas.in_place import TypingInPlace
from cxmapper.app.canvas.ink import Ink
from cxmapper.app.canvas.inline_editor import InlineEditor
from cxmapper.app.canvas.look import Look
from cxmapper.app.canvas.painter import SheetPainter, images_from
from cxmapper.app.canvas.rawfonts import RawFonts
from cxmapper.app.canvas.scene import MapScene
from cxmapper.app.canvas.translate import CURSORS, key_event, pointer_event
from cxmapper.app.canvas.zoom_view import ZoomView
from cxmapper.app.session import Session
from cxmapper.layout.arrange import layout
from cxmapper.layout.measured import Measured
from cxmapper.layout.options import PLAIN
from cxmapper.layout.sheet import Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.locale import tr
from cxmapper.model.elements import Card
from cxmapper.tools.hints import Hints
from cxmapper.tools.pointer import PointerTool

NO_SHEET = Sheet("", 0.0, 0.0, (), (), ())


class MapView(ZoomView):
    """The view of one session. `file_dropped` tells the path of a map or survey that was dropped on it."""

    file_dropped = Signal(str)
    menu_asked = Signal(QPoint)
    """A context menu is wanted at this point of the screen; what is below it is selected."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._session = session
        self._look = Look(self._ready_painter)
        self._scene = MapScene(self._look, self._column_of)
        super().__init__(self._scene, parent)
        self._scene.setParent(self)
        self._fonts = RawFonts()
        self._ink = Ink(session.theme)
        self._images = images_from(lambda id_: session.images.get(id_))
        self._painter: SheetPainter | None = None
        self._typesetter: Typesetter | None = None
        self._sheet = NO_SHEET
        self._stale = True
        self._measured: Mapping[str, Measured] = {}
        self._places: dict[str, tuple[float, QPointF]] = {}
        self._shown: str | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._refresh)
        self._label = HintLabel(self.viewport(), self._ink)
        self._typing = TypingInPlace(self, session)
        self._tool = PointerTool(ViewDesk(self, session))
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Map"))
        self.setAccessibleDescription(tr("The map: arrow keys go from card to card, Enter opens the text."))
        self.setBackgroundBrush(self._ink.brush("desk"))
        self._connect()
        self._soon.start()

    def _connect(self) -> None:
        session = self._session
        session.document_changed.connect(self._on_change)
        session.document_replaced.connect(self._on_replaced)
        session.journey_changed.connect(self._on_journey)
        session.selection_changed.connect(self._mark_selection)
        session.armed_changed.connect(self._on_armed)
        session.theme_changed.connect(self._on_theme)

    # what is shown

    @property
    def sheet(self) -> Sheet:
        """The sheet of the map as the document stands now; without rows where no map is shown."""
        self._refresh()
        return self._sheet

    @property
    def tool(self) -> PointerTool:
        """The chart of the gestures."""
        return self._tool

    @property
    def ink(self) -> Ink:
        """The colours in use."""
        return self._ink

    @property
    def map_scene(self) -> MapScene:
        """The scene, which this view owns."""
        return self._scene

    @property
    def hint_label(self) -> QLabel:
        """The words beside the pointer in a drag."""
        return self._label

    @property
    def inline_editor(self) -> InlineEditor | None:
        """The editor of the text that is being typed, or None."""
        return self._typing.editor

    def _on_change(self) -> None:
        self._stale = True
        self._soon.start()
        self._tool.document_changed(self._session.document)
        self._typing.document_changed()

    def show_measured(self, measured: Mapping[str, Measured]) -> None:
        """Draw what customers answered over the map, by column."""
        self._measured = measured
        self._stale = True
        self._soon.start()

    def _on_replaced(self) -> None:
        self._tool.cancel()
        self._typing.drop()
        self._places.clear()
        self._shown = None
        self._images = images_from(lambda id_: self._session.images.get(id_))
        self._painter = None
        self._on_change()

    def _on_armed(self) -> None:
        self._tool.arm(self._session.armed)

    def _on_journey(self) -> None:
        self._typing.commit()
        self._stale = True
        self._soon.start()

    def _on_theme(self) -> None:
        self._ink = Ink(self._session.theme)
        self._painter = None
        self._label.use(self._ink)
        self._typing.drop()
        self.setBackgroundBrush(self._ink.brush("desk"))
        self._scene.update()
        self.viewport().update()

    def _ready_painter(self) -> SheetPainter:
        if self._painter is None:
            typesetter = self._typesetter or self._session.typesetter
            self._painter = SheetPainter(typesetter, self._fonts, self._ink, lambda id_: self._images(id_))
        return self._painter

    def _column_of(self, id_: str) -> int | None:
        element = self._session.document.elements.get(id_)
        column = element.place.column if isinstance(element, Card) else id_
        return self._sheet.columns_by_id.get(column)

    def _refresh(self) -> None:
        """Lay the map out again where something changed, and show what differs."""
        if not self._stale:
            return
        self._stale = False
        journey, old = self._session.journey, self._sheet
        if journey is None:
            self._sheet = NO_SHEET
        else:
            typesetter = self._session.typesetter
            if typesetter is not self._typesetter:
                self._typesetter, self._painter = typesetter, None
            self._sheet = layout(
                self._session.document, journey, PLAIN, self._measured, old, typesetter=typesetter
            )
        if self._sheet is not old:
            self._scene.show_sheet(self._sheet)
            self._show_place()
            self._mark_selection()
            self._typing.place()

    def _show_place(self) -> None:
        """Come back to where one was on this map, or begin at its top."""
        if self._sheet.journey == self._shown:
            self.set_extent(self._sheet.width, self._sheet.height)
            return
        if self._shown is not None:
            self._places[self._shown] = (self.zoom, self.scene_point(QPointF(0, 0)))
        self._shown = self._sheet.journey
        self.set_extent(self._sheet.width, self._sheet.height)
        known = self._places.get(self._shown)
        if known is None:
            self.zoom_to_read()
            return
        self._fit = None
        self._set_zoom(known[0])
        self._stand(known[1].x(), known[1].y())

    def zoom_fit(self) -> None:
        """Show the whole map as it stands now."""
        self._refresh()
        super().zoom_fit()

    def _mark_selection(self) -> None:
        marks = self._scene.marks(sorted(self._session.selection))
        self._scene.overlay.select(marks, self.hasFocus())

    def show_hints(self, hints: Hints) -> None:
        """Show what the gesture under way wants shown."""
        self._scene.show_hints(hints)
        at = self.view_point(QPointF(*hints.at)).toPoint()
        self._label.say("" if hints.label is None else str(hints.label), at)
        if self._panning is None and not self._space:
            self.viewport().setCursor(CURSORS[hints.cursor])

    def reveal(self, id_: str, *, centred: bool = False) -> None:
        """Scroll so that the element `id_` is in view; `centred`, so that its column is in the middle."""
        self._refresh()
        area = QRectF()
        for box, top in self._scene.marks((id_,)):
            area = area.united(QRectF(box.x, top + box.y, box.w, box.h))
        if area.isNull():
            return
        seen = self.viewportTransform().mapRect(area)
        view = QRectF(self.viewport().rect()).adjusted(24, 24, -24, -24)
        if centred:
            self.pan_by(view.center().x() - seen.center().x(),
                        _into(seen.top(), seen.bottom(), view.top(), view.bottom()))  # fmt: skip
        elif not view.contains(seen):
            self.pan_by(_into(seen.left(), seen.right(), view.left(), view.right()),
                        _into(seen.top(), seen.bottom(), view.top(), view.bottom()))  # fmt: skip

    def edit_text(self, id_: str) -> None:
        """Open the text of an element in its place."""
        self.reveal(id_)
        self._typing.begin(id_, tuple(self._scene.marks((id_,))))

    def moved(self) -> None:
        """What lies over the sheet goes with it."""
        self._typing.place()
        self._scene.overlay.slack = 5 / self.scale_factor + 2

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The map, or in a zoom on a slow screen its last picture."""
        self.zoom_picture.paint(event.rect(), lambda: self._paint_map(event))

    def _paint_map(self, event: QPaintEvent) -> None:
        """Tell the items which rectangles are exposed: scrolling exposes an L, not its bounding box."""
        inverse = self.viewportTransform().inverted()[0]
        more = 2 / self.scale_factor
        rects = list(event.region())  # type: ignore[call-overload]  # the stubs forget that it iterates
        self._look.exposed = [
            inverse.mapRect(QRectF(rect)).adjusted(-more, -more, more, more) for rect in rects
        ]
        super().paintEvent(event)
        self._look.exposed = []

    # pointer and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The main button is the tool's, unless it pans."""
        if not self.pan_press(event) and event.button() == Qt.MouseButton.LeftButton:
            self._typing.commit()
            self._tool.press(pointer_event(self, event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click."""
        if not self.pan_press(event) and event.button() == Qt.MouseButton.LeftButton:
            self._tool.press(pointer_event(self, event), again=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, or drag; at an edge of the view a drag scrolls."""
        if self.pan_move(event):
            return
        if self._tool.busy and not event.buttons() & Qt.MouseButton.LeftButton:
            # The button went up where nobody told us, over another window say.
            self._tool.cancel()
        self._tool.move(pointer_event(self, event))
        self.follow_edges(event.position() if self._tool.busy else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a click or a drag."""
        if not self.pan_release(event) and event.button() == Qt.MouseButton.LeftButton:
            self.follow_edges(None)
            self._tool.release(pointer_event(self, event))

    def dragged_on(self, at: QPointF) -> None:
        """The drag goes on over the sheet that moved below it."""
        self._tool.move(pointer_event(self, at))

    def leaveEvent(self, event: object) -> None:
        """Nothing is below the pointer any more."""
        self._tool.hover_end()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what is below the pointer, and ask for a menu."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self._tool.choose(pointer_event(self, QPointF(event.pos())))
        self.menu_asked.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        """While something is dragged no shortcut of the window may edit the map."""
        if event.type() == QEvent.Type.ShortcutOverride and self._tool.busy:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pans, the rest is the tool's; what it does not want goes to the window."""
        if self.hold_space(event, down=True):
            return
        key = key_event(event)
        if key is not None and self._tool.key(key):
            for id_ in self._session.selection if key.key in ("left", "right", "up", "down") else ():
                self.reveal(id_)
            event.accept()
            return
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space is let go."""
        if not self.hold_space(event, down=False):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The selection is outlined more strongly."""
        super().focusInEvent(event)
        self._mark_selection()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys no longer come here, so Space is not held any more."""
        super().focusOutEvent(event)
        self.let_go()
        self._mark_selection()

    # drops

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """An item of the palette, a map file or a survey comes over the canvas."""
        item = palette_item(event.mimeData())
        if item is not None:
            self._tool.drag_in(item)
            event.acceptProposedAction()
        elif map_files(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light where it would go."""
        if palette_item(event.mimeData()) is not None:
            self._tool.move(pointer_event(self, event.position()))
            self.follow_edges(event.position())
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went away, or Esc was pressed."""
        self.follow_edges(None)
        self._tool.drag_out()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put it down."""
        self.follow_edges(None)
        paths = map_files(event.mimeData())
        if palette_item(event.mimeData()) is not None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._tool.release(pointer_event(self, event.position()))
            event.acceptProposedAction()
        elif paths:
            event.acceptProposedAction()
            for path in paths:
                self.file_dropped.emit(path)


def _into(low: float, high: float, from_: float, to: float) -> float:
    """How far a stretch must move to lie within another one; its beginning where it is too long."""
    if low < from_ or high - low > to - from_:
        return from_ - low
    return min(0.0, to - high)
