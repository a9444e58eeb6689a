"""How long a scorecard takes: 200 touchpoints with 24 months of answers are to take under 20 ms."""

from __future__ import annotations

import random
import statistics
import time
from typing import Any

import pytest

from cxmapper.model.base import Element
from cxmapper.model.document import Document
from cxmapper.model.elements import Survey, Tally
from cxmapper.model.fields import Place
from cxmapper.scoring.pools import Window, shifted
from cxmapper.scoring.scorecard import Scorecard, score
from tests.make import make_map

LIMIT = 0.020


def surveyed(n: int = 200, months: int = 24) -> tuple[Document, str]:
    """A map of `n` touchpoints, each with so many months of answers of one persona and of nobody known."""
    draw = random.Random(7)
    document, journey = make_map(n)
    elements: dict[str, Element] = dict(document.elements)
    scale = tuple(str(answer) for answer in range(11))
    elements["survey"] = Survey(id="survey", place=Place(None, "a0"), metric="nps", scale=scale)
    elements[journey] = elements[journey].edited(target_nps=20)
    for touchpoint in [id_ for id_, e in elements.items() if e.kind == "touchpoint"]:
        for persona in ("anna", None):
            id_ = f"tally-{touchpoint}-{persona}"
            counts = {shifted("2024-01", m): tuple(draw.randint(0, 9) for _ in scale) for m in range(months)}
            elements[id_] = Tally(
                id=id_, survey="survey", persona=persona, nodes=(touchpoint,), counts=counts
            )
    whole = Document(elements)
    assert whole.index.of_kind("tally")
    return whole, journey


@pytest.fixture(scope="module")
def subject() -> tuple[Document, str]:
    return surveyed()


def test_fresh(benchmark: Any, subject: tuple[Document, str]) -> None:
    assert len(benchmark(score, *subject).nodes) == 200


def test_of_a_year(benchmark: Any, subject: tuple[Document, str]) -> None:
    card: Scorecard = benchmark(score, *subject, window=Window("2025-01", "2025-12"))
    assert card.journey.n


def test_after_an_edit(benchmark: Any, subject: tuple[Document, str]) -> None:
    document, journey = subject
    before = score(document, journey)
    target = document["touchpoint-7"]
    edited = document.replaced({target.id: target}, {target.id: target.edited(target_nps=50)})
    assert benchmark(score, edited, journey, previous=before).by_id[target.id].reference == 50


def test_the_limit_is_kept(subject: tuple[Document, str]) -> None:
    took = []
    for _ in range(15):
        start = time.perf_counter()
        score(*subject)
        took.append(time.perf_counter() - start)
    assert statistics.median(took) < LIMIT, f"{statistics.median(took) * 1000:.1f} ms"
