"""The working calendar: workdays, days of rest, public holidays and made-up workdays (调休)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.i18n import N_

_SATURDAY = 5


class DayKind(Enum):
    """What a day is by law and by the notice of its year."""

    WORKDAY = N_("workday")
    REST = N_("day of rest")
    HOLIDAY = N_("public holiday")
    MADE_UP = N_("workday made up for a holiday")
    UNKNOWN = N_("not announced yet")


@dataclass(frozen=True)
class Year:
    """The days of one year that are not what their weekday says."""

    announced: bool
    """The notice on holidays and made-up workdays of the year is out."""
    source: str
    verified: bool
    holidays: frozenset[date]
    off: frozenset[date]
    """Days of rest by the notice that are no public holidays themselves."""
    made_up: frozenset[date]


@dataclass(frozen=True)
class Calendar:
    """A pure calendar over the tables of some years."""

    years: Mapping[int, Year] = field(default_factory=dict)
    _counted: dict[tuple[date, date], int] = field(default_factory=dict, compare=False, repr=False)
    """Periods whose workdays were counted: thousands of placements ask for the same ones."""

    def announced(self, year: int) -> bool:
        """Tell whether the notice of a year is known here."""
        known = self.years.get(year)
        return known is not None and known.announced

    def kind_of(self, day: date) -> DayKind:
        """Return what a day is. Holidays the law fixes are known before the notice is out."""
        year = self.years.get(day.year)
        if year is None:
            return DayKind.UNKNOWN
        if day in year.holidays:
            return DayKind.HOLIDAY
        if not year.announced:
            return DayKind.UNKNOWN
        if day in year.made_up:
            return DayKind.MADE_UP
        rests = day in year.off or day.weekday() >= _SATURDAY
        return DayKind.REST if rests else DayKind.WORKDAY

    def works(self, day: date) -> bool:
        """Tell whether people work on a day; by its weekday where nothing is announced."""
        kind = self.kind_of(day)
        if kind is DayKind.UNKNOWN:
            return day.weekday() < _SATURDAY
        return kind in (DayKind.WORKDAY, DayKind.MADE_UP)

    def holidays(self, start: date, end: date) -> list[date]:
        """Return the public holidays of a period, both ends included, in order."""
        found = (day for year in self._touched(start, end) for day in year.holidays)
        return sorted(day for day in found if start <= day <= end)

    def unannounced(self, start: date, end: date) -> list[int]:
        """Return the years of a period whose notice is not known here."""
        return [year for year in range(start.year, end.year + 1) if not self.announced(year)]

    def workdays(self, start: date, end: date) -> int:
        """Return how many days of a period people work, both ends included."""
        found = self._counted.get((start, end))
        if found is None:
            days = (start + timedelta(n) for n in range((end - start).days + 1))
            found = self._counted[start, end] = sum(map(self.works, days))
        return found

    def _touched(self, start: date, end: date) -> Iterator[Year]:
        for year in range(start.year, end.year + 1):
            if year in self.years:
                yield self.years[year]


def years(source: Mapping[str, Any]) -> dict[int, Year]:
    """Return the years of a holiday pack; raise ValueError or KeyError for what is none."""
    return {int(name): _year(int(name), one) for name, one in source["years"].items()}


def merged(tables: Iterable[Mapping[int, Year]]) -> Calendar:
    """Return a calendar over several tables; a later one counts for the years it has."""
    known: dict[int, Year] = {}
    for table in tables:
        known |= table
    return Calendar(known)


@cache
def national() -> Calendar:
    """Return the calendar that ships with the program."""
    file = paths.resource("packs", "holidays.json")
    return Calendar(years(json.loads(file.read_text(encoding="utf-8"))))


def _year(number: int, source: Mapping[str, Any]) -> Year:
    holidays, off, made_up = (_days(number, source[n]) for n in ("holidays", "off", "made_up"))
    if holidays & made_up or off & made_up or holidays & off:
        raise ValueError(f"a day of {number} stands in two lists")
    announced, verified = bool(source["announced"]), bool(source["verified"])
    return Year(announced, str(source["source"]), verified, holidays, off, made_up)


def _days(number: int, written: Iterable[str]) -> frozenset[date]:
    days = frozenset(map(date.fromisoformat, written))
    if any(day.year != number for day in days):
        raise ValueError(f"a day is not of {number}")
    return days
