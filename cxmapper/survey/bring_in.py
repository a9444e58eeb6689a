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
from cxmapper.survey.counted import Counted, Group
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
    for group, answers in sorted(counted.rows.items(), key=_in_order):
        meant = matches.meant[Said(group.persona or None, group.nodes)]
        key = tally_id(id_, short.persona(meant, group), short.names(meant, group))
        row = rows.setdefault(key, _Row(meant.persona))
        row.nodes.update(dict.fromkeys(meant.nodes))
        row.unmatched.update((folded(name), name) for name in map(short.name, meant.unmatched))
        row.unmatched_persona = row.unmatched_persona or short.persona_name(meant.unmatched_persona)
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


def _in_order(item: tuple[Group, object]) -> tuple[str, list[tuple[str, str]], str]:
    """So that the rows of a file may stand in any order: the first spelling is always the same."""
    group = item[0]
    return group.persona or "", sorted(group.nodes), group.month


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

    def persona(self, meant: Meant, group: Group) -> str | None:
        """What stands for the persona in the key of a tally."""
        if not group.persona:
            return None
        return folded(group.persona if meant.persona else self.persona_name(group.persona))

    def names(self, meant: Meant, group: Group) -> tuple[str, ...]:
        """What stands for the names in the key of a tally; a stage is told apart from a touchpoint."""
        lost = frozenset(meant.unmatched)
        return tuple(
            {
                ("/" if kind == "stage" else "") + folded(self.name(name) if name in lost else name)
                for kind, name in group.nodes
            }
        )


def _line(name: str) -> str:
    return " ".join(cleaned(name, _LONGEST).split())
