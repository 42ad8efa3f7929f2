"""What students and the school left behind: training, insurance, visits, attendance, pay."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from xqhz_desktop.compliance.facts import Guided, Insured, Paid, Reported, Trained, Worked
from xqhz_desktop.domain.attendance import DAYS, Day, Mark, read_day
from xqhz_desktop.domain.guidance import Answer, JournalKind, VisitState, VisitWay
from xqhz_desktop.domain.insurance import InsuranceKind, Payer
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.preparation import TrainingKind
from xqhz_desktop.storage.store import Reader

UNTRAINED, UNWORKED, UNPAID = Trained(), Worked(), Paid()
_ONE_OF = "IN (SELECT value FROM json_each(?))"
_WEEK = 7


@dataclass(frozen=True)
class Traces:
    """What there is, by placement, student, student and batch, enterprise or position."""

    trained: Mapping[tuple[str, str], Trained]
    insured: Mapping[str, tuple[Insured, ...]]
    reports: Mapping[str, tuple[date | None, int, bool]]
    visits: Mapping[str, tuple[date | None, date | None]]
    """By enterprise: the last sign of a check, the last visit on site or by video."""
    worked: Mapping[str, Worked]
    paid: Mapping[str, Paid]
    complaints: Mapping[str, Reported]
    unreviewed: Mapping[str, int]
    files: Mapping[str, int]
    answers: Mapping[str, Mapping[str, bool]]

    def safety(self, one: Placement) -> Trained:
        """Return the training of one intern for the batch, else one for no batch."""
        found = self.trained.get((one.student, one.batch))
        return found or self.trained.get((one.student, ""), UNTRAINED)

    def guided(self, one: Placement) -> Guided:
        """Return how the school looked after one intern."""
        checked, visited = self.visits.get(one.enterprise, (None, None))
        reported, count, summary = self.reports.get(one.id, (None, 0, False))
        last = max((day for day in (checked, reported) if day), default=None)
        return Guided(last, visited, reported, count, summary)

    def reported(self, one: Placement) -> Reported:
        """Return what visits and surveys say about the enterprise of one intern."""
        return self.complaints.get(one.enterprise, _QUIET)


_QUIET = Reported()


def read(reader: Reader, placements: Iterable[str], students: Iterable[str], on: date) -> Traces:
    """Return the traces of some placements and their students until a day."""
    held, people = json.dumps(list(placements)), json.dumps(list(students))
    return Traces(
        _trained(reader, people),
        _insured(reader, people),
        _reports(reader, held, on),
        _visits(reader, on),
        _worked(reader, held),
        _paid(reader, held, on),
        _complaints(reader),
        _counted(
            reader,
            f"SELECT placement, count(*) FROM extra_agreement WHERE state <> 'ALLOWED'"
            f" AND placement {_ONE_OF} GROUP BY 1",
            held,
        ),
        _counted(
            reader,
            f"SELECT owner, count(*) FROM attachment WHERE of_kind = 'placement'"
            f" AND owner {_ONE_OF} GROUP BY 1",
            held,
        ),
        _answers(reader),
    )


def day(text: str | None) -> date | None:
    """Return the day of a cell."""
    return date.fromisoformat(text) if text else None


def _trained(reader: Reader, people: str) -> dict[tuple[str, str], Trained]:
    rows = reader.cursor.execute(
        "SELECT r.student, coalesce(t.batch, ''), t.held_on,"
        " r.attended AND (r.passed OR NOT t.exam)"
        " FROM training_result r JOIN training t ON t.id = r.training"
        f" WHERE t.kind = ? AND r.student {_ONE_OF} ORDER BY 4, t.held_on DESC",
        (TrainingKind.SAFETY.name, people),
    )
    return {
        (student, batch): Trained(day(held), bool(passed))
        for student, batch, held, passed in rows.fetchall()
    }


def _insured(reader: Reader, people: str) -> dict[str, tuple[Insured, ...]]:
    rows = reader.cursor.execute(
        "SELECT c.student, p.kind, coalesce(c.start_date, p.start_date),"
        " coalesce(c.end_date, p.end_date), p.payer, p.purchaser FROM cover c"
        f" JOIN policy p ON p.id = c.policy WHERE c.student {_ONE_OF}",
        (people,),
    )
    found: dict[str, list[Insured]] = defaultdict(list)
    for student, *policy in rows.fetchall():
        if (made := _policy(*policy)) is not None:
            found[student].append(made)
    return {student: tuple(some) for student, some in found.items()}


@lru_cache(4096)
def _policy(kind: str, start: str, end: str, payer: str, purchaser: str) -> Insured | None:
    """Return one policy; a class shares one. None where it has no days."""
    if not start or not end:
        return None
    days = date.fromisoformat(start), date.fromisoformat(end)
    return Insured(InsuranceKind[kind], *days, Payer[payer], Payer[purchaser])


def _reports(reader: Reader, held: str, on: date) -> dict[str, tuple[date | None, int, bool]]:
    rows = reader.cursor.execute(
        "SELECT placement, max(received_on), sum(kind <> ?), max(kind = ?) FROM student_report"
        f" WHERE placement {_ONE_OF} AND coalesce(received_on, '') <= ? GROUP BY 1",
        (JournalKind.SUMMARY.name, JournalKind.SUMMARY.name, held, on.isoformat()),
    )
    return {id: (day(last), n, bool(whole)) for id, last, n, whole in rows.fetchall()}


def _visits(reader: Reader, on: date) -> dict[str, tuple[date | None, date | None]]:
    rows = reader.cursor.execute(
        "SELECT enterprise, max(made_on), max(CASE WHEN way <> ? THEN made_on END) FROM visit"
        " WHERE state = ? AND made_on <= ? GROUP BY 1",
        (VisitWay.PHONE.name, VisitState.DONE.name, on.isoformat()),
    )
    return {id: (day(checked), day(visited)) for id, checked, visited in rows.fetchall()}


def _paid(reader: Reader, held: str, on: date) -> dict[str, Paid]:
    rows = reader.cursor.execute(
        "SELECT placement, max(CASE WHEN paid_on <= ? THEN paid_on END), max(in_kind),"
        f" max(NOT directly) FROM pay WHERE placement {_ONE_OF} GROUP BY 1",
        (on.isoformat(), held),
    )
    return {id: Paid(day(last), bool(kind), bool(other)) for id, last, kind, other in rows}


def _complaints(reader: Reader) -> dict[str, Reported]:
    bad = Answer.PROBLEM.name
    seen = reader.cursor.execute(
        "SELECT enterprise, max(fees = ?), max(papers = ?), max(agencies = ?), max(trouble)"
        " FROM visit WHERE settled_on IS NULL AND ? IN (fees, papers, agencies) GROUP BY 1",
        (bad, bad, bad, bad),
    ).fetchall()
    told = reader.cursor.execute(
        "SELECT enterprise, max(fees) FROM survey WHERE fees <> '' GROUP BY 1"
    ).fetchall()
    fees = dict(told)
    found = {id: Reported(str(text)) for id, text in fees.items()}
    for id, fee, papers, agencies, trouble in seen:
        said = fees.get(id, "") or ((trouble or "!") if fee else "")
        found[id] = Reported(str(said), bool(papers), bool(agencies))
    return found


def _answers(reader: Reader) -> dict[str, dict[str, bool]]:
    rows = reader.cursor.execute(
        "SELECT position, word, applies FROM work_answer ORDER BY answered_on, id"
    )
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for position, word, applies in rows.fetchall():
        found[position][word] = bool(applies)
    return found


def _counted(reader: Reader, question: str, held: str) -> dict[str, int]:
    return dict(reader.cursor.execute(question, (held,)).fetchall())


def _worked(reader: Reader, held: str) -> dict[str, Worked]:
    """Return what attendance says beyond plain days; a month of plain ones is read once."""
    names = ", ".join(DAYS)
    rows = reader.cursor.execute(
        f"SELECT placement, month, {names} FROM attendance WHERE placement {_ONE_OF}"
        " ORDER BY placement, month",
        (held,),
    )
    found: dict[str, Worked] = {}
    streaks: dict[str, tuple[date, int]] = {}
    for id, month, *cells in rows.fetchall():
        if any(cells):
            seen, streaks[id] = _month(month, tuple(cells), streaks.get(id))
            found[id] = _joined(found[id], seen) if id in found else seen
    return found


def _joined(one: Worked, other: Worked) -> Worked:
    longer = (other.longest or 0) > (one.longest or 0)
    return Worked(
        other.longest if longer else one.longest,
        other.longest_on if longer else one.longest_on,
        one.night_on or other.night_on,
        one.seventh_on or other.seventh_on,
    )


def _month(
    month: str, cells: tuple[str, ...], before: tuple[date, int] | None
) -> tuple[Worked, tuple[date, int]]:
    """Return what one month says, and the last day worked with the days worked in a row."""
    first = date.fromisoformat(f"{month}-01")
    last, streak = before or (first - timedelta(2), 0)
    longest: Decimal | None = None
    longest_on = night = seventh = None
    for n, text in enumerate(cells):
        one = _read(text) if text else None
        if one is None or not one.worked:
            continue
        today = first + timedelta(n)
        streak = streak + 1 if (today - last).days == 1 else 1
        last = today
        hours = (one.hours or Decimal(0)) + (one.overtime or Decimal(0))
        if one.overtime and one.hours is None:
            hours += 8  # overtime on top of a whole day
        if hours and (longest is None or hours > longest):
            longest, longest_on = hours, today
        if one.mark is Mark.NIGHT:
            night = night or today
        if streak == _WEEK:
            seventh = seventh or today
    return Worked(longest, longest_on, night, seventh), (last, streak)


@lru_cache(4096)
def _read(text: str) -> Day | None:
    """Return the day of a cell; None for a mark of a newer version."""
    try:
        return read_day(text)
    except ValueError:
        return None
