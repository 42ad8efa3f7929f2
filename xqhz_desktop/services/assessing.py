"""The assessment of a batch: who is to be assessed, what was given, saved as one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xqhz_desktop.domain import grading
from xqhz_desktop.domain.assessment import Grade, Score, Sitting
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus
from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import undecided
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.sync.laptop import Registers

_LIVE = """
SELECT p.id, coalesce(p.continues, ''), p.student, s.name, s.student_no,
       coalesce(s.school_class, ''), coalesce(c.name, ''), e.name, p.status
FROM placement p
JOIN student s ON s.id = p.student
JOIN enterprise e ON e.id = p.enterprise
LEFT JOIN school_class c ON c.id = s.school_class
WHERE p.batch = ? AND p.status <> ?
ORDER BY c.sort_key, s.student_no, s.sort_key, p.start_date, p.row
"""


@dataclass(frozen=True)
class Line:
    """One student to be assessed: the last leg of a placement, and the score it has or will have.

    ``stored``: the score is in the database. ``disputed``: copies disagree about it, so that it
    is decided under Conflicts and not typed here.
    """

    placement: str
    student: str
    name: str
    student_no: str
    class_id: str
    class_name: str
    enterprise: str
    status: PlacementStatus
    score: Score
    stored: bool = False
    disputed: bool = False

    @property
    def assessed(self) -> bool:
        """Tell whether there is a grade."""
        return self.score.grade is not Grade.OPEN


@dataclass(frozen=True)
class Sheet:
    """The assessment of one batch in one moment, by class and student number.

    Its numbers balance: ``due`` students of its classes are placed, take no part, or are open.
    """

    batch: PlacementBatch
    lines: tuple[Line, ...]
    due: int
    absent: int
    open: int

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the scores that have a weight, and those somebody gave all the same."""
        weights = zip(grading.PARTS, self.batch.weights, strict=True)
        return tuple(
            name
            for name, weight in weights
            if weight or any(getattr(line.score, name) is not None for line in self.lines)
        )

    @property
    def outdated(self) -> tuple[Score, ...]:
        """Return the scores whose total no longer follows from their parts, computed again."""
        weights = self.batch.weights
        made = (grading.graded(one.score, weights) for one in self.lines if one.stored)
        kept = {one.score for one in self.lines}
        return tuple(one for one in made if one not in kept)


def sheet(work: Work, batch: str) -> Sheet:
    """Return the assessment of a batch; raise NotFound for one that is gone."""
    with work.store.read() as reader:
        found = reader.get("placement_batch", batch)
        if not isinstance(found, PlacementBatch):
            raise NotFound(Message("This batch does not exist any more."), code="NOT_FOUND")
        rows = reader.cursor.execute(_LIVE, (batch, PlacementStatus.CANCELLED.name)).fetchall()
        scores = {**_unplaced(reader, batch), **given(reader, batch)}
        disputed = {id for kind, id in Registers(reader).open_ones(least=2) if kind == Score.KIND}
        due, absent = _due(reader, batch), _absent(reader, batch)
    placed = {row[2] for row in rows}
    rest = due - placed
    lines = tuple(_lines(rows, scores, disputed))
    return Sheet(found, lines, len(due), len(rest & absent), len(rest - absent))


def save(work: Work, batch: PlacementBatch, edits: Mapping[str, Mapping[str, Any]]) -> int:
    """Save what was typed, by placement and field, with totals and grades, as one step.

    Return the step's number, 0 if nothing changed. Raises UserError (code ``UNDECIDED``) for a
    score copies disagree about, InvalidRecord for a value that cannot be one.
    """
    text = NN_("Assessed in {batch}: {n} student", "Assessed in {batch}: {n} students")
    title = Message(text, batch=batch.name, n=len(edits))
    now = {one.placement: one for one in sheet(work, batch.id).lines}
    with work.store.change(title, work.actor) as change:
        for placement, values in edits.items():
            line = now.get(placement)
            if line is None:
                raise NotFound(
                    Message("A placement was removed meanwhile. Its scores were not saved."),
                    code="NOT_FOUND",
                )
            if line.disputed:
                raise UserError(_undecided(line.name), code="UNDECIDED")
            made = grading.graded(line.score.but(**values), batch.weights)
            if problems := made.problems():
                raise InvalidRecord(problems)
            change.put(made)
    return change.number


def compute_again(work: Work, batch: PlacementBatch) -> int:
    """Write the totals and grades the weights of now make, as one step; return how many."""
    found = sheet(work, batch.id).outdated
    text = NN_("{n} total computed again: {batch}", "{n} totals computed again: {batch}")
    with work.store.change(Message(text, n=len(found), batch=batch.name), work.actor) as change:
        for one in found:
            change.put(one)
    return len(found)


