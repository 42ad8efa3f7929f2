"""Placing students of a batch in positions, with the 10 % and 20 % caps counted day by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xqhz_desktop.compliance import pack
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import (
    MajorMatch,
    Placement,
    PlacementBatch,
    PlacementStatus,
)
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message, NN_
from xqhz_desktop.services.quotas import Crowd, Meter, crowd
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.store import Reader

ADULT = 18


@dataclass(frozen=True)
class Balance:
    """Of the students who take part: how many are placed and how many are not."""

    due: int
    placed: int
    unplaced: int


@dataclass(frozen=True)
class Candidate:
    """A student still without a place; `age` is the one on the first day of the batch."""

    student: Student
    class_name: str
    major_code: str
    age: int | None
    minor: bool


@dataclass(frozen=True)
class Offer:
    """A position: places taken at the fullest day, the 20 % meter and the match of majors."""

    position: Position
    taken: int
    places: int | None
    meter: Meter
    match: MajorMatch


@dataclass(frozen=True)
class Host:
    """An enterprise with its positions and the 10 % meter."""

    enterprise: Enterprise
    region: str
    offers: tuple[Offer, ...]
    meter: Meter
    other_schools: int


def batches(work: Work) -> list[PlacementBatch]:
    """Return the batches, the newest first."""
    with work.store.read() as reader:
        found = [one for one in reader.all("placement_batch") if isinstance(one, PlacementBatch)]
    return sorted(found, key=lambda one: (one.start_date or date.min, one.id), reverse=True)


def balance(work: Work, batch: PlacementBatch) -> Balance:
    """Return how many of the batch's students are placed."""
    with work.store.read() as reader:
        due = set(_due(reader, batch.id))
        placed = len(due & _placed(reader, batch.id))
    return Balance(len(due), placed, len(due) - placed)


def unplaced(
    work: Work, batch: PlacementBatch, *, words: str = "", school_class: str = ""
) -> list[Candidate]:
    """Return the students without a place in name order, filtered by words and class."""
    with work.store.read() as reader:
        open_ids = set(_due(reader, batch.id)) - _placed(reader, batch.id)
        where = [queries.Where("status", "=", StudentStatus.ENROLLED)]
        if school_class:
            where.append(queries.Where("school_class", "=", school_class))
        found = queries.found(reader, queries.Query("student", words, tuple(where)))
        rows = _of(reader, found, open_ids)
        majors = _majors(reader)
    return [_candidate(row, batch, majors) for row in rows]


def hosts(work: Work, batch: PlacementBatch, chosen: Sequence[str] = ()) -> list[Host]:
    """Return enterprises with open positions, by name; meters count what is placed now."""
    with work.store.read() as reader:
        found = queries.found(reader, queries.Query("position", sort="enterprise"))
        rows = [row for row in queries.rows(reader, "position", found.rows) if row]
        ids = list(dict.fromkeys(_position(row).enterprise for row in rows))
        enterprises = {one.id: one for one in reader.some("enterprise", ids)}
        counted = crowd(reader, batch)
        codes = _codes(reader, chosen)
    made: dict[str, list[Offer]] = {id: [] for id in ids}
    regions: dict[str, str] = {}
    for row in rows:
        position = _position(row)
        if position.open:
            made[position.enterprise].append(_offer(position, counted, codes))
            regions[position.enterprise] = row.names.get("enterprise.region", "")
    return [
        _host(enterprises[id], tuple(offers), regions[id], counted)
        for id, offers in made.items()
        if offers and isinstance(enterprises.get(id), Enterprise)
    ]


def preview(
    work: Work, batch: PlacementBatch, students: Sequence[str], position: str
) -> tuple[Meter, Meter]:
    """Return the meters of the enterprise and of the post as they would be."""
    with work.store.read() as reader:
        place, counted = _asked(reader, position), crowd(reader, batch)
        enterprise = reader.get("enterprise", place.enterprise)
    assert isinstance(enterprise, Enterprise)
    n = len(students)
    return counted.enterprise(enterprise, n), counted.post(place, n)


def place(
    work: Work,
    batch: PlacementBatch,
    students: Sequence[str],
    position: str,
    *,
    reason: str = "",
) -> int:
    """Place students as one step; over a cap only with a reason (code ``REASON``)."""
    with work.store.read() as reader:
        where = _asked(reader, position)
        people = [one for one in reader.some("student", students) if isinstance(one, Student)]
        taken = _placed(reader, batch.id)
        codes = {id: _codes(reader, [id]) for id in students}
    _refuse(batch, people, taken)
    if not reason and any(meter.over for meter in preview(work, batch, students, position)):
        raise UserError(Message("This goes beyond a cap. Say why, or choose fewer."), code="REASON")
    text = NN_("{n} student placed: {position}", "{n} students placed: {position}")
    title = Message(text, n=len(people), position=where.name)
    with work.store.change(title, work.actor, reason=reason) as change:
        for student in people:
            change.put(
                Placement(
                    student=student.id,
                    enterprise=where.enterprise,
                    position=where.id,
                    batch=batch.id,
                    start_date=batch.start_date,
                    end_date=batch.end_date,
                    weekly_hours=where.hours_per_week,
                    allowance=where.pay,
                    major_match=match(where, codes[student.id]),
                )
            )
    return change.number


