"""Pages made by hand for the tests of the painters, so that these need no layout."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2
from PIL.Image import Image

from cxmapper.export.pdf import Chapter, PdfResult, print_chapters
from cxmapper.export.pdf.file import About
from cxmapper.export.pictures import Images
from cxmapper.layout.sheet import Box, Line, Page, Placed, Shape, Type
from cxmapper.layout.text import Typesetter

BODY = Type(10.5)


def text_box(
    typesetter: Typesetter, text: str, width: float = 100, type_: Type = BODY, id_: str = "c"
) -> Box:
    """A box that shows `text` in lines, as a card does."""
    step = typesetter.line_height(type_)
    lines = []
    for i, piece in enumerate(typesetter.wrap(text, type_, width - 8)):
        x = width - 4 - piece.width if piece.rtl else 4.0
        y = 4 + typesetter.ascent(type_) + i * step
        lines.append(Line(x, y, piece.text, type_, "text", piece.width, piece.rtl))
    return Box("c", "card", 0, 0, width, 8 + len(lines) * step, (), tuple(lines))


def shape_box(*shapes: Shape) -> Box:
    return Box("", "furniture", 0, 0, 100, 100, shapes)


def page_of(boxes: Iterable[Box], width: float = 200, scale: float = 1) -> Page:
    """Boxes below each other, 10 points apart, on one page."""
    placed, y = [], 10.0
    for box in boxes:
        placed.append(Placed(10, y, box))
        y += box.h + 10
    return Page(width * scale, y * scale, scale, tuple(placed))


def printed(
    typesetter: Typesetter, pages: Sequence[Page], images: Images | None = None, title: str = "Test"
) -> PdfResult:
    return print_chapters(About(title), [Chapter(title, pages, {})], images=images, typesetter=typesetter)


def rendered(data: bytes, number: int = 0, scale: float = 1) -> Image:
    """A page as pdfium paints it, `scale` pixels a point."""
    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[number]
        image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
    return image


def complaints(data: bytes, folder: Path) -> str:
    """What qpdf has to say against a PDF: nothing, if it is well-formed."""
    program = shutil.which("qpdf")
    assert program is not None, "the tests need qpdf: .ci/setup installs it"
    path = folder / "checked.pdf"
    path.write_bytes(data)
    done = subprocess.run([program, "--check", str(path)], capture_output=True, text=True, timeout=120)
    return "" if done.returncode == 0 else done.stdout + done.stderr
