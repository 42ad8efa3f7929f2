"""Placement batches and the classes that take part, saved as one step."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from xqhz_desktop.domain.placement import BatchClass, PlacementBatch, PlacementStatus, Term
from xqhz_desktop.domain.records import new_id
from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.store import Change, Reader

_YEAR = 52 * 7
"""Days, so that a batch that began on a Monday does again."""


@dataclass(frozen=True)
class Member:
    """A class that could take part: its cohort, enrolled students, and those placed already."""

    id: str
    name: str
    cohort: int | None
    students: int
    placed: int
    chosen: bool


def members(work: Work, batch: str = "") -> list[Member]:
    """Return every class: those of the batch first, then the newest cohort."""
    with work.store.read() as reader:
        students = queries.counts(
            reader,
            "student",
            "school_class",
            queries.Query("student", where=(queries.Where("status", "=", StudentStatus.ENROLLED),)),
        )
        placed = _placed(reader, batch)
        chosen = {one.school_class for one in _links(reader, batch)}
        found = queries.found(reader, queries.Query("school_class")).rows
        classes = [row.record for row in queries.rows(reader, "school_class", found) if row]
    made = [
        Member(
            id=one.id,
            name=one.called,
            cohort=getattr(one, "enrol_year", None),
            students=students.get(one.id, 0),
            placed=placed.get(one.id, 0),
            chosen=one.id in chosen,
        )
        for one in classes
    ]
    return sorted(made, key=lambda one: (not one.chosen, -(one.cohort or 0)))


def save(work: Work, batch: PlacementBatch, classes: Collection[str]) -> int:
    """Save a batch and exactly these classes as one step; return its number, 0 if unchanged.

    Raises InvalidRecord by field, and UserError (code ``PLACED``) when a class would leave whose
    students are placed in the batch.
    """
    problems = batch.problems()
    if problems:
        raise InvalidRecord(problems)
    with work.store.read() as reader:
        known = reader.get("placement_batch", batch.id) is not None
    text = "Batch changed: {name}" if known else "Batch added: {name}"
    with work.store.change(Message(text, name=batch.name), work.actor) as change:
        links = _links(change, batch.id)
        leaving = [one for one in links if one.school_class not in classes]
        _refuse_leaving(change, batch.id, [one.school_class for one in leaving])
        change.put(batch)
        for one in leaving:
            change.remove("batch_class", one.id)
        for id in set(classes) - {one.school_class for one in links}:
            change.put(BatchClass(batch=batch.id, school_class=id))
    return change.number


@dataclass(frozen=True)
class Copied:
    """A batch like an earlier one, not stored yet, and the classes that would take part."""

    batch: PlacementBatch
    classes: tuple[str, ...]


def copied(work: Work, batch: str, *, name: str = "", start: date | None = None) -> Copied:
    """Return a plan like an earlier batch, a year (52 weeks) later, for the classes a year below.

    Rules, weights and who is in charge stay; what must be approved anew is empty.
    """
    with work.store.read() as reader:
        old = reader.get("placement_batch", batch)
        if not isinstance(old, PlacementBatch):
            raise NotFound(Message("This record does not exist any more."), code="NOT_FOUND")
        classes = tuple(_year_below(reader, batch))
    begun = old.start_date or date.today()
    first = start or begun + timedelta(_YEAR)
    last = first + ((old.end_date or begun) - begun)
    new = old.but(
        id=new_id(),
        name=name.strip() or _next_year(old.name),
        school_year=_next_year(old.school_year) if old.school_year else "",
        start_date=first,
        end_date=last,
        plan_no="",
        plan_approved_on=None,
        rules_agreed_on=None,
        safety_rules_on=None,
        emergency_plan_on=None,
        note="",
    )
    return Copied(new, classes)


def fresh(on: date) -> PlacementBatch:
    """Return a new batch of the school year and term of a day; the second begins in February."""
    second = 2 <= on.month < 8
    year = on.year if on.month >= 8 else on.year - 1
    term = Term.SECOND if second else Term.FIRST
    return PlacementBatch(school_year=f"{year}—{year + 1}", term=term)


def _year_below(reader: Reader, batch: str) -> list[str]:
    """Return the classes of the same majors that enrolled a year after those of a batch."""
    found = reader.cursor.execute(
        "SELECT DISTINCT n.id FROM batch_class b JOIN school_class c ON c.id = b.school_class"
        " JOIN school_class n ON n.major = c.major AND n.enrol_year = c.enrol_year + 1"
        " WHERE b.batch = ? ORDER BY n.sort_key, n.row",
        (batch,),
    )
    return [id for (id,) in found.fetchall()]


def _next_year(text: str) -> str:
    """Return a name with every year in it one higher: 2024级岗位实习 → 2025级岗位实习."""
    moved = re.sub(r"(?<!\d)20\d\d(?!\d)", lambda year: str(int(year.group()) + 1), text)
    return moved if moved != text else f"{text} +1"


TITLES = (Message("Batch changed: {name}"), Message("Batch added: {name}"))
"""The titles of the steps, for the catalogue."""


def _links(reader: Reader, batch: str) -> list[BatchClass]:
    return [one for one in reader.all("batch_class", batch=batch) if isinstance(one, BatchClass)]


def _placed(reader: Reader, batch: str) -> dict[str, int]:
    """Return how many students of each class are placed in the batch."""
    found = reader.cursor.execute(
        "SELECT s.school_class, count(*) FROM placement p JOIN student s ON s.id = p.student "
        "WHERE p.batch = ? AND p.status <> ? GROUP BY 1",
        (batch, PlacementStatus.CANCELLED.name),
    )
    return {id: int(n) for id, n in found.fetchall()}


def _refuse_leaving(change: Change, batch: str, classes: list[str]) -> None:
    placed = _placed(change, batch)
    held = next((one for one in classes if placed.get(one)), "")
    if not held:
        return
    text = NN_(
        "{name} stays: {n} student of this class is placed. Take that placement back first.",
        "{name} stays: {n} students of this class are placed. Take those placements back first.",
    )
    name = change.names("school_class", [held]).get(held, "")
    raise UserError(Message(text, name=name, n=placed[held]), code="PLACED")
