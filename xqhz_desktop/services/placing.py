"""Placing students of a batch in positions, with the 10 % and 20 % caps counted day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.compliance import library
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.preparation import ConsentState
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import balancing, belongings, offers
from xqhz_desktop.services.balancing import Balance
from xqhz_desktop.services.offers import Candidate, Host
from xqhz_desktop.services.quotas import Crowd, crowd
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.store import Reader

ADULT = 18

_PAGE = 1_000

_PLANNED = frozenset({PlacementStatus.PLANNED, PlacementStatus.ASSIGNED, PlacementStatus.AGREEING})
"""Placements that can be taken back: nobody has started work."""


@dataclass(frozen=True)
class Board:
    """One batch as the person who places students sees it, read in one moment."""

    batch: PlacementBatch
    balance: Balance
    classes: int
    """How many classes take part."""
    candidates: tuple[Candidate, ...]
    hosts: tuple[Host, ...]
    crowd: Crowd


def batches(work: Work) -> list[PlacementBatch]:
    """Return the batches, the newest first."""
    with work.store.read() as reader:
        found = [one for one in reader.all("placement_batch") if isinstance(one, PlacementBatch)]
    return sorted(found, key=lambda one: (one.start_date or date.min, one.id), reverse=True)


def board(work: Work, batch: PlacementBatch) -> Board:
    """Return everything needed to place the students of a batch."""
    with work.store.read() as reader:
        classes = balancing.classes(reader, batch.id)
        counted = crowd(reader, batch)
        people = _unplaced(reader, batch, classes)
        balance = balancing.of(reader, batch.id)
        places = tuple(offers.hosts(reader, counted))
    return Board(batch, balance, len(classes), tuple(people), places, counted)


def balance(work: Work, batch: PlacementBatch) -> Balance:
    """Return how many of the batch's students are placed."""
    with work.store.read() as reader:
        return balancing.of(reader, batch.id)


def unplaced(work: Work, batch: PlacementBatch) -> list[Candidate]:
    """Return the students without a place in name order."""
    with work.store.read() as reader:
        return _unplaced(reader, batch, balancing.classes(reader, batch.id))


def placed(work: Work, batch: PlacementBatch) -> list[queries.Row]:
    """Return the placements of the batch that count, by the names of the students."""
    counting = [one for one in PlacementStatus if one is not PlacementStatus.CANCELLED]
    where = (queries.Where("batch", "=", batch.id), queries.Where("status", "in", counting))
    with work.store.read() as reader:
        found = queries.found(reader, queries.Query("placement", where=where, sort="student"))
        return offers.pages(reader, "placement", found.rows)


def sought(work: Work, batch: PlacementBatch, words: str) -> frozenset[str]:
    """Return the ids of the batch's students whom words find: name, pinyin, number, phone."""
    with work.store.read() as reader:
        where = (queries.Where("school_class", "in", balancing.classes(reader, batch.id)),)
        found = queries.found(reader, queries.Query("student", words, where))
        return frozenset(row.record.id for row in offers.pages(reader, "student", found.rows))


def place(
    work: Work,
    batch: PlacementBatch,
    students: Sequence[str],
    position: str,
    *,
    reason: str = "",
) -> int:
    """Place students as one step; beyond a cap only with a reason (code ``REASON``)."""
    students, reason = list(dict.fromkeys(students)), reason.strip()
    with work.store.read() as reader:
        where = _asked(reader, position)
        beyond = offers.trial(crowd(reader, batch), len(students), where).beyond
    text = NN_("{n} student placed: {position}", "{n} students placed: {position}")
    title = Message(text, n=len(students), position=where.name)
    with work.store.change(title, work.actor, reason=_weighed(reason, beyond)) as change:
        where = _asked(change, position)
        people = [one for one in change.some("student", students) if isinstance(one, Student)]
        _refuse(change, batch, people, where)
        tried = offers.trial(crowd(change, batch), len(people), where)
        if tried.beyond and not reason:
            raise UserError(
                Message("This goes beyond a cap. Say why, or choose fewer."), code="REASON"
            )
        majors = offers.majors(change)
        for student in people:
            code = majors.get(student.school_class, "")
            change.put(_placement(student, where, batch, code))
    return change.number


def unplace(work: Work, placements: Sequence[str]) -> int:
    """Take placements back as one step, unless somebody works there already."""
    text = NN_("{n} placement taken back", "{n} placements taken back")
    with work.store.change(Message(text, n=len(placements)), work.actor) as change:
        for one in list(change.some("placement", placements)):
            if isinstance(one, Placement) and one.status not in _PLANNED:
                name = change.names("student", [one.student]).get(one.student, "")
                raise UserError(
                    Message(
                        "{name} has begun work there. End the placement instead of taking it back.",
                        name=name,
                    ),
                    code="BEGUN",
                )
            belongings.let_go(change, "placement", [one.id])
            change.remove("placement", one.id)
    return change.number


