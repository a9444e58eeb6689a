"""Zooming smoothly where painting is slow: the last picture is scaled, and made crisp when the wheel rests.

A large map on a screen of four thousand pixels takes longer to paint than a frame may last. A
picture of it is scaled in a millisecond. Where painting is quick nothing of this happens.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QPainter, QPixmap, QTransform
from PySide6.QtWidgets import QGraphicsView

SLOW = 0.020
"""A view that takes longer to paint whole, in seconds, zooms by picture."""

REST = 90
"""So many milliseconds after the last step of a zoom the map is painted anew."""


class ZoomPicture(QObject):
    """The picture of a view while it zooms, if it needs one."""

    def __init__(self, view: QGraphicsView, slow: float = SLOW) -> None:
        super().__init__(view)
        self._view = view
        self._slow = slow
        self._took = 0.0
        self._taken: tuple[QPixmap, QTransform] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.drop)

    @property
    def active(self) -> bool:
        """Whether the view shows a scaled picture now."""
        return self._taken is not None

    def step(self) -> None:
        """The zoom is about to change; call it before each step of a wheel or a pinch."""
        if self._took < self._slow:
            return
        if self._taken is None:
            before = self._view.viewportTransform()
            self._taken = (self._view.viewport().grab(), before)
        self._rest.start()

    def drop(self) -> None:
        """Paint the map itself again."""
        if self._taken is not None:
            self._taken = None
            self._view.viewport().update()

    def paint(self, area: QRect, whole: Callable[[], None]) -> None:
        """Paint `area` of the view: the picture, or the map by `whole`."""
        if self._taken is None:
            start = perf_counter()
            whole()
            seen = self._view.viewport().rect()
            if area.width() * area.height() >= 0.9 * seen.width() * seen.height():
                self._took = perf_counter() - start
            return
        pixmap, before = self._taken
        painter = QPainter(self._view.viewport())
        painter.fillRect(area, self._view.backgroundBrush())
        painter.setTransform(before.inverted()[0] * self._view.viewportTransform())
        painter.drawPixmap(0, 0, pixmap)
        painter.end()
