"""The samples: whole, clean, what their outlines say, and as rich as they are meant to be."""

from __future__ import annotations

import re
import runpy
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from cxmapper import assets
from cxmapper.model.base import Element
from cxmapper.model.checks import check
from cxmapper.model.columns import column_order
from cxmapper.model.document import Document
from cxmapper.model.elements import (
    Card,
    Comment,
    Initiative,
    Journey,
    Lane,
    Link,
    Milestone,
    Objective,
    Persona,
    Risk,
    Stage,
    Strategy,
    Touchpoint,
)
from cxmapper.model.kinds import CARD_TYPES, LANE_TYPES, Shows, lane_type
from cxmapper.storage.files import open_map, save_map
from cxmapper.storage.mapfile import pack

FOLDER = Path(str(assets.samples()))
E = TypeVar("E", bound=Element)

SAMPLES = ("broadband", "clinic-blueprint", "languages")
ASKED = ("channels", "environment", "expectation", "motivation", "importance", "target_nps")
FACTORS = (
    "reachability", "service_convenience", "purchase_convenience", "personalisation", "simplicity",
    "channel_flexibility",
)  # fmt: skip


def sample(name: str) -> Document:
    return open_map(FOLDER / f"{name}.cxmap").document


def all_of(document: Document, cls: type[E]) -> list[E]:
    return [e for e in document.elements.values() if isinstance(e, cls)]


@pytest.fixture(scope="module")
def builder() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "build.py"))


def test_the_folder_holds_the_samples_and_no_others() -> None:
    assert tuple(sorted(path.stem for path in FOLDER.glob("*.cxmap"))) == SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_opens_without_a_problem(name: str) -> None:
    opened = open_map(FOLDER / f"{name}.cxmap")
    assert opened.problems == ()
    assert check(opened.document, opened.images.keys()) == ()


@pytest.mark.parametrize("name", SAMPLES)
def test_saved_again_it_is_the_same_file(name: str, tmp_path: Path) -> None:
    before = (FOLDER / f"{name}.cxmap").read_bytes()
    copy = tmp_path / f"{name}.cxmap"
    copy.write_bytes(before)
    opened = open_map(copy)
    assert pack(opened) == before
    save_map(opened, opened.document, copy, expect=opened.fingerprint)
    assert copy.read_bytes() == before


def test_the_maps_are_what_their_outlines_say(builder: dict[str, Any]) -> None:
    main: Callable[[list[str]], int] = builder["main"]
    assert main(["--check"]) == 0


