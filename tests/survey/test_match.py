"""What names in a survey are found to mean, what is only suggested, and what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from cxmapper.edit.change import apply
from cxmapper.edit.operations import add_journey, add_persona, add_stage, add_touchpoint, set_fields
from cxmapper.model.document import Document
from cxmapper.model.elements import Survey
from cxmapper.model.fields import Place
from cxmapper.model.names import folded
from cxmapper.survey.counted import Counted, Counts, Group, Node
from cxmapper.survey.match import Matches, Meant, Said, id_of, match
from tests.make import counting_ids, small_map

NODES = Mapping[str, int]


def titled(document: Document, **titles: str) -> Document:
    for id_, title in titles.items():
        document = apply(document, set_fields(document, [id_], title=title))
    return document


MAP = titled(small_map(), a1="Sees an ad", a2="Calls support", b1="Café", b2="Calls support")


def said(*touchpoints: str, stage: str = "", persona: str | None = None) -> Said:
    nodes: list[Node] = [("touchpoint", name) for name in touchpoints]
    return Said(persona, frozenset([*nodes, *([("stage", stage)] if stage else [])]))


def counted(*everything: Said, n: int = 3) -> Counted:
    rows = {Group(each.persona, each.nodes, "2026-03"): Counter({"9": n}) for each in everything}
    scale = tuple(str(i) for i in range(11))
    return Counted("nps", "generic", "How likely?", scale, rows, Counts(pos=n * len(rows), n=n * len(rows)))


def meant(each: Said, document: Document = MAP, **how: object) -> Meant:
    return match(counted(each), document, **how).meant[each]


def two_maps(*, who: tuple[str, ...] = ("Q",), state: str = "current") -> Document:
    """The small map, and another one of persona Q with the stage D and its touchpoint d1."""
    document = apply(MAP, add_persona(MAP, name="Ben", new_id=lambda: "Q"))
    document = apply(document, add_journey(document, title="Moving firms", who=who, new_id=counting_ids("k")))
    journey = next(j for j in document.index.children(None, "journey") if j != "J")
    document = apply(document, add_stage(document, journey, title="Deciding", new_id=lambda: "D"))
    document = apply(document, add_touchpoint(document, "D", title="Sees an ad", new_id=lambda: "d1"))
    return apply(document, set_fields(document, [journey], state=state))


@pytest.mark.parametrize("name", ["Sees an ad", "sees an AD", "  Sees-an_ad! ", "Ｓees an ad", "Séés an ad"])
def test_writing_tells_no_names_apart(name: str) -> None:
    assert meant(said(name)) == Meant(nodes=("a1",))


def test_marks_that_make_another_letter_are_kept() -> None:
    assert folded("कि") != folded("के")
    assert folded("が") != folded("か")
    assert folded("СОЮЗ") == folded("союз")
    assert folded("...") == "..."


def test_a_likeness_is_suggested_and_never_taken() -> None:
    each = said("Saw an advert", "Cafe visit")
    found = match(counted(each), MAP)
    assert found.meant[each] == Meant(unmatched=("Cafe visit", "Saw an advert"))
    assert {s.value.name: s.ids for s in found.suggestions} == {"Cafe visit": ("b1",)}
    assert [v.name for v in found.unmatched] == ["Cafe visit", "Saw an advert"]


def test_what_it_is_also_called_counts_after_titles() -> None:
    document = apply(MAP, set_fields(MAP, ["b1"], aliases=("Coffee house", "Sees an ad")))
    assert meant(said("coffee house"), document).nodes == ("b1",)
    assert meant(said("Sees an ad"), document).nodes == ("a1",)


def test_what_somebody_assigned_counts_first_and_is_remembered_by_the_survey() -> None:
    each = said("Sees an ad")
    assert meant(each, assigned={"Sees an ad": "b1"}).nodes == ("b1",)
    data = counted(each)
    survey = Survey(id=id_of(data), place=Place(None, "a0"), scale=data.scale, aliases={"seesanad": "a3"})
    document = MAP.replaced({}, {survey.id: survey})
    assert meant(each, document).nodes == ("a3",)


def test_a_cell_that_names_several_counts_for_each() -> None:
    assert set(meant(said("Sees an ad", "cafe")).nodes) == {"a1", "b1"}
    assert meant(said("Sees an ad", "Moon")) == Meant(nodes=("a1",), unmatched=("Moon",))


def test_a_name_that_lists_names_of_the_map_is_all_of_these() -> None:
    assert set(meant(said("Sees an ad,Café")).nodes) == {"a1", "b1"}
    document = apply(MAP, set_fields(MAP, ["a3"], title="Sees an ad, café"))
    assert meant(said("Sees an ad,Café"), document).nodes == ("a3",)
    assert meant(said("Sees an ad, Moon")).unmatched == ("Sees an ad, Moon",)


def test_touchpoint_then_stage_then_the_map() -> None:
    assert meant(said("Sees an ad", stage="During")).nodes == ("a1",)
    assert meant(said(stage="during")).nodes == ("B",)
    assert meant(said("Moon", stage="During")) == Meant(nodes=("B",), unmatched=("Moon",))
    assert meant(said()).nodes == ("J",)
    assert meant(said("Moon", stage="Mars")) == Meant(unmatched=("Moon", "Mars"))


def test_two_of_one_name_are_told_apart_by_their_stage_or_not_at_all() -> None:
    assert meant(said("Calls support")) == Meant(unmatched=("Calls support",))
    assert meant(said("Calls support", stage="During")).nodes == ("b2",)


def test_personas_by_name_and_by_the_first_part_of_it() -> None:
    document = apply(MAP, set_fields(MAP, ["P"], name="Anna — first home"))
    for name in ("anna", "Anna – First Home"):
        assert meant(said("Sees an ad", persona=name), document) == Meant("P", ("a1",))


def test_somebody_unknown_counts_on_the_only_map_under_no_persona() -> None:
    assert meant(said("Sees an ad", persona="Zoe")) == Meant(nodes=("a1",), unmatched_persona="Zoe")


def test_answers_belong_to_the_maps_of_their_persona() -> None:
    document = two_maps()
    assert meant(said("Sees an ad", persona="Anna"), document) == Meant("P", ("a1",))
    assert meant(said("Sees an ad", persona="Ben"), document) == Meant("Q", ("d1",))
    assert meant(said(stage="During", persona="Ben"), document) == Meant("Q", unmatched=("During",))
    unknown = meant(said("Sees an ad", persona="Zoe"), document)
    assert unknown == Meant(unmatched=("Sees an ad",), unmatched_persona="Zoe")


def test_answers_never_belong_to_a_future_map() -> None:
    document = two_maps(state="future")
    assert meant(said("Sees an ad"), document).nodes == ("a1",)
    assert meant(said("Sees an ad", persona="Ben"), document).nodes == ()


def questions(found: Matches) -> list[tuple[str, ...]]:
    return [q.choices for q in found.questions]


def test_without_a_persona_and_with_several_maps_it_asks() -> None:
    document = two_maps()
    maps = tuple(document.index.children(None, "journey"))
    for each in (said(), said("Sees an ad")):
        found = match(counted(each), document)
        assert questions(found) == [maps]
        assert found.meant[each].nodes == ()
        assert found.questions[0].answers == 3
    chosen = match(counted(said("Sees an ad")), document, journeys=["J"])
    assert (questions(chosen), chosen.meant[said("Sees an ad")].nodes) == ([], ("a1",))


def test_several_maps_of_one_persona_are_asked_about_too() -> None:
    document = two_maps(who=("P",))
    assert questions(match(counted(said("Sees an ad", persona="Anna")), document)) != []
    assert meant(said("Café", persona="Anna"), document).nodes == ("b1",)


def test_values_come_with_their_answers_and_the_most_frequent_first() -> None:
    found = match(counted(said("Moon"), said("moon", "Mars"), n=4), MAP)
    assert [(v.name, v.answers) for v in found.unmatched] == [("moon", 8), ("Mars", 4)]
    found = match(counted(said("Moon"), said("Moon", "Mars"), said("moon")), MAP)
    assert [(v.name, v.answers) for v in found.unmatched] == [("Moon", 9), ("Mars", 3)]


def test_a_name_is_not_called_unmatched_where_only_its_persona_is() -> None:
    found = match(counted(said("Sees an ad", persona="Zoe"), said("Sees an ad", persona="Anna")), two_maps())
    assert [(v.kind, v.name, v.answers) for v in found.unmatched] == [("persona", "Zoe", 3)]
    assert {(v.kind, v.name, v.answers): ids for v, ids in found.matched.items()} == {
        ("touchpoint", "Sees an ad", 3): ("a1",),
        ("persona", "Anna", 3): ("P",),
    }
