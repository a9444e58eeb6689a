"""Charts are drawn of every scorecard, hold no markup, and are written alike each time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmapper.export.charts import CHARTS, View, chart_bytes, draw_chart, painted
from cxmapper.layout.theme import THEMES
from cxmapper.model.document import Document
from cxmapper.model.elements import Touchpoint
from cxmapper.scoring.scorecard import Scorecard, score
from cxmapper.storage.files import open_map
from tests.scored import ANSWERS, first_map, touchpoint_named, with_answers


@pytest.fixture(scope="module")
def plain(root: Path) -> Document:
    return open_map(root / "samples" / "broadband.cxmap").document


@pytest.fixture(scope="module")
def card(plain: Document) -> Scorecard:
    document = with_answers(plain)
    return score(document, first_map(document).id)


def words(name: str, view: View) -> list[str]:
    figure = draw_chart(name, view)
    texts = [t.get_text() for axes in figure.axes for t in (*axes.texts, axes.title, axes.xaxis.label)]
    ticks = [t.get_text() for axes in figure.axes for t in (*axes.get_xticklabels(), *axes.get_yticklabels())]
    return [*texts, *ticks, *(t.get_text() for t in figure.texts)]


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_every_chart_is_painted_in_every_theme(card: Scorecard, name: str, theme: str) -> None:
    view = View(card, card.id, "month", THEMES[theme], (3.2, 2.6))
    pixels, width, height = painted(name, view, 50)
    assert len(pixels) == 4 * width * height
    ground = bytes(pixels[:3])
    assert "#" + ground.hex().upper() == THEMES[theme]["sheet"]


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_equal_charts_are_equal_files(card: Scorecard, ending: str) -> None:
    view = View(card, card.id)
    assert chart_bytes("waterfall", view, ending) == chart_bytes("waterfall", view, ending)


def test_the_waterfall_ends_where_all_targets_are_reached(card: Scorecard) -> None:
    found = words("waterfall", View(card))
    assert "now" in found
    assert "possible" in found
    assert card.waterfall.potential is not None
    assert f"  +{round(card.waterfall.potential)}" in found


def test_answers_are_counted_along_the_scale(card: Scorecard, plain: Document) -> None:
    visit = touchpoint_named(plain, "Engineer visit").id
    found = words("answers", View(card, visit))
    assert {"315", "104", "101"} <= set(found)


def test_dollars_in_a_title_are_no_formula(plain: Document) -> None:
    document = with_answers(plain)
    visit = touchpoint_named(document, "Engineer visit")
    named = Touchpoint.model_validate({**dict(visit), "title": "a $x_1$ b"})
    document = Document({**document.elements, visit.id: named})
    svg = chart_bytes("waterfall", View(score(document, first_map(document).id)), "svg").decode()
    assert re.search(r"<!-- a \$x_1\$ b -->", svg)


def test_a_chart_without_anything_to_show_says_so(plain: Document) -> None:
    empty = score(plain, first_map(plain).id)
    for name in CHARTS:
        assert any(" " in text for text in words(name, View(empty, empty.id))), name


def test_a_hidden_group_is_in_no_chart(plain: Document) -> None:
    document = with_answers(plain, {**ANSWERS, "Renewal offer": (50, 3)})
    card = score(document, first_map(document).id)
    offer = touchpoint_named(document, "Renewal offer").id
    for name in ("trend", "answers"):
        assert not any(re.search(r"\d", text) for text in words(name, View(card, offer)))
    assert "Renewal offer" not in words("quadrant", View(card))


@settings(max_examples=5, deadline=None)
@given(rows=st.lists(st.tuples(st.integers(-100, 100), st.integers(0, 400)), min_size=10, max_size=10))
def test_no_answers_are_too_odd_to_be_drawn(plain: Document, rows: list[tuple[int, int]]) -> None:
    document = with_answers(plain, dict(zip(ANSWERS, rows, strict=True)))
    card = score(document, first_map(document).id)
    for name in CHARTS:
        pixels, width, height = painted(name, View(card, card.id, size=(3, 2.4)), 40)
        assert (width, height) == (120, 96)
        assert len(pixels) == 4 * width * height
        assert len(set(pixels)) > 2
