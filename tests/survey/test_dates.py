"""Which month a cell means."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmapper.survey.dates import Dated, Slashed, moment, read_date
from cxmapper.survey.months import Months, is_open, month_of


@pytest.mark.parametrize(
    "raw",
    [
        "2025-04-01",
        "2025-04-01T08:00:00Z",
        "2025-04-01 23:59:59.123",
        "2025/04/01 3:21:48 PM GMT+8",
        "2025/4/1",
        "2025-04",
        "01.04.2025",
        "1.4.25",
        "1-Apr-2025",
        "01-Apr-25 10:11",
        "1 April 2025",
        "April 1, 2025",
        "Apr 1st, 2025",
        "1. April 2025",
        "1er avril 2025",
        "1 de abril de 2025",
        "1 avr. 2025",
        "2025年4月1日",
        "令和7年4月1日",
        "2025년 4월 1일",
        "20250401",
        "20250401T1011",
        "45748",
        "45748.5",
        "1743465600",
        "Tue, 1 Apr 2025 10:00:00 GMT",
        "April 2025",
        "1 апреля 2025",
    ],
)
def test_one_month_in_many_writings(raw: str) -> None:
    found = read_date(raw)
    assert isinstance(found, Dated)
    assert found.month == "2025-04"


@pytest.mark.parametrize(
    "raw", ["", "7", "abc", "31/02/2025", "2025-13-01", "0", "123456", "Mayday", "10/10", "1/2/3/4"]
)
def test_what_is_no_date_has_no_month(raw: str) -> None:
    assert read_date(raw) is None


def test_slashes_prove_an_order_or_stay_open() -> None:
    assert read_date("25/12/2021") == Dated("2021-12", 25, "dmy")
    assert read_date("12/25/2021") == Dated("2021-12", 25, "mdy")
    assert read_date("1/9/21") == Slashed(2021, 1, 9)
    assert read_date("01-09-2021") == Slashed(2021, 1, 9)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_found_again(day: date) -> None:
    month = f"{day:%Y-%m}"
    for raw in (f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y}", f"{day:%d-%b-%Y}", f"{day:%Y%m%d}", f"{day:%B %d, %Y}"):
        found = read_date(raw)
        assert isinstance(found, Dated)
        assert (found.month, found.day) == (month, day.day)
    for raw, order in ((f"{day:%d/%m/%Y}", "dmy"), (f"{day:%m/%d/%Y}", "mdy")):
        found = read_date(raw)
        assert found is not None
        if isinstance(found, Slashed):
            assert found.month(order) == month  # type: ignore[arg-type]
        else:
            assert (found.month, found.proves) == (month, order)


def test_moments_can_be_compared() -> None:
    assert moment("02/05/2025 02:16:24 PM", "mdy") > moment("02/05/2025 11:16:24 AM", "mdy")
    assert moment("02/05/2025", "dmy") > moment("02/05/2025", "mdy")
    assert moment("12/25/2025 12:00 AM", "mdy") == ("2025-12", 25, 0)
    assert moment("", "dmy") < moment("2025-01-01", "dmy")


def test_months_look_no_further_than_the_date() -> None:
    assert Months.fitting(["2025-04-01 10:11:12", "2025-12-24 01:02:03"]).length == 7
    assert Months.fitting(["14-Aug-2025 10:11", "06-Mar-2025 21:05"]).length == 11
    months = Months.fitting(["3/4/2025 10:11", "30/4/2025 10:12"])
    assert months["3/4/2025 1"] == "3/4/2025"
    assert is_open("3/4/2025")
    assert {month_of("3/4/2025", order) for order in ("dmy", "mdy")} == {"2025-03", "2025-04"}  # type: ignore[arg-type]


def test_months_notice_a_date_that_needs_more() -> None:
    months = Months.fitting(["2025-04-01 10:11:12"])
    assert months["Septemb"] == ""
    assert months.irregular
