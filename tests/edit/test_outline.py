from __future__ import annotations

from itertools import count

import pytest

from cxmapper.edit.outline import parse, read_outline
from cxmapper.errors import FileProblem
from cxmapper.model.checks import check
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Image, Initiative, Journey, Lane, Link, Milestone, Stage, Touchpoint

OUTLINE = """
[settings]
title = "Trams"

[[persona]]
id = "ada"
name = "Ada"

[[journey]]
title = "To town"
who = ["ada"]
lane = [
    { id = "touchpoints", type = "touchpoints" },
    { id = "feels", type = "emotion", title = "Emotion" },
    { id = "pains", title = "Pain points", offers = "pain point" },
    { id = "ideas", title = "Ideas", offers = "opportunity" },
    { id = "notes", title = "Notes" },
]

[[journey.stage]]
title = "Before"
cards.notes = "Of the stage as a whole"

[[journey.stage.touchpoint]]
id = "stop"
title = "Finds the stop"
cards.feels = { valence = -20 }
cards.pains = [{ text = "No sign", severity = 3 }, "Dark"]
cards.ideas = { text = "A lamp", answers = ["stop-pains", "stop-pains-2"] }

[[journey.stage.touchpoint]]
title = "Waits"
cards.notes = [{ type = "quote", text = "Where is it?", until = "ride", who = ["ada"] }]

[[journey.stage]]
title = "On the way"

[[journey.stage.touchpoint]]
id = "ride"
title = "切符"

[[link]]
from = "stop-ideas"
to = "ride"
label = "leads to"

[[initiative]]
title = "Light"
answers = ["stop-pains-2"]

[[initiative.milestone]]
title = "First lamp"
due = "2027-01-31"
"""


def built(*texts: str, images: dict[str, Image] | None = None) -> Document:
    sources = [parse(f"part{n}.toml", text) for n, text in enumerate(texts, 1)]
    return read_outline(sources, lambda name: name, images or {})


@pytest.fixture(scope="module")
def trams() -> Document:
    return built(OUTLINE)


def test_a_built_map_checks_clean(trams: Document) -> None:
    assert check(trams) == ()


def test_order_is_the_order_of_the_text(trams: Document) -> None:
    (journey,) = trams.children(None, Journey)
    assert [lane.id.removeprefix("journey-to-town-") for lane in trams.children(journey.id, Lane)] == [
        "touchpoints", "feels", "pains", "ideas", "notes",
    ]  # fmt: skip
    stages = trams.children(journey.id, Stage)
    assert [s.title for s in stages] == ["Before", "On the way"]
    assert [t.title for t in trams.children(stages[0].id, Touchpoint)] == ["Finds the stop", "Waits"]
    pains = trams.index.cell("journey-to-town-pains", "stop")
    assert [trams.need(id_, Card).text for id_ in pains] == ["No sign", "Dark"]


def test_a_card_becomes_what_its_lane_offers_unless_it_says_so(trams: Document) -> None:
    assert trams.need("stop-feels", Card).type == "emotion"
    assert trams.need("stop-pains", Card).type == "pain point"
    assert trams.need("journey-to-town-before-notes", Card).type == "note"
    assert trams.need("journey-to-town-before-waits-notes", Card).type == "quote"


def test_references_are_names(trams: Document) -> None:
    assert trams.need("stop-ideas", Card).answers == ("stop-pains", "stop-pains-2")
    assert trams.need("journey-to-town-before-waits-notes", Card).place.until == "ride"
    link = trams.need("link-stop-ideas-ride", Link)
    assert (link.start, link.to, link.label) == ("stop-ideas", "ride", "leads to")
    (initiative,) = trams.children(None, Initiative)
    assert [m.title for m in trams.children(initiative.id, Milestone)] == ["First lamp"]


def test_every_id_comes_from_the_source_of_ids_once() -> None:
    numbers = count()
    document = read_outline([parse("a.toml", OUTLINE)], lambda _: f"n{next(numbers)}")
    assert "settings" in document
    assert len(document) == next(numbers) + 1
    assert {id_ for id_ in document if id_ != "settings"} == {f"n{n}" for n in range(len(document) - 1)}
    assert check(document) == ()


def test_a_name_without_latin_letters_is_made_of_the_kind() -> None:
    stages = '[[journey.stage]]\ntitle = "切符"\n[[journey.stage]]\ntitle = "駅"\n'
    document = built('[[journey]]\ntitle = "旅"\n' + stages)
    assert set(document) == {"journey", "journey-stage", "journey-stage-2"}


def test_two_outlines_make_one_map_in_their_order() -> None:
    first = '[[journey]]\nid = "now"\ntitle = "Now"\n'
    second = '[[journey]]\nid = "then"\ntitle = "Then"\nanswers = "now"\n'
    document = built(first, second)
    assert [j.id for j in document.children(None, Journey)] == ["now", "then"]
    assert document.need("then", Journey).answers == "now"


def test_pictures_are_given_by_name() -> None:
    image = Image(id="a" * 64, type="image/png", width=4, height=3)
    document = built('[[persona]]\nid = "ada"\nimage = "face"\n', images={"face": image})
    assert document[image.id] is image
    assert document["ada"].raw()["image"] == image.id


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[journey", "part1.toml: "),
        ("[[jorney]]\n", "“jorney” is nothing that an outline holds"),
        ("journey = 3\n", "“journey” has to be a table"),
        ('[[journey]]\nid = "a b"\n', "an id is 1 to 64"),
        ('[[persona]]\nid = "x"\n[[journey]]\nid = "x"\n', "something else in this map has that id"),
        ('[[journey]]\nid = "x"\ntitel = "X"\n', "journey “x”: has no field “titel”"),
        ('[[journey]]\nid = "x"\nplace = []\n', "has no field “place”"),
        ('[[journey]]\nid = "x"\nwho = ["nobody"]\n', "nothing here is called “nobody”"),
        ('[[journey]]\nid = "x"\nanswers = 3\n', "nothing here is called “3”"),
        ('[[journey]]\nid = "x"\n[[journey.stage]]\nid = "s"\ncards.pains = "P"\n', "no lane “pains”"),
        ('[[journey]]\nid = "x"\n[[journey.stage]]\nid = "s"\ncards = "P"\n', "stage “s”: its cards"),
        ('[[journey]]\nid = "x"\ntarget_nps = "high"\n', "journey “x”: target_nps"),
        ('[[journey]]\nid = "x"\n[[journey.stage]]\nid = "s"\ntitle = 3\n', "stage “s”: title"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_place(text: str, words: str) -> None:
    with pytest.raises(FileProblem) as caught:
        built(text)
    assert "part1.toml" in str(caught.value)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_mistake_is_blamed_on_the_outline_that_has_it() -> None:
    with pytest.raises(FileProblem, match=r"part2\.toml: journey “b”"):
        built('[[journey]]\nid = "a"\n', '[[journey]]\nid = "b"\nwho = ["nobody"]\n')
