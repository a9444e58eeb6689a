"""Glyphs as paths, for the few that must not be text."""

from __future__ import annotations

from collections.abc import Iterator

from fontTools.pens.basePen import BasePen

from cxmapper.layout.sheet import Line, Path
from cxmapper.layout.text import Typesetter


def line_outlines(line: Line, typesetter: Typesetter) -> Iterator[Path]:
    """The glyphs of a line, each as a path at its place; what no font has is left out."""
    x = line.x
    for run in typesetter.runs(line.text, line.type, line.rtl):
        if run.face is not None:
            scale, at = line.type.size / run.face.upem, x
            for glyph in run.glyphs:
                pen = _StepPen(at + glyph.dx * scale, line.y - glyph.dy * scale, scale)
                run.face.hb_font.draw_glyph_with_pen(glyph.gid, pen)
                if pen.steps:
                    yield Path(tuple(pen.steps), fill=line.colour)
                at += glyph.advance * scale
        x += run.em * line.type.size


class _StepPen(BasePen):  # type: ignore[misc]  # fontTools is untyped
    """Takes an outline in design units, y upwards, as steps of a path in points, y downwards."""

    def __init__(self, x: float, y: float, scale: float) -> None:
        super().__init__(None)
        self.steps: list[tuple[str | float, ...]] = []
        self._x, self._y, self._scale = x, y, scale

    def _step(self, name: str, *points: tuple[float, float]) -> None:
        placed = (v for x, y in points for v in (self._x + x * self._scale, self._y - y * self._scale))
        self.steps.append((name, *placed))

    def _moveTo(self, point: tuple[float, float]) -> None:
        self._step("M", point)

    def _lineTo(self, point: tuple[float, float]) -> None:
        self._step("L", point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        self._step("C", *points)

    def _closePath(self) -> None:
        self._step("Z")
