"""Counting a survey: every row ends as an answer, missing, invalid, excluded or a duplicate.

`gather` has found how many rows say the same; here it is settled what they say, once for each
combination. What the whole file shows and a sample could not (codes, the order of day and month, ids
that come twice) becomes a question, and counting goes on with what is proposed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cxmapper.locale import Words, msg
from cxmapper.survey.choices import DUPLICATES, Choices, Codes, Option, Question
from cxmapper.survey.codes import codes_of, question_of
from cxmapper.survey.counted import Counted, Counts, Group, Invalid, Node
from cxmapper.survey.dates import ORDERS, Order
from cxmapper.survey.detect import Proposal, refused
from cxmapper.survey.gather import gather
from cxmapper.survey.gathered import Key, Raw
from cxmapper.survey.metrics import METRICS
from cxmapper.survey.months import Months, is_open, month_of
from cxmapper.survey.patterns import Place
from cxmapper.survey.places import PLACES
from cxmapper.survey.privacy import mostly_unique
from cxmapper.survey.progress import Progress
from cxmapper.survey.repeats import Repeats, repeats_of
from cxmapper.survey.several import parts
from cxmapper.survey.values import Not, is_missing, number, read

if TYPE_CHECKING:
    from cxmapper.model.elements import DriverStatistics

_LISTED = 200  # invalid answers that are listed; all are counted
_CLOCK_WORDS = ("am", "pm")


@dataclass(frozen=True)
class Reading:
    """A survey, read: what was proposed, what was counted, what is open, and how it came about."""

    proposal: Proposal
    counted: Counted
    questions: tuple[Question, ...] = ()
    reasons: tuple[Words, ...] = ()


def count(proposal: Proposal, choices: Choices | None = None, progress: Progress | None = None) -> Reading:
    """Count the answers of the proposal's table. Raises FileProblem, and `Cancelled`."""
    choices = choices or Choices()
    if proposal.score is None or proposal.metric is None:
        nothing = Counted("", proposal.vendor, "", (), {}, Counts())
        return Reading(proposal, nothing, proposal.questions, proposal.reasons)
    return _Counting(proposal, choices, progress).reading()


