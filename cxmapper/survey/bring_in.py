"""A survey as elements of a map: what was counted and matched, as one survey and its tallies.

A tally's id comes from the names the survey uses, not from what they were matched to, so two people
who import one export make the same tallies. `cxmapper.edit.operations.bring_in` puts them into a map;
this module knows no edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cxmapper.model.elements import Survey, Tally
from cxmapper.model.fields import Place, cleaned
from cxmapper.model.ids import tally_id
from cxmapper.model.names import OTHER, folded
from cxmapper.survey.counted import Counted
from cxmapper.survey.match import Matches, Meant, Said, id_of

MOST_UNMATCHED = 200  # names of one sort that a map keeps by name; what is over goes under OTHER
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Brought:
    """A survey as elements: ready for `bring_in`."""

    survey: Survey
    tallies: tuple[Tally, ...]


@dataclass(slots=True)
class _Row:
    """A tally in the making."""

    persona: str | None
    nodes: dict[str, None] = field(default_factory=dict)
    unmatched: dict[str, str] = field(default_factory=dict)
    unmatched_persona: str = ""
    counts: dict[str, list[int]] = field(default_factory=dict)


def brought(
    counted: Counted,
    matches: Matches,
    *,
    assigned: Mapping[str, str] | None = None,
    sort: str = "transactional",
) -> Brought:
    """The survey and tallies that `counted` makes where its names mean what `matches` says.

    `assigned` is what somebody said that names mean, name to id; the survey remembers it. Answers
    without a node are kept too, under the names that wait to be matched: at most 200 of a sort.
    """
    id_ = id_of(counted, sort)
    short = _Shortened(matches)
    position = {answer: at for at, answer in enumerate(counted.scale)}
    rows: dict[str, _Row] = {}
    row_of = {said: _row(rows, id_, said, meant, short) for said, meant in _in_order(matches)}
    for group, answers in counted.rows.items():
        row = row_of[Said(group.persona or None, group.nodes)]
        counts = row.counts.setdefault(group.month, [0] * len(position))
        for answer, n in answers.items():
            counts[position[answer]] += n
    survey = Survey(
        id=id_,
        place=Place(None, "a0"),
        vendor=_line(counted.vendor),
        question=cleaned(counted.question),
        metric=counted.metric,
        scale=counted.scale,
        sort=sort,
        aliases={folded(name): target for name, target in (assigned or {}).items()},
        drivers=counted.drivers,
        weight_sums=counted.weight_sums,
    )
    return Brought(survey, tuple(_tally(key, id_, row) for key, row in rows.items()))


def _tally(key: str, survey: str, row: _Row) -> Tally:
    return Tally(
        id=key,
        survey=survey,
        persona=row.persona,
        nodes=tuple(row.nodes),
        unmatched=tuple(row.unmatched.values()),
        unmatched_persona=row.unmatched_persona,
        counts={month: tuple(counts) for month, counts in row.counts.items()},
    )


def _in_order(matches: Matches) -> list[tuple[Said, Meant]]:
    """What was said in an order of its own, so that the rows of a file may stand in any order."""
    return sorted(matches.meant.items(), key=lambda item: (item[0].persona or "", sorted(item[0].nodes)))


def _row(rows: dict[str, _Row], survey: str, said: Said, meant: Meant, short: _Shortened) -> _Row:
    """The row that answers which say this belong to; what differs in spelling alone is one."""
    key = tally_id(survey, short.persona(said, meant), short.names(said, meant))
    row = rows.setdefault(key, _Row(meant.persona))
    row.nodes.update(dict.fromkeys(meant.nodes))
    row.unmatched.update((folded(name), name) for name in map(short.name, meant.unmatched))
    row.unmatched_persona = row.unmatched_persona or short.persona_name(meant.unmatched_persona)
    return row


class _Shortened:
    """The names that a map keeps: as they are, but for those over the limit."""

    def __init__(self, matches: Matches) -> None:
        self._spelled = matches.spelled
        kept: dict[str, int] = {}
        self._over: set[tuple[bool, str]] = set()
        for value in matches.unmatched:  # the most frequent first
            kept[value.kind] = kept.get(value.kind, 0) + 1
            if kept[value.kind] > MOST_UNMATCHED:
                self._over.add((value.kind == "persona", folded(value.name)))

    def name(self, name: str) -> str:
        """How a touchpoint or stage that matches nothing is kept."""
        return OTHER if (False, folded(name)) in self._over else self._line(name)

    def persona_name(self, name: str) -> str:
        """How a persona that matches nothing is kept."""
        return OTHER if (True, folded(name)) in self._over else self._line(name)

    def _line(self, name: str) -> str:
        return _line(self._spelled.get(folded(name), name))

    def persona(self, said: Said, meant: Meant) -> str | None:
        """What stands for the persona in the key of a tally."""
        if not said.persona:
            return None
        return folded(said.persona if meant.persona else self.persona_name(said.persona))

    def names(self, said: Said, meant: Meant) -> tuple[str, ...]:
        """What stands for the names in the key of a tally; a stage is told apart from a touchpoint."""
        lost = frozenset(meant.unmatched)
        return tuple(
            {
                ("/" if kind == "stage" else "") + folded(self.name(name) if name in lost else name)
                for kind, name in said.nodes
            }
        )


def _line(name: str) -> str:
    return " ".join(cleaned(name, _LONGEST).split())
