"""What needs a coordinator's eye today: nine lists, this week's days, the latest changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.student import StudentStatus
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import history, placing
from xqhz_desktop.services.history import Step
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import figures, queries
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.storage.store import Reader

SOON = 30
"""Days before the end of a placement from which it is shown."""

ON_POST = (PlacementStatus.RUNNING, PlacementStatus.SUSPENDED, PlacementStatus.CHANGING)
COMING = (PlacementStatus.PLANNED, PlacementStatus.ASSIGNED, PlacementStatus.AGREEING)
PARTNERS = (Partnership.SIGNED, Partnership.ACTIVE)
_LINES = 3


@dataclass(frozen=True)
class Line:
    """One of the worst cases under a figure: what it is, and how bad."""

    text: str
    beside: Message


@dataclass(frozen=True)
class Figure:
    """One card: how many, the list behind the number, up to three of them, and how urgent."""

    name: str
    count: int
    query: Query
    lines: tuple[Line, ...] = ()
    beside: Message | None = None
    urgent: Message | None = None
    tone: str = "warn"


@dataclass(frozen=True)
class Day:
    """One day of the week and what begins and ends on it."""

    day: date
    items: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Today:
    """Everything the page shows. `students` and the like are 0 in a new workspace."""

    students: int
    enterprises: int
    batches: int
    figures: tuple[Figure, ...]
    week: tuple[Day, ...]
    steps: tuple[Step, ...]


def look(work: Work, on: date) -> Today:
    """Gather everything for one day; takes some tens of milliseconds for a large school."""
    batch = _batch_of(placing.batches(work), on)
    first = _unplaced(work, batch, on)
    with work.store.read() as reader:
        rest = tuple(make(reader, on) for make in _FIGURES)
        week = _week(reader, on)
        counts = [reader.count(kind) for kind in ("student", "enterprise", "placement_batch")]
    steps = tuple(history.steps(work, 8))
    return Today(counts[0], counts[1], counts[2], (first, *rest), week, steps)


def _batch_of(batches: list[PlacementBatch], on: date) -> PlacementBatch | None:
    """Return the batch to be filled: the next to begin, else the newest that still runs."""
    coming = [one for one in batches if one.start_date and one.start_date >= on]
    if coming:
        return coming[-1]
    return next((one for one in batches if one.end_date and one.end_date >= on), None)


def _unplaced(work: Work, batch: PlacementBatch | None, on: date) -> Figure:
    open_ones = placing.unplaced(work, batch) if batch else []
    ids = [one.student.id for one in open_ones]
    classes: dict[str, int] = {}
    for one in open_ones:
        classes[one.class_name] = classes.get(one.class_name, 0) + 1
    lines = _most(classes, NN_("{n} student", "{n} students"))
    starts = batch.start_date if batch else None
    urgent, tone = None, "warn"
    if ids and starts:
        left = (starts - on).days
        urgent = (
            Message(NN_("in {n} day", "in {n} days"), n=left) if left > 0 else Message("running")
        )
        tone = "bad" if left <= 14 else "warn"
    beside = Message("{name}", name=batch.name) if batch else None
    query = Query("student", where=(Where("id", "in", tuple(ids)),))
    return Figure("unplaced", len(ids), query, lines, beside, urgent, tone)


def _ending(reader: Reader, on: date) -> Figure:
    last = on + timedelta(days=SOON)
    where = (
        Where("status", "in", ON_POST),
        Where("end_date", ">=", on),
        Where("end_date", "<=", last),
    )
    query = Query("placement", where=where, sort="end_date")
    found = queries.found(reader, query)
    lines, nearest = [], SOON
    for row in queries.rows(reader, "placement", found.rows[:_LINES]):
        if row and isinstance(row.record, Placement) and row.record.end_date:
            left = (row.record.end_date - on).days
            nearest = min(nearest, left)
            beside = Message("{day} | {left}", day=row.record.end_date, left=_days(left))
            lines.append(Line(row.names["student"], beside))
    urgent = Message("nearest: {left}", left=_days(nearest)) if found.total else None
    return Figure("ending", found.total, query, tuple(lines), urgent=urgent)


def _minors(reader: Reader, on: date) -> Figure:
    ids = figures.placed_minors(reader, _eighteen_years_before(on), (*ON_POST, *COMING))
    query = Query("placement", where=(Where("id", "in", tuple(ids)),))
    lines = _by_target(reader, query, "enterprise") if ids else ()
    urgent = Message("consent") if ids else None
    return Figure("minors", len(ids), query, lines, urgent=urgent)


def _guardians(reader: Reader, on: date) -> Figure:
    born_after = _eighteen_years_before(on)
    ids = figures.minors_without_guardian(reader, born_after, StudentStatus.ENROLLED)
    query = Query("student", where=(Where("id", "in", tuple(ids)),))
    lines = _by_target(reader, query, "school_class") if ids else ()
    return Figure("guardians", len(ids), query, lines)


def _tutors(reader: Reader, _on: date) -> Figure:
    where = (Where("tutor", "empty"), Where("status", "in", (*ON_POST, *COMING)))
    return _counted(reader, "tutors", Query("placement", where=where), "enterprise")


def _agreements(reader: Reader, _on: date) -> Figure:
    where = (Where("agreement_no", "empty"), Where("status", "in", (*ON_POST, *COMING)))
    return _counted(reader, "agreements", Query("placement", where=where), "enterprise")


def _posts(reader: Reader, _on: date) -> Figure:
    where = (Where("staff_same_post", "empty"), Where("open", "=", True))
    query = Query("position", where=where)
    found = queries.found(reader, query)
    rows = queries.rows(reader, "position", found.rows[:_LINES])
    lines = [
        Line(row.record.called, Message("{name}", name=row.names["enterprise"]))
        for row in rows
        if row
    ]
    return Figure("posts", found.total, query, tuple(lines))


def _codes(reader: Reader, _on: date) -> Figure:
    where = (Where("uscc", "empty"), Where("no_code_reason", "empty"))
    return _named(reader, "codes", Query("enterprise", where=where))


def _staff_totals(reader: Reader, _on: date) -> Figure:
    where = (Where("staff_total", "empty"), Where("status", "in", PARTNERS))
    return _named(reader, "staff_totals", Query("enterprise", where=where))


_FIGURES: tuple[Callable[[Reader, date], Figure], ...] = (
    _ending,
    _minors,
    _guardians,
    _tutors,
    _agreements,
    _posts,
    _codes,
    _staff_totals,
)


def _counted(reader: Reader, name: str, query: Query, target: str) -> Figure:
    """Return a figure whose lines are the enterprises or classes with the most of them."""
    total = queries.found(reader, query).total
    return Figure(name, total, query, _by_target(reader, query, target) if total else ())


def _named(reader: Reader, name: str, query: Query) -> Figure:
    """Return a figure whose lines are the first records themselves."""
    found = queries.found(reader, query)
    rows = queries.rows(reader, query.kind, found.rows[:_LINES])
    lines = tuple(
        Line(row.record.called, Message(row.record.status.value))
        for row in rows
        if row and isinstance(row.record, Enterprise)
    )
    return Figure(name, found.total, query, lines)


def _by_target(reader: Reader, query: Query, field: str) -> tuple[Line, ...]:
    counts = queries.counts(reader, query.kind, field, query)
    names = reader.names(field, [id for id in counts if id])
    return _most(
        {names.get(id, ""): n for id, n in counts.items() if names.get(id)},
        NN_("{n} student", "{n} students"),
    )


def _most(counts: dict[str, int], unit: tuple[str, str]) -> tuple[Line, ...]:
    most = sorted(counts.items(), key=lambda pair: -pair[1])[:_LINES]
    return tuple(Line(name, Message(unit, n=n)) for name, n in most)


def _week(reader: Reader, on: date) -> tuple[Day, ...]:
    """Return Monday to Sunday of the week of a day."""
    days = [on - timedelta(days=on.weekday() - n) for n in range(7)]
    items: dict[date, list[Message]] = {day: [] for day in days}
    for batch in reader.all("placement_batch"):
        assert isinstance(batch, PlacementBatch)
        if batch.start_date in items:
            items[batch.start_date].append(Message("{name} starts", name=batch.name))
        if batch.end_date in items:
            items[batch.end_date].append(Message("{name} ends", name=batch.name))
    for field, said in _EVENTS.items():
        where = (Where(field, ">=", days[0]), Where(field, "<=", days[-1]))
        found = queries.counts(reader, "placement", field, Query("placement", where=where))
        for day, n in found.items():
            items[day].append(Message(said, n=n))
    return tuple(Day(day, tuple(these)) for day, these in items.items())


_EVENTS = {
    "start_date": NN_("{n} student starts", "{n} students start"),
    "end_date": NN_("{n} student finishes", "{n} students finish"),
}


def _days(left: int) -> Message:
    return Message(NN_("{n} day left", "{n} days left"), n=left)


def _eighteen_years_before(on: date) -> date:
    try:
        return on.replace(year=on.year - placing.ADULT)
    except ValueError:  # 29 February
        return on.replace(year=on.year - placing.ADULT, day=28)
