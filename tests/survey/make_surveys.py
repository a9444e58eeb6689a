"""Survey exports for tests: made from nothing, or the samples with their columns and rows moved about."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from cxmapper.survey.headers import header_of
from cxmapper.survey.readers import Table, read_table


def text(rows: Iterable[Sequence[object]], delimiter: str = ",", end: str = "\r\n") -> str:
    """Rows as delimited text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def made(
    header: Sequence[str],
    row: Callable[[random.Random, int], Sequence[object]],
    n: int = 40,
    delimiter: str = ",",
    encoding: str = "utf-8",
    seed: int = 1,
) -> Table:
    """A table of `n` rows that `row` makes of a source of chance and their number."""
    chance = random.Random(seed)
    rows = [header, *(row(chance, i) for i in range(n))]
    return read_table(text(rows, delimiter).encode(encoding), "made.csv")


def moved(path: Path, names: Mapping[str, str], seed: int) -> bytes:
    """A sample as UTF-8 CSV with its columns renamed and in another order, and its rows in another order."""
    chance = random.Random(seed)
    table = read_table(path)
    header = header_of(table.sample)
    records = [list(record) for record in table.sample if record]
    above = header.first - sum(not record for record in table.sample[: header.first])
    heads, rows = records[:above], records[above:]
    width = max(map(len, records))
    for record in records:
        record += [""] * (width - len(record))
    title = heads[-header.rows]
    chance.shuffle(rows)
    # A question that stands over several columns stays with them.
    starts = [i for i in range(width) if title[i] or not i]
    blocks = [list(range(a, b)) for a, b in zip(starts, [*starts[1:], width], strict=True)]
    chance.shuffle(blocks)
    order = [i for block in blocks for i in block]
    for head in heads[-header.rows :]:
        head[:] = [names.get(cell, cell) for cell in head]
    return text([[record[i] for i in order] for record in (*heads, *rows)]).encode()
