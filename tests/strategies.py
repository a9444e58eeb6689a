"""Hypothesis strategies: arbitrary valid documents, with all that a file may hold.

Every kind, every field of the registry, unknown kinds, types and fields at every level, twelve
scripts, spans, tied order keys. Valid means that `check` finds no problem in them, only notes.
"""

from __future__ import annotations

from functools import cache
from math import ceil, floor
from typing import Any

from hypothesis import strategies as st

from cxmapper.model.document import Document
from cxmapper.model.elements import read_elements
from cxmapper.model.fields import cleaned
from cxmapper.model.ids import survey_id, tally_id
from cxmapper.model.kinds import CARD_TYPES, LANE_TYPES, Entry, Field, fields_of
from tests.make import SCRIPTS, WORDS

Raw = dict[str, Any]

KEYS = ("Zz", "a0", "a0V", "a1", "a1V", "a2", "b00")  # few, so that some are tied
_WORDS = tuple(word for words in (WORDS, *SCRIPTS.values()) for word in words)
_ODD = ("", "• bullet", "{braces}", "<b>no markup</b>", "a" * 60, "it's “quoted”", "\\", "\u200fx", "−40 %")


@cache
def words(most: int = 6) -> st.SearchStrategy[str]:
    """One line of text of up to `most` words, in any of twelve scripts, or something odd."""
    spoken = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=most).map(" ".join)
    return st.one_of(spoken, st.sampled_from(_ODD), _any_text(20)).map(_one_line)


@cache
def texts() -> st.SearchStrategy[str]:
    """A text of up to three lines."""
    return st.lists(words(), min_size=1, max_size=3).map("\n".join)


@cache
def _any_text(most: int) -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=most).map(cleaned)


def _one_line(text: str) -> str:
    return cleaned(text).replace("\n", " ")


@cache
def json_values() -> st.SearchStrategy[Any]:
    """Any JSON value of small size, as an unknown field may hold it."""
    scalars = st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.just(0.5), _any_text(8))
    return st.recursive(
        scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(("x", "y", "größe")), inner, max_size=2),
        ),
        max_leaves=4,
    )


@cache
def unknown_fields() -> st.SearchStrategy[Raw]:
    """Fields that no version of ours knows; often none."""
    return st.one_of(
        st.just({}), st.dictionaries(st.sampled_from(("zz_future", "zz_plan")), json_values(), max_size=2)
    )


def _value(field: Field) -> st.SearchStrategy[Any] | None:
    """What may stand in a field of the registry, but for references, which the document draws."""
    low, high = ceil(max(field.low, -1000)), floor(min(field.high, 1000))
    share = field.low + (min(field.high, 1000) - field.low) / 8
    by_entry: dict[Entry, st.SearchStrategy[Any]] = {
        Entry.LINE: words(),
        Entry.TEXT: texts(),
        Entry.NUMBER: st.one_of(st.integers(low, high), st.just(share)) if low <= high else st.just(share),
        Entry.WHOLE: st.integers(low, max(low, high)),
        Entry.RATING: st.integers(0, 5),
        Entry.VALENCE: st.integers(-100, 100),
        Entry.SEVERITY: st.integers(1, 3),
        Entry.FLAG: st.booleans(),
        Entry.SET: st.lists(words(2), max_size=3),
        Entry.PAIRS: st.dictionaries(words(1), words(2), max_size=2),
        Entry.DAY: st.sampled_from(("", "2026", "2026-03", "2026-03-31")),
    }
    if field.entry is Entry.CHOICE:
        return st.sampled_from([name for name, _ in field.choices]) if field.choices else None
    if field.name in ("language", "status"):
        return st.sampled_from(("de", "zh-Hant", "en-GB"))
    return by_entry.get(field.entry)


@cache
def _fields(kind: str) -> st.SearchStrategy[Raw]:
    """Some fields of `kind` with values, some unknown ones with them."""
    known = {field.name: value for field in fields_of(kind) if (value := _value(field)) is not None}
    if kind == "card":
        known["severity"] = st.integers(1, 3)
    some = st.lists(st.sampled_from(sorted(known)), max_size=4, unique=True)
    return st.builds(
        lambda fields, unknown: {**unknown, **fields},
        some.flatmap(lambda names: st.fixed_dictionaries({name: known[name] for name in names})),
        unknown_fields(),
    ).map(lambda fields: {**fields, "kind": kind})


class _Sketch:
    """A document in the making: raw elements by id, drawn one after the other."""

    def __init__(self, draw: st.DrawFn, ties: bool) -> None:
        self.draw = draw
        self.raw: dict[str, Raw] = {}
        self._ties = ties
        self._count = 0

    def key(self) -> str:
        self._count += 1
        return self.draw(st.sampled_from(KEYS)) if self._ties else f"c{self._count:03}V"

    def add(self, id_: str, kind: str, **fields: Any) -> str:
        self.raw[id_] = {**self.draw(_fields(kind)), **fields}
        return id_

    def placed(self, kind: str, parent: str | None, most: int, least: int = 0, **fields: Any) -> list[str]:
        count = self.draw(st.integers(least, most))
        start = len(self.raw)
        ids = [f"{kind}-{start + i}" for i in range(count)]
        for id_ in ids:
            self.add(id_, kind, place=[parent, self.key()], **fields)
        return sorted(ids, key=lambda id_: (self.raw[id_]["place"][-1], id_))

    def some(self, ids: list[str], most: int = 2) -> list[str]:
        return self.draw(st.lists(st.sampled_from(ids), max_size=most, unique=True)) if ids else []

    def maybe(self, ids: list[str]) -> str | None:
        return self.draw(st.sampled_from([None, *ids]))


