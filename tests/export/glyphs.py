"""Reads back what a PDF holds: every glyph with its place, as pdfium sees it, and poppler's text."""

from __future__ import annotations

import subprocess
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_BLANK = frozenset(map(ord, " \r\n"))


class Ink(NamedTuple):
    """The ink of one character on a page (from 0), in points from the page's top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    text: str


class Frame(NamedTuple):
    """A rectangle on a page, in points from the page's top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, ink: Ink, slack: float) -> bool:
        return (
            self.x0 - slack <= ink.x0
            and ink.x1 <= self.x1 + slack
            and self.y0 - slack <= ink.y0
            and ink.y1 <= self.y1 + slack
        )


def inks(data: bytes) -> Iterator[Ink]:
    """Every character of a PDF that leaves ink, in the order of the file."""
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            height = page.get_height()
            text_page = page.get_textpage()
            edges = [pdfium.c_double() for _ in range(4)]
            for i in range(text_page.count_chars()):
                code = pdfium.FPDFText_GetUnicode(text_page, i)
                if code in _BLANK or not pdfium.FPDFText_GetCharBox(text_page, i, *edges):
                    continue
                left, right, bottom, top = (edge.value for edge in edges)
                if right > left and top > bottom and pdfium.FPDFText_IsGenerated(text_page, i) != 1:
                    yield Ink(number, left, height - top, right, height - bottom, chr(code))
            text_page.close()
            page.close()


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page, in points."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [pdf[i].get_size() for i in range(len(pdf))]


def pdfium_text(data: bytes) -> str:
    """All text of a PDF as pdfium copies it."""
    parts = []
    with pypdfium2.PdfDocument(data) as pdf:
        for i in range(len(pdf)):
            page = pdf[i]
            text_page = page.get_textpage()
            parts.append(text_page.get_text_range())
            text_page.close()
            page.close()
    return unicodedata.normalize("NFC", "\n".join(parts))


def poppler_text(data: bytes, folder: Path, *options: str) -> str:
    """All text of a PDF as poppler's pdftotext gives it."""
    path = folder / "read-back.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        ["pdftotext", *options, "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True, timeout=120
    )
    return unicodedata.normalize("NFC", done.stdout.decode())


class Frames:
    """Rectangles of one page, found quickly by a point."""

    _CELL = 64

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._cells: dict[tuple[int, int], list[Frame]] = defaultdict(list)
        for frame in frames:
            for column in range(int(frame.x0 // self._CELL), int(frame.x1 // self._CELL) + 1):
                for row in range(int(frame.y0 // self._CELL), int(frame.y1 // self._CELL) + 1):
                    self._cells[column, row].append(frame)

    def one_holds(self, ink: Ink, slack: float = 0.5) -> bool:
        """Whether one of the rectangles holds all of the ink."""
        x, y = (ink.x0 + ink.x1) / 2, (ink.y0 + ink.y1) / 2
        near = self._cells.get((int(x // self._CELL), int(y // self._CELL)), ())
        return any(frame.holds(ink, slack) for frame in near)
