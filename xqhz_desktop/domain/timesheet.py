"""What a month of attendance adds up to, and what in it an inspector would ask about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.attendance import Day, Leave, LeaveKind, Mark, days_of
from xqhz_desktop.i18n import N_

FULL_DAY = Decimal(8)
"""Hours of a day marked without hours; what is longer is overtime."""


@dataclass(frozen=True)
class Free:
    """The days of a month on which interns do not work."""

    rest: frozenset[date] = frozenset()
    """Weekends, and workdays that were moved away."""
    holidays: frozenset[date] = frozenset()

    def __contains__(self, on: date) -> bool:
        """Tell whether nobody has to come on a day."""
        return on in self.rest or on in self.holidays


class Notice(Enum):
    """Work that needs a filing, a reason, or another look."""

    NIGHT = N_("night shift")
    OVERTIME = N_("overtime")
    REST_DAY = N_("work on a day of rest")
    HOLIDAY = N_("work on a public holiday")
    ON_LEAVE = N_("at work while on leave")
    ABSENT = N_("absent without leave")


@dataclass(frozen=True)
class Totals:
    """The sums of one intern in one month; days a leave fills in count as leave."""

    days: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)
    overtime: Decimal = Decimal(0)
    nights: int = 0
    leave: int = 0
    sick: int = 0
    absent: int = 0
    late: int = 0
    at_rest: int = 0
    """Days of rest and holidays worked."""

    @property
    def away(self) -> int:
        """Return the days not worked for whatever reason but rest."""
        return self.leave + self.sick + self.absent


def dates(month: str) -> Iterator[date]:
    """Yield the days of a month (``YYYY-MM``)."""
    year, number = map(int, month.split("-"))
    return (date(year, number, one) for one in range(1, days_of(month) + 1))


def leave_days(leaves: Iterable[Leave], month: str, free: Free) -> dict[date, Mark]:
    """Return the workdays of a month that leaves cover, until the intern was back."""
    found: dict[date, Mark] = {}
    days = [one for one in dates(month) if one not in free]
    for leave in leaves:
        if not leave.start_date or not leave.end_date:
            continue
        last = leave.end_date
        if leave.returned_on:
            last = min(last, leave.returned_on - timedelta(1))
        mark = Mark.SICK if leave.kind is LeaveKind.SICK else Mark.LEAVE
        found.update((one, mark) for one in days if leave.start_date <= one <= last)
    return found


def filled(marked: Mapping[date, Day], away: Mapping[date, Mark]) -> dict[date, Day]:
    """Return the marks, and the leaves where nothing was written."""
    return {**{on: Day(mark) for on, mark in away.items()}, **marked}


def totals(days: Mapping[date, Day], free: Free) -> Totals:
    """Add up the days of one intern."""
    worked = {on: day for on, day in days.items() if day.worked}
    marks = [day.mark for day in days.values()]
    return Totals(
        days=Decimal(len(worked)),
        hours=sum((_hours(day) for day in worked.values()), Decimal(0)),
        overtime=sum((overtime(day) for day in worked.values()), Decimal(0)),
        nights=marks.count(Mark.NIGHT),
        leave=marks.count(Mark.LEAVE),
        sick=marks.count(Mark.SICK),
        absent=marks.count(Mark.ABSENT),
        late=marks.count(Mark.LATE),
        at_rest=sum(on in free for on in worked),
    )


def overtime(day: Day) -> Decimal:
    """Return the hours beyond a full day: those written after ``+`` and those above eight."""
    beyond = max((day.hours or Decimal(0)) - FULL_DAY, Decimal(0))
    return beyond + (day.overtime or Decimal(0))


def notices(on: date, day: Day, free: Free, away: Mapping[date, Mark]) -> tuple[Notice, ...]:
    """Return what is to be noticed about one day."""
    if not day.worked:
        return (Notice.ABSENT,) if day.mark is Mark.ABSENT else ()
    found = {
        Notice.NIGHT: day.mark is Mark.NIGHT,
        Notice.OVERTIME: overtime(day) > 0,
        Notice.HOLIDAY: on in free.holidays,
        Notice.REST_DAY: on in free.rest,
        Notice.ON_LEAVE: on in away,
    }
    return tuple(notice for notice, there in found.items() if there)


def _hours(day: Day) -> Decimal:
    """Return the hours of a day with its overtime."""
    return (FULL_DAY if day.hours is None else day.hours) + (day.overtime or Decimal(0))
