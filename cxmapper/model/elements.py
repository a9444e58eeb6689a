"""The kinds of elements of a map and the fields each one has (DESIGN, section 3).

A field that is not given is absent from the file; 0 is a value. Unknown kinds become an
`UnknownElement`, unknown types stay the word they are, unknown fields stay where they are: all
are written back. How a kind or type is named, drawn and edited stands in `kinds`, not here.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Discriminator, FailFast, Field, Tag, TypeAdapter

from cxmapper.model.base import Element, KnownElement, Part
from cxmapper.model.fields import (
    Basis,
    CardPlace,
    Day,
    Flag,
    Frozen,
    Id,
    IdSet,
    LanguageTag,
    Line,
    Lines,
    Month,
    Number,
    Place,
    Points,
    Rating,
    Refers,
    Sha,
    Strength,
    Text,
    Type,
    Valence,
    Whole,
)
from cxmapper.model.ids import survey_id

_LOOSE_TO = {
    "people": Refers(Strength.LOOSE, ("persona",)),
    "journey": Refers(Strength.LOOSE, ("journey",)),
    "touchpoint": Refers(Strength.LOOSE, ("touchpoint",)),
    "pains": Refers(Strength.LOOSE, ("card",)),
    "image": Refers(Strength.LOOSE, ("image",)),
    "any": Refers(Strength.LOOSE),
    "nodes": Refers(Strength.LOOSE, ("touchpoint", "stage", "journey")),
    "meant": Refers(Strength.LOOSE, ("touchpoint", "stage", "journey", "persona")),
}
People = Annotated[IdSet, _LOOSE_TO["people"]]
ImageRef = Annotated[Sha | None, _LOOSE_TO["image"]]
Percent = Annotated[Number, Field(ge=0, le=100)]


class Targets(Part):
    """What is aimed at: NPS in points −100…100, CSAT in per cent, CES on its 1–7 scale."""

    target_nps: Points | None = None
    target_csat: Percent | None = None
    target_ces: Annotated[Number, Field(ge=1, le=7)] | None = None


class Settings(KnownElement):
    """The document's title, language and the constants of the scoring. Its id is `settings`."""

    kind: Literal["settings"] = "settings"
    title: Line = ""
    language: LanguageTag = ""
    target_nps: Points | None = None
    n_min: Annotated[Whole, Field(ge=1, le=10_000)] = 10
    alpha: Annotated[Number, Field(gt=0, lt=1)] = 0.05
    emotion_tolerance: Annotated[Number, Field(ge=0, le=100)] = 10
    moment_factor: Annotated[Number, Field(ge=1, le=10)] = 1.5
    assumed_importance: Annotated[Number, Field(ge=0, le=1)] = 0.6
    anonymity: Annotated[Whole, Field(ge=1, le=1000)] = 5
    confidence: Annotated[Number, Field(ge=0.5, lt=1)] = 0.95
    interval_method: Literal["adjusted-wald", "score"] = "adjusted-wald"
    importance_cross: Literal["middle", "mean"] = "middle"
    importance_from: Literal["stated", "derived"] = "stated"
    caption_field: ClassVar[str] = "title"


class Strategy(KnownElement):
    """The mission and the strategy in words. Its id is `strategy`."""

    kind: Literal["strategy"] = "strategy"
    mission: Text = ""
    text: Text = ""
    caption_field: ClassVar[str] = "mission"


class _Placed(KnownElement):
    place: Place


class Objective(_Placed):
    """An objective of the strategy, with the figure that tells whether it is reached."""

    kind: Literal["objective"] = "objective"
    title: Line = ""
    detail: Text = ""
    measure: Line = ""
    target: Line = ""
    due: Day = ""
    caption_field: ClassVar[str] = "title"


class Competitor(_Placed):
    """A competitor, with the scores known of it."""

    kind: Literal["competitor"] = "competitor"
    name: Line = ""
    detail: Text = ""
    nps: Points | None = None
    csat: Percent | None = None
    ces: Annotated[Number, Field(ge=1, le=7)] | None = None
    caption_field: ClassVar[str] = "name"


class Action(_Placed):
    """An agreed action of the strategy."""

    kind: Literal["action"] = "action"
    title: Line = ""
    detail: Text = ""
    due: Day = ""
    status: Type = "open"
    caption_field: ClassVar[str] = "title"


class Persona(_Placed):
    """Somebody whose journey is mapped, or who serves it."""

    kind: Literal["persona"] = "persona"
    type: Type = "customer"
    name: Line = ""
    role: Line = ""
    image: ImageRef = None
    quote: Text = ""
    biography: Text = ""
    goals: Text = ""
    frustrations: Text = ""
    functional_needs: Text = ""
    emotional_needs: Text = ""
    social_needs: Text = ""
    jobs: Text = ""
    channels: Lines = ()
    demographic: Frozen[Line, Line] = {}
    psychographic: Frozen[Line, Line] = {}
    behavioural: Frozen[Line, Line] = {}
    share: Percent | None = None
    value: Number | None = None
    caption_field: ClassVar[str] = "name"


