"""Maps with answers, small enough to be checked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import Card, Journey, Lane, Persona, Settings, Stage, Survey, Tally, Touchpoint
from cxmapper.model.fields import CardPlace, Place

NPS = tuple(str(n) for n in range(11))
CSAT = ("1", "2", "3", "4", "5")


def along(counts: Sequence[int]) -> tuple[int, ...]:
    """Three counts as answers along 0–10."""
    negative, neutral, positive = counts
    return (negative, 0, 0, 0, 0, 0, 0, neutral, 0, 0, positive)


def answers(
    id_: str,
    nodes: Sequence[str],
    months: Mapping[str, Sequence[int]],
    persona: str | None = None,
    survey: str = "nps",
) -> Tally:
    """A tally by month; of an NPS survey as three counts, of another along its scale."""
    counts = {m: along(c) if survey in ("nps", "relation") else tuple(c) for m, c in months.items()}
    return Tally(id=id_, survey=survey, persona=persona, nodes=tuple(nodes), counts=counts)


def a_map(*tallies: Tally, settings: Mapping[str, Any] | None = None, **fields: Any) -> Document:
    """Journey J of Anna (A) and Ben (B): stage S with touchpoints s1 and s2, T with t1, U without any.

    Surveys: nps, csat (1–5), and relation, which asks about the relationship. `fields` are the
    journey's.
    """
    elements: list[Element] = [
        Settings(id="settings", **(settings or {})),
        Persona(id="A", place=Place(None, "a0"), name="Anna"),
        Persona(id="B", place=Place(None, "a1"), name="Ben"),
        Journey(id="J", place=Place(None, "a0"), title="Moving house", who=("A", "B"), **fields),
        Stage(id="S", place=Place("J", "a0"), title="Before"),
        Stage(id="T", place=Place("J", "a1"), title="During", target_nps=30),
        Stage(id="U", place=Place("J", "a2"), title="After"),
        Touchpoint(
            id="s1", place=Place("S", "a0"), title="Ask", importance=5, moment_of_truth=True, target_nps=0
        ),
        Touchpoint(id="s2", place=Place("S", "a1"), title="Wait", importance=3),
        Touchpoint(id="t1", place=Place("T", "a0"), title="Move"),
        Lane(id="felt", place=Place("J", "a0"), type="emotion"),
        Card(id="e1", place=CardPlace("felt", "s1", "s2", "a0"), type="emotion", valence=40),
        Card(id="e2", place=CardPlace("felt", "s1", None, "a1"), type="emotion", valence=-20, who=("A",)),
        Survey(id="nps", place=Place(None, "a0"), metric="nps", scale=NPS),
        Survey(id="csat", place=Place(None, "a1"), metric="csat5", scale=CSAT),
        Survey(id="relation", place=Place(None, "a2"), metric="nps", scale=NPS, sort="relational"),
        *tallies,
    ]
    return Document({element.id: element for element in elements})
