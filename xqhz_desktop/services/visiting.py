"""Visits to interns: who was not visited for long, what is planned, what was found, what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.domain.guidance import Visit, VisitState, VisitStudent, VisitWay
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School
from xqhz_desktop.errors import InvalidRecord, NotFound
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.reports.kit import Edition, Printed, printed
from xqhz_desktop.reports.visit_sheet import Blank, VisitQuestions, Visits, tell
from xqhz_desktop.services import rosters
from xqhz_desktop.services.rosters import Scope, Seat
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader

USUAL_DAYS = 30
"""Days between two visits where the batch does not say."""

_HOSTS = """
SELECT e.id, e.name, count(*), min(p.start_date) FROM placement p
JOIN enterprise e ON e.id = p.enterprise
WHERE p.batch = ? AND p.status NOT IN ('CANCELLED') AND p.start_date <= ?
  AND coalesce(p.end_date, '9999') >= ?
GROUP BY e.id ORDER BY e.sort_key, e.row
"""

_VISITS = """
SELECT v.id, v.enterprise, e.name, v.state, v.planned_on, v.made_on, coalesce(t.name, ''),
       v.trouble, v.follow_up, v.due_on, v.settled_on,
       (SELECT count(*) FROM visit_student s WHERE s.visit = v.id), v.seen
FROM visit v JOIN enterprise e ON e.id = v.enterprise LEFT JOIN staff t ON t.id = v.visitor
WHERE v.batch = ?
ORDER BY coalesce(v.made_on, v.planned_on, '') DESC, v.row DESC
"""


@dataclass(frozen=True)
class Host:
    """An enterprise where interns are now, and when somebody looked after them."""

    id: str
    name: str
    interns: int
    since: date
    """From when the first of them is there."""
    last: date | None
    planned: date | None
    waits: int
    """Days since the last visit, or since the first intern came."""
    due: bool
    """Longer than the batch allows."""


@dataclass(frozen=True)
class Made:
    """One visit, planned or made, with names."""

    id: str
    enterprise: str
    name: str
    state: VisitState
    planned: date | None
    made: date | None
    visitor: str
    trouble: str
    follow_up: str
    due: date | None
    settled: date | None
    seen: int

    @property
    def open(self) -> bool:
        """Tell whether something found is still to be done."""
        return bool(self.due or self.follow_up) and not self.settled


@dataclass(frozen=True)
class Board:
    """The visits of a batch, read in one moment."""

    batch: PlacementBatch
    every: int
    """Days between two visits."""
    hosts: tuple[Host, ...]
    """Those that wait longest first."""
    visits: tuple[Made, ...]
    """The newest first."""


def board(work: Work, batch: str, on: date) -> Board:
    """Return who is to be visited, and the visits of a batch."""
    with work.store.read() as reader:
        found = _batch(reader, batch)
        visits = tuple(map(_made, reader.cursor.execute(_VISITS, (batch,)).fetchall()))
        ask = (batch, on.isoformat(), on.isoformat())
        rows = reader.cursor.execute(_HOSTS, ask).fetchall()
    every = found.visit_days or USUAL_DAYS
    last = _latest(visits, VisitState.DONE)
    planned = {one.enterprise: one.planned for one in visits if one.state is VisitState.PLANNED}
    hosts = []
    for id, name, interns, first in rows:
        since = date.fromisoformat(first)
        waits = (on - (last.get(id) or since)).days
        hosts.append(Host(id, name, interns, since, last.get(id), planned.get(id), waits,
                          waits > every))  # fmt: skip
    hosts.sort(key=lambda one: -one.waits)
    return Board(found, every, tuple(hosts), visits)


def interns(work: Work, batch: str, enterprise: str, on: date) -> list[Seat]:
    """Return who is at an enterprise on a day."""
    day = on.isoformat()
    with work.store.read() as reader:
        return rosters.seats(reader, Scope(batch, enterprise=enterprise), day, day)


@dataclass(frozen=True)
class Journey:
    """Who goes out, how and on which day."""

    visitor: str
    way: VisitWay
    on: date


def plan(work: Work, batch: str, journey: Journey, enterprises: Sequence[str]) -> int:
    """Plan a visit to each enterprise as one step; return the step's number."""
    some = [
        Visit(
            enterprise=one,
            batch=batch,
            visitor=journey.visitor,
            way=journey.way,
            planned_on=journey.on,
        )
        for one in enterprises
    ]
    title = Message(NN_("{n} visit planned", "{n} visits planned"), n=len(some))
    return _put(work, some, title)