class Journey(_Placed, Targets):
    """A map: one way through, as somebody lives it now or shall live it."""

    kind: Literal["journey"] = "journey"
    who: People = ()
    title: Line = ""
    scenario: Text = ""
    state: Type = "current"
    answers: Annotated[Id | None, _LOOSE_TO["journey"]] = None
    date: Day = ""
    language: LanguageTag = ""
    caption_field: ClassVar[str] = "title"


class Stage(_Placed, Targets):
    """A group of columns: a phase of the journey."""

    kind: Literal["stage"] = "stage"
    title: Line = ""
    goal: Text = ""
    detail: Text = ""
    aliases: Lines = ()
    caption_field: ClassVar[str] = "title"


class Touchpoint(_Placed, Targets):
    """A moment in time where customer and company meet: a column of the map."""

    kind: Literal["touchpoint"] = "touchpoint"
    title: Line = ""
    detail: Text = ""
    channels: Lines = ()
    environment: Line = ""
    expectation: Text = ""
    motivation: Text = ""
    importance: Rating | None = None
    moment_of_truth: Flag = False
    basis: Basis | None = None
    aliases: Lines = ()
    answers: Annotated[IdSet, _LOOSE_TO["touchpoint"]] = ()
    reachability: Rating | None = None
    service_convenience: Rating | None = None
    purchase_convenience: Rating | None = None
    personalisation: Rating | None = None
    simplicity: Rating | None = None
    channel_flexibility: Rating | None = None
    caption_field: ClassVar[str] = "title"


class Lane(_Placed):
    """A row of the map. `offers` is what a new card in it becomes, never what it may hold."""

    kind: Literal["lane"] = "lane"
    type: Type = "cards"
    title: Line = ""
    who: People = ()
    offers: Annotated[Type | None, Field()] = None
    hidden: Flag = False
    caption_field: ClassVar[str] = "title"


class Card(KnownElement):
    """A note in a cell of the map, of one of the types that `kinds` lists, or of another."""

    kind: Literal["card"] = "card"
    place: CardPlace
    type: Type = "note"
    text: Text = ""
    detail: Text = ""
    who: People = ()
    basis: Basis | None = None
    valence: Valence | None = None
    severity: Annotated[Whole, Field(ge=1, le=3)] | None = None
    answers: Annotated[IdSet, _LOOSE_TO["pains"]] = ()
    image: ImageRef = None
    caption_field: ClassVar[str] = "text"


class Link(KnownElement):
    """An arrow from one card, touchpoint or stage to another. Both ends are required."""

    kind: Literal["link"] = "link"
    start: Annotated[Id, Refers(Strength.REQUIRED)] = Field(alias="from")
    to: Annotated[Id, Refers(Strength.REQUIRED)]
    label: Line = ""
    arrows: Literal["end", "both", "none"] = "end"
    caption_field: ClassVar[str] = "label"


class DriverStatistics(Part):
    """Correlations of rated drivers with the score and with each other, and how many answered."""

    names: tuple[Line, ...] = ()
    n: Annotated[Whole, Field(ge=0)] = 0
    correlations: tuple[tuple[Number, ...], ...] = ()


def _given(drivers: DriverStatistics | None) -> DriverStatistics | None:
    """Statistics that say something; empty ones are not written, and so equal to none."""
    return drivers if drivers is not None and drivers.raw() else None


class Survey(_Placed):
    """What was asked: where its answers come from, and the possible answers in order.

    `aliases` remembers what somebody said that a name in the answers means: folded name to the id of
    a touchpoint, stage, journey or persona (`model.names`).
    """

    kind: Literal["survey"] = "survey"
    vendor: Line = ""
    question: Text = ""
    metric: Type = "nps"
    scale: tuple[Line, ...] = ()
    sort: Literal["relational", "transactional"] = "transactional"
    aliases: Annotated[Frozen[Line, Id], _LOOSE_TO["meant"]] = {}
    drivers: Annotated[DriverStatistics | None, AfterValidator(_given)] = None
    weight_sums: Frozen[Line, Number] = {}
    caption_field: ClassVar[str] = "question"

    @property
    def derived_id(self) -> str:
        """The id that follows from what it asks."""
        return survey_id(self.vendor, self.question, self.metric, self.scale, self.sort)


class Tally(KnownElement):
    """Counts of answers: of one survey and persona, naming one set of nodes, by month.

    `counts` maps a month (`2026-03`, or "" where none is known) to as many counts as the survey's
    scale has answers, in its order. Respondents are never kept. The id comes from what the survey
    itself says, so it stays when a name is given to another node. Names that stand for nothing on the
    map wait in `unmatched` (of touchpoints and stages) and `unmatched_persona`; a tally without nodes
    counts nowhere.
    """

    kind: Literal["tally"] = "tally"
    survey: Annotated[Id, Refers(Strength.REQUIRED, ("survey",))]
    persona: Annotated[Id | None, _LOOSE_TO["people"]] = None
    nodes: Annotated[IdSet, _LOOSE_TO["nodes"]] = ()
    unmatched: Lines = ()
    unmatched_persona: Line = ""
    counts: Frozen[Month, tuple[Annotated[Whole, Field(ge=0)], ...]] = {}


