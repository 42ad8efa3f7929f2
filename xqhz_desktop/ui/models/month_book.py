"""The attendance sheet as a book: days of a month, sums, and what is to be noticed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from xqhz_desktop.domain.attendance import DAYS, SIGNS, Attendance, Mark, read_day
from xqhz_desktop.domain.timesheet import (
    Notice,
    Totals,
    dates,
    filled,
    leave_days,
    notices,
    totals,
)
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.attendance import Sheet
from xqhz_desktop.ui.models.book import Face, Title

COUNTED = "days"
"""The field of an enterprise that reports only how many days somebody was there."""

_WEEKDAYS = (N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"), N_("Sa"), N_("Su"))

_SUMS = (
    (N_("Hours"), N_("Hours with overtime; a day without hours counts as eight")),
    (N_("Overtime"), N_("Hours written after +, and those above eight")),
    (N_("Nights"), N_("Night shifts")),
    (N_("Away"), N_("Days of leave, of sick leave, and absent")),
)

_INKS = {
    Mark.NIGHT: "accent_ink",
    Mark.LEAVE: "warn",
    Mark.SICK: "warn",
    Mark.ABSENT: "bad",
    Mark.LATE: "warn",
    Mark.REST: "ink3",
}

_CORNERS = {
    Notice.NIGHT: "warn",
    Notice.OVERTIME: "warn",
    Notice.REST_DAY: "warn",
    Notice.HOLIDAY: "bad",
    Notice.ON_LEAVE: "bad",
}


class MonthBook:
    """Reads marks of days; sums and notices of a row are worked out when it changes."""

    def __init__(self, sheet: Sheet) -> None:
        """Take a sheet as it was read."""
        self.sheet = sheet
        self.dates: dict[str, date] = dict(zip(DAYS, dates(sheet.month), strict=False))
        self.fields: tuple[str, ...] = (*self.dates, COUNTED)
        self.keys = [one.seat.placement for one in sheet.interns]
        self._away = [leave_days(one.leaves, sheet.month, sheet.free) for one in sheet.interns]
        self._totals = [Totals()] * len(self.keys)
        self._counted = [""] * len(self.keys)
        self._marked = [False] * len(self.keys)
        self.noticed: list[dict[str, tuple[Notice, ...]]] = [{} for _one in self.keys]
        """What is to be noticed, by row and field."""

    @property
    def first(self) -> int:
        """Return the column of the first workday."""
        days = list(self.dates.values())
        return next((n for n, on in enumerate(days) if on not in self.sheet.free), 0)

    def called(self, row: int) -> tuple[str, str]:
        """Return the name, and number and enterprise."""
        seat = self.sheet.interns[row].seat
        return seat.name, f"{seat.student_no[-4:]} {seat.enterprise_name}".strip()

    def title(self, column: int) -> Title:
        """Return the day and its weekday, or the name of a sum."""
        if column < len(self.dates):
            on = self.dates[self.fields[column]]
            below = _WEEKDAYS[on.weekday()]
            return Title(str(on.day), below, on in self.sheet.free, self._kind_of(on))
        if column == len(self.dates):
            return Title(N_("Days"), told=N_("Days present; type them where no day is marked"))
        label, told = _SUMS[column - len(self.fields)]
        return Title(label, told=told)

    def stored(self, row: int, field: str) -> str:
        """Return the mark or the counted days of the record."""
        record = self.sheet.interns[row].record
        value = getattr(record, field) if record else None
        return "" if value is None else f"{value:g}" if field == COUNTED else str(value)

    def open(self, row: int, field: str) -> bool:
        """Tell whether the placement runs on that day."""
        return field == COUNTED or self.sheet.interns[row].seat.covers(self.dates[field])

    def read(self, field: str, text: str) -> str:
        """Return a mark as the paper has it, or a number of days."""
        if field != COUNTED:
            day = read_day(text)
            return day.written() if day else ""
        plain = text.strip()
        if not plain:
            return ""
        try:
            days = Decimal(plain)
        except InvalidOperation:
            raise ValueError(text) from None
        if not days.is_finite() or not 0 <= days <= len(self.dates) or days * 10 % 1:
            raise ValueError(text)
        return f"{days.normalize():f}"

    def work_out(self, row: int, texts: Mapping[str, str]) -> None:
        """Sum up a row and look for what is to be noticed."""
        marked = {
            on: day
            for field, on in self.dates.items()
            if (day := read_day(texts.get(field, ""))) is not None
        }
        free, away = self.sheet.free, self._away[row]
        self._totals[row] = totals(filled(marked, self._leave_of(row)), free)
        self._counted[row], self._marked[row] = texts.get(COUNTED, ""), bool(marked)
        names = {on: field for field, on in self.dates.items()}
        self.noticed[row] = {
            names[on]: found
            for on, day in marked.items()
            if (found := notices(on, day, free, away))
        }

    def face(self, row: int, field: str, text: str) -> Face:
        """Return the sign over its hours, grey ground on free days, a corner where to look."""
        if field == COUNTED:
            return self._days(row, text)
        on = self.dates[field]
        ground = "sunken" if on in self.sheet.free else ""
        if not self.open(row, field):
            return Face(closed=True, told=(Message("The placement does not run on this day."),))
        day = read_day(text)
        if day is None:
            return self._empty(row, on, ground)
        found = self.noticed[row].get(field, ())
        corner = next((_CORNERS[one] for one in found if one in _CORNERS), "")
        said = (Message("{name}, {day}: {mark}", name=self.called(row)[0], day=on, mark=day.mark),)
        more = (one for one in found if one is not Notice.NIGHT)  # the mark says so
        told = (*said, *(Message(one.value) for one in more))
        sign = SIGNS[day.mark]
        return Face(sign, day.written()[len(sign) :], _INKS.get(day.mark, "ink"), ground,
                    corner=corner, told=told)  # fmt: skip

    def sums(self, row: int) -> Sequence[Face]:
        """Return hours, overtime, nights and days away."""
        if not self._marked[row] and not self._totals[row].away:
            return (Face(),) * len(_SUMS)
        total = self._totals[row]
        away = Message(
            "leave {leave}, sick {sick}, absent {absent}, late {late}",
            leave=total.leave, sick=total.sick, absent=total.absent, late=total.late,
        )  # fmt: skip
        return (
            Face(f"{total.hours:g}"),
            Face(_nonzero(total.overtime), ink="warn"),
            Face(_nonzero(total.nights), ink="accent_ink"),
            Face(_nonzero(total.away), ink="bad" if total.absent else "warn", told=(away,)),
        )

    def whole(self, row: int, until: date) -> list[str]:
        """Return the fields of workdays up to a day that somebody without leave was there."""
        seat, away = self.sheet.interns[row].seat, self._leave_of(row)
        return [
            field
            for field, on in self.dates.items()
            if on <= until and on not in self.sheet.free and on not in away and seat.covers(on)
        ]

    def values(self, changes: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, object]]:
        """Return changes as values of the record."""
        described = Attendance.FIELDS
        return {
            key: {
                name: described[name].parse(text) if name == COUNTED and text
                else None if name == COUNTED else text
                for name, text in cells.items()
            }
            for key, cells in changes.items()
        }  # fmt: skip

    def _leave_of(self, row: int) -> dict[date, Mark]:
        seat = self.sheet.interns[row].seat
        return {on: mark for on, mark in self._away[row].items() if seat.covers(on)}

    def _empty(self, row: int, on: date, ground: str) -> Face:
        mark = self._leave_of(row).get(on)
        if mark is None:
            return Face(ground=ground)
        told = Message("On leave: filled in from the leave, nothing to write.")
        return Face(SIGNS[mark], ink="faint", ground="warn_soft", told=(told,))

    def _days(self, row: int, text: str) -> Face:
        """Return the days marked; else those the enterprise counted."""
        if not self._marked[row]:
            told = (Message("As the enterprise counted; no day is marked."),) if text else ()
            return Face(text, ink="accent_ink", told=told)
        days = f"{self._totals[row].days:g}"
        if not text or text == days:
            return Face(days)
        told = (Message("{n} days are marked; the enterprise counted {counted}.",
                        n=days, counted=text),)  # fmt: skip
        return Face(days, text, corner="warn", told=told)

    def _kind_of(self, on: date) -> str:
        if on in self.sheet.free.holidays:
            return N_("Public holiday")
        if on in self.sheet.free.rest:
            return N_("Day of rest")
        return N_("Workday instead of another day") if on in self.sheet.made_up else ""


def _nonzero(value: Decimal | int) -> str:
    return f"{value:g}" if value else ""
