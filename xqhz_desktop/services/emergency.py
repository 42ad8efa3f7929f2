"""The emergency card of a student: whom to call, where they are, who insures them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.guidance import Incident
from xqhz_desktop.domain.insurance import Cover, Policy
from xqhz_desktop.domain.placement import Placement, PlacementStatus
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.reports.emergency_card import EmergencyQuestions, Lines, tell
from xqhz_desktop.reports.kit import Edition, Printed, printed
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.storage.store import Reader

MOST = 12
"""Students offered for what was typed."""

_THERE = (PlacementStatus.RUNNING, PlacementStatus.SUSPENDED, PlacementStatus.CHANGING)


@dataclass(frozen=True)
class Person:
    """A student as found: name, class, number, and where they are now."""

    id: str
    name: str
    class_name: str
    student_no: str
    enterprise: str


@dataclass(frozen=True)
class Line:
    """One line of the card: what it is, the name, and the number to call."""

    label: str
    text: str
    call: str = ""


@dataclass(frozen=True)
class Card:
    """Everything on the card; `placement` is the one of today, empty without one."""

    student: Student
    class_name: str
    placement: str
    lines: tuple[Line, ...]
    earlier: tuple[Incident, ...]
    """What has happened before, the newest first."""


def people(work: Work, words: str, on: date) -> list[Person]:
    """Return students whom words find, those on placement on a day first."""
    if not words.strip():
        return []
    with work.store.read() as reader:
        found = queries.found(reader, Query("student", words)).rows[: 4 * MOST]
        rows = [row for row in queries.rows(reader, "student", found) if row]
        hosts = _hosts(reader, [row.record.id for row in rows], on)
    some = [
        Person(
            row.record.id,
            row.record.called,
            row.names.get("school_class", ""),
            getattr(row.record, "student_no", ""),
            hosts.get(row.record.id, ""),
        )
        for row in rows
    ]
    return sorted(some, key=lambda one: not one.enterprise)[:MOST]


def card(work: Work, student: str, on: date) -> Card:
    """Return the card of a student as of a day; raise NotFound for one that is gone."""
    with work.store.read() as reader:
        person = reader.get("student", student)
        if not isinstance(person, Student):
            raise NotFound(Message("This student does not exist any more."), code="NOT_FOUND")
        room = reader.names("school_class", [person.school_class]).get(person.school_class, "")
        placement = _placement(reader, student, on)
        lines = (
            Line(N_("Guardian"), _guardian(person), person.guardian_phone),
            Line(N_("Student"), f"{person.name} {room}".strip(), person.phone),
            *(_at(reader, placement) if placement else ()),
            *_insured(reader, student, on),
            *_school(reader),
        )
        earlier = _earlier(reader, student)
    shown = tuple(one for one in lines if one.text or one.call)
    return Card(person, room, placement.id if placement else "", shown, earlier)


def paper(work: Work, one: Card, edition: Edition) -> Printed:
    """Return a card as a PDF in large letters."""
    with work.store.read() as reader:
        school = next((one for one in reader.all("school") if isinstance(one, School)), School())
    lines = tuple((line.label, line.text, line.call) for line in one.lines)
    told = Lines(school, one.student.name, f"{one.class_name} {one.student.student_no}", lines)
    return printed(tell(told, EmergencyQuestions(), edition), edition)


def _hosts(reader: Reader, students: list[str], on: date) -> dict[str, str]:
    """Return the name of the enterprise where each student is on a day."""
    marks, there = ",".join("?" * len(students)), ",".join("?" * len(_THERE))
    found = reader.cursor.execute(
        "SELECT p.student, e.name FROM placement p JOIN enterprise e ON e.id = p.enterprise"
        f" WHERE p.student IN ({marks}) AND p.status IN ({there})"
        " AND p.start_date <= ? AND coalesce(p.end_date, '9999') >= ?",
        [*students, *(one.name for one in _THERE), on.isoformat(), on.isoformat()],
    )
    return {str(student): str(name) for student, name in found.fetchall()}


def _placement(reader: Reader, student: str, on: date) -> Placement | None:
    """Return the placement of a day, the one under way before any other."""
    some = [
        one
        for one in reader.all("placement", student=student)
        if isinstance(one, Placement) and one.status is not PlacementStatus.CANCELLED
        if one.start_date and one.start_date <= on and (not one.end_date or on <= one.end_date)
    ]
    some.sort(key=lambda one: (one.status in _THERE, one.start_date), reverse=True)
    return some[0] if some else None


def _guardian(person: Student) -> str:
    return str(person.guardian_name)


def _at(reader: Reader, placement: Placement) -> tuple[Line, ...]:
    """Return the enterprise, its contact, the hospital, mentor and tutor."""
    host = reader.get("enterprise", placement.enterprise)
    lines: list[Line] = []
    if isinstance(host, Enterprise):
        lines += [
            Line(N_("Enterprise"), host.name, host.emergency_phone or host.phone),
            Line(N_("Contact"), host.contact, host.phone if host.emergency_phone else ""),
            Line(N_("Address"), host.address),
            Line(N_("Nearest hospital"), host.hospital),
        ]
    for label, kind, id in (
        (N_("Workplace mentor"), "mentor", placement.mentor),
        (N_("School tutor"), "staff", placement.tutor),
    ):
        person: Any = reader.get(kind, id) if id else None
        if person is not None:
            lines.append(Line(label, person.name, getattr(person, "phone", "")))
    return tuple(lines)


def _insured(reader: Reader, student: str, on: date) -> tuple[Line, ...]:
    """Return the policies that cover a student on a day."""
    lines = []
    for cover in reader.all("cover", student=student):
        assert isinstance(cover, Cover)
        policy = reader.get("policy", cover.policy)
        if not isinstance(policy, Policy):
            continue
        start, end = cover.start_date or policy.start_date, cover.end_date or policy.end_date
        if start and end and start <= on <= end:
            text = f"{policy.name} {policy.policy_no}"
            lines.append(Line(policy.kind.value, text, policy.phone))
    return tuple(lines)


def _school(reader: Reader) -> tuple[Line, ...]:
    school = next((one for one in reader.all("school") if isinstance(one, School)), None)
    return (Line(N_("School"), school.name, school.phone),) if school else ()


def _earlier(reader: Reader, student: str) -> tuple[Incident, ...]:
    ids = [one.id for one in reader.all("placement", student=student)]
    some = [
        one
        for id in ids
        for one in reader.all("incident", placement=id)
        if isinstance(one, Incident)
    ]
    return tuple(sorted(some, key=lambda one: one.happened_on or date.min, reverse=True))
