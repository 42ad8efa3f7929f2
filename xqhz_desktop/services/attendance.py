"""The attendance of a month: who is on the sheet, what is marked, and saving it as one step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from xqhz_desktop.compliance.calendar import Calendar, DayKind
from xqhz_desktop.domain.attendance import Attendance, Leave, days_of
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.timesheet import (
    Free,
    Notice,
    Totals,
    dates,
    filled,
    leave_days,
    notices,
    totals,
)
from xqhz_desktop.errors import InvalidRecord, NotFound
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import rosters, rule_packs
from xqhz_desktop.services.rosters import Scope, Seat
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader

MOST = 600
"""Interns on one sheet; more are asked for by class or enterprise."""

Edits = Mapping[str, Mapping[str, Any]]
"""New values by placement and field."""


@dataclass(frozen=True)
class Intern:
    """One line of the sheet: a placement in a month, its record if there is one, its leaves."""

    seat: Seat
    record: Attendance | None
    leaves: tuple[Leave, ...]


@dataclass(frozen=True)
class Sheet:
    """A month of a batch, read in one moment."""

    scope: Scope
    month: str
    interns: tuple[Intern, ...]
    free: Free
    made_up: frozenset[date]
    """Weekend days on which people work instead of another day."""
    announced: bool
    """Whether the holidays of the year are known."""
    count: int
    """How many the sheet would have; more than `MOST` are not read."""


def sheet(work: Work, scope: Scope, month: str, most: int | None = None) -> Sheet:
    """Return the sheet of a month; without interns where there are more than `most`."""
    with work.store.read() as reader:
        first, last = f"{month}-01", f"{month}-{days_of(month):02d}"
        count = rosters.count(reader, scope, first, last)
        some = count <= (MOST if most is None else most)
        seats = rosters.seats(reader, scope, first, last) if some else []
        interns = _interns(reader, seats, month)
        known = rule_packs.of(reader).calendar
    free, made_up = free_days(known, month)
    announced = known.announced(int(month[:4]))
    return Sheet(scope, month, interns, free, made_up, announced, count)


def free_days(known: Calendar, month: str) -> tuple[Free, frozenset[date]]:
    """Return the free days of a month, and the weekend days on which people work."""
    days = list(dates(month))
    kinds = {one: known.kind_of(one) for one in days}
    holidays = {one for one, kind in kinds.items() if kind is DayKind.HOLIDAY}
    rest = {one for one in days if not known.works(one)} - holidays
    made_up = {one for one, kind in kinds.items() if kind is DayKind.MADE_UP}
    return Free(frozenset(rest), frozenset(holidays)), frozenset(made_up)


def months(batch: PlacementBatch, today: date) -> list[str]:
    """Return the months of a batch that have begun, the newest first; at least its first."""
    if not batch.start_date:
        return [f"{today:%Y-%m}"]
    last = min(batch.end_date or today, max(today, batch.start_date))
    found, one = [], batch.start_date.replace(day=1)
    while one <= last:
        found.append(f"{one:%Y-%m}")
        one = date(one.year + one.month // 12, one.month % 12 + 1, 1)
    return found[::-1]


@dataclass(frozen=True)
class Summed:
    """What a month of one intern comes to, and how often each thing is to be noticed."""

    intern: Intern
    totals: Totals
    notices: Mapping[Notice, int]


def summed(sheet: Sheet) -> list[Summed]:
    """Return the sums of every line as it is saved; where no day is marked the days counted."""
    return [_summed(one, sheet) for one in sheet.interns]


def save(work: Work, month: str, edits: Edits) -> int:
    """Write new values of a month as one step; return its number, 0 if nothing differs.

    Raises InvalidRecord where a value is none, and NotFound where a placement is gone.
    """
    n = len(edits)
    text = NN_("Attendance of {month}: {n} intern", "Attendance of {month}: {n} interns")
    with work.store.change(Message(text, month=month, n=n), work.actor) as change:
        placed = {one.id for one in change.some("placement", edits)}
        if len(placed) < n:
            raise NotFound(Message("This placement does not exist any more."), code="NOT_FOUND")
        known = _records(change, list(edits), month)
        for placement, values in edits.items():
            record = known.get(placement) or Attendance(placement=placement, month=month)
            changed = replace(record, **values)
            if problems := changed.problems():
                raise InvalidRecord(problems)
            if placement in known or any(values.values()):
                change.put(changed)
    return change.number


def _summed(intern: Intern, sheet: Sheet) -> Summed:
    record, covers = intern.record, intern.seat.covers
    marked = dict(record.marked()) if record else {}
    leaves = leave_days(intern.leaves, sheet.month, sheet.free)
    away = {on: mark for on, mark in leaves.items() if covers(on)}
    total = totals(filled(marked, away), sheet.free)
    if record and not marked and record.days is not None:
        total = replace(total, days=record.days)
    found = Counter(
        notice for on, day in marked.items() for notice in notices(on, day, sheet.free, away)
    )
    return Summed(intern, total, found)


def _interns(reader: Reader, seats: Sequence[Seat], month: str) -> tuple[Intern, ...]:
    ids = [one.placement for one in seats]
    records = _records(reader, ids, month)
    leaves: dict[str, list[Leave]] = defaultdict(list)
    for one in rosters.belonging(reader, "leave", ids):
        if isinstance(one, Leave):
            leaves[one.placement].append(one)
    return tuple(
        Intern(one, records.get(one.placement), tuple(leaves[one.placement])) for one in seats
    )


def _records(reader: Reader, placements: Sequence[str], month: str) -> dict[str, Attendance]:
    """Return the attendance of a month by placement; of twins the oldest."""
    some = rosters.belonging(reader, "attendance", placements, month=month)
    found = sorted((one for one in some if isinstance(one, Attendance)), key=lambda one: one.id)
    return {one.placement: one for one in reversed(found)}
