"""Maps as PDF: vectors, the glyphs the layout shaped, and text that can be searched and copied.

`write_pdf` lays out and prints; `print_chapters` prints pages that are laid out already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cxmapper.errors import UserError
from cxmapper.export.pdf.file import About, Bookmark, PdfFile
from cxmapper.export.pdf.page import PagePainter, bookmark
from cxmapper.export.pictures import Images
from cxmapper.export.progress import Cancelled, Progress, Steps
from cxmapper.layout.arrange import layout
from cxmapper.layout.details import details
from cxmapper.layout.measured import Scores
from cxmapper.layout.pages import paginate
from cxmapper.layout.papers import PAPERS, POSTER, Paper, paper_named
from cxmapper.layout.sheet import Page, Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.locale import msg, tr
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Stage

__all__ = ["Cancelled", "Chapter", "PdfResult", "print_chapters", "write_pdf"]

_LAYOUT_SHARE = 0.3


class PdfResult(NamedTuple):
    """A PDF, and what could not be printed.

    `missing` are the characters no font has ("U+1234"), drawn as boxes with their code point;
    `unreadable` the hashes of pictures that are broken, too large or not there, drawn as frames.
    """

    data: bytes
    pages: int
    missing: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


class Chapter(NamedTuple):
    """A map laid out on pages, with the titles of its stages by id, for the bookmarks."""

    title: str
    pages: Sequence[Page]
    stages: Mapping[str, str]


def write_pdf(
    document: Document,
    journeys: Sequence[str],
    *,
    paper: str = "poster",
    date: str | None = None,
    images: Images | None = None,
    typesetter: Typesetter,
    progress: Progress | None = None,
    with_details: bool = True,
    scores: Scores | None = None,
) -> PdfResult:
    """The maps `journeys` (ids) of the document as one PDF.

    `paper` is "poster" (pages of the map's own size) or the name of a paper ("A4", "A3", "Letter").
    `date` is what the file says of its age: as given, else the first map's own, else nothing.
    `progress` gets a share from 0 to 1 and answers whether to go on. Equal input gives equal bytes.
    `with_details` adds pages for what the elements hold beyond what a map draws, where they do.
    `scores` are what customers answered, by map, to be drawn on it.

    Raises UserError where there is no map or no such paper, and `Cancelled`.
    """
    found = [document.need(id_, Journey) for id_ in journeys]
    if not found:
        raise UserError(msg("there is no map to print; add one first"))
    size = _paper(paper)
    about = About(
        title=found[0].title or document.settings.title or tr("Journey map"),
        language=found[0].language or document.settings.language,
        date=date or found[0].date,
    )
    laying_out = Steps(progress, len(found), last=_LAYOUT_SHARE)
    chapters = []
    for journey in found:
        sheet = layout(document, journey.id, measured=(scores or {}).get(journey.id), typesetter=typesetter)
        chapters.append(_chapter(document, journey, sheet, size, date or "", with_details))
        laying_out.done()
    return print_chapters(about, chapters, images=images, typesetter=typesetter, progress=progress)


def print_chapters(
    about: About,
    chapters: Sequence[Chapter],
    *,
    images: Images | None = None,
    typesetter: Typesetter,
    progress: Progress | None = None,
) -> PdfResult:
    """Pages that are laid out already as one PDF, with bookmarks to each chapter and its stages.

    Raises `Cancelled`.
    """
    file = PdfFile(about)
    painter = PagePainter(file, typesetter, images or {})
    boxes = sum(len(page.boxes) for chapter in chapters for page in chapter.pages)
    steps = Steps(progress, boxes, first=_LAYOUT_SHARE)
    for chapter in chapters:
        file.add_bookmarks([_bookmarks(chapter, file.pages)])
        for page in chapter.pages:
            painter.paint(page, steps)
    painter.finish()
    return PdfResult(file.save(), file.pages, painter.missing, painter.unreadable)


def _chapter(
    document: Document, journey: Journey, sheet: Sheet, paper: Paper, date: str, with_details: bool
) -> Chapter:
    pages = (*paginate(sheet, paper, date), *(details(sheet, paper) if with_details else ()))
    stages = {stage.id: stage.title for stage in document.children(journey.id, Stage)}
    return Chapter(journey.title or tr("Journey map"), pages, stages)


def _bookmarks(chapter: Chapter, first: int) -> Bookmark:
    """The chapter's bookmark; below it where each of its stages is first seen, and its other pages."""
    top = bookmark(chapter.title, first, chapter.pages[0])
    waiting = dict(chapter.stages)
    named = chapter.pages[0].title
    for number, page in enumerate(chapter.pages, start=first):
        if page.title != named:
            named = page.title
            top.below.append(bookmark(named, number, page))
        for placed in page.boxes:
            if placed.box.role == "stage" and placed.box.id in waiting:
                title = waiting.pop(placed.box.id) or tr("Stage")
                top.below.append(bookmark(title, number, page, placed))
    return top


def _paper(name: str) -> Paper:
    paper = paper_named(name)
    if paper is None:
        names = ", ".join([POSTER.name, *PAPERS])
        raise UserError(msg("there is no paper “{name}”; choose one of {names}", name=name, names=names))
    return paper