@dataclass
class _Counting:
    """The settling of one survey."""

    proposal: Proposal
    choices: Choices
    progress: Progress | None
    questions: list[Question] = field(default_factory=list)
    reasons: list[Words] = field(default_factory=list)

    def reading(self) -> Reading:
        """Count, and say what is open."""
        self.questions += self.proposal.questions
        self.reasons += self.proposal.reasons
        raw = gather(self.proposal, self.progress)
        codes = self._codes(raw)
        order = self._order(raw)
        repeated, duplicate_rows = self._repeated(raw, order)
        self._refuse_people(raw)
        sums = _Sums(self.proposal, raw, codes, order)
        sums.add(raw.combos, repeated)
        counts = replace(sums.counts, excluded=sums.counts.excluded + raw.totals)
        listed = self._invalid(raw, sums, duplicate_rows)
        metric = self.proposal.metric
        assert metric is not None
        counted = Counted(
            metric.name,
            self.proposal.vendor,
            self.proposal.question,
            metric.scale,
            dict(sums.rows),
            counts,
            listed,
            *self._of_respondents(raw, sums),
        )
        return Reading(self.proposal, counted, tuple(self.questions), tuple(self.reasons))

    def _codes(self, raw: Raw) -> Codes:
        if self.proposal.metric is not METRICS["nps"]:
            return "0-10"
        numbers = self._numbers(raw)
        if len(numbers) >= 8 and min(numbers) == 1 and max(numbers) == 10 and numbers.total() >= 30:
            self.reasons.append(msg("no answer is 0: was the scale really 0 to 10?"))
        if self.choices.codes is not None:
            return self.choices.codes
        codes = codes_of(numbers)
        assert self.proposal.score is not None
        question = question_of(codes, self.proposal.score.name)
        if question is not None:
            self.questions.append(question)
        return codes

    def _numbers(self, raw: Raw) -> Counter[int]:
        """The whole numbers among the answers, with how often each comes."""
        wanted = _Wanted(self.proposal, raw)
        cells: Counter[str] = Counter()
        for key, n in raw.combos.items():
            if wanted(key):
                cells[key[0]] += n
        numbers: Counter[int] = Counter()
        for cell, n in cells.items():
            value = number(cell, 10)
            if value is not None and n:
                numbers[value] += n
        return numbers

    def _order(self, raw: Raw) -> Order:
        """The order of day and month, asked for where the whole column leaves it open."""
        if self.choices.date_order is not None:
            return self.choices.date_order
        if len(raw.proved) == 1:
            return next(iter(raw.proved))
        date = raw.slots.cell("date")
        tokens = set(map(date, raw.combos))
        if not any(is_open(t) and month_of(t, "dmy") != month_of(t, "mdy") for t in tokens):
            return ORDERS[0]
        assert self.proposal.date is not None
        proposed = self._usual_order()
        options = (
            Option("dmy", msg("day first: 3/4 is the 3rd of April")),
            Option("mdy", msg("month first: 3/4 is the 4th of March")),
        )
        words = msg("the dates in “{column}” may begin with day or month", column=self.proposal.date.name)
        self.questions.append(Question("date_order", words, options, proposed))
        return proposed

    def _usual_order(self) -> Order:
        """The order that the clock, the delimiter and the maker make likely."""
        proposal = self.proposal
        assert proposal.date is not None
        at = proposal.date.at
        cells = [row[at].lower() for row in proposal.table.sample[proposal.header.first :] if at < len(row)]
        american = proposal.vendor == "SurveyMonkey" or any(c.rstrip().endswith(_CLOCK_WORDS) for c in cells)
        return "mdy" if american and proposal.table.delimiter != ";" else "dmy"

    def _repeated(self, raw: Raw, order: Order) -> tuple[Counter[Key], set[int]]:
        """How many rows of each key repeat another and are left out, and which rows they are."""
        if not raw.repeated or self.proposal.id is None:
            return Counter(), set()
        months = Months.whole() if "date" in raw.slots.names else None
        found = repeats_of(self.proposal, raw.slots, months, order, self.progress)
        if found.same:
            n = found.same.total()
            self.reasons.append(msg("{n} rows repeat another to the last cell and are left out", n=n))
        if not found.earlier:
            return found.same, found.same_rows
        if self.choices.duplicates is None:
            self._ask_about_repeats(found)
        if self.choices.duplicates != "latest":
            return found.same, found.same_rows
        return found.same + found.earlier, found.same_rows | found.earlier_rows

    def _ask_about_repeats(self, found: Repeats) -> None:
        assert self.proposal.id is not None
        words = msg(
            "{n} rows have an id in “{column}” that another row has too: do all count?",
            n=found.earlier.total(),
            column=self.proposal.id.name,
        )
        options = (
            Option("keep", msg("count them all")),
            Option("latest", msg("count the latest of each id")),
        )
        self.questions.append(Question("duplicates", words, options, DUPLICATES[0]))

    def _refuse_people(self, raw: Raw) -> None:
        """Refuse columns that the sample made seem harmless, but the whole file shows to tell people."""
        for place in PLACES:
            if place not in self.proposal.places:
                continue
            cell = raw.slots.cell(place)
            values = set(map(cell, raw.combos)) - {""}
            if 2 * len(values) <= sum(map(bool, map(cell, raw.combos))):
                continue  # rows are as many as combinations, at least
            if mostly_unique(len(values), sum(n for key, n in raw.combos.items() if cell(key))):
                why = msg("its values are mostly different from each other")
                raise refused(self.proposal.table.name, place, self.proposal.places[place].name, why)

    def _of_respondents(self, raw: Raw, sums: _Sums) -> tuple[DriverStatistics | None, Mapping[str, float]]:
        """What the ratings and weights of respondents leave behind, and how they were told."""
        kept, metric = raw.respondents, self.proposal.metric
        if kept is None or metric is None:
            return None, {}
        drivers, weights = kept.drivers(sums.position), kept.weight_sums(sums.position, metric)
        if drivers is not None:
            names = ", ".join(f"“{name}”" for name in drivers.names)
            self.reasons.append(msg("ratings whose correlation with the score is kept: {names}", names=names))
        if weights and kept.weight is not None:
            self.reasons.append(msg("sums of the weights in “{column}” are kept", column=kept.weight.name))
        return drivers, weights

    def _invalid(self, raw: Raw, sums: _Sums, left_out: set[int]) -> tuple[Invalid, ...]:
        listed = [
            Invalid(row, cell)
            for cell, rows in raw.odd.items()
            if cell in sums.invalid
            for row in rows
            if row not in left_out
        ]
        return tuple(sorted(listed)[:_LISTED])


