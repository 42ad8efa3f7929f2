"""Another enterprise or post on the way, and two hosts at once: legs of one placement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from xqhz_desktop.domain import journey
from xqhz_desktop.domain.agreement import Tripartite
from xqhz_desktop.domain.guidance import EventKind, PlacementEvent
from xqhz_desktop.domain.journey import Step
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import moving, offers, placing
from xqhz_desktop.services.quotas import crowd
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.store import Change, Reader

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Transfer:
    """Where an intern goes on: enterprise and position ("" where it is not known), from a day."""

    enterprise: str
    position: str
    day: date
    reason: str


@dataclass(frozen=True)
class Outlook:
    """What would come of it: the legs before and after, and what deserves a second look."""

    old: Placement
    new: Placement
    warnings: tuple[Message, ...]


def outlook(work: Work, placement: str, wish: Transfer, today: date) -> Outlook:
    """Return what a transfer would do; raise UserError in one sentence where it may not be."""
    with work.store.read() as reader:
        return _outlook(reader, placement, wish, today)


def transfer(work: Work, placement: str, wish: Transfer, today: date) -> Placement:
    """Close a leg and begin the next as one step; the new leg has a draft agreement."""
    with work.store.read() as reader:
        name = _called(reader, _leg(reader, placement))
    title = Message("Change of enterprise or post: {name}", name=name)
    with work.store.change(title, work.actor, reason=wish.reason.strip()) as change:
        plan = _outlook(change, placement, wish, today)
        before = _leg(change, placement)
        by = moving.actor(change, work)
        change.put(plan.old)
        _begin(change, plan.new)
        for one, was in ((plan.old, before.status.name), (plan.new, "")):
            change.put(_event(one, was, wish, by))
    return plan.new


def second_host(
    work: Work, placement: str, wish: Transfer, share: Decimal, today: date
) -> Placement:
    """Add a second enterprise beside the first; `share` of the working time in percent."""
    if not 0 < share < WHOLE:
        raise UserError(Message("The share of the second enterprise is between 1 and 99 percent."))
    with work.store.read() as reader:
        name = _called(reader, _leg(reader, placement))
    title = Message("Second enterprise: {name}", name=name)
    with work.store.change(title, work.actor, reason=wish.reason.strip()) as change:
        first = _leg(change, placement)
        if first.status in journey.OVER or first.status is PlacementStatus.CANCELLED:
            raise UserError(Message("This placement is over; there is nothing to share."))
        _refuse(change, first, wish)
        new = _next(change, first, wish).but(continues="", share=share)
        change.put(first.but(share=(first.share or WHOLE) - share))
        _begin(change, new)
        change.put(_event(new, "", wish, moving.actor(change, work)))
    return new


def overlaps(reader: Reader, one: Placement) -> list[Placement]:
    """Return the other placements of the student whose days overlap and that fill more than 100 %.

    Cancelled ones do not count, nor the leg it goes on from.
    """
    if one.start_date is None:
        return []
    mine = (one.start_date, one.end_date or date.max)
    others = [
        other
        for other in reader.all("placement", student=one.student)
        if isinstance(other, Placement)
        and other.id not in (one.id, one.continues)
        and other.status is not PlacementStatus.CANCELLED
        and other.start_date
        and other.start_date <= mine[1]
        and mine[0] <= (other.end_date or date.max)
    ]
    full = sum((other.share or WHOLE for other in others), one.share or WHOLE)
    return others if full > WHOLE else []


def warnings(reader: Reader, one: Placement) -> tuple[Message, ...]:
    """Say what deserves a second look: other placements on the same days."""
    clashing = overlaps(reader, one)
    names = reader.names("enterprise", [other.enterprise for other in clashing])
    return tuple(
        Message(
            "On the same days at {enterprise}, {start} to {end}: cancel one, or give shares.",
            enterprise=names.get(other.enterprise, ""),
            start=other.start_date,
            end=other.end_date,
        )
        for other in clashing
    )


def legs(reader: Reader, placement: Placement) -> list[Placement]:
    """Return the chain of legs a placement belongs to and the others of its batch, in order."""
    known = {
        one.id: one
        for one in reader.all("placement", student=placement.student)
        if isinstance(one, Placement)
    }
    mine = [one for one in known.values() if one.batch == placement.batch]
    chain = {placement.id}
    grown = True
    while grown:
        more = {one.id for one in known.values() if one.continues in chain}
        more |= {known[id].continues for id in chain if id in known} & known.keys()
        grown = not more <= chain
        chain |= more
    some = {one.id: one for one in mine if placement.batch} | {id: known[id] for id in chain}
    return sorted(some.values(), key=lambda one: (one.start_date or date.min, one.id))


def _outlook(reader: Reader, placement: str, wish: Transfer, today: date) -> Outlook:
    leg = _leg(reader, placement)
    if leg.status in journey.BEFORE:
        raise UserError(
            Message("Work has not begun: take the placement back and place the student anew."),
            code="NOT_BEGUN",
        )
    if leg.status not in journey.ON_POST:
        raise UserError(
            Message("It is “{status}”: only who is on post changes the place.", status=leg.status),
            code="OVER",
        )
    if not wish.reason.strip():
        raise UserError(Message("Say why the place changes."), code="REASON")
    last = wish.day - timedelta(1)
    if leg.start_date and last < leg.start_date:
        raise UserError(
            Message("The new leg begins after {day}, the first day of the old one.",
                    day=leg.start_date), code="DAY",
        )  # fmt: skip
    if last > today:
        raise UserError(
            Message("{day} has not come yet. Take the step on its day.", day=wish.day), code="DAY"
        )
    _refuse(reader, leg, wish)
    step = Step(PlacementStatus.ENDED, min(last, leg.end_date or last), wish.reason)
    new = _next(reader, leg, wish)
    return Outlook(journey.after(leg, step), new, (*_caps(reader, new), *warnings(reader, new)))


def _next(reader: Reader, leg: Placement, wish: Transfer) -> Placement:
    """Return the leg that follows: what belongs to the student stays, the place is new."""
    position = _position(reader, wish)
    same_host = leg.enterprise == wish.enterprise
    traits: dict[str, Any] = {}
    if position is not None:
        student = reader.get("student", leg.student)
        code = offers.majors(reader).get(getattr(student, "school_class", ""), "")
        traits = {
            "weekly_hours": position.hours_per_week,
            "allowance": position.pay,
            "major_match": offers.match(position.majors, (code,)),
        }
    end = leg.end_date if leg.end_date and leg.end_date >= wish.day else None
    return Placement(
        student=leg.student,
        enterprise=wish.enterprise,
        position=wish.position,
        batch=leg.batch,
        start_date=wish.day,
        end_date=end,
        status=PlacementStatus.AGREEING,
        tutor=leg.tutor,
        mentor=leg.mentor if same_host else "",
        organisation=leg.organisation,
        arrangement=leg.arrangement,
        continues=leg.id,
        share=leg.share,
        **traits,
    )


def _begin(change: Change, new: Placement) -> None:
    """Store a leg with the draft of its agreement."""
    problems = new.problems()
    if problems:
        raise UserError(next(iter(problems.values())))
    change.put(new)
    change.put(Tripartite(placement=new.id))


def _event(one: Placement, was: str, wish: Transfer, by: str) -> PlacementEvent:
    day = wish.day if not was else (one.end_date or wish.day)
    return PlacementEvent(
        placement=one.id,
        kind=EventKind.TRANSFER,
        day=day,
        before=was,
        after=one.status.name,
        reason=wish.reason.strip(),
        by=by,
    )


def _refuse(reader: Reader, leg: Placement, wish: Transfer) -> None:
    """Raise where no reason helps: unknown or closed enterprise, the same place, under age."""
    position = _position(reader, wish)
    if position is not None and position.enterprise != wish.enterprise:
        raise UserError(Message("This position belongs to another enterprise."), code="POSITION")
    if (leg.enterprise, leg.position) == (wish.enterprise, wish.position):
        raise UserError(Message("The student is at this place already."), code="SAME")
    placing.refuse_closed(reader, wish.enterprise)
    student = reader.get("student", leg.student)
    if isinstance(student, Student):
        placing.refuse_young([student], wish.day)


def _caps(reader: Reader, new: Placement) -> tuple[Message, ...]:
    """Say where one intern more goes beyond a cap of the rules."""
    batch = reader.get("placement_batch", new.batch) if new.batch else None
    position = reader.get("position", new.position) if new.position else None
    if not isinstance(batch, PlacementBatch) or not isinstance(position, Position):
        return ()
    beyond = offers.trial(crowd(reader, batch), 1, position).beyond
    return tuple(
        Message("This goes beyond the cap of rule {rule}; the reason is kept with it.", rule=one)
        for one in beyond
        if one != "places"
    )


def _position(reader: Reader, wish: Transfer) -> Position | None:
    if not wish.position:
        return None
    found = reader.get("position", wish.position)
    if not isinstance(found, Position):
        raise NotFound(Message("This position does not exist any more."), code="NOT_FOUND")
    return found


def _leg(reader: Reader, id: str) -> Placement:
    found = reader.get("placement", id)
    if not isinstance(found, Placement):
        raise NotFound(Message("This record does not exist any more."), code="NOT_FOUND")
    return found


def _called(reader: Reader, leg: Placement) -> str:
    return reader.names("student", [leg.student]).get(leg.student, "")
