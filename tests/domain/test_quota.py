"""How many reports an intern owes: by the cycle and the days of the placement."""

from __future__ import annotations

from datetime import date

import pytest

from xqhz_desktop.domain.placement import ReportCycle
from xqhz_desktop.domain.quota import due_days, owed

START = date(2026, 9, 7)  # a Monday


def workday(on: date) -> bool:
    return on.weekday() < 5


@pytest.mark.parametrize(
    ("cycle", "end", "n"),
    [
        (ReportCycle.WEEKLY, date(2026, 12, 13), 14),  # fourteen whole weeks
        (ReportCycle.WEEKLY, date(2026, 12, 16), 14),  # three days more are no week
        (ReportCycle.WEEKLY, date(2026, 12, 17), 15),  # four are
        (ReportCycle.WEEKLY, date(2026, 9, 8), 0),
        (ReportCycle.MONTHLY, date(2027, 3, 6), 6),
        (ReportCycle.MONTHLY, date(2026, 10, 25), 2),
        (ReportCycle.DAILY, date(2026, 9, 20), 10),
        (ReportCycle.NONE, date(2026, 12, 13), 0),
    ],
)
def test_the_whole_placement_owes_so_many(cycle: ReportCycle, end: date, n: int) -> None:
    assert len(due_days(cycle, START, end, workday)) == n


def test_a_report_is_owed_when_its_week_is_over() -> None:
    days = due_days(ReportCycle.WEEKLY, START, date(2026, 12, 13), workday)
    assert days[0] == date(2026, 9, 13)
    assert [owed(days, date(2026, 9, day)) for day in (12, 13, 20)] == [0, 1, 2]


def test_a_month_that_begins_on_the_31st_ends_with_the_month() -> None:
    days = due_days(ReportCycle.MONTHLY, date(2026, 1, 31), date(2026, 4, 30), workday)
    assert days == [date(2026, 2, 27), date(2026, 3, 30), date(2026, 4, 29)]


def test_a_placement_without_days_owes_nothing() -> None:
    assert due_days(ReportCycle.WEEKLY, None, START, workday) == []
    assert due_days(ReportCycle.WEEKLY, START, None, workday) == []
