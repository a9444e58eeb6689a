"""What an import does, in words: where its answers go, what it replaces, and what to say afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from cxmapper.edit.operations.surveys import Overlap
from cxmapper.locale import Plural, msg, tr
from cxmapper.model.document import Document
from cxmapper.model.elements import Tally
from cxmapper.survey.bring_in import Brought
from cxmapper.survey.counted import Counts

_PLACES: dict[str, Callable[[int], Plural]] = {
    "touchpoint": lambda n: Plural("{n} touchpoint", "{n} touchpoints", n),
    "stage": lambda n: Plural("{n} stage", "{n} stages", n),
    "journey": lambda n: Plural("{n} map as a whole", "{n} maps as a whole", n),
}


def answers_in(tally: Tally) -> int:
    """How many answers a tally holds."""
    return sum(map(sum, tally.counts.values()))


def unmatched_in(came: Brought) -> int:
    """How many answers stand for nothing on the map yet."""
    return sum(answers_in(t) for t in came.tallies if not t.nodes)


def where_they_go(document: Document, came: Brought) -> list[str]:
    """A sentence for each sort of place that answers go to, and one for those that wait."""
    answers: Counter[str] = Counter()
    places: dict[str, set[str]] = {kind: set() for kind in _PLACES}
    for tally in came.tallies:
        kinds = {document[node].kind for node in tally.nodes}
        kind = next((k for k in _PLACES if k in kinds), "")
        answers[kind] += answers_in(tally)
        for node in tally.nodes:
            places[document[node].kind].add(node)
    lines = [
        tr("{answers} on {places}", answers=_answers(answers[kind]), places=words(len(places[kind])))
        for kind, words in _PLACES.items()
        if answers[kind]
    ]
    if answers[""]:
        lines.append(tr("{answers} under names that are unmatched", answers=_answers(answers[""])))
    nobody = sum(answers_in(t) for t in came.tallies if t.unmatched_persona)
    if nobody:
        lines.append(tr("{answers} of personas that are unmatched", answers=_answers(nobody)))
    undated = sum(sum(t.counts.get("", ())) for t in came.tallies)
    if undated:
        lines.append(tr("{answers} without a date", answers=_answers(undated)))
    return lines


def replaced(found: Overlap, *, changes: bool) -> str:
    """What is replaced on the map, or "" where nothing is; `changes` says whether anything becomes other."""
    if not changes:
        return tr("The map has this survey already, just as it is in this file. There is nothing to import.")
    if not found:
        return ""
    months = [m or tr("no date") for m in found.months]
    when = months[0] if len(months) == 1 else tr("{first} to {last}", first=months[0], last=months[-1])
    return tr(
        "This survey is on the map already. For {when} the map has {before}; this file has {after}, which "
        "take their place. Nothing is added twice; other months stay as they are.",
        when=when,
        before=_answers(found.before),
        after=_answers(found.after),
    )


def afterwards(name: str, counts: Counts, came: Brought) -> str:
    """What to say when the survey `name` is on the map."""
    parts = [tr("Imported {answers} from {name}.", answers=_answers(counts.n), name=name)]
    waiting = unmatched_in(came)
    if waiting:
        parts.append(str(Plural("{n} of them is unmatched.", "{n} of them are unmatched.", waiting)))
    left_out = counts.rows - counts.n
    if left_out:
        parts.append(str(Plural("{n} row was left out.", "{n} rows were left out.", left_out)))
    return " ".join(parts)


def _answers(n: int) -> Plural:
    return Plural("{n} answer", "{n} answers", n)


LABEL = msg("Import survey")
