"""On paper nothing is lost, nothing leaves the page, nothing is smaller than can be read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmapper.edit.change import apply
from cxmapper.edit.operations import add_card, add_link, move_lanes, set_fields
from cxmapper.layout.arrange import layout
from cxmapper.layout.options import BODY, Options
from cxmapper.layout.pages import SMALLEST, paginate, poster
from cxmapper.layout.papers import PAPERS, POSTER_LIMIT
from cxmapper.layout.sheet import Page, Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Lane, Stage, Touchpoint
from tests.layout.shown import frames_of_page, overlaps
from tests.make import counting_ids, make_map
from tests.strategies import documents

QUIET = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def letters(texts: list[str]) -> str:
    return "".join("".join(text.split()) for text in texts)


def shown_letters(pages: tuple[Page, ...], id_: str, role: str) -> str:
    """The letters of an element on all pages, in order."""
    return letters(
        [
            line.text
            for page in pages
            for p in page.boxes
            if p.box.id == id_ and p.box.role == role
            for line in p.box.lines
        ]
    )


def check_pages(sheet: Sheet, pages: tuple[Page, ...]) -> None:
    """Everything of the sheet is on the pages, within them, and no box on another."""
    for page in pages:
        assert page.scale * BODY.size >= SMALLEST - 1e-9
        assert overlaps(frames_of_page(page)) == []
        assert any(p.box.lines or p.box.shapes for p in page.boxes)
        for p in page.boxes:
            assert p.x >= -0.01
            assert p.y >= -0.01
            assert page.scale * (p.x + p.box.w) <= page.width + 0.01, p
            assert page.scale * (p.y + p.box.h) <= page.height + 0.01, p
    for row in sheet.rows:
        for box in row.boxes():
            if not box.id:
                continue
            want = letters([line.text for line in box.lines])
            assert want in shown_letters(pages, box.id, box.role), (box.role, want)


@QUIET
@given(document=documents(), paper=st.sampled_from(sorted(PAPERS)))
def test_every_map_fits_every_paper(document: Document, paper: str, typesetter: Typesetter) -> None:
    for journey in document.children(None, Journey):
        sheet = layout(document, journey.id, Options(show_hidden=True), typesetter=typesetter)
        check_pages(sheet, paginate(sheet, PAPERS[paper]))
        check_pages(sheet, poster(sheet))


@pytest.mark.parametrize("paper", ["A4", "Letter", "A3"])
@pytest.mark.parametrize("count", [1, 7, 40])
def test_generated_maps_fit(count: int, paper: str, typesetter: Typesetter) -> None:
    document, journey = make_map(count, scripts=True, spans=True)
    sheet = layout(document, journey, typesetter=typesetter)
    check_pages(sheet, paginate(sheet, PAPERS[paper]))


def test_a_poster_is_one_page_of_the_maps_size(typesetter: Typesetter) -> None:
    document, journey = make_map(12)
    sheet = layout(document, journey, typesetter=typesetter)
    (page,) = poster(sheet)
    assert page.scale == 1
    assert page.width == pytest.approx(sheet.width)
    assert page.height <= sheet.height + 30


def test_a_poster_over_the_limit_goes_on_with_headers_repeated(typesetter: Typesetter) -> None:
    document, journey = make_map(300, cards_each=1)
    sheet = layout(document, journey, typesetter=typesetter)
    pages = poster(sheet)
    assert len(pages) == 3
    assert all(page.width <= POSTER_LIMIT and page.scale == 1 for page in pages)
    lanes = {lane.id for lane in document.children(journey, Lane)}
    for page in pages:
        assert {p.box.id for p in page.boxes if p.box.role == "lane"} == lanes
        assert any(p.box.role == "stage" for p in page.boxes)
    check_pages(sheet, pages)


def test_a_card_higher_than_a_page_is_cut_between_its_lines(typesetter: Typesetter) -> None:
    document, journey = make_map(3)
    lane = next(x for x in document.children(journey, Lane) if x.offers == "pain point")
    column = document.children(document.children(journey, Stage)[0].id, Touchpoint)[1].id
    text = " ".join(f"word{i}" for i in range(1500))
    change = add_card(document, lane.id, column, type="pain point", text=text, new_id=counting_ids("x"))
    document = apply(document, change)
    sheet = layout(document, journey, typesetter=typesetter)
    pages = paginate(sheet, PAPERS["A4"])
    assert len(pages) > 2
    check_pages(sheet, pages)
    assert shown_letters(pages, change.added[0], "card") == letters([text])


def test_forty_cards_in_a_cell_continue_with_headers(typesetter: Typesetter) -> None:
    document, journey = make_map(3)
    lane = next(x for x in document.children(journey, Lane) if x.offers == "opportunity")
    column = document.children(document.children(journey, Stage)[0].id, Touchpoint)[0].id
    new_id = counting_ids("y")
    for i in range(40):
        document = apply(
            document, add_card(document, lane.id, column, type="opportunity", text=f"n{i}", new_id=new_id)
        )
    sheet = layout(document, journey, typesetter=typesetter)
    pages = paginate(sheet, PAPERS["A4"])
    check_pages(sheet, pages)
    holding = [
        page for page in pages if any(p.box.role == "card" and p.box.id.startswith("y") for p in page.boxes)
    ]
    assert len(holding) > 1
    for page in holding:
        assert any(p.box.role == "lane" and p.box.id == lane.id for p in page.boxes)
        assert any(p.box.role == "touchpoint" and p.box.id == column for p in page.boxes)


def test_very_long_titles_fit_too(typesetter: Typesetter) -> None:
    document, journey = make_map(2)
    long = "Endless " * 240
    stage = document.children(journey, Stage)[0]
    touchpoint = document.children(stage.id, Touchpoint)[0]
    for id_ in (journey, stage.id, touchpoint.id):
        document = apply(document, set_fields(document, [id_], title=long.strip()))
    sheet = layout(document, journey, typesetter=typesetter)
    check_pages(sheet, paginate(sheet, PAPERS["A4"]))


def test_pages_are_numbered_and_carry_the_title_and_the_date(typesetter: Typesetter) -> None:
    document, journey = make_map(30)
    document = apply(document, set_fields(document, [journey], title="Thirty steps"))
    sheet = layout(document, journey, typesetter=typesetter)
    pages = paginate(sheet, PAPERS["A4"], "2026-11-21")
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        text = " ".join(line.text for p in page.boxes for line in p.box.lines)
        assert f"Page {number} of {len(pages)}" in text
        assert "Thirty steps" in text
    assert "2026-11-21" in " ".join(line.text for p in pages[0].boxes for line in p.box.lines)


def test_touchpoints_below_a_row_that_fills_a_page_are_not_lost(typesetter: Typesetter) -> None:
    document, journey = make_map(3)
    lanes = document.children(journey, Lane)
    pains = next(lane for lane in lanes if lane.offers == "pain point")
    column = document.children(document.children(journey, Stage)[0].id, Touchpoint)[0].id
    new_id = counting_ids("z")
    for i in range(50):
        document = apply(
            document, add_card(document, pains.id, column, type="note", text=f"n{i}", new_id=new_id)
        )
    touchpoints = next(lane for lane in lanes if lane.type == "touchpoints")
    document = apply(document, move_lanes(document, [touchpoints.id]))
    sheet = layout(document, journey, typesetter=typesetter)
    check_pages(sheet, paginate(sheet, PAPERS["A4"]))


def test_runs_of_a_low_map_share_a_page(typesetter: Typesetter) -> None:
    document, journey = make_map(24, cards_each=0)
    sheet = layout(document, journey, typesetter=typesetter)
    (page,) = paginate(sheet, PAPERS["A3"])
    check_pages(sheet, (page,))
    assert len({p.y for p in page.boxes if p.box.role == "touchpoint"}) > 1


def test_a_link_from_one_run_to_another_is_said_in_words(typesetter: Typesetter) -> None:
    document, journey = make_map(24, cards_each=0)
    first, last = "touchpoint-0", "touchpoint-23"
    document = apply(document, add_link(document, first, last, label="leads", new_id=counting_ids("k")))
    document = apply(document, add_link(document, first, "touchpoint-1", new_id=counting_ids("m")))
    (page,) = paginate(layout(document, journey, typesetter=typesetter), PAPERS["A3"])
    assert [p.box.id for p in page.boxes if p.box.role == "link"] == ["m1"]
    text = " ".join(line.text for p in page.boxes for line in p.box.lines)
    start, end = (document[id_].caption for id_ in (first, last))
    assert f"Link: {start} → {end} · leads" in text
