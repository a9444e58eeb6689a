"""The editor: steps, gestures, the clean mark, selection, and listeners that only look."""

from __future__ import annotations

import pytest

from cxmapper.edit.change import Change, StaleChange
from cxmapper.edit.editor import Editor, EditRefused
from cxmapper.edit.operations import add_stage, delete, move_cards, set_fields
from cxmapper.locale import msg
from cxmapper.model.document import Document
from cxmapper.model.elements import Card
from tests.make import counting_ids, small_map

STEP = msg("Step")


@pytest.fixture
def editor() -> Editor:
    return Editor(small_map(), new_id=counting_ids())


def rename(editor: Editor, title: str, merge_key: object = None) -> None:
    editor.do(msg("Rename to {title}", title=title), set_fields(editor.document, ["A"], title=title),
              merge_key=merge_key)  # fmt: skip


def title(editor: Editor) -> str:
    return editor.document["A"].caption


def test_undo_and_redo_name_their_steps(editor: Editor) -> None:
    assert (editor.can_undo, editor.undo_label, editor.undo()) == (False, None, None)
    rename(editor, "One")
    rename(editor, "Two")
    assert str(editor.undo_label) == "Rename to Two"
    step = editor.undo()
    assert step is not None
    assert str(step.label) == "Rename to Two"
    assert title(editor) == "One"
    assert (str(editor.undo_label), str(editor.redo_label)) == ("Rename to One", "Rename to Two")
    editor.redo()
    assert title(editor) == "Two"
    assert editor.redo() is None


def test_a_new_edit_forgets_what_was_undone(editor: Editor) -> None:
    rename(editor, "One")
    editor.undo()
    rename(editor, "Two")
    assert not editor.can_redo
    assert editor.redo_label is None


def test_an_empty_change_is_no_step_and_keeps_what_was_undone(editor: Editor) -> None:
    rename(editor, "One")
    editor.undo()
    rename(editor, "Before")
    assert not editor.can_undo
    assert editor.can_redo


def test_a_stale_change_is_refused_and_leaves_everything(editor: Editor) -> None:
    change = set_fields(editor.document, ["A"], title="Late")
    rename(editor, "One")
    document, told = editor.document, list[Change]()
    editor.subscribe(told.append)
    with pytest.raises(StaleChange):
        editor.do(STEP, change, selects=frozenset({"B"}))
    assert editor.document is document
    assert editor.selection == frozenset()
    assert told == []
    assert str(editor.undo_label) == "Rename to One"


def test_history_is_bounded_and_forgets_the_oldest(editor: Editor) -> None:
    short = Editor(small_map(), limit=10)
    for i in range(25):
        rename(short, f"Title {i}")
    undone = 0
    while short.undo():
        undone += 1
    assert undone == 10
    assert title(short) == "Title 14"
    assert not short.clean


# The clean mark


def test_clean_means_the_marked_state_and_no_other(editor: Editor) -> None:
    assert editor.clean
    rename(editor, "One")
    assert not editor.clean
    editor.mark_clean()
    assert editor.clean
    rename(editor, "Two")
    editor.undo()
    assert editor.clean
    editor.undo()
    assert not editor.clean
    editor.redo()
    assert editor.clean


def test_undone_past_the_mark_and_edited_anew_nothing_is_clean(editor: Editor) -> None:
    rename(editor, "One")
    editor.mark_clean()
    editor.undo()
    rename(editor, "Other")
    assert not editor.clean
    editor.undo()
    assert not editor.clean
    editor.redo()
    assert not editor.clean
    editor.mark_clean()
    assert editor.clean


def test_a_mark_on_the_oldest_state_survives_forgetting(editor: Editor) -> None:
    short = Editor(small_map(), limit=3)
    rename(short, "Saved")
    short.mark_clean()
    for i in range(3):
        rename(short, f"Title {i}")
    while short.undo():
        assert not (short.can_undo and short.clean)
    assert title(short) == "Saved"
    assert short.clean


# Merging


def test_typing_is_one_step(editor: Editor) -> None:
    for text in ("W", "Wa", "Wai", "Wait"):
        rename(editor, text, merge_key=("A", "title"))
    assert title(editor) == "Wait"
    editor.undo()
    assert title(editor) == "Before"
    assert not editor.can_undo
    editor.redo()
    assert title(editor) == "Wait"


