"""The registry of kinds and types: what each is called, its fields, its icon and its colour.

The one place to add a type of card or lane. The palette, the inspector, the layout, the legend
and the exports all read it here. Labels are messages of the catalogue; colours are names of
tokens, whose values stand in `layout.theme`; icons are names of drawings in `layout.icons`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from cxmapper.locale import Words, msg


class Entry(Enum):
    """How a field is entered."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    RATING = "rating"
    VALENCE = "valence"
    SEVERITY = "severity"
    FLAG = "flag"
    CHOICE = "choice"
    SET = "set"
    PAIRS = "pairs"
    DAY = "day"
    REFERENCE = "reference"
    REFERENCES = "references"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an element: its name, what it is called, how it is entered, and its group."""

    name: str
    label: Words
    entry: Entry
    choices: tuple[tuple[str, Words], ...] = ()
    low: float = 0
    high: float = 100
    group: Words | None = None

    def words_of(self, value: str) -> str:
        """What one of its choices is called; one that is not known is called as it is written."""
        return next((str(label) for name, label in self.choices if name == value), value)


@dataclass(frozen=True, slots=True)
class CardType:
    """A type of card: label, icon, colour token, its own fields, and whether the palette has it."""

    name: str
    label: Words
    icon: str
    colour: str
    fields: tuple[str, ...] = ()
    in_palette: bool = True


class Shows(Enum):
    """What a lane shows, which decides how it is drawn and what may lie in it."""

    CARDS = "cards"
    EMOTIONS = "emotions"
    TOUCHPOINTS = "touchpoints"
    CHANNELS = "channels"
    HEADING = "heading"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class LaneType:
    """A type of lane: what it shows, and what a new card in it becomes unless the lane says so."""

    name: str
    label: Words
    shows: Shows = Shows.CARDS
    offers: str | None = None
    caption: Words | None = None

    @property
    def holds_cards(self) -> bool:
        """Whether cards may lie in it."""
        return self.shows in (Shows.CARDS, Shows.EMOTIONS)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of element: what it is called and its fields, in the order of the inspector."""

    name: str
    label: Words
    plural: Words
    icon: str
    fields: tuple[Field, ...]


_BASIS = (
    ("assumed", msg("Assumed")),
    ("observed", msg("Observed")),
    ("measured", msg("Measured")),
)
_STATE = (
    ("current", msg("Current state")),
    ("future", msg("Future state")),
    ("planned", msg("Future, as planned")),
    ("actual", msg("Future, as it turned out")),
)
_PERSONA_TYPE = (
    ("customer", msg("Customer")),
    ("staff", msg("Staff")),
    ("partner", msg("Partner")),
    ("system", msg("System")),
)
_ARROWS = (("end", msg("At the end")), ("both", msg("At both ends")), ("none", msg("None")))

_INTERVALS = (("adjusted-wald", msg("Adjusted Wald")), ("score", msg("Score")))
_IMPORTANCE = (("stated", msg("As set on the map")), ("derived", msg("From key drivers of the answers")))
_CROSS = (("middle", msg("The middle of the scale")), ("mean", msg("The mean of all touchpoints")))

_TARGETS = msg("Targets")
_SCORING = msg("Scoring")
_EXPERIENCE = msg("Experience factors")
_ORIGIN = msg("Origin")
_NEEDS = msg("Needs")
_TRAITS = msg("Traits")

FOLDED: tuple[Words, ...] = (_EXPERIENCE, _ORIGIN)
"""Groups of many fields that are rarely wanted: the inspector shows them closed at first."""


def _targets() -> tuple[Field, ...]:
    return (
        Field("target_nps", msg("Target NPS"), Entry.NUMBER, low=-100, high=100, group=_TARGETS),
        Field("target_csat", msg("Target CSAT (%)"), Entry.NUMBER, low=0, high=100, group=_TARGETS),
        Field("target_ces", msg("Target CES (1–7)"), Entry.NUMBER, low=1, high=7, group=_TARGETS),
    )


_COMMON = (
    Field("tags", msg("Tags"), Entry.SET, group=_ORIGIN),
    Field("urls", msg("Web addresses"), Entry.SET, group=_ORIGIN),
    Field("owner", msg("Owner"), Entry.LINE, group=_ORIGIN),
    Field("source", msg("Source"), Entry.LINE, group=_ORIGIN),
)

_TITLE = Field("title", msg("Title"), Entry.LINE)
_DETAIL = Field("detail", msg("Detail"), Entry.TEXT)
_WHO = Field("who", msg("Personas"), Entry.REFERENCES)
_BASIS_FIELD = Field("basis", msg("Evidence"), Entry.CHOICE, choices=_BASIS)


def _rating(name: str, label: Words, group: Words | None = None) -> Field:
    return Field(name, label, Entry.RATING, low=0, high=5, group=group)


