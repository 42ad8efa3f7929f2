"""The facts of many placements, read in bulk: one question a table, never one a placement."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from xqhz_desktop.compliance.calendar import Calendar
from xqhz_desktop.compliance.facts import Facts, Leg, Standing
from xqhz_desktop.compliance.papers import in_force
from xqhz_desktop.domain.agreement import Agreement, Tripartite
from xqhz_desktop.domain.assessment import Score
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import (
    Placement,
    PlacementBatch,
    PlacementStatus,
    PlacementType,
)
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.preparation import Application, Consent, Filing, SiteAssessment, Verdict
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import Major, School, SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import checking_traces as traces
from xqhz_desktop.services import quotas
from xqhz_desktop.storage.codec import columns, from_cell
from xqhz_desktop.storage.store import Reader

R = TypeVar("R", bound=Record)


class Source:
    """Everything the rules ask about some placements, as it is on one day."""

    def __init__(
        self, reader: Reader, ids: Iterable[str], on: date, calendar: Calendar, *, starting: bool
    ) -> None:
        """Read the placements of these ids and what belongs to them."""
        self.on, self._calendar, self._starting = on, calendar, starting
        self.placements = _by(reader, Placement, "id", ids, lambda one: one.id)
        held = tuple(self.placements)
        some = self.placements.values()
        students = {one.student for one in some}
        hosts = {one.enterprise for one in some}
        self.school = next(_all(reader, School), School(id=""))
        self._read_masters(reader, students, hosts)
        self._read_papers(reader, held, students)
        self._legs = _legs(reader, students)
        self._standing = _standings(reader, hosts)
        self._crowds = quotas.Counted(reader, hosts, {one.tutor for one in some if one.tutor})
        self._traces = traces.read(reader, held, students, on)
        self._filings = list(_all(reader, Filing))
        self._filed: dict[tuple[str, str, str], list[Filing]] = {}

    def _read_masters(self, reader: Reader, students: set[str], hosts: set[str]) -> None:
        def id_of(one: Record) -> str:
            return one.id

        some = self.placements.values()
        self.students = _by(reader, Student, "id", students, id_of)
        classes = {one.school_class for one in self.students.values()}
        self._classes = _by(reader, SchoolClass, "id", classes, id_of)
        self._majors = {one.id: one for one in _all(reader, Major)}
        self.enterprises = _by(reader, Enterprise, "id", hosts, id_of)
        self.positions = _by(reader, Position, "id", {one.position for one in some}, id_of)
        self.batches = {one.id: one for one in _all(reader, PlacementBatch)}
        self._agreements = _by(reader, Agreement, "id", {one.agreement for one in some}, id_of)

    def _read_papers(self, reader: Reader, held: Sequence[str], students: set[str]) -> None:
        self._consents = _by(reader, Consent, "student", students, lambda c: (c.student, c.batch))
        self._requests = _by(
            reader, Application, "student", students, lambda a: (a.student, a.batch)
        )
        papers = _some(reader, Tripartite, "placement", held)
        self._tripartites: dict[str, Tripartite] = {}
        for one in papers:
            known = self._tripartites.get(one.placement)
            if known is None or (in_force(one), one.id) > (in_force(known), known.id):
                self._tripartites[one.placement] = one
        self._scores = _by(reader, Score, "placement", held, lambda one: one.placement)
        visits = sorted(
            _some(reader, SiteAssessment, "enterprise", self.enterprises),
            key=lambda one: one.visited_on or date.min,
        )
        self._assessments = {one.enterprise: one for one in visits}

    def facts(self, id: str) -> Facts:
        """Return the facts of one placement."""
        one = self.placements[id]
        student = self.students.get(one.student, _STUDENT)
        room = self._classes.get(student.school_class, _CLASS)
        batch = self.batches.get(one.batch, _BATCH)
        position = self.positions.get(one.position, _POSITION)
        start = one.start_date or self.on
        end = one.end_date or batch.end_date or max(start, self.on)
        seen = self._traces
        return Facts(
            on=self.on, placement=one, school=self.school, student=student, school_class=room,
            major=self._majors.get(room.major, _MAJOR), batch=batch, position=position,
            enterprise=self.enterprises.get(one.enterprise, _ENTERPRISE),
            tripartite=self._tripartites.get(id, _TRIPARTITE),
            consent=self._consents.get((one.student, one.batch), _CONSENT),
            application=self._requests.get((one.student, one.batch))
            or self._requests.get((one.student, ""), _REQUEST),
            assessment=self._assessments.get(one.enterprise, _ASSESSMENT),
            agreement=self._agreements.get(one.agreement, _AGREEMENT),
            score=self._scores.get(id, _SCORE), calendar=self._calendar,
            unit=self._crowds.unit(one.enterprise, start, end),
            post=self._crowds.post(position, start, end),
            standing=self._standing_of(one, batch),
            trained=seen.safety(one),
            insured=seen.insured.get(one.student, ()), filings=self._filings_of(one),
            legs=tuple(leg for key, leg in self._legs.get(one.student, ()) if key != id),
            guided=seen.guided(one), worked=seen.worked.get(id, traces.UNWORKED),
            paid=seen.paid.get(id, traces.UNPAID), reported=seen.reported(one),
            unreviewed=seen.unreviewed.get(id, 0), files=seen.files.get(id, 0),
            tutored=self._crowds.tutored(one.tutor, start, end),
            answers=seen.answers.get(one.position, _NONE), starting=self._starting,
        )  # fmt: skip

    def _standing_of(self, one: Placement, batch: PlacementBatch) -> Standing:
        first, accepted, published = self._standing.get(one.enterprise, (None, False, None))
        since = batch.start_date or one.start_date
        new = first is None or since is None or first >= since
        return Standing(new, accepted, published)

    def _filings_of(self, one: Placement) -> tuple[Filing, ...]:
        """Return the filings that name this placement, or name nothing that is another's."""
        place = (one.batch, one.enterprise, one.position)
        found = self._filed.get(place)
        if found is None:
            found = self._filed[place] = [
                filing
                for filing in self._filings
                if filing.batch in ("", one.batch)
                and filing.enterprise in ("", one.enterprise)
                and filing.position in ("", one.position)
            ]
        return tuple(filing for filing in found if filing.student in ("", one.student))