@pytest.mark.parametrize("between", ["seal", "mark_clean", "undo_redo", "other key", "gesture"])
def test_typing_ends_at(editor: Editor, between: str) -> None:
    rename(editor, "One", merge_key="A")
    if between == "seal":
        editor.seal()
    elif between == "mark_clean":
        editor.mark_clean()
    elif between == "undo_redo":
        editor.undo()
        editor.redo()
    elif between == "gesture":
        editor.begin(STEP).commit()
    rename(editor, "Two", merge_key="B" if between == "other key" else "A")
    editor.undo()
    assert title(editor) == "One"
    assert editor.clean is (between == "mark_clean")


def test_typing_back_to_the_start_leaves_no_step(editor: Editor) -> None:
    rename(editor, "Beforehand", merge_key="A")
    rename(editor, "Before", merge_key="A")
    assert not editor.can_undo
    assert editor.clean


# Gestures


def test_a_gesture_is_one_step(editor: Editor) -> None:
    with editor.gesture(msg("Move card")):
        for column in ("a2", "a3", "b1"):
            editor.do(STEP, move_cards(editor.document, ["p1"], "pains", column))
        rename(editor, "During a gesture")
    assert str(editor.undo_label) == "Move card"
    editor.undo()
    assert editor.document == small_map()
    assert not editor.can_undo


def test_a_gesture_that_fails_or_is_cancelled_leaves_nothing(editor: Editor) -> None:
    rename(editor, "One")
    editor.undo()
    with pytest.raises(ZeroDivisionError), editor.gesture(STEP):
        _fail_after_an_edit(editor)
    gesture = editor.begin(STEP)
    rename(editor, "Cancelled")
    gesture.cancel()
    assert editor.document == small_map()
    assert editor.can_redo
    assert not editor.can_undo
    assert editor.clean


def _fail_after_an_edit(editor: Editor) -> None:
    rename(editor, "Rolled back")
    raise ZeroDivisionError


def test_a_gesture_cancelled_inside_its_block_stays_cancelled(editor: Editor) -> None:
    with editor.gesture(STEP) as gesture:
        rename(editor, "Cancelled")
        gesture.cancel()
        assert not gesture.open
    assert title(editor) == "Before"
    assert not editor.can_undo


def test_a_drag_back_to_its_start_leaves_no_step(editor: Editor) -> None:
    start = editor.document
    gesture = editor.begin(msg("Move card"))
    for column in ("a2", "b1", "C", "a1"):
        gesture.show(move_cards(gesture.start, ["p1"], "pains", column, before=None))
    assert editor.document.index.cell("pains", "a1") == ("p2", "p1")
    gesture.show(move_cards(gesture.start, ["p1"], "pains", "a1", before="p2"))
    gesture.commit()
    assert editor.document == start
    assert not editor.can_undo
    assert editor.clean


def test_a_drag_shows_only_its_last_place(editor: Editor) -> None:
    gesture = editor.begin(msg("Move card"))
    gesture.show(move_cards(gesture.start, ["n1"], "notes", "b2"))
    assert editor.document.need("n1", Card).place.until is None
    gesture.show(move_cards(gesture.start, ["n1"], "notes", "a2"))
    assert editor.document.need("n1", Card).place.until == "b2"
    gesture.commit()
    editor.undo()
    assert editor.document == small_map()


def test_what_is_shown_must_start_where_the_gesture_did(editor: Editor) -> None:
    gesture = editor.begin(STEP)
    gesture.show(move_cards(gesture.start, ["p1"], "pains", "a2"))
    with pytest.raises(StaleChange):
        gesture.show(move_cards(editor.document, ["p1"], "pains", "a3"))
    gesture.cancel()
    assert editor.document == small_map()


def test_gestures_do_not_nest_and_end_once(editor: Editor) -> None:
    gesture = editor.begin(STEP)
    with pytest.raises(EditRefused):
        editor.begin(STEP)
    gesture.commit()
    with pytest.raises(EditRefused):
        gesture.commit()
    with pytest.raises(EditRefused):
        gesture.cancel()
    editor.begin(STEP).cancel()


