"""The rows of a table by what they say in the columns that matter, before anything is decided.

One pass over the file, and a `Counter` of the few different combinations; what they mean is `tally`'s
to say. Rows are looked at one by one only where something is odd: an answer that is none, an id that
comes twice, a line of totals at the end.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from cxmapper.errors import FileProblem
from cxmapper.locale import msg
from cxmapper.survey import fast
from cxmapper.survey.detect import Proposal
from cxmapper.survey.gathered import Key, Raw, Slots, is_total, left_out
from cxmapper.survey.months import Months
from cxmapper.survey.progress import Progress, tell
from cxmapper.survey.respondents import Respondents
from cxmapper.survey.values import Not, read
from cxmapper.survey.words import tidy

_BATCH = 256  # rows at a time: few enough to stay in the processor's cache
_STEP = 0.01  # shares of the file between two reports of progress
_DATED = 200  # rows whose dates show how much of a cell matters
_TAIL = 3  # last rows that may be totals
_ROWS_EACH, _VALUES = 50, 200  # of odd answers: rows that are listed for each, and different ones
_MANY = 300_000  # ids from which numpy counts the different ones


def gather(proposal: Proposal, progress: Progress | None = None) -> Raw:
    """The rows of the proposal's table. Raises FileProblem, and `Cancelled`."""
    months = None
    if proposal.date is not None:
        at = proposal.date.at
        first = proposal.header.first
        rows = proposal.table.sample[first : first + _DATED]
        months = Months.fitting(row[at] for row in rows if at < len(row))
    if Respondents.of(proposal) is None and fast.fits(proposal):
        found = fast.gather_fast(proposal, months, progress)
        if found is not None:
            return found
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
            if is_total(row, len(self._proposal.header.columns)):
                self.raw.drop(row, number, self._months)


def _has_repetitions(ids: array[int]) -> bool:
    if len(ids) < _MANY:
        return len(set(ids)) < len(ids)
    import numpy

    return len(numpy.unique(numpy.frombuffer(ids, dtype=numpy.int64))) < len(ids)
