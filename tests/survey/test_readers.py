"""Files in any delimiter, encoding and workbook become the same records."""

from __future__ import annotations

import contextlib
import json
import random
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from cxmapper.errors import FileProblem
from cxmapper.survey.detect import propose
from cxmapper.survey.headers import header_of
from cxmapper.survey.readers import read_table
from cxmapper.survey.tally import count
from cxmapper.survey.vendors import vendor_of
from tests.survey.make_surveys import text

ROWS = [
    ["Datum", "Kanal", "Weiterempfehlung"],
    ["2025-03-01", "Café, Süd", "9,0"],
    ["2025-03-02", 'Die "App"', "7,5"],
    ["2025-03-03", "zwei\nZeilen; hier", "10"],
]


VENDORS = {
    "qualtrics": "Qualtrics",
    "surveymonkey": "SurveyMonkey",
    "typeform": "Typeform",
    "delighted": "Delighted",
    "google": "Google Forms",
    "medallia": "Medallia",
    "hubspot": "HubSpot",
    "zendesk": "Zendesk",
    "excel": "Excel",
}


@pytest.mark.parametrize("delimiter", list(",;\t|^~\x1f"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_delimiter_and_encoding_are_told_from_the_bytes(delimiter: str, encoding: str) -> None:
    table = read_table(text(ROWS, delimiter).encode(encoding))
    assert list(table.records()) == ROWS
    assert table.delimiter == delimiter


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_line_that_names_the_separator_is_obeyed_and_is_no_record(first: str, end: str) -> None:
    body = "a;b,c\n1;2,5\n".replace("\n", end)
    table = read_table(f"{first}{end}{body}".encode())
    assert list(table.records()) == [["a", "b,c"], ["1", "2,5"]]
    assert table.names_delimiter


def test_the_samples_are_read_as_their_layouts_say(root: Path) -> None:
    folder = root / "tests/data/surveys"
    layouts = json.loads((folder / "layouts.json").read_text())
    assert len(layouts) == 19
    for name, layout in layouts.items():
        table = read_table(folder / name)
        header = header_of(table.sample)
        encoding = table.encoding.label if table.encoding is not None else None
        told = encoding, table.delimiter_name, header.rows
        assert told == (layout.get("encoding"), layout.get("delimiter"), layout["header_rows"]), name
        vendor = vendor_of(
            header, table.sample[header.first :], table.sheet, names_delimiter=table.names_delimiter
        )
        assert vendor == VENDORS.get(name.split("_")[0].removesuffix(".csv"), ""), name


def test_a_workbook_gives_what_a_csv_would(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Readme").write(0, 0, "hello")
        sheet = book.add_worksheet("Data")
        for at, row in enumerate([["id", "nps", "ok"], [1, 9.0, True], [2, 7.5, "x"], [], [3, "8", None]]):
            sheet.write_row(at + 2, 1, row)
    table = read_table(path)
    assert table.sheet == "Data"
    assert (table.encoding, table.delimiter) == (None, None)
    filled = [record for record in table.records() if record]
    assert [r[-3:] for r in filled] == [
        ["id", "nps", "ok"],
        ["1", "9", "TRUE"],
        ["2", "7.5", "x"],
        ["3", "8", ""],
    ]
    assert read_table(path, sheet="readme").sheet == "Readme"
    with pytest.raises(FileProblem, match="it has Readme, Data"):
        read_table(path, sheet="Antworten")


def test_japanese_windows_files_are_read() -> None:
    table = read_table(text([["回答日", "推奨度"], ["2025年4月1日", "9"]]).encode("cp932"))
    assert next(iter(table.records())) == ["回答日", "推奨度"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"%PDF-1.7", "no table"),
        (b"PK\x03\x04 broken", "workbook"),
        (b"\x89PNG\r\n", "no table"),
    ],
)
def test_what_is_no_survey_is_refused_with_the_mend(data: bytes, words: str) -> None:
    with pytest.raises(FileProblem, match=words):
        read_table(data, "survey.csv")


def test_options_overrule_and_are_checked(tmp_path: Path) -> None:
    data = "a;b,c\n1;2,5\n".encode("utf-16-le")
    assert next(iter(read_table(data, encoding="utf-16-le", delimiter=",").records())) == ["a;b", "c"]
    assert read_table(b"a\tb\n1\t2\n", delimiter="TAB").delimiter == "\t"
    with pytest.raises(FileProblem, match="no text encoding"):
        read_table(data, encoding="klingon")
    with pytest.raises(FileProblem, match="separate"):
        read_table(data, delimiter="ab")
    with pytest.raises(FileProblem, match="name its encoding"):
        list(read_table("a,b\nä,1\n".encode("cp1252"), encoding="utf-8").records())
    with pytest.raises(FileProblem, match="no such file"):
        read_table(tmp_path / "none.csv", "none.csv")
    with pytest.raises(FileProblem, match="folder"):
        read_table(tmp_path, "here")


cells = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), max_size=8)


@given(st.lists(st.tuples(cells, cells, cells), min_size=3, max_size=12), st.sampled_from(",;\t|"))
def test_what_csv_writes_is_what_is_read(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    head = ("Date of answer", "Place", "Score")
    table = read_table(text([head, *rows], delimiter).encode(), delimiter=delimiter)
    assert list(table.records()) == [list(head), *map(list, rows)]


@given(
    st.sampled_from(["typeform.csv", "qualtrics_3header_utf16.tsv", "xlsx_title_rows_second_sheet.xlsx"]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=30),
    st.floats(0.2, 1),
)
def test_damaged_files_are_read_or_refused_never_a_bug(
    name: str, damage: list[tuple[float, int]], kept: float
) -> None:
    data = bytearray((Path(__file__).parent.parent / "data/surveys" / name).read_bytes())
    for where, byte in damage:
        data[int(where * (len(data) - 1))] = byte
    with contextlib.suppress(FileProblem):
        counted = count(propose(read_table(bytes(data[: int(kept * len(data))]), name))).counted
        assert sum(answers.total() for answers in counted.rows.values()) == counted.counts.n


def test_bytes_that_are_no_text_are_no_survey() -> None:
    noise = random.Random(3).randbytes(20_000)
    with pytest.raises(FileProblem, match="no table"):
        read_table(noise, "noise.csv")
