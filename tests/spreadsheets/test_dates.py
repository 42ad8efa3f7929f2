"""Days and periods are read from every notation people use, and never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.spreadsheets.dates import FIRST, LAST, DateProblem, moment, period
from xqhz_desktop.spreadsheets.findings import TEXTS

DAY = date(2025, 9, 1)
START, END = date(2026, 3, 1), date(2026, 8, 31)
NOTATIONS = (
    "{y}-{m}-{d}",
    "{y}/{m:02}/{d:02}",
    "{y}.{m}.{d}",
    "{y}{m:02}{d:02}",
    "{y}年{m}月{d}日",
)


@pytest.mark.parametrize(
    "said",
    [
        *("2025-9-1", "2025/9/1", "2025.9.1", "20250901", "2025年9月1日", "2025年09月01号"),
        *(
            "２０２５－９－１",
            "2025-09-01 00:00:00",
            "2025/9/1 8:30",
            "2025/9/1 星期一",
            "2025、9、1",
        ),
        *(
            "2025 9 1",
            "2025.09.01.",
            "2025-9-1（补）",
            "二〇二五年九月一日",
            "2025\n-9-1",
            "'2025-9-1",
        ),
        *("1 Sep 2025", "Sep 1, 2025", "2025-Sep-01", "1st September 2025", "45901"),
        *(
            45901,
            45901.0,
            45901.75,
            20250901,
            20250901.0,
            date(2025, 9, 1),
            datetime(2025, 9, 1, 8),
        ),
    ],
)
def test_a_day_is_read(said: Any) -> None:
    assert moment(said).first() == moment(said).last() == DAY


def test_a_workbook_may_count_from_1904() -> None:
    assert moment(44439.0, starts_1904=True).first() == DAY


@pytest.mark.parametrize("said", ["09/25/2025", "25/9/2025", "9.25.2025"])
def test_another_order_is_read_where_only_one_is_possible(said: str) -> None:
    assert moment(said).first() == date(2025, 9, 25)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        *(
            (one, "DATE_INVALID")
            for one in ("长期", "2025-2-30", "2025-13-1", "20250931", "待定", 0)
        ),
        *((one, "DATE_INCOMPLETE") for one in ("9月1日", "9.1", "2025", 2025, "2025年")),
        *((one, "DATE_AMBIGUOUS") for one in ("03/04/2025", "25-9-1", "08.9.1", 2025.1)),
        *((one, "DATE_RANGE") for one in ("2205-9-1", "1899-1-1", "0202-9-1", 5, 99999)),
    ],
)
def test_what_is_no_day_has_its_own_code(said: Any, code: str) -> None:
    with pytest.raises(DateProblem) as problem:
        moment(said)
    assert problem.value.code == code


@pytest.mark.parametrize("said", ["2025-9", "2025年9月", "2025.09", "202509", 202509, 2025.9])
def test_a_month_alone_is_a_month(said: Any) -> None:
    found = moment(said)
    assert (found.day, found.first(), found.last()) == (None, DAY, date(2025, 9, 30))


@pytest.mark.parametrize(
    "said",
    [
        *("2026.3.1-2026.8.31", "2026年3月1日—2026年8月31日", "2026/3/1~2026/8/31"),
        *("2026.3.1至2026.8.31", "2026-03-01-2026-08-31", "2026-3-1 2026-8-31"),
        *("20260301-20260831", "自2026年3月1日起至2026年8月31日止", "2026.3.1-8.31"),
        *("2026年3月1日至8月31日", "2026-3-1至8-31", "2026-3-1-8-31", "2026-3-1\n2026-8-31"),
        *("2026.3.1 到 2026.8.31", "2026/03/01 - 2026/08/31", "2026.3.1—2026.8.31（半年）"),
        *("1 Mar 2026 - 31 Aug 2026", "2026.3-2026.8", "2026年3月-8月", "2026.3-8", "2026年3-8月"),
        *("202603-202608", "2026-03 至 2026-08", "２０２６．３．１－８．３１"),
    ],
)
def test_a_period_is_read_from_one_cell(said: str) -> None:
    start, end = period(said)
    assert end is not None
    assert (start.first(), end.last()) == (START, END)


@pytest.mark.parametrize("said", ["2026.3.1", "2026.3.1-", "2026年3月1日起", "2026.3.1-至今"])
def test_a_period_may_be_open(said: str) -> None:
    start, end = period(said)
    assert (start.first(), end) == (START, None)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("长期", "DATE_INVALID"),
        ("3月1日-8月31日", "DATE_INCOMPLETE"),
        ("2026.3.1-2026.2.30", "DATE_INVALID"),
    ],
)
def test_a_period_without_days_is_refused(said: str, code: str) -> None:
    with pytest.raises(DateProblem) as problem:
        period(said)
    assert problem.value.code == code


@given(st.dates(FIRST, LAST), st.sampled_from(NOTATIONS))
def test_every_day_reads_back_from_every_notation(day: date, notation: str) -> None:
    assert moment(notation.format(y=day.year, m=day.month, d=day.day)).first() == day


@given(
    st.dates(FIRST, LAST),
    st.dates(FIRST, LAST),
    st.sampled_from(NOTATIONS),
    st.sampled_from(["-", "—", "~", "至", " 到 ", "--", " - "]),
)
def test_every_period_reads_back(one: date, two: date, notation: str, between: str) -> None:
    said = [notation.format(y=day.year, m=day.month, d=day.day) for day in (one, two)]
    start, end = period(between.join(said))
    assert end is not None
    assert (start.first(), end.first()) == (one, two)


@given(st.text(st.sampled_from("0123456789-./年月日至~ 今起止T:()ab"), max_size=24))
def test_any_text_is_a_day_or_a_named_problem(said: str) -> None:
    for read in (moment, period):
        assert problem_of(read, said) in {"", *(one for one in TEXTS if one.startswith("DATE_"))}


def problem_of(read: Callable[[str], object], said: str) -> str:
    try:
        read(said)
    except DateProblem as problem:
        return problem.code
    return ""
