"""三数一致: register, agreements and insurance of a batch name the same persons, or they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from typing import Any

from xqhz_desktop.domain.agreement import TripartiteState
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.write import OutColumn, write_table
from xqhz_desktop.storage.store import Reader

_IN_FORCE = (TripartiteState.EFFECTIVE.name, TripartiteState.ARCHIVED.name)
_BEGUN = (TripartiteState.DRAFT.name, TripartiteState.SIGNING.name)


class Listed(Enum):
    """How a person stands in one of the lists."""

    YES = N_("there")
    PARTLY = N_("not complete")
    NO = N_("not there")


@dataclass(frozen=True)
class Line:
    """One person and the three lists; `placement` is the one on the register, "" without one."""

    student: str
    placement: str
    name: str
    student_no: str
    class_name: str
    register: Listed
    agreement: Listed
    insurance: Listed

    @property
    def agrees(self) -> bool:
        """Tell whether all three lists have the person."""
        return {self.register, self.agreement, self.insurance} == {Listed.YES}


@dataclass(frozen=True)
class Numbers:
    """The three lists of one batch, every person once, by class and student number."""

    batch: PlacementBatch
    lines: tuple[Line, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return how many are on the register, have an agreement in force, are insured."""
        yes = Listed.YES
        return (
            sum(one.register is yes for one in self.lines),
            sum(one.agreement is yes for one in self.lines),
            sum(one.insurance is yes for one in self.lines),
        )

    @property
    def differing(self) -> tuple[Line, ...]:
        """Return the persons who are not in all three lists."""
        return tuple(one for one in self.lines if not one.agrees)

    @property
    def said(self) -> Message:
        """Say in one sentence how the numbers stand."""
        register, agreement, insurance = self.counts
        same = not self.differing
        return Message(
            "Register {register}, agreements {agreement}, insured {insurance}: {verdict}.",
            register=register,
            agreement=agreement,
            insurance=insurance,
            verdict=Message("the same persons") if same else Message("they differ"),
        )


def of(work: Work, batch: str) -> Numbers:
    """Hold the three lists of a batch against each other; raise NotFound for one that is gone."""
    with work.store.read() as reader:
        found = reader.get("placement_batch", batch)
        if not isinstance(found, PlacementBatch):
            raise NotFound(Message("This batch does not exist any more."), code="NOT_FOUND")
        return Numbers(found, tuple(_lines(reader, found)))


HEADERS = (
    N_("Student number"),
    N_("Name"),
    N_("Class"),
    N_("On the register"),
    N_("Three-party agreement"),
    N_("Insured"),
)


def rows(numbers: Numbers, lang: Language) -> Iterator[list[Any]]:
    """Yield the persons who are not in all three lists, under ``HEADERS``."""
    for one in numbers.differing:
        states = (one.register, one.agreement, one.insurance)
        yield [one.student_no, one.name, one.class_name, *map(lang.say, states)]


def write(numbers: Numbers, path: Path, lang: Language) -> int:
    """Write the differences into a sheet; return how many rows."""
    columns = [OutColumn(lang.say(one), Field(Kind.TEXT, one)) for one in HEADERS]
    return write_table(path, columns, rows(numbers, lang), lang, lang.say(numbers.said))


def _lines(reader: Reader, batch: PlacementBatch) -> Iterator[Line]:
    legs = _legs(reader, batch.id)
    agreements = _agreements(reader, batch.id)
    covers = _covers(reader, batch)
    everybody = {*legs, *agreements, *covers}
    people = reader.cursor.execute(
        "SELECT s.id, s.name, s.student_no, coalesce(c.name, '') FROM student s"
        " LEFT JOIN school_class c ON c.id = s.school_class"
        " ORDER BY c.sort_key, s.student_no, s.sort_key"
    ).fetchall()
    for id, name, number, class_name in people:
        if id not in everybody:
            continue
        mine = legs.get(id, [])
        yield Line(
            student=id,
            placement=mine[-1][0] if mine else "",
            name=name,
            student_no=number or "",
            class_name=class_name,
            register=Listed.YES if mine else Listed.NO,
            agreement=_agreed(agreements.get(id, {}), [leg for leg, *_days in mine]),
            insurance=_insured(covers.get(id, []), mine),
        )


