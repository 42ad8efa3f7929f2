"""The papers of placements: which each one needs, and how far it is, read in a few questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xqhz_desktop.domain import papers
from xqhz_desktop.domain.agreement import PartyState, Tripartite, TripartiteState
from xqhz_desktop.domain.assessment import Grade
from xqhz_desktop.domain.guidance import JournalKind
from xqhz_desktop.domain.papers import Case, Document, Level
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus, PlacementType
from xqhz_desktop.domain.preparation import (
    Application,
    ApplicationState,
    Consent,
    ConsentState,
    FilingState,
)
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader

_PAGE = 500
_OVER = (PlacementStatus.ENDED, PlacementStatus.ASSESSED, PlacementStatus.ARCHIVED)


@dataclass(frozen=True)
class Paper:
    """One paper of one placement."""

    document: Document
    level: Level


@dataclass(frozen=True)
class Line:
    """A placement with what people call it, and its papers in order."""

    placement: str
    name: str
    student_no: str
    class_name: str
    enterprise: str
    papers: tuple[Paper, ...]

    @property
    def lacking(self) -> tuple[Paper, ...]:
        """Return the papers that are not there yet."""
        return tuple(one for one in self.papers if one.level is not Level.READY)

    def level(self, paper: str) -> Level | None:
        """Return how far a paper is, None where it is not needed."""
        return next((one.level for one in self.papers if one.document.name == paper), None)


def of_batch(work: Work, batch: str) -> list[Line]:
    """Return the placements of a batch that count, by class and student number."""
    with work.store.read() as reader:
        return lines(reader, batch)


def lines(reader: Reader, batch: str) -> list[Line]:
    """Return the placements of a batch that count, the last leg of each."""
    rows = reader.cursor.execute(
        "SELECT p.id, s.name, s.student_no, coalesce(c.name, ''), e.name FROM placement p"
        " JOIN student s ON s.id = p.student JOIN enterprise e ON e.id = p.enterprise"
        " LEFT JOIN school_class c ON c.id = s.school_class"
        " WHERE p.batch = ? AND p.status <> 'CANCELLED' AND NOT EXISTS"
        " (SELECT 1 FROM placement n WHERE n.continues = p.id AND n.status <> 'CANCELLED')"
        " ORDER BY c.sort_key, s.student_no, p.start_date, p.row",
        (batch,),
    ).fetchall()
    found = of(reader, [row[0] for row in rows])
    return [Line(row[0], row[1], row[2] or "", row[3], row[4], found[row[0]]) for row in rows]


def of(reader: Reader, placements: Sequence[str]) -> dict[str, tuple[Paper, ...]]:
    """Return the papers each of these placements needs, by placement."""
    found: dict[str, tuple[Paper, ...]] = {}
    school = next((one for one in reader.all("school") if isinstance(one, School)), School())
    for start in range(0, len(placements), _PAGE):
        some = list(reader.some("placement", placements[start : start + _PAGE]))
        legs = [one for one in some if isinstance(one, Placement)]
        known = _Known(reader, legs)
        for one in legs:
            needed = papers.needed(known.case(one, school))
            found[one.id] = tuple(Paper(each, _level(known, one, each)) for each in needed)
    return found


def missing(lines: Iterable[Line]) -> Counter[str]:
    """Return how many placements lack each paper, by the paper's name."""
    return Counter(one.document.name for line in lines for one in line.lacking)


def _level(known: _Known, leg: Placement, document: Document) -> Level:
    if document.file is not None and document.file.name in known.files[leg.id]:
        return Level.READY
    proof = _PROOFS.get(document.name)
    return proof(known, leg) if proof else Level.MISSING


