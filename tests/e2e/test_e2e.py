"""A person at the window: a real process, a real X server, a real mouse and keyboard."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cxmapper import assets
from tests.e2e.conftest import Program

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("e2e")]

Start = Callable[..., Program]
TEXT = "Nobody says when the engineer comes"


@pytest.fixture
def a_map(tmp_path: Path) -> Path:
    path = tmp_path / "fresh.cxmap"
    command = [sys.executable, "-m", "cxmapper", "new", str(path), "--template", "blank"]
    subprocess.run(command, check=True, capture_output=True)
    return path


def _lane_and_stage(path: Path) -> tuple[str, str]:
    """The ids of the lane of pain points and of the second stage."""
    shown = subprocess.run(
        [sys.executable, "-m", "cxmapper", "show", str(path), "--json"], check=True, capture_output=True
    )
    elements = json.loads(shown.stdout)["elements"]
    lane = next(i for i, e in elements.items() if e["kind"] == "lane" and e.get("offers") == "pain point")
    stages = sorted((e["place"][1], i) for i, e in elements.items() if e["kind"] == "stage")
    return lane, stages[1][1]


def test_a_pain_point_from_the_palette_to_the_disk_and_back(start: Start, a_map: Path) -> None:
    lane, stage = _lane_and_stage(a_map)
    cell = (lane, stage)
    program = start(a_map)
    hand = program.hand

    hand.drag(program.point("widget", "palette.card/pain point"), program.point("cell", *cell))
    (card,) = program.wait("cards", *cell)
    assert card["type"] == "pain point"
    program.wait("typing")
    hand.type(TEXT)
    hand.press("ctrl+Return")
    program.wait("cards", *cell, until=lambda cards: cards[0]["text"] == TEXT)
    assert program.ask("title").startswith("*")

    for _ in range(2):
        hand.press("ctrl+z")
    program.wait("cards", *cell, until=lambda cards: cards == [])
    program.wait("title", until=lambda title: not title.startswith("*"))
    for _ in range(2):
        hand.press("ctrl+shift+z")
    program.wait("cards", *cell, until=lambda cards: [c["text"] for c in cards] == [TEXT])

    hand.press("ctrl+s")
    program.wait("title", until=lambda title: not title.startswith("*"))
    hand.press("ctrl+q")
    assert program.ended() == 0

    again = start(a_map)
    assert again.ask("cards", *cell) == [{"id": card["id"], "type": "pain point", "text": TEXT}]
    assert set(TEXT.split()) <= {word for line in again.ask("shown_words") for word in line.split()}


def test_escape_takes_a_drag_back(start: Start, a_map: Path) -> None:
    lane, stage = _lane_and_stage(a_map)
    program = start(a_map)
    there = program.point("cell", lane, stage)
    program.hand.drag(program.point("widget", "palette.card/pain point"), there, drop=False)
    program.hand.press("Escape")
    program.hand.let_go()
    program.wait("active")
    assert program.ask("cards", lane, stage) == []
    assert not program.ask("title").startswith("*")


def test_the_same_by_clicks_alone(start: Start, a_map: Path) -> None:
    lane, stage = _lane_and_stage(a_map)
    program = start(a_map)
    program.hand.click(program.point("widget", "palette.card/opportunity"))
    program.hand.click(program.point("cell", lane, stage))
    (card,) = program.wait("cards", lane, stage)
    assert card["type"] == "opportunity"


def test_a_card_moves_by_drag_and_its_undo_has_a_name(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "broadband.cxmap"
    path.write_bytes(assets.samples().joinpath("broadband.cxmap").read_bytes())
    program = start(path)
    card, lane, column, other = _a_card_and_a_cell_beside(program, path)
    program.hand.drag(program.point("part", card), program.point("cell", lane, other))
    program.wait("cards", lane, other, until=lambda cards: card in [c["id"] for c in cards])
    assert card not in [c["id"] for c in program.ask("cards", lane, column)]
    assert program.ask("words", "edit.undo").startswith("Undo Move")
    program.hand.press("ctrl+z")
    program.wait("cards", lane, column, until=lambda cards: card in [c["id"] for c in cards])


def _a_card_and_a_cell_beside(program: Program, path: Path) -> tuple[str, str, str, str]:
    """A pain point that can be seen, its lane and column, and a column of its lane that can be seen."""
    shown = subprocess.run(
        [sys.executable, "-m", "cxmapper", "show", str(path), "--json"], check=True, capture_output=True
    )
    elements = json.loads(shown.stdout)["elements"]
    for id_, element in elements.items():
        if element.get("type") == "pain point" and len(element["place"]) == 4 and not element["place"][2]:
            lane, column = element["place"][:2]
            if program.ask("part", id_) is None or elements[column]["kind"] != "touchpoint":
                continue
            stage = elements[column]["place"][0]
            beside = [i for i, e in elements.items() if e["kind"] == "touchpoint" and e["place"][0] == stage]
            other = next((i for i in beside if i != column and program.ask("cell", lane, i)), None)
            if other is not None:
                return id_, lane, column, other
    raise AssertionError("the sample has no pain point with a neighbour")


def test_a_survey_from_its_file_to_the_ranked_gaps(start: Start, tmp_path: Path, root: Path) -> None:
    path = tmp_path / "broadband.cxmap"
    path.write_bytes(assets.samples().joinpath("broadband.cxmap").read_bytes())
    program = start(path)
    hand = program.hand
    assert program.ask("answers") == 0

    hand.click(program.point("widget", "tool.file.import-survey"))
    program.wait("takes_keys", "survey.choose")
    hand.press("Return")
    program.wait("takes_keys", "fileNameEdit")
    hand.type(str(assets.samples().joinpath("broadband-survey.csv")))
    hand.press("Return")
    program.wait("text_of", "survey.next", until=lambda words: words == "Next")
    program.wait("takes_keys", "survey.next")
    hand.press("Return")
    program.wait("widgets", until=lambda names: any(n.startswith("match.touchpoint.") for n in names))
    hand.press("Return")
    program.wait("text_of", "survey.next", until=lambda words: words == "Import 4812 answers")
    hand.press("Return")

    program.wait("answers", until=lambda n: n == 4812)
    assert "broadband-survey.csv" in program.wait("remark")
    ranking = program.wait("ranked")
    assert ranking[0] == "Engineer visit"
    hand.click(program.point("widget", "message bar.button"))
    program.wait("answers", until=lambda n: n == 0)
    program.wait("title", until=lambda title: not title.startswith("*"))


def test_demo_opens_the_window_on_a_live_display(start: Start, tmp_path: Path) -> None:
    program = start("demo", tmp_path / "demo")
    assert "broadband" in program.ask("title").lower()
    assert (tmp_path / "demo" / "broadband.pdf").is_file()


def test_a_broken_file_is_told_in_the_window_and_left_alone(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "broken.cxmap"
    path.write_bytes(b"PK\x03\x04 nothing of a map")
    program = start(path, until="dialogs")
    assert any("broken.cxmap" in words for words in program.ask("dialogs"))
    assert program.ask("title") == "cxmapper"
    assert path.read_bytes() == b"PK\x03\x04 nothing of a map"
