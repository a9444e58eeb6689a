"""The broadband sample with made-up answers, as counts, for tests of what scores are shown as."""

from __future__ import annotations

from collections.abc import Mapping

from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import Journey, Stage, Survey, Tally, Touchpoint
from cxmapper.model.fields import Place
from cxmapper.model.ids import survey_id, tally_id

SCALE = tuple(str(n) for n in range(11))

ANSWERS: Mapping[str, tuple[int, int]] = {
    "Sees an ad": (22, 420),
    "Compares plans": (18, 520),
    "Checks address": (-8, 480),
    "Orders online": (31, 640),
    "Router arrives": (27, 300),
    "Engineer visit": (-41, 520),
    "First connection": (46, 260),
    "First bill": (-12, 610),
    "Calls support": (-36, 580),
    "Renewal offer": (4, 120),
}
"""NPS and number of answers by the title of the touchpoint."""

TARGETS = {
    "Sees an ad": 20, "Compares plans": 20, "Checks address": 20, "Orders online": 30, "Router arrives": 30,
    "Engineer visit": 20, "First connection": 30, "First bill": 15, "Calls support": 20, "Renewal offer": 15,
}  # fmt: skip


def row_of(score: float, n: int) -> tuple[int, ...]:
    """Counts along 0…10 whose net score is as near to `score` as `n` answers allow."""
    neutral = n // 5
    positive = round((n - neutral + score * n / 100) / 2)
    positive = max(0, min(n - neutral, positive))
    negative = n - neutral - positive
    return (0, 0, 0, 0, 0, 0, negative, neutral, 0, 0, positive)


def first_map(document: Document) -> Journey:
    """The first map of a document."""
    return document.children(None, Journey)[0]


def touchpoint_named(document: Document, title: str) -> Touchpoint:
    """The touchpoint of the first map with this title."""
    stages = document.children(first_map(document).id, Stage)
    found = (t for s in stages for t in document.children(s.id, Touchpoint))
    return next(t for t in found if t.title == title)


def with_answers(
    document: Document,
    answers: Mapping[str, tuple[int, int]] = ANSWERS,
    targets: Mapping[str, float] | None = None,
    month: str = "2026-06",
) -> Document:
    """`document` with a survey whose answers give each touchpoint its score, and with targets."""
    survey = Survey(
        id=survey_id("test", "q", "nps", SCALE, "transactional"), place=Place(None, "a0"), vendor="test",
        question="q", metric="nps", scale=SCALE,
    )  # fmt: skip
    elements: dict[str, Element] = {**document.elements, survey.id: survey}
    for title, (score, n) in answers.items():
        node = touchpoint_named(document, title)
        key = tally_id(survey.id, None, (title.casefold(),))
        elements[key] = Tally(id=key, survey=survey.id, nodes=(node.id,), counts={month: row_of(score, n)})
    for title, target in (TARGETS if targets is None else targets).items():
        node = touchpoint_named(document, title)
        elements[node.id] = Touchpoint.model_validate({**dict(node), "target_nps": target})
    return Document(elements)
