"""Pages as content streams: every box at its place, its shapes and then its lines.

A box is one piece of content, put together in `box`; whoever tags a PDF wraps what it returns.
"""

from __future__ import annotations

from typing import NamedTuple

from cxmapper.export.pdf.file import Bookmark, PdfFile
from cxmapper.export.pdf.fonts import FontBook
from cxmapper.export.pdf.numbers import Colours, Numbers
from cxmapper.export.pdf.shapes import ShapePainter
from cxmapper.export.pdf.text import TextPainter
from cxmapper.export.pictures import Images
from cxmapper.export.progress import Steps
from cxmapper.export.whole import code_points
from cxmapper.layout.sheet import Box, Page, Placed
from cxmapper.layout.text import Typesetter
from cxmapper.layout.theme import PAPER


class Content(NamedTuple):
    """What draws a box, in its own measure: its shapes, and the lines that are read."""

    shapes: str
    text: str


class PagePainter:
    """Paints pages into one file, and collects what the file must say about them."""

    def __init__(self, file: PdfFile, typesetter: Typesetter, images: Images) -> None:
        self._file = file
        self._numbers = Numbers()
        colours = Colours(PAPER)
        self._fonts = FontBook()
        self._shapes = ShapePainter(file, colours, self._numbers, images)
        self._text = TextPainter(file, typesetter, self._fonts, self._shapes, colours, self._numbers)

    @property
    def missing(self) -> tuple[str, ...]:
        """The characters so far that no font has, as "U+XXXX"."""
        return code_points(self._text.missing)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The pictures so far that could not be read, by their hash."""
        return tuple(self._shapes.unreadable)

    def paint(self, page: Page, steps: Steps) -> None:
        """Add a page to the file; every box is one of `steps`."""
        height, n = page.height, self._numbers
        scale = f"{page.scale:.6f}".rstrip("0").rstrip(".")
        parts = []
        for x, y, box in page.boxes:
            content = self.box(box)
            place = f"q {scale} 0 0 {scale} {n[page.scale * x]} {n[height - page.scale * y]} cm"
            parts += [part for part in (place, content.shapes, content.text) if part]
            parts.append("Q")
            steps.done()
        self._file.add_page(page.width, height, "\n".join(parts))

    def box(self, box: Box) -> Content:
        """What draws a box whose top left corner is the origin, with y upwards."""
        return Content(self._shapes.draw(box.shapes), self._text.draw(box.lines))

    def finish(self) -> None:
        """Add the fonts that the pages used."""
        self._fonts.write(self._file)


def position(page: Page, placed: Placed) -> tuple[float, float]:
    """The top left corner of a box on its page, in points from the bottom left of the page."""
    return page.scale * placed.x, page.height - page.scale * placed.y


def bookmark(title: str, number: int, page: Page, placed: Placed | None = None) -> Bookmark:
    """A bookmark to the page with this number (from 0), or to a box on it."""
    x, y = position(page, placed) if placed is not None else (0.0, page.height)
    return Bookmark(title, number, x, y)
