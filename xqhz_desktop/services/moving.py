"""Moving placements through their life: looked at first, then written as one step with its day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.domain import journey, readiness
from xqhz_desktop.domain.journey import Standing, Step
from xqhz_desktop.domain.placement import (
    Placement,
    PlacementBatch,
    PlacementStatus,
    PlacementType,
)
from xqhz_desktop.domain.readiness import Item
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import InvalidRecord, NotFound, UserError
from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.services import checking, proofs
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change, Reader

_PAGE = 500


@dataclass(frozen=True)
class Wish:
    """Where placements are to go; without a day each goes on its usual one."""

    to: PlacementStatus
    day: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """One placement and what would become of it; `problem` keeps it as it is."""

    placement: Placement
    name: str
    step: Step
    problem: Message | None = None
    lacking: tuple[Item, ...] = ()
    """What it still needs before its start."""


@dataclass(frozen=True)
class Preview:
    """What a move would do, in the order asked for."""

    wish: Wish
    lines: tuple[Line, ...]

    @property
    def moving(self) -> list[Line]:
        """Return the placements that would move."""
        return [one for one in self.lines if one.problem is None]

    @property
    def refused(self) -> list[Line]:
        """Return those that stay, each with the reason."""
        return [one for one in self.lines if one.problem is not None]


@dataclass(frozen=True)
class Done:
    """What a move did: the step's number, 0 if nothing moved, and who stayed."""

    step: int
    moved: int
    refused: tuple[Line, ...]


def preview(work: Work, placements: Sequence[str], wish: Wish, today: date) -> Preview:
    """Return what would become of each placement; nothing is written."""
    with work.store.read() as reader:
        return Preview(wish, tuple(_lines(reader, placements, wish, today)))


def move(work: Work, placements: Sequence[str], wish: Wish, today: date) -> Done:
    """Move those that may as one step; the others stay and say why."""
    text = NN_("{n} placement: {status}", "{n} placements: {status}")
    with work.store.read() as reader:
        n = sum(one.problem is None for one in _lines(reader, placements, wish, today))
    title = Message(text, n=n, status=wish.to)
    with work.store.change(title, work.actor, reason=wish.reason.strip()) as change:
        plan = Preview(wish, tuple(_lines(change, placements, wish, today)))
        by = actor(change, work)
        for one in plan.moving:
            change.put(journey.after(one.placement, one.step))
            change.put(journey.event(one.placement, one.step, by))
    return Done(change.number, len(plan.moving), tuple(plan.refused))


def move_one(work: Work, placement: str, wish: Wish, today: date) -> int:
    """Move one placement; raise UserError (code ``REFUSED``) in one sentence where it may not."""
    done = move(work, [placement], wish, today)
    for one in done.refused:
        assert one.problem is not None, "what is refused has its reason"
        raise UserError(one.problem, code="REFUSED")
    return done.step


def move_some(work: Work, placements: Sequence[str], wish: Wish, today: date) -> int:
    """Move those that may; raise UserError where nobody does, with the first reason."""
    done = move(work, placements, wish, today)
    if not done.moved and done.refused and done.refused[0].problem is not None:
        raise UserError(done.refused[0].problem, code="REFUSED")
    return done.step


def ways(
    work: Work, placement: str, today: date
) -> dict[PlacementStatus, tuple[Message | None, bool]]:
    """Return what may follow by status: why not yet (None: it may), and if a reason is asked."""
    with work.store.read() as reader:
        one = _placement(reader, placement)
        standing = standings(reader, [one], today)[one.id]
    found: dict[PlacementStatus, tuple[Message | None, bool]] = {}
    for to in journey.steps(one.status, standing.kind):
        step = Step(to, journey.usual_day(one, to, today), "-")  # as if a reason were given
        found[to] = (journey.refusal(one, step, standing), journey.reason_needed(one, step))
    return found


def edited(reader: Reader, some: Iterable[Record], today: date) -> dict[str, Message]:
    """Return why a status typed into a form is not taken over, by the id of the placement.

    The reason is what stands in “why it ended or was suspended”.
    """
    pairs = _edited(reader, some)
    known = standings(reader, [old for old, _new in pairs], today)
    found = {}
    for old, new in pairs:
        if problem := journey.refusal(old, _step_of(old, new, today), known[old.id]):
            found[old.id] = problem
    return found


def note(change: Change, some: Iterable[Record], work: Work, today: date) -> None:
    """Leave an event for every placement about to get another status; raise where it may not.

    To be called before the records are put.
    """
    pairs = _edited(change, some)
    if not pairs:
        return
    if refused := edited(change, [new for _old, new in pairs], today):
        raise InvalidRecord({"status": next(iter(refused.values()))})
    by = actor(change, work)
    for old, new in pairs:
        change.put(journey.event(old, _step_of(old, new, today), by))


