"""Scores that come in are drawn on the axis of the emotions, and only what differs is laid out again."""

from __future__ import annotations

import pytest

from cxmapper.edit.change import apply
from cxmapper.edit.operations import set_valence
from cxmapper.layout.arrange import layout
from cxmapper.layout.axis import height_of
from cxmapper.layout.measured import GAP, Measured
from cxmapper.layout.options import Options
from cxmapper.layout.sheet import Path, Row, Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import Document
from cxmapper.model.elements import Card
from tests.layout.shown import strays
from tests.make import make_map

PLOT = Options().plot


@pytest.fixture(scope="module")
def made() -> tuple[Document, str]:
    return make_map(6)


def emotions(sheet: Sheet) -> Row:
    return next(row for row in sheet.rows if row.type == "emotion")


def targets(sheet: Sheet, column: int) -> list[Path]:
    """The shapes of a column in the colour of what was measured."""
    shapes = emotions(sheet).backdrop[column]
    return [s for s in shapes if isinstance(s, Path) and "target" in (s.fill, s.stroke)]


def words(sheet: Sheet) -> set[str]:
    return {line.text for row in sheet.rows for box in row.boxes() for line in box.lines}


def test_the_diamond_stands_at_its_score_and_the_whisker_spans_the_interval(
    made: tuple[Document, str], typesetter: Typesetter
) -> None:
    document, journey = made
    column = layout(document, journey, typesetter=typesetter).columns[2]
    sheet = layout(document, journey, measured={column.id: Measured(40, 20, 55)}, typesetter=typesetter)
    whisker, diamond = targets(sheet, 2)
    assert [step[2] for step in whisker.steps] == [height_of(20, PLOT), height_of(55, PLOT)]
    heights = [float(step[2]) for step in diamond.steps[:-1]]
    assert sum(heights) / 4 == pytest.approx(height_of(40, PLOT))
    assert not targets(sheet, 1)
    assert not targets(sheet, 3)
    assert "Measured, with its interval" in words(sheet)


def test_neighbours_are_joined_by_dashes_that_meet_at_the_border(
    made: tuple[Document, str], typesetter: Typesetter
) -> None:
    document, journey = made
    columns = layout(document, journey, typesetter=typesetter).columns
    measured = {columns[1].id: Measured(40, 20, 55), columns[2].id: Measured(-20, -40, 0)}
    sheet = layout(document, journey, measured=measured, typesetter=typesetter)
    left, right = (next(s for s in targets(sheet, i) if s.dash) for i in (1, 2))
    assert left.steps[-1][1:] == right.steps[0][1:]


def test_only_a_disagreement_is_shaded(made: tuple[Document, str], typesetter: Typesetter) -> None:
    document, journey = made
    columns = layout(document, journey, typesetter=typesetter).columns
    here = Measured(90, 80, 95)
    measured = {columns[1].id: here, columns[2].id: here._replace(disagrees=True)}
    sheet = layout(document, journey, measured=measured, typesetter=typesetter)
    backdrop = emotions(sheet).backdrop

    def shaded(i: int) -> bool:
        return any(isinstance(s, Path) and s.fill == "target-tint" for s in backdrop[i])

    assert [shaded(i) for i in range(4)] == [False, False, True, False]


def test_the_first_tier_has_a_badge_that_no_word_lies_under(
    made: tuple[Document, str], typesetter: Typesetter
) -> None:
    document, journey = made
    plain = layout(document, journey, typesetter=typesetter)
    column = plain.columns[0]
    sheet = layout(
        document, journey, measured={column.id: Measured(0, -5, 5, first=True)}, typesetter=typesetter
    )
    (box, _), (before, _) = (next(s.find(column.id)) for s in (sheet, plain))
    assert len(box.shapes) == len(before.shapes) + 2
    assert strays(box) == []
    disc = box.shapes[-2]
    assert isinstance(disc, Path)
    left = min(float(step[1]) for step in disc.steps if len(step) == 3)
    top = max(float(step[2]) for step in disc.steps if len(step) == 3)
    assert all(line.x + line.width <= left for line in box.lines if line.y - line.type.size < top)
    assert "Gap to the target, beyond chance" in words(sheet)
    assert GAP not in words(sheet)


def test_scores_that_arrive_later_give_the_same_sheet(
    made: tuple[Document, str], typesetter: Typesetter
) -> None:
    document, journey = made
    before = layout(document, journey, typesetter=typesetter)
    measured = {
        c.id: Measured(10 * i - 20, 10 * i - 30, 10 * i, disagrees=i == 2, first=i == 3)
        for i, c in enumerate(before.columns)
    }
    after = layout(document, journey, measured=measured, previous=before, typesetter=typesetter)
    assert after == layout(document, journey, measured=measured, typesetter=typesetter)
    assert layout(document, journey, previous=after, typesetter=typesetter) == before
    same = layout(document, journey, measured=dict(measured), previous=after, typesetter=typesetter)
    assert same is after


def test_lanes_without_scores_are_taken_over(made: tuple[Document, str], typesetter: Typesetter) -> None:
    document, journey = made
    before = layout(document, journey, typesetter=typesetter)
    measured = {before.columns[0].id: Measured(10, 0, 20)}
    after = layout(document, journey, measured=measured, previous=before, typesetter=typesetter)
    kept = [a.type for a, b in zip(after.rows, before.rows, strict=True) if a is b]
    assert kept.count("cards") == sum(row.type == "cards" for row in before.rows)


def test_a_feeling_moved_beside_a_disagreement_is_drawn_as_from_scratch(
    made: tuple[Document, str], typesetter: Typesetter
) -> None:
    document, journey = made
    first = layout(document, journey, typesetter=typesetter)
    measured = {c.id: Measured(60, 50, 70, disagrees=True) for c in first.columns}
    sheet = layout(document, journey, measured=measured, typesetter=typesetter)
    card = next(c for c in document.elements.values() if isinstance(c, Card) and c.valence is not None)
    edited = apply(document, set_valence(document, card.id, -95))
    again = layout(edited, journey, measured=measured, previous=sheet, typesetter=typesetter)
    assert again == layout(edited, journey, measured=measured, typesetter=typesetter)