def test_a_map_that_is_not_what_its_outline_says_is_found(
    builder: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main: Any = builder["main"]
    main.__globals__["FOLDER"], kept = tmp_path, main.__globals__["FOLDER"]
    try:
        for name in SAMPLES:
            (tmp_path / f"{name}.cxmap").write_bytes((FOLDER / f"{name}.cxmap").read_bytes())
        (tmp_path / "clinic-blueprint.cxmap").write_bytes(b"another")
        assert main(["--check"]) == 1
    finally:
        main.__globals__["FOLDER"] = kept
    assert "clinic-blueprint.cxmap" in capsys.readouterr().err
    assert (tmp_path / "clinic-blueprint.cxmap").read_bytes() == b"another"


def test_the_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 1_000_000


@pytest.mark.parametrize("name", SAMPLES)
def test_every_card_and_touchpoint_says_what_it_rests_on(name: str) -> None:
    document = sample(name)
    found: list[Card | Touchpoint] = [*all_of(document, Card), *all_of(document, Touchpoint)]
    assert found
    assert [e.id for e in found if e.basis is None] == []
    assert {e.basis for e in found} == {"assumed", "observed", "measured"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_touchpoint_shows_something_below_it(name: str) -> None:
    document = sample(name)
    full = {card.place.column for card in all_of(document, Card)}
    assert [t.id for t in all_of(document, Touchpoint) if t.id not in full] == []


# -- broadband ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def broadband() -> Document:
    return sample("broadband")


def test_broadband_has_every_type_of_card(broadband: Document) -> None:
    assert {card.type for card in all_of(broadband, Card)} == set(CARD_TYPES)


def test_the_samples_have_every_type_of_lane() -> None:
    found = {lane.type for name in SAMPLES for lane in all_of(sample(name), Lane)}
    assert found == set(LANE_TYPES)


def test_broadband_first_shows_the_map_of_the_picture(broadband: Document) -> None:
    first = broadband.children(None, Journey)[0]
    assert (first.title, first.state) == ("Switching broadband", "current")
    stages = broadband.children(first.id, Stage)
    assert [s.title for s in stages] == ["Discover", "Buy", "Set up", "Use", "Renew"]
    touchpoints = [t for s in stages for t in broadband.children(s.id, Touchpoint)]
    assert len(touchpoints) == 10
    assert [t.title for t in touchpoints if t.moment_of_truth] == ["Engineer visit", "Calls support"]
    lanes = broadband.children(first.id, Lane)
    assert [lane.title for lane in lanes] == [
        "Touchpoints", "Emotion", "Pain points", "Opportunities", "Thinking", "Line of visibility",
        "Backstage", "Channels", "Systems of record",
    ]  # fmt: skip
    assert [lane.title for lane in lanes if lane.hidden] == ["Channels", "Systems of record"]


def test_broadband_touchpoints_of_the_first_map_are_fully_described(broadband: Document) -> None:
    first = broadband.children(None, Journey)[0]
    for stage in broadband.children(first.id, Stage):
        assert stage.goal
        for touchpoint in broadband.children(stage.id, Touchpoint):
            missing = [name for name in (*ASKED, *FACTORS) if not getattr(touchpoint, name)]
            assert missing == [], touchpoint.title


def test_broadband_has_customers_with_traits_and_staff(broadband: Document) -> None:
    personas = broadband.children(None, Persona)
    customers = [p for p in personas if p.type == "customer"]
    assert len(customers) == 2
    assert "staff" in {p.type for p in personas}
    for customer in customers:
        told = ("image", "quote", "biography", "goals", "frustrations", "functional_needs", "emotional_needs",
                "social_needs", "jobs", "channels", "demographic", "psychographic", "behavioural", "share",
                "value")  # fmt: skip
        assert [name for name in told if not getattr(customer, name)] == [], customer.name


def test_broadband_future_map_answers_the_current_one_touchpoint_by_touchpoint(broadband: Document) -> None:
    maps = broadband.children(None, Journey)
    future = next(m for m in maps if m.state == "future")
    assert future.answers == maps[0].id
    assert future.who == maps[0].who
    replaced = {
        old
        for stage in broadband.children(future.id, Stage)
        for touchpoint in broadband.children(stage.id, Touchpoint)
        for old in touchpoint.answers
    }
    now = {t.id for s in broadband.children(maps[0].id, Stage) for t in broadband.children(s.id, Touchpoint)}
    assert replaced == now


def test_broadband_opportunities_answer_pain_points(broadband: Document) -> None:
    for card in all_of(broadband, Card):
        if card.type == "opportunity":
            assert card.answers
            assert {broadband.need(pain, Card).type for pain in card.answers} == {"pain point"}


def test_broadband_emotions_stand_on_the_axis_in_steps(broadband: Document) -> None:
    valences = [card.valence for card in all_of(broadband, Card) if card.type == "emotion"]
    assert all(valence is not None and valence % 5 == 0 for valence in valences)
    assert min(v for v in valences if v is not None) <= -80
    assert max(v for v in valences if v is not None) >= 60


def test_broadband_has_all_that_hangs_around_a_map(broadband: Document) -> None:
    assert broadband.get("strategy", Strategy) is not None
    for cls in (Objective, Comment, Link):
        assert all_of(broadband, cls)
    for initiative in all_of(broadband, Initiative):
        assert initiative.answers
        assert broadband.children(initiative.id, Milestone) or broadband.children(initiative.id, Risk)
    spans = [card for card in all_of(broadband, Card) if card.place.until]
    assert spans
    for card in spans:
        journey = broadband.need(card.place.lane, Lane).place.parent
        assert journey is not None
        columns = list(column_order(broadband, journey))
        assert columns.index(card.place.column) < columns.index(str(card.place.until))


# -- clinic ------------------------------------------------------------------------------------


def test_the_blueprint_has_its_rows_in_order() -> None:
    document = sample("clinic-blueprint")
    (journey,) = document.children(None, Journey)
    lanes = document.children(journey.id, Lane)
    rows = [lane.offers if lane.type == "cards" else lane.type for lane in lanes]
    assert rows[1:10] == [
        "evidence", "action", "interaction", "frontstage", "visibility", "backstage",
        "internal interaction", "support process", "system",
    ]  # fmt: skip
    lines = [row for row in rows if lane_type(row).shows is Shows.LINE]
    assert lines == ["interaction", "visibility", "internal interaction"]
    stages = document.children(journey.id, Stage)
    assert len(stages) == 6
    assert sum(len(document.children(s.id, Touchpoint)) for s in stages) >= 14


def test_the_blueprint_links_with_labels_both_ways_and_back() -> None:
    document = sample("clinic-blueprint")
    (journey,) = document.children(None, Journey)
    order = {column: n for n, column in enumerate(column_order(document, journey.id))}
    links = all_of(document, Link)
    assert any(link.arrows == "both" for link in links)
    assert sum(bool(link.label) for link in links) >= 5
    column = {card.id: order[card.place.column] for card in all_of(document, Card)}
    assert any(column[link.start] > column[link.to] for link in links)


# -- languages ---------------------------------------------------------------------------------

SCRIPTS = (
    "LATIN SMALL LETTER SHARP S", "GREEK", "CYRILLIC SMALL LETTER YI", "LATIN SMALL LETTER D WITH STROKE",
    "DEVANAGARI", "THAI", "HIRAGANA", "KATAKANA", "CJK", "HANGUL", "ARABIC", "HEBREW",
)  # fmt: skip


def drawn(document: Document) -> list[str]:
    """Every text of the map that the canvas draws."""
    titled = [*all_of(document, Stage), *all_of(document, Touchpoint), *all_of(document, Journey)]
    return [*(e.title for e in titled), *(card.text for card in all_of(document, Card))]


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_languages_cover_the_script(script: str) -> None:
    text = "".join(drawn(sample("languages")))
    assert any(unicodedata.name(character, "").startswith(script) for character in text)


def test_the_languages_have_emoji_that_are_several_characters_long() -> None:
    text = "".join(drawn(sample("languages")))
    assert "👨‍👩‍👧‍👦" in text
    assert "👍🏽" in text
    assert "🇺🇦" in text


def test_each_language_has_a_stage_of_its_own() -> None:
    document = sample("languages")
    (journey,) = document.children(None, Journey)
    stages = document.children(journey.id, Stage)
    assert len(stages) == 13
    assert all(len(document.children(stage.id, Touchpoint)) == 2 for stage in stages)


@pytest.mark.parametrize("script", ["ARABIC", "HEBREW"])
def test_right_to_left_lines_hold_latin_names_and_digits(script: str) -> None:
    def is_mixed(text: str) -> bool:
        rtl = any(unicodedata.name(c, "").startswith(script) for c in text)
        return rtl and bool(re.search("[A-Za-z]{3}", text)) and bool(re.search("[0-9]", text))

    assert any(map(is_mixed, drawn(sample("languages"))))


def test_simplified_and_traditional_chinese_differ() -> None:
    text = "".join(drawn(sample("languages")))
    assert "转" in text or "车" in text
    assert "轉" in text
