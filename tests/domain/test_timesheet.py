"""The sums of a month: what counts as a day, as overtime, as leave, and what is noticed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.make import make
from xqhz_desktop.domain.attendance import Attendance, Leave, LeaveKind, Mark, read_day
from xqhz_desktop.domain.timesheet import Free, Notice, dates, filled, leave_days, notices, totals

MONTH = "2026-10"
FREE = Free(
    rest=frozenset(one for one in dates(MONTH) if one.weekday() >= 5),
    holidays=frozenset(date(2026, 10, n) for n in (1, 2, 3)),
)


def day(n: int) -> date:
    return date(2026, 10, n)


def month(**marks: str) -> Attendance:
    return make(Attendance, month=MONTH, days=None, **marks)


def test_a_tick_is_a_day_of_eight_hours() -> None:
    found = totals(dict(month(d08="√", d09="√").marked()), FREE)
    assert (found.days, found.hours, found.overtime) == (2, 16, 0)


def test_hours_above_eight_and_those_after_a_plus_are_overtime() -> None:
    found = totals(dict(month(d08="√8+2", d09="10", d12="夜8").marked()), FREE)
    assert (found.days, found.hours, found.overtime, found.nights) == (3, 28, 4, 1)


def test_leave_sick_leave_absence_and_being_late_are_told_apart() -> None:
    found = totals(dict(month(d08="假", d09="病", d12="×", d13="△", d14="休").marked()), FREE)
    assert (found.leave, found.sick, found.absent, found.late) == (1, 1, 1, 1)
    assert (found.days, found.away) == (1, 3)


def test_letters_stand_for_signs_where_there_is_no_input_method() -> None:
    written = [read_day(text) for text in ("v8+2", "Y8", "j", "B", "x", "c", "r")]
    assert [one.written() for one in written if one] == ["√8+2", "夜8", "假", "病", "×", "△", "休"]


def test_a_leave_fills_its_workdays_until_the_intern_was_back() -> None:
    leave = make(
        Leave, kind=LeaveKind.SICK, start_date=day(8), end_date=day(16), returned_on=day(14)
    )
    found = leave_days([leave], MONTH, FREE)
    assert found == dict.fromkeys([day(8), day(9), day(12), day(13)], Mark.SICK)


def test_a_leave_counts_only_where_nothing_was_written() -> None:
    leave = make(Leave, kind=LeaveKind.PERSONAL, start_date=day(8), end_date=day(9))
    away = leave_days([leave], MONTH, FREE)
    found = totals(filled(dict(month(d08="√").marked()), away), FREE)
    assert (found.days, found.leave) == (1, 1)


def test_a_leave_without_days_fills_nothing() -> None:
    assert leave_days([make(Leave, start_date=None, end_date=None)], MONTH, FREE) == {}


@pytest.mark.parametrize(
    ("on", "text", "said"),
    [
        (8, "√", ()),
        (8, "夜8", (Notice.NIGHT,)),
        (8, "√+2", (Notice.OVERTIME,)),
        (8, "9", (Notice.OVERTIME,)),
        (1, "√", (Notice.HOLIDAY,)),
        (10, "√", (Notice.REST_DAY,)),
        (10, "夜8+1", (Notice.NIGHT, Notice.OVERTIME, Notice.REST_DAY)),
        (9, "√", (Notice.ON_LEAVE,)),
        (9, "假", ()),
        (8, "×", (Notice.ABSENT,)),
        (10, "休", ()),
    ],
)
def test_work_that_needs_a_reason_is_noticed(on: int, text: str, said: tuple[Notice, ...]) -> None:
    marked = read_day(text)
    assert marked is not None
    assert notices(day(on), marked, FREE, {day(9): Mark.LEAVE}) == said


def test_days_of_rest_worked_are_counted() -> None:
    found = totals(dict(month(d01="√", d10="√", d12="√").marked()), FREE)
    assert (found.days, found.at_rest) == (3, 2)
    assert found.hours == Decimal(24)
