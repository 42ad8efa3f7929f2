"""Surveys of a batch: paper sheets typed in row by row, and what they say of each enterprise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xqhz_desktop.domain.assessment import Asked, Survey
from xqhz_desktop.domain.grading import rounded
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services.text_entry import TextEntry
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Reader

MARKS = ("match", "guidance", "conditions", "safety", "satisfied")
"""What is asked, each from 1 to 5."""

_ROWS = """
SELECT p.student, s.name, s.student_no, coalesce(c.name, ''), p.enterprise, e.name
FROM placement p
JOIN student s ON s.id = p.student
JOIN enterprise e ON e.id = p.enterprise
LEFT JOIN school_class c ON c.id = s.school_class
WHERE p.batch = ? AND p.status <> ?
ORDER BY c.sort_key, s.student_no, s.sort_key, p.start_date, p.row
"""


@dataclass(frozen=True)
class Line:
    """One sheet of paper: who answers about which enterprise, and what was typed in before."""

    key: str
    name: str
    beside: str
    enterprise: str
    survey: Survey

    @property
    def answered(self) -> bool:
        """Tell whether there is any mark."""
        return any(getattr(self.survey, one) is not None for one in MARKS)


@dataclass(frozen=True)
class Result:
    """What was said of one enterprise: sheets of students and of itself, and the mean marks."""

    enterprise: str
    name: str
    students: int
    own: int
    means: Mapping[str, Decimal | None]
    """Of the students' marks, one decimal, by question; None where nobody answered."""

    @property
    def mean(self) -> Decimal | None:
        """Return the mean of all questions."""
        some = [one for one in self.means.values() if one is not None]
        return rounded(sum(some, Decimal(0)) / len(some)) if some else None


def lines(work: Work, batch: str, asked: Asked) -> list[Line]:
    """Return a line for every student of a batch, or for every enterprise; raise NotFound."""
    with work.store.read() as reader:
        return list(_lines(reader, _batch(reader, batch), asked))


def save(work: Work, batch: str, asked: Asked, edits: Mapping[str, Mapping[str, Any]]) -> int:
    """Save what was typed, by line and field, as one step; return its number."""
    with work.store.read() as reader:
        plan = _batch(reader, batch)
        now = {one.key: one for one in _lines(reader, plan, asked)}
    text = NN_("Survey of {batch}: {n} sheet", "Survey of {batch}: {n} sheets")
    with work.store.change(Message(text, batch=plan.name, n=len(edits)), work.actor) as change:
        for key, values in edits.items():
            if key not in now:
                raise NotFound(
                    Message("A placement was removed meanwhile. Its sheet was not saved."),
                    code="NOT_FOUND",
                )
            made = now[key].survey.but(**values)
            if problems := made.problems():
                raise InvalidRecord(problems)
            change.put(made)
    return change.number


def results(work: Work, batch: str) -> list[Result]:
    """Return what was said of each enterprise of a batch, the lowest mean first."""
    with work.store.read() as reader:
        answers = defaultdict[str, list[Survey]](list)
        for one in reader.all(Survey.KIND, batch=batch):
            if isinstance(one, Survey):
                answers[one.enterprise].append(one)
        names = reader.names("enterprise", answers)
    found = [_result(id, names.get(id, ""), some) for id, some in answers.items()]
    return sorted(found, key=lambda one: (one.mean is None, one.mean or 0, one.name))


class SurveyEntry(TextEntry):
    """The marks typed in and not saved yet, by sheet and question."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Begin with sheets as they are stored."""
        super().__init__()
        self.lines = {one.key: one for one in lines}

    def read(self, field: str, text: str) -> Any:
        """Return the mark in a text."""
        return read(text)

    def stored(self, key: str, field: str) -> Any:
        """Return what was typed in before."""
        return getattr(self.lines[key].survey, field)

    def open(self, key: str) -> bool:
        """Tell whether there is such a sheet."""
        return key in self.lines


def read(text: str) -> int | None:
    """Return the mark in a text, None for an empty one; raise UserError for what is none."""
    plain = text.strip().translate(str.maketrans("１２３４５", "12345"))
    if not plain:
        return None
    if plain not in ("1", "2", "3", "4", "5"):
        raise UserError(Message("Marks go from 1 to 5."))
    return int(plain)


def _batch(reader: Reader, id: str) -> PlacementBatch:
    found = reader.get("placement_batch", id)
    if not isinstance(found, PlacementBatch):
        raise NotFound(Message("This batch does not exist any more."), code="NOT_FOUND")
    return found


def _lines(reader: Reader, batch: PlacementBatch, asked: Asked) -> Iterable[Line]:
    given = {
        (one.student if asked is Asked.STUDENT else "", one.enterprise): one
        for one in reader.all(Survey.KIND, batch=batch.id, asked=asked)
        if isinstance(one, Survey)
    }
    rows = reader.cursor.execute(_ROWS, (batch.id, PlacementStatus.CANCELLED.name)).fetchall()
    seen = set[tuple[str, str]]()
    for student, name, number, class_name, host, host_name in rows:
        who = (student if asked is Asked.STUDENT else "", host)
        if who in seen:
            continue
        seen.add(who)
        new = Survey(enterprise=host, batch=batch.id, asked=asked, student=who[0])
        survey = given.get(who, new)
        if asked is Asked.STUDENT:
            beside = " | ".join(filter(None, (number, class_name)))
            yield Line(f"{student} {host}", name, beside, host_name, survey)
        else:
            yield Line(host, host_name, "", host_name, survey)


def _result(id: str, name: str, some: Sequence[Survey]) -> Result:
    students = [one for one in some if one.asked is Asked.STUDENT]
    means: dict[str, Decimal | None] = {}
    for mark in MARKS:
        values = [value for one in students if (value := getattr(one, mark)) is not None]
        means[mark] = rounded(Decimal(sum(values)) / len(values)) if values else None
    return Result(id, name, len(students), len(some) - len(students), means)
