from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cxmapper.app.edits import Edits
from cxmapper.app.palette_items import face_items, from_bytes, palette_items, to_bytes
from cxmapper.app.session import Session
from cxmapper.edit import operations
from cxmapper.locale import msg
from cxmapper.model.elements import Journey, Lane, Stage, Touchpoint
from cxmapper.model.ids import new_id
from cxmapper.model.kinds import CARD_TYPES


def test_undo_shows_the_map_it_touches_and_what_was_selected(session: Session) -> None:
    first, second = [j.id for j in session.document.children(None, Journey)][:2]
    session.show_journey(second)
    change = operations.set_fields(session.document, [second], title="Other")
    session.do(msg("Rename"), change, selects=[second])
    session.show_journey(first)
    session.undo()
    assert session.journey == second
    session.show_journey(first)
    session.redo()
    assert session.journey == second
    assert session.selection == {second}


def test_a_deleted_map_gives_way_to_another_and_undo_brings_it_back(session: Session) -> None:
    shown = session.journey
    assert shown is not None
    session.do(msg("Delete"), operations.delete(session.document, [shown]))
    assert session.journey is not None
    assert session.journey != shown
    session.undo()
    assert session.journey == shown


def test_without_a_map_left_none_is_shown(session: Session) -> None:
    everything = [j.id for j in session.document.children(None, Journey)]
    session.do(msg("Delete"), operations.delete(session.document, everything))
    assert session.journey is None
    session.do(msg("Add"), operations.add_journey(session.document, title="New", new_id=new_id))
    assert session.journey is not None


def test_the_selection_never_holds_what_is_gone(session: Session, qtbot: QtBot) -> None:
    chosen = next(e.id for e in session.document.elements.values() if isinstance(e, Touchpoint))
    session.select([chosen, "nobody"])
    assert session.selection == {chosen}
    with qtbot.waitSignal(session.selection_changed):
        session.do(msg("Delete"), operations.delete(session.document, [chosen]))
    assert not session.selection
    session.undo()
    assert session.selection == {chosen}


def test_undo_during_a_gesture_does_nothing(session: Session) -> None:
    gesture = session.editor.begin(msg("Drag"))
    session.undo()
    gesture.cancel()
    assert session.clean


def test_an_error_while_it_tells_of_a_change_does_not_last(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("of a test")

    assert session.journey is not None
    rename = operations.set_fields(session.document, [session.journey], title="Other")
    with monkeypatch.context() as patch:
        patch.setattr(session, "settle", fail)
        with pytest.raises(RuntimeError):
            session.do(msg("Rename"), rename)
    assert not session.telling


def test_what_is_hidden_is_not_selected_with_all(session: Session) -> None:
    assert session.journey is not None
    edits = Edits(session)
    lane = next(x for x in session.document.children(session.journey, Lane) if x.offers == "pain point")
    cards = set(session.document.index.lane(lane.id))
    edits.select_all()
    assert cards <= session.selection
    edits.set_lane_hidden(lane.id, True)
    edits.select_all()
    assert cards.isdisjoint(session.selection)
    assert len(session.selection) > 20


def test_the_copies_of_what_was_chosen_are_selected_and_not_what_hangs_under_them(session: Session) -> None:
    document = session.document
    first, second = document.children(session.journey, Stage)[:2]
    touchpoint = document.children(second.id, Touchpoint)[0]
    assert document.children(first.id, Touchpoint)
    Edits(session).duplicate([first.id, touchpoint.id])
    new = [session.document[i] for i in session.selection]
    assert sorted(e.kind for e in new) == ["stage", "touchpoint"]
    assert {e.place.parent for e in new if isinstance(e, Touchpoint)} == {second.id}


def test_every_card_type_of_the_palette_is_offered_once_and_survives_a_drag() -> None:
    items = palette_items()
    assert sorted(i.type for i in items if i.kind == "card") == sorted(
        t.name for t in CARD_TYPES.values() if t.in_palette
    )
    assert [i.key for i in items[:5]] == [
        "stage", "touchpoint", "card/emotion", "card/pain point", "card/opportunity",
    ]  # fmt: skip
    for item in (*items, *face_items()):
        assert from_bytes(to_bytes(item)) == item
    assert from_bytes(b'{"kind": "card", "type": "<b>", "valence": null}') is None
    assert from_bytes(b"[1]") is None