def _placement(student: Student, where: Position, batch: PlacementBatch, code: str) -> Placement:
    return Placement(
        student=student.id,
        enterprise=where.enterprise,
        position=where.id,
        batch=batch.id,
        start_date=batch.start_date,
        end_date=batch.end_date,
        weekly_hours=where.hours_per_week,
        allowance=where.pay,
        major_match=offers.match(where.majors, (code,)),
    )


def _weighed(reason: str, beyond: Sequence[str]) -> str:
    """Return the reason with the rules it answers and their version, to be read years later."""
    rules = [one for one in beyond if one in library.national().rules]
    if not reason or not rules:
        return reason
    return f"{reason} [{' '.join(rules)}, {library.national().name} {library.national().version}]"


def _unplaced(reader: Reader, batch: PlacementBatch, classes: list[str]) -> list[Candidate]:
    where = (
        queries.Where("school_class", "in", classes),
        queries.Where("status", "=", StudentStatus.ENROLLED),
    )
    found = queries.found(reader, queries.Query("student", where=where))
    waiting = balancing.waiting(reader, batch.id)
    majors = offers.majors(reader)
    rows = offers.pages(reader, "student", _of(reader, found, waiting))
    consents = balancing.consents(reader, batch.id)
    return [_candidate(row, batch, majors, consents) for row in rows]


def _of(reader: Reader, found: queries.Found, ids: set[str]) -> list[int]:
    """Return the found rows whose record is among ``ids``, before anything else is read."""
    wanted: set[int] = set()
    known = list(ids)
    for start in range(0, len(known), _PAGE):
        part = known[start : start + _PAGE]
        marks = ",".join("?" * len(part))
        rows = reader.cursor.execute(f"SELECT row FROM student WHERE id IN ({marks})", part)
        wanted.update(row for (row,) in rows.fetchall())
    return [row for row in found.rows if row in wanted]


def _candidate(
    row: queries.Row,
    batch: PlacementBatch,
    majors: Mapping[str, str],
    consents: Mapping[str, ConsentState],
) -> Candidate:
    student = row.record
    assert isinstance(student, Student)
    age = student.age_on(batch.start_date or date.today())
    code = majors.get(student.school_class, "")
    minor = age is not None and age < ADULT
    class_name = row.names.get("school_class", "")
    return Candidate(student, class_name, code, age, minor, consents.get(student.id))


def _asked(reader: Reader, position: str) -> Position:
    found = reader.get("position", position)
    if not isinstance(found, Position):
        raise NotFound(Message("This position does not exist any more."), code="NOT_FOUND")
    return found


def _refuse(
    reader: Reader, batch: PlacementBatch, people: Sequence[Student], where: Position
) -> None:
    """Raise where no reason helps: placed already, too young, or the enterprise is closed to us."""
    if not people:
        raise NotFound(Message("These students do not exist any more."), code="NOT_FOUND")
    refuse_closed(reader, where.enterprise)
    refuse_placed(reader, batch.id, [one.id for one in people])
    refuse_young(people, batch.start_date or date.today())


def refuse_closed(reader: Reader, enterprise: str) -> None:
    """Raise where nobody is placed at an enterprise now (code ``CLOSED``)."""
    found = reader.get("enterprise", enterprise)
    if isinstance(found, Enterprise) and found.status in offers.CLOSED:
        raise UserError(
            Message(
                "Nobody is placed at {name} now: the cooperation is {status}.",
                name=found.name,
                status=found.status,
            ),
            code="CLOSED",
        )


def refuse_placed(reader: Reader, batch: str, students: Sequence[str]) -> None:
    """Raise where somebody has a place in a batch already (code ``PLACED``)."""
    taken = balancing.placed(reader, batch)
    if again := next((one for one in students if one in taken), ""):
        name = reader.names("student", [again]).get(again, "")
        raise UserError(
            Message("{name} has a place in this batch already.", name=name), code="PLACED"
        )


def refuse_young(people: Sequence[Student], day: date) -> None:
    """Raise where somebody is too young for a post internship on a day (code ``R01``)."""
    limit = library.national().rules["R01"].age
    for one in people:
        age = one.age_on(day)
        if age is not None and age < limit:
            raise UserError(_too_young(one.name, age, day, limit), code="R01")


def _too_young(name: str, age: int, day: date, limit: int) -> Message:
    return Message(
        "{name} is {age} on {day}; nobody under {limit} may take a post internship.",
        name=name,
        age=age,
        day=day,
        limit=limit,
    )
