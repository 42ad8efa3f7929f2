"""What is on record for placements before and after their start, read in a few questions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xqhz_desktop.domain import readiness
from xqhz_desktop.domain.agreement import TripartiteState
from xqhz_desktop.domain.assessment import Grade
from xqhz_desktop.domain.guidance import VisitState
from xqhz_desktop.domain.insurance import InsuranceKind
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus, PlacementType
from xqhz_desktop.domain.preparation import (
    Conclusion,
    ConsentState,
    FilingKind,
    FilingState,
    TrainingKind,
    Verdict,
)
from xqhz_desktop.domain.readiness import Host, Intern, Item, State
from xqhz_desktop.storage.store import Reader

_RECOMMENDED = (Conclusion.ACCEPT.name, Conclusion.CONDITIONAL.name)
_ACCEPTED = (Verdict.ACCEPTED.name, Verdict.CONDITIONAL.name)
_BINDING = frozenset(one.name for one in readiness.BINDING)
_TAUGHT = (TrainingKind.MOBILISATION.name, TrainingKind.RULES.name)


@dataclass(frozen=True, slots=True)
class Line:
    """One placement with what people call it, and what of it is there."""

    intern: Intern
    states: Mapping[Item, State]
    placement: str
    student: str
    enterprise: str
    batch: str
    name: str
    student_no: str
    class_name: str
    host: str
    region: str
    born: str
    """Birth date as ISO text, or ""."""


def of_batch(reader: Reader, batch: PlacementBatch, today: date) -> list[Line]:
    """Return every placement of a batch that counts, by class and student number."""
    return _lines(reader, ("p.batch = ?", (batch.id,)), {batch.id: batch}, today)


def of_placements(reader: Reader, ids: Sequence[str], today: date) -> dict[str, Line]:
    """Return placements by id, cancelled ones and closed legs left out."""
    scope = ("p.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
    known = reader.cursor.execute(
        f"SELECT DISTINCT p.batch FROM placement p WHERE {scope[0]}", scope[1]
    ).fetchall()
    some = reader.some("placement_batch", [id for (id,) in known if id])
    batches = {one.id: one for one in some if isinstance(one, PlacementBatch)}
    return {one.placement: one for one in _lines(reader, scope, batches, today)}


Scope = tuple[str, tuple[Any, ...]]
"""A condition on placement p, and its values."""


def _lines(
    reader: Reader, scope: Scope, batches: Mapping[str, PlacementBatch], today: date
) -> list[Line]:
    """Return the lines of a scope; what is alike is worked out once and shared."""
    kinds = {id: one.type for id, one in batches.items()}
    taught = _taught(reader)
    nothing = dict.fromkeys(readiness.OF_BATCH, State.NONE)
    shared = {id: readiness.of_batch(one, taught=id in taught) for id, one in batches.items()}
    hosts = {id: _Hosts(reader, id) for id in (*batches, "")}
    merging = _Merging(kinds, today)
    at_host: dict[tuple[str, str], Host] = {}
    found = []
    for row, one in _interns(reader, scope):
        batch, key = row[3] or "", (row[3] or "", row[2])
        if key not in at_host:
            at_host[key] = hosts[batch].of(row[2], row[8] or "")
        states = merging.states(batch, at_host[key], one, shared.get(batch, nothing))
        found.append(Line(one, states, *_texts(row)))
    return found


class _Merging:
    """Works out the states of every pair of enterprise and intern once."""

    def __init__(self, kinds: Mapping[str, PlacementType], today: date) -> None:
        self._kinds, self._today = kinds, today
        self._known: dict[tuple[str, bool, bool, bool, bool, int], Mapping[Item, State]] = {}

    def states(
        self, batch: str, host: Host, one: Intern, shared: Mapping[Item, State]
    ) -> Mapping[Item, State]:
        """Return the states of a placement; `one` is kept by whoever asks."""
        key = (batch, host.assessed, host.decided, host.filed, host.exempt, id(one))
        if key not in self._known:
            kind = self._kinds.get(batch, PlacementType.POST)
            self._known[key] = {
                **readiness.of_host(host, kind),
                **shared,
                **readiness.of_intern(one, kind, self._today),
            }
        return self._known[key]


def _taught(reader: Reader) -> set[str]:
    """Return the batches that had a preparation meeting, or a lesson on rules and discipline."""
    found = reader.cursor.execute("SELECT batch FROM training WHERE kind IN (?, ?)", _TAUGHT)
    return {batch for (batch,) in found.fetchall()}


_PEOPLE = """
SELECT p.id, p.student, p.enterprise, p.batch, s.name, s.student_no, c.name, e.name, e.region,
       coalesce(s.birth_date, substr(s.id_no, 7, 4) || '-' || substr(s.id_no, 11, 2)
                || '-' || substr(s.id_no, 13, 2)),
       p.status, p.start_date, p.end_date, p.tutor, p.mentor, p.unpapered
