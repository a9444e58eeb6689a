"""What the same work costs with nothing of ours in it: the floors that the benchmarks stand on."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import font_source_sans_pro
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from cxmapper.layout.sheet import Page, Rect

_FONT = "SourceSansPro-Regular"


def register_font() -> str:
    """Make the text face known to reportlab, which keeps it for the process; its name."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    found = next(folder.rglob(f"{_FONT}.ttf"))
    pdfmetrics.registerFont(TTFont(_FONT, str(found)))
    return _FONT


def plain_reportlab(pages: Sequence[Page]) -> bytes:
    """The words and boxes of `pages` drawn straight with reportlab: no layout, no fallback fonts."""
    stream = BytesIO()
    canvas = Canvas(stream, pageCompression=1)
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        canvas.translate(0, page.height)
        canvas.scale(page.scale, page.scale)
        for x, y, box in page.boxes:
            for shape in box.shapes:
                if isinstance(shape, Rect):
                    canvas.roundRect(x + shape.x, -(y + shape.y + shape.h), shape.w, shape.h, 6, 1, 0)
            for line in box.lines:
                canvas.setFont(_FONT, line.type.size)
                canvas.drawString(x + line.x, -(y + line.y), line.text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
