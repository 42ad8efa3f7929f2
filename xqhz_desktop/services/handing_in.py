"""Students' reports: how many came in of those owed, which are missing, and reading them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.domain.guidance import JournalKind, ReviewState, StudentReport
from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.domain.quota import KINDS, due_days, owed
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import rosters, rule_packs
from xqhz_desktop.services.rosters import Scope, Seat
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change, Reader

MOST = 1_200
"""Interns in one list; more are asked for by class or enterprise."""

_LATEST = 20_000
"""Reports in which the comments written most often are looked for."""

FIRST_COMMENTS = (
    N_("Complete and carefully written. Keep it up."),
    N_("Describe one task of the week in detail: what you did, how, and what you learned."),
    N_("Write more about what was difficult and how you solved it."),
    N_("Too short. Write it again with at least 300 characters."),
    N_("Mind your own safety at work, and tell your tutor when something is not right."),
)
"""Comments to begin with; what a school writes itself stands before them."""


@dataclass(frozen=True)
class Writer:
    """One intern: what is owed, and what came in."""

    seat: Seat
    owed: int
    """Reports that should have come by now."""
    whole: int
    """Reports of the whole placement."""
    received: tuple[int, ...]
    came: int
    """Reports of any kind that came in."""
    unread: int
    again: int
    last: date | None
    summary: bool
    """The internship report at the end has come in."""

    @property
    def missing(self) -> tuple[int, ...]:
        """Return the numbers that should have come and have not."""
        return tuple(sorted(set(range(1, self.owed + 1)) - set(self.received)))


@dataclass(frozen=True)
class Board:
    """The reports of a batch, read in one moment."""

    scope: Scope
    batch: PlacementBatch
    kind: JournalKind | None
    """What students of the batch hand in; None where they hand in nothing."""
    writers: tuple[Writer, ...]
    count: int
    """How many interns there are; more than `MOST` are not read."""

    @property
    def owed(self) -> int:
        """Return how many reports should have come."""
        return sum(one.owed for one in self.writers)

    @property
    def received(self) -> int:
        """Return how many of those owed have come."""
        return sum(one.owed - len(one.missing) for one in self.writers)

    @property
    def read_share(self) -> int:
        """Return how many percent of the reports that came have been read (批阅率)."""
        came = sum(one.came for one in self.writers)
        return round(100 * (came - sum(one.unread for one in self.writers)) / came) if came else 0


def board(work: Work, scope: Scope, on: date, most: int | None = None) -> Board:
    """Return who owes what on a day."""
    with work.store.read() as reader:
        batch = reader.get("placement_batch", scope.batch)
        if not isinstance(batch, PlacementBatch):
            raise NotFound(Message("This batch does not exist any more."), code="NOT_FOUND")
        count = rosters.count(reader, scope, last=on.isoformat())
        few = count <= (MOST if most is None else most)
        some = rosters.seats(reader, scope, last=on.isoformat()) if few else []
        works = rule_packs.of(reader).calendar.works
        came = _received(reader, [one.placement for one in some])
    kind = KINDS.get(batch.report_cycle)
    spans = {(one.start, one.end or batch.end_date) for one in some}
    days = {span: due_days(batch.report_cycle, *span, works) for span in spans}
    writers = tuple(
        _writer(one, days[one.start, one.end or batch.end_date], came[one.placement], (kind, on))
        for one in some
    )
    return Board(scope, batch, kind, writers, count)


def receive(work: Work, scope: Scope, placements: Sequence[str], number: int, on: date) -> int:
    """Note report `number` as received for many; 0 stands for the first each still owes.

    Returns how many reports that is; raises UserError where nobody owes it.
    """
    found = board(work, scope, on)
    kind = found.kind or JournalKind.SUMMARY
    wanted = set(placements)
    new = [
        StudentReport(placement=one.seat.placement, kind=kind, number=which, received_on=on)
        for one in found.writers
        if one.seat.placement in wanted
        and (which := number or next(iter(one.missing), 0))
        and which not in one.received
    ]
    if not new:
        raise UserError(Message("None of them owes this report."), code="NOTHING")
    title = Message(NN_("{n} report received", "{n} reports received"), n=len(new))
    return _put(work, new, title)


def receive_summary(work: Work, placements: Sequence[str], on: date) -> int:
    """Note the internship report as received for many; return for how many it is new."""
    with work.store.read() as reader:
        there = _reports(reader, placements, kind=JournalKind.SUMMARY.name)
    have = {one.placement for one in there}
    new = [
        StudentReport(placement=one, kind=JournalKind.SUMMARY, number=1, received_on=on)
        for one in placements
        if one not in have
    ]
    title = Message(NN_("{n} report received", "{n} reports received"), n=len(new))
    return _put(work, new, title)


@dataclass(frozen=True)
class Review:
    """What is said of reports: read or to be written again, a grade, a comment, on which day."""

    state: ReviewState
    grade: str
    comment: str
    on: date


def review(work: Work, placements: Sequence[str], said: Review) -> int:
    """Review every report of these interns that nobody has read; return how many."""
    with work.store.read() as reader:
        unread = _reports(reader, placements, state=ReviewState.OPEN.name)
    if not unread:
        raise UserError(Message("Everything of theirs has been read."), code="NOTHING")
    changed = [
        one.but(
            state=said.state,
            grade=said.grade or one.grade,
            comment=said.comment or one.comment,
            read_on=said.on,
        )
        for one in unread
    ]
    title = Message(NN_("{n} report reviewed", "{n} reports reviewed"), n=len(changed))
    return _put(work, changed, title)


def comments(work: Work, limit: int = 12) -> list[str]:
    """Return the comments the school writes most often, the most frequent first."""
    with work.store.read() as reader:
        found = reader.cursor.execute(
            "SELECT comment FROM (SELECT comment FROM student_report"
            " WHERE state <> ? AND coalesce(comment, '') <> ''"
            " AND row > (SELECT max(row) FROM student_report) - ?)"
            " GROUP BY comment ORDER BY count(*) DESC, comment LIMIT ?",
            (ReviewState.OPEN.name, _LATEST, limit),
        )
        return [str(comment) for (comment,) in found.fetchall()]


def _put(work: Work, some: Sequence[StudentReport], title: Message) -> int:
    with work.store.change(title, work.actor) as change:
        _refuse_lost(change, {one.placement for one in some})
        for one in some:
            if problems := one.problems():
                raise InvalidRecord(problems)
            change.put(one)
    return len(some)


def _refuse_lost(change: Change, placements: set[str]) -> None:
    if len(list(change.cells("placement", ("id",), placements))) < len(placements):
        raise NotFound(Message("This placement does not exist any more."), code="NOT_FOUND")


def _reports(reader: Reader, placements: Sequence[str], **equal: str) -> list[StudentReport]:
    some = rosters.belonging(reader, "student_report", placements, **equal)
    return [one for one in some if isinstance(one, StudentReport)]


def _received(reader: Reader, placements: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return kind, number, state and day of every report by placement."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for start in range(0, len(placements), 500):
        part = list(placements[start : start + 500])
        rows = reader.cursor.execute(
            "SELECT placement, kind, number, state, received_on FROM student_report"
            f" WHERE placement IN ({','.join('?' * len(part))})",
            part,
        ).fetchall()
        for placement, *rest in rows:
            found[placement].append(tuple(rest))
    return found


def _writer(
    seat: Seat,
    days: list[date],
    came: Sequence[tuple[str, ...]],
    asked: tuple[JournalKind | None, date],
) -> Writer:
    kind, on = asked
    mine = [one for one in came if kind is not None and one[0] == kind.name]
    states = [one[2] for one in came]
    last = max((one[3] for one in came if one[3]), default="")
    return Writer(
        seat=seat,
        owed=owed(days, on),
        whole=len(days),
        received=tuple(sorted(int(one[1]) for one in mine)),
        came=len(came),
        unread=states.count(ReviewState.OPEN.name),
        again=states.count(ReviewState.AGAIN.name),
        last=date.fromisoformat(last) if last else None,
        summary=any(one[0] == JournalKind.SUMMARY.name for one in came),
    )
