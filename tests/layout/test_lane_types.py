"""A type of lane or card is one row of the registry: what it shows is drawn, wherever its name is new."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from cxmapper.edit.change import apply
from cxmapper.edit.operations import add_card, add_lane, set_fields
from cxmapper.edit.rules import may_lie
from cxmapper.layout.arrange import layout
from cxmapper.layout.options import Options
from cxmapper.layout.sheet import Sheet
from cxmapper.layout.text import Typesetter
from cxmapper.locale import msg
from cxmapper.model import kinds
from cxmapper.model.elements import Lane
from cxmapper.model.kinds import LaneType, Shows
from tests.make import counting_ids, make_map

NEW = "brand new"


def with_new_lane(monkeypatch: pytest.MonkeyPatch, shows: Shows, typesetter: Typesetter) -> Sheet:
    """The sheet of a map with a lane of a type that only the registry knows; the lane is `new1`."""
    types = {**kinds.LANE_TYPES, NEW: LaneType(NEW, msg("Brand new"), shows)}
    monkeypatch.setattr(kinds, "LANE_TYPES", MappingProxyType(types))
    document, journey = make_map(3)
    document = apply(document, add_lane(document, journey, type=NEW, new_id=counting_ids()))
    return layout(document, journey, Options(show_legend=False), typesetter=typesetter)


def twin(shows: Shows) -> str:
    """The first type in the registry that shows the same."""
    return next(t.name for t in kinds.LANE_TYPES.values() if t.shows is shows)


@pytest.mark.parametrize("shows", list(Shows))
def test_a_new_type_of_lane_is_drawn_as_what_it_shows(
    shows: Shows, typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = with_new_lane(monkeypatch, shows, typesetter)
    document, journey = make_map(3)
    lane = add_lane(document, journey, type=twin(shows), title="Brand new", new_id=counting_ids())
    other = layout(apply(document, lane), journey, Options(show_legend=False), typesetter=typesetter)
    row, like = sheet.rows[-1], other.rows[-1]
    assert (row.id, row.type, like.type) == (like.id, NEW, twin(shows))
    assert [[b.role for b in cell] for cell in row.cells] == [[b.role for b in cell] for cell in like.cells]
    assert row.ground == like.ground
    assert bool(row.header) == bool(like.header)


def test_what_shows_emotions_takes_emotions_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    types = {**kinds.LANE_TYPES, NEW: LaneType(NEW, msg("Brand new"), Shows.EMOTIONS)}
    monkeypatch.setattr(kinds, "LANE_TYPES", MappingProxyType(types))
    document, journey = make_map(1)
    document = apply(document, add_lane(document, journey, type=NEW, new_id=counting_ids()))
    (lane,) = (x.id for x in document.children(journey, Lane) if x.type == NEW)
    assert may_lie(document, "emotion", lane, "touchpoint-0")
    assert not may_lie(document, "note", lane, "touchpoint-0")
    change = add_card(document, lane, "touchpoint-0", type="note", new_id=lambda: "felt")
    assert getattr(apply(document, change)["felt"], "type", "") == "emotion"


def test_an_unknown_type_of_lane_holds_cards_and_an_unknown_card_is_a_grey_note(
    typesetter: Typesetter,
) -> None:
    document, journey = make_map(1)
    (card, *_) = document.index.lane("lane-2")
    document = apply(document, set_fields(document, ["lane-2"], type="smells"))
    document = apply(document, set_fields(document, [card], type="riddle"))
    ((box, _),) = layout(document, journey, typesetter=typesetter).find(card)
    assert box.role == "card"
    assert {getattr(s, "fill", None) for s in box.shapes} >= {"unknown"}
    assert kinds.card_type("riddle").colour == "unknown"


def test_severity_and_moments_of_truth_are_drawn(typesetter: Typesetter) -> None:
    document, journey = make_map(1)
    (card, *_) = document.index.lane("lane-2")

    def shapes(id_: str, role: str, **fields: object) -> int:
        edited = apply(document, set_fields(document, [id_], **fields))
        found = layout(edited, journey, typesetter=typesetter).find(id_)
        return next(len(box.shapes) for box, _ in found if box.role == role)

    assert shapes(card, "card", severity=3) == shapes(card, "card", severity=None) + 3
    plain = shapes("touchpoint-0", "touchpoint", moment_of_truth=False)
    assert shapes("touchpoint-0", "touchpoint", moment_of_truth=True) > plain
