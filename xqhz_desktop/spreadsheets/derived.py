"""Values a form asks for and no record holds: a closed set of functions, and ways of writing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from xqhz_desktop.domain import codes
from xqhz_desktop.domain.placement import Term
from xqhz_desktop.domain.position import Shift
from xqhz_desktop.i18n import language

ABROAD = {"71": "中国台湾", "81": "中国香港", "82": "中国澳门"}
"""What the first digits of a region say of places outside the mainland."""

_WHOLE = frozenset({"11", "12", "31", "50", *ABROAD})
"""Municipalities and regions that are one city."""

_AUTUMN, _SPRING = 8, 2
"""Months a term begins in, as far as dates tell."""
_HOURS_A_DAY, _HOURS_A_WEEK = 8, 40
_NIGHTS = (Shift.NIGHT, Shift.THREE)

Args = Sequence[Any]


@dataclass(frozen=True)
class Asked:
    """What a function may know besides its arguments: the moment, and the codes it looks for."""

    now: datetime
    among: frozenset[str] = frozenset()


def days(args: Args, _asked: Asked) -> int | None:
    """Return the days from the first to the second, both counted."""
    start, end = args
    return (end - start).days + 1 if start and end else None


def weeks(args: Args, asked: Asked) -> int | None:
    """Return the weeks from the first day to the second, rounded."""
    found = days(args, asked)
    return None if found is None else round(found / 7)


def begun(args: Args, asked: Asked) -> bool | None:
    """Tell whether a day has come."""
    return args[0] <= asked.now.date() if args[0] else None


def over(args: Args, asked: Asked) -> bool | None:
    """Tell whether a day has gone."""
    return args[0] < asked.now.date() if args[0] else None


def school_term(args: Args, _asked: Asked) -> str | None:
    """Return the term as ``2025-2026-2``: of a school year and a term, else of a day."""
    year, term, day = args
    if year and isinstance(term, Enum):
        return f"{year[:4]}-{year[-4:]}-{2 if term is Term.SECOND else 1}"
    if not day:
        return None
    first = _school_year(day)
    return f"{first}-{first + 1}-{_term(day)}"


def semester(args: Args, _asked: Asked) -> int | None:
    """Return which term since enrolment a day lies in, from 1; asked with day and year."""
    day, enrolled = args
    if isinstance(enrolled, date):
        enrolled = enrolled.year
    if not day or not enrolled:
        return None
    count = 2 * (_school_year(day) - int(enrolled)) + _term(day)
    return count if count > 0 else None


def province(args: Args, _asked: Asked) -> str | None:
    """Return the name of a region's province."""
    return _region_name(province_code(args, _asked))


def province_code(args: Args, _asked: Asked) -> str | None:
    """Return the six digits of a region's province."""
    return f"{args[0][:2]}0000" if args[0] else None


def city(args: Args, _asked: Asked) -> str | None:
    """Return the name of a region's city."""
    return _region_name(city_code(args, _asked))


def city_code(args: Args, _asked: Asked) -> str | None:
    """Return the six digits of a region's city; one under the province itself is its own."""
    region = args[0]
    if not region:
        return None
    if region[:2] in _WHOLE:
        return f"{region[:2]}0000"
    if region[2:4] == "00":
        return None
    known, whole = codes.codes("region"), f"{region[:4]}00"
    return next((one for one in (whole, region) if one in known), None)


def country(args: Args, _asked: Asked) -> str | None:
    """Return the country or region a place lies in."""
    return ABROAD.get(args[0][:2], "中国") if args[0] else None


def abroad(args: Args, _asked: Asked) -> bool | None:
    """Tell whether a place lies outside the mainland."""
    return args[0][:2] in ABROAD if args[0] else None


def other_province(args: Args, _asked: Asked) -> bool | None:
    """Tell whether two places lie in different provinces."""
    one, other = args
    return one[:2] != other[:2] if one and other else None


def recorded(args: Args, _asked: Asked) -> bool | None:
    """Tell that a value is there; a blank one says nothing."""
    return True if args[0] else None


def any_of(args: Args, asked: Asked) -> bool | None:
    """Tell whether a list of codes has one of those looked for; an empty list has none."""
    return None if args[0] is None else not asked.among.isdisjoint(args[0].split(","))


def those_of(args: Args, asked: Asked) -> str | None:
    """Return the codes of a list that are looked for."""
    return args[0] and ",".join(one for one in args[0].split(",") if one in asked.among)


def overtime_or_night(args: Args, _asked: Asked) -> bool | None:
    """Tell whether a shift, hours a day and hours a week mean nights or more than 8 and 40."""
    shift, a_day, a_week = args
    if shift in _NIGHTS or (a_day or 0) > _HOURS_A_DAY or (a_week or 0) > _HOURS_A_WEEK:
        return True
    return None if shift is None else False


def now(_args: Args, asked: Asked) -> datetime:
    """Return the moment the form is filled in."""
    return asked.now


def count(args: Args, _asked: Asked) -> int:
    """Return how many different ones there are; asked with all values of a row's records."""
    return len({one for one in args if one})


FUNCTIONS: dict[str, tuple[int, Callable[[Args, Asked], Any]]] = {
    "days": (2, days),
    "weeks": (2, weeks),
    "begun": (1, begun),
    "over": (1, over),
    "school_term": (3, school_term),
    "semester": (2, semester),
    "province": (1, province),
    "province_code": (1, province_code),
    "city": (1, city),
    "city_code": (1, city_code),
    "country": (1, country),
    "abroad": (1, abroad),
    "other_province": (2, other_province),
    "recorded": (1, recorded),
    "any_of": (1, any_of),
    "those_of": (1, those_of),
    "overtime_or_night": (3, overtime_or_night),
    "now": (0, now),
    "count": (1, count),
}
"""What a column may ask, by name: how many sources it needs, and the function."""

FORMATS = ("", "day8", "month6", "year", "stamp", "upper", "name")
"""Days as 20260305, months as 202603, a year alone, a moment, capitals, the name of a code."""


def written(value: Any, form: str) -> str:
    """Return a value as text in one of the `FORMATS`; days in ISO form where none is asked."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case Enum():
            return language("zh_CN").say(value)
        case datetime():
            return value.strftime("%Y%m%d %H%M%S")
        case date() if form in _DAYS:
            return value.strftime(_DAYS[form])
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value).upper() if form == "upper" else str(value)


_DAYS = {"day8": "%Y%m%d", "month6": "%Y%m", "year": "%Y"}


def _school_year(day: date) -> int:
    return day.year if day.month >= _AUTUMN else day.year - 1


def _term(day: date) -> int:
    return 2 if _SPRING <= day.month < _AUTUMN else 1


def _region_name(code: str | None) -> str | None:
    found = codes.codes("region").get(code or "")
    return found.name if found else None
