"""A map as one PNG: the page of its PDF, whole, as pypdfium2 paints it."""

from __future__ import annotations

import io
import math
from collections.abc import Callable

from cxmapper.export.pdf import Chapter, print_chapters
from cxmapper.export.pdf.file import About
from cxmapper.export.pictures import Images
from cxmapper.export.progress import Progress
from cxmapper.export.whole import missing_words, whole_page
from cxmapper.layout.measured import Scores
from cxmapper.layout.text import Typesetter
from cxmapper.locale import Words, msg
from cxmapper.model.document import Document

MAX_SIDE = 20_000
MAX_PIXELS = 200_000_000
_PIXELS_PER_POINT = 96 / 72


def write_png(
    document: Document,
    journey: str,
    *,
    scale: float = 1.0,
    images: Images | None = None,
    typesetter: Typesetter,
    progress: Progress | None = None,
    tell: Callable[[Words], None] | None = None,
    scores: Scores | None = None,
) -> bytes:
    """The map `journey` (an id) as the bytes of a PNG; `scale` 1.0 is 96 pixels an inch.

    A picture over 20,000 pixels a side or 200 million in all is made smaller; `tell` is told so,
    and what could not be drawn. Equal input gives equal bytes.

    `scores` are what customers answered, by map, to be drawn on it.

    Raises KeyError where there is no such map, and `Cancelled`.
    """
    page, title, _ = whole_page(document, journey, typesetter, scores)
    chapters = [Chapter(title, [page], {})]
    printed = print_chapters(About(title), chapters, images=images, typesetter=typesetter, progress=progress)
    fitting = fitting_scale(page.width, page.height, scale)
    if tell is not None:
        if fitting < scale:
            tell(msg("The picture would be too large; it was made at scale {n}.", n=f"{fitting:.2f}"))
        for words in missing_words(printed.missing, printed.unreadable):
            tell(words)
    return _painted(printed.data, fitting * _PIXELS_PER_POINT)


def fitting_scale(width: float, height: float, scale: float) -> float:
    """`scale`, or the largest one below it at which a page of this size in points is not too large.

    >>> fitting_scale(720, 360, 2.0), fitting_scale(60_000, 100, 1.0)
    (2.0, 0.25)
    """
    w, h = width * _PIXELS_PER_POINT, height * _PIXELS_PER_POINT
    return min(scale, MAX_SIDE / w, MAX_SIDE / h, math.sqrt(MAX_PIXELS / (w * h)))


def _painted(data: bytes, scale: float) -> bytes:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0]
        image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
