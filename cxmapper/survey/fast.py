"""The same as `gather` for millions of rows, by polars, which is an extra and may be missing.

Only for what polars reads as Python's csv module does: UTF-8, and no row wider than the header. In
any other case there is no result, and `gather` reads the file itself. polars is imported only here.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cxmapper.survey.dates import NO_MONTH
from cxmapper.survey.detect import Proposal
from cxmapper.survey.gathered import Raw, Slots, is_total, left_out
from cxmapper.survey.months import Months
from cxmapper.survey.phrases import TOTALS
from cxmapper.survey.progress import Progress, tell
from cxmapper.survey.values import Not, read
from cxmapper.survey.words import plain

if TYPE_CHECKING:
    import polars

LARGE = 16 << 20  # bytes from which loading polars pays
_ENCODINGS = ("UTF-8", "UTF-8 BOM")
_A_MONTH = 7  # characters of `2026-03`; months that need more are looked up first
_TAIL = 3
_ODD_ROWS, _ODD_EACH, _ODD_VALUES = 10_000, 50, 200
_LAST_ROWS, _LAST_BYTES = 20, 16 << 10
_POLL = 0.02  # seconds between two looks at a query
_USUAL_SPEED = 100 << 20  # bytes a second, for telling progress


def fits(proposal: Proposal) -> bool:
    """Whether polars is there, would be worth loading, and would read the table as we do."""
    table = proposal.table
    return (
        isinstance(table.source, Path)
        and table.encoding is not None
        and table.encoding.label in _ENCODINGS
        and not table.names_delimiter
        and len((table.delimiter or "").encode()) == 1
        and proposal.count is None
        and table.size >= LARGE
        and find_spec("polars") is not None
    )


def gather_fast(proposal: Proposal, months: Months | None, progress: Progress | None) -> Raw | None:
    """What `gather` would find, or None where polars can't tell. Raises `Cancelled`."""
    import polars

    try:
        return _Scan(proposal, months, progress).raw()
    except (polars.exceptions.PolarsError, UnicodeError):
        return None  # the file is read again, row by row, which tells what is wrong with it