class _Known:
    """What is on record for some placements, by placement, student or batch."""

    def __init__(self, reader: Reader, legs: Sequence[Placement]) -> None:
        self._reader = reader
        ids, people = [one.id for one in legs], list({one.student for one in legs})
        self.students = {one.id: one for one in reader.some("student", people)}
        hosts = {one.enterprise for one in legs}
        found = reader.cells("enterprise", ("id", "region"), hosts)
        self.regions = {id: str(region or "") for id, region in found}
        some = reader.some("placement_batch", {one.batch for one in legs} - {""})
        self.batches = {one.id: one for one in some if isinstance(one, PlacementBatch)}
        self.agreements = {
            one.placement: one
            for one in self._records("tripartite", "placement", ids)
            if isinstance(one, Tripartite) and one.state is not TripartiteState.VOIDED
        }
        self.consents = {
            (one.student, one.batch): one
            for one in self._records("consent", "student", people)
            if isinstance(one, Consent)
        }
        self.requests = defaultdict[str, list[Application]](list)
        for one in self._records("application", "student", people):
            if isinstance(one, Application):
                self.requests[one.student].append(one)
        self.files = self._files(legs)
        self._read_rows(ids, people)

    def _read_rows(self, ids: Sequence[str], people: Sequence[str]) -> None:
        """Read what only its columns are needed of."""
        self.covers = self._grouped(
            "SELECT c.student, coalesce(c.start_date, p.start_date),"
            " coalesce(c.end_date, p.end_date) FROM cover c JOIN policy p ON p.id = c.policy"
            " WHERE c.student IN ({marks})",
            people,
        )
        self.trained = self._grouped(
            "SELECT r.student, coalesce(t.batch, ''), r.attended AND r.passed"
            " FROM training_result r JOIN training t ON t.id = r.training"
            " WHERE r.student IN ({marks}) AND t.kind IN ('SAFETY', 'ENTERPRISE')",
            people,
        )
        self.scored = self._grouped(
            "SELECT placement, grade FROM score WHERE placement IN ({marks})", ids
        )
        self.reported = self._grouped(
            "SELECT placement, kind FROM student_report WHERE placement IN ({marks})", ids
        )
        self.filings = self._reader.cursor.execute(
            "SELECT coalesce(batch, ''), coalesce(enterprise, ''), coalesce(student, ''), state"
            " FROM filing WHERE kind IN ('CROSS_PROVINCE', 'OVERSEAS')"
        ).fetchall()

    def case(self, leg: Placement, school: School) -> Case:
        """Return what decides which papers a placement needs."""
        student, batch = self.students.get(leg.student), self.batches.get(leg.batch)
        start = leg.start_date or date.today()
        region = self.regions.get(leg.enterprise, "")
        return Case(
            type=batch.type if batch else PlacementType.POST,
            arrangement=leg.arrangement,
            lodging=leg.lodging,
            age=student.age_on(start) if isinstance(student, Student) else None,
            elsewhere=bool(region and school.region and region[:2] != school.region[:2]),
            over=leg.status in _OVER,
        )

    def _files(self, legs: Sequence[Placement]) -> defaultdict[str, set[str]]:
        """Return the types of the files of each placement, its agreement and its consent."""
        owners: dict[str, list[str]] = defaultdict(list)
        for leg in legs:
            owners[leg.id].append(leg.id)
            if leg.id in self.agreements:
                owners[self.agreements[leg.id].id].append(leg.id)
            if consent := self.consents.get((leg.student, leg.batch)):
                owners[consent.id].append(leg.id)
        sql = "SELECT owner, type FROM attachment WHERE owner IN ({marks})"
        found = defaultdict[str, set[str]](set)
        for owner, rows in self._grouped(sql, list(owners)).items():
            for leg_id in owners[owner]:
                found[leg_id] |= {type for (type,) in rows}
        return found

    def _records(self, kind: str, field: str, values: Sequence[str]) -> Iterable[Any]:
        sql = f'SELECT "{field}", id FROM {kind} WHERE "{field}" IN ({{marks}})'
        ids = [row[0] for rows in self._grouped(sql, values).values() for row in rows]
        return self._reader.some(kind, ids)

    def _grouped(self, sql: str, values: Sequence[str]) -> Mapping[str, list[tuple[Any, ...]]]:
        """Return the rest of the rows of a question by their first column."""
        found = defaultdict[str, list[tuple[Any, ...]]](list)
        for start in range(0, len(values), _PAGE):
            part = values[start : start + _PAGE]
            marks = ",".join("?" * len(part))
            for first, *rest in self._reader.cursor.execute(sql.format(marks=marks), part):
                found[first].append(tuple(rest))
        return found


