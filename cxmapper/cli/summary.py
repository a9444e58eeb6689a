"""What is in a map, told in a few lines of text. A function of the document: it reads no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cxmapper.locale import Plural, Words, tr
from cxmapper.model.columns import lanes, stages, touchpoints
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Persona
from cxmapper.model.kinds import card_type, choice_words, kind


def summary(document: Document) -> Iterator[str]:
    """The lines that `cxmapper show` writes: title, personas, maps with their stages, and the rest."""
    yield document.settings.title or tr("(no title)")
    yield str(Plural("{n} element", "{n} elements", len(document)))
    personas = document.children(None, Persona)
    if personas:
        yield ""
        yield tr("Personas")
        for persona in personas:
            yield "  " + " · ".join(filter(None, (_named(persona.name), persona.role)))
    for journey in document.children(None, Journey):
        yield ""
        yield from _map(document, journey)
    rest = _rest(document)
    if rest:
        yield ""
        yield tr("Also: {list}", list=", ".join(rest))


def _map(document: Document, journey: Journey) -> Iterator[str]:
    who = [persona.name for id_ in journey.who if (persona := document.get(id_, Persona)) is not None]
    about = [choice_words("journey", "state", journey.state), *who, journey.date]
    yield tr("Map “{title}” ({about})", title=_named(journey.title), about=", ".join(filter(None, about)))
    yield f"  id {journey.id}"
    cards = _cards(document, journey.id)
    yield "  " + ", ".join(
        str(count)
        for count in (
            Plural("{n} stage", "{n} stages", len(stages(document, journey.id))),
            Plural("{n} touchpoint", "{n} touchpoints", len(touchpoints(document, journey.id))),
            Plural("{n} lane", "{n} lanes", len(lanes(document, journey.id))),
            Plural("{n} card", "{n} cards", cards.total()),
        )
    )
    if cards:
        by_number = sorted(cards.items(), key=lambda item: (-item[1], item[0]))
        kinds = (f"{card_type(name).label} {n}" for name, n in by_number)
        yield "  " + tr("cards: {list}", list=", ".join(kinds))
    for number, stage in enumerate(stages(document, journey.id), 1):
        inside = [_named(document[t].caption) for t in document.index.children(stage, "touchpoint")]
        yield f"  {number}. {_named(document[stage].caption)}" + (f": {' · '.join(inside)}" if inside else "")


def _named(title: str) -> str:
    return title or tr("(no title)")


def _cards(document: Document, journey: str) -> Counter[str]:
    """How many cards of each type lie in the lanes of `journey`."""
    found = (
        document.get(card, Card) for lane in lanes(document, journey) for card in document.index.lane(lane)
    )
    return Counter(card.type for card in found if card is not None)


def _rest(document: Document) -> list[str]:
    """The kinds that no map shows as its own, each with its number."""
    told = {"settings", "persona", "journey", "stage", "touchpoint", "lane", "card"}
    counts = Counter(document[id_].kind for id_ in document)
    rest: list[str] = []
    for name, n in sorted(counts.items()):
        if name not in told:
            label: Words = kind(name).plural if n != 1 else kind(name).label
            rest.append(tr("{n} × {kind}", n=n, kind=label))
    return rest
