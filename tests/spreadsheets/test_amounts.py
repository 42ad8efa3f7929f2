"""Hours, pay and numbers are read with their units; what is no amount is said to be none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xqhz_desktop.spreadsheets import amounts


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        *(
            (one, 40)
            for one in ("40", "40小时/周", "40h", "每周40小时", "８小时*５天", "8h×5d", "5天*8小时")
        ),
        *(
            (one, 40)
            for one in (
                "每天8小时，每周5天",
                "每周5天，每天8小时",
                "8小时/天*5天",
                40.0,
                "40hours/week",
            )
        ),
        ("44h", 44),
        ("8小时*6天", 48),
        ("7.5小时*5天", Decimal("37.5")),
    ],
)
def test_hours_a_week_are_read(said: str, hours: Decimal) -> None:
    assert amounts.weekly_hours(said) == hours


@pytest.mark.parametrize(
    ("said", "pay"),
    [
        *(
            (one, 2200)
            for one in ("2200", "2,200元/月", "2.2千", "2.2k", "0.22万", "¥2,200.00", 2200.0)
        ),
        *(
            (one, 2200)
            for one in ("2200元（含餐补）", "2200/月", "月薪2200", "RMB 2200", "2200元/人/月")
        ),
        ("2200.5元", Decimal("2200.5")),
    ],
)
def test_monthly_pay_is_read(said: str, pay: Decimal) -> None:
    assert amounts.monthly_pay(said) == pay


@pytest.mark.parametrize(
    "said", ["面议", "100元/天", "20元/小时", "2000-2500", "约2200", "2200+提成"]
)
def test_pay_that_is_no_monthly_amount_is_refused(said: str) -> None:
    with pytest.raises(amounts.AmountProblem):
        amounts.monthly_pay(said)


@pytest.mark.parametrize("said", ["不定时", "40-44", "8小时/天", "约40"])
def test_hours_that_are_unclear_are_refused(said: str) -> None:
    with pytest.raises(amounts.AmountProblem):
        amounts.weekly_hours(said)


@pytest.mark.parametrize("read", [amounts.number, amounts.weekly_hours])
def test_weeks_are_no_hours(read: object) -> None:
    assert callable(read)
    with pytest.raises(amounts.WeeksMeant):
        read("24周")


@given(st.text(max_size=20) | st.floats() | st.integers())
def test_anything_is_an_amount_or_a_problem(said: str | float) -> None:
    for read in (amounts.number, amounts.weekly_hours, amounts.monthly_pay):
        try:
            assert read(said).is_finite()
        except amounts.AmountProblem:
            pass


@pytest.mark.parametrize(
    ("said", "found"),
    [("2026级", 2026), ("2026届", 2026), ("3年制", 3), ("三年", 3), ("第三周", 3), ("第12篇", 12),
     ("一式四份", 4), ("十二", 12), ("二十", 20), ("5人", 5), ("两次", 2), (7, 7)],
)  # fmt: skip
def test_people_count_in_words(said: str | int, found: int) -> None:
    assert amounts.count(said) == found
