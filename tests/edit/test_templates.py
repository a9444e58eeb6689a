from __future__ import annotations

from itertools import count

import pytest

from cxmapper.edit.templates import Template, template, templates
from cxmapper.errors import FileProblem, UserError
from cxmapper.locale import msg
from cxmapper.model.checks import check
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Lane, Stage, Touchpoint
from cxmapper.model.kinds import Shows, lane_type

NAMES = [each.name for each in templates()]


def journey_of(document: Document) -> Journey:
    (journey,) = document.children(None, Journey)
    return journey


def test_the_empty_template_comes_first_and_the_promised_ones_are_there() -> None:
    assert NAMES[0] == "blank"
    assert {"customer-journey", "service-blueprint", "retail", "software-trial"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_builds_one_map_that_checks_clean(name: str) -> None:
    document = template(name).document()
    assert check(document) == ()
    journey = journey_of(document)
    assert len(document.children(journey.id, Stage)) >= 3
    assert {"touchpoints", "cards"} <= {lane.type for lane in document.children(journey.id, Lane)}


@pytest.mark.parametrize("name", NAMES)
def test_says_what_it_is_for(name: str) -> None:
    chosen = template(name)
    assert str(chosen.title)
    assert str(chosen.description).endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_makes_new_ids_every_time(name: str) -> None:
    one, other = template(name).document(), template(name).document()
    assert set(one) & set(other) <= {"settings", "strategy"}
    assert len(one) == len(other)


@pytest.mark.parametrize("name", NAMES)
def test_claims_no_evidence(name: str) -> None:
    document = template(name).document()
    claims = [e for e in document.elements.values() if isinstance(e, Card | Touchpoint)]
    assert {e.basis for e in claims} <= {None, "assumed"}
    assert [e.id for e in claims if isinstance(e, Card) and e.valence is not None and e.basis is None] == []


def test_blank_has_three_empty_stages_and_no_card() -> None:
    document = template("blank").document()
    stages = document.children(journey_of(document).id, Stage)
    assert len(stages) == 3
    assert all(not document.children(stage.id, Touchpoint) for stage in stages)
    assert not any(isinstance(e, Card) for e in document.elements.values())


def test_the_customer_journey_runs_from_awareness_to_renewal() -> None:
    document = template("customer-journey").document()
    stages = document.children(journey_of(document).id, Stage)
    assert [s.title for s in stages] == ["Awareness", "Purchase", "Onboarding", "Use", "Support", "Renewal"]
    assert all(document.children(stage.id, Touchpoint) for stage in stages)


def test_the_blueprint_has_all_three_dividing_lines() -> None:
    document = template("service-blueprint").document()
    types = [lane.type for lane in document.children(journey_of(document).id, Lane)]
    lines = [t for t in types if lane_type(t).shows is Shows.LINE]
    assert lines == ["interaction", "visibility", "internal interaction"]


def test_a_text_of_ones_own_is_a_template_too() -> None:
    numbers = count()
    text = '[template]\ntitle = "Mine"\n[[journey]]\ntitle = "A"\n'
    document = Template("mine", msg("Mine"), msg("Mine"), text).document(lambda: f"id{next(numbers)}")
    assert [j.id for j in document.children(None, Journey)] == ["id0"]


def test_a_broken_template_is_named() -> None:
    with pytest.raises(FileProblem, match=r"^mine\.toml: "):
        Template("mine", msg("Mine"), msg("Mine"), "[[[").document()


@pytest.mark.parametrize(
    ("word", "hint"), [("retial", "did you mean “retail”"), ("zzz", "take blank, customer-journey")]
)
def test_an_unknown_template_gets_the_nearest_or_all(word: str, hint: str) -> None:
    with pytest.raises(UserError, match="there is no template") as caught:
        template(word)
    assert hint in str(caught.value)
