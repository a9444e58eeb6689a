"""How long a counted survey takes into a map: 200 touchpoints, 5 personas, 24 months.

The floor is a bare sum of the same counts, per tally and month.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from cxmapper.edit.change import apply
from cxmapper.edit.operations import bring_in
from cxmapper.model.document import Document
from cxmapper.model.elements import Touchpoint
from cxmapper.survey.bring_in import brought
from cxmapper.survey.counted import Counted, Counts, Group
from cxmapper.survey.match import match
from tests.make import make_map

SCALE = tuple(map(str, range(11)))
PEOPLE = ("Anna Keller", "Zoe", "Ben", "Cara", "Dan")


@pytest.fixture(scope="module")
def document() -> Document:
    made, _ = make_map(200)
    assert made.index is not None
    return made


@pytest.fixture(scope="module")
def counted(document: Document) -> Counted:
    titles = [e.title for e in document.elements.values() if isinstance(e, Touchpoint)]
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    rows = {
        Group(person, frozenset([("touchpoint", title)]), month): Counter(dict.fromkeys(SCALE, 3))
        for person in PEOPLE
        for title in titles
        for month in months
    }
    return Counted("nps", "generic", "How likely?", SCALE, rows, Counts(n=33 * len(rows)))


@pytest.mark.benchmark(group="survey into a map")
def test_floor_summing_the_counts(benchmark: Any, counted: Counted) -> None:
    def work() -> Counter[tuple[str, str]]:
        sums: Counter[tuple[str, str]] = Counter()
        for group, answers in counted.rows.items():
            for answer, n in answers.items():
                sums[group.month, answer] += n
        return sums

    assert benchmark.pedantic(work, rounds=5).total() == counted.counts.n


@pytest.mark.benchmark(group="survey into a map")
def test_matching_and_bringing_in(benchmark: Any, document: Document, counted: Counted) -> None:
    def work() -> Document:
        came = brought(counted, match(counted, document))
        return apply(document, bring_in(document, came.survey, came.tallies))

    assert len(benchmark.pedantic(work, rounds=5)) > len(document)