_SCORING_FIELDS = (
    Field("n_min", msg("Answers a score needs"), Entry.WHOLE, low=1, high=10_000, group=_SCORING),
    Field("anonymity", msg("Fewest answers shown"), Entry.WHOLE, low=1, high=1000, group=_SCORING),
    Field("confidence", msg("Confidence of intervals (0–1)"), Entry.NUMBER, low=0.5, high=0.999, group=_SCORING),
    Field("interval_method", msg("Interval"), Entry.CHOICE, choices=_INTERVALS, group=_SCORING),
    Field("alpha", msg("A gap is confirmed below p"), Entry.NUMBER, low=0.0001, high=0.5, group=_SCORING),
    Field("moment_factor", msg("Weight of a moment of truth (×)"), Entry.NUMBER, low=1, high=10, group=_SCORING),
    Field("assumed_importance", msg("Importance where none is set (0–1)"), Entry.NUMBER, low=0, high=1,
          group=_SCORING),
    Field("importance_from", msg("Importance"), Entry.CHOICE, choices=_IMPORTANCE, group=_SCORING),
    Field("importance_cross", msg("High importance begins at"), Entry.CHOICE, choices=_CROSS, group=_SCORING),
    Field("emotion_tolerance", msg("Drawn emotion agrees within (points)"), Entry.NUMBER, low=0, high=100,
          group=_SCORING),
)  # fmt: skip

