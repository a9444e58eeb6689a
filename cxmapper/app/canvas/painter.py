"""Draws boxes of a sheet with Qt: shapes, pictures, and the very glyphs that the layout shaped.

What a box holds is turned into Qt's objects once, when it is first painted, and kept by content
for as long as it is used. It never moves and never breaks anything anew; it can only leave detail
out. The text of a map is never handed to Qt as text.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QGlyphRun, QPainter, QPainterPath, QPen, QPixmap, QTransform

from cxmapper.app.canvas.ink import Ink
from cxmapper.app.canvas.rawfonts import FontPart, RawFonts
from cxmapper.layout.fonts import Face
from cxmapper.layout.sheet import Box, Line, Path, Picture, Rect, Shape
from cxmapper.layout.text import MISSING_EM, Run, Typesetter, missing_box

KEPT = 4000
"""How many boxes are kept ready to paint: a screen shows a few hundred."""

LARGEST_RUN = 60
"""Pixels to the em up to which Qt draws glyph runs; above 64 it draws none of a font made from bytes."""

_DRAWN_AT = 512  # pixels to the em at which outlines are taken, so that they stay smooth when enlarged

Images = Callable[[str], QPixmap | None]
Place = tuple[int, QPointF]  # a glyph of the face, and where it stands in its run
Content = tuple[tuple[Shape, ...], tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class _Rounded:
    rect: QRectF
    radius: float
    pen: QPen
    brush: QBrush

    def draw(self, painter: QPainter) -> None:
        painter.setPen(self.pen)
        painter.setBrush(self.brush)
        if self.radius > 0:
            painter.drawRoundedRect(self.rect, self.radius, self.radius)
        else:
            painter.drawRect(self.rect)


@dataclass(frozen=True, slots=True)
class _Outline:
    path: QPainterPath
    pen: QPen
    brush: QBrush

    def draw(self, painter: QPainter) -> None:
        painter.setPen(self.pen)
        painter.setBrush(self.brush)
        painter.drawPath(self.path)


@dataclass(frozen=True, slots=True)
class _Pixels:
    rect: QRectF
    image: QPixmap

    def draw(self, painter: QPainter) -> None:
        painter.drawPixmap(self.rect, self.image, QRectF(self.image.rect()))


@dataclass(slots=True)
class _Glyphs:
    origin: QPointF
    run: QGlyphRun
    pen: QPen
    outlines: Callable[[], QPainterPath]
    path: QPainterPath | None = None

    def draw(self, painter: QPainter) -> None:
        if self.run.rawFont().pixelSize() * painter.deviceTransform().m11() > LARGEST_RUN:
            self.draw_large(painter)
            return
        painter.setPen(self.pen)
        painter.drawGlyphRun(self.origin, self.run)

    def draw_large(self, painter: QPainter) -> None:
        if self.path is None:
            self.path = self.outlines().translated(self.origin)
        painter.fillPath(self.path, self.pen.brush())


Part = _Rounded | _Outline | _Pixels | _Glyphs
Ready = tuple[Part, ...]


class SheetPainter:
    """Paints boxes in one theme, with the faces and images it is given."""

    def __init__(
        self, typesetter: Typesetter, fonts: RawFonts, ink: Ink, images: Images, kept: int = KEPT
    ) -> None:
        self.ink = ink
        self._typesetter = typesetter
        self._fonts = fonts
        self._images = images
        self._kept = kept
        # By identity, which is quick; the content itself is kept beside it, so no id is used twice.
        self._ready: OrderedDict[tuple[int, int], tuple[Content, Ready]] = OrderedDict()

    def paint(self, painter: QPainter, box: Box, *, text: bool = True) -> None:
        """Draw `box` at its place; without its lines where `text` is false."""
        painter.translate(box.x, box.y)
        self.draw(painter, box.shapes, box.lines if text else ())
        painter.translate(-box.x, -box.y)

    def draw(self, painter: QPainter, shapes: tuple[Shape, ...], lines: tuple[Line, ...] = ()) -> None:
        """Draw shapes, and lines over them, where the painter stands."""
        for part in self._made(shapes, lines):
            part.draw(painter)

    def prepare(self, boxes: Iterable[Box]) -> None:
        """Load the glyphs of boxes that are about to be painted, each large face at most once."""
        wanted: dict[Face, set[int]] = {}
        for box in boxes:
            if (id(box.shapes), id(box.lines)) in self._ready:
                continue
            for line in box.lines:
                for run in self._typesetter.runs(line.text, line.type, line.rtl):
                    if run.face is not None:
                        wanted.setdefault(run.face, set()).update(g.gid for g in run.glyphs)
        self._fonts.prepare(wanted)

    def _made(self, shapes: tuple[Shape, ...], lines: tuple[Line, ...]) -> Ready:
        key = (id(shapes), id(lines))
        found = self._ready.get(key)
        if found is not None:
            self._ready.move_to_end(key)
            return found[1]
        made = (*self._made_shapes(shapes), *(part for line in lines for part in self._made_line(line)))
        self._ready[key] = ((shapes, lines), made)
        if len(self._ready) > self._kept:
            self._ready.popitem(last=False)
        return made

    def _made_shapes(self, shapes: Iterable[Shape]) -> Iterable[_Rounded | _Outline | _Pixels]:
        for shape in shapes:
            match shape:
                case Rect():
                    rect = QRectF(shape.x, shape.y, shape.w, shape.h)
                    yield _Rounded(rect, shape.radius, self.ink.pen(shape), self.ink.brush(shape.fill))
                case Path():
                    yield _Outline(path_of(shape), self.ink.pen(shape), self.ink.brush(shape.fill))
                case Picture():
                    yield self._made_picture(shape)

    def _made_picture(self, shape: Picture) -> _Rounded | _Pixels:
        rect = QRectF(shape.x, shape.y, shape.w, shape.h)
        image = self._images(shape.image)
        if image is None:
            frame = Rect(shape.x, shape.y, shape.w, shape.h, fill="plot", stroke="hairline")
            return _Rounded(rect, 0, self.ink.pen(frame), self.ink.brush(frame.fill))
        return _Pixels(rect, image)

    def _made_line(self, line: Line) -> Iterable[Part]:
        pen = self.ink.plain_pen(line.colour)
        x = line.x
        for run in self._typesetter.runs(line.text, line.type, line.rtl):
            if run.face is None:
                yield from self._made_missing(run, x, line)
                x += MISSING_EM * line.type.size
                continue
            scale = line.type.size / run.face.upem
            origin = QPointF(x, line.y)
            for part, places in self._by_part(run, run.face, scale):
                outlines = partial(_outlines, part, line.type.size, places)
                yield _Glyphs(origin, _glyph_run(part, line.type.size, places), pen, outlines)
            x += sum(g.advance for g in run.glyphs) * scale

    def _by_part(self, run: Run, face: Face, scale: float) -> Iterable[tuple[FontPart, list[Place]]]:
        """The glyphs of a run at their places, together where they lie in one font."""
        parts: dict[FontPart, list[Place]] = {}
        x = 0.0
        for glyph in run.glyphs:
            place = QPointF((x + glyph.dx) * scale, -glyph.dy * scale)
            parts.setdefault(self._fonts.part(face, glyph.gid), []).append((glyph.gid, place))
            x += glyph.advance
        return parts.items()

    def _made_missing(self, run: Run, x: float, line: Line) -> Iterable[Part]:
        frame, lines = missing_box(run.text, line.type.size)
        moved = frame._replace(x=frame.x + x, y=frame.y + line.y)
        yield from self._made_shapes((moved,))
        for code in lines:
            yield from self._made_line(code._replace(x=code.x + x, y=code.y + line.y))


def _glyph_run(part: FontPart, size: float, places: list[Place]) -> QGlyphRun:
    run = QGlyphRun()
    run.setRawFont(part.at(size))
    run.setGlyphIndexes([part.number(gid) for gid, _ in places])
    run.setPositions([at for _, at in places])
    return run


def _outlines(part: FontPart, size: float, places: list[Place]) -> QPainterPath:
    """The outlines of glyphs at their places, for sizes at which Qt draws no glyph run."""
    font, scale = part.at(_DRAWN_AT), size / _DRAWN_AT
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for gid, at in places:
        glyph = QTransform(scale, 0, 0, scale, at.x(), at.y()).map(font.pathForGlyph(part.number(gid)))
        path.addPath(glyph)
    return path


def path_of(shape: Path) -> QPainterPath:
    """The path as Qt draws it."""
    path = QPainterPath()
    for step in shape.steps:
        numbers = [float(v) for v in step[1:]]
        match step[0]:
            case "M":
                path.moveTo(*numbers)
            case "L":
                path.lineTo(*numbers)
            case "C":
                path.cubicTo(*numbers)
            case _:
                path.closeSubpath()
    return path


def images_from(sources: Callable[[str], bytes | None]) -> Images:
    """Pixmaps decoded from the bytes of images by their id, each when it is first drawn."""
    made: dict[str, QPixmap | None] = {}

    def find(id_: str) -> QPixmap | None:
        if id_ not in made:
            data = sources(id_)
            if data is None:
                return None
            pixmap = QPixmap()
            made[id_] = pixmap if pixmap.loadFromData(data) else None
        return made[id_]

    return find