FROM placement p
JOIN student s ON s.id = p.student
JOIN enterprise e ON e.id = p.enterprise
LEFT JOIN school_class c ON c.id = s.school_class
WHERE {scope} AND p.status <> 'CANCELLED'
  AND NOT EXISTS (SELECT 1 FROM placement n WHERE n.continues = p.id AND n.status <> 'CANCELLED')
ORDER BY c.sort_key, s.student_no, p.start_date, p.row
"""


def _interns(reader: Reader, scope: Scope) -> Iterator[tuple[Sequence[Any], Intern]]:
    """Yield the row of each placement with what is known of it; the same facts are one object."""
    people = reader.cursor.execute(_PEOPLE.format(scope=scope[0]), scope[1]).fetchall()
    known = _Papers(reader, scope)
    alike: dict[_Facts, Intern] = {}
    for row in people:
        id, student, batch = row[0], row[1], row[3]
        trained = known.trained.get(student, _NO)
        facts = (
            row[10],
            row[11],
            row[12],
            known.consents.get((student, batch), ""),
            known.agreements.get(id, ""),
            tuple(known.covers.get(student, ())),
            batch in trained or None in trained,
            bool(row[13] and row[14]),
            id in known.cared or student in known.visited,
            id in known.scored,
            bool(row[15]),
        )
        if facts not in alike:
            alike[facts] = _intern(facts)
        yield row, alike[facts]


_NO: frozenset[str | None] = frozenset()
_Facts = tuple[
    str, str | None, str | None, str, str, tuple[tuple[str, str], ...], bool, bool, bool, bool, bool
]
"""What an `Intern` is made from, as the database has it."""


def _intern(facts: _Facts) -> Intern:
    status, start, end, consent, agreement, covers, trained, guided, cared, scored, told = facts
    day = date.fromisoformat
    return Intern(
        status=PlacementStatus[status],
        start=day(start) if start else None,
        end=day(end) if end else None,
        consent=ConsentState[consent] if consent else None,
        agreement=TripartiteState[agreement] if agreement else None,
        trained=trained,
        covered=tuple((day(first), day(last)) for first, last in covers),
        guided=guided,
        cared=cared,
        scored=scored,
        explained=told,
    )


class _Papers:
    """The papers of the placements in a scope, by student or by placement."""

    def __init__(self, reader: Reader, scope: Scope) -> None:
        self._reader, self._where, self._values = reader, scope[0], scope[1]
        self.consents = {
            (student, batch): state
            for student, batch, state in self._of_students(
                "SELECT x.student, x.batch, x.state FROM consent x"
            )
        }
        self.agreements: dict[str, str] = {}
        for id, state in self._of_placements("x.placement, x.state FROM tripartite x"):
            if self.agreements.get(id) not in _BINDING:
                self.agreements[id] = state
        self.trained: dict[str, set[str | None]] = defaultdict(set)
        self._learn()
        self.covers: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._insure()
        self.cared = {id for (id,) in self._of_placements("DISTINCT x.placement FROM attendance x")}
        self.cared |= {
            id for (id,) in self._of_placements("DISTINCT x.placement FROM student_report x")
        }
        self.visited = {
            student
            for (student,) in self._of_students(
                "SELECT x.student FROM visit_student x JOIN visit v ON v.id = x.visit"
                f" AND v.state = '{VisitState.DONE.name}'"
            )
        }
        scores = "DISTINCT x.placement FROM score x"
        scored = f"AND (x.total IS NOT NULL OR x.grade <> '{Grade.OPEN.name}')"
        self.scored = {id for (id,) in self._of_placements(scores, scored)}

    def _learn(self) -> None:
        asked = (
            "SELECT x.student, t.batch, x.passed, x.attended FROM training_result x"
            f" JOIN training t ON t.id = x.training AND t.kind = '{TrainingKind.SAFETY.name}'"
        )
        for student, batch, passed, attended in self._of_students(asked):
            if passed and attended:
                self.trained[student].add(batch)

    def _insure(self) -> None:
        asked = (
            "SELECT x.student, coalesce(x.start_date, y.start_date),"
            " coalesce(x.end_date, y.end_date) FROM cover x JOIN policy y ON y.id = x.policy"
            f" AND y.kind = '{InsuranceKind.INTERNSHIP_LIABILITY.name}'"
        )
        for student, start, end in self._of_students(asked):
            if start and end:
                self.covers[student].append((start, end))

    def _of_students(self, asked: str) -> Iterable[Sequence[Any]]:
        inside = f"x.student IN (SELECT p.student FROM placement p WHERE {self._where})"
        cursor = self._reader.cursor.execute(f"{asked} WHERE {inside}", self._values)
        found: list[Sequence[Any]] = cursor.fetchall()
        return found

    def _of_placements(self, asked: str, more: str = "") -> Iterable[Sequence[Any]]:
        inside = f"x.placement IN (SELECT p.id FROM placement p WHERE {self._where})"
        cursor = self._reader.cursor.execute(f"SELECT {asked} WHERE {inside} {more}", self._values)
        found: list[Sequence[Any]] = cursor.fetchall()
        return found


class _Hosts:
    """What is known of the enterprises of one batch."""

    def __init__(self, reader: Reader, batch: str) -> None:
        cursor = reader.cursor
        visits = cursor.execute(
            "SELECT enterprise, conclusion FROM site_assessment ORDER BY visited_on, row"
        ).fetchall()
        self._assessed = {id for id, last in dict(visits).items() if last in _RECOMMENDED}
        lists = cursor.execute(
            "SELECT d.enterprise, d.verdict FROM decided d JOIN decision m ON m.id = d.decision"
            " WHERE m.published_from IS NOT NULL ORDER BY m.published_from, d.row"
        ).fetchall()
        self._decided = {id for id, last in dict(lists).items() if last in _ACCEPTED}
        home = cursor.execute("SELECT region FROM school").fetchone()
        self._province = (home[0] or "")[:2] if home else ""
        self._filings = cursor.execute(
            "SELECT kind, state, coalesce(enterprise, '') FROM filing"
            " WHERE coalesce(batch, ?) = ? AND student IS NULL AND position IS NULL",
            (batch, batch),
        ).fetchall()

    def of(self, id: str, region: str) -> Host:
        """Return what is known of one enterprise."""
        states = {
            (kind, state) for kind, state, enterprise in self._filings if enterprise in ("", id)
        }
        filed, unneeded = FilingState.FILED.name, FilingState.NOT_NEEDED.name
        regular, far = FilingKind.REGULAR.name, FilingKind.CROSS_PROVINCE.name
        away = bool(region and self._province and region[:2] != self._province)
        done = (regular, filed) in states and (not away or (far, filed) in states)
        exempt = (regular, unneeded) in states and not away
        return Host(id in self._assessed, id in self._decided, done, exempt)


def _texts(row: Sequence[Any]) -> Any:
    """Return the first cells of a row as texts."""
    return [cell or "" for cell in row[:10]]
