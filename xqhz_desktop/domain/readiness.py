"""八个事先, 三个全程, 两个及时: what a placement needs, and what of it is there. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from xqhz_desktop.domain.agreement import TripartiteState
from xqhz_desktop.domain.placement import PlacementBatch, PlacementStatus, PlacementType
from xqhz_desktop.domain.preparation import ConsentState
from xqhz_desktop.i18n import N_


class Item(Enum):
    """What is checked, in the order of the matrix."""

    SITE = N_("Site assessment")
    DECISION = N_("Decision and notice")
    CONSENT = N_("Informed consent")
    FILING = N_("Filing")
    PLAN = N_("Internship plan")
    RULES = N_("Joint rules")
    AGREEMENT = N_("Three-party agreement")
    TRAINING = N_("Training before the start")
    INSURANCE = N_("Liability insurance")
    GUIDANCE = N_("Guidance throughout")
    CARE = N_("Daily care throughout")
    VALUES = N_("Values throughout")
    ASSESSING = N_("Assessed in time")
    ARCHIVING = N_("Archived in time")


SHORT: Mapping[Item, str] = {
    Item.SITE: N_("Site visit"),
    Item.DECISION: N_("Notice"),
    Item.CONSENT: N_("Consent"),
    Item.FILING: N_("On file"),
    Item.PLAN: N_("Scheme"),
    Item.RULES: N_("House rules"),
    Item.AGREEMENT: N_("Agreed"),
    Item.TRAINING: N_("Taught"),
    Item.INSURANCE: N_("Liability"),
    Item.GUIDANCE: N_("Guided"),
    Item.CARE: N_("Cared for"),
    Item.VALUES: N_("Values"),
    Item.ASSESSING: N_("Graded"),
    Item.ARCHIVING: N_("In archive"),
}
"""The same in a word, for the heads of columns."""


class Part(Enum):
    """The headings of the matrix."""

    BEFORE = N_("Eight things before")
    BESIDE = N_("Also")
    DURING = N_("Three throughout")
    AFTER = N_("Two in time")


PARTS: Mapping[Part, tuple[Item, ...]] = {
    Part.BEFORE: tuple(Item)[:8],
    Part.BESIDE: (Item.INSURANCE,),
    Part.DURING: (Item.GUIDANCE, Item.CARE, Item.VALUES),
    Part.AFTER: (Item.ASSESSING, Item.ARCHIVING),
}

OF_HOST = frozenset({Item.SITE, Item.DECISION, Item.FILING})
"""Items an enterprise has once for all its interns."""
OF_BATCH = frozenset({Item.PLAN, Item.RULES, Item.VALUES})
"""Items a batch has once for everybody."""
TO_START = (Item.SITE, Item.DECISION, Item.CONSENT, Item.AGREEMENT, Item.TRAINING, Item.INSURANCE)
"""Items without which nobody goes on post; a written explanation stands for insurance."""
EXPLAINED = frozenset({Item.INSURANCE})
"""Items a written explanation stands for (`Placement.unpapered`); it never does for agreements."""


class State(Enum):
    """One cell of the matrix."""

    DONE = N_("complete")
    MISSING = N_("missing")
    LATER = N_("due later")
    NONE = N_("does not apply")


SIGNED = frozenset({ConsentState.RETURNED, ConsentState.SCANNED})
BINDING = frozenset({TripartiteState.EFFECTIVE, TripartiteState.ARCHIVED})
CARED_FOR = 31
"""Days on post after which daily care must have left a trace."""

_OVER = (PlacementStatus.ENDED, PlacementStatus.ASSESSED, PlacementStatus.ARCHIVED)
_ON_POST = (PlacementStatus.RUNNING, PlacementStatus.SUSPENDED, PlacementStatus.CHANGING, *_OVER)

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Host:
    """What is known of an enterprise in a batch."""

    assessed: bool = False
    """A site assessment recommends it."""
    decided: bool = False
    """A meeting accepted it and the list was published."""
    filed: bool = False
    exempt: bool = False
    """No filing is needed."""


@dataclass(frozen=True, slots=True)
class Intern:
    """What is known of one placement."""

    status: PlacementStatus
    start: date | None
    end: date | None
    consent: ConsentState | None = None
    agreement: TripartiteState | None = None
    trained: bool = False
    covered: tuple[Span, ...] = ()
    """Days under a liability policy."""
    guided: bool = False
    """Both tutor and mentor are named."""
    cared: bool = False
    """Attendance, a report or a visit is on record."""
    scored: bool = False
    explained: bool = False


def of_batch(batch: PlacementBatch, *, taught: bool) -> dict[Item, State]:
    """Return the items everybody of a batch has in common.

    `taught`: there was a preparation meeting, or a lesson on rules and discipline.
    """
    rules = (batch.rules_agreed_on, batch.safety_rules_on, batch.emergency_plan_on)
    return {
        Item.PLAN: _done(batch.plan_approved_on),
        Item.RULES: _done(all(rules)),
        Item.VALUES: _done(taught),
    }


def of_host(host: Host, kind: PlacementType) -> dict[Item, State]:
    """Return the items of one enterprise."""
    filing = State.NONE if host.exempt or kind is not PlacementType.POST else _done(host.filed)
    return {
        Item.SITE: _done(host.assessed),
        Item.DECISION: _done(host.decided),
        Item.FILING: filing,
    }


def of_intern(one: Intern, kind: PlacementType, today: date) -> dict[Item, State]:
    """Return the items of one placement on a day."""
    post = kind is PlacementType.POST
    gaps = one.start and one.end and uncovered(one.covered, (one.start, one.end))
    insured = bool(one.covered) and not gaps
    over = one.status in _OVER
    archived = one.status is PlacementStatus.ARCHIVED
    scored = one.scored or one.status in (PlacementStatus.ASSESSED, PlacementStatus.ARCHIVED)
    return {
        Item.CONSENT: _done(one.consent in SIGNED) if post else State.NONE,
        Item.AGREEMENT: _done(one.agreement in BINDING) if post else State.NONE,
        Item.TRAINING: _done(one.trained),
        Item.INSURANCE: _done(insured),
        Item.GUIDANCE: _done(one.guided),
        Item.CARE: _care(one, today),
        Item.ASSESSING: _done(scored) if over or scored else State.LATER,
        Item.ARCHIVING: _done(archived) if scored or archived else State.LATER,
    }


def lacking(states: Mapping[Item, State], *, explained: bool = False) -> tuple[Item, ...]:
    """Return what still stands in the way of going on post, in the order of the matrix."""
    return tuple(
        item
        for item in TO_START
        if states.get(item) is State.MISSING and not (explained and item in EXPLAINED)
    )


def uncovered(covered: Iterable[Span], whole: Span) -> list[Span]:
    """Return the days of a period that no span covers, as spans in order."""
    gaps, day = list[Span](), whole[0]
    for start, end in sorted(covered):
        if start > whole[1] or end < day:
            continue
        if start > day:
            gaps.append((day, start - timedelta(1)))
        day = max(day, end + timedelta(1))
    if day <= whole[1]:
        gaps.append((day, whole[1]))
    return gaps


def _care(one: Intern, today: date) -> State:
    if one.status not in _ON_POST or one.start is None:
        return State.LATER
    if one.cared:
        return State.DONE
    last = min(today, one.end or today)
    return State.MISSING if (last - one.start).days >= CARED_FOR else State.LATER


def _done(there: object) -> State:
    return State.DONE if there else State.MISSING
