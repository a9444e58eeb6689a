"""Generated maps for tests and benchmarks: the same arguments always make the same map.

`make_map` has the shape of a working map (lanes of several types, five cards a touchpoint, links,
spans and scripts on demand); `bench_map` has the words of the content that other programs are
measured with, which `bench_content` gives as plain values.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Any

from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Lane, Link, Persona, Settings, Stage, Touchpoint
from cxmapper.model.fields import CardPlace, Place
from cxmapper.model.ids import IdSource
from cxmapper.model.order import keys_between

_VOCABULARY = (
    "ticket price waits branch letter parcel router signal invoice contract advisor callback queue "
    "answer promise repair delay notice portal password renewal discount visit engineer survey "
    "delivery return voucher account meter form upload photo signature reminder transfer refund"
)
WORDS = tuple(_VOCABULARY.split())

SCRIPTS: dict[str, tuple[str, ...]] = {
    "German": ("Rückrufbitte", "Auftragsbestätigung", "für", "Straße", "größer", "Ärger"),
    "Greek": ("λογαριασμός", "ραντεβού", "τεχνικός", "και", "αναμονή"),
    "Ukrainian": ("рахунок", "технік", "з'єднання", "їхати", "очікування"),
    "Vietnamese": ("hóa", "đơn", "thợ", "lắp", "đặt", "nguyễn", "chờ"),
    "Hindi": ("इंजीनियर", "प्रतीक्षा", "भुगतान", "क्षमा", "सेवा"),
    "Thai": ("ช่างเทคนิคมาถึงช้า", "รอสายนานเกินไป", "ใบแจ้งหนี้"),
    "Japanese": ("技術者の訪問を待つ", "お客様センター", "カード", "料金"),
    "Chinese": ("工程师上门安装", "等待时间太长", "账单不清楚"),
    "Korean": ("기사방문", "대기시간", "청구서", "고객센터"),
    "Arabic": ("الفاتورة", "المهندس", "الانتظار", "خدمة", "العملاء"),
    "Hebrew": ("חשבונית", "טכנאי", "המתנה", "שירות"),
    "Emoji": ("😀", "📦", "👩‍🔧", "🇩🇪", "👍🏽", "✅"),
}

_LANES = (
    ("touchpoints", "Touchpoints", None, None),
    ("emotion", "Emotion", "emotion", "emotion"),
    ("cards", "Pain points", "pain point", "pain point"),
    ("cards", "Opportunities", "opportunity", "opportunity"),
    ("cards", "Thinking", "thought", "thought"),
    ("cards", "Backstage", "backstage", "backstage"),
)
_STAGE_SIZE = 50


class _Writer:
    """Writes the texts of one map, from one seeded source."""

    def __init__(self, seed: int, scripts: bool) -> None:
        self.random = random.Random(seed)
        self._vocabularies: list[Sequence[str]] = [WORDS]
        if scripts:
            self._vocabularies += list(SCRIPTS.values())

    def words(self, count: int) -> str:
        vocabulary = self.random.choice(self._vocabularies)
        return " ".join(self.random.choice(vocabulary) for _ in range(count))

    def title(self) -> str:
        return self.words(self.random.randint(2, 3))

    def text(self) -> str:
        return self.words(self.random.randint(9, 15))


def _keyed(ids: Sequence[str]) -> list[tuple[str, str]]:
    return list(zip(ids, keys_between(None, None, len(ids)), strict=True))


def make_map(
    n_touchpoints: int, cards_each: int = 5, seed: int = 7, spans: bool = False, scripts: bool = False
) -> tuple[Document, str]:
    """A map of one journey with `n_touchpoints` columns and `cards_each` cards in each; and its id.

    Stages hold about fifty touchpoints. The cards of a column go round the lanes that hold cards,
    so five cards fill each lane once. `spans` lets every seventh card run on for up to three
    columns; `scripts` writes texts in twelve scripts instead of English words alone.
    """
    write = _Writer(seed, scripts)
    elements: list[Element] = [
        Settings(id="settings", title=f"Generated map of {n_touchpoints}", language="en"),
        Persona(id="anna", place=Place(None, "a0"), name="Anna Keller", role="new customer"),
        Journey(
            id="journey",
            place=Place(None, "a0"),
            title=f"Journey of {n_touchpoints} touchpoints",
            who=("anna",),
            scenario=write.text(),
        ),
    ]
    lanes = [f"lane-{i}" for i in range(len(_LANES))]
    for (lane, key), (type_, title, offers, _) in zip(_keyed(lanes), _LANES, strict=True):
        place = Place("journey", key)
        elements.append(Lane(id=lane, place=place, type=type_, title=title, offers=offers))
    columns = _columns(elements, n_touchpoints, write)
    _cards(elements, columns, cards_each, spans, write)
    return Document({element.id: element for element in elements}), "journey"


def _columns(elements: list[Element], n: int, write: _Writer) -> list[str]:
    """Add stages and touchpoints; the ids of the touchpoints in order."""
    stages = [f"stage-{i}" for i in range(max(1, round(n / _STAGE_SIZE)))]
    ids: list[str] = []
    for at, (stage, key) in enumerate(_keyed(stages)):
        elements.append(Stage(id=stage, place=Place("journey", key), title=write.title().capitalize()))
        size = n // len(stages) + (at < n % len(stages))
        inside = [f"touchpoint-{len(ids) + i}" for i in range(size)]
        for touchpoint, inner_key in _keyed(inside):
            elements.append(
                Touchpoint(
                    id=touchpoint,
                    place=Place(stage, inner_key),
                    title=write.title().capitalize(),
                    channels=(write.words(1),),
                    importance=write.random.randint(0, 5),
                )
            )
        ids += inside
    return ids


def _cards(elements: list[Element], columns: list[str], each: int, spans: bool, write: _Writer) -> None:
    holding = [(f"lane-{i}", type_) for i, (_, _, _, type_) in enumerate(_LANES) if type_ is not None]
    keys = keys_between(None, None, each)
    count = 0
    for at, column in enumerate(columns):
        for i in range(each):
            lane, type_ = holding[i % len(holding)]
            until = None
            if spans and type_ != "emotion" and write.random.random() < 1 / 7:
                end = min(at + write.random.randint(1, 3), len(columns) - 1)
                until = columns[end] if end > at else None
            elements.append(
                Card(
                    id=f"card-{count}",
                    place=CardPlace(lane, column, until, keys[i]),
                    type=type_,
                    text=write.text(),
                    valence=5 * write.random.randint(-20, 20) if type_ == "emotion" else None,
                )
            )
            count += 1
        if each > 2 and at % 10 == 9:
            elements.append(Link(id=f"link-{at}", start=f"card-{count - each + 2}", to=f"card-{count - 1}"))


_BENCH_VOCABULARY = (
    "wait lost agent quick help price form phone email chat store clear slow queue refund ship order "
    "track offer trust search compare basket pay login reset guide answer repeat promise"
)
_BENCH_WORDS = tuple(_BENCH_VOCABULARY.split())
_BENCH_SHAPES = {20: (4, 5), 200: (10, 20), 1000: (20, 50), 2000: (20, 100)}
_BENCH_PEOPLE = ("Anna, new buyer", "Ben, returning", "Chloe, support agent")


def bench_content(n: int) -> dict[str, Any]:
    """The content that other programs are measured with: stages of touchpoints with a title, a note
    of twelve words, a score 1–5 and an actor, as plain values. Every call draws the same words.
    """
    draw = random.Random(7)
    n_stages, n_each = _BENCH_SHAPES.get(n, (max(1, n // 50), 50))
    stages: list[dict[str, Any]] = []
    for i in range(n_stages):
        stage: dict[str, Any] = {"title": f"Stage {i + 1} {draw.choice(_BENCH_WORDS)}", "touchpoints": []}
        for j in range(n_each):
            title = f"{draw.choice(_BENCH_WORDS).title()} {draw.choice(_BENCH_WORDS)} {i + 1}.{j + 1}"
            note = " ".join(draw.choice(_BENCH_WORDS) for _ in range(12))
            score, actor = draw.randint(1, 5), draw.choice(_BENCH_PEOPLE)
            stage["touchpoints"].append({"title": title, "note": note, "score": score, "actor": actor})
        stages.append(stage)
    return {"title": f"Journey {n}", "stages": stages}


def bench_map(n: int) -> tuple[Document, str]:
    """The content of `bench_content` as a map, and its journey's id: each note and actor is a card,
    each score 1–5 an emotion of −80, −40, 0, 40 or 80.
    """
    content = bench_content(n)
    elements: list[Element] = [Journey(id="journey", place=Place(None, "a0"), title=content["title"])]
    lanes = (
        ("lane-touchpoints", "touchpoints", "Touchpoints"),
        ("lane-emotion", "emotion", "Emotion"),
        ("lane-note", "cards", "Notes"),
        ("lane-actor", "cards", "Actors"),
    )
    for (lane, type_, title), key in zip(lanes, keys_between(None, None, len(lanes)), strict=True):
        elements.append(Lane(id=lane, place=Place("journey", key), type=type_, title=title))
    stage_keys = keys_between(None, None, len(content["stages"]))
    for i, (stage, key) in enumerate(zip(content["stages"], stage_keys, strict=True)):
        elements.append(Stage(id=f"s{i}", place=Place("journey", key), title=stage["title"]))
        inner_keys = keys_between(None, None, len(stage["touchpoints"]))
        for j, (touchpoint, inner_key) in enumerate(zip(stage["touchpoints"], inner_keys, strict=True)):
            elements += _bench_column(f"s{i}", f"s{i}-t{j}", inner_key, touchpoint)
    return Document({element.id: element for element in elements}), "journey"


def _bench_column(stage: str, id_: str, key: str, content: dict[str, Any]) -> list[Element]:
    def place(lane: str) -> CardPlace:
        return CardPlace(lane, id_, None, "a0")

    return [
        Touchpoint(id=id_, place=Place(stage, key), title=content["title"]),
        Card(id=f"{id_}-e", place=place("lane-emotion"), type="emotion", valence=(content["score"] - 3) * 40),
        Card(id=f"{id_}-n", place=place("lane-note"), type="note", text=content["note"]),
        Card(id=f"{id_}-a", place=place("lane-actor"), type="note", text=content["actor"]),
    ]


def counting_ids(prefix: str = "new") -> IdSource:
    """A source of ids that counts: new1, new2, new3 …"""
    count = itertools.count(1)
    return lambda: f"{prefix}{next(count)}"


def small_map() -> Document:
    """A map small enough to read in a test.

    Journey J of persona P has the stages A (touchpoints a1 a2 a3), B (b1 b2) and C (none), and
    the lanes `points`, `feelings`, `pains`, `notes`. Cards: p1 and p2 in pains/a1, p3 in
    pains/a2, n1 in notes/a1 spanning to b1, e1 an emotion of −40 in a1, c1 in notes on C as a
    whole; link L goes from p1 to c1. Opportunity o1 in notes/b2 answers p1 and p2.
    """
    placed: list[Element] = [
        Persona(id="P", place=Place(None, "a0"), name="Anna"),
        Journey(id="J", place=Place(None, "a0"), title="Moving house", who=("P",)),
        Stage(id="A", place=Place("J", "a0"), title="Before"),
        Stage(id="B", place=Place("J", "a1"), title="During"),
        Stage(id="C", place=Place("J", "a2"), title="After"),
        Lane(id="points", place=Place("J", "a0"), type="touchpoints", title="Touchpoints"),
        Lane(id="feelings", place=Place("J", "a1"), type="emotion", title="Emotion", offers="emotion"),
        Lane(id="pains", place=Place("J", "a2"), title="Pain points", offers="pain point"),
        Lane(id="notes", place=Place("J", "a3"), title="Notes", who=("P",)),
    ]
    for stage, touchpoints in (("A", ("a1", "a2", "a3")), ("B", ("b1", "b2"))):
        placed += [Touchpoint(id=t, place=Place(stage, f"a{t[1]}"), title=t.upper()) for t in touchpoints]
    cards: list[Element] = [
        Card(id="p1", place=CardPlace("pains", "a1", None, "a0"), type="pain point", text="Long wait"),
        Card(id="p2", place=CardPlace("pains", "a1", None, "a1"), type="pain point", text="No answer"),
        Card(id="p3", place=CardPlace("pains", "a2", None, "a0"), type="pain point", text="Too dear"),
        Card(id="n1", place=CardPlace("notes", "a1", "b1", "a0"), text="Runs on", who=("P",)),
        Card(id="e1", place=CardPlace("feelings", "a1", None, "a0"), type="emotion", valence=-40),
        Card(id="c1", place=CardPlace("notes", "C", None, "a0"), text="All of it"),
        Card(
            id="o1", place=CardPlace("notes", "b2", None, "a0"), type="opportunity", text="Call back",
            answers=("p1", "p2"),
        ),
    ]  # fmt: skip
    link = Link(id="L", start="p1", to="c1", label="leads to")
    return Document({element.id: element for element in (*placed, *cards, link)})