def _agreement(known: _Known, leg: Placement) -> Level:
    one = known.agreements.get(leg.id)
    if one is None:
        return Level.MISSING
    done = one.state in (TripartiteState.EFFECTIVE, TripartiteState.ARCHIVED)
    return Level.READY if done else Level.STARTED


def _consent(known: _Known, leg: Placement) -> Level:
    one = known.consents.get((leg.student, leg.batch))
    if one is None or one.state in (ConsentState.OPEN, ConsentState.REFUSED):
        return Level.MISSING
    return Level.STARTED if one.state is ConsentState.PRINTED else Level.READY


def _guardian(known: _Known, leg: Placement) -> Level:
    one, agreement = known.consents.get((leg.student, leg.batch)), known.agreements.get(leg.id)
    signed = (
        one is not None and bool(one.guardian_signed_on),
        agreement is not None and agreement.guardian is not PartyState.OPEN,
    )
    return Level.READY if all(signed) else Level.STARTED if any(signed) else Level.MISSING


def _insurance(known: _Known, leg: Placement) -> Level:
    first = leg.start_date.isoformat() if leg.start_date else ""
    last = leg.end_date.isoformat() if leg.end_date else first
    spans = known.covers.get(leg.student, [])
    if any((start or "") <= first and (end or "9999") >= last for start, end in spans):
        return Level.READY
    here = any((start or "") <= last and (end or "9999") >= first for start, end in spans)
    return Level.STARTED if here else Level.MISSING


def _training(known: _Known, leg: Placement) -> Level:
    some = [good for batch, good in known.trained.get(leg.student, []) if batch in ("", leg.batch)]
    return Level.READY if any(some) else Level.STARTED if some else Level.MISSING


def _application(known: _Known, leg: Placement) -> Level:
    some = [one for one in known.requests[leg.student] if one.batch in ("", leg.batch)]
    if any(one.state is ApplicationState.ACCEPTED for one in some):
        return Level.READY
    return Level.STARTED if some else Level.MISSING


def _lodging(known: _Known, leg: Placement) -> Level:
    one = known.consents.get((leg.student, leg.batch))
    return Level.READY if one is not None and one.lodging_signed_on else Level.MISSING


def _filing(known: _Known, leg: Placement) -> Level:
    """Look for a filing that names nothing else than what the placement has."""
    mine = (leg.batch, leg.enterprise, leg.student)
    states = {
        state
        for *named, state in known.filings
        if all(one in ("", own) for one, own in zip(named, mine, strict=True))
    }
    if states & {FilingState.FILED.name, FilingState.NOT_NEEDED.name}:
        return Level.READY
    return Level.STARTED if states else Level.MISSING


def _report(known: _Known, leg: Placement) -> Level:
    kinds = {kind for (kind,) in known.reported.get(leg.id, [])}
    if JournalKind.SUMMARY.name in kinds:
        return Level.READY
    return Level.STARTED if kinds else Level.MISSING


def _score(known: _Known, leg: Placement) -> Level:
    grades = {grade for (grade,) in known.scored.get(leg.id, [])}
    if grades - {Grade.OPEN.name}:
        return Level.READY
    return Level.STARTED if grades else Level.MISSING


_PROOFS: Mapping[str, Callable[[_Known, Placement], Level]] = {
    "agreement": _agreement,
    "consent": _consent,
    "guardian": _guardian,
    "insurance": _insurance,
    "training": _training,
    "application": _application,
    "lodging": _lodging,
    "filing": _filing,
    "report": _report,
    "score": _score,
}
"""What the records say of a paper; one that is not named here is proved by its file alone."""