def seen(work: Work, visit: str) -> dict[str, VisitStudent]:
    """Return whom somebody talked to on a visit, by student."""
    with work.store.read() as reader:
        found = reader.all("visit_student", visit=visit)
        return {one.student: one for one in found if isinstance(one, VisitStudent)}


def record(work: Work, visit: Visit, said: Mapping[str, str]) -> int:
    """Save a visit with exactly these interns, by student what they said, as one step."""
    name = ""
    with work.store.read() as reader:
        name = reader.names("enterprise", [visit.enterprise]).get(visit.enterprise, "")
    before = seen(work, visit.id)
    met = [
        (before.get(student) or VisitStudent(visit=visit.id, student=student)).but(said=words)
        for student, words in said.items()
    ]
    if met and not visit.seen:
        visit = visit.but(seen=len(met))
    gone = [one.id for student, one in before.items() if student not in said]
    return _put(work, [visit, *met], Message("Visit noted: {name}", name=name), gone)


def blanks(work: Work, visits: Sequence[str], edition: Edition) -> Printed:
    """Return the sheets for these visits as a PDF, a page each, with their QR codes."""
    with work.store.read() as reader:
        school = next((one for one in reader.all("school") if isinstance(one, School)), School())
        some = [one for one in reader.some("visit", visits) if isinstance(one, Visit)]
        pages = [_blank(reader, one) for one in sorted(some, key=lambda one: one.id)]
    if not pages:
        raise NotFound(Message("This visit does not exist any more."), code="NOT_FOUND")
    return printed(tell(Visits(school, pages), VisitQuestions(), edition), edition)


def _blank(reader: Reader, visit: Visit) -> Blank:
    enterprise = next(iter(reader.some("enterprise", [visit.enterprise])), None)
    names = reader.names("staff", [visit.visitor]) if visit.visitor else {}
    batch = reader.names("placement_batch", [visit.batch]) if visit.batch else {}
    day = (visit.planned_on or visit.made_on or date.today()).isoformat()
    scope = Scope(visit.batch, enterprise=visit.enterprise)
    seats = rosters.seats(reader, scope, day, day) if visit.batch else []
    return Blank(
        visit=visit,
        enterprise=getattr(enterprise, "name", ""),
        address=getattr(enterprise, "address", ""),
        contact=" ".join(
            filter(None, (getattr(enterprise, "contact", ""), getattr(enterprise, "phone", "")))
        ),
        batch=batch.get(visit.batch, ""),
        visitor=names.get(visit.visitor, ""),
        students=tuple((one.name, one.class_name) for one in seats),
    )


def _batch(reader: Reader, id: str) -> PlacementBatch:
    found = reader.get("placement_batch", id)
    if not isinstance(found, PlacementBatch):
        raise NotFound(Message("This batch does not exist any more."), code="NOT_FOUND")
    return found


def _put(work: Work, some: Sequence[Record], title: Message, gone: Sequence[str] = ()) -> int:
    with work.store.change(title, work.actor) as change:
        for one in some:
            if problems := one.problems():
                raise InvalidRecord(problems)
            change.put(one)
        for id in gone:
            change.remove("visit_student", id)
    return change.number


def _latest(visits: Sequence[Made], state: VisitState) -> dict[str, date]:
    found: dict[str, date] = {}
    for one in visits:
        if one.state is state and one.made:
            found[one.enterprise] = max(one.made, found.get(one.enterprise, one.made))
    return found


def _made(row: Sequence[str | int | None]) -> Made:
    days = [date.fromisoformat(str(row[n])) if row[n] else None for n in (4, 5, 9, 10)]
    return Made(
        id=str(row[0]),
        enterprise=str(row[1]),
        name=str(row[2]),
        state=VisitState.__members__.get(str(row[3]), VisitState.PLANNED),
        planned=days[0],
        made=days[1],
        visitor=str(row[6] or ""),
        trouble=str(row[7] or ""),
        follow_up=str(row[8] or ""),
        due=days[2],
        settled=days[3],
        seen=int(row[11] or 0) or int(row[12] or 0),
    )