_KINDS = (
    Kind(
        "settings", msg("Settings"), msg("Settings"), "note",
        (
            Field("title", msg("Document title"), Entry.LINE),
            Field("language", msg("Language"), Entry.LINE),
            Field("target_nps", msg("Target NPS"), Entry.NUMBER, low=-100, high=100),
            *_SCORING_FIELDS,
            *_COMMON,
        ),
    ),
    Kind("strategy", msg("Strategy"), msg("Strategy"), "note",
         (Field("mission", msg("Mission"), Entry.TEXT), Field("text", msg("Strategy"), Entry.TEXT), *_COMMON)),
    Kind("objective", msg("Objective"), msg("Objectives"), "note",
         (_TITLE, _DETAIL, Field("measure", msg("Measure"), Entry.LINE), Field("target", msg("Target"), Entry.LINE),
          Field("due", msg("Due"), Entry.DAY), *_COMMON)),
    Kind("competitor", msg("Competitor"), msg("Competitors"), "note",
         (Field("name", msg("Name"), Entry.LINE), _DETAIL,
          Field("nps", msg("NPS"), Entry.NUMBER, low=-100, high=100),
          Field("csat", msg("CSAT (%)"), Entry.NUMBER, low=0, high=100),
          Field("ces", msg("CES (1–7)"), Entry.NUMBER, low=1, high=7), *_COMMON)),
    Kind("action", msg("Action"), msg("Actions"), "action",
         (_TITLE, _DETAIL, Field("due", msg("Due"), Entry.DAY), Field("status", msg("Status"), Entry.LINE), *_COMMON)),
    Kind(
        "persona", msg("Persona"), msg("Personas"), "person",
        (
            Field("name", msg("Name"), Entry.LINE),
            Field("type", msg("Sort"), Entry.CHOICE, choices=_PERSONA_TYPE),
            Field("role", msg("Role"), Entry.LINE),
            Field("image", msg("Image"), Entry.IMAGE),
            Field("quote", msg("Quote"), Entry.TEXT),
            Field("biography", msg("Biography"), Entry.TEXT),
            Field("goals", msg("Goals"), Entry.TEXT, group=_NEEDS),
            Field("frustrations", msg("Frustrations"), Entry.TEXT, group=_NEEDS),
            Field("functional_needs", msg("Functional needs"), Entry.TEXT, group=_NEEDS),
            Field("emotional_needs", msg("Emotional needs"), Entry.TEXT, group=_NEEDS),
            Field("social_needs", msg("Social needs"), Entry.TEXT, group=_NEEDS),
            Field("jobs", msg("Jobs to be done"), Entry.TEXT, group=_NEEDS),
            Field("channels", msg("Channels"), Entry.SET, group=_TRAITS),
            Field("demographic", msg("Demographic"), Entry.PAIRS, group=_TRAITS),
            Field("psychographic", msg("Psychographic"), Entry.PAIRS, group=_TRAITS),
            Field("behavioural", msg("Behavioural"), Entry.PAIRS, group=_TRAITS),
            Field("share", msg("Share of customers (%)"), Entry.NUMBER, low=0, high=100, group=_TRAITS),
            Field("value", msg("Lifetime value"), Entry.NUMBER, low=-1e12, high=1e12, group=_TRAITS),
            *_COMMON,
        ),
    ),
    Kind(
        "journey", msg("Map"), msg("Maps"), "map",
        (
            _TITLE, _WHO,
            Field("scenario", msg("Scenario"), Entry.TEXT),
            Field("state", msg("State"), Entry.CHOICE, choices=_STATE),
            Field("answers", msg("Answers the map"), Entry.REFERENCE),
            Field("date", msg("Date"), Entry.DAY),
            Field("language", msg("Language"), Entry.LINE),
            *_targets(), *_COMMON,
        ),
    ),
    Kind(
        "stage", msg("Stage"), msg("Stages"), "stage",
        (_TITLE, Field("goal", msg("Goal"), Entry.TEXT), _DETAIL, Field("aliases", msg("Also called"), Entry.SET),
         *_targets(), *_COMMON),
    ),
    Kind(
        "touchpoint", msg("Touchpoint"), msg("Touchpoints"), "touchpoint",
        (
            _TITLE, _DETAIL,
            Field("channels", msg("Channels"), Entry.SET),
            Field("environment", msg("Environment"), Entry.LINE),
            Field("expectation", msg("Expectation"), Entry.TEXT),
            Field("motivation", msg("Motivation"), Entry.TEXT),
            _rating("importance", msg("Importance")),
            Field("moment_of_truth", msg("Moment of truth"), Entry.FLAG),
            _BASIS_FIELD,
            *_targets(),
            _rating("reachability", msg("Reachability"), _EXPERIENCE),
            _rating("service_convenience", msg("Service convenience"), _EXPERIENCE),
            _rating("purchase_convenience", msg("Purchase convenience"), _EXPERIENCE),
            _rating("personalisation", msg("Personalisation"), _EXPERIENCE),
            _rating("simplicity", msg("Simplicity"), _EXPERIENCE),
            _rating("channel_flexibility", msg("Channel flexibility"), _EXPERIENCE),
            Field("aliases", msg("Also called"), Entry.SET, group=_ORIGIN),
            Field("answers", msg("Answers touchpoints"), Entry.REFERENCES, group=_ORIGIN),
            *_COMMON,
        ),
    ),
    Kind(
        "lane", msg("Lane"), msg("Lanes"), "lane",
        (
            _TITLE,
            Field("type", msg("Sort"), Entry.CHOICE),
            Field("offers", msg("New cards are"), Entry.CHOICE),
            _WHO,
            Field("hidden", msg("Hidden"), Entry.FLAG),
            *_COMMON,
        ),
    ),
    Kind(
        "card", msg("Card"), msg("Cards"), "note",
        (
            Field("text", msg("Text"), Entry.TEXT),
            Field("type", msg("Sort"), Entry.CHOICE),
            Field("valence", msg("Emotion (−100…+100)"), Entry.VALENCE, low=-100, high=100),
            Field("severity", msg("Severity"), Entry.SEVERITY, low=1, high=3),
            _DETAIL, _WHO, _BASIS_FIELD,
            Field("answers", msg("Answers pain points"), Entry.REFERENCES),
            Field("image", msg("Image"), Entry.IMAGE),
            *_COMMON,
        ),
    ),
    Kind("link", msg("Link"), msg("Links"), "link",
         (Field("label", msg("Label"), Entry.LINE), Field("arrows", msg("Arrowheads"), Entry.CHOICE, choices=_ARROWS),
          *_COMMON)),
    Kind("survey", msg("Survey"), msg("Surveys"), "evidence",
         (Field("vendor", msg("Vendor"), Entry.LINE), Field("question", msg("Question"), Entry.TEXT), *_COMMON)),
    Kind("tally", msg("Tally of answers"), msg("Tallies of answers"), "evidence", _COMMON),
    Kind(
        "initiative", msg("Initiative"), msg("Initiatives"), "opportunity",
        (
            _TITLE, _DETAIL, Field("answers", msg("Answers"), Entry.REFERENCES),
            _rating("impact", msg("Impact")), _rating("feasibility", msg("Feasibility")),
            _rating("alignment", msg("Alignment")), Field("status", msg("Status"), Entry.LINE),
            Field("start", msg("Start"), Entry.DAY), Field("end", msg("End"), Entry.DAY),
            Field("responsible", msg("Responsible"), Entry.SET), Field("accountable", msg("Accountable"), Entry.SET),
            Field("consulted", msg("Consulted"), Entry.SET), Field("informed", msg("Informed"), Entry.SET),
            *_COMMON,
        ),
    ),
    Kind("milestone", msg("Milestone"), msg("Milestones"), "note",
         (_TITLE, Field("due", msg("Due"), Entry.DAY), Field("done", msg("Done"), Entry.FLAG), *_COMMON)),
    Kind("risk", msg("Risk"), msg("Risks"), "risk",
         (_TITLE, _rating("likelihood", msg("Likelihood")), _rating("damage", msg("Damage")),
          Field("mitigation", msg("Mitigation"), Entry.TEXT), *_COMMON)),
    Kind("comment", msg("Comment"), msg("Comments"), "quote",
         (Field("text", msg("Text"), Entry.TEXT), Field("author", msg("Author"), Entry.LINE),
          Field("resolved", msg("Resolved"), Entry.FLAG), *_COMMON)),
    Kind("review", msg("Review mark"), msg("Review marks"), "evidence",
         (Field("resolved", msg("Resolved"), Entry.FLAG), *_COMMON)),
    Kind("image", msg("Image"), msg("Images"), "image", (Field("alt", msg("What it shows"), Entry.TEXT), *_COMMON)),
)  # fmt: skip