class Initiative(_Placed):
    """What is to be done about pain points, by whom and when."""

    kind: Literal["initiative"] = "initiative"
    title: Line = ""
    detail: Text = ""
    answers: Annotated[IdSet, _LOOSE_TO["pains"]] = ()
    impact: Rating | None = None
    feasibility: Rating | None = None
    alignment: Rating | None = None
    status: Type = "proposed"
    start: Day = ""
    end: Day = ""
    responsible: Lines = ()
    accountable: Lines = ()
    consulted: Lines = ()
    informed: Lines = ()
    caption_field: ClassVar[str] = "title"


class Milestone(_Placed):
    """A date that an initiative must keep."""

    kind: Literal["milestone"] = "milestone"
    title: Line = ""
    due: Day = ""
    done: Flag = False
    caption_field: ClassVar[str] = "title"


class Risk(_Placed):
    """What may go wrong with an initiative, how likely (0–5), how bad (0–5), and what helps."""

    kind: Literal["risk"] = "risk"
    title: Line = ""
    likelihood: Rating | None = None
    damage: Rating | None = None
    mitigation: Text = ""
    caption_field: ClassVar[str] = "title"


class Comment(_Placed):
    """A remark about a part of a map; it keeps the part's title and so outlives it."""

    kind: Literal["comment"] = "comment"
    about: Annotated[Id | None, _LOOSE_TO["any"]] = None
    about_title: Line = ""
    reply_to: Annotated[Id | None, Refers(Strength.LOOSE, ("comment",))] = None
    text: Text = ""
    author: Line = ""
    resolved: Flag = False
    caption_field: ClassVar[str] = "text"


class Review(_Placed):
    """What a merge left undecided about a field: before, mine and theirs, as JSON values."""

    kind: Literal["review"] = "review"
    about: Annotated[Id | None, _LOOSE_TO["any"]] = None
    about_title: Line = ""
    field: Line = ""
    before: Text = ""
    mine: Text = ""
    theirs: Text = ""
    resolved: Flag = False
    caption_field: ClassVar[str] = "about_title"


class Image(KnownElement):
    """A picture that the file carries under the SHA-256 of its bytes, which is also its id."""

    kind: Literal["image"] = "image"
    type: Literal["image/png", "image/jpeg", "image/webp"]
    width: Annotated[Whole, Field(ge=1, le=100_000)]
    height: Annotated[Whole, Field(ge=1, le=100_000)]
    alt: Text = ""
    caption_field: ClassVar[str] = "alt"


class UnknownElement(Element):
    """An element of a kind that this version does not know; kept and written back as it is."""

    kind: Type


CLASSES: tuple[type[Element], ...] = (
    Settings, Strategy, Objective, Competitor, Action, Persona, Journey, Stage, Touchpoint, Lane, Card,
    Link, Survey, Tally, Initiative, Milestone, Risk, Comment, Review, Image,
)  # fmt: skip
CLASS_OF: dict[str, type[Element]] = {c.model_fields["kind"].default: c for c in CLASSES}

_UNKNOWN = "?"


def _tag(value: Any) -> str:
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return kind if isinstance(kind, str) and kind in CLASS_OF else _UNKNOWN


AnyElement = Annotated[
    Annotated[Settings, Tag("settings")]
    | Annotated[Strategy, Tag("strategy")]
    | Annotated[Objective, Tag("objective")]
    | Annotated[Competitor, Tag("competitor")]
    | Annotated[Action, Tag("action")]
    | Annotated[Persona, Tag("persona")]
    | Annotated[Journey, Tag("journey")]
    | Annotated[Stage, Tag("stage")]
    | Annotated[Touchpoint, Tag("touchpoint")]
    | Annotated[Lane, Tag("lane")]
    | Annotated[Card, Tag("card")]
    | Annotated[Link, Tag("link")]
    | Annotated[Survey, Tag("survey")]
    | Annotated[Tally, Tag("tally")]
    | Annotated[Initiative, Tag("initiative")]
    | Annotated[Milestone, Tag("milestone")]
    | Annotated[Risk, Tag("risk")]
    | Annotated[Comment, Tag("comment")]
    | Annotated[Review, Tag("review")]
    | Annotated[Image, Tag("image")]
    | Annotated[UnknownElement, Tag(_UNKNOWN)],
    Discriminator(_tag),
]


@cache
def _reader() -> TypeAdapter[list[Element]]:
    """What validates elements; made when the first map is read, since a start needs none of it."""
    return TypeAdapter(Annotated[list[AnyElement], FailFast()])  # type: ignore[arg-type]


def read_elements(raw: dict[str, dict[str, Any]]) -> dict[str, Element]:
    """Elements from plain JSON values keyed by id, validated.

    Raises pydantic.ValidationError for the first element that does not fit; the first part of each
    error's `loc` is the number of that element in the order of `raw`.
    """
    identified = [{**fields, "id": id_} for id_, fields in raw.items()]
    return {e.id: e for e in _reader().validate_python(identified)}
