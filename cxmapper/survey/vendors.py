"""Who made an export, and which of its rows are no answers of customers: tests and previews.

Told by what the headers hold, wherever they stand and in whatever order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cxmapper.survey.headers import Header
from cxmapper.survey.phrases import TIMESTAMPS
from cxmapper.survey.words import plain, tidy

QUALTRICS = "Qualtrics"
TABLE_OF_COUNTS = "Counts"
_SIGNS: tuple[tuple[str, int, str], ...] = (
    (
        QUALTRICS,
        4,
        "start date|end date|recorded date|response id|distribution channel|user language|external reference"
        "|recipient email|duration in seconds|response set|external data reference|location accuracy",
    ),
    ("SurveyMonkey", 2, "respondent id|collector id|custom data 1|email address|ip address"),
    ("Typeform", 2, "network id|submit date utc|start date utc|stage date utc|ending|response type"),
    ("HubSpot", 3, "record id|survey name|survey type|submission name|sentiment|rating|associated contact"),
    (
        "Zendesk",
        2,
        "summation column|satisfaction score|requester id|assignee stations|group stations",
    ),
    (
        "Delighted",
        3,
        "response id|person id|survey type|permalink|delighted source|score|created at|updated at",
    ),
    (
        "Medallia",
        3,
        "request id|request sent at|request delivery status|response received at|star rating|survey id|unit"
        "|program|nps segment|ease of doing business|overall satisfaction|likelihood to recommend"
        "|reason for score",
    ),
)
_NEEDED = {"SurveyMonkey": {"collector id"}, "Typeform": {"network id", "submit date utc"}}
_FORMS_SHEET = re.compile(
    r"form responses|formularantworten|reponses au formulaire|respuestas de formulario|フォームの回答"
)
_FORMS_TIME = re.compile(r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}:\d{2} ")
_STATUS = frozenset(
    {"status", "response type", "antworttyp", "type de reponse", "tipo de respuesta", "回答タイプ"}
)
_TEST_COLUMN = frozenset({"test", "is test", "preview", "is preview", "test response", "testantwort"})
_TEST_WORDS = re.compile(
    r"\b(?:preview|test|spam|vorschau|testantwort|apercu|vista previa|prueba|anteprima|prova|previa"
    r"|voorbeeld)\b"
    r"|umfragevorschau|プレビュー|テスト|スパム|预览|测试"
)
_YES = frozenset({"true", "yes", "1", "ja", "oui", "si", "wahr", "vrai", "x"})
_QUALTRICS_TEST_BITS = 1 | 2 | 8  # preview, test, spam

Unwanted = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Rows to leave out: those whose cell in the column number `at` is unwanted."""

    at: int
    unwanted: Unwanted


def vendor_of(header: Header, rows: Sequence[list[str]], sheet: str, *, names_delimiter: bool) -> str:
    """The vendor's name, or "" where nothing tells."""
    names = {column.label for column in header.columns if column.label}
    if any(column.import_id for column in header.columns):
        return QUALTRICS
    found = [
        (len(names & signs) / needed, vendor)
        for vendor, needed, text in _SIGNS
        if len(names & (signs := set(text.split("|")))) >= needed
        and (not _NEEDED.get(vendor) or names & _NEEDED[vendor])
    ]
    if found:
        return max(found, key=lambda item: item[0])[1]
    if is_table_of_counts(header):
        return TABLE_OF_COUNTS
    if _is_google_form(header, rows, sheet):
        return "Google Forms"
    return "Excel" if names_delimiter else ""


def is_table_of_counts(header: Header) -> bool:
    """Whether rows are answers that somebody has counted already, as `cxmapper survey --sql` asks for."""
    names = {column.label for column in header.columns}
    return {"answer", "count"} <= names and bool(names & {"metric", "month", "touchpoint"})


def exclusions_of(header: Header, vendor: str) -> tuple[Exclusion, ...]:
    """Which rows the columns of this vendor mark as tests and previews."""
    found = []
    for column in header.columns:
        names = {column.label, plain(column.question)}
        if names & _STATUS:
            found.append(Exclusion(column.at, _qualtrics_test if vendor == QUALTRICS else _worded_test))
        elif names & _TEST_COLUMN:
            found.append(Exclusion(column.at, lambda cell: plain(cell) in _YES))
    return tuple(found)


def _worded_test(cell: str) -> bool:
    return _TEST_WORDS.search(plain(cell)) is not None


def _qualtrics_test(cell: str) -> bool:
    text = tidy(cell)
    if text.isdecimal():
        return bool(int(text) & _QUALTRICS_TEST_BITS) and int(text) < 32
    return _worded_test(cell)


def _is_google_form(header: Header, rows: Sequence[list[str]], sheet: str) -> bool:
    stamps = [column.at for column in header.columns if column.label in TIMESTAMPS]
    if len(stamps) != 1:
        return False
    if _FORMS_SHEET.search(plain(sheet)) or any(
        column.name.endswith(("?", "？")) for column in header.columns
    ):
        return True
    cells = [row[stamps[0]] for row in rows[:20] if len(row) > stamps[0]]
    return any(_FORMS_TIME.match(cell) for cell in cells)
