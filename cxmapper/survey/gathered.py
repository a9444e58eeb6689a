"""What is found of a table's rows before anything is decided: how many say the same, and what is odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from cxmapper.survey.dates import Order
from cxmapper.survey.detect import Proposal
from cxmapper.survey.months import Months
from cxmapper.survey.phrases import TOTALS
from cxmapper.survey.places import PLACES
from cxmapper.survey.respondents import Respondents
from cxmapper.survey.words import plain

Key = tuple[str, ...]


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

    def drop(self, row: list[str], number: int, months: Months | None) -> None:
        """Take back the row with this number, which sums up others."""
        self.combos[key_of(row, self.slots, months)] -= 1
        self.totals += 1
        for rows in self.odd.values():
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
