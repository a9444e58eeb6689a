"""Pens and brushes for the colour tokens of a theme, made once and kept.

Knows colours and nothing of what is drawn with them. A change of theme needs another `Ink`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPen

from cxmapper.layout.sheet import Fill, Gradient, Path, Rect
from cxmapper.layout.theme import Theme

NO_PEN = QPen(Qt.PenStyle.NoPen)
NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)


class Ink:
    """The colours of one theme as Qt wants them."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._colours: dict[str, QColor] = {}
        self._pens: dict[tuple[object, ...], QPen] = {}
        self._brushes: dict[str, QBrush] = {}

    def colour(self, token: str) -> QColor:
        """The colour of a token; one that the theme lacks gets the colour of unknown things."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(self.theme.get(token, self.theme["unknown"]))
        return found

    def faint(self, token: str, alpha: float) -> QColor:
        """The colour of a token, let through by 1 − `alpha` (0…1)."""
        colour = QColor(self.colour(token))
        colour.setAlphaF(alpha)
        return colour

    def plain_pen(self, token: str) -> QPen:
        """A solid pen for text."""
        return self._pen(token, 1.0, (), True)

    def pen(self, shape: Rect | Path) -> QPen:
        """The pen that strokes `shape`."""
        if shape.stroke is None or shape.width <= 0:
            return NO_PEN
        return self._pen(shape.stroke, shape.width, shape.dash, getattr(shape, "round", False))

    def _pen(self, token: str, width: float, dash: tuple[float, ...], rounded: bool) -> QPen:
        key = (token, width, dash, rounded)
        found = self._pens.get(key)
        if found is None:
            cap = Qt.PenCapStyle.RoundCap if rounded and not dash else Qt.PenCapStyle.FlatCap
            join = Qt.PenJoinStyle.RoundJoin if rounded else Qt.PenJoinStyle.MiterJoin
            found = QPen(self.colour(token), width, Qt.PenStyle.SolidLine, cap, join)
            if dash:
                # Qt measures dashes in widths of the pen, the sheet in points.
                found.setDashPattern([max(0.01, d / width) for d in _even(dash)])
            self._pens[key] = found
        return found

    def brush(self, fill: Fill) -> QBrush:
        """The brush of a fill: none, a token, or a gradient in the measure of the box."""
        if fill is None:
            return NO_BRUSH
        if isinstance(fill, Gradient):
            gradient = QLinearGradient(0, fill.y0, 0, fill.y1)
            gradient.setColorAt(0, self.colour(fill.top))
            gradient.setColorAt(1, self.colour(fill.bottom))
            return QBrush(gradient)
        found = self._brushes.get(fill)
        if found is None:
            found = self._brushes[fill] = QBrush(self.colour(fill))
        return found


def _even(dash: tuple[float, ...]) -> tuple[float, ...]:
    """Qt takes an even count of lengths; an odd one is run through twice, as PDF and SVG do."""
    return dash if len(dash) % 2 == 0 else dash * 2