def refuse_undecided(work: Work) -> None:
    """Raise UserError while copies disagree about a score or a student: no grade file then."""
    with work.store.read() as reader:
        undecided.refuse(reader, frozenset({Score.KIND, "student"}))


def weights_said(batch: PlacementBatch) -> Message:
    """Say in one sentence how the total is made, rounded and graded."""
    some = [
        Message("{score} {share} %", score=Message(Score.FIELDS[name].label), share=weight)
        for name, weight in zip(grading.PARTS, batch.weights, strict=True)
        if weight
    ]
    steps = grading.scale("four")
    return Message(
        "Total: {parts}, rounded half up to one decimal. Excellent from {first}, good from "
        "{second}, pass from {third}.",
        parts=some,
        first=steps[0].least,
        second=steps[1].least,
        third=steps[2].least,
    )


def given(reader: Reader, batch: str) -> dict[str, Score]:
    """Return the scores of a batch by placement; a resit counts more than what was before."""
    rows = reader.cursor.execute(
        "SELECT o.id FROM score o JOIN placement p ON p.id = o.placement WHERE p.batch = ?",
        (batch,),
    ).fetchall()
    order = list(Sitting)
    found = [one for one in reader.some(Score.KIND, [r[0] for r in rows]) if isinstance(one, Score)]
    found.sort(key=lambda one: (order.index(one.sitting) == 1, one.id))
    return {one.placement: one for one in found}


def counts(lines: Iterable[Line]) -> dict[Grade, int]:
    """Return how many have each grade."""
    found = dict.fromkeys(Grade, 0)
    for line in lines:
        found[line.score.grade] += 1
    return found


def fields_typed() -> tuple[str, ...]:
    """Return the fields a grid is typed into: the parts, and which sitting it was."""
    return (*grading.PARTS, "sitting")


def read(field: str, text: str) -> Any:
    """Return the value of a cell of the grid; raise UserError where it is none."""
    if field in grading.PARTS:
        return grading.read(text)
    described = Score.FIELDS[field]
    return described.parse(text) if text.strip() else Sitting.REGULAR


def _undecided(name: str) -> Message:
    return Message(
        "Two copies disagree about the score of {name}. Decide it under Conflicts first.", name=name
    )


def _lines(
    rows: list[tuple[str, ...]], scores: Mapping[str, Score], disputed: set[str]
) -> Iterable[Line]:
    """Yield the last legs; a score given to an earlier leg counts for the whole placement."""
    before = {row[0]: row[1] for row in rows}
    gone_on = set(before.values())
    for row in rows:
        if row[0] in gone_on:
            continue
        found, leg, seen = None, row[0], set[str]()
        while leg and leg not in seen and found is None:
            seen.add(leg)
            found, leg = scores.get(leg), before.get(leg, "")
        found = found or scores.get(row[2])
        score = found or Score(student=row[2])
        if not score.placement:
            score = score.but(placement=row[0])
        yield Line(
            placement=row[0],
            student=row[2],
            name=row[3],
            student_no=row[4] or "",
            class_id=row[5],
            class_name=row[6],
            enterprise=row[7],
            status=PlacementStatus[row[8]],
            score=score,
            stored=found is not None,
            disputed=score.id in disputed,
        )


def _unplaced(reader: Reader, batch: str) -> dict[str, Score]:
    """Return scores that name no placement, as lists of grades do, by student.

    They are those of this batch where the student was in no other.
    """
    rows = reader.cursor.execute(
        "SELECT o.id FROM score o WHERE coalesce(o.placement, '') = '' AND o.student IN"
        " (SELECT student FROM placement WHERE batch = ? AND status <> 'CANCELLED') AND 1 ="
        " (SELECT count(DISTINCT coalesce(p.batch, '')) FROM placement p"
        " WHERE p.student = o.student AND p.status <> 'CANCELLED')",
        (batch,),
    ).fetchall()
    some = reader.some(Score.KIND, [row[0] for row in rows])
    return {one.student: one for one in some if isinstance(one, Score)}


def _due(reader: Reader, batch: str) -> set[str]:
    found = reader.cursor.execute(
        "SELECT s.id FROM student s JOIN batch_class b ON b.school_class = s.school_class "
        "WHERE b.batch = ? AND s.status IN (?,?)",
        (batch, StudentStatus.ENROLLED.name, StudentStatus.GRADUATED.name),
    )
    return {id for (id,) in found.fetchall()}


def _absent(reader: Reader, batch: str) -> set[str]:
    found = reader.cursor.execute("SELECT student FROM non_participant WHERE batch = ?", (batch,))
    return {id for (id,) in found.fetchall()}