Leg = tuple[str, str, str]
"""A placement with its first and last day as ISO text."""


def _legs(reader: Reader, batch: str) -> dict[str, list[Leg]]:
    """Return the placements that count, by student, the first leg first."""
    found = defaultdict[str, list[Leg]](list)
    rows = reader.cursor.execute(
        "SELECT student, id, coalesce(start_date, ''), coalesce(end_date, start_date, '')"
        " FROM placement WHERE batch = ? AND status <> ? ORDER BY start_date, row",
        (batch, PlacementStatus.CANCELLED.name),
    )
    for student, id, first, last in rows.fetchall():
        found[student].append((id, first, last))
    return found


def _agreements(reader: Reader, batch: str) -> dict[str, dict[str, str]]:
    """Return the state of the agreement of each placement of the batch, by student."""
    found = defaultdict[str, dict[str, str]](dict)
    rows = reader.cursor.execute(
        "SELECT p.student, p.id, t.state FROM tripartite t JOIN placement p ON p.id = t.placement"
        f" WHERE p.batch = ? AND t.state IN ({','.join('?' * 4)})",
        (batch, *_IN_FORCE, *_BEGUN),
    )
    for student, id, state in rows.fetchall():
        if found[student].get(id) not in _IN_FORCE:
            found[student][id] = state
    return {student: states for student, states in found.items() if states}


def _covers(reader: Reader, batch: PlacementBatch) -> dict[str, list[tuple[str, str]]]:
    """Return the insured days of everybody placed in the batch or in its classes, by student."""
    found = defaultdict[str, list[tuple[str, str]]](list)
    first, last = batch.start_date, batch.end_date
    rows = reader.cursor.execute(
        "SELECT c.student, coalesce(c.start_date, y.start_date, ''),"
        " coalesce(c.end_date, y.end_date, '9999') FROM cover c JOIN policy y ON y.id = c.policy"
        " WHERE (c.student IN (SELECT student FROM placement WHERE batch = :batch)"
        " OR c.student IN (SELECT s.id FROM student s JOIN batch_class b"
        " ON b.school_class = s.school_class WHERE b.batch = :batch))"
        " AND coalesce(c.start_date, y.start_date, '') <= :last"
        " AND coalesce(c.end_date, y.end_date, '9999') >= :first",
        {
            "batch": batch.id,
            "first": first.isoformat() if first else "",
            "last": last.isoformat() if last else "9999",
        },
    )
    for student, start, end in rows.fetchall():
        found[student].append((start, end))
    return found


def _agreed(states: dict[str, str], legs: Sequence[str]) -> Listed:
    """Tell whether every leg has its agreement in force; of others one is enough to be there."""
    if not states:
        return Listed.NO
    asked = [states.get(leg, "") for leg in legs] or list(states.values())
    return Listed.YES if all(one in _IN_FORCE for one in asked) else Listed.PARTLY


def _insured(covers: Sequence[tuple[str, str]], legs: Sequence[Leg]) -> Listed:
    """Tell whether every day of every leg is insured; policies may follow one another."""
    if not covers:
        return Listed.NO
    whole = all(_covered(covers, first, last) for _leg, first, last in legs)
    return Listed.YES if whole else Listed.PARTLY


def _covered(covers: Sequence[tuple[str, str]], first: str, last: str) -> bool:
    """Tell whether insured days cover a period without a gap."""
    day = first
    for start, end in sorted(covers):
        if start <= day <= end:
            if end >= last:
                return True
            day = (date.fromisoformat(end) + timedelta(1)).isoformat()
    return False
