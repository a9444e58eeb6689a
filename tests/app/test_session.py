from __future__ import annotations

from pytestqt.qtbot import QtBot

from cxmapper.app.palette_items import face_items, from_bytes, palette_items, to_bytes
from cxmapper.app.session import Session
from cxmapper.edit import operations
from cxmapper.locale import msg
from cxmapper.model.elements import Journey, Touchpoint
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
