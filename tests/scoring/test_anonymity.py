"""Small groups are hidden, and can't be had by subtracting what is shown."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cxmapper.scoring.anonymity import hidden_in, small_groups
from cxmapper.scoring.scorecard import score
from cxmapper.scoring.tables import as_json, table_of
from tests.scoring.maps import a_map, answers

sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), max_size=8)


@given(sizes, st.integers(0, 6), st.integers(1, 8))
def test_what_is_left_of_a_total_is_no_small_group(parts: dict[str, int], others: int, least: int) -> None:
    total = sum(parts.values()) + others
    hidden = small_groups(parts, total, least)
    assert {id_ for id_, n in parts.items() if 0 < n < least} <= hidden
    rest = total - sum(n for id_, n in parts.items() if id_ not in hidden)
    shown = [n for id_, n in parts.items() if id_ not in hidden and n]
    assert rest == 0 or rest >= least or not shown
    assert not any(parts[id_] == 0 for id_ in hidden)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 25)), max_size=9),
    st.lists(st.integers(0, 6), min_size=5),
)
def test_nor_is_what_is_left_of_a_map(drawn: list[tuple[int, int]], others: list[int]) -> None:
    least = 5
    nodes = {f"n{i}": (f"s{stage}", n) for i, (stage, n) in enumerate(drawn)}
    stages = {f"s{k}": sum(n for s, n in nodes.values() if s == f"s{k}") + others[k] for k in range(4)}
    total = sum(stages.values()) + others[4]
    hidden = hidden_in(nodes, stages, total, least)
    for id_, n in stages.items():
        if id_ not in hidden.stages:
            rest = n - sum(m for k, (s, m) in nodes.items() if s == id_ and k not in hidden.nodes)
            assert rest == 0 or rest >= least
    rest = total - sum(n for id_, n in stages.items() if id_ not in hidden.stages)
    rest -= sum(n for id_, (s, n) in nodes.items() if s in hidden.stages and id_ not in hidden.nodes)
    assert rest == 0 or rest >= least or hidden.whole


def test_a_stage_is_hidden_before_a_touchpoint_that_matters() -> None:
    nodes = {"big": ("s", 200), "tiny": ("s", 3), "other": ("t", 40), "little": ("t", 12)}
    hidden = hidden_in(nodes, {"s": 203, "t": 52}, 255, 5)
    assert hidden.nodes == {"tiny", "little"}
    assert hidden.stages == {"s", "t"}


def _shown_of(card: Any) -> set[str]:
    return {row.id for row in (*card.nodes, *card.stages, card.journey) if row.n}


def test_nothing_is_told_of_a_hidden_group_in_any_form() -> None:
    document = a_map(
        answers("t", ("s1",), {"2026-01": (30, 5, 5)}),
        answers("u", ("s2",), {"2026-01": (3, 0, 0)}),
        answers("v", ("t1",), {"2026-01": (2, 4, 14)}),
        target_nps=10,
    )
    card = score(document, "J")
    assert _shown_of(card) == {"s1", "J"}
    assert (card.trend("s2"), card.distribution("s2")) == ((), ())
    assert "s2" not in [step.id for step in card.waterfall.steps]
    table = table_of([card])
    at = table.headings.index("n")
    named = table.headings.index("id")
    assert next(row for row in table.rows if row[named] == "s2")[at] is None
    found = next(n for n in as_json([card])["nodes"] if n["id"] == "s2")
    for name in (
        "n",
        "counts",
        "score",
        "lo",
        "hi",
        "gap_score",
        "target_gap",
        "p",
        "uplift",
        "share",
        "perception_gap",
    ):
        assert found[name] is None, name
    assert found["hidden"] is True
    assert found["reference"] == 10


def test_the_threshold_is_a_setting() -> None:
    tally = answers("t", ("s1",), {"": (0, 0, 3)})
    assert score(a_map(tally), "J").journey.hidden
    assert score(a_map(tally, settings={"anonymity": 1}), "J").journey.score == 100


def test_a_persona_can_not_be_had_from_the_others() -> None:
    document = a_map(
        answers("t", ("s1",), {"": (30, 5, 5)}, persona="A"),
        answers("u", ("s1",), {"": (3, 0, 0)}, persona="B"),
    )
    assert score(document, "J").by_id["s1"].n == 43
    assert score(document, "J", persona="B").by_id["s1"].hidden
    assert score(document, "J", persona="A").by_id["s1"].hidden
    assert all(rolled.hidden for rolled in score(document, "J").personas)


def test_few_answers_in_a_month_can_not_be_had_from_the_others() -> None:
    months = {"2026-01": (10, 0, 10), "2026-02": (2, 0, 0), "2026-03": (3, 0, 3), "2026-05": (0, 10, 10)}
    trend = score(a_map(answers("t", ("s1",), months)), "J").trend("s1")
    assert [(p.label, p.n, p.hidden) for p in trend] == [
        ("2026-01", 20, False), ("2026-02", None, True), ("2026-03", None, True), ("2026-04", 0, False),
        ("2026-05", 20, False),
    ]  # fmt: skip
