"""The life of a placement: which step may follow which, and why another may not. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xqhz_desktop.domain.guidance import EventKind, PlacementEvent
from xqhz_desktop.domain.placement import Placement, PlacementStatus, PlacementType
from xqhz_desktop.domain.readiness import Item
from xqhz_desktop.i18n import Message

S = PlacementStatus

BEFORE = frozenset({S.PLANNED, S.ASSIGNED, S.AGREEING})
"""Nobody has started work."""
ON_POST = frozenset({S.RUNNING, S.SUSPENDED, S.CHANGING})
OVER = frozenset({S.ENDED, S.ASSESSED, S.ARCHIVED})

STEPS: dict[PlacementStatus, tuple[PlacementStatus, ...]] = {
    S.PLANNED: (S.ASSIGNED, S.CANCELLED),
    S.ASSIGNED: (S.AGREEING, S.PLANNED, S.CANCELLED),
    S.AGREEING: (S.RUNNING, S.ASSIGNED, S.CANCELLED),
    S.RUNNING: (S.ENDED, S.SUSPENDED, S.CHANGING),
    S.SUSPENDED: (S.RUNNING, S.CHANGING, S.ENDED),
    S.CHANGING: (S.RUNNING, S.SUSPENDED, S.ENDED),
    S.ENDED: (S.ASSESSED, S.RUNNING),
    S.ASSESSED: (S.ARCHIVED, S.ENDED),
    S.ARCHIVED: (S.ASSESSED,),
    S.CANCELLED: (S.PLANNED,),
}
"""What may follow a status: the way on first, then back; see `steps` for orientation."""

MAIN = (S.PLANNED, S.ASSIGNED, S.AGREEING, S.RUNNING, S.ENDED, S.ASSESSED, S.ARCHIVED)
"""The way without incidents, as it is drawn."""

_BACK = frozenset({(S.ENDED, S.RUNNING), (S.ASSESSED, S.ENDED), (S.ARCHIVED, S.ASSESSED)})
"""Steps that take back what was final."""

_STOPS = frozenset({S.SUSPENDED, S.CHANGING, S.CANCELLED})


@dataclass(frozen=True)
class Standing:
    """What the world around a placement says on the day of a step."""

    today: date
    kind: PlacementType = PlacementType.POST
    lacking: tuple[Item, ...] = ()
    """What the start still needs."""
    scored: bool = False
    last: date | None = None
    """The day of the newest event."""
    forbidden: Message | None = None
    """What a rule says against the start."""


@dataclass(frozen=True)
class Step:
    """A step somebody wants to take."""

    to: PlacementStatus
    day: date
    reason: str = ""


def steps(
    now: PlacementStatus, kind: PlacementType = PlacementType.POST
) -> tuple[PlacementStatus, ...]:
    """Return what may follow a status, the way on first; orientation needs no agreement."""
    if now is S.ASSIGNED and kind is not PlacementType.POST:
        return (S.RUNNING, *STEPS[now])
    return STEPS[now]


def refusal(placement: Placement, step: Step, standing: Standing) -> Message | None:
    """Say in one sentence why a step is not taken, or None where it is."""
    now = placement.status
    if step.to not in steps(now, standing.kind):
        return _why_not(now, step.to)
    if reason_needed(placement, step) and not step.reason.strip():
        return Message("Say why: “{status}” needs a reason.", status=step.to)
    return _gate(now, step.to, standing) or _wrong_day(placement, step, standing)


def reason_needed(placement: Placement, step: Step) -> bool:
    """Tell whether a step needs a reason: a stop, an early end, or taking back what was final."""
    early = step.to is S.ENDED and placement.status in ON_POST
    if early and placement.end_date and step.day >= placement.end_date:
        early = False
    return early or step.to in _STOPS or (placement.status, step.to) in _BACK


def usual_day(placement: Placement, to: PlacementStatus, today: date) -> date:
    """Return the day a step is taken on where nobody says: as planned, today at the latest."""
    planned = {S.RUNNING: placement.start_date, S.ENDED: placement.end_date}.get(to)
    if to is S.RUNNING and placement.status is not S.AGREEING:
        planned = None
    return min(planned or today, today)


def after(placement: Placement, step: Step) -> Placement:
    """Return the placement as a step leaves it."""
    changes: dict[str, object] = {"status": step.to}
    if step.to is S.ENDED and placement.status in ON_POST:
        changes["end_date"] = step.day
    if step.to in _STOPS or step.to is S.ENDED:
        changes["end_reason"] = step.reason.strip() or placement.end_reason
    elif step.to in (S.RUNNING, S.PLANNED):
        changes["end_reason"] = ""
    return placement.but(**changes)


def event(placement: Placement, step: Step, by: str) -> PlacementEvent:
    """Return the line a step leaves in the story of a placement."""
    stop = step.to in (S.SUSPENDED, S.ENDED, S.CANCELLED)
    return PlacementEvent(
        placement=placement.id,
        kind=EventKind.STOP if stop else EventKind.STATUS,
        day=step.day,
        before=placement.status.name,
        after=step.to.name,
        reason=step.reason.strip(),
        by=by,
    )


def status_on(placement: Placement, events: Iterable[PlacementEvent], day: date) -> PlacementStatus:
    """Return the status on a day, as the events tell it."""
    told = sorted(
        (one for one in events if one.after in S.__members__ and one.day and not one.undone),
        key=lambda one: (one.day or date.min, one.id),
    )
    if not told:
        return placement.status
    past = [one for one in told if one.day and one.day <= day]
    if past:
        return PlacementStatus[past[-1].after]
    return S.__members__.get(told[0].before, S.PLANNED)


def legs_on(legs: Sequence[Placement], day: date) -> list[Placement]:
    """Return the legs in force on a day, the first begun first; two where there are two hosts."""
    live = [one for one in legs if one.status is not S.CANCELLED and one.start_date]
    some = [
        one
        for one in live
        if one.start_date and one.start_date <= day and (not one.end_date or day <= one.end_date)
    ]
    return sorted(some, key=lambda one: (one.start_date or date.min, one.id))


def _gate(now: PlacementStatus, to: PlacementStatus, standing: Standing) -> Message | None:
    """Say what is missing for a step that is possible in itself."""
    if to is S.RUNNING and now in BEFORE and standing.lacking:
        return Message("Not on post yet, still missing: {items}.", items=list(standing.lacking))
    if to is S.RUNNING and now in BEFORE and standing.forbidden:
        return standing.forbidden
    if to is S.ASSESSED and now is S.ENDED and not standing.scored:
        return Message("There is no assessment yet. Enter the scores first.")
    return None


def _wrong_day(placement: Placement, step: Step, standing: Standing) -> Message | None:
    if step.day > standing.today:
        return Message("{day} has not come yet. Take the step on its day.", day=step.day)
    if standing.last and step.day < standing.last:
        return Message(
            "The step before this was on {day}; this one cannot be earlier.", day=standing.last
        )
    start = placement.start_date
    if start and step.day < start and step.to in (S.RUNNING, *_STOPS, S.ENDED):
        if step.to is S.CANCELLED:
            return None
        return Message("The placement begins on {day}; nothing happens before.", day=start)
    return None


def _why_not(now: PlacementStatus, to: PlacementStatus) -> Message:
    """Explain a pair that is in no table of steps."""
    if now is to:
        return Message("It is “{status}” already.", status=now)
    if now is S.CANCELLED:
        return Message("It was cancelled. Take it up again as “{status}” first.", status=S.PLANNED)
    if now in OVER:
        return _why_not_after(now, to)
    if to in OVER and to is not S.ENDED:
        return Message(
            "“{to}” comes only after “{before}”.",
            to=to,
            before=S.ENDED if to is S.ASSESSED else S.ASSESSED,
        )
    if now in ON_POST:
        if to is S.CANCELLED:
            return Message("Work has begun: end the placement instead of cancelling it.")
        return Message("Work has begun, so it does not go back to “{status}”.", status=to)
    if to is S.RUNNING:
        return Message(
            "Nobody goes on post without an agreement: the next step is “{status}”.",
            status=STEPS[now][0],
        )
    if to is S.AGREEING:
        return Message("Name the position first: the next step is “{status}”.", status=S.ASSIGNED)
    if to is S.PLANNED:
        return Message("It is being signed: go back to “{status}” first.", status=S.ASSIGNED)
    return Message("Nobody works there yet. Cancel the placement, or let it start first.")


def _why_not_after(now: PlacementStatus, to: PlacementStatus) -> Message:
    """Explain why what is over does not become this."""
    if now is S.ENDED and to is S.ARCHIVED:
        return Message("Only what was assessed is archived: assess it first.")
    if to is S.CANCELLED:
        return Message("It took place, so it cannot be cancelled.")
    back = {S.ENDED: S.RUNNING, S.ASSESSED: S.ENDED, S.ARCHIVED: S.ASSESSED}[now]
    return Message("It is “{now}”. Take it back to “{back}” first.", now=now, back=back)