_NONE: Mapping[str, bool] = {}
_STUDENT, _CLASS, _MAJOR = Student(id=""), SchoolClass(id=""), Major(id="")
_BATCH, _POSITION, _ENTERPRISE = PlacementBatch(id=""), Position(id=""), Enterprise(id="")
_TRIPARTITE, _CONSENT, _REQUEST = Tripartite(id=""), Consent(id=""), Application(id="")
_ASSESSMENT, _AGREEMENT, _SCORE = SiteAssessment(id=""), Agreement(id=""), Score(id="")


def within(ids: Iterable[str]) -> str:
    """Return ids as the one parameter of ``IN (SELECT value FROM json_each(?))``."""
    return json.dumps(list(ids))


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "student": (
        "name", "sex", "school_class", "id_type", "id_no", "birth_date", "enrol_date",
    ),
    "consent": (
        "student", "batch", "state", "student_signed_on", "guardian_signed_on",
        "lodging_signed_on",
    ),
    "tripartite": (
        "placement", "state", "school", "enterprise", "student", "guardian", "signed_on", "model",
        "fees", "papers_kept", "overtime_consent",
    ),
    "score": ("placement", "grade", "self_summary"),
}  # fmt: skip
"""Of kinds there are thousands of: the fields any rule looks at. The others stay empty."""


def _some(reader: Reader, entity: type[R], field: str, values: Iterable[str]) -> Iterator[R]:
    kind = entity.KIND
    names = ("id", *_NEEDED[kind]) if kind in _NEEDED else columns(kind)[:-1]
    chosen = ", ".join(f'"{name}"' for name in names)
    found = reader.cursor.execute(
        f'SELECT {chosen} FROM {kind} WHERE "{field}" IN (SELECT value FROM json_each(?))',
        (within(values),),
    )
    empty = dict(entity(id="").__dict__)
    readers = [(name, partial(from_cell, entity.FIELDS[name])) for name in names[1:]]
    known: dict[tuple[str, Any], Any] = {}
    for id, *cells in found.fetchall():
        record = object.__new__(entity)
        row = record.__dict__
        row.update(empty, id=id)
        for (name, read), cell in zip(readers, cells, strict=True):
            key = (name, cell)  # days, choices and amounts are few
            if key not in known:
                known[key] = read(cell)
            row[name] = known[key]
        yield record


def _all(reader: Reader, entity: type[R]) -> Iterator[R]:
    return (one for one in reader.all(entity.KIND) if isinstance(one, entity))


def _by(
    reader: Reader, entity: type[R], field: str, values: Iterable[str], key: Callable[[R], Any]
) -> dict[Any, R]:
    return {key(one): one for one in _some(reader, entity, field, (v for v in values if v))}


def _legs(reader: Reader, students: Iterable[str]) -> dict[str, list[tuple[str, Leg]]]:
    """Return every placement of these students that counts, by student."""
    found: dict[str, list[tuple[str, Leg]]] = defaultdict(list)
    rows = reader.cursor.execute(
        "SELECT p.student, p.id, p.start_date, coalesce(p.end_date, b.end_date, p.start_date),"
        " coalesce(b.type, 'POST'), p.share, p.weekly_hours FROM placement p"
        " LEFT JOIN placement_batch b ON b.id = p.batch"
        " WHERE p.status <> ? AND p.start_date IS NOT NULL"
        " AND p.student IN (SELECT value FROM json_each(?))",
        (PlacementStatus.CANCELLED.name, within(students)),
    )
    for student, id, start, end, type, share, hours in rows.fetchall():
        days = date.fromisoformat(start), date.fromisoformat(end)
        weekly = None if hours is None else Decimal(hours) / 10
        post = type == PlacementType.POST.name
        found[student].append((id, Leg(*days, post, share is not None, weekly)))
    return found


def _standings(
    reader: Reader, hosts: Iterable[str]
) -> dict[str, tuple[date | None, bool, date | None]]:
    """Return by enterprise: first placement ever, accepted by a meeting, published since."""
    wanted = within(hosts)
    first = reader.cursor.execute(
        "SELECT p.enterprise, min(coalesce(b.start_date, p.start_date)) FROM placement p"
        " LEFT JOIN placement_batch b ON b.id = p.batch WHERE p.status <> ?"
        " AND p.enterprise IN (SELECT value FROM json_each(?)) GROUP BY 1",
        (PlacementStatus.CANCELLED.name, wanted),
    ).fetchall()
    decided = reader.cursor.execute(
        "SELECT d.enterprise, min(m.published_from) FROM decided d"
        " JOIN decision m ON m.id = d.decision WHERE d.verdict <> ?"
        " AND d.enterprise IN (SELECT value FROM json_each(?)) GROUP BY 1",
        (Verdict.REFUSED.name, wanted),
    ).fetchall()
    published = {id: traces.day(text) for id, text in decided}
    since = {id: traces.day(text) for id, text in first}
    return {id: (since.get(id), id in published, published.get(id)) for id in {*since, *published}}
