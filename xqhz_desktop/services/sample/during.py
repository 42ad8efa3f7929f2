"""During the placements of the sample school: attendance, pay, reports, visits, incidents."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.compliance import calendar
from xqhz_desktop.domain.attendance import Attendance, Leave, LeaveKind, Pay
from xqhz_desktop.domain.guidance import (
    Answer,
    Incident,
    IncidentKind,
    IncidentState,
    ReviewState,
    StudentReport,
    Visit,
    VisitState,
    VisitStudent,
    VisitWay,
)
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.quota import KINDS, due_days, owed
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.timesheet import dates
from xqhz_desktop.domain.wages import last_day
from xqhz_desktop.services.sample.draw import Draw, Lots
from xqhz_desktop.services.sample.numbers import Numbers

_THERE = (PlacementStatus.RUNNING, PlacementStatus.SUSPENDED, PlacementStatus.CHANGING)
_DAYS = Lots({"√": 97.6, "√8+2": 0.6, "△": 1.0, "×": 0.3, "夜8": 0.5})
_PLAIN = Lots({"√": 98.4, "√8+1": 0.1, "△": 1.0, "×": 0.5})


class During:
    """Draws what happens from the first day of running placements until today."""

    def __init__(self, numbers: Numbers, seed: int, today: date) -> None:
        self._numbers, self._draw, self._today = numbers, Draw(seed, "during"), today
        self._works = calendar.national().works
        self._hosts: dict[tuple[str, str], list[Placement]] = defaultdict(list)

    def of(self, placement: Placement, batch: PlacementBatch) -> Iterator[Record]:
        """Yield the records of one placement, if it runs today."""
        start, end = placement.start_date, placement.end_date
        if placement.status not in _THERE or not start or not end or start > self._today:
            return
        if end < self._today:
            return
        self._hosts[batch.id, placement.enterprise].append(placement)
        leaves = list(self._leaves(placement, start))
        yield from leaves
        for month in _months(start, self._today):
            yield from self._attended(placement, month, leaves)
            yield from self._paid(placement, month)
        yield from self._reports(placement, batch)
        yield from self._incidents(placement, start)

    def visits(self) -> Iterator[Record]:
        """Yield the visits to every enterprise that has interns now."""
        for (batch, enterprise), there in self._hosts.items():
            if self._draw.chance(0.9):
                yield from self._made(batch, enterprise, there)
            if self._draw.chance(0.3):
                yield self._planned(batch, enterprise, there)

    def _leaves(self, placement: Placement, start: date) -> Iterator[Leave]:
        draw = self._draw
        if not draw.chance(0.07) or (self._today - start).days < 8:
            return
        first = start + timedelta(draw.between(3, (self._today - start).days - 4))
        last = first + timedelta(draw.between(0, 3))
        sick = draw.chance(0.5)
        reasons = _told()["sick_reasons" if sick else "leave_reasons"]
        yield Leave(
            id=self._numbers.id(),
            placement=placement.id,
            kind=LeaveKind.SICK if sick else LeaveKind.PERSONAL,
            start_date=first,
            end_date=last,
            reason=draw.pick(reasons),
            approved_by="班主任",
            returned_on=last + timedelta(1),
        )

    def _attended(
        self, placement: Placement, month: str, leaves: list[Leave]
    ) -> Iterator[Attendance]:
        """Yield a month of marks; of the month of today only what has come in."""
        draw = self._draw
        until = self._today - timedelta(draw.between(1, 9))
        lots = _DAYS if int(placement.enterprise[-1], 16) < 2 else _PLAIN
        away = [(one.start_date, one.end_date) for one in leaves if one.start_date and one.end_date]
        marks: dict[str, str] = {}
        for on in dates(month):
            there = placement.start_date and placement.start_date <= on <= until
            if not there or any(first <= on <= last for first, last in away):
                continue
            if self._works(on):
                marks[f"d{on.day:02d}"] = draw.lot(lots)
            elif lots is _DAYS and draw.chance(0.02):
                marks[f"d{on.day:02d}"] = "√"
        if not marks:
            return
        made = Attendance(id=self._numbers.id(), placement=placement.id, month=month)
        if int(placement.enterprise[-1], 16) == 15:  # this one reports only how many days
            yield made.but(days=Decimal(len(marks)))
        else:
            yield made.but(**marks)

    def _paid(self, placement: Placement, month: str) -> Iterator[Pay]:
        draw, allowance = self._draw, placement.allowance
        chance, day = draw.between(1, 100), draw.between(8, 15)
        due = last_day(month)
        on = due + timedelta(day) if chance > 97 else due.replace(day=day)
        if allowance and chance > 2 and on <= self._today:
            yield Pay(
                id=self._numbers.id(),
                placement=placement.id,
                month=month,
                amount=allowance,
                paid_on=on,
            )

    def _reports(self, placement: Placement, batch: PlacementBatch) -> Iterator[StudentReport]:
        draw, kind = self._draw, KINDS.get(batch.report_cycle)
        if kind is None:
            return
        cycle = batch.report_cycle
        days = due_days(cycle, placement.start_date, placement.end_date, self._works)
        lazy = 0.45 if draw.chance(0.06) else 0.03
        for number in range(1, owed(days, self._today) + 1):
            if draw.chance(lazy):
                continue
            on = min(days[number - 1] + timedelta(draw.between(0, 3)), self._today)
            read = draw.chance(0.96 if (self._today - on).days > 9 else 0.3)
            made = StudentReport(
                id=self._numbers.id(),
                placement=placement.id,
                kind=kind,
                number=number,
                received_on=on,
            )
            yield self._reviewed(made, on) if read else made

    def _reviewed(self, made: StudentReport, on: date) -> StudentReport:
        draw = self._draw
        return made.but(
            state=ReviewState.AGAIN if draw.chance(0.02) else ReviewState.READ,
            read_on=min(on + timedelta(draw.between(1, 6)), self._today),
            comment=draw.pick(_told()["comments"]) if draw.chance(0.4) else "",
        )

    def _incidents(self, placement: Placement, start: date) -> Iterator[Incident]:
        draw = self._draw
        if not draw.chance(0.012):
            return
        kind, what, done = draw.pick(_told()["incidents"])
        on = start + timedelta(draw.between(0, max((self._today - start).days - 1, 0)))
        hurt = kind in ("INJURY", "ILLNESS", "TRAFFIC")
        closed = draw.chance(0.7)
        yield Incident(
            id=self._numbers.id(),
            placement=placement.id,
            kind=IncidentKind[kind],
            state=IncidentState.CLOSED if closed else IncidentState.HANDLED,
            happened_on=on,
            what=what,
            done=done,
            guardian_told_on=on if hurt else None,
            insurer_told_on=on + timedelta(1) if kind == "INJURY" else None,
            closed_on=min(on + timedelta(6), self._today) if closed else None,
        )

    def _made(self, batch: str, enterprise: str, there: list[Placement]) -> Iterator[Record]:
        draw = self._draw
        start = min(one.start_date for one in there if one.start_date)
        on = max(start, self._today - timedelta(draw.between(2, 34)))
        visit = Visit(
            id=self._numbers.id(),
            enterprise=enterprise,
            batch=batch,
            visitor=there[0].tutor,
            state=VisitState.DONE,
            way=VisitWay.ON_SITE if draw.chance(0.85) else VisitWay.VIDEO,
            planned_on=on,
            made_on=on,
            seen=min(len(there), 4),
            hours=Answer.FINE,
            pay=Answer.FINE,
            safety=Answer.FINE,
            findings=draw.pick(_told()["findings"]),
        )
        if draw.chance(0.25):
            trouble, follow_up = draw.pick(_told()["troubles"])
            settled = draw.chance(0.5)
            visit = visit.but(
                trouble=trouble,
                follow_up=follow_up,
                due_on=on + timedelta(14),
                settled_on=min(on + timedelta(9), self._today) if settled else None,
            )
        yield visit
        for one in there[:4]:
            yield VisitStudent(
                id=self._numbers.id(),
                visit=visit.id,
                student=one.student,
                said=draw.pick(_told()["said"]),
            )

    def _planned(self, batch: str, enterprise: str, there: list[Placement]) -> Visit:
        return Visit(
            id=self._numbers.id(),
            enterprise=enterprise,
            batch=batch,
            visitor=there[0].tutor,
            planned_on=self._today + timedelta(self._draw.between(-2, 12)),
        )


@cache
def _told() -> dict[str, Any]:
    text = paths.resource("samples", "during.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _months(start: date, until: date) -> Iterator[str]:
    one = start.replace(day=1)
    while one <= until:
        yield f"{one:%Y-%m}"
        one = date(one.year + one.month // 12, one.month % 12 + 1, 1)
