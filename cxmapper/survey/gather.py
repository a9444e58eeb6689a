"""The rows of a table by what they say in the columns that matter, before anything is decided.

One pass over the file, and a `Counter` of the few different combinations; what they mean is `tally`'s
to say. Rows are looked at one by one only where something is odd: an answer that is none, an id that
comes twice, a line of totals at the end.
"""

from __future__ import annotations

from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from cxmapper.errors import FileProblem
from cxmapper.locale import msg
from cxmapper.survey.dates import Order
from cxmapper.survey.detect import Proposal
from cxmapper.survey.months import Months
from cxmapper.survey.phrases import TOTALS
from cxmapper.survey.places import PLACES
from cxmapper.survey.progress import Progress, tell
from cxmapper.survey.respondents import Respondents
from cxmapper.survey.values import Not, read
from cxmapper.survey.words import plain, tidy

Key = tuple[str, ...]
_BATCH = 256  # rows at a time: few enough to stay in the processor's cache
_STEP = 0.01  # shares of the file between two reports of progress
_DATED = 200  # rows whose dates show how much of a cell matters
_TAIL = 3  # last rows that may be totals
_ROWS_EACH, _VALUES = 50, 200  # of odd answers: rows that are listed for each, and different ones
_MANY = 300_000  # ids from which numpy counts the different ones


@dataclass(frozen=True, slots=True)
class Slots:
    """Which column stands where in a key: by name, as score, touchpoint, date and so on."""

    names: tuple[str, ...]
    ats: tuple[int, ...]

    @classmethod
    def of(cls, proposal: Proposal) -> Slots:
        """The columns that counting needs: the score first, the date last, and always two at least."""
        assert proposal.score is not None
        found = [("score", proposal.score.at)]
        found += [(place, proposal.places[place].at) for place in PLACES if place in proposal.places]
        found += [(f"excluded {i}", each.at) for i, each in enumerate(proposal.exclusions)]
        if proposal.metric_column is not None:
            found.append(("metric", proposal.metric_column.at))
        if proposal.date is not None:
            found.append(("date", proposal.date.at))
        if len(found) < 2:
            found.append(("", proposal.score.at))
        names, ats = zip(*found, strict=True)
        return cls(names, ats)

    def cell(self, name: str) -> Callable[[Key], str]:
        """What reads a slot of a key; "" where the table has no such column."""
        if name not in self.names:
            return lambda _key: ""
        at = self.names.index(name)
        return itemgetter(at)


@dataclass(slots=True)
class Raw:
    """What one pass over a table found: how many rows say the same, and what was odd.

    `odd` is where answers stand that the metric has not, value by value; `totals` are lines that sum
    up others. `repeated` says whether an id comes more than once. `respondents` has the ratings and
    weights that stand beside the score, where there are any.
    """

    slots: Slots
    combos: Counter[Key] = field(default_factory=Counter)
    proved: set[Order] = field(default_factory=set)
    odd: dict[str, list[int]] = field(default_factory=dict)
    totals: int = 0
    repeated: bool = False
    respondents: Respondents | None = None


def gather(proposal: Proposal, progress: Progress | None = None) -> Raw:
    """The rows of the proposal's table. Raises FileProblem, and `Cancelled`."""
    months = None
    if proposal.date is not None:
        at = proposal.date.at
        first = proposal.header.first
        rows = proposal.table.sample[first : first + _DATED]
        months = Months.fitting(row[at] for row in rows if at < len(row))
    gathering = _Gathering(proposal, months)
    gathering.run(progress)
    if months is not None and months.irregular:
        gathering = _Gathering(proposal, Months.whole())
        gathering.run(progress)
    return gathering.raw