@st.composite
def documents(
    draw: st.DrawFn, journeys: int = 2, cards: int = 6, ties: bool = True, least: int = 0
) -> Document:
    """A valid document with up to `journeys` journeys and up to `cards` cards in each.

    `ties` lets siblings have equal order keys, as a merge may leave them. `least` is how many
    journeys, and stages, touchpoints and lanes in each, there are at least (at most 2).
    """
    sketch = _Sketch(draw, ties)
    if draw(st.booleans()):
        sketch.add("settings", "settings", n_min=draw(st.integers(1, 50)))
    personas = sketch.placed("persona", None, 2)
    picture = "f" * 64
    if draw(st.booleans()):
        sketch.add(picture, "image", type="image/png", width=40, height=30)
        for persona in personas:
            sketch.raw[persona]["image"] = picture
    maps = sketch.placed("journey", None, journeys, min(least, journeys))
    for journey in maps:
        sketch.raw[journey]["who"] = sketch.some(personas)
        _journey(sketch, journey, personas, cards, least)
    _plans(sketch)
    _evidence(sketch, personas)
    for i in range(draw(st.integers(0, 2))):
        sketch.raw[f"future-{i}"] = {**draw(unknown_fields()), "kind": "hologram", "place": [None, "a0"]}
    return Document(read_elements(sketch.raw))


def _journey(sketch: _Sketch, journey: str, personas: list[str], most_cards: int, least: int) -> None:
    draw = sketch.draw
    lanes = sketch.placed("lane", journey, 4, least)
    for lane in lanes:
        sketch.raw[lane]["type"] = draw(st.sampled_from((*LANE_TYPES, "cards", "emotion", "smells")))
        sketch.raw[lane]["who"] = sketch.some(personas, 1)
    stages = sketch.placed("stage", journey, 3, least)
    touchpoints = [t for stage in stages for t in sketch.placed("touchpoint", stage, 3, least)]
    cards: list[str] = []
    for _ in range(draw(st.integers(least, most_cards)) if lanes and stages else 0):
        cards.append(_card(sketch, f"card-{len(sketch.raw)}", lanes, stages, touchpoints))
    pains = [id_ for id_ in cards if sketch.raw[id_]["type"] == "pain point"]
    for card in cards:
        sketch.raw[card]["who"] = sketch.some(personas, 1)
        sketch.raw[card]["answers"] = sketch.some([id_ for id_ in pains if id_ != card])
    ends = [*cards, *touchpoints, *stages]
    for _ in range(draw(st.integers(0, 2)) if len(ends) > 1 else 0):
        start, to = draw(st.lists(st.sampled_from(ends), min_size=2, max_size=2, unique=True))
        sketch.add(f"link-{len(sketch.raw)}", "link", **{"from": start, "to": to})
    for comment in sketch.placed("comment", journey, 1):
        sketch.raw[comment]["about"] = sketch.maybe(ends)


def _card(sketch: _Sketch, id_: str, lanes: list[str], stages: list[str], touchpoints: list[str]) -> str:
    draw = sketch.draw
    row = draw(st.sampled_from([r for r in (touchpoints, stages) if r]))
    start = draw(st.integers(0, len(row) - 1))
    until = sketch.maybe(row[start + 1 : start + 4])
    type_ = draw(st.sampled_from((*CARD_TYPES, "pain point", "emotion", "riddle")))
    place = [draw(st.sampled_from(lanes)), row[start], until, sketch.key()]
    sketch.add(id_, "card", place=place, type=type_)
    if type_ == "emotion":
        sketch.raw[id_]["valence"] = draw(st.integers(-100, 100))
    return id_


def _plans(sketch: _Sketch) -> None:
    """The strategy and what belongs to it; initiatives with milestones and risks."""
    if sketch.draw(st.booleans()):
        sketch.add("strategy", "strategy")
        for kind in ("objective", "competitor", "action"):
            sketch.placed(kind, "strategy", 1)
    cards = [id_ for id_, raw in sketch.raw.items() if raw["kind"] == "card"]
    for initiative in sketch.placed("initiative", None, 1):
        sketch.raw[initiative]["answers"] = sketch.some(cards)
        sketch.placed("milestone", initiative, 2)
        sketch.placed("risk", initiative, 1)
    for review in sketch.placed("review", None, 1, resolved=True):
        sketch.raw[review]["about"] = sketch.maybe(cards)


def _evidence(sketch: _Sketch, personas: list[str]) -> None:
    """A survey and tallies of it, under the ids that everybody's would have."""
    draw = sketch.draw
    if not draw(st.booleans()):
        return
    scale = ["0", "1", "2"]
    survey = survey_id("generic", "How likely?", "nps", tuple(scale), "transactional")
    sketch.add(
        survey, "survey", place=[None, sketch.key()], vendor="generic", question="How likely?", scale=scale
    )
    nodes = [i for i, raw in sketch.raw.items() if raw["kind"] in ("touchpoint", "stage", "journey")]
    if nodes and draw(st.booleans()):
        sketch.raw[survey]["aliases"] = {"shop": draw(st.sampled_from([*nodes, *personas]))}
    for _ in range(draw(st.integers(0, 2))):
        persona, named = sketch.maybe(personas), sketch.some(nodes)
        counts = {"2026-03": draw(st.lists(st.integers(0, 9), min_size=3, max_size=3))}
        id_ = tally_id(survey, persona, tuple(named))
        sketch.add(id_, "tally", survey=survey, persona=persona, nodes=named, counts=counts)
        sketch.raw[id_]["unmatched"] = draw(st.lists(st.sampled_from(("Shop", "Fair")), max_size=2))
        if persona is None and draw(st.booleans()):
            sketch.raw[id_]["unmatched_persona"] = "Zoe"
