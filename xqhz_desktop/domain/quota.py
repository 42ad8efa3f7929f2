"""How many reports an intern owes: by the cycle of the batch and the days of the placement."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from xqhz_desktop.domain.guidance import JournalKind
from xqhz_desktop.domain.placement import ReportCycle

KINDS = {
    ReportCycle.DAILY: JournalKind.DAILY,
    ReportCycle.WEEKLY: JournalKind.WEEKLY,
    ReportCycle.MONTHLY: JournalKind.MONTHLY,
}
"""What is handed in by each cycle; the internship report at the end is owed once besides."""


def due_days(
    cycle: ReportCycle, start: date | None, end: date | None, works: Callable[[date], bool]
) -> list[date]:
    """Return the days from which report 1, 2, 3 … of a placement is owed, in order.

    A daily report is owed on each workday, a weekly one after seven days, a monthly one after
    each month; what is left over at the end counts when it is longer than half of one.
    """
    if not start or not end or end < start:
        return []
    match cycle:
        case ReportCycle.DAILY:
            days = (start + timedelta(n) for n in range((end - start).days + 1))
            return [one for one in days if works(one)]
        case ReportCycle.WEEKLY:
            return _after(start, end, [start + timedelta(7 * n - 1) for n in range(1, 600)])
        case ReportCycle.MONTHLY:
            return _after(start, end, [_month_on(start, n) for n in range(1, 120)])
    return []


def owed(days: list[date], on: date) -> int:
    """Return how many of these are owed by a day."""
    return sum(one <= on for one in days)


def _after(start: date, end: date, marks: list[date]) -> list[date]:
    whole = [one for one in marks if one <= end]
    rest = (end - (whole[-1] if whole else start - timedelta(1))).days
    length = (marks[0] - start).days + 1
    return [*whole, end] if rest * 2 > length else whole


def _month_on(start: date, n: int) -> date:
    """Return the last day of the n-th month of a placement."""
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    for day in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, day) - timedelta(1)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
