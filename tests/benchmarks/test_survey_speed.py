"""How long a survey takes to read, against the bare csv module with a Counter, and against polars.

The floors count the same file by the same columns, and do nothing else: no encoding, no header, no
answer is looked at. The number in brackets after a median is its ratio to the floor, in the same run.
`python -m tests.benchmarks.test_survey_speed FILE` prints seconds and peak memory of one import.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections import Counter
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from cxmapper.survey.detect import propose
from cxmapper.survey.readers import read_table
from cxmapper.survey.tally import count

HEAD = ("response_id", "submitted_at", "persona", "touchpoint", "stage", "nps", "comment")
ANSWERS = (0, 3, 5, 6, 7, 8, 8, 9, 9, 10, 10, "")
COMMENTS = ("", "Fast and simple", "Price went up, again", "Had to call twice, still not solved")


def make(path: Path, n: int) -> Path:
    """A survey of `n` answers, about 60 touchpoints, by five personas, over a year."""
    chance = Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for i in range(n):
            place = chance.randrange(60)
            day = (
                f"2025-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02} 10:{chance.randrange(60):02}"
            )
            who = ("Busy Parent", "Student", "Owner", "Senior", "Expat")[chance.randrange(5)]
            said = chance.choice(ANSWERS), chance.choice(COMMENTS)
            writer.writerow((f"R-{i:08}", day, who, f"Touchpoint {place}", f"Stage {place // 10}", *said))
    return path


def bare_csv(path: Path) -> int:
    """The floor of small files."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        next(reader)
        return len(Counter(map(itemgetter(2, 3, 4, 5), reader)))


def bare_polars(path: Path) -> int:
    """The floor of large files."""
    import polars

    scan = polars.scan_csv(path).with_columns(polars.col("submitted_at").str.head(7))
    return (
        scan.group_by("persona", "touchpoint", "stage", "nps", "submitted_at")
        .len()
        .collect(engine="streaming")
        .height
    )


def ours(path: Path) -> int:
    """All of it: what it is, what its columns mean, and every row counted."""
    return count(propose(read_table(path))).counted.counts.rows


@pytest.fixture(scope="module", params=[100_000, 1_000_000])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("survey") / f"{request.param}.csv", request.param)


@pytest.mark.parametrize("job", [bare_csv, bare_polars, ours], ids=lambda job: job.__name__)
def test_reading(benchmark: Any, file: Path, job: Any) -> None:
    benchmark.group = f"survey of {int(file.stem):,} answers"
    rows = benchmark.pedantic(job, args=(file,), rounds=3 if file.stem == "1000000" else 7)
    assert rows > 0


def test_the_ratios_and_the_memory(file: Path) -> None:
    """100,000 rows within 3 times the csv module; 1,000,000 within 4 times polars; under 300 MB."""
    floor, times = (bare_csv, 3) if file.stem == "100000" else (bare_polars, 4)
    ratio = min(_seconds(ours, file) for _ in range(5)) / min(_seconds(floor, file) for _ in range(5))
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(file)], capture_output=True, text=True, check=True
    )
    seconds, megabytes = map(float, done.stdout.split())
    print(f"{file.stem} rows: {ratio:.2f} times {floor.__name__}; alone {seconds:.2f} s, {megabytes:.0f} MB")
    assert ratio <= times
    assert megabytes < 300


def _seconds(job: Any, file: Path) -> float:
    start = time.perf_counter()
    job(file)
    return time.perf_counter() - start


if __name__ == "__main__":
    taken = _seconds(ours, Path(sys.argv[1]))
    # Not getrusage, whose peak a process inherits from the one that started it.
    status = Path("/proc/self/status").read_text().splitlines()
    print(taken, next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024)
