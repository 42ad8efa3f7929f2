"""Placement batches of the sample school, and who went where."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xqhz_desktop.domain.placement import (
    Arrangement,
    MajorMatch,
    Organisation,
    Placement,
    PlacementBatch,
    PlacementStatus,
    Term,
)
from xqhz_desktop.services.sample.draw import Draw, Lots, words
from xqhz_desktop.services.sample.hosts import Market
from xqhz_desktop.services.sample.house import Course
from xqhz_desktop.services.sample.numbers import Numbers
from xqhz_desktop.services.sample.posts import Host, Slot

_FIRST_WEEKS, _SECOND_WEEKS = 12, 14  # together half a year
_STUDENTS_A_TUTOR = 20
_BIG = 300  # staff: one more intern does not matter for the 10 %

_STATUSES = {
    "ended": Lots(
        {
            PlacementStatus.ASSESSED: 70.0,
            PlacementStatus.ENDED: 18.0,
            PlacementStatus.ARCHIVED: 10.0,
            PlacementStatus.CANCELLED: 2.0,
        }
    ),
    "running": Lots(
        {
            PlacementStatus.RUNNING: 94.0,
            PlacementStatus.SUSPENDED: 2.0,
            PlacementStatus.CHANGING: 2.0,
            PlacementStatus.AGREEING: 2.0,
        }
    ),
    "planned": Lots(
        {
            PlacementStatus.ASSIGNED: 50.0,
            PlacementStatus.AGREEING: 35.0,
            PlacementStatus.PLANNED: 15.0,
        }
    ),
}


@dataclass(frozen=True)
class Stay:
    """A student to place: who, of which class and major."""

    student: str
    course: Course
    tutor: str


class Departure:
    """One batch while its places are given out."""

    def __init__(self, market: Market, draw: Draw, batch: PlacementBatch, today: date) -> None:
        self.batch = batch
        self._market, self._draw, self._numbers = market, draw, market.numbers
        self._free = {slot.id: slot.places for slot in market.slots}
        self._queues: dict[str, deque[Slot]] = {}
        self._turn = 0
        self._count = 0
        start, end = batch.start_date or today, batch.end_date or today
        self.stage = "planned" if start > today else "ended" if end < today else "running"
        big = [host for host in market.hosts if (host.staff or 0) >= _BIG]
        self._own = big or market.hosts

    def placed(self, stay: Stay) -> Placement:
        """Return where a student goes: a position that fits the major, or one of their own."""
        slot = None if self._draw.chance(0.07) else self._place(stay.course.code)
        host = slot.host if slot else self._chosen(stay.course.sector)
        start, end = self._period()
        self._count += 1
        draw = self._draw
        status = draw.lot(_STATUSES[self.stage])
        signed = status not in (PlacementStatus.PLANNED, PlacementStatus.ASSIGNED)
        return Placement(
            id=self._numbers.id(),
            student=stay.student,
            enterprise=host.id,
            position=slot.id if slot else "",
            batch=self.batch.id,
            start_date=start,
            end_date=end,
            status=status,
            tutor="" if draw.chance(0.03) else stay.tutor,
            mentor="" if draw.chance(0.06) else draw.pick(host.mentors),
            weekly_hours=None if not slot or draw.chance(0.03) else slot.hours,
            allowance=None if not slot or draw.chance(0.03) else slot.pay,
            organisation=Organisation.GROUP if slot else Organisation.INDIVIDUAL,
            arrangement=Arrangement.SCHOOL if slot else Arrangement.SELF,
            major_match=_match(slot, stay.course.code),
            agreement_no=f"三方〔{start.year}〕{self._count:04d}号" if signed else "",
            note=self._note(status, own=slot is None),
        )

    def _place(self, major: str) -> Slot | None:
        """Return a free position; a few classmates share one before the next is asked."""
        queue = self._queues.get(major)
        if queue is None:
            fitting = [slot for slot in self._market.slots if major in slot.majors]
            queue = self._queues[major] = deque(fitting)
        while queue:
            slot = queue[0]
            if self._free[slot.id]:
                self._free[slot.id] -= 1
                self._turn += 1
                if self._turn % 5 == 0:
                    queue.rotate(-1)
                return slot
            queue.popleft()
        return None

    def _chosen(self, sector: str) -> Host:
        for _ in range(4):
            host = self._draw.pick(self._own)
            if host.sector == sector:
                break
        return host

    def _period(self) -> tuple[date, date]:
        start, end = self.batch.start_date, self.batch.end_date
        assert start
        assert end
        late = 7 if self._draw.chance(0.04) else 0
        early = 14 if self.stage == "ended" and self._draw.chance(0.03) else 0
        return start + timedelta(late), end - timedelta(early)

    def _note(self, status: PlacementStatus, *, own: bool) -> str:
        if status is PlacementStatus.SUSPENDED:
            return str(self._draw.pick(words()["pause_notes"]))
        return str(self._draw.pick(words()["self_notes"])) if own else ""


def batches(numbers: Numbers, cohorts: Sequence[int], today: date) -> Iterator[PlacementBatch]:
    """Yield two stages for each year that is or was in its third, one for the second year.

    ``cohorts``: enrolment years by study year, from the second on.
    """
    for past, enrolled in enumerate(cohorts):
        first = _monday(today + timedelta(56 - 364 * past))
        yield _batch(numbers, f"{enrolled}级岗位实习（第一阶段）", first, _FIRST_WEEKS)
        if past:
            second = _monday(today - timedelta(49 + 364 * (past - 1)))
            yield _batch(numbers, f"{enrolled}级岗位实习（第二阶段）", second, _SECOND_WEEKS)


def goes(departure: Departure, place: int, seat: int) -> bool:
    """Tell whether a seat of a class (from 0) has a place yet; 60 of 400 planned ones have not."""
    match departure.stage:
        case "planned":
            return seat % 20 > 8 if place == 0 else seat % 9 != 4
        case "running":
            return seat % 100 != 37
    return True


def tutors(course: Course, seats: int, turn: int) -> list[str]:
    """Return a tutor for each seat of a class, a few tutors a class."""
    return [
        course.teachers[(turn + n // _STUDENTS_A_TUTOR) % len(course.teachers)]
        for n in range(seats)
    ]


def _batch(numbers: Numbers, name: str, start: date, weeks: int) -> PlacementBatch:
    year = start.year if start.month >= 8 else start.year - 1
    return PlacementBatch(
        id=numbers.id(),
        name=name,
        school_year=f"{year}—{year + 1}",
        term=Term.SECOND if 2 <= start.month <= 7 else Term.FIRST,
        start_date=start,
        end_date=start + timedelta(weeks * 7 - 1),
    )


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _match(slot: Slot | None, major: str) -> MajorMatch:
    if slot is None:
        return MajorMatch.UNKNOWN
    return MajorMatch.MATCH if slot.majors[0] == major else MajorMatch.NEAR
