"""Changes: applied, taken back, composed, and refused where they do not fit."""

from __future__ import annotations

import pytest

from cxmapper.edit.change import NO_CHANGE, Change, Draft, StaleChange, apply, difference
from cxmapper.edit.operations import delete, set_fields
from cxmapper.model.document import EMPTY
from cxmapper.model.elements import Stage
from cxmapper.model.index import Index
from tests.make import small_map

MAP = small_map()


def renamed(title: str) -> Change:
    return set_fields(MAP, ["A"], title=title)


def test_applying_a_change_leaves_the_document_as_it_was() -> None:
    after = apply(MAP, renamed("New"))
    assert after.need("A", Stage).title == "New"
    assert MAP.need("A", Stage).title == "Before"
    assert after["B"] is MAP["B"]


def test_the_inverse_takes_back_even_a_cascade() -> None:
    change = delete(MAP, ["A"])
    assert apply(apply(MAP, change), change.inverse()) == MAP


def test_a_stale_change_is_refused_and_changes_nothing() -> None:
    change = renamed("New")
    elsewhere = apply(MAP, renamed("Other"))
    with pytest.raises(StaleChange):
        apply(elsewhere, change)
    with pytest.raises(StaleChange):
        apply(EMPTY, change)
    with pytest.raises(StaleChange):
        apply(MAP, delete(MAP, ["A"]).inverse())
    assert elsewhere.need("A", Stage).title == "Other"


def test_an_equal_element_that_is_another_object_is_not_stale() -> None:
    twin = apply(small_map(), renamed("New"))
    assert twin.need("A", Stage).title == "New"


def test_two_changes_make_one_and_what_ends_where_it_began_is_left_out() -> None:
    there = renamed("New")
    after = apply(MAP, there)
    back = set_fields(after, ["A"], title="Before")
    both = there.then(set_fields(after, ["B"], title="Second"))
    assert both.ids == {"A", "B"}
    assert apply(MAP, both)["B"].caption == "Second"
    assert not there.then(back)
    assert NO_CHANGE.then(there) == there


def test_what_is_added_and_removed() -> None:
    gone = delete(MAP, ["C"])
    assert set(gone.removed) == {"C", "c1", "L"}
    assert gone.added == ()
    assert set(gone.inverse().added) == {"C", "c1", "L"}


def test_the_difference_of_two_documents_leads_from_one_to_the_other() -> None:
    other = apply(apply(MAP, delete(MAP, ["B", "p1"])), Change())
    change = difference(MAP, other)
    assert apply(MAP, change) == other
    assert not difference(MAP, small_map())


def test_a_draft_says_only_what_it_changed() -> None:
    draft = Draft(MAP)
    draft.update("A", title="New")
    draft.update("A", title="Before")
    draft.update("B", title="Second")
    draft.remove(["never-was"])
    assert draft.change().ids == {"B"}
    with pytest.raises(KeyError):
        draft.update("never-was", title="x")


def test_the_index_follows_and_the_old_one_stays() -> None:
    old = MAP.index
    kept = Index.of(MAP.elements)
    after = apply(MAP, delete(MAP, ["A", "P"]))
    assert after.index == Index.of(after.elements)
    assert old == kept