class _Gathering:
    """One pass over a table."""

    def __init__(self, proposal: Proposal, months: Months | None) -> None:
        assert proposal.metric is not None
        self._proposal = proposal
        self._months = months
        self._metric = proposal.metric
        slots = Slots.of(proposal)
        self.raw = Raw(slots, respondents=Respondents.of(proposal))
        self._pick = itemgetter(*slots.ats)
        others = [c.at for c in (proposal.id, proposal.count) if c is not None]
        others += self.raw.respondents.needed if self.raw.respondents is not None else ()
        self._width = max((*slots.ats, *others)) + 1
        self._ids = array("q")
        self._known: set[str] = set()
        self._blank = ("",) * len(slots.ats)
        self._blanks = 0

    def run(self, progress: Progress | None) -> None:
        """Look at every row of data. Raises FileProblem, and `Cancelled`."""
        row, skip, told = 0, self._proposal.header.first, 0.0
        ends: deque[tuple[int, list[list[str]]]] = deque(maxlen=2)
        for batch, share in self._proposal.table.batches(_BATCH):
            first = row + 1
            row += len(batch)
            if skip:
                first, batch, skip = first + skip, batch[skip:], max(0, skip - len(batch))
            self._add(batch, first)
            ends.append((first, batch))
            if share - told >= _STEP:
                told = share
                tell(progress, share)
        tell(progress, 1.0)
        rows = [(first + i, row) for first, batch in ends for i, row in enumerate(batch) if any(row)]
        self._drop_totals(rows[-_TAIL:])
        self.raw.repeated = _has_repetitions(self._ids)
        if self._months is not None:
            self.raw.proved |= self._months.proved

    def _add(self, batch: list[list[str]], first: int) -> None:
        rows = list(filter(None, batch))
        try:
            picked = list(map(self._pick, rows))
            ids = self._ids_of(rows)
        except IndexError:
            rows = [row + [""] * (self._width - len(row)) for row in rows]
            picked, ids = list(map(self._pick, rows)), self._ids_of(rows)
        if not picked:
            return
        self._ids.extend(map(hash, filter(None, ids)))
        columns: list[Iterable[str]] = list(zip(*picked, strict=True))
        self._note_odd(set(columns[0]), batch, first)
        keys = self._with_months(columns)
        if self._proposal.count is not None:
            self._add_counted(keys, rows)
            return
        self.raw.combos.update(keys)
        if self.raw.respondents is not None:
            self.raw.respondents.add(rows, self._width)
        blanks = self.raw.combos.get(self._blank, 0)
        if blanks > self._blanks:
            self._forget_blanks(rows)

    def _ids_of(self, rows: Sequence[list[str]]) -> list[str]:
        id_ = self._proposal.id
        return list(map(itemgetter(id_.at), rows)) if id_ is not None else []

    def _with_months(self, columns: list[Iterable[str]]) -> Iterator[Key]:
        if self._months is not None:  # the date stands last
            beginning = itemgetter(slice(0, self._months.length))
            columns[-1] = map(self._months.__getitem__, map(beginning, columns[-1]))
        return zip(*columns, strict=True)

    def _add_counted(self, keys: Iterable[Key], rows: Sequence[list[str]]) -> None:
        """Rows that stand for several answers each."""
        column = self._proposal.count
        assert column is not None
        for key, row in zip(keys, rows, strict=True):
            text = tidy(row[column.at]).removesuffix(".0")
            if not text.isdecimal():
                words = msg(
                    "{file}: “{value}” under “{column}” is no count; make it a whole number",
                    file=self._proposal.table.name,
                    value=row[column.at],
                    column=column.name,
                )
                raise FileProblem(words)
            self.raw.combos[key] += int(text)

    def _forget_blanks(self, rows: Sequence[list[str]]) -> None:
        """Lines of delimiters and spaces alone are no rows."""
        self.raw.combos[self._blank] -= sum(not any(map(str.strip, row)) for row in rows)
        self._blanks = self.raw.combos[self._blank]

    def _note_odd(self, scores: set[str], batch: Sequence[list[str]], first: int) -> None:
        """Where answers stand that the metric has not."""
        new = scores - self._known
        odd = {cell for cell in new if read(cell, self._metric) is Not.INVALID}
        self._known |= new - odd
        for cell in odd - self.raw.odd.keys():
            if len(self.raw.odd) < _VALUES:
                self.raw.odd[cell] = []
        wanted = {
            cell for cell in odd if len(self.raw.odd.get(cell, ())) < _ROWS_EACH and cell in self.raw.odd
        }
        if not wanted:
            return
        at = self.raw.slots.ats[0]
        for number, row in enumerate(batch, first):
            if at < len(row) and row[at] in wanted and not left_out(self._proposal, row):
                self.raw.odd[row[at]].append(number)

    def _drop_totals(self, tail: Sequence[tuple[int, list[str]]]) -> None:
        """Take back lines at the end that sum up others."""
        for number, row in tail:
            if not is_total(row, len(self._proposal.header.columns)):
                continue
            padded = row + [""] * (self._width - len(row))
            key = next(iter(self._with_months([(cell,) for cell in self._pick(padded)])))
            self.raw.combos[key] -= 1
            self.raw.totals += 1
            for rows in self.raw.odd.values():
                if number in rows:
                    rows.remove(number)


def key_of(row: list[str], slots: Slots, months: Months | None) -> Key:
    """The key of one row, which may be short of cells."""
    cells = [row[at] if at < len(row) else "" for at in slots.ats]
    if months is not None and "date" in slots.names:
        cells[-1] = months[cells[-1][: months.length]]
    return tuple(cells)


def left_out(proposal: Proposal, row: list[str]) -> bool:
    """Whether a row is a test, or an answer to another metric."""
    if any(each.at < len(row) and each.unwanted(row[each.at]) for each in proposal.exclusions):
        return True
    kind = proposal.metric_column
    return kind is not None and kind.at < len(row) and not kind.counts(row[kind.at])


def is_total(row: Sequence[str], width: int) -> bool:
    """Whether a row sums up others: it begins with a word for that, and little else is in it.

    >>> is_total(["", "Total", "", "31"], 4), is_total(["Total visit", "9", "Shop", "Ana"], 4)
    (True, False)
    """
    cells = [cell for cell in row if cell.strip()]
    return bool(cells) and plain(cells[0]) in TOTALS and len(cells) <= max(2, width // 2)


def _has_repetitions(ids: array[int]) -> bool:
    if len(ids) < _MANY:
        return len(set(ids)) < len(ids)
    import numpy

    return len(numpy.unique(numpy.frombuffer(ids, dtype=numpy.int64))) < len(ids)
