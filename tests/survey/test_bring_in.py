"""A survey comes into a map once, however often, by whomever and in whatever order it is imported."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmapper.edit.change import apply
from cxmapper.edit.editor import Editor
from cxmapper.edit.operations import (
    add_journey,
    add_persona,
    add_stage,
    add_touchpoint,
    assign,
    bring_in,
    delete,
    forget_name,
    move_touchpoints,
    overlap,
    tallies_of,
    unmatched_names,
    unmatched_personas,
)
from cxmapper.locale import msg
from cxmapper.model.checks import check
from cxmapper.model.columns import stage_of
from cxmapper.model.document import Document
from cxmapper.model.elements import Survey, Tally
from cxmapper.model.names import OTHER
from cxmapper.survey.bring_in import MOST_UNMATCHED, Brought, brought
from cxmapper.survey.counted import Counted, Counts, Group
from cxmapper.survey.match import id_of, match
from tests.make import counting_ids, small_map

MAP = small_map()
SCALE = tuple(str(i) for i in range(11))
Row = tuple[str | None, frozenset[str], str, str]  # persona, touchpoints, month, answer


def counted(rows: list[Row]) -> Counted:
    groups: dict[Group, Counter[str]] = {}
    for persona, names, month, answer in rows:
        group = Group(persona, frozenset(("touchpoint", name) for name in names), month)
        groups.setdefault(group, Counter())[answer] += 1
    return Counted("nps", "generic", "How likely?", SCALE, groups, Counts(n=len(rows)))


SURVEY = id_of(counted([]))


def elements(rows: list[Row], document: Document = MAP, **assigned: str) -> Brought:
    data = counted(rows)
    return brought(data, match(data, document, assigned=assigned), assigned=assigned)


def imported(rows: list[Row], document: Document = MAP, **assigned: str) -> Document:
    came = elements(rows, document, **assigned)
    after = apply(document, bring_in(document, came.survey, came.tallies))
    assert [p for p in check(after) if p.severity == "problem"] == []
    return after


def row(*names: str, month: str = "2026-03", answer: str = "9", persona: str | None = None) -> Row:
    return persona, frozenset(names), month, answer


def pool(document: Document, *nodes: str) -> Counter[str]:
    """The answers whose nodes meet `nodes`, each counted once."""
    total: Counter[str] = Counter()
    for tally in tallies_of(document, SURVEY):
        if not nodes or set(nodes) & set(tally.nodes):
            for counts in tally.counts.values():
                total.update(dict(zip(SCALE, counts, strict=True)))
    return +total


NAMES = ("A1", "a1", "B1", "b 2", "Moon", "moon", "A9")
some_rows = st.lists(
    st.tuples(
        st.sampled_from([None, "Anna", "anna", "Zoe"]),
        st.frozensets(st.sampled_from(NAMES), max_size=3),
        st.sampled_from(["", "2026-01", "2026-02"]),
        st.sampled_from(SCALE),
    ),
    max_size=25,
)


@given(some_rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(rows: list[Row], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert {t.id: t.raw() for t in elements(rows).tallies} == {
        t.id: t.raw() for t in elements(shuffled).tallies
    }


@given(some_rows)
def test_every_answer_comes_in_once_and_a_second_import_changes_nothing(rows: list[Row]) -> None:
    once = imported(rows)
    assert pool(once) == Counter(answer for *_, answer in rows)
    assert imported(rows, once) == once


@given(some_rows)
def test_two_who_import_one_export_make_the_same_elements(rows: list[Row]) -> None:
    mine, theirs = imported(rows), imported(list(reversed(rows)))
    assert mine == theirs


@given(some_rows)
def test_two_who_match_it_differently_have_the_same_tallies_and_counts(rows: list[Row]) -> None:
    mine, theirs = imported(rows, Moon="a3"), imported(rows, Moon="b1")
    counts = [{t.id: t.counts for t in tallies_of(d, SURVEY)} for d in (mine, theirs)]
    assert counts[0] == counts[1]


@given(some_rows, some_rows)
def test_importing_again_never_adds(first: list[Row], second: list[Row]) -> None:
    after = imported(second, imported(first))
    new = Counter(answer for *_, answer in second)
    assert all(pool(after)[answer] >= n for answer, n in new.items())
    assert pool(after) <= pool(imported(first)) + new
    for month in {month for _, _, month, _ in second}:
        for name in ("a1", "b1", "b2"):
            mine = [t for t in tallies_of(after, SURVEY) if name in t.nodes]
            alone = [t for t in tallies_of(imported(second), SURVEY) if name in t.nodes]
            if any(month in t.counts for t in alone):
                assert sum(sum(t.counts.get(month, ())) for t in mine) == sum(
                    sum(t.counts.get(month, ())) for t in alone
                )


@given(some_rows)
def test_one_undo_takes_an_import_back(rows: list[Row]) -> None:
    editor = Editor(MAP)
    came = elements(rows)
    editor.do(msg("Import survey"), bring_in(editor.document, came.survey, came.tallies))
    assert SURVEY in editor.document
    editor.undo()
    assert editor.document == MAP


def test_what_overlaps_is_told_and_replaced_and_the_rest_stays() -> None:
    document = imported([row("A1", month="2026-01"), row("A1"), row("A1"), row("B1")])
    again = [row("A1", answer="0"), row("A1", month="2026-04")]
    came = elements(again, document)
    found = overlap(document, SURVEY, came.tallies)
    assert (found.months, found.before, found.after) == (("2026-03",), 2, 1)
    after = imported(again, document)
    assert pool(after, "a1") == {"9": 2, "0": 1}
    assert pool(after, "b1") == {"9": 1}
    assert not overlap(MAP, SURVEY, came.tallies)


def test_an_answer_that_named_more_than_it_does_now_is_replaced_too() -> None:
    document = imported([row("A1", "B1"), row("B2")])
    after = imported([row("A1")], document)
    assert (pool(after, "a1"), pool(after, "b1"), pool(after, "b2")) == ({"9": 1}, {}, {"9": 1})


def test_a_cell_that_names_several_counts_for_each_and_once_for_all() -> None:
    document = imported([row("A1", "B1"), row("A1")])
    assert (pool(document, "a1"), pool(document, "b1"), pool(document)) == ({"9": 2}, {"9": 1}, {"9": 2})


def test_a_touchpoint_that_moves_takes_its_answers_along() -> None:
    document = imported([row("A1")])
    moved = apply(document, move_touchpoints(document, ["a1"], "B"))
    (tally,) = tallies_of(moved, SURVEY)
    assert [stage_of(moved, node) for node in tally.nodes] == ["B"]


def test_answers_of_a_deleted_touchpoint_wait_to_be_matched() -> None:
    document = imported([row("A1"), row("A1", "B1"), row("Moon")], Moon="a1")
    change = delete(document, ["a1"])
    after = apply(document, change)
    assert [p for p in check(after) if p.severity == "problem"] == []
    assert unmatched_names(after, SURVEY) == {"A1": 3}
    assert pool(after) == {"9": 3}
    assert pool(after, "b1") == {"9": 1}
    assert after.need(SURVEY, Survey).aliases == {}
    assert apply(after, change.inverse()) == document
    again = apply(after, assign(after, SURVEY, "a1", "b2"))
    assert (pool(again, "b2"), unmatched_names(again, SURVEY)) == ({"9": 3}, {})


def test_answers_of_a_deleted_persona_keep_its_name() -> None:
    document = imported([row("A1", persona="Anna")])
    after = apply(document, delete(document, ["P"]))
    assert unmatched_personas(after, SURVEY) == {"Anna": 1}


def test_a_name_is_assigned_and_remembered_for_the_next_import() -> None:
    rows = [row("Moon"), row("moon", "B1"), row("A1")]
    document = imported(rows)
    assert unmatched_names(document, SURVEY) == {"moon": 2}
    after = apply(document, assign(document, SURVEY, "MOON", "a2"))
    assert (pool(after, "a2"), pool(after, "b1"), unmatched_names(after, SURVEY)) == ({"9": 2}, {"9": 1}, {})
    assert imported(rows, after) == after
    forgotten = apply(after, forget_name(after, SURVEY, "Moon"))
    assert forgotten.need(SURVEY, Survey).aliases == {}
    assert not forget_name(forgotten, SURVEY, "Moon")


def test_a_persona_that_is_named_later_counts_on_its_own_map() -> None:
    document = apply(MAP, add_persona(MAP, name="Zoe Lind", new_id=lambda: "Z"))
    document = apply(document, add_journey(document, title="Other", who=("Z",), new_id=counting_ids("k")))
    document = apply(document, add_stage(document, "k1", title="Z", new_id=lambda: "Y"))
    document = apply(document, add_touchpoint(document, "Y", title="A1", new_id=lambda: "z1"))
    document = imported([row("A1", persona="Zoe"), row("A1", persona="Anna"), row(persona="Zoe")], document)
    assert (pool(document, "a1"), pool(document, "z1")) == ({"9": 1}, {})
    assert unmatched_personas(document, SURVEY) == {"Zoe": 2}
    after = apply(document, assign(document, SURVEY, "Zoe", "Z"))
    assert (pool(after, "a1"), pool(after, "z1"), pool(after, "k1")) == ({"9": 1}, {"9": 1}, {"9": 1})
    assert (unmatched_names(after, SURVEY), unmatched_personas(after, SURVEY)) == ({}, {})


def test_answers_leave_a_map_that_is_not_their_personas() -> None:
    document = imported([row("A1", persona="Zoe")])
    assert pool(document, "a1") == {"9": 1}
    document = apply(document, add_persona(document, name="Zoe Lind", new_id=lambda: "Z"))
    after = apply(document, assign(document, SURVEY, "Zoe", "Z"))
    assert (pool(after, "a1"), unmatched_names(after, SURVEY)) == ({}, {"A1": 1})


def test_a_touchpoint_tells_more_than_the_stage_that_answers_were_put_under() -> None:
    data = Counted(
        "nps", "generic", "How likely?", SCALE,
        {Group(None, frozenset([("touchpoint", "Moon"), ("stage", "During")]), ""): Counter({"3": 2})},
        Counts(n=2),
    )  # fmt: skip
    came = brought(data, match(data, MAP))
    document = apply(MAP, bring_in(MAP, came.survey, came.tallies))
    assert pool(document, "B") == {"3": 2}
    after = apply(document, assign(document, SURVEY, "Moon", "b1"))
    assert (pool(after, "B"), pool(after, "b1")) == ({}, {"3": 2})


def test_at_most_two_hundred_names_wait_by_name_and_no_answer_is_lost() -> None:
    rows = [row(f"Place {i}") for i in range(MOST_UNMATCHED + 30)] + [row("Place 7")]
    document = imported(rows)
    names = unmatched_names(document, SURVEY)
    assert len(names) == MOST_UNMATCHED + 1
    assert (names["Place 7"], names[OTHER]) == (2, 30)
    assert pool(document) == {"9": len(rows)}
    assert imported(rows, document) == document
    fewer = imported(rows[:10], document)  # none of which is over the limit any more
    assert OTHER not in unmatched_names(fewer, SURVEY)
    assert set(unmatched_names(fewer, SURVEY).values()) == {1}


def test_tallies_of_another_survey_are_refused() -> None:
    came = elements([row("A1")])
    stranger = Tally(id="t", survey="other")
    with pytest.raises(ValueError, match="another survey"):
        bring_in(MAP, came.survey, [*came.tallies, stranger])


def test_a_second_survey_stands_behind_the_first() -> None:
    document = imported([row("A1")])
    other = elements([]).survey.edited(id="s-2")
    document = apply(document, bring_in(document, other, []))
    assert document.index.children(None, "survey") == (SURVEY, "s-2")
