"""What a survey's columns mean: a proposal with its reasons, and questions where the file can't tell.

Everything is told from a sample by what columns are called and what is in them, never by the file's
name. Nothing is guessed in silence: what was found is shown before anything is brought into a map,
and `Choices` overrule it. Counting itself is `tally`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from cxmapper.errors import FileProblem
from cxmapper.locale import Words, msg
from cxmapper.survey.choices import Choices, Option, Question
from cxmapper.survey.headers import Column, Header, header_of
from cxmapper.survey.kinds_of_answers import MetricColumn, metric_column
from cxmapper.survey.metrics import FAMILIES, METRICS, Metric
from cxmapper.survey.named import named_column
from cxmapper.survey.patterns import Place
from cxmapper.survey.places import PLACES, Known, best_date, best_id, best_place
from cxmapper.survey.privacy import refusal
from cxmapper.survey.profiles import Profile
from cxmapper.survey.readers import Table
from cxmapper.survey.scores import CLOSE, Candidate, candidates, is_effort_of_five, metric_for, of_family
from cxmapper.survey.several import separator_of
from cxmapper.survey.vendors import Exclusion, exclusions_of, is_table_of_counts, vendor_of

_SAMPLE = 400  # rows that columns are judged by
_PREVIEW = 10


@dataclass(frozen=True)
class Proposal:
    """What the columns of a table are taken to be, why, and what is open.

    `score` or `metric` is None where nothing will do. `separators` is what parts several names in one
    cell, by place. `metric_column` tells rows of one metric from those of another; `count` is the
    column that says how many answers a row stands for.
    """

    table: Table
    header: Header
    vendor: str
    score: Column | None = None
    metric: Metric | None = None
    places: Mapping[Place, Column] = field(default_factory=dict)
    separators: Mapping[Place, str] = field(default_factory=dict)
    date: Column | None = None
    id: Column | None = None
    count: Column | None = None
    metric_column: MetricColumn | None = None
    exclusions: tuple[Exclusion, ...] = ()
    questions: tuple[Question, ...] = ()
    reasons: tuple[Words, ...] = ()

    @property
    def question(self) -> str:
        """What customers were asked, as far as the file tells."""
        return "" if self.score is None else self.score.question or self.score.name

    @property
    def preview(self) -> tuple[list[str], ...]:
        """The first rows of data."""
        rows = (row for row in self.table.sample[self.header.first :] if any(row))
        return tuple(row for row, _ in zip(rows, range(_PREVIEW), strict=False))


def propose(table: Table, choices: Choices | None = None, known: Known | None = None) -> Proposal:
    """What the columns of `table` mean, as far as `choices` leave it open.

    `known` is what the map's touchpoints, stages and personas are called. Raises FileProblem where a
    column is chosen that is not there, or that may not become names on a map.
    """
    choices = choices or Choices()
    header = header_of(table.sample)
    rows = [row for row in table.sample[header.first :] if any(row)]
    vendor = vendor_of(header, rows, table.sheet, names_delimiter=table.names_delimiter)
    proposal = Proposal(table, header, vendor, exclusions=exclusions_of(header, vendor))
    profiles = _profiles(header, rows, proposal.exclusions)
    proposal = _with_counts(proposal)
    proposal = _with_metric_column(proposal, profiles, choices)
    proposal = _with_score(proposal, rows[:_SAMPLE], profiles, choices)
    proposal = _with_places(proposal, profiles, choices, known or {})
    return _with_times(proposal, profiles, choices)


def _profiles(header: Header, rows: Sequence[list[str]], left_out: Sequence[Exclusion]) -> dict[int, Profile]:
    kept = [row for row in rows if not any(e.at < len(row) and e.unwanted(row[e.at]) for e in left_out)]
    few = kept[:_SAMPLE]
    return {
        c.at: Profile(_cells(few, c.at), partial(_cells, kept, c.at) if len(kept) > len(few) else None)
        for c in header.columns
    }


def _cells(rows: Sequence[list[str]], at: int) -> list[str]:
    return [row[at] for row in rows if at < len(row)]


def _with_counts(proposal: Proposal) -> Proposal:
    if not is_table_of_counts(proposal.header):
        return proposal
    count = next(column for column in proposal.header.columns if column.label == "count")
    reason = msg("each row stands for as many answers as “{column}” says", column=count.name)
    return replace(proposal, count=count, reasons=(*proposal.reasons, reason))


def _with_metric_column(proposal: Proposal, profiles: Mapping[int, Profile], choices: Choices) -> Proposal:
    found = metric_column(proposal.header.columns, profiles, choices.metric)
    if found is None:
        return proposal
    reason = msg(
        "“{column}” tells answers to one metric from those to another; {metric} is counted",
        column=found.column.name,
        metric=found.family.upper(),
    )
    questions = proposal.questions
    if len(found.families) > 1 and choices.metric is None:
        options = tuple(
            Option(f, msg("count the answers to {metric}", metric=f.upper())) for f in found.families
        )
        words = msg("“{column}” mixes several metrics: which is to be counted?", column=found.column.name)
        questions = (*questions, Question("metric", words, options, found.family))
    return replace(proposal, metric_column=found, questions=questions, reasons=(*proposal.reasons, reason))


def _with_score(
    proposal: Proposal, rows: Sequence[list[str]], profiles: dict[int, Profile], choices: Choices
) -> Proposal:
    columns = proposal.header.columns
    by_kind = proposal.metric_column
    if by_kind is not None:
        of_kind = [row for row in rows if by_kind.at < len(row) and by_kind.counts(row[by_kind.at])]
        profiles = {c.at: Profile(row[c.at] for row in of_kind if c.at < len(row)) for c in columns}
    if choices.score is not None:
        return _chosen_score(proposal, profiles, choices)
    found = [c for c in candidates(columns, profiles) if c.column.at not in _not_scores(proposal)]
    if proposal.count is not None:
        found = [c for c in found if c.column.label == "answer"] or _answer_column(proposal, profiles)
    wanted = choices.metric or _told(by_kind)
    if wanted is not None:
        return _score_of(wanted, proposal, profiles, found)
    return _found_score(proposal, profiles, found)


def _told(by_kind: MetricColumn | None) -> str | None:
    """The metric that a column says rows answer."""
    return None if by_kind is None else by_kind.exact or by_kind.family


def _not_scores(proposal: Proposal) -> set[int]:
    taken = {e.at for e in proposal.exclusions}
    return taken | {c.at for c in (proposal.count, proposal.metric_column) if c is not None}


def _answer_column(proposal: Proposal, profiles: Mapping[int, Profile]) -> list[Candidate]:
    column = next(c for c in proposal.header.columns if c.label == "answer")
    return [Candidate(column, metric_for(column, profiles[column.at])[0], 0.0)]


def _chosen_score(proposal: Proposal, profiles: Mapping[int, Profile], choices: Choices) -> Proposal:
    """The column somebody named, and its metric: named as well, plain from the answers, or asked for."""
    column = named_column(proposal.header, choices.score or "", proposal.table.name)
    profile = profiles[column.at]
    wanted = choices.metric or _told(proposal.metric_column)
    reason = msg("the score is in “{column}”, as chosen", column=column.name)
    chosen = replace(proposal, score=column, reasons=(*proposal.reasons, reason))
    if wanted in (None, "ces") and is_effort_of_five(column, profile):
        return _refused_effort(chosen, column)
    if wanted is not None:
        return replace(chosen, metric=_metric(wanted, profile))
    metric, sure = metric_for(column, profile)
    if sure:
        return replace(chosen, metric=metric)
    return replace(chosen, metric=metric, questions=(*chosen.questions, _which_metric(column, metric)))


def _score_of(
    wanted: str, proposal: Proposal, profiles: Mapping[int, Profile], found: Sequence[Candidate]
) -> Proposal:
    """The likeliest column for a metric that is settled."""
    family = wanted if wanted in FAMILIES else METRICS[wanted].family
    fitting = sorted((c for c in found if c.metric.family == family), key=lambda c: -c.points)
    if not fitting and proposal.metric_column is not None:  # one column takes the answers to all metrics
        fitting = [Candidate(c, METRICS["nps"], 0) for c in _numeric(proposal, profiles)]
    if not fitting:
        return replace(proposal, questions=(*proposal.questions, _which_column(proposal, profiles)))
    column = fitting[0].column
    if wanted == "ces" and is_effort_of_five(column, profiles[column.at]):
        return _refused_effort(proposal, column)
    reason = msg(
        "the score is in “{column}”: its name and answers fit {metric}", column=column.name, metric=wanted
    )
    scored = replace(proposal, score=column, metric=_metric(wanted, profiles[column.at]))
    return replace(_asked_if_close(scored, fitting), reasons=(*proposal.reasons, reason))


def _numeric(proposal: Proposal, profiles: Mapping[int, Profile]) -> list[Column]:
    taken = _not_scores(proposal)
    columns = [c for c in proposal.header.columns if c.name and c.at not in taken]
    named = [c for c in columns if any(word in c.words for word in ("rating", "score", "answer", "value"))]
    fits = [c for c in named or columns if profiles[c.at].within(0, 11) > 0.8 and profiles[c.at].n]
    return sorted(fits, key=lambda c: -profiles[c.at].n)


def _found_score(proposal: Proposal, profiles: Mapping[int, Profile], found: Sequence[Candidate]) -> Proposal:
    """The likeliest column of any metric: taken if it is sure, asked about if it may be one."""
    if not found:
        refused = [c for c in proposal.header.columns if c.name and is_effort_of_five(c, profiles[c.at])]
        if refused:
            return _refused_effort(proposal, refused[0])
        return replace(proposal, questions=(*proposal.questions, _which_column(proposal, profiles)))
    best = found[0]
    if not best.sure and is_effort_of_five(best.column, profiles[best.column.at]):
        return _refused_effort(proposal, best.column)
    reason = msg(
        "the score is in “{column}”: its name and answers fit {metric}",
        column=best.column.name,
        metric=best.metric.title,
    )
    scored = replace(proposal, score=best.column, metric=best.metric, reasons=(*proposal.reasons, reason))
    if best.sure:
        return _asked_if_close(scored, [c for c in found if c.sure and c.metric is best.metric])
    if proposal.count is not None:
        return scored
    options = tuple(_column_option(c.column) for c in _unlike(found))
    words = msg("“{column}” may be the score, but nothing says so: is it?", column=best.column.name)
    question = Question("score", words, options, best.column.name)
    return replace(scored, questions=(*scored.questions, question))


def _asked_if_close(proposal: Proposal, rivals: Sequence[Candidate]) -> Proposal:
    close = [c for c in rivals if rivals[0].points - c.points < CLOSE]
    if len(_unlike(close)) < 2:
        return proposal
    words = msg("several columns may be the score: which is to be counted?")
    question = Question(
        "score", words, tuple(_column_option(c.column) for c in _unlike(close)), close[0].column.name
    )
    return replace(proposal, questions=(*proposal.questions, question))


def _unlike(found: Sequence[Candidate]) -> list[Candidate]:
    return list({c.column.at: c for c in reversed(found)}.values())[::-1]


def _refused_effort(proposal: Proposal, column: Column) -> Proposal:
    words = msg(
        "“{column}” is effort from 1 to 5, where the most is the worst (CES 1.0): it can’t be counted as "
        "CES 2.0; is there another score?",
        column=column.name,
    )
    options = tuple(_column_option(c) for c in proposal.header.columns if c.name and c is not column)
    return replace(proposal, score=None, metric=None, questions=(Question("score", words, options[:20]),))


def _which_column(proposal: Proposal, profiles: Mapping[int, Profile]) -> Question:
    columns = [c for c in proposal.header.columns if c.name and profiles[c.at].within(0, 11) >= 0.5]
    columns = columns or [c for c in proposal.header.columns if c.name]
    words = msg("no column is plainly a score: which one is it?")
    return Question("score", words, tuple(_column_option(c) for c in columns[:20]))


def _column_option(column: Column) -> Option:
    return Option(column.name, msg("the score is in “{column}”", column=column.name))


def _which_metric(column: Column, metric: Metric) -> Question:
    options = tuple(Option(m.name, msg("{title}", title=m.title)) for m in METRICS.values())
    words = msg("what do the answers in “{column}” measure?", column=column.name)
    return Question("metric", words, options, metric.name)


def _metric(wanted: str, profile: Profile) -> Metric:
    return METRICS[wanted] if wanted in METRICS and wanted != "nps" else of_family(wanted, profile)


def _with_places(
    proposal: Proposal, profiles: Mapping[int, Profile], choices: Choices, known: Known
) -> Proposal:
    taken = _not_scores(proposal) | ({proposal.score.at} if proposal.score else set())
    for place in PLACES:
        chosen = getattr(choices, place)
        if chosen == "":
            continue
        if chosen is not None:
            column = named_column(proposal.header, chosen, proposal.table.name)
            _refuse_people(proposal, place, column, profiles[column.at])
            proposal = _placed(proposal, place, column, profiles, msg("as chosen"))
        else:
            found = best_place(place, proposal.header.columns, profiles, known, taken)
            if not found:
                continue
            column = found[0]
            proposal = _placed(proposal, place, column, profiles, msg("by its name and values"))
            proposal = _asked_which(proposal, place, found)
        taken.add(column.at)
    return proposal


def _placed(
    proposal: Proposal, place: Place, column: Column, profiles: Mapping[int, Profile], why: Words
) -> Proposal:
    separator = separator_of(profiles[column.at].counts) if place != "persona" else None
    separators = {**proposal.separators, **({place: separator} if separator else {})}
    reason = msg("{place}: “{column}”, {why}", place=place, column=column.name, why=why)
    places = {**proposal.places, place: column}
    return replace(proposal, places=places, separators=separators, reasons=(*proposal.reasons, reason))


def _asked_which(proposal: Proposal, place: Place, found: Sequence[Column]) -> Proposal:
    if len(found) < 2:
        return proposal
    options = tuple(Option(c.name, msg("it is “{column}”", column=c.name)) for c in found)
    words = msg("several columns may name the {place}: which does?", place=place)
    question = Question(place, words, options, found[0].name)
    return replace(proposal, questions=(*proposal.questions, question))


def _refuse_people(proposal: Proposal, place: Place, column: Column, profile: Profile) -> None:
    why = refusal(profile)
    if why is not None:
        raise refused(proposal.table.name, place, column.name, why)


def refused(file: str, place: Place, column: str, why: Words) -> FileProblem:
    """What to say of a column that may not become names on a map."""
    words = msg(
        "{file}: the column “{column}” can’t be the {place}: {why}; name another with --{place}",
        file=file,
        column=column,
        place=place,
        why=why,
    )
    return FileProblem(words)


def _with_times(proposal: Proposal, profiles: Mapping[int, Profile], choices: Choices) -> Proposal:
    taken = {c.at for c in (*proposal.places.values(), proposal.score, proposal.count) if c is not None}
    free = [c for c in proposal.header.columns if c.name and c.at not in taken]
    date: Column | None = None
    if choices.date:
        date = named_column(proposal.header, choices.date, proposal.table.name)
    elif choices.date is None:
        date = best_date(free, profiles)
    id_ = best_id(free, profiles) if proposal.count is None else None
    if date is None:
        return replace(proposal, id=id_)
    reason = msg("the date is in “{column}”", column=date.name)
    return replace(proposal, date=date, id=id_, reasons=(*proposal.reasons, reason))
