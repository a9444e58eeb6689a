"""Whole maps on paper, checked on what the PDF itself holds: no glyph leaves its box, no word is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmapper import assets
from cxmapper.export.pdf import PdfResult, write_pdf
from cxmapper.layout.arrange import layout
from cxmapper.layout.pages import paginate
from cxmapper.layout.papers import PAPERS, POSTER, Paper
from cxmapper.layout.sheet import Page
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Lane, Stage, Touchpoint
from cxmapper.storage.files import open_map
from tests.export.glyphs import Frame, Frames, inks, pdfium_text, poppler_text, sizes
from tests.export.handmade import complaints, printed
from tests.make import make_map
from tests.strategies import documents

DIRECTIONS = str.maketrans(
    "", "", "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b"
)
CARDLIKE = ("card", "face", "caption", "touchpoint", "stage", "channels")
# Marks above capitals and below descenders may stand this far over the height of a line.
SLACK = 3.0


def pages_of(document: Document, journey: str, paper: Paper, typesetter: Typesetter) -> tuple[Page, ...]:
    return paginate(layout(document, journey, typesetter=typesetter), paper)


def frames_of(page: Page, roles: tuple[str, ...] | None = None) -> list[Frame]:
    """The boxes of a page that hold text, in points of the page; of a link, where its label is."""
    s = page.scale
    frames = []
    for x, y, box in page.boxes:
        if box.role == "link" and roles is None:
            for line in box.lines:
                left, foot = x + line.x, y + line.y
                frames.append(
                    Frame(s * left, s * (foot - line.type.size), s * (left + line.width), s * (foot + 3))
                )
        elif box.lines and (roles is None or box.role in roles):
            frames.append(Frame(s * x, s * y, s * (x + box.w), s * (y + box.h)))
    return frames


def overlapping(frames: Iterable[Frame]) -> list[tuple[Frame, Frame]]:
    """The pairs of frames that lie on each other by more than a hair."""
    found, active = [], []
    for frame in sorted(frames):
        active = [other for other in active if other.x1 > frame.x0 + 0.01]
        found += [
            (other, frame) for other in active if other.y0 < frame.y1 - 0.01 and frame.y0 < other.y1 - 0.01
        ]
        active.append(frame)
    return found


def check_places(pages: tuple[Page, ...], result: PdfResult, slack: float = SLACK) -> None:
    """No two cards overlap, no glyph leaves its box, and nothing leaves the page."""
    assert sizes(result.data) == [pytest.approx((page.width, page.height), abs=0.01) for page in pages]
    for page in pages:
        assert overlapping(frames_of(page, CARDLIKE)) == []
    boxes = [Frames(frames_of(page)) for page in pages]
    for ink in inks(result.data):
        page = pages[ink.page]
        assert Frame(0, 0, page.width, page.height).holds(ink, 0.01), ink
        assert boxes[ink.page].one_holds(ink, slack * page.scale), ink


def comparable(text: str) -> str:
    """Text as both sides of a comparison can have it: compatibility forms, no marks of direction."""
    return unicodedata.normalize("NFKC", text).translate(DIRECTIONS)


def words_in(text: str) -> set[str]:
    """The words of a text without what stands round them: in a line that runs both ways, readers
    may put a comma at either end."""
    found = set()
    for word in comparable(text).split():
        inner = [i for i, c in enumerate(word) if unicodedata.category(c)[0] not in "PSZ"]
        if inner:
            found.add(word[inner[0] : inner[-1] + 1])
    return found


def shown_texts(document: Document, journey: str) -> list[str]:
    """The texts of a map that its sheet shows."""
    lanes = [lane for lane in document.children(journey, Lane) if not lane.hidden]
    stages = document.children(journey, Stage)
    touchpoints = [t for stage in stages for t in document.children(stage.id, Touchpoint)]
    shown = {lane.id for lane in lanes}
    texts = [document.need(journey, Journey).title, *(stage.title for stage in stages)]
    if any(lane.type == "touchpoints" for lane in lanes):
        texts += [touchpoint.title for touchpoint in touchpoints]
    texts += [
        card.text
        for id_ in document.index.of_kind("card")
        if (card := document.need(id_, Card)).place.lane in shown
    ]
    return [text for text in texts if text]


def check_words(document: Document, journey: str, result: PdfResult, folder: Path) -> None:
    """Every word is found by poppler and pdfium: whole, or, where it is longer than a line, in pieces."""
    wanted = {word for text in shown_texts(document, journey) for word in words_in(text)}
    for found in (poppler_text(result.data, folder, "-raw"), pdfium_text(result.data)):
        text = comparable(found)
        joined = "".join(text.split())
        lost = [word for word in wanted - words_in(text) if word not in joined]
        assert lost == []


@pytest.mark.parametrize("paper", ["poster", "A3", "A4", "Letter"])
def test_a_map_in_twelve_scripts(paper: str, typesetter: Typesetter, tmp_path: Path) -> None:
    document, journey = make_map(40, scripts=True, spans=True)
    pages = pages_of(document, journey, {**PAPERS, "poster": POSTER}[paper], typesetter)
    result = printed(typesetter, pages)
    check_places(pages, result)
    check_words(document, journey, result, tmp_path)
    assert complaints(result.data, tmp_path) == ""


def test_every_word_of_five_hundred_touchpoints_is_whole_in_poppler(
    typesetter: Typesetter, tmp_path: Path
) -> None:
    document, journey = make_map(500, spans=True)
    result = write_pdf(document, [journey], typesetter=typesetter)
    text = poppler_text(result.data, tmp_path)
    wanted = {word for shown in shown_texts(document, journey) for word in shown.split()}
    assert wanted <= set(text.split())
    counted = len(re.findall(r"\bsignature\b", text))
    assert counted >= sum(shown.split().count("signature") for shown in shown_texts(document, journey))


def test_two_thousand_touchpoints(typesetter: Typesetter, tmp_path: Path) -> None:
    document, journey = make_map(2000, cards_each=2, spans=True)
    pages = pages_of(document, journey, POSTER, typesetter)
    result = printed(typesetter, pages)
    check_places(pages, result)
    check_words(document, journey, result, tmp_path)
    letters = sum(len(text.replace(" ", "")) for text in shown_texts(document, journey))
    assert len("".join(pdfium_text(result.data).split())) >= letters


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(document=documents(journeys=1, least=1), paper=st.sampled_from(["poster", "A4", "A3"]))
def test_any_map_at_all(document: Document, paper: str, typesetter: Typesetter) -> None:
    for journey in document.children(None, Journey):
        pages = pages_of(document, journey.id, {**PAPERS, "poster": POSTER}[paper], typesetter)
        # Any character of Unicode may be in it, and some are drawn far above or below their line.
        check_places(pages, printed(typesetter, pages), slack=12)


@pytest.mark.parametrize("name", ["broadband", "clinic-blueprint", "languages"])
@pytest.mark.parametrize("paper", ["poster", "A4"])
def test_the_samples_print(name: str, paper: str, typesetter: Typesetter, tmp_path: Path) -> None:
    copy = tmp_path / f"{name}.cxmap"
    copy.write_bytes(assets.samples().joinpath(f"{name}.cxmap").read_bytes())
    opened = open_map(copy)
    document = opened.document
    for journey in document.children(None, Journey):
        pages = pages_of(document, journey.id, {**PAPERS, "poster": POSTER}[paper], typesetter)
        result = printed(typesetter, pages, opened.images)
        assert result.missing == ()
        assert result.unreadable == ()
        check_places(pages, result)
        check_words(document, journey.id, result, tmp_path)
    whole = write_pdf(
        document,
        [journey.id for journey in document.children(None, Journey)],
        paper=paper,
        images=opened.images,
        typesetter=typesetter,
    )
    assert complaints(whole.data, tmp_path) == ""
