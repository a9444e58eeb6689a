"""What single cells say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmapper.survey.metrics import METRICS
from cxmapper.survey.profiles import Profile
from cxmapper.survey.values import Not, is_missing, number, read

NPS, CSAT, CES, BINARY = (METRICS[name] for name in ("nps", "csat5", "ces7", "binary"))


def test_the_table_of_dirty_values(root: Path) -> None:
    table = json.loads((root / "tests/data/surveys/expected.json").read_text())["dirty_values.csv"]["table"]
    assert len(table) > 30
    for raw, meant in table:
        want = {None: Not.MISSING, "INVALID": Not.INVALID}.get(meant, str(meant))
        assert read(raw, NPS) == want, raw


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("9 von 10", "9"),
        ("9 sur 10", "9"),
        ("8 de 10", "8"),
        ("7 su 10", "7"),
        ("10点", "10"),
        ("10点中8", "8"),
        ("9 Punkte", "9"),
        ("10 = sehr wahrscheinlich", "10"),
        ("0 (gar nicht)", "0"),
        ("Sehr wahrscheinlich [10]", "10"),
        ("“8”", "8"),
        ("８．０", "8"),
        ("10,00", "10"),
        ("0\u200b", "0"),
        ("Muy probable: 10", "10"),
        ("٧", "7"),
    ],
)
def test_answers_in_other_writings(raw: str, answer: str) -> None:
    assert read(raw, NPS) == answer


@pytest.mark.parametrize(
    "raw",
    [
        "09-Oct",
        "9-okt",
        "Okt 09",
        "09. Okt",
        "2025-10-09",
        "7,5",
        "7-8",
        "8 or 9",
        "7ish",
        "about 7",
        "8/5",
        "9/7",
        "zehn",
        "90%",
        "-3",
        "1e1",
        "8 - 9 points",
        "10 - text 9",
        "9.5/10",
        "99999999999",
        "?",
        "true",
    ],
)
def test_what_is_no_answer_is_invalid_never_bent_into_one(raw: str) -> None:
    assert read(raw, NPS) is Not.INVALID


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "  ",
        "\xa0",
        "–",
        "—",
        "...",
        "N/A",
        "#NV",
        "null",
        "None",
        "nan",
        "Don’t know",
        "DON'T KNOW",
        "Weiß nicht",
        "weiss nicht",
        "k.A.",
        "Je ne sais pas",
        "no sé",
        "Non so",
        "não sei",
        "weet niet",
        "わからない",
        "不知道",
        "-99",
    ],
)
def test_no_answer_in_many_words(raw: str) -> None:
    assert is_missing(raw)
    assert read(raw, NPS) is Not.MISSING


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("Sehr zufrieden", "5"),
        ("Très insatisfait(e)".replace("(e)", ""), "1"),
        ("Neither satisfied nor dissatisfied", "3"),
        ("4/5", "4"),
        ("★★★☆☆", "3"),
        ("5 stars", "5"),
        ("満足", "4"),
        ("algo insatisfecho", "2"),
    ],
)
def test_content_in_words_and_stars(raw: str, answer: str) -> None:
    assert read(raw, CSAT) == answer


def test_agreement_and_good_or_bad() -> None:
    assert read("Stimme voll und ganz zu", CES) == "7"
    assert read("Somewhat agree", CES) == "5"
    assert read("Good", BINARY) == "good"
    assert read("👎", BINARY) == "bad"
    assert read("Offered", BINARY) is Not.MISSING
    assert read("5", CSAT) == "5"
    assert read("0", CSAT) is Not.INVALID
    assert read("6", CSAT) is Not.INVALID


@given(st.text(max_size=12))
def test_whatever_stands_there_it_is_an_answer_or_none(raw: str) -> None:
    for metric in METRICS.values():
        answer = read(raw, metric)
        assert isinstance(answer, Not) or answer in metric.scale


@given(st.integers(-200, 200), st.sampled_from(["{}", " {} ", "{}.0", "{},00", "'{}", '"{}"', "{}\u00a0"]))
def test_whole_numbers_are_taken_as_they_are(value: int, writing: str) -> None:
    raw = writing.format(value)
    assert number(raw) == value
    if value != -99:
        assert read(raw, NPS) == (str(value) if 0 <= value <= 10 else Not.INVALID)


@given(st.floats(0, 10).filter(lambda x: abs(x - round(x)) > 1e-6))
def test_fractions_are_never_rounded(value: float) -> None:
    assert read(f"{value:.6f}", NPS) is Not.INVALID
    assert read(f"{value:.6f}".replace(".", ","), NPS) is Not.INVALID


def test_a_huge_cell_is_invalid_at_once() -> None:
    for cell in ("x" * 2_000_000, "1" * 2_000_000, "a " * 1_000_000 + "9 x"):
        assert read(cell, NPS) is Not.INVALID


def test_an_address_is_looked_for_in_a_huge_cell_at_once() -> None:
    huge = "x" * 2_000_000
    assert Profile([huge]).emails == 0.0
    assert Profile([huge + "@example.org"]).emails == 1.0
