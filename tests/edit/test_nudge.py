from __future__ import annotations

import pytest

from cxmapper.edit.change import apply
from cxmapper.edit.nudge import Direction, nudge
from cxmapper.edit.operations import add_card, add_journey, add_lane, add_stage, add_touchpoint
from cxmapper.model.columns import columns, lanes, stages
from cxmapper.model.document import EMPTY, Document
from cxmapper.model.elements import Card, Lane


class Ids:
    def __init__(self) -> None:
        self.n = 0

    def __call__(self) -> str:
        self.n += 1
        return f"id{self.n}"


@pytest.fixture
def document() -> Document:
    """Stages A (a1, a2), B (none), C (c1); lanes of a new map and one more."""
    new_id = Ids()
    document = apply(EMPTY, add_journey(EMPTY, title="Map", new_id=new_id))
    journey = "id1"
    for title in "ABC":
        document = apply(document, add_stage(document, journey, title=title, new_id=lambda t=title: t))
    for stage, name in (("A", "a1"), ("A", "a2"), ("C", "c1")):
        document = apply(document, add_touchpoint(document, stage, title=name, new_id=lambda n=name: n))
    document = apply(document, add_lane(document, journey, title="More", new_id=lambda: "more"))
    pains = _lane(document, "pain point")
    for name, column in (("x", "a1"), ("y", "a1"), ("z", "a2")):
        change = add_card(document, pains, column, type="pain point", text=name, new_id=lambda n=name: n)
        document = apply(document, change)
    emotion = _lane(document, "emotion")
    change = add_card(document, emotion, "a1", type="emotion", valence=95, new_id=lambda: "joy")
    return apply(document, change)


def _lane(document: Document, offers: str) -> str:
    return next(e.id for e in document.elements.values() if isinstance(e, Lane) and e.offers == offers)


def _after(document: Document, ids: list[str], direction: Direction) -> Document:
    return apply(document, nudge(document, ids, direction))


def test_stages_move_past_one_another_and_stop_at_the_ends(document: Document) -> None:
    assert stages(_after(document, ["B"], "left"), "id1") == ("B", "A", "C")
    assert stages(_after(document, ["A", "B"], "right"), "id1") == ("C", "A", "B")
    assert not nudge(document, ["A"], "left")
    assert not nudge(document, ["C"], "right")
    assert not nudge(document, ["A"], "up")


def test_touchpoints_move_within_their_stage_and_then_into_the_next(document: Document) -> None:
    assert columns(_after(document, ["a1"], "right"), "id1") == ("a2", "a1", "B", "c1")
    assert columns(_after(document, ["a2"], "right"), "id1") == ("a1", "a2", "c1")
    moved = _after(document, ["a2"], "right")
    assert moved["a2"].place.parent == "B"  # type: ignore[attr-defined]
    assert columns(_after(document, ["c1"], "left"), "id1") == ("a1", "a2", "c1", "C")
    assert not nudge(document, ["a1"], "left")


def test_cards_move_to_the_next_column_cell_by_cell(document: Document) -> None:
    pains = _lane(document, "pain point")
    moved = _after(document, ["x", "y"], "right")
    assert moved.index.cell(pains, "a2") == ("z", "x", "y")
    both = _after(document, ["y", "z"], "right")
    assert both.index.cell(pains, "a2") == ("y",)
    assert both.index.cell(pains, "B") == ("z",)
    assert not nudge(document, ["x"], "left")


def test_cards_move_within_their_cell_and_then_to_the_next_lane_that_takes_them(document: Document) -> None:
    pains, chances = _lane(document, "pain point"), _lane(document, "opportunity")
    assert _after(document, ["x"], "down").index.cell(pains, "a1") == ("y", "x")
    assert _after(document, ["y"], "down").index.cell(chances, "a1") == ("y",)
    # Above lie the emotion and the touchpoints, which take no such cards.
    assert not nudge(document, ["x"], "up")


def test_an_emotion_goes_up_by_its_valence_and_stops_at_100(document: Document) -> None:
    assert _after(document, ["joy"], "down").need("joy", Card).valence == 90
    top = _after(document, ["joy"], "up")
    assert top.need("joy", Card).valence == 100
    assert not nudge(top, ["joy"], "up")


def test_lanes_move_up_and_down(document: Document) -> None:
    before = lanes(document, "id1")
    assert lanes(_after(document, ["more"], "up"), "id1") == (*before[:3], "more", before[3])
    assert not nudge(document, ["more"], "down")


def test_a_mixed_selection_stays(document: Document) -> None:
    assert not nudge(document, ["A", "a1"], "right")
    assert not nudge(document, [], "right")


def test_moving_there_and_back_gives_the_same_order(document: Document) -> None:
    there = _after(document, ["z"], "right")
    back = _after(there, ["z"], "left")
    assert [back.index.cell(_lane(back, "pain point"), c) for c in ("a1", "a2")] == [("x", "y"), ("z",)]
