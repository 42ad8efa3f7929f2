"""Positions (岗位): what an enterprise offers interns."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.fields import choice, flag, money, note, number, ref, table, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_


class Shift(Enum):
    """How working time is laid out."""

    DAY = N_("Day shift")
    TWO = N_("Two shifts")
    THREE = N_("Three shifts")
    NIGHT = N_("Night shift")
    FLEXIBLE = N_("Flexible hours")


class LabourGrade(Enum):
    """Physical labour intensity (GBZ 2.2)."""

    UNKNOWN = N_("not stated")
    I = N_("Grade I")  # noqa: E741 - the grade's own name
    II = N_("Grade II")
    III = N_("Grade III")
    IV = N_("Grade IV")


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
