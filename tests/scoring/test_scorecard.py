"""The scorecard of a map: what is pooled, what it is held against, how it is ranked."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Lane, Settings, Stage, Survey, Tally, Touchpoint
from cxmapper.model.fields import CardPlace, Place
from cxmapper.scoring.nps import Counts
from cxmapper.scoring.pools import NOBODY, Window, last_months
from cxmapper.scoring.scorecard import Scorecard, score, score_all
from tests.scoring.maps import NPS, a_map, along, answers

CASES = Path(__file__).resolve().parent.parent / "data" / "scoring" / "cases.json"


def numbers(card: Scorecard) -> list[dict[str, Any]]:
    """All that a card shows."""
    return [*map(asdict, (*card.nodes, *card.stages, card.journey)), asdict(card.waterfall)]


def node(card: Scorecard, id_: str) -> Any:
    return card.by_id[id_]


def nearly(value: Any) -> Any:
    return pytest.approx(value, abs=1e-9) if isinstance(value, float) else value


def changed(document: Document, id_: str, **fields: Any) -> Document:
    before = document[id_]
    return document.replaced({id_: before}, {id_: before.edited(**fields)})


# the worked map of the specification, as a document


@pytest.fixture(scope="module")
def worked() -> tuple[Document, dict[str, dict[str, Any]]]:
    cases = {c["id"]: c for c in json.loads(CASES.read_text(encoding="utf-8"))["cases"]}
    given_ = cases["map-01"]["input"]
    stages = list(dict.fromkeys(n["stage"] for n in given_["nodes"]))
    elements: list[Any] = [
        Settings(id="settings", emotion_tolerance=20),
        Journey(id="J", place=Place(None, "a0"), title="Worked", target_nps=15),
        Lane(id="L", place=Place("J", "a0"), type="emotion"),
        Survey(id="s", place=Place(None, "a0"), metric="nps", scale=NPS),
    ]
    for i, stage in enumerate(stages):
        target = given_["stage_targets"].get(stage)
        elements.append(Stage(id=f"stage{i}", place=Place("J", f"a{i}"), title=stage, target_nps=target))
    for i, n in enumerate(given_["nodes"]):
        place = Place(f"stage{stages.index(n['stage'])}", f"a{i}")
        fields = {"importance": n["importance"], "moment_of_truth": n["mot"], "target_nps": n["target"]}
        elements.append(Touchpoint(id=n["id"], place=place, title=n["id"], **fields))
        counts = {"2026-01": along(n["counts"])}
        elements.append(Tally(id=f"t-{n['id']}", survey="s", nodes=(n["id"],), counts=counts))
        if n["emotion"] is not None:
            at = CardPlace("L", n["id"], None, "a0")
            elements.append(Card(id=f"e-{n['id']}", place=at, type="emotion", valence=40 * n["emotion"]))
    return Document({e.id: e for e in elements}), {id_: case["expected"] for id_, case in cases.items()}


def test_a_document_gives_the_numbers_of_the_worked_map(worked: Any) -> None:
    document, expected = worked
    card = score(document, "J")
    assert [n.id for n in card.nodes] == expected["map-01"]["ranking"]
    renamed = {"source": "reference_source", "perception_label": "perception", "stage": "stage_title"}
    for row in expected["map-01"]["rows"]:
        found = node(card, row["id"])
        for name, value in row.items():
            assert getattr(found, renamed.get(name, name)) == nearly(value), (row["id"], name)


def test_and_those_of_its_roll_ups(worked: Any) -> None:
    document, expected = worked
    card = score(document, "J")
    names = {
        "pooled": "score", "pooled_lo": "lo", "pooled_hi": "hi", "source": "reference_source",
        "importance_weighted": "weighted_score", "iw_center": "weighted_center", "iw_se": "weighted_error",
        "iw_lo": "weighted_lo", "iw_hi": "weighted_hi",
    }  # fmt: skip
    rolled = {**{s.title: s for s in card.stages}, "*": card.journey}
    assert set(rolled) == set(expected["roll-01"])
    for title, row in expected["roll-01"].items():
        for name, value in row.items():
            assert getattr(rolled[title], names.get(name, name)) == nearly(value), (title, name)
    assert card.fidelity == pytest.approx(expected["fid-01"]["fidelity"])
    fall = expected["fall-01"]
    assert [s.id for s in card.waterfall.steps] == [s["id"] for s in fall["steps"]]
    assert card.waterfall.potential == pytest.approx(fall["potential"])
    assert card.waterfall.current + sum(s.uplift for s in card.waterfall.steps) == card.waterfall.potential


# pools


def test_an_answer_that_names_two_touchpoints_counts_for_each_and_once_for_all() -> None:
    card = score(a_map(answers("t", ("s1", "s2"), {"2026-01": (10, 0, 30)})), "J")
    assert [node(card, id_).n for id_ in ("s1", "s2", "S", "J")] == [40, 40, 40, 40]
    assert node(card, "T").n == 0


def test_an_answer_may_name_the_stage_or_the_journey_only() -> None:
    document = a_map(
        answers("t", ("S",), {"": (0, 0, 20)}),
        answers("u", ("J",), {"": (20, 0, 0)}),
        answers("v", ("U",), {"": (10, 0, 10)}),
    )
    card = score(document, "J")
    assert [node(card, id_).n for id_ in ("s1", "S", "U", "J")] == [0, 20, 20, 60]
    assert next(n for n in card.nodes if n.id == "U").title == "After"


def test_answers_that_name_nothing_of_this_map_are_not_its() -> None:
    card = score(a_map(answers("t", ("gone",), {"": (1, 1, 40)}), answers("u", (), {"": (1, 1, 40)})), "J")
    assert (card.journey.n, card.journey.score, card.journey.tier) == (0, None, "no_data")


def test_a_moved_touchpoint_takes_its_answers_along() -> None:
    document = a_map(answers("t", ("s1",), {"": (5, 5, 20)}))
    moved = changed(document, "s1", place=Place("T", "a1"))
    before = score(document, "J")
    after = score(moved, "J", previous=before)
    assert (node(before, "S").n, node(before, "T").n) == (30, 0)
    assert (node(after, "S").n, node(after, "T").n) == (0, 30)


def test_metrics_are_never_pooled() -> None:
    document = a_map(
        answers("t", ("s1",), {"": (10, 10, 20)}),
        answers("u", ("s1", "s2"), {"": (10, 0, 0, 0, 30)}, survey="csat"),
    )
    best, csat = score(document, "J"), score(document, "J", metric="csat")
    assert [(node(best, i).metric, node(best, i).n) for i in ("s1", "s2", "J")] == [
        ("nps", 40), ("csat5", 40), ("nps", 40),
    ]  # fmt: skip
    assert [(node(csat, i).metric, node(csat, i).score) for i in ("s1", "S")] == [
        ("csat5", 50),
        ("csat5", 50),
    ]
    assert score(document, "J", metric="nps").by_id["s2"].n == 0


def test_answers_about_the_relationship_stay_out_of_touchpoints() -> None:
    tallies = (
        answers("t", ("s1",), {"": (0, 0, 20)}),
        answers("r", ("J", "s1"), {"": (30, 0, 10)}, survey="relation"),
    )
    card = score(a_map(*tallies), "J")
    assert (node(card, "s1").n, card.journey.n, card.relational.n, card.relational.score) == (20, 20, 40, -50)
    alone = score(a_map(tallies[1]), "J")
    assert (node(alone, "s1").n, alone.journey.n) == (0, 40)


def test_windows_count_their_months_and_say_what_has_none() -> None:
    months = {"2025-12": (0, 0, 10), "2026-01": (10, 0, 0), "2026-03": (0, 0, 30), "": (7, 0, 0)}
    document = a_map(answers("t", ("s1",), months))
    assert score(document, "J").journey.n == 57
    windowed = score(document, "J", window=Window("2026-01", "2026-03"))
    assert (windowed.journey.n, windowed.undated) == (40, 7)
    assert score(document, "J", window=Window(last="2025-12")).journey.score == 100
    assert last_months(document, 3) == Window("2026-01", "2026-03")
    assert last_months(a_map(), 12) is None


# references, weights, emotions


def test_the_first_target_that_is_set_counts_and_0_is_one() -> None:
    document = a_map(target_nps=20, settings={"target_nps": 10})
    card = score(document, "J")
    found = {n.id: (n.reference, n.reference_source) for n in card.nodes}
    assert found == {"s1": (0, "touchpoint"), "s2": (20, "map"), "t1": (30, "stage"), "U": (20, "map")}
    without = score(a_map(settings={"target_nps": 10}), "J")
    assert (node(without, "s2").reference_source, without.journey.reference) == ("project", 10)
    assert node(score(a_map(), "J"), "s2").reference is None


def test_a_map_to_be_is_held_against_what_it_designs() -> None:
    now, to_be = a_map(), a_map(state="future")
    assert node(score(now, "J"), "s2").reference is None
    assert (node(score(to_be, "J"), "s2").reference, node(score(to_be, "J"), "s2").reference_source) == (
        40, "designed_emotion",
    )  # fmt: skip
    assert node(score(a_map(state="actual"), "J"), "s2").reference is None


def test_a_target_of_satisfaction_is_reached_exactly_with_its_share() -> None:
    for satisfied, tier in ((79, -1), (80, 0), (81, 1)):
        counts = (90 - satisfied, 0, 10, 0, satisfied)
        document = changed(a_map(answers("t", ("s2",), {"": counts}, survey="csat")), "s2", target_csat=80)
        found = node(score(document, "J"), "s2")
        assert found.target == 80
        assert (found.target_gap > 0) - (found.target_gap < 0) == tier


def test_emotions_span_columns_and_belong_to_whom_they_name() -> None:
    document = a_map()
    felt = {None: 10, "A": 10, "B": 40}
    assert {p: node(score(document, "J", persona=p), "s1").emotion for p in felt} == felt
    assert node(score(document, "J"), "s2").emotion == 40
    assert node(score(document, "J"), "t1").emotion is None


def test_constants_are_settings() -> None:
    tally = answers("t", ("s2",), {"": (8, 0, 0)})
    usual = node(score(a_map(tally, target_nps=0), "J"), "s2")
    keen = node(score(a_map(tally, target_nps=0, settings={"n_min": 5, "moment_factor": 2}), "J"), "s2")
    assert (usual.tier, usual.more_needed, keen.tier) == ("insufficient", 2, "confirmed_gap")
    assert (usual.weight, keen.weight) == (pytest.approx(0.4), pytest.approx(0.3))
    mixed = answers("t", ("s2",), {"": (2, 10, 8)})
    exact = node(score(a_map(mixed, settings={"interval_method": "score"}), "J"), "s2")
    assert exact.lo != pytest.approx(node(score(a_map(mixed), "J"), "s2").lo, abs=0.01)


def test_ranking_is_by_evidence_before_size() -> None:
    document = a_map(
        answers("t", ("s1",), {"": (3, 2, 4)}),
        answers("u", ("s2",), {"": (80, 20, 100)}),
        answers("v", ("t1",), {"": (6, 2, 6)}),
        target_nps=30,
    )
    card = score(document, "J")
    assert [(n.id, n.tier) for n in card.nodes] == [
        ("s2", "confirmed_gap"), ("t1", "possible_gap"), ("s1", "insufficient"), ("U", "no_data"),
    ]  # fmt: skip


# personas


def test_personas_are_grouped_first_and_then_scored() -> None:
    document = a_map(
        answers("t", ("s1",), {"": (30, 0, 10)}, persona="A"),
        answers("u", ("s1", "t1"), {"": (10, 0, 30)}, persona="B"),
        answers("v", ("s1",), {"": (10, 0, 10)}, persona="gone"),
    )
    card = score(document, "J")
    assert [(p.id, p.title, p.n, p.score) for p in card.personas] == [
        ("A", "Anna", 40, -50), ("B", "Ben", 40, 50), (NOBODY, "", 20, 0),
    ]  # fmt: skip
    assert {cell: rolled.n for cell, rolled in card.heat.items() if rolled.n} == {
        ("A", "S"): 40, ("B", "S"): 40, ("B", "T"): 40, (NOBODY, "S"): 20,
    }  # fmt: skip
    surest = card.comparisons[0]
    assert (surest.a, surest.b, surest.difference.raw) == ("A", "B", -100)
    assert surest.difference.p <= surest.p_adj < 0.05


def test_all_maps_of_a_document() -> None:
    document = a_map(answers("t", ("s1",), {"": (0, 0, 20)}))
    other = Journey(id="K", place=Place(None, "a1"), title="Another")
    cards = score_all(document.replaced({"K": None}, {"K": other}))
    assert [(card.id, card.journey.n) for card in cards] == [("J", 20), ("K", 0)]
    assert cards[1].nodes == ()


# what must not matter


counts_ = st.tuples(*(st.integers(0, 12),) * 3)
months_ = st.sampled_from(("", "2025-11", "2026-01", "2026-02"))
tallies_ = st.lists(
    st.tuples(
        st.sets(st.sampled_from(("s1", "s2", "t1", "S", "U", "J", "gone")), max_size=3),
        st.sampled_from((None, "A", "B")),
        st.dictionaries(months_, counts_, min_size=1, max_size=3),
    ),
    max_size=6,
)


def _document(drawn: list[Any], order: list[int]) -> Document:
    tallies = [answers(f"tally{i}", sorted(at), months, who) for i, (at, who, months) in enumerate(drawn)]
    return a_map(*(tallies[i] for i in order), target_nps=20)


@given(tallies_, st.randoms(use_true_random=False))
def test_the_order_of_tallies_does_not_matter(drawn: list[Any], random: Any) -> None:
    order = list(range(len(drawn)))
    straight = _document(drawn, order)
    random.shuffle(order)
    assert numbers(score(_document(drawn, order), "J")) == numbers(score(straight, "J"))


@given(tallies_)
def test_tallies_in_two_halves_give_what_the_whole_gives(drawn: list[Any]) -> None:
    halves = []
    for nodes, who, months in drawn:
        halves.append((nodes, who, {m: tuple(n // 2 for n in c) for m, c in months.items()}))
        halves.append((nodes, who, {m: tuple(n - n // 2 for n in c) for m, c in months.items()}))
    whole = score(_document(drawn, [*range(len(drawn))]), "J")
    assert numbers(score(_document(halves, [*range(len(halves))]), "J")) == numbers(whole)


@given(
    tallies_, tallies_, st.sampled_from((None, Window("2026-01", "2026-01"))), st.sampled_from((None, "A"))
)
def test_what_is_taken_over_from_before_changes_nothing(
    before: list[Any], after: list[Any], window: Window | None, persona: str | None
) -> None:
    old = score(_document(before, [*range(len(before))]), "J", window=window)
    document = _document(after, [*range(len(after))])
    fresh = score(document, "J", window=window, persona=persona)
    assert numbers(score(document, "J", window=window, persona=persona, previous=old)) == numbers(fresh)


def test_only_what_changed_is_read_again() -> None:
    document = a_map(
        answers("t", ("s1",), {"": (5, 5, 20)}), answers("u", ("s2",), {"": (5, 5, 20)}), target_nps=10
    )
    before = score(document, "J")
    after = score(changed(document, "u", counts={"": along((20, 0, 0))}), "J", previous=before)
    assert after.readings["s1"] is before.readings["s1"]
    assert after.readings["s2"] is not before.readings["s2"]
    assert after.grounds.pools.reads["t"] is before.grounds.pools.reads["t"]
    targets = score(changed(document, "s1", target_nps=50), "J", previous=before)
    assert targets.readings["s1"].subject.reference.points == 50
    assert targets.readings["s2"] is before.readings["s2"]


def test_the_distribution_is_along_the_scale() -> None:
    card = score(a_map(answers("t", ("s1",), {"2026-01": (5, 6, 7), "2026-02": (1, 0, 0)})), "J")
    found = dict(card.distribution("s1"))
    assert list(found) == list(NPS)
    assert (found["0"], found["7"], found["10"]) == (6, 6, 7)
    assert Counts(6, 6, 7) == node(card, "s1").counts
