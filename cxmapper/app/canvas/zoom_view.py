"""A view that pans and zooms: wheel, trackpad, pinch, space and middle button, edges in a drag.

Knows a size to show and nothing of maps. Everything goes through `_stand`, which decides what
part of the scene the view begins at.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from cxmapper.app.canvas import camera
from cxmapper.app.canvas.look import PIXELS
from cxmapper.app.canvas.zoom_picture import ZoomPicture

NOTCH = 120
STEP = 60.0
"""How far one notch of the wheel pans, in pixels."""

EDGE, TICK = 28, 16


class ZoomView(QGraphicsView):
    """Shows a sheet of `extent` points at a zoom, where 1.0 is its real size on the screen."""

    zoom_changed = Signal(float)

    def __init__(self, scene: QGraphicsScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._extent = QSizeF()
        self._zoom = 1.0
        self._fit: Callable[[], None] | None = None
        self.zoom_picture = ZoomPicture(self)
        self._panning: QPointF | None = None
        self._space = False
        self._edges = QTimer(self)
        self._edges.setInterval(TICK)
        self._edges.timeout.connect(self._scroll_at_edge)
        self._pointer = QPointF()
        self._away = False  # whether the drag has been away from the edges
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.viewport().setMouseTracking(True)
        self.setTransform(QTransform.fromScale(PIXELS, PIXELS))

    # zoom

    @property
    def zoom(self) -> float:
        """The zoom; 1.0 is 100 %."""
        return self._zoom

    @property
    def scale_factor(self) -> float:
        """Pixels to the point."""
        return self._zoom * PIXELS

    def zoom_to(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom to `factor` (0.1…8.0), so that the point `at` of the view stays where it is.

        None stands for the middle of the view.
        """
        self._fit = None
        where = at if at is not None else QPointF(self.viewport().rect().center())
        still = self.scene_point(where)
        self._set_zoom(camera.clamped(factor))
        self._stand(still.x() - where.x() / self.scale_factor, still.y() - where.y() / self.scale_factor)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom in (above 1) or out by `factor`; at a point it is a step of many, of a wheel or a pinch."""
        if at is not None:
            self.zoom_picture.step()
        self.zoom_to(self._zoom * factor, at)

    def zoom_100(self) -> None:
        """Show the map at its real size."""
        self.zoom_to(1.0)

    def zoom_fit(self) -> None:
        """Show the whole sheet, as large as it may be, and go on so when the window's size changes."""
        size = self._room
        width, height = self._extent.width(), self._extent.height()
        self._set_zoom(camera.to_fit(width, height, size.width(), size.height(), PIXELS))
        self.show_start()
        self._fit = self.zoom_fit

    def zoom_to_read(self) -> None:
        """Show the breadth of the sheet, but large enough to read: where one begins."""
        # Room for the upright bar is kept even where there is none: a card more must not cost the breadth.
        width = self._room.width() - self._bar
        self._set_zoom(camera.to_read(self._extent.width(), width, PIXELS))
        self.show_start()
        self._fit = self.zoom_to_read

    def show_start(self) -> None:
        """Show the top of the sheet, from its left edge, or in the middle where it fits."""
        margin = camera.MARGIN / self.scale_factor
        seen = self.viewport().width() / self.scale_factor
        left = min(-margin, (self._extent.width() - seen) / 2)
        fits = camera.fits(self._extent.width(), self.viewport().width(), self.scale_factor)
        self._stand(left if fits else -margin, -margin)

    def _set_zoom(self, zoom: float) -> None:
        if zoom != self._zoom:
            self._zoom = zoom
            self.setTransform(QTransform.fromScale(self.scale_factor, self.scale_factor))
            self.zoom_changed.emit(zoom)

    # place

    def scene_point(self, at: QPointF) -> QPointF:
        """The point of the sheet at a point of the view, exactly."""
        return self.viewportTransform().inverted()[0].map(at)

    def view_point(self, at: QPointF) -> QPointF:
        """The point of the view at a point of the sheet."""
        return self.viewportTransform().map(at)

    def set_extent(self, width: float, height: float) -> None:
        """Show a sheet of this size, in points; what is in view stays there."""
        size = QSizeF(width, height)
        if size != self._extent:
            self._extent = size
            start = self.scene_point(QPointF(0, 0))
            self._stand(start.x(), start.y())

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the sheet by so many pixels to the right and down."""
        self._fit = None
        start = self.scene_point(QPointF(-dx, -dy))
        self._stand(start.x(), start.y())

    def _stand(self, left: float, top: float) -> None:
        """Let the view begin at this point of the scene, as near as it may."""
        self._choose_bars()
        scale, view = self.scale_factor, self.viewport().size()
        across = camera.axis(self._extent.width(), view.width(), scale, left)
        down = camera.axis(self._extent.height(), view.height(), scale, top)
        rect = QRectF(across.low, down.low, across.high - across.low, down.high - down.low)
        if rect != self.sceneRect():
            self.setSceneRect(rect)
        self.horizontalScrollBar().setValue(round(across.start * scale))
        self.verticalScrollBar().setValue(round(down.start * scale))
        self.moved()

    def _choose_bars(self) -> None:
        """Scroll bars only on the axes that need them; decided here, since Qt's choice may flicker."""
        full = self._room
        bar, scale = self._bar, self.scale_factor
        across = not camera.fits(self._extent.width(), full.width(), scale)
        down = not camera.fits(self._extent.height(), full.height() - (bar if across else 0), scale)
        across = across or not camera.fits(self._extent.width(), full.width() - (bar if down else 0), scale)
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(on if across else off)
        self.setVerticalScrollBarPolicy(on if down else off)

    @property
    def _room(self) -> QSize:
        """The size of the view without bars. Qt's maximum viewport leaves room for those that are on."""
        return self.contentsRect().size()

    @property
    def _bar(self) -> int:
        return self.verticalScrollBar().sizeHint().width()

    def moved(self) -> None:
        """The view has moved over the scene. For what lies over it at a place of the scene."""

    # events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the top left corner where it is, or the map fitted where it is."""
        start = self.scene_point(QPointF(0, 0))
        super().resizeEvent(event)
        if self._fit is not None:
            self._fit()
        else:
            self._stand(start.x(), start.y())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Also when a scroll bar is dragged."""
        super().scrollContentsBy(dx, dy)
        self.moved()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pan; with Shift sideways; with Ctrl zoom at the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            delta = event.angleDelta().y() or event.pixelDelta().y() * 2
            self.zoom_by(1.2 ** (delta / NOTCH), event.position())
        else:
            pixels, angle = event.pixelDelta(), event.angleDelta()
            dx, dy = (
                (float(pixels.x()), float(pixels.y()))
                if not pixels.isNull()
                else (angle.x() / NOTCH * STEP, angle.y() / NOTCH * STEP)
            )
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and dx == 0:
                dx, dy = dy, 0.0
            self.pan_by(dx, dy)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Pinch on a trackpad zooms at the fingers."""
        if isinstance(event, QNativeGestureEvent) and self._gesture(event):
            return True
        return super().viewportEvent(event)

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(max(0.2, 1 + event.value()), event.position())
            return True
        return False

    def pan_press(self, event: QMouseEvent) -> bool:
        """Begin to pan where the middle button, or the main one with Space, went down."""
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (self._space and event.button() == Qt.MouseButton.LeftButton):
            self._panning = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return True
        return False

    def pan_move(self, event: QMouseEvent) -> bool:
        """Pan on with the pointer, where panning has begun."""
        if self._panning is None:
            return False
        step = event.position() - self._panning
        self._panning = event.position()
        self.pan_by(step.x(), step.y())
        return True

    def pan_release(self, event: QMouseEvent) -> bool:
        """End panning."""
        if self._panning is None:
            return False
        self._panning = None
        self._show_hand()
        return True

    def hold_space(self, event: QKeyEvent, *, down: bool) -> bool:
        """While Space is down the main button pans; true where the key was Space."""
        if event.key() != Qt.Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._space = down
            self._show_hand()
        return True

    def let_go(self) -> None:
        """Space is not held any more, whatever became of its key."""
        if self._space:
            self._space = False
            self._show_hand()

    def _show_hand(self) -> None:
        if self._panning is None:
            shape = Qt.CursorShape.OpenHandCursor if self._space else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)

    # edges

    def follow_edges(self, at: QPointF | None) -> None:
        """Scroll while the pointer of a drag is at an edge of the view; None stops.

        A drag that comes in over an edge must have left it before it can scroll.
        """
        if at is None:
            self._edges.stop()
            self._away = False
            return
        self._pointer = at
        pulled = any(self._pull())
        self._away = self._away or not pulled
        if pulled and self._away and not self._edges.isActive():
            self._edges.start()

    def _pull(self) -> tuple[float, float]:
        """How far the edges pull, in pixels a tick."""
        size, at = self.viewport().size(), self._pointer

        def one(value: float, length: float) -> float:
            if value < EDGE:
                return min(EDGE, EDGE - value) * 0.6
            return -min(EDGE, EDGE - (length - value)) * 0.6 if value > length - EDGE else 0.0

        return one(at.x(), size.width()), one(at.y(), size.height())

    def _scroll_at_edge(self) -> None:
        dx, dy = self._pull()
        if not dx and not dy:
            self._edges.stop()
            return
        self.pan_by(dx, dy)
        self.dragged_on(self._pointer)

    def dragged_on(self, at: QPointF) -> None:
        """The sheet has moved below a pointer that is dragging something."""
