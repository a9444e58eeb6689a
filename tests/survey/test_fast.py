"""What polars counts is what we count ourselves; where it would differ, it is not asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest

from cxmapper.survey import fast
from cxmapper.survey.choices import Choices
from cxmapper.survey.detect import propose
from cxmapper.survey.gather import gather
from cxmapper.survey.progress import Cancelled
from cxmapper.survey.readers import read_table
from cxmapper.survey.tally import count
from tests.survey.make_surveys import text

pytest.importorskip("polars")

HEAD = ["Response ID", "Status", "date", "touchpoint", "nps", "Comment\nwith a line"]
DATES = {
    "iso": lambda c: f"2025-{c.randint(1, 12):02}-{c.randint(1, 28):02} 10:{c.randint(0, 59):02}",
    "slashes": lambda c: f"{c.randint(1, 12)}/{c.randint(1, 12)}/2025 10:{c.randint(0, 59):02}",
    "worded": lambda c: f"{c.randint(1, 28)}-Aug-2025",
}


def rows(dates: Callable[[Random], str], n: int = 600) -> list[Sequence[object]]:
    chance = Random(1)
    dirt = ["", "don't know", "7.5", "12", "10 - top", '"4"', "３"]
    made: list[Sequence[object]] = [
        (f"R{i}", chance.choice("0001"), dates(chance), chance.choice(["Shop", "Café, Süd", ""]),
         chance.choice([*range(11), *dirt]), chance.choice(["", 'a "b"', "two\nlines", "a,b"]))
        for i in range(n)
    ]  # fmt: skip
    return [
        HEAD,
        *made[:200],
        [],
        ["", "", "", "", "", ""],
        *made[200:],
        *made[5:9],
        ["R1", "0", "2025-01-01"],
    ]


def both(
    path: Path, monkeypatch: pytest.MonkeyPatch, choices: Choices | None = None
) -> tuple[object, object]:
    table = read_table(path)
    slow = count(propose(table, choices), choices)
    monkeypatch.setattr(fast, "LARGE", 0)
    asked: list[object] = []
    real = fast.gather_fast
    monkeypatch.setattr(fast, "gather_fast", lambda *all_: asked.append(real(*all_)) or asked[-1])
    quick = count(propose(table, choices), choices)
    assert asked
    assert asked[0] is not None
    return slow, quick


@pytest.mark.parametrize("kind", DATES)
@pytest.mark.parametrize("end", ["", "Total,,,,300,\n"])
def test_polars_and_csv_agree_to_the_row(
    kind: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.csv"
    path.write_text(text(rows(DATES[kind]), end="\n") + end, encoding="utf-8-sig")
    slow, quick = both(path, monkeypatch, Choices(score="nps"))
    assert slow.counted == quick.counted  # type: ignore[attr-defined]
    assert slow.questions == quick.questions  # type: ignore[attr-defined]
    assert slow.counted.counts.duplicate == 4  # type: ignore[attr-defined]
    assert slow.counted.counts.invalid > 50  # type: ignore[attr-defined]


def test_rows_wider_than_the_header_are_left_to_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ragged.csv"
    path.write_text("nps,touchpoint\n" + "9,A\n8,B\n" * 100 + "7,A,more,and more\n")
    monkeypatch.setattr(fast, "LARGE", 0)
    assert count(propose(read_table(path))).counted.counts.n == 201


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_are_left_to_us(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "other.csv"
    path.write_text("nps;touchpoint\n" + "9;Café\n8;B\n" * 100, encoding=encoding)
    monkeypatch.setattr(fast, "LARGE", 0)
    proposal = propose(read_table(path))
    assert not fast.fits(proposal)
    assert count(proposal).counted.counts.n == 200


def test_it_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.csv"
    path.write_text(text(rows(DATES["iso"])))
    monkeypatch.setattr(fast, "LARGE", 0)
    with pytest.raises(Cancelled):
        gather(propose(read_table(path)), lambda _share: False)
