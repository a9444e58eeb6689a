"""What is drawn of the scores: only what may be shown, and the same on every export."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxmapper.cli.export import export_map
from cxmapper.export.formats import FORMATS
from cxmapper.export.overlay import Shown, measured_in, scores_of
from cxmapper.export.svg import write_svg
from cxmapper.layout.text import Typesetter
from cxmapper.model.document import Document
from cxmapper.scoring.scorecard import score
from cxmapper.storage.files import open_map, save_map
from cxmapper.storage.mapfile import new_map
from tests.scored import ANSWERS, first_map, touchpoint_named, with_answers


@pytest.fixture(scope="module")
def plain(root: Path) -> Document:
    return open_map(root / "samples" / "broadband.cxmap").document


def test_values_disagreements_and_badges_come_from_the_scorecard(plain: Document) -> None:
    document = with_answers(plain)
    card = score(document, first_map(document).id)
    drawn = measured_in(card)
    visit = drawn[touchpoint_named(document, "Engineer visit").id]
    assert (round(visit.nps), visit.shown, visit.disagrees, visit.first) == (-41, True, True, True)
    offer = drawn[touchpoint_named(document, "Renewal offer").id]
    assert not offer.first
    for node in card.nodes:
        assert drawn[node.id][:3] == (node.score, node.lo, node.hi)


def test_a_small_group_is_not_drawn(plain: Document) -> None:
    document = with_answers(plain, {**ANSWERS, "Renewal offer": (50, 3)})
    drawn = measured_in(score(document, first_map(document).id))
    assert touchpoint_named(document, "Renewal offer").id not in drawn


def test_what_is_switched_off_is_not_drawn(plain: Document) -> None:
    document = with_answers(plain)
    card = score(document, first_map(document).id)
    assert measured_in(card, Shown(False, False, False)) == {}
    assert all(not m.shown and not m.first for m in measured_in(card, Shown(False, True, False)).values())


def test_an_export_draws_the_scores_that_it_is_given(plain: Document, typesetter: Typesetter) -> None:
    document = with_answers(plain)
    journey = first_map(document).id
    without = write_svg(document, journey, typesetter=typesetter)
    given = write_svg(document, journey, typesetter=typesetter, scores=scores_of(document, [journey]))
    assert b"Measured, with its interval" not in without
    assert b"Measured, with its interval" in given
    assert b"Gap to the target, beyond chance" in given


def test_the_command_line_draws_scores_unless_told_not_to(plain: Document, tmp_path: Path) -> None:
    file = tmp_path / "map.cxmap"
    document = with_answers(plain)
    opened = new_map(document)
    save_map(opened, document, file, expect=None)
    first = (first_map(document).id,)
    export_map(file, tmp_path / "with.svg", FORMATS["svg"], first)
    export_map(file, tmp_path / "without.svg", FORMATS["svg"], first, with_scores=False)
    assert b"Measured, with its interval" in (tmp_path / "with.svg").read_bytes()
    assert b"Measured, with its interval" not in (tmp_path / "without.svg").read_bytes()
