"""The sample school: made up, believable, the same for the same seed, and as large as wanted."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from xqhz_desktop.domain.placement import BatchClass
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import Department, School, SchoolClass
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records, workspace
from xqhz_desktop.services.sample import papers
from xqhz_desktop.services.sample.draw import Draw
from xqhz_desktop.services.sample.during import During
from xqhz_desktop.services.sample.hosts import market
from xqhz_desktop.services.sample.house import Course, house
from xqhz_desktop.services.sample.marks import Marks
from xqhz_desktop.services.sample.numbers import Numbers
from xqhz_desktop.services.sample.own import OwnSheet
from xqhz_desktop.services.sample.placing import Departure, Stay, batches, goes, tutors
from xqhz_desktop.services.sample.ready import Ready
from xqhz_desktop.services.sample.rules import told
from xqhz_desktop.services.sample.sheets import layouts
from xqhz_desktop.services.sample.students import Enrolment, Room
from xqhz_desktop.services.sample.vetting import Vetting
from xqhz_desktop.services.workspace import Work

Progress = Callable[[int, int], None]

STUDENTS_A_CLASS = 40
RECORDS_A_STEP = 1_000


def school(*, students: int = 1200, years: int = 3, seed: int = 1, today: date) -> Iterator[Record]:
    """Yield every record of a school with this many students, parents before children.

    ``years``: how many years' intakes there are; from the fourth on they have graduated.
    Departments come without their heads, who are teachers of theirs: see ``heads``.
    """
    numbers = Numbers(seed)
    courses = yield from house(numbers, seed, students)
    own = OwnSheet(numbers, seed)
    yield from own.definitions
    facts = Draw(seed, "rules")
    hosts = yield from own.filled(told(market(numbers, seed, students, today), facts, today))
    newest = today.year if today.month >= 9 else today.year - 1
    youngest = 1 if years >= 3 else 2  # with one or two years, those that have placements
    cohorts = [newest - n + 1 for n in range(youngest, youngest + years)]
    rooms = _Rooms(
        numbers,
        courses,
        Enrolment(numbers, seed),
        today,
        Marks(numbers, seed),
        Ready(numbers, seed, today),
        During(numbers, seed, today),
    )
    draw = Draw(seed, "placing")
    ready = rooms.ready
    ready.hosts = hosts.hosts
    yield from Vetting(numbers, seed, today).of(hosts.hosts)
    for batch in batches(numbers, cohorts[2 - youngest :], today):
        departure = Departure(hosts, draw, batch, today)
        yield from ready.batch(batch, departure.stage)
        rooms.departures[int(batch.name[:4])].append(departure)
    for n, enrolled in reversed(list(enumerate(cohorts))):
        share = students * (n + 1) // years - students * n // years
        cohort = rooms.cohort(enrolled, newest - enrolled + 1, share)
        yield from own.filled(told(cohort, facts, today))
    yield from rooms.during.visits()
    yield from layouts(numbers)


def heads(people: list[Record]) -> list[Record]:
    """Return the departments among these records, each led by its coordinator."""
    leaders = {
        one.department: one.id
        for one in people
        if isinstance(one, Staff) and one.role is Role.COORDINATOR
    }
    return [one.but(head=leaders[one.id]) for one in people if isinstance(one, Department)]


def make(
    folder: Path,
    *,
    students: int = 1200,
    years: int = 3,
    seed: int = 1,
    progress: Progress | None = None,
) -> Work:
    """Make a workspace with a sample school and return it open; nothing stays if it is stopped.

    ``progress`` is called with students saved and students in all.
    """
    ours = not folder.exists() or not any(folder.iterdir())
    stream = school(students=students, years=years, seed=seed, today=date.today())
    first, person = next(stream), next(stream)
    assert isinstance(first, School)
    assert isinstance(person, Staff)
    work = workspace.create(folder, first, person=person, sample=True)
    try:
        _fill(work, stream, students, progress)
    except BaseException:
        workspace.close(work)
        if ours:
            with suppress(OSError):
                shutil.rmtree(folder)
        raise
    return work


def _fill(work: Work, stream: Iterator[Record], students: int, progress: Progress | None) -> None:
    done, people = 0, list[Record]()
    while some := list(islice(stream, RECORDS_A_STEP)):
        records.save_all(work, some, Message("Sample school made"))
        people += [one for one in some if isinstance(one, Staff | Department)]
        done += sum(isinstance(one, Student) for one in some)
        if progress:
            progress(done, students)
    records.save_all(work, heads(people), Message("Heads of departments named"))
    papers.attach(work)


@dataclass
class _Rooms:
    """Makes classes, one after the other: the class, its students, their placements."""

    numbers: Numbers
    courses: tuple[Course, ...]
    enrolment: Enrolment
    today: date
    marks: Marks
    ready: Ready
    during: During
    departures: defaultdict[int, list[Departure]] = field(default_factory=lambda: defaultdict(list))

    def cohort(
        self, enrolled: int, study_year: int, students: int
    ) -> Generator[Record, None, None]:
        """Yield the classes that enrolled in a year; majors take turns over the years."""
        classes = max(1, round(students / STUDENTS_A_CLASS))
        first = (3 - study_year) * 7 % len(self.courses)
        for n in range(classes):
            seats = students * (n + 1) // classes - students * n // classes
            major = (first + n) % len(self.courses)
            number = f"{enrolled}{major + 1:02d}{n // len(self.courses) + 1:02d}"
            room = Room(
                self.numbers.id(),
                number,
                enrolled,
                study_year,
                n,
                self.courses[major].male_percent,
                self._middle(enrolled),
            )
            yield from self._room(room, self.courses[major], seats)

    def _room(self, room: Room, course: Course, seats: int) -> Iterator[Record]:
        turn = room.place * 3
        yield SchoolClass(
            id=room.id,
            name=f"{room.enrolled % 100:02d}{course.short}{int(room.number[6:])}班",
            major=course.id,
            enrol_year=room.enrolled,
            head_teacher=course.teachers[turn % len(course.teachers)],
        )
        departures = self.departures[room.enrolled]
        for departure in departures:
            yield BatchClass(id=self.numbers.id(), batch=departure.batch.id, school_class=room.id)
        enrolled = [self.enrolment.student(room, seat + 1) for seat in range(seats)]
        yield from (student for student, _ in enrolled)
        here = (StudentStatus.ENROLLED, StudentStatus.GRADUATED)
        for departure in departures:
            guides = tutors(course, seats, turn)
            for seat, (student, quirks) in enumerate(enrolled):
                left_out = departure.stage == "planned" and "unplaced" in quirks
                if student.status not in here:
                    continue
                if not left_out and goes(departure, room.place, seat):
                    placed = departure.placed(Stay(student.id, course, guides[seat]))
                    for placement in self.ready.leg(placed):
                        yield placement
                        yield from self.ready.of(placement, student)
                        yield from self.marks.of(placement, departure.batch)
                        yield from self.during.of(placement, departure.batch)
                elif departure.stage != "planned":
                    yield from self.marks.absent(student.id, departure.batch)

    def _middle(self, enrolled: int) -> date:
        """Return a day in the middle of the last placement, where there is one."""
        batch = self.departures[enrolled][-1].batch if self.departures[enrolled] else None
        if not batch or not batch.start_date or not batch.end_date:
            return self.today
        return batch.start_date + (batch.end_date - batch.start_date) / 2
