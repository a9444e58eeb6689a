"""Where a table's header is, how many rows it takes, and what its columns are called.

Told by structure and content: title rows stand above some headers, and vendors write the question,
or a line of machine names, below. This module knows no metric.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cxmapper.survey.dates import read_date
from cxmapper.survey.phrases import ANSWER_ROW
from cxmapper.survey.words import plain, tidy

_FIRST_ROWS, _LEGACY_NAMES = 12, 3
_MARKERS = frozenset(
    {"respondentid", "respondent id", "response id", "responseid", "startdate", "v1", "timestamp"}
)
_IMPORT_ID = re.compile(r'"ImportId"\s*:\s*"([^"]*)"')
_LEGACY = re.compile(r"V\d+\Z")
_MARKUP = re.compile(r"<[^<>]*>|[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}")
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number from 0, its name as the file has it, the question it answers if that is told."""

    at: int
    name: str
    question: str = ""
    import_id: str = ""

    @property
    def words(self) -> str:
        """All that the headers say of the column, as plain words."""
        named = " ".join((_CAMEL.sub(" ", self.name), self.question, self.import_id))
        return plain(_MARKUP.sub(" ", named))

    @property
    def label(self) -> str:
        """The name as plain words."""
        return plain(_MARKUP.sub(" ", _CAMEL.sub(" ", self.name)))


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: the record it begins at (from 0), how many records it takes, its columns."""

    at: int
    rows: int
    columns: tuple[Column, ...]

    @property
    def first(self) -> int:
        """The number of the first record with data, from 0."""
        return self.at + self.rows


def header_of(records: Sequence[list[str]]) -> Header:
    """The header of a table that begins with `records`."""
    at = _header_at(records)
    if at is None:
        width = max(map(len, records), default=0)
        return Header(0, 0, tuple(Column(i, str(i + 1)) for i in range(width)))
    below = records[at + 1 : at + 3]
    width = max(len(record) for record in records[at : at + 50])
    names = _padded(records[at], width)
    for offset, record in enumerate(below, 1):
        if any(_IMPORT_ID.search(cell) for cell in record):
            questions = _padded(below[0], width) if offset == 2 else [""] * width
            return Header(at, offset + 1, _with_import_ids(names, questions, _padded(record, width)))
    if below and sum(_LEGACY.match(name) is not None for name in names) >= _LEGACY_NAMES:
        return Header(at, 2, _legacy(names, _padded(below[0], width)))
    if below and _is_question_row(_padded(below[0], width), records[at + 2 : at + 50]):
        questions = _padded(below[0], width)
        both = zip(names, questions, strict=True)
        return Header(at, 2, tuple(Column(i, name, question) for i, (name, question) in enumerate(both)))
    if below and _is_answer_row(names, _padded(below[0], width), records[at + 2 :]):
        return Header(at, 2, _carried(names, _padded(below[0], width)))
    return Header(at, 1, tuple(Column(i, name) for i, name in enumerate(names)))


def _padded(record: list[str], width: int) -> list[str]:
    return [cell.strip() for cell in record] + [""] * (width - len(record))


def _header_at(records: Sequence[list[str]]) -> int | None:
    """The header's record: one of the known beginnings, else the first that is wide and mostly text."""
    for at, record in enumerate(records[:6]):
        if sum(_LEGACY.match(cell) is not None for cell in record) >= _LEGACY_NAMES:
            return at
        first = next((cell for cell in record if cell.strip()), "")
        if (plain(first) in _MARKERS or first.strip() == "#") and sum(map(bool, record)) > 1:
            return at
    filled = Counter(sum(bool(cell.strip()) for cell in record) for record in records if any(record))
    if not filled:
        return None
    width = max(len(record) for record in records)
    usual = max(filled.items(), key=lambda item: (item[1], item[0]))[0]
    for at, record in enumerate(records[:_FIRST_ROWS]):
        cells = [cell for cell in record if cell.strip()]
        wide = len(cells) * 2 >= min(width, max(usual, 1)) and len(cells) >= min(2, width)
        if wide and sum(map(_is_title, cells)) >= 0.6 * len(cells):
            return at
    return None


def _is_title(cell: str) -> bool:
    text = tidy(cell)
    return any(c.isalpha() for c in text) and read_date(cell) is None


def _with_import_ids(names: list[str], questions: list[str], ids: list[str]) -> tuple[Column, ...]:
    def import_id(cell: str) -> str:
        found = _IMPORT_ID.search(cell)
        return found[1] if found is not None else ""

    return tuple(
        Column(i, name, question, import_id(cell))
        for i, (name, question, cell) in enumerate(zip(names, questions, ids, strict=True))
    )


def _legacy(names: list[str], questions: list[str]) -> tuple[Column, ...]:
    """Columns of the old exporter: `V1` and so on are no names, the row below has the real ones."""
    return tuple(
        Column(i, question or name) if _LEGACY.match(name) else Column(i, name, question)
        for i, (name, question) in enumerate(zip(names, questions, strict=True))
    )


def _is_question_row(below: list[str], data: Sequence[list[str]]) -> bool:
    """Whether a record is titles throughout, over columns that hold numbers and dates throughout."""
    filled = [i for i, cell in enumerate(below) if cell]
    if len(data) < 2 or len(filled) * 2 < len(below) or not all(_is_title(below[i]) for i in filled):
        return False
    columns = [[row[i] for row in data if i < len(row) and row[i].strip()] for i in filled]
    return sum(len(cells) > 1 and not any(map(_is_title, cells)) for cells in columns) >= 2


def _is_answer_row(names: list[str], below: list[str], data: Sequence[list[str]]) -> bool:
    """Whether a record says what sort of answer each question takes, and is no answer itself."""
    if not data or not any(below):
        return False
    texts = [cell for cell in below if cell]
    if any(not _is_title(cell) for cell in texts):
        return False
    filled = [any(i < len(r) and r[i].strip() for r in data[:50]) for i in range(len(below))]
    empty_over_data = any(has and not cell for has, cell in zip(filled, below, strict=True))
    continued = any(cell and not name for name, cell in zip(names, below, strict=True))
    answers = sum(plain(cell) in ANSWER_ROW for cell in texts)
    return empty_over_data and (answers >= 1 or continued)


def _carried(names: list[str], below: list[str]) -> tuple[Column, ...]:
    """Columns whose question stands once over several options: it is carried rightwards."""
    columns, question = [], ""
    for i, (name, option) in enumerate(zip(names, below, strict=True)):
        question = name or (question if option else "")
        single = not option or plain(option) in ANSWER_ROW
        continues = i + 1 < len(names) and not names[i + 1] and bool(below[i + 1])
        if name and single:
            columns.append(Column(i, name))
        elif name and not continues:
            columns.append(Column(i, name, option))
        else:
            columns.append(Column(i, f"{question} – {option}" if question else option))
    return tuple(columns)