class _Wanted:
    """Whether the rows of a key are answers to what is counted: no tests, no other metric."""

    def __init__(self, proposal: Proposal, raw: Raw) -> None:
        self._cells = [
            (raw.slots.cell(f"excluded {i}"), each.unwanted) for i, each in enumerate(proposal.exclusions)
        ]
        kind = proposal.metric_column
        if kind is not None:
            self._cells.append((raw.slots.cell("metric"), lambda cell: not kind.counts(cell)))
        self._verdicts: dict[tuple[int, str], bool] = {}

    def __call__(self, key: Key) -> bool:
        return not (self._cells and any(self._unwanted(i, key) for i in range(len(self._cells))))

    @property
    def anything_else(self) -> bool:
        """Whether there may be rows that are not."""
        return bool(self._cells)

    def _unwanted(self, i: int, key: Key) -> bool:
        cell, unwanted = self._cells[i]
        about = i, cell(key)
        if about not in self._verdicts:
            self._verdicts[about] = unwanted(about[1])
        return self._verdicts[about]


class _Sums:
    """The sums in the making."""

    def __init__(self, proposal: Proposal, raw: Raw, codes: Codes, order: Order) -> None:
        assert proposal.metric is not None
        self.rows: defaultdict[Group, Counter[str]] = defaultdict(Counter)
        self.invalid: set[str] = set()
        self._metric = proposal.metric
        self._separators = proposal.separators
        self._codes = codes
        self._order = order
        self._wanted = _Wanted(proposal, raw)
        self._cell = {name: raw.slots.cell(name) for name in (*PLACES, "date")}
        self._answers: dict[str, str | Not] = {}
        self._said: dict[tuple[str, str, str], tuple[str | None, frozenset[Node]]] = {}
        self._groups: dict[Key, Counter[str]] = {}
        self._given: Counter[str] = Counter()
        self._others: Counter[str] = Counter()

    @property
    def counts(self) -> Counts:
        """Where the rows went so far."""
        sides: Counter[int] = Counter()
        for answer, n in self._given.items():
            sides[self._metric.side(answer)] += n
        neg, neu, pos = (sides[side] for side in (-1, 0, 1))
        others = {name: self._others[name] for name in ("missing", "invalid", "excluded", "duplicate")}
        return Counts(neg, neu, pos, neg + neu + pos, **others)

    def add(self, combos: Mapping[Key, int], repeated: Mapping[Key, int]) -> None:
        """Add rows by what they say; `repeated` are those among them that repeat others."""
        answers, groups, given, wanted = self._answers, self._groups, self._given, self._wanted
        for key, times in combos.items():
            n = times - self._take_back(repeated[key]) if repeated and key in repeated else times
            if n <= 0:
                continue
            if wanted.anything_else and not wanted(key):
                self._others["excluded"] += n
                continue
            cell, rest = key[0], key[1:]
            answer = answers[cell] if cell in answers else self._answer(cell)
            if isinstance(answer, Not):
                self._leave_out(answer, cell, n)
                continue
            given[answer] += n
            group = groups[rest] if rest in groups else self._group(key)
            group[answer] += n

    def _take_back(self, n: int) -> int:
        self._others["duplicate"] += n
        return n

    def _leave_out(self, answer: Not, cell: str, n: int) -> None:
        self._others[answer.value] += n
        if answer is Not.INVALID:
            self.invalid.add(cell)

    def _group(self, key: Key) -> Counter[str]:
        """The counter for all rows that say what `key` does beside the score."""
        month = month_of(self._cell["date"](key), self._order)
        found = self.rows[Group(*self._who_and_where(key), month)]
        self._groups[key[1:]] = found
        return found

    def position(self, cell: str) -> int | None:
        """Where on the scale the answer in a cell is; None where it is none."""
        answer = self._answer(cell)
        return None if isinstance(answer, Not) else self._metric.scale.index(answer)

    def _answer(self, cell: str) -> str | Not:
        found = self._answers.get(cell)
        if found is None:
            found = self._answers[cell] = self._read(cell)
        return found

    def _read(self, cell: str) -> str | Not:
        if self._codes == "0-10" or is_missing(cell):
            return read(cell, self._metric)
        value = number(cell)
        if value is None:
            return Not.INVALID
        if self._codes == "0-11":
            return Not.MISSING if value == 11 else read(cell, self._metric)
        return str(value - 1) if 1 <= value <= 11 else Not.INVALID

    def _who_and_where(self, key: Key) -> tuple[str | None, frozenset[Node]]:
        said = (self._cell["persona"](key), self._cell["touchpoint"](key), self._cell["stage"](key))
        found = self._said.get(said)
        if found is None:
            persona = " ".join(said[0].split())
            nodes = {*self._nodes("touchpoint", said[1]), *self._nodes("stage", said[2])}
            found = None if is_missing(persona) else persona, frozenset(nodes)
            self._said[said] = found
        return found

    def _nodes(self, place: Place, cell: str) -> list[Node]:
        assert place != "persona"
        return [(place, name) for name in parts(cell, self._separators.get(place)) if not is_missing(name)]