class _Scan:
    """One table, looked at by a few queries."""

    def __init__(self, proposal: Proposal, months: Months | None, progress: Progress | None) -> None:
        import polars

        self._pl = polars
        self._proposal = proposal
        self._months = months
        self._progress = progress
        self._started = time.monotonic()
        self._slots = Slots.of(proposal)
        self._width = len(proposal.header.columns)
        self._frame = polars.scan_csv(
            str(proposal.table.source),
            separator=proposal.table.delimiter or ",",
            has_header=False,
            skip_rows=proposal.header.first,
            schema={_name(at): polars.String for at in range(self._width)},
            infer_schema=False,
        )

    def raw(self) -> Raw | None:
        """The rows by what they say; None where the first of them is not what we read."""
        if not self._begins_alike():
            return None
        found = Raw(self._slots)
        combos = self._combos()
        if self._months is not None:
            if self._months.irregular:
                return None
            found.proved |= self._months.proved
        found.combos = combos
        self._forget_blanks(found)
        self._note_odd(found)
        self._drop_totals(found)
        found.repeated = self._repeats()
        tell(self._progress, 1.0)
        return found

    def _cell(self, at: int) -> polars.Expr:
        return self._pl.col(_name(at)).fill_null("")

    def _begins_alike(self) -> bool:
        head = self._frame.head(1).fill_null("").collect().rows()
        sample = self._proposal.table.sample
        first = self._proposal.header.first
        if not head or len(sample) <= first:
            return False
        return list(head[0]) == (sample[first] + [""] * self._width)[: self._width]

    def _combos(self) -> Counter[tuple[str, ...]]:
        """How many rows say the same. The month is cut out of the date within polars."""
        columns = [
            self._cell(at).alias(f"s{i}")
            for i, at in enumerate(self._slots.ats[: -1 if self._months is not None else None])
        ]
        months = self._months
        if months is not None:
            columns.append(self._beginnings(months).alias("month"))
        query = self._frame.select(columns).group_by(self._pl.all()).len()
        combos: Counter[tuple[str, ...]] = Counter()
        for *key, n in self._collected(query).iter_rows():
            if months is not None and months.length <= _A_MONTH:
                key[-1] = months[key[-1]]
            combos[tuple(key)] += n
        return combos

    def _beginnings(self, months: Months) -> polars.Expr:
        """The cells' beginnings; their months straight away where there are many different ones."""
        cells = self._cell(self._slots.ats[-1]).str.head(months.length)
        if months.length <= _A_MONTH:
            return cells
        different = self._collected(self._frame.select(cells.alias("date")).unique())["date"].to_list()
        tokens = {beginning: months[beginning] for beginning in different}
        return cells.replace_strict(tokens, default=NO_MONTH, return_dtype=self._pl.String)

    def _forget_blanks(self, found: Raw) -> None:
        blank = ("",) * len(self._slots.ats)
        if not found.combos.get(blank):
            return
        empty = self._pl.all_horizontal(self._pl.all().fill_null("") == "")
        found.combos[blank] -= self._collected(self._frame.filter(empty).select(self._pl.len())).item()

    def _note_odd(self, found: Raw) -> None:
        """Where answers stand that the metric has not."""
        metric = self._proposal.metric
        assert metric is not None
        odd = {key[0] for key in found.combos if read(key[0], metric) is Not.INVALID}
        odd = set(sorted(odd)[:_ODD_VALUES])
        if not odd:
            return
        found.odd.update({cell: [] for cell in odd})
        score = self._cell(self._slots.ats[0])
        query = self._frame.with_row_index("row").filter(score.is_in(list(odd))).head(_ODD_ROWS)
        for number, *cells in self._collected(query).iter_rows():
            row = [cell or "" for cell in cells]
            listed = found.odd[row[self._slots.ats[0]]]
            if len(listed) < _ODD_EACH and not left_out(self._proposal, row):
                listed.append(number + self._proposal.header.first + 1)

    def _drop_totals(self, found: Raw) -> None:
        """Take back lines at the end that sum up others; looked for in the last bytes first."""
        table = self._proposal.table
        if not _ends_in_totals(table.source, table.delimiter or ","):
            return
        last = self._collected(self._frame.with_row_index("row").tail(_LAST_ROWS)).rows()
        filled = [(number, [cell or "" for cell in row]) for number, *row in last if any(row)]
        for number, row in filled[-_TAIL:]:
            if is_total(row, self._width):
                found.drop(row, number + self._proposal.header.first + 1, self._months)

    def _repeats(self) -> bool:
        """Whether an id comes more than once; ids are compared by their hashes, eight bytes each."""
        id_ = self._proposal.id
        if id_ is None:
            return False
        column = self._cell(id_.at)
        marks = self._collected(self._frame.filter(column != "").select(column.hash())).to_series()
        return bool(marks.n_unique() < len(marks))

    def _collected(self, query: polars.LazyFrame) -> polars.DataFrame:
        """The result of a query. Raises `Cancelled`.

        The query runs in a thread of its own, so that it can be left; one that is left ends by itself
        within seconds. (polars' own way to run one in the background holds the whole file in memory.)
        """
        with _left_alone(ThreadPoolExecutor(1)) as pool:
            running = pool.submit(query.collect, engine="streaming")
            while not wait([running], _POLL).done:
                done = (time.monotonic() - self._started) * _USUAL_SPEED / self._proposal.table.size
                tell(self._progress, min(0.95, done))
            return running.result()


@contextmanager
def _left_alone(pool: ThreadPoolExecutor) -> Iterator[ThreadPoolExecutor]:
    """A pool that nobody waits for at the end."""
    try:
        yield pool
    finally:
        pool.shutdown(wait=False)


def _ends_in_totals(source: Path | bytes, delimiter: str) -> bool:
    """Whether one of the last lines may sum up others."""
    assert isinstance(source, Path)
    with source.open("rb") as file:
        file.seek(max(0, source.stat().st_size - _LAST_BYTES))
        lines = file.read().decode("utf-8", "replace").splitlines()[-_LAST_ROWS:]
    firsts = (next((cell for cell in line.split(delimiter) if cell.strip()), "") for line in lines)
    return any(plain(first) in TOTALS for first in firsts)


def _name(at: int) -> str:
    return f"c{at}"
