"""What the map has no room for is listed in words; a map that shows all it holds has no such page."""

from __future__ import annotations

from cxmapper.edit.change import apply
from cxmapper.edit.operations import set_fields
from cxmapper.layout.arrange import layout
from cxmapper.layout.details import details
from cxmapper.layout.papers import PAPERS
from cxmapper.layout.sheet import Page
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Image, Persona, Stage, Touchpoint
from tests.make import make_map


def text_of(pages: tuple[Page, ...]) -> str:
    return " ".join(line.text for page in pages for placed in page.boxes for line in placed.box.lines)


def pages_of(document: Document, journey: str, typesetter: Typesetter) -> tuple[Page, ...]:
    return details(layout(document, journey, typesetter=typesetter), PAPERS["A4"])


def bare(document: Document, journey: str) -> Document:
    """The map with no words but those that are drawn."""
    for id_, element in document.elements.items():
        if isinstance(element, Persona):
            document = apply(document, set_fields(document, [id_], role=""))
    return document


def test_a_map_that_shows_all_that_was_written_has_no_details(typesetter: Typesetter) -> None:
    document, journey = make_map(2)
    assert pages_of(bare(document, journey), journey, typesetter) == ()


def test_what_is_written_beyond_the_map_is_listed_under_its_headings(typesetter: Typesetter) -> None:
    document, journey = make_map(2)
    document = bare(document, journey)
    stage = document.children(journey, Stage)[0]
    touchpoint = document.children(stage.id, Touchpoint)[1]
    card = next(e for e in document.elements.values() if isinstance(e, Card) and e.type == "pain point")
    document = apply(document, set_fields(document, [stage.id], goal="Know the price"))
    document = apply(
        document, set_fields(document, [touchpoint.id], expectation="An answer at once", simplicity=0)
    )
    document = apply(
        document, set_fields(document, [card.id], detail="Measured in spring", urls=["https://a.example"])
    )
    text = text_of(pages_of(document, journey, typesetter))
    for words in ("Know the price", "An answer at once", "0 of 5", "Measured in spring", "https://a.example"):
        assert words in text
    assert text.index(stage.title) < text.index("Know the price") < text.index("An answer at once")


def test_a_long_detail_goes_on_without_losing_a_word(typesetter: Typesetter) -> None:
    document, journey = make_map(1)
    words = [f"word{i}" for i in range(1900)]
    card = next(e for e in document.elements.values() if isinstance(e, Card))
    document = apply(document, set_fields(document, [card.id], detail=" ".join(words)))
    pages = pages_of(document, journey, typesetter)
    assert len(pages) > 2
    found = text_of(pages).split()
    assert [w for w in found if w.startswith("word")] == words
    for page in pages:
        for placed in page.boxes:
            assert placed.y + placed.box.h <= page.height


def test_a_field_of_mere_spaces_says_nothing(typesetter: Typesetter) -> None:
    document, journey = make_map(2)
    document = bare(document, journey)
    stage = document.children(journey, Stage)[0]
    document = apply(document, set_fields(document, [stage.id], goal=" \n ", detail="\u3000"))
    assert pages_of(document, journey, typesetter) == ()


def heights_kept(pages: tuple[Page, ...]) -> bool:
    return all(p.y + p.box.h <= page.height for page in pages for p in page.boxes)


def test_an_entry_is_not_parted_and_a_long_one_says_that_it_goes_on(typesetter: Typesetter) -> None:
    document, journey = make_map(40)
    document = bare(document, journey)
    columns = [t for s in document.children(journey, Stage) for t in document.children(s.id, Touchpoint)]
    for n, each in enumerate(columns):
        fields = {"expectation": f"expects{n}", "environment": f"around{n} " * 12, "motivation": f"moved{n}"}
        document = apply(document, set_fields(document, [each.id], **fields))
    long = columns[5]
    document = apply(document, set_fields(document, [long.id], detail="on and on " * 900, title="Long one"))
    pages = pages_of(document, journey, typesetter)
    assert heights_kept(pages)
    texts = [text_of((page,)) for page in pages]
    assert len(texts) > 4
    for n, each in enumerate(columns):
        if each is not long:
            page = next(text for text in texts if f"expects{n} " in text)
            assert f"moved{n} " in page
            assert page.index(each.title) < page.index(f"expects{n} ")
    going_on = [text for text in texts if "on and on" in text]
    assert len(going_on) > 1
    assert all(text.startswith("Long one (continued)") for text in going_on[1:])


def test_numbers_and_choices_share_a_line(typesetter: Typesetter) -> None:
    document, journey = make_map(1)
    stage = document.children(journey, Stage)[0]
    touchpoint = document.children(stage.id, Touchpoint)[0]
    fields = {"expectation": "Quick", "importance": 4, "simplicity": 2, "basis": "measured"}
    document = apply(document, set_fields(document, [touchpoint.id], **fields))
    text = text_of(pages_of(document, journey, typesetter))
    assert "In brief" in text
    assert "Importance: 4 of 5 · " in text
    assert "Simplicity: 2 of 5" in text


def test_details_of_a_hidden_lane_stay_hidden(typesetter: Typesetter) -> None:
    document, journey = make_map(1)
    card = next(e for e in document.elements.values() if isinstance(e, Card) and e.type == "backstage")
    document = apply(document, set_fields(document, [card.id], detail="For our eyes only"))
    assert "For our eyes only" in text_of(pages_of(document, journey, typesetter))
    hidden = apply(document, set_fields(document, [card.place.lane], hidden=True))
    assert "For our eyes only" not in text_of(pages_of(hidden, journey, typesetter))


def test_a_picture_is_said_by_what_it_shows_and_never_by_its_number(typesetter: Typesetter) -> None:
    document, journey = make_map(1)
    sha = "ab" * 32
    image = Image(id=sha, type="image/png", width=2, height=2, alt="A smiling face")
    document = Document({**document.elements, sha: image})
    persona = document.children(None, Persona)[0]
    document = apply(document, set_fields(document, [persona.id], image=sha))
    text = text_of(pages_of(document, journey, typesetter))
    assert "A smiling face" in text
    assert sha not in text
