"""`cxmapper survey - SURVEY --dry-run`: what every sample yields, and what is asked, as a shell sees it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cxmapper.cli.entry import run
from tests.survey.make_surveys import moved, text


class Ended(NamedTuple):
    """How a command ended, and what it wrote."""

    status: int
    out: str
    err: str


@pytest.fixture
def cx(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    def call(*words: object) -> Ended:
        status = run([str(word) for word in words])
        sys.stdout.flush()
        return Ended(status, *capfd.readouterr())

    return call


@pytest.fixture
def dry(cx: Callable[..., Ended]) -> Callable[..., dict[str, Any]]:
    def call(survey: Path, *options: object) -> dict[str, Any]:
        ended = cx("survey", "-", survey, "--dry-run", "--json", *options)
        assert (ended.status, ended.err) == (0, "")
        found: dict[str, Any] = json.loads(ended.out)
        return found

    return call


@pytest.fixture
def folder(root: Path) -> Path:
    return root / "tests/data/surveys"


EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "data/surveys/expected.json").read_text()
)
# What columns may be called instead, in languages that their questions are not in.
RENAMED = {
    "Touchpoint": "Kontaktpunkt",
    "touchpoint": "Point de contact",
    "Persona": "Zielgruppe",
    "persona": "Tipo de cliente",
    "JourneyStage": "Phase",
    "Q1": "Frage 7",
    "Q5": "F05",
    "ltr": "Weiterempfehlung",
    "Score": "NPS-Bewertung",
    "Likelihood to Recommend": "Recommandation",
    "star_rating": "Étoiles",
    "Satisfaction Score": "Zufriedenheit",
    "Rating": "Bewertung",
    "RecordedDate": "Erfassungsdatum",
    "Date": "Datum",
    "Status": "Status",
    "Custom Data 1": "Kundentyp",
}
TEXTS = [name for name in EXPECTED if not name.endswith(".xlsx")]


def agrees(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    counts = found["counts"]
    for name in ("neg", "neu", "pos", "n", "missing", "invalid"):
        assert counts[name] == wanted.get(name, counts[name]), name
    assert counts["excluded"] >= wanted.get("excluded_preview", 0)
    assert found["metric"] == wanted["metric"]
    assert found["score"] == pytest.approx(wanted["score"], abs=1e-9)
    assert found["header_rows"] == wanted["header_rows"]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_sample_yields_what_it_must(
    name: str, folder: Path, dry: Callable[..., dict[str, Any]]
) -> None:
    found = dry(folder / name)
    agrees(found, EXPECTED[name])
    assert found["score_column"] == EXPECTED[name]["score_column"]
    assert list(found) == [
        "vendor", "encoding", "delimiter", "header_rows", "score_column", "metric", "counts", "columns",
        "unmatched", "questions", "score",
    ]  # fmt: skip
    assert list(found["columns"]) == ["touchpoint", "stage", "persona", "date"]
    preview = EXPECTED[name].get("excluded_preview", 0)
    assert found["counts"]["excluded"] == {
        "hubspot_feedback_mixed.csv": 30,
        "xlsx_title_rows_second_sheet.xlsx": 1,
    }.get(name, preview)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("seed", range(3))
def test_names_and_order_of_columns_and_rows_make_no_difference(
    name: str, seed: int, folder: Path, tmp_path: Path, dry: Callable[..., dict[str, Any]]
) -> None:
    file = tmp_path / "survey.txt"
    file.write_bytes(moved(folder / name, RENAMED if seed else {}, seed))
    found, before = dry(file), dry(folder / name)
    agrees(found, EXPECTED[name])
    column = EXPECTED[name]["score_column"]
    assert found["score_column"] == (RENAMED.get(column, column) if seed else column)
    renamed = {n: RENAMED.get(c, c) if seed and c else c for n, c in before["columns"].items()}
    if "Custom Data 1" in RENAMED and name.startswith("surveymonkey") and seed:
        renamed["persona"] = "Kundentyp"
    assert found["columns"] == renamed
    if found["columns"] == before["columns"]:
        assert found["unmatched"] == before["unmatched"]
    assert [q["about"] for q in found["questions"]] == [q["about"] for q in before["questions"]]


def test_the_question_of_codes_ends_a_call_that_would_import(folder: Path, cx: Callable[..., Ended]) -> None:
    ended = cx("survey", "-", folder / "qualtrics_recode_1to11.csv")
    assert ended.status == 2
    assert ended.out == ""
    assert ended.err.count("\n") == 1
    assert "--codes 1-11" in ended.err
    ended = cx("survey", "-", folder / "qualtrics_recode_1to11.csv", "--codes", "1-11")
    assert ended.status == 2
    assert "there is no map" in ended.err


def test_options_answer_questions(folder: Path, dry: Callable[..., dict[str, Any]]) -> None:
    recoded = folder / "qualtrics_recode_1to11.csv"
    assert dry(recoded)["questions"][0]["proposed"] == "1-11"
    assert dry(recoded, "--codes", "0-10")["questions"] == []
    assert dry(recoded, "--codes", "0-10")["counts"]["invalid"] > 0
    mixed = folder / "hubspot_feedback_mixed.csv"
    assert [q["about"] for q in dry(mixed)["questions"]] == ["metric"]
    also = EXPECTED[mixed.name]["also"]
    csat, ces = dry(mixed, "--metric", "csat"), dry(mixed, "--metric", "ces")
    assert (csat["metric"], ces["metric"]) == ("csat3", "ces7")
    assert csat["counts"]["pos"] == also["CSAT"]["values"].count(2)
    assert ces["counts"]["pos"] == sum(value >= 5 for value in also["CES"]["values"])
    book = folder / "xlsx_title_rows_second_sheet.xlsx"
    latest = dry(book, "--duplicates", "latest")
    wanted = EXPECTED[book.name]["after_dedupe_latest"]
    assert {name: latest["counts"][name] for name in ("neg", "neu", "pos", "n")} == {
        name: wanted[name] for name in ("neg", "neu", "pos", "n")
    }
    assert latest["score"] == pytest.approx(wanted["score"], abs=1e-9)
    assert latest["counts"]["duplicate"] == 3


def test_columns_can_be_named(folder: Path, dry: Callable[..., dict[str, Any]]) -> None:
    found = dry(folder / "qualtrics_3header_choicetext.csv", "--score", "Q3", "--touchpoint", "JourneyStage",
                "--stage", "", "--persona", "Persona", "--date", "StartDate")  # fmt: skip
    assert found["metric"] == "csat5"
    assert found["columns"] == {
        "touchpoint": "JourneyStage", "stage": None, "persona": "Persona", "date": "StartDate"
    }  # fmt: skip
    assert found["counts"]["invalid"] == 0
    assert found["counts"]["n"] > 30


@pytest.mark.parametrize("column", ["RecipientEmail", "ResponseId", "Q2"])
def test_columns_that_tell_people_are_refused(column: str, tmp_path: Path, cx: Callable[..., Ended]) -> None:
    file = tmp_path / "people.csv"
    rows = [
        [i % 11, f"p{i}@example.com", f"R_{i:09}x", f"Comment number {chr(65 + i % 26)}{i // 26}"]
        for i in range(60)
    ]
    file.write_text(text([["nps", "RecipientEmail", "ResponseId", "Q2"], *rows]))
    ended = cx("survey", "-", file, "--dry-run", "--touchpoint", column)
    assert ended.status == 2
    assert column in ended.err
    assert "--touchpoint" in ended.err


def test_unmatched_names_are_at_most_200(tmp_path: Path, dry: Callable[..., dict[str, Any]]) -> None:
    file = tmp_path / "many.csv"
    file.write_text(
        text([["nps", "touchpoint"], *([9, f"Place {chr(65 + i % 20)}-{i % 300}"] for i in range(3000))])
    )
    unmatched = dry(file)["unmatched"]
    assert len(unmatched) == 200
    assert unmatched[-1]["value"] is None
    assert sum(each["answers"] for each in unmatched) == 3000


def test_details_give_reasons_and_invalid_answers(folder: Path, dry: Callable[..., dict[str, Any]]) -> None:
    found = dry(folder / "dirty_values.csv", "--details")
    assert len(found["invalid"]) == 8
    assert found["invalid"][0] == {"row": 31, "value": "11"}
    assert len(found["first_rows"]) == 10
    assert any("ltr" in reason for reason in found["reasons"])


def test_it_speaks_to_people_too(folder: Path, cx: Callable[..., Ended]) -> None:
    ended = cx("survey", "-", folder / "dirty_values.csv", "--dry-run")
    assert ended.status == 0
    assert "18 answers: 8 against, 4 neither, 6 for" in ended.out
    assert "invalid: “09-Oct” in row" in ended.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-", "none.csv", "--dry-run"], "no such file"),
        (["-"], "survey’s file"),
        (["-", "a.csv", "--metric", "joy"], "no metric joy"),
        (["-", "a.csv", "--dry-run", "--score", "Nps"], "did you mean “nps"),
        (["-", "a.csv", "--dry-run", "--delimiter", "abc"], "separate"),
    ],
)
def test_wrong_calls_end_with_2_and_the_mend(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cx: Callable[..., Ended]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text("nps1,place\n9,A\n3,B\n")
    ended = cx("survey", *words)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