def test_no_undo_during_a_gesture(editor: Editor) -> None:
    rename(editor, "One")
    editor.undo()
    gesture = editor.begin(STEP)
    rename(editor, "Two")
    assert (editor.can_undo, editor.can_redo, editor.clean) == (False, False, False)
    for refused in (editor.undo, editor.redo, editor.mark_clean):
        with pytest.raises(EditRefused):
            refused()
    gesture.commit()
    assert editor.can_undo


# Selection


def test_undo_and_redo_bring_the_selection_back(editor: Editor) -> None:
    editor.selection = frozenset({"p1", "p2"})
    editor.do(STEP, delete(editor.document, ["p1"]))
    assert editor.selection == {"p2"}
    change = add_stage(editor.document, "J", new_id=editor.new_id)
    editor.do(STEP, change, selects=frozenset(change.added))
    assert editor.selection == {"new1"} == set(change.added)
    editor.undo()
    assert editor.selection == {"p2"}
    editor.undo()
    assert editor.selection == {"p1", "p2"}
    editor.redo()
    assert editor.selection == {"p2"}


def test_a_cancelled_gesture_brings_the_selection_back(editor: Editor) -> None:
    editor.selection = frozenset({"p1"})
    gesture = editor.begin(STEP)
    editor.do(STEP, delete(editor.document, ["p1"]), selects=frozenset({"p2"}))
    gesture.cancel()
    assert editor.selection == {"p1"}


# Listeners


def test_listeners_are_told_every_change_until_they_leave(editor: Editor) -> None:
    told: list[Change] = []
    seen: list[Document] = []
    editor.subscribe(lambda _: seen.append(editor.document))
    leave = editor.subscribe(told.append)
    rename(editor, "One")
    editor.undo()
    assert [change.ids for change in told] == [{"A"}, {"A"}]
    assert told[1] == told[0].inverse()
    assert seen[-1] is editor.document
    leave()
    leave()
    editor.redo()
    assert len(told) == 2


@pytest.mark.parametrize("edit", ["do", "undo", "redo", "begin", "mark_clean"])
def test_listeners_may_not_edit(editor: Editor, edit: str) -> None:
    rename(editor, "Zero")
    rename(editor, "One")
    editor.undo()
    edits = {
        "do": lambda: rename(editor, "Nested"),
        "undo": editor.undo,
        "redo": editor.redo,
        "begin": lambda: editor.begin(STEP),
        "mark_clean": editor.mark_clean,
    }
    editor.subscribe(lambda _: edits[edit]() and None)
    with pytest.raises(EditRefused):
        rename(editor, "Outer")
    assert title(editor) == "Outer"
    assert editor.current_gesture is None
    assert str(editor.undo_label) == "Rename to Outer"


def test_a_listener_that_raises_harms_neither_the_others_nor_the_editor(editor: Editor) -> None:
    told: list[Change] = []

    def fail(_: Change) -> None:
        raise ZeroDivisionError

    leave = editor.subscribe(fail)
    editor.subscribe(told.append)
    with pytest.raises(ZeroDivisionError):
        rename(editor, "One")
    with pytest.raises(ZeroDivisionError):
        editor.undo()
    assert editor.document == small_map()
    assert editor.can_redo
    with pytest.raises(ZeroDivisionError), editor.gesture(STEP):
        rename(editor, "Two")
    assert editor.document == small_map()
    assert editor.current_gesture is None
    leave()
    editor.redo()
    assert title(editor) == "One"
    assert len(told) == 5


def test_several_listeners_that_raise_are_told_together(editor: Editor) -> None:
    def fail(_: Change) -> None:
        raise ZeroDivisionError

    editor.subscribe(fail)
    editor.subscribe(fail)
    editor.subscribe(lambda change: fail(change))
    with pytest.raises(ExceptionGroup) as raised:
        rename(editor, "One")
    assert len(raised.value.exceptions) == 3


def test_a_listener_that_leaves_while_being_told_disturbs_nobody(editor: Editor) -> None:
    told: list[str] = []
    leave = editor.subscribe(lambda _: (told.append("first"), leave())[0])
    editor.subscribe(lambda _: told.append("second"))
    rename(editor, "One")
    rename(editor, "Two")
    assert told == ["first", "second", "second"]
