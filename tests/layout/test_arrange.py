"""A sheet shows every word in its box, no box on another, and the same after an edit as from scratch."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmapper.edit.change import Change, apply
from cxmapper.edit.operations import (
    add_card,
    add_link,
    add_persona,
    delete,
    move_cards,
    move_stages,
    move_touchpoints,
    set_fields,
    set_until,
)
from cxmapper.layout.arrange import layout
from cxmapper.layout.axis import height_of, valence_at
from cxmapper.layout.options import Options
from cxmapper.layout.pages import paginate
from cxmapper.layout.papers import PAPERS
from cxmapper.layout.sheet import Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Lane, Stage, Touchpoint
from tests.layout.shown import frames_of_sheet, overlaps, strays
from tests.make import counting_ids, make_map, small_map
from tests.strategies import documents

QUIET = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="session")
def shared_typesetter(typesetter: Typesetter) -> Typesetter:
    return typesetter


def first_journey(document: Document) -> str | None:
    journeys = document.children(None, Journey)
    return journeys[0].id if journeys else None


@QUIET
@given(document=documents())
def test_no_box_lies_on_another_and_no_line_leaves_its_box(
    document: Document, typesetter: Typesetter
) -> None:
    for journey in document.children(None, Journey):
        sheet = layout(document, journey.id, Options(show_hidden=True), typesetter=typesetter)
        assert overlaps(frames_of_sheet(sheet)) == []
        for row, top in zip(sheet.rows, sheet.tops, strict=True):
            for box in row.boxes():
                assert strays(box) == [], box
                assert box.x >= 0
                assert box.x + box.w <= sheet.width + 0.01
                assert top + box.y + box.h <= sheet.height + 0.01


@QUIET
@given(document=documents())
def test_equal_documents_give_equal_sheets(document: Document, typesetter: Typesetter) -> None:
    journey = first_journey(document)
    if journey is not None:
        again = Document(dict(reversed(list(document.elements.items()))))
        assert layout(document, journey, typesetter=typesetter) == layout(
            again, journey, typesetter=typesetter
        )


def _later(document: Document, journey: str, card: str) -> list[str]:
    """The columns in which the span of a card may end."""
    column = document.need(card, Card).place.column
    order = [t.id for s in document.children(journey, Stage) for t in document.children(s.id, Touchpoint)]
    return order[order.index(column) :] if column in order else [column]


def _edit(document: Document, journey: str, data: st.DataObject, number: int) -> Document:
    """One random edit of a map, as a person might make it."""
    new_id = counting_ids(f"n{number}-")
    cards = sorted(i for i, e in document.elements.items() if isinstance(e, Card))
    stages = [s.id for s in document.children(journey, Stage)]
    touchpoints = [t.id for s in stages for t in document.children(s, Touchpoint)]
    lanes = [lane.id for lane in document.children(journey, Lane)]

    def pick(ids: list[str]) -> str:
        return data.draw(st.sampled_from(ids))

    def span() -> Change:
        card = pick(cards)
        return set_until(document, card, pick(_later(document, journey, card)))

    edits = [lambda: set_fields(document, [journey], title=f"Map {number}")]
    if touchpoints:
        edits += [
            lambda: move_touchpoints(document, [pick(touchpoints)], pick(stages)),
            lambda: move_stages(document, [pick(stages)]),
            lambda: add_card(
                document, pick(lanes), pick(touchpoints), type="note", text="new", new_id=new_id
            ),
        ]
    if touchpoints and cards:
        edits += [
            lambda: set_fields(document, [pick(cards)], text="grown " * number),
            lambda: set_fields(document, [pick(cards)], valence=data.draw(st.integers(-20, 20)) * 5),
            lambda: move_cards(document, [pick(cards)], pick(lanes), pick(touchpoints)),
            lambda: add_link(document, pick(cards), pick(touchpoints), label="then", new_id=new_id),
            lambda: delete(document, [pick(cards + touchpoints)]),
            span,
        ]
    return apply(document, data.draw(st.sampled_from(edits))())


@QUIET
@given(data=st.data())
def test_a_sheet_after_edits_equals_one_from_scratch(data: st.DataObject, typesetter: Typesetter) -> None:
    document, journey = make_map(
        data.draw(st.integers(1, 12)), cards_each=3, seed=data.draw(st.integers(0, 5))
    )
    sheet: Sheet | None = None
    for number in range(6):
        sheet = layout(document, journey, previous=sheet, typesetter=typesetter)
        assert sheet == layout(document, journey, typesetter=typesetter)
        document = _edit(document, journey, data, number)
    assert layout(document, journey, previous=sheet, typesetter=typesetter) == layout(
        document, journey, typesetter=typesetter
    )


def test_an_edit_of_one_card_keeps_the_other_rows(typesetter: Typesetter) -> None:
    document, journey = make_map(20)
    before = layout(document, journey, typesetter=typesetter)
    pain = next(e for e in document.elements.values() if isinstance(e, Card) and e.type == "pain point")
    after = layout(
        apply(document, set_fields(document, [pain.id], text="Much longer than it was. " * 8)),
        journey, previous=before, typesetter=typesetter,
    )  # fmt: skip
    changed = [row.id for row, old in zip(after.rows, before.rows, strict=True) if row is not old]
    assert changed == [pain.place.lane]
    assert after.height > before.height


def test_a_document_that_did_not_change_gives_the_very_same_sheet(typesetter: Typesetter) -> None:
    document, journey = make_map(5)
    sheet = layout(document, journey, typesetter=typesetter)
    assert layout(document, journey, previous=sheet, typesetter=typesetter) is sheet


def test_forty_feelings_in_one_cell_stand_apart_at_their_heights(typesetter: Typesetter) -> None:
    document, journey = make_map(1, cards_each=0)
    lane = next(x for x in document.children(journey, Lane) if x.type == "emotion")
    touchpoint = document.children(document.children(journey, Stage)[0].id, Touchpoint)[0]
    new_id = counting_ids("e")
    for i in range(40):
        change = add_card(
            document,
            lane.id,
            touchpoint.id,
            type="emotion",
            text=f"felt {i}",
            valence=-60 + i % 3,
            new_id=new_id,
        )
        document = apply(document, change)
    sheet = layout(document, journey, typesetter=typesetter)
    assert overlaps(frames_of_sheet(sheet)) == []
    row = sheet.rows[sheet.row_by_id[lane.id]]
    faces = [box for box in row.boxes() if box.role == "face"]
    assert len(faces) == 40
    for box in faces:
        valence = document.need(box.id, Card).valence
        assert valence is not None
        assert box.y + box.h / 2 == pytest.approx(height_of(valence, Options().plot))


@pytest.mark.parametrize("valence", [-100, -40, 0, 5, 100])
def test_height_and_valence_undo_each_other(valence: int) -> None:
    assert valence_at(height_of(valence, 168), 168) == pytest.approx(valence)


def test_a_gap_in_feeling_is_a_gap_in_the_line(typesetter: Typesetter) -> None:
    document, journey = make_map(3)
    lane = next(x for x in document.children(journey, Lane) if x.type == "emotion")
    columns = layout(document, journey, typesetter=typesetter).columns
    cards = [
        id_ for id_ in document.index.lane(lane.id) if document.need(id_, Card).place.column == columns[1].id
    ]
    without = apply(document, delete(document, cards))
    row = next(r for r in layout(without, journey, typesetter=typesetter).rows if r.id == lane.id)
    assert [bool(shapes) for shapes in row.backdrop] == [False, False, False]
    both = next(r for r in layout(document, journey, typesetter=typesetter).rows if r.id == lane.id)
    assert all(both.backdrop)


def test_a_hidden_lane_is_not_drawn(typesetter: Typesetter) -> None:
    document, journey = make_map(2)
    lane = document.children(journey, Lane)[2]
    hidden = apply(document, set_fields(document, [lane.id], hidden=True))
    assert lane.id not in layout(hidden, journey, typesetter=typesetter).row_by_id
    assert lane.id in layout(hidden, journey, Options(show_hidden=True), typesetter=typesetter).row_by_id


def test_what_lies_at_a_point_is_found(typesetter: Typesetter) -> None:
    document, journey = make_map(4)
    sheet = layout(document, journey, typesetter=typesetter)
    for row, top in zip(sheet.rows, sheet.tops, strict=True):
        for box in row.boxes():
            if box.id:
                hit = sheet.hit(box.x + box.w / 2, top + box.y + box.h / 2)
                assert hit.box is not None
                assert hit.box.id == box.id
                assert (box, top) in list(sheet.find(box.id))


@pytest.mark.parametrize("blank", [" ", "\u3000", "\u00a0", "\u2028", "• ", "\u200b", "\u202e"])
def test_texts_of_nothing_to_see_are_laid_out_and_paged(blank: str, typesetter: Typesetter) -> None:
    document = small_map()
    for id_, element in document.elements.items():
        for field in ("title", "name", "text", "label", "scenario"):
            if field in type(element).model_fields:
                document = apply(document, set_fields(document, [id_], **{field: blank}))
    document = apply(document, set_fields(document, ["L"], label=blank))
    sheet = layout(document, "J", typesetter=typesetter)
    assert {link.id for link in sheet.links} == {"L"}
    assert len(paginate(sheet, PAPERS["A4"])) == 1


def test_lines_of_several_personas_are_named_in_the_legend(typesetter: Typesetter) -> None:
    document, journey = make_map(3)
    new_id = counting_ids("p")
    change = add_persona(document, name="Bea", new_id=new_id)
    document = apply(document, change)
    people = (*document.need(journey, Journey).who, change.added[0])
    document = apply(document, set_fields(document, [journey], who=people))

    def legend(doc: Document) -> str:
        row = layout(doc, journey, typesetter=typesetter).rows[-1]
        return " ".join(line.text for box in row.boxes() for line in box.lines)

    assert "Bea" not in legend(document)
    card = next(e for e in document.elements.values() if isinstance(e, Card) and e.type == "emotion")
    document = apply(document, set_fields(document, [card.id], who=(people[0],), valence=95))
    assert "Emotion of Bea" in legend(document)
    assert "Emotion of Anna Keller" in legend(document)
