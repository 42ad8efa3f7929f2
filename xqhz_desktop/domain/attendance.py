"""Attendance by months, leave, and pay."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.fields import (
    choice,
    code,
    day,
    flag,
    money,
    month,
    note,
    number,
    ref,
    text,
)
from xqhz_desktop.domain.periods import in_order
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class Mark(Enum):
    """What a day was; the name is kept, the sign is what people write."""

    PRESENT = N_("present")
    NIGHT = N_("night shift")
    LEAVE = N_("leave")
    SICK = N_("sick leave")
    ABSENT = N_("absent")
    LATE = N_("late or left early")
    REST = N_("day of rest")


SIGNS = {
    Mark.PRESENT: "√",
    Mark.NIGHT: "夜",
    Mark.LEAVE: "假",
    Mark.SICK: "病",
    Mark.ABSENT: "×",
    Mark.LATE: "△",
    Mark.REST: "休",
}
"""The signs of the paper sheet."""

_READ = {
    **{sign: mark for mark, sign in SIGNS.items()},
    "✓": Mark.PRESENT, "v": Mark.PRESENT, "1": Mark.PRESENT, "出": Mark.PRESENT,
    "n": Mark.NIGHT, "事": Mark.LEAVE, "请": Mark.LEAVE, "○": Mark.LEAVE,
    "旷": Mark.ABSENT, "x": Mark.ABSENT, "缺": Mark.ABSENT,
    "迟": Mark.LATE, "早": Mark.LATE, "-": Mark.REST, "/": Mark.REST,
    "y": Mark.NIGHT, "j": Mark.LEAVE, "b": Mark.SICK, "c": Mark.LATE, "r": Mark.REST,
}  # fmt: skip
_WORKED = (Mark.PRESENT, Mark.NIGHT, Mark.LATE)
_DAY = re.compile(r"(?P<mark>\D?)(?P<hours>\d{1,2}(?:\.\d)?)?(?:\+(?P<extra>\d{1,2}(?:\.\d)?))?")


@dataclass(frozen=True)
class Day:
    """One day of one intern. `hours` and `overtime` are None where nobody wrote them."""

    mark: Mark
    hours: Decimal | None = None
    overtime: Decimal | None = None

    @property
    def worked(self) -> bool:
        """Tell whether the intern was there."""
        return self.mark in _WORKED

    def written(self) -> str:
        """Return it as the sheet has it: the sign, the hours, and ``+`` overtime."""
        hours = "" if self.hours is None else f"{self.hours:g}"
        extra = "" if self.overtime is None else f"+{self.overtime:g}"
        return SIGNS[self.mark] + hours + extra


def read_day(text: str) -> Day | None:
    """Return the day of what people write into its cell, None for nothing.

    A sign, hours, or both, and ``+`` overtime: ``√``, ``8``, ``√8+2``, ``夜8``, ``假``. For hands
    without an input method, letters stand for signs: ``v y j b x c r`` for √ 夜 假 病 × △ 休.
    Raises ValueError for anything else.
    """
    plain = text.strip().lower().replace("＋", "+")
    if not plain:
        return None
    found = _DAY.fullmatch("√" if plain == "1" else plain)
    if found is None or (found["mark"] and found["mark"] not in _READ):
        raise ValueError(text)
    mark = _READ[found["mark"]] if found["mark"] else Mark.PRESENT
    hours, extra = (Decimal(found[name]) if found[name] else None for name in ("hours", "extra"))
    if (hours or 0) + (extra or 0) > 24 or (mark not in _WORKED and (hours or extra)):
        raise ValueError(text)
    return Day(mark, hours, extra)


def _cell(value: str) -> Message | None:
    """Say what is wrong with the cell of a day."""
    try:
        read_day(value)
    except ValueError:
        return Message(
            "“{text}” is no mark of a day. Write √ 8 √8+2 夜8 假 病 × △ or 休.", text=value
        )
    return None


def _day(label: str) -> str:
    made: str = code(label, limit=8, column=False, check=_cell)
    return made


@record(
    "attendance",
    N_("Attendance of a month"),
    N_("Attendance"),
    title="placement",
    keys=(("placement", "month"),),
    seek=("placement",),
)
class Attendance(Record):
    """One month of one placement: what each day was, or only the days counted by the enterprise."""

    placement: str = ref(N_("Placement"), "placement", required=True)
    month: str = month(N_("Month"), required=True)
    days: Decimal | None = number(N_("Days present"), decimals=1)
    allowance: Decimal | None = money(N_("Allowance"))
    boarding: Decimal | None = money(N_("Board and lodging"))
    d01: str = _day(N_("1st"))
    d02: str = _day(N_("2nd"))
    d03: str = _day(N_("3rd"))
    d04: str = _day(N_("4th"))
    d05: str = _day(N_("5th"))
    d06: str = _day(N_("6th"))
    d07: str = _day(N_("7th"))
    d08: str = _day(N_("8th"))
    d09: str = _day(N_("9th"))
    d10: str = _day(N_("10th"))
    d11: str = _day(N_("11th"))
    d12: str = _day(N_("12th"))
    d13: str = _day(N_("13th"))
    d14: str = _day(N_("14th"))
    d15: str = _day(N_("15th"))
    d16: str = _day(N_("16th"))
    d17: str = _day(N_("17th"))
    d18: str = _day(N_("18th"))
    d19: str = _day(N_("19th"))
    d20: str = _day(N_("20th"))
    d21: str = _day(N_("21st"))
    d22: str = _day(N_("22nd"))
    d23: str = _day(N_("23rd"))
    d24: str = _day(N_("24th"))
    d25: str = _day(N_("25th"))
    d26: str = _day(N_("26th"))
    d27: str = _day(N_("27th"))
    d28: str = _day(N_("28th"))
    d29: str = _day(N_("29th"))
    d30: str = _day(N_("30th"))
    d31: str = _day(N_("31st"))
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """A month has no more days than the calendar gives it."""
        last = days_of(self.month)
        return {
            name: Message("This month has only {n} days.", n=last)
            for number, name in enumerate(DAYS, 1)
            if number > last and getattr(self, name)
        }

    def marked(self) -> Iterator[tuple[date, Day]]:
        """Yield the days that were marked."""
        year, number = map(int, self.month.split("-"))
        for one, name in enumerate(DAYS[: days_of(self.month)], 1):
            try:
                found = read_day(getattr(self, name))
            except ValueError:
                continue  # a mark of a newer version
            if found is not None:
                yield date(year, number, one), found


DAYS = tuple(f"d{one:02d}" for one in range(1, 32))
"""The fields of the days, from the first to the thirty-first."""


def days_of(month: str) -> int:
    """Return how many days a month (``YYYY-MM``) has; 31 where it is not filled in."""
    if not month:
        return 31
    year, number = map(int, month.split("-"))
    return calendar.monthrange(year, number)[1]


class LeaveKind(Enum):
    """Why somebody is away."""

    PERSONAL = N_("Personal leave")
    SICK = N_("Sick leave")
    SCHOOL = N_("Called back by the school")
    OTHER = N_("Other leave")


@record("leave", N_("Leave"), N_("Leaves"), title="placement", seek=("placement",))
class Leave(Record):
    """A leave from a placement, and the return."""

    placement: str = ref(N_("Placement"), "placement", required=True)
    kind: LeaveKind = choice(N_("Kind of leave"), LeaveKind, default=LeaveKind.PERSONAL)
    start_date: date | None = day(N_("From"), required=True, group="period")
    end_date: date | None = day(N_("Until"), required=True, group="period")
    reason: str = text(N_("Reason"))
    approved_by: str = text(N_("Approved by"))
    returned_on: date | None = day(N_("Back on"))
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """It ends after it began."""
        return in_order(self.start_date, self.end_date)


@record("pay", N_("Payment"), N_("Payments"), title="placement", seek=("placement",))
class Pay(Record):
    """What an intern was paid for one month: in money, directly, within the month."""

    placement: str = ref(N_("Placement"), "placement", required=True)
    month: str = month(N_("Month"), required=True)
    amount: Decimal | None = money(N_("Amount paid"), required=True)
    deducted: Decimal | None = money(N_("Deducted"), column=False)
    paid_on: date | None = day(N_("Paid on"))
    directly: bool = flag(N_("Paid to the student directly"), default=True)
    in_kind: bool = flag(N_("Paid in goods or vouchers"), column=False)
    note: str = note(N_("Note"))
