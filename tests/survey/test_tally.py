"""Every row ends counted, and the counts are those of a plain count by hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmapper.errors import FileProblem
from cxmapper.survey.choices import Choices
from cxmapper.survey.counted import Counts, Group, Invalid
from cxmapper.survey.detect import propose
from cxmapper.survey.progress import Cancelled
from cxmapper.survey.readers import Table, read_table
from cxmapper.survey.tally import Reading, count
from tests.survey.make_surveys import made, text

ANSWERS = (0, 2, 4, 5, 6, 7, 8, 8, 9, 10)


def reading(table: Table, choices: Choices | None = None) -> Reading:
    return count(propose(table, choices), choices)


def table(*rows: Sequence[object]) -> Table:
    return read_table(text(rows).encode(), "made.csv")


def asked(found: Reading) -> dict[str, str | None]:
    return {question.about: question.proposed for question in found.questions}


def test_groups_are_by_persona_places_and_month() -> None:
    found = reading(
        table(
            ["date", "persona", "stage", "touchpoint", "nps"],
            ["2025-03-01", "Student", "Buy", "Shop;App", 9],
            ["2025-03-30", "Student", "Buy", "App ; Shop", 9],
            ["2025-04-01", "", "Buy", "Shop", 3],
            ["never", "n/a", "", "", 7],
        )
    )
    both = frozenset({("touchpoint", "Shop"), ("touchpoint", "App"), ("stage", "Buy")})
    assert found.counted.rows == {
        Group("Student", both, "2025-03"): Counter({"9": 2}),
        Group(None, frozenset({("touchpoint", "Shop"), ("stage", "Buy")}), "2025-04"): Counter({"3": 1}),
        Group(None, frozenset(), ""): Counter({"7": 1}),
    }


rows = st.lists(
    st.tuples(
        st.sampled_from(["", "9", "10 - top", "7,5", "don't know", "3", "8/10", "12", "0"]),
        st.sampled_from(["Shop", "App", "", "N/A"]),
        st.sampled_from(["2025-01-03", "2025-02-28 10:00", "", "?"]),
    ),
    min_size=1,
    max_size=40,
)


@given(rows)
@settings(max_examples=60)
def test_no_row_is_lost_and_order_does_not_matter(made_rows: list[tuple[str, str, str]]) -> None:
    head = ["Would you recommend us? (nps)", "touchpoint", "date"]
    choices = Choices(score=head[0], metric="nps", touchpoint="touchpoint", date="date")
    found = reading(table(head, *made_rows), choices)
    counts = found.counted.counts
    filled = [row for row in made_rows if any(row)]
    assert counts.rows == len(filled)
    assert sum(answers.total() for answers in found.counted.rows.values()) == counts.n
    valid = {"9": "9", "10 - top": "10", "3": "3", "8/10": "8", "0": "0"}
    assert sum(found.counted.rows.values(), Counter()) == Counter(
        valid[a] for a, _, _ in filled if a in valid
    )
    assert counts.invalid == sum(a in ("7,5", "12") for a, _, _ in filled)
    shuffled = random.Random(1).sample(made_rows, len(made_rows))
    again = reading(table(head, *shuffled), choices).counted
    assert (again.rows, again.counts) == (found.counted.rows, counts)


def test_invalid_answers_are_listed_with_their_rows() -> None:
    found = reading(
        table(["nps", "touchpoint"], ["9", "A"], ["11", "A"], [], ["7.5", "A"], ["8", "B"], ["11", "B"])
    )
    assert found.counted.invalid == (Invalid(3, "11"), Invalid(5, "7.5"), Invalid(7, "11"))
    assert found.counted.counts == Counts(neg=0, neu=1, pos=1, n=2, invalid=3)


def test_many_invalid_answers_are_counted_and_the_first_200_listed() -> None:
    found = reading(
        made(["nps", "t"], lambda c, i: [9 if i % 2 else f"{i + 20}", "A"], n=3000), Choices(score="nps")
    )
    assert found.counted.counts.invalid == 1500
    assert len(found.counted.invalid) == 200
    assert found.counted.invalid[0] == Invalid(2, "20")


def test_codes_from_1_to_11_are_asked_about_and_shifted() -> None:
    codes = made(["nps", "touchpoint"], lambda c, i: [i % 11 + 1, c.choice("AB")], n=110)
    found = reading(codes)
    assert asked(found) == {"codes": "1-11"}
    assert found.counted.counts == Counts(neg=70, neu=20, pos=20, n=110)
    as_they_are = reading(codes, Choices(codes="0-10"))
    assert asked(as_they_are) == {}
    assert as_they_are.counted.counts == Counts(neg=60, neu=20, pos=20, n=100, invalid=10)


def test_eleven_for_dont_know_is_missing_and_one_slip_is_invalid() -> None:
    found = reading(made(["nps", "touchpoint"], lambda c, i: [i % 12, "A"], n=120))
    assert asked(found) == {"codes": "0-11"}
    assert (found.counted.counts.n, found.counted.counts.missing) == (110, 10)
    slip = reading(made(["nps", "touchpoint"], lambda c, i: [i % 11 if i else 11, "A"], n=110))
    assert asked(slip) == {}
    assert slip.counted.counts.invalid == 1


@pytest.mark.parametrize(
    ("dates", "months", "question"),
    [
        (["1/2/2025", "25/12/2025"], {"2025-02", "2025-12"}, None),
        (["1/2/2025", "12/25/2025"], {"2025-01", "2025-12"}, None),
        (["1/2/2025", "3/4/2025"], {"2025-02", "2025-04"}, "dmy"),
        (["1/2/2025 1:02 PM", "3/4/2025 2:03 AM"], {"2025-01", "2025-03"}, "mdy"),
        (["1/2/2025", "25/12/2025", "12/25/2025"], {"2025-02", "2025-12"}, "dmy"),
        (["1/1/2025", "2/2/2025"], {"2025-01", "2025-02"}, None),
    ],
)
def test_day_and_month_are_told_by_the_whole_column_or_asked(
    dates: list[str], months: set[str], question: str | None
) -> None:
    found = reading(table(["nps", "date"], *([9, date] for date in dates * 4)))
    assert {group.month for group in found.counted.rows} == months
    assert asked(found).get("date_order") == question


def test_the_order_is_told_even_far_down() -> None:
    days = [["nps", "date"], *([8, f"{i % 12 + 1}/{i % 9 + 1}/2025"] for i in range(6000)), [8, "31/1/2025"]]
    found = reading(table(*days))
    assert asked(found) == {}
    assert max(group.month for group in found.counted.rows) == "2025-09"


def test_dates_that_are_written_otherwise_further_down_are_still_read() -> None:
    days = [["nps", "date"], *([8, "2025-03-04 10:11"] for _ in range(3000)), [8, "4 September 2025 10:11"]]
    found = reading(table(*days))
    assert {group.month: answers["8"] for group, answers in found.counted.rows.items()} == {
        "2025-03": 3000,
        "2025-09": 1,
    }


def test_rows_exported_twice_count_once() -> None:
    body = [[f"R{i}", f"2025-03-{i % 28 + 1:02}", i % 11, "AB"[i % 2]] for i in range(40)]
    head = ["Response ID", "date", "nps", "touchpoint"]
    found = reading(table(head, *body, *body[5:15]))
    assert found.counted.counts.duplicate == 10
    assert found.questions == ()
    once = reading(table(head, *body)).counted
    assert found.counted.rows == once.rows


def test_an_id_before_different_answers_is_asked_about() -> None:
    body = [[f"R{i}", f"2025-03-{i % 28 + 1:02}", 2, "AB"[i % 2]] for i in range(40)]
    later = [["R3", "2025-05-01", 9, "A"], ["R3", "2025-04-01", 8, "A"]]
    both = table(["Respondent ID", "date", "nps", "touchpoint"], *body, *later)
    kept = reading(both)
    assert asked(kept) == {"duplicates": "keep"}
    assert kept.counted.counts.n == 42
    latest = reading(both, Choices(duplicates="latest"))
    assert asked(latest) == {}
    assert latest.counted.counts == Counts(neg=39, neu=0, pos=1, n=40, duplicate=2)


def test_tests_and_totals_are_excluded() -> None:
    found = reading(
        table(
            ["Status", "nps", "touchpoint", "x"],
            ["Survey Preview", 9, "A", 1],
            ["ok", 9, "A", 1],
            ["Testantwort", 3, "A", 1],
            ["ok", 2, "B", 1],
            [],
            ["Total", "", "", 4],
        )
    )
    assert found.counted.counts == Counts(neg=1, neu=0, pos=1, n=2, excluded=3)


def test_blank_lines_are_no_rows() -> None:
    found = reading(table(["nps", "touchpoint"], ["9", "A"], ["", ""], [], ["8", "A"]))
    assert found.counted.counts.rows == 2


def test_a_column_that_tells_people_only_in_the_whole_file_is_refused() -> None:
    def row(chance: random.Random, i: int) -> Sequence[object]:
        return [
            chance.choice(ANSWERS),
            chance.choice("AB") if i < 500 else f"Name {chr(65 + i % 26)} {'x' * (i % 997)} {i}",
        ]

    with pytest.raises(FileProblem, match="mostly different"):
        reading(made(["nps", "touchpoint"], row, n=4000))


def test_progress_is_told_and_stops_the_count() -> None:
    long = made(["nps", "touchpoint"], lambda c, i: [c.choice(ANSWERS), "A"], n=40_000)
    shares: list[float] = []
    count(propose(long), progress=lambda share: not shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 10
    with pytest.raises(Cancelled):
        count(propose(long), progress=lambda share: share < 0.5)


def test_a_workbook_counts_like_its_csv(tmp_path: Path) -> None:
    source = made(
        ["date", "touchpoint", "nps"],
        lambda c, i: [f"2025-03-{i % 28 + 1:02}", c.choice("AB"), c.choice(ANSWERS)],
    )
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, record in enumerate(source.records()):
            sheet.write_row(at, 0, [int(cell) if cell.isdecimal() else cell for cell in record])
    one, other = reading(source), reading(read_table(path))
    assert (one.counted.rows, one.counted.counts) == (other.counted.rows, other.counted.counts)


def test_counts_that_are_no_numbers_are_named() -> None:
    bad = table(["touchpoint", "month", "metric", "answer", "count"], ["A", "2025-03", "nps", "9", "many"])
    with pytest.raises(FileProblem, match="“many” under “count”"):
        reading(bad)
