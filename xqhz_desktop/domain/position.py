"""Positions (岗位): what an enterprise offers interns."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.fields import choice, code, flag, money, note, number, ref, table, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class Shift(Enum):
    """How working time is laid out."""

    DAY = N_("Day shift")
    TWO = N_("Two shifts")
    THREE = N_("Three shifts")
    NIGHT = N_("Night shift")
    FLEXIBLE = N_("Flexible hours")


class PayCycle(Enum):
    """How often interns are paid; at most a month lies between two payments."""

    MONTHLY = N_("Every month")
    SHORTER = N_("More often than every month")
    LONGER = N_("Less often than every month")


class LabourGrade(Enum):
    """Physical labour intensity (GBZ 2.2)."""

    UNKNOWN = N_("not stated")
    I = N_("Grade I")  # noqa: E741 - the grade's own name
    II = N_("Grade II")
    III = N_("Grade III")
    IV = N_("Grade IV")


_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")


def _clock(text: str) -> Message | None:
    """Refuse what is no time of day."""
    return None if _CLOCK.fullmatch(text) else Message("Write a time of day, such as 08:30.")


@record("position", N_("Position"), N_("Positions"), seek=("enterprise",))
class Position(Record):
    """One kind of work at one enterprise, with the facts the checks need."""

    name: str = text(N_("Position"), required=True, search=True)
    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    headcount: int | None = number(N_("Places offered"))
    staff_same_post: int | None = number(N_("Staff in the same post"))
    other_interns: int | None = number(N_("Interns of other schools"), column=False)
    majors: str = table(N_("Fitting majors"), "major", many=True)
    pay: Decimal | None = money(N_("Monthly pay"))
    same_post_pay: Decimal | None = money(N_("Pay of the same post"), column=False)
    lowest_pay: Decimal | None = money(N_("Lowest pay grade"), column=False)
    hours_per_day: Decimal | None = number(N_("Hours a day"), decimals=1, tally=False, column=False)
    hours_per_week: Decimal | None = number(N_("Hours a week"), decimals=1, tally=False)
    shift: Shift = choice(N_("Shift"), Shift, default=Shift.DAY)
    starts_at: str = code(N_("Work starts at"), column=False, limit=5, check=_clock)
    ends_at: str = code(N_("Work ends at"), column=False, limit=5, check=_clock)
    days_per_week: int | None = number(N_("Days a week"), tally=False, column=False)
    on_rest_days: bool = flag(N_("Works on days of rest"), column=False)
    on_holidays: bool = flag(N_("Works on public holidays"), column=False)
    pay_cycle: PayCycle = choice(N_("Paid"), PayCycle, default=PayCycle.MONTHLY, column=False)
    in_kind: bool = flag(N_("Paid in goods or vouchers"), column=False)
    simple: bool = flag(N_("Only simple repetitive work"), column=False)
    remote: bool = flag(N_("Remote work"), column=False)
    country: str = text(N_("Country, if not China"), group="place", column=False, limit=60)
    labour_grade: LabourGrade = choice(
        N_("Labour intensity"), LabourGrade, default=LabourGrade.UNKNOWN, column=False
    )
    hazards: str = table(N_("Hazards"), "hazard", many=True, column=False)
    region: str = table(N_("Place of work"), "region", group="place", column=False)
    address: str = text(N_("Address of work"), group="place", column=False)
    lodging: bool = flag(N_("Lodging provided"), column=False)
    independent: bool = flag(N_("Works relatively independently"), default=True, column=False)
    open: bool = flag(N_("Open for placement"), default=True, column=False)
    duties: str = note(N_("Duties"))
    note: str = note(N_("Note"))
