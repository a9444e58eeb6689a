"""From Qt's events to those of the tools: points of the sheet, names of keys, shapes of cursors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent

from cxmapper.app.canvas.zoom_view import ZoomView
from cxmapper.tools.events import KeyEvent, KeyName, PointerEvent
from cxmapper.tools.hints import Cursor

CLICK = 4.0
"""A press that moves less, in pixels, is a click."""

CURSORS: Mapping[Cursor, Qt.CursorShape] = MappingProxyType(
    {
        "arrow": Qt.CursorShape.ArrowCursor,
        "pointing": Qt.CursorShape.ArrowCursor,
        "cross": Qt.CursorShape.CrossCursor,
        "closed": Qt.CursorShape.ClosedHandCursor,
        "refused": Qt.CursorShape.ForbiddenCursor,
        "vertical": Qt.CursorShape.SizeVerCursor,
    }
)
_KEYS: Mapping[int, KeyName] = MappingProxyType(
    {
        Qt.Key.Key_Left: "left",
        Qt.Key.Key_Right: "right",
        Qt.Key.Key_Up: "up",
        Qt.Key.Key_Down: "down",
        Qt.Key.Key_Return: "enter",
        Qt.Key.Key_Enter: "enter",
        Qt.Key.Key_F2: "f2",
        Qt.Key.Key_Delete: "delete",
        Qt.Key.Key_Backspace: "delete",
        Qt.Key.Key_Escape: "escape",
    }
)


def pointer_event(view: ZoomView, event: QMouseEvent | QPointF) -> PointerEvent:
    """Where the pointer is on the sheet, from a mouse event or a point of the view."""
    at = event.position() if isinstance(event, QMouseEvent) else event
    keys = event.modifiers() if isinstance(event, QMouseEvent) else QGuiApplication.keyboardModifiers()
    point = view.scene_point(at)
    return PointerEvent(
        point.x(),
        point.y(),
        shift=bool(keys & Qt.KeyboardModifier.ShiftModifier),
        ctrl=bool(keys & Qt.KeyboardModifier.ControlModifier),
        alt=bool(keys & Qt.KeyboardModifier.AltModifier),
        reach=CLICK / view.scale_factor,
    )


def key_event(event: QKeyEvent) -> KeyEvent | None:
    """The key, where it means something on the canvas."""
    keys = event.modifiers()
    shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
    if event.matches(QKeySequence.StandardKey.SelectAll):
        return KeyEvent("select all")
    name = _KEYS.get(event.key())
    if name is None or keys & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return None
    return KeyEvent(name, shift=shift)