def standings(reader: Reader, some: Sequence[Placement], today: date) -> Mapping[str, Standing]:
    """Return what the world says of each placement, by its id."""
    ids = [one.id for one in some]
    asked = [one.id for one in some if one.status in journey.BEFORE]
    ended = [one.id for one in some if one.status is PlacementStatus.ENDED]
    lines = proofs.of_placements(reader, [*asked, *ended], today)
    forbidden = checking.refusals(reader, asked, today) if asked else {}
    last = _last_days(reader, ids)
    batches = reader.some("placement_batch", [one.batch for one in some if one.batch])
    kinds = {one.id: one.type for one in batches if isinstance(one, PlacementBatch)}
    found = {}
    for one in some:
        line = lines.get(one.id)
        lacking: tuple[Item, ...] = ()
        if line and one.status in journey.BEFORE:
            lacking = readiness.lacking(line.states, explained=line.intern.explained)
        found[one.id] = Standing(
            today,
            kinds.get(one.batch, PlacementType.POST),
            lacking,
            bool(line and line.intern.scored),
            last.get(one.id),
            forbidden.get(one.id),
        )
    return found


def current(reader: Reader, student: str) -> Placement:
    """Return the one placement of a student that goes on; raise where there is none or several."""
    some = [one for one in reader.all("placement", student=student) if isinstance(one, Placement)]
    followed = {one.continues for one in some}
    over = (PlacementStatus.CANCELLED, PlacementStatus.ARCHIVED)
    live = [one for one in some if one.id not in followed and one.status not in over]
    if not live:
        raise NotFound(Message("This student has no placement that goes on."), code="NOT_FOUND")
    running = [one for one in live if one.status in journey.ON_POST] or live
    if len(running) > 1:
        text = NN_("There is {n} placement of this student. Use the id.",
                   "There are {n} placements of this student. Use the id.")  # fmt: skip
        raise UserError(Message(text, n=len(running)), code="AMBIGUOUS")
    return running[0]


def actor(reader: Reader, work: Work) -> str:
    """Return the id of who works here, "" for somebody who is in no list of the school."""
    return work.actor.id if reader.count("staff", id=work.actor.id) else ""


def _lines(reader: Reader, ids: Sequence[str], wish: Wish, today: date) -> list[Line]:
    wanted = list(dict.fromkeys(ids))
    some = {one.id: one for one in reader.some("placement", wanted) if isinstance(one, Placement)}
    if gone := len(wanted) - len(some):
        text = NN_(
            "{n} placement does not exist any more.", "{n} placements do not exist any more."
        )
        raise NotFound(Message(text, n=gone), code="NOT_FOUND")
    ordered = [some[id] for id in wanted]
    known = standings(reader, ordered, today)
    names = reader.names("student", [one.student for one in ordered])
    found = []
    for one in ordered:
        day = wish.day or journey.usual_day(one, wish.to, today)
        step = Step(wish.to, day, wish.reason)
        standing = known[one.id]
        problem = journey.refusal(one, step, standing)
        found.append(Line(one, names.get(one.student, ""), step, problem, standing.lacking))
    return found


def _edited(reader: Reader, some: Iterable[Record]) -> list[tuple[Placement, Placement]]:
    """Return the placements that are stored with another status, before and after."""
    new = {one.id: one for one in some if isinstance(one, Placement)}
    stored = reader.some("placement", list(new)) if new else ()
    return [
        (old, new[old.id])
        for old in stored
        if isinstance(old, Placement) and old.status is not new[old.id].status
    ]


def _step_of(old: Placement, new: Placement, today: date) -> Step:
    """Return the step an edited form means: its day is the end that was typed, or the usual one."""
    day = journey.usual_day(old, new.status, today)
    if new.status is PlacementStatus.ENDED and new.end_date and new.end_date != old.end_date:
        day = new.end_date
    return Step(new.status, day, new.end_reason)


def _last_days(reader: Reader, ids: Sequence[str]) -> dict[str, date]:
    """Return the day of the newest change of status, by placement."""
    found: dict[str, date] = {}
    for start in range(0, len(ids), _PAGE):
        part = list(ids[start : start + _PAGE])
        rows = reader.cursor.execute(
            "SELECT placement, max(\"day\") FROM placement_event WHERE after <> ''"
            f" AND NOT coalesce(undone, 0) AND placement IN ({','.join('?' * len(part))})"
            " GROUP BY 1",
            part,
        )
        found |= {id: date.fromisoformat(day) for id, day in rows.fetchall() if day}
    return found


def _placement(reader: Reader, id: str) -> Placement:
    found = reader.get("placement", id)
    if not isinstance(found, Placement):
        raise NotFound(Message("This record does not exist any more."), code="NOT_FOUND")
    return found


def counted(preview: Preview) -> Counter[Message]:
    """Return the reasons why placements stay, and how many each keeps."""
    return Counter(one.problem for one in preview.refused if one.problem is not None)
