"""Order keys for gaps in a row, also where a merge left siblings with equal keys."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cxmapper.edit.change import apply
from cxmapper.edit.operations import add_stage, move_stages
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Stage
from cxmapper.model.fields import Place
from tests.make import counting_ids
from tests.strategies import KEYS


def row_of(keys: list[str]) -> Document:
    """A journey with stages s0, s1 … that have these keys."""
    stages = [Stage(id=f"s{i}", place=Place("J", key)) for i, key in enumerate(keys)]
    journey = Journey(id="J", place=Place(None, "a0"))
    return Document({element.id: element for element in (journey, *stages)})


def order(document: Document) -> list[str]:
    return list(document.index.children("J", "stage"))


@st.composite
def rows(draw: st.DrawFn) -> tuple[Document, str | None]:
    document = row_of(draw(st.lists(st.sampled_from(KEYS), max_size=6)))
    return document, draw(st.sampled_from([None, *order(document)]))


@given(rows())
def test_a_new_sibling_lies_where_it_was_put_whatever_the_keys(case: tuple[Document, str | None]) -> None:
    document, before = case
    expected = order(document)
    expected.insert(expected.index(before) if before else len(expected), "new1")
    after = apply(document, add_stage(document, "J", before=before, new_id=counting_ids()))
    assert order(after) == expected


@given(rows(), st.data())
def test_siblings_move_where_they_were_put_and_keep_their_order(
    case: tuple[Document, str | None], data: st.DataObject
) -> None:
    document, before = case
    old = order(document)
    if not old:
        return
    moving = data.draw(st.lists(st.sampled_from(old), min_size=1, unique=True))
    after = apply(document, move_stages(document, moving, before=before))
    rest = [id_ for id_ in old if id_ not in moving]
    tail = old[old.index(before) :] if before else []
    at = next((rest.index(id_) for id_ in tail if id_ in rest), len(rest))
    assert order(after) == [*rest[:at], *(id_ for id_ in old if id_ in moving), *rest[at:]]


def test_only_the_tied_siblings_behind_the_gap_get_new_keys() -> None:
    document = row_of(["a0", "a1", "a1", "a1", "a2"])
    change = add_stage(document, "J", before="s2", new_id=counting_ids())
    assert change.ids == {"new1", "s2", "s3"}
    assert order(apply(document, change)) == ["s0", "s1", "new1", "s2", "s3", "s4"]


def test_one_insertion_touches_one_element() -> None:
    document = row_of(["a0", "a1", "a2"])
    assert add_stage(document, "J", before="s1", new_id=counting_ids()).ids == {"new1"}


def test_a_move_to_where_it_is_changes_nothing() -> None:
    document = row_of(["a0", "a0G", "a1"])
    assert not move_stages(document, ["s1"], before="s2")
    assert not move_stages(document, ["s1"], before="s1")
    assert not move_stages(document, ["s2"])
    assert not move_stages(document, ["s0", "s1"], before="s2")
