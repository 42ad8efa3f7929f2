"""The working calendar."""

from __future__ import annotations

from datetime import date

import pytest

from xqhz_desktop.compliance import calendar
from xqhz_desktop.compliance.calendar import DayKind


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-01-01", DayKind.HOLIDAY),
        ("2026-01-02", DayKind.REST),  # a Friday off by the notice, no public holiday
        ("2026-01-04", DayKind.MADE_UP),  # a Sunday to work
        ("2026-01-05", DayKind.WORKDAY),
        ("2026-01-10", DayKind.REST),
        ("2026-02-15", DayKind.REST),
        ("2026-02-16", DayKind.HOLIDAY),
        ("2025-10-06", DayKind.HOLIDAY),
        ("2027-05-01", DayKind.HOLIDAY),  # the law fixes it before the notice is out
        ("2027-05-03", DayKind.UNKNOWN),
        ("2031-05-01", DayKind.UNKNOWN),
    ],
)
def test_each_day_is_what_the_notice_of_its_year_says(day: str, kind: DayKind) -> None:
    assert calendar.national().kind_of(date.fromisoformat(day)) is kind


def test_next_year_is_not_announced_until_its_table_is_there() -> None:
    ours = calendar.national()
    assert ours.announced(2026)
    assert not ours.announced(2027)
    assert ours.unannounced(date(2026, 12, 1), date(2027, 2, 1)) == [2027]


def test_a_later_table_counts_for_the_years_it_has() -> None:
    year = {"announced": True, "source": "", "verified": True, "holidays": ["2027-01-01"]}
    table = calendar.years({"years": {"2027": {**year, "off": [], "made_up": ["2027-01-03"]}}})
    ours = calendar.merged([calendar.national().years, table])
    assert ours.kind_of(date(2027, 1, 3)) is DayKind.MADE_UP
    assert ours.kind_of(date(2026, 1, 4)) is DayKind.MADE_UP


def test_workdays_count_made_up_sundays_and_leave_holidays_out() -> None:
    ours = calendar.national()
    assert ours.workdays(date(2026, 1, 1), date(2026, 1, 7)) == 4  # 4 (Sunday), 5, 6, 7 January
    assert ours.holidays(date(2026, 2, 1), date(2026, 2, 28)) == [
        date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18), date(2026, 2, 19),
    ]  # fmt: skip


def test_a_day_in_two_lists_or_of_another_year_is_refused() -> None:
    year = {"announced": True, "source": "", "verified": True, "holidays": ["2027-01-01"]}
    with pytest.raises(ValueError, match="two lists"):
        calendar.years({"years": {"2027": {**year, "off": [], "made_up": ["2027-01-01"]}}})
    with pytest.raises(ValueError, match="not of 2027"):
        calendar.years({"years": {"2027": {**year, "off": ["2028-01-02"], "made_up": []}}})
