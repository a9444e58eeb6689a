"""A map as one SVG 1.1 file: the same shapes, and the outlines of the very glyphs of the sheet.

No font needs to be installed, nothing outside the file is referred to, and there is no script.
Outlines can't be read, so each box says its text in a title, for search and screen readers.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from html import escape

from cxmapper.export.pictures import Images, absent, pixels, png
from cxmapper.export.progress import Progress, Steps
from cxmapper.export.whole import code_points, missing_words, whole_page
from cxmapper.layout.faces import Face
from cxmapper.layout.measured import Scores
from cxmapper.layout.sheet import Box, Fill, Gradient, Line, Page, Path, Picture, Rect, Shape
from cxmapper.layout.text import MISSING_EM, Run, Typesetter, missing_box
from cxmapper.layout.theme import PAPER
from cxmapper.locale import Words
from cxmapper.model.document import Document

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_svg(
    document: Document,
    journey: str,
    *,
    images: Images | None = None,
    typesetter: Typesetter,
    progress: Progress | None = None,
    tell: Callable[[Words], None] | None = None,
    scores: Scores | None = None,
) -> bytes:
    """The map `journey` (an id) as the bytes of an SVG, its measure being points.

    `tell` is told what could not be drawn. Equal input gives equal bytes.

    `scores` are what customers answered, by map, to be drawn on it.

    Raises KeyError where there is no such map, and `Cancelled`.
    """
    page, title, language = whole_page(document, journey, typesetter, scores)
    drawing = Drawing(typesetter, images or {})
    data = drawing.draw(page, title, language, Steps(progress, len(page.boxes)))
    if tell is not None:
        for words in missing_words(code_points(drawing.missing), drawing.unreadable):
            tell(words)
    return data


class Drawing:
    """Draws one page, collecting the outlines and gradients that its boxes share."""

    def __init__(self, typesetter: Typesetter, images: Images) -> None:
        self._typesetter = typesetter
        self._images = images
        self._definitions: list[str] = []
        self._glyphs: dict[tuple[str, int], str] = {}
        self._gradients: dict[Gradient, str] = {}
        self._shapes: dict[Shape, str] = {}
        self.missing: set[str] = set()
        self.unreadable: dict[str, None] = {}

    def draw(self, page: Page, title: str, language: str, steps: Steps) -> bytes:
        """The page as a whole file."""
        width, height = number(page.width), number(page.height)
        parts = []
        for x, y, box in page.boxes:
            parts.append(self._box(x, y, box))
            steps.done()
        spoken = f' xml:lang="{plain(language)}"' if language else ""
        head = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"{spoken} width="{width}pt" '
            f'height="{height}pt" viewBox="0 0 {width} {height}">\n<title>{plain(title)}</title>'
        )
        ground = f'<rect width="{width}" height="{height}" fill="{PAPER["sheet"]}"/>'
        scale = f'<g transform="scale({number(page.scale)})">' if page.scale != 1 else "<g>"
        lines = [head, "<defs>", *self._definitions, "</defs>", ground, scale, *parts, "</g>", "</svg>", ""]
        return "\n".join(lines).encode()

    def _box(self, x: float, y: float, box: Box) -> str:
        inside = [self._shape(shape) for shape in box.shapes]
        inside += [self._line(line) for line in box.lines]
        label = plain(" ".join(line.text for line in box.lines))
        named = f' role="group" aria-label="{label}"' if label else ""
        title = f"<title>{label}</title>" if label else ""
        return f'<g transform="translate({number(x)} {number(y)})"{named}>{title}{"".join(inside)}</g>'

    def _shape(self, shape: Shape) -> str:
        drawn = self._shapes.get(shape)
        if drawn is None:
            drawn = self._shapes[shape] = self._drawn(shape)
        return drawn

    def _drawn(self, shape: Shape) -> str:
        if isinstance(shape, Picture):
            return self._picture(shape)
        paint = self._paint(shape.fill, shape.stroke, shape.width, shape.dash)
        if isinstance(shape, Path):
            ends = ' stroke-linecap="round" stroke-linejoin="round"' if shape.round and shape.stroke else ""
            return f'<path d="{_steps(shape)}"{paint}{ends}/>'
        radius = f' rx="{number(shape.radius)}"' if shape.radius > 0 else ""
        return f"<rect{_place(shape)}{radius}{paint}/>"

    def _paint(self, fill: Fill, stroke: str | None, width: float, dash: tuple[float, ...]) -> str:
        if isinstance(fill, Gradient):
            painted = f' fill="url(#{self._gradient(fill)})"'
        else:
            painted = f' fill="{PAPER[fill] if fill is not None else "none"}"'
        if stroke is not None:
            painted += f' stroke="{PAPER[stroke]}" stroke-width="{number(width)}"'
            if dash:
                painted += f' stroke-dasharray="{" ".join(number(length) for length in dash)}"'
        return painted

    def _gradient(self, fill: Gradient) -> str:
        name = self._gradients.get(fill)
        if name is None:
            name = self._gradients[fill] = f"s{len(self._gradients)}"
            self._definitions.append(
                f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="0" y1="{number(fill.y0)}" '
                f'x2="0" y2="{number(fill.y1)}"><stop offset="0" stop-color="{PAPER[fill.top]}"/>'
                f'<stop offset="1" stop-color="{PAPER[fill.bottom]}"/></linearGradient>'
            )
        return name

    def _picture(self, shape: Picture) -> str:
        data = self._images.get(shape.image)
        found = pixels(data, shape.w, shape.h) if data is not None else None
        if found is None:
            self.unreadable[shape.image] = None
            return "".join(self._shape(part) for part in absent(shape))
        code = base64.b64encode(png(found)).decode()
        return f'<image{_place(shape)} preserveAspectRatio="none" xlink:href="data:image/png;base64,{code}"/>'

    def _line(self, line: Line) -> str:
        size, x, parts = line.type.size, line.x, []
        for run in self._typesetter.runs(line.text, line.type, line.rtl):
            if run.face is None:
                parts.append(self._missing(run, x, line))
                x += MISSING_EM * size
                continue
            scale = size / run.face.upem
            parts.append(
                f'<g transform="translate({number(x)} {number(line.y)}) scale({scale:.6f} -{scale:.6f})">'
                f"{''.join(self._uses(run.face, run))}</g>"
            )
            x += sum(glyph.advance for glyph in run.glyphs) * scale
        return f'<g fill="{PAPER[line.colour]}">{"".join(parts)}</g>'

    def _uses(self, face: Face, run: Run) -> Iterable[str]:
        pen = 0
        for glyph in run.glyphs:
            name = self._glyph(face, glyph.gid)
            if name:
                height = f' y="{glyph.dy}"' if glyph.dy else ""
                yield f'<use xlink:href="#{name}" x="{pen + glyph.dx}"{height}/>'
            pen += glyph.advance

    def _glyph(self, face: Face, gid: int) -> str:
        """The name of a glyph's outline, or "" where it has none."""
        name = self._glyphs.get((face.key, gid))
        if name is None:
            outline = _outline(face, gid)
            name = self._glyphs[face.key, gid] = f"g{len(self._glyphs)}" if outline else ""
            if outline:
                self._definitions.append(f'<path id="{name}" d="{outline}"/>')
        return name

    def _missing(self, run: Run, x: float, line: Line) -> str:
        self.missing.update(run.text)
        box, digits = missing_box(run.text, line.type.size)
        inside = self._shape(box) + "".join(self._line(part) for part in digits)
        return f'<g transform="translate({number(x)} {number(line.y)})">{inside}</g>'


def _place(shape: Rect | Picture) -> str:
    x, y, w, h = (number(value) for value in (shape.x, shape.y, shape.w, shape.h))
    return f' x="{x}" y="{y}" width="{w}" height="{h}"'


def _steps(path: Path) -> str:
    return " ".join(
        str(operator) + " ".join(number(float(value)) for value in values) for operator, *values in path.steps
    )


def _outline(face: Face, gid: int) -> str:
    from fontTools.pens.svgPathPen import SVGPathPen

    pen = SVGPathPen(None, ntos=number)
    face.hb_font.draw_glyph_with_pen(gid, pen)
    return str(pen.getCommands())


def plain(text: str) -> str:
    """`text` as XML character data, for content and for values in double quotes.

    >>> plain('<a href="x">&')
    '&lt;a href=&quot;x&quot;&gt;&amp;'
    """
    return escape(_NOT_XML.sub("\ufffd", text))


def number(value: float) -> str:
    """`value` with at most three decimals.

    >>> number(0.5), number(-0.0001), number(12.0)
    ('0.5', '0', '12')
    """
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