_CARD_TYPES = (
    CardType("emotion", msg("Emotion"), "emotion", "emotion", ("valence",)),
    CardType("pain point", msg("Pain point"), "pain", "pain", ("severity",)),
    CardType("opportunity", msg("Opportunity"), "opportunity", "opportunity", ("answers",)),
    CardType("gain", msg("Gain"), "gain", "gain"),
    CardType("thought", msg("Thought"), "thought", "thought"),
    CardType("quote", msg("Quote"), "quote", "quote"),
    CardType("action", msg("Action"), "action", "action"),
    CardType("need", msg("Need"), "need", "need"),
    CardType("evidence", msg("Evidence"), "evidence", "evidence"),
    CardType("frontstage", msg("Frontstage step"), "frontstage", "frontstage"),
    CardType("backstage", msg("Backstage step"), "gear", "backstage"),
    CardType("support process", msg("Support process"), "support", "support"),
    CardType("system", msg("System of record"), "system", "system"),
    CardType("risk", msg("Risk"), "risk", "risk", ("severity",)),
    CardType("note", msg("Note"), "note", "note"),
    CardType("image", msg("Image"), "image", "note", ("image",)),
)

_LANE_TYPES = (
    LaneType("touchpoints", msg("Touchpoints"), Shows.TOUCHPOINTS),
    LaneType("emotion", msg("Emotion"), Shows.EMOTIONS, offers="emotion", caption=msg("felt")),
    LaneType("channels", msg("Channels"), Shows.CHANNELS),
    LaneType("cards", msg("Cards"), offers="note"),
    LaneType("band", msg("Heading"), Shows.HEADING),
    LaneType("interaction", msg("Line of interaction"), Shows.LINE),
    LaneType("visibility", msg("Line of visibility"), Shows.LINE),
    LaneType("internal interaction", msg("Line of internal interaction"), Shows.LINE),
)

KINDS: Mapping[str, Kind] = MappingProxyType({k.name: k for k in _KINDS})
CARD_TYPES: Mapping[str, CardType] = MappingProxyType({t.name: t for t in _CARD_TYPES})
LANE_TYPES: Mapping[str, LaneType] = MappingProxyType({t.name: t for t in _LANE_TYPES})
FACES = (-80, -40, 0, 40, 80)
EMOTION_STEP = 5


def card_type(name: str) -> CardType:
    """The card type called `name`; one that is not known is drawn as a grey note under its own name.

    >>> card_type("pain point").icon, card_type("riddle").colour
    ('pain', 'unknown')
    """
    return CARD_TYPES.get(name) or CardType(
        name, msg("{name}", name=name), "unknown", "unknown", in_palette=False
    )


def lane_type(name: str) -> LaneType:
    """The lane type called `name`; one that is not known holds notes."""
    return LANE_TYPES.get(name) or LaneType(name, msg("{name}", name=name), offers="note")


def kind(name: str) -> Kind:
    """The kind called `name`; one that is not known has no fields to edit."""
    return KINDS.get(name) or Kind(
        name, msg("{name}", name=name), msg("{name}", name=name), "unknown", _COMMON
    )


def field_of(kind_name: str, name: str) -> Field:
    """The field called `name` of a kind. Raises KeyError where the kind has none of that name."""
    for field in kind(kind_name).fields:
        if field.name == name:
            return field
    raise KeyError(f"{kind_name}.{name}")


def choice_words(kind_name: str, field: str, value: str) -> str:
    """What a choice of a field is called, in the language in use; an unknown one is called as it is written.

    >>> choice_words("journey", "state", "future"), choice_words("journey", "state", "dreamt")
    ('Future state', 'dreamt')
    """
    return field_of(kind_name, field).words_of(value)


def fields_of(kind_name: str, type_name: str = "") -> tuple[Field, ...]:
    """The fields to show for an element: of its kind, and for a card those its type uses."""
    all_fields = kind(kind_name).fields
    if kind_name != "card":
        return all_fields
    special = {name for each in _CARD_TYPES for name in each.fields}
    own = card_type(type_name).fields
    return tuple(f for f in all_fields if f.name not in special or f.name in own)