def unplace(work: Work, placements: Sequence[str]) -> int:
    """Take placements back as one step."""
    text = NN_("{n} placement taken back", "{n} placements taken back")
    with work.store.change(Message(text, n=len(placements)), work.actor) as change:
        for id in placements:
            change.remove("placement", id)
    return change.number


def match(position: Position, codes: Sequence[str]) -> MajorMatch:
    """Return how near a position is to majors: the same, of one class, or outside (the worst)."""
    wanted = [one.rstrip("K") for one in position.majors.split(",") if one]
    own = [one.rstrip("K") for one in codes if one]
    if not wanted or not own:
        return MajorMatch.UNKNOWN
    worst = MajorMatch.MATCH
    for one in own:
        if one in wanted:
            continue
        if any(_category(one) == _category(other) for other in wanted):
            worst = MajorMatch.NEAR
            continue
        return MajorMatch.NONE
    return worst


def _category(code: str) -> int:
    """Return the number of the major category, the same at all three levels of education."""
    return int(code[:2]) % 20 if code[:2].isdigit() else -1


def _due(reader: Reader, batch: str) -> list[str]:
    found = reader.cursor.execute(
        "SELECT s.id FROM student s JOIN batch_class b ON b.school_class = s.school_class "
        "WHERE b.batch = ? AND s.status = ?",
        (batch, StudentStatus.ENROLLED.name),
    )
    return [id for (id,) in found.fetchall()]


def _placed(reader: Reader, batch: str) -> set[str]:
    found = reader.cursor.execute(
        "SELECT student FROM placement WHERE batch = ? AND status <> ?",
        (batch, PlacementStatus.CANCELLED.name),
    )
    return {id for (id,) in found.fetchall()}


def _of(reader: Reader, found: queries.Found, ids: set[str]) -> list[queries.Row]:
    """Return the found rows whose record is among ``ids``."""
    known = dict(reader.cursor.execute("SELECT row, id FROM student").fetchall())
    rows = [row for row in found.rows if known.get(row) in ids]
    return [row for row in queries.rows(reader, "student", rows) if row]


def _candidate(row: queries.Row, batch: PlacementBatch, majors: dict[str, str]) -> Candidate:
    student = row.record
    assert isinstance(student, Student)
    age = student.age_on(batch.start_date or date.today())
    code = majors.get(student.school_class, "")
    minor = age is not None and age < ADULT
    return Candidate(student, row.names.get("school_class", ""), code, age, minor)


def _majors(reader: Reader) -> dict[str, str]:
    """Return the national major code of each class, by the class's id."""
    found = reader.cursor.execute(
        "SELECT c.id, m.code FROM school_class c JOIN major m ON m.id = c.major"
    )
    return dict(found.fetchall())


def _codes(reader: Reader, students: Sequence[str]) -> list[str]:
    majors = _majors(reader) if students else {}
    people: list[Any] = list(reader.some("student", students))
    return [majors.get(one.school_class, "") for one in people]


def _position(row: queries.Row) -> Position:
    assert isinstance(row.record, Position)
    return row.record


def _asked(reader: Reader, position: str) -> Position:
    found = reader.get("position", position)
    if not isinstance(found, Position):
        raise NotFound(Message("This position does not exist any more."), code="NOT_FOUND")
    return found


def _offer(position: Position, counted: Crowd, codes: Sequence[str]) -> Offer:
    meter = counted.post(position, 0)
    taken = meter.before - (position.other_interns or 0)
    return Offer(position, taken, position.headcount, meter, match(position, codes))


def _host(
    enterprise: Any, offers: tuple[Offer, ...], region: str, counted: Crowd
) -> Host:
    meter = counted.enterprise(enterprise, 0)
    return Host(enterprise, region, offers, meter, enterprise.other_interns or 0)


def _refuse(batch: PlacementBatch, people: Sequence[Student], taken: set[str]) -> None:
    """Raise when a student is placed already or too young on the first day."""
    again = next((one for one in people if one.id in taken), None)
    if again:
        raise UserError(
            Message("{name} has a place in this batch already.", name=again.name), code="PLACED"
        )
    rule = pack.national().rules["R01"]
    start = batch.start_date or date.today()
    for one in people:
        age = one.age_on(start)
        if age is not None and age < rule.age:
            raise UserError(
                Message(
                    "{name} is {age} on {day}; nobody under {limit} may take a post internship.",
                    name=one.name, age=age, day=start, limit=rule.age,
                ),
                code="R01",
            )  # fmt: skip
