"""The facts a rule looks at: one placement and everything around it, frozen on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xqhz_desktop.compliance.calendar import Calendar
from xqhz_desktop.domain.agreement import Agreement, Tripartite
from xqhz_desktop.domain.assessment import Score
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.insurance import InsuranceKind, Payer
from xqhz_desktop.domain.placement import (
    Placement,
    PlacementBatch,
    PlacementStatus,
    PlacementType,
)
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.preparation import Application, Consent, Filing, SiteAssessment
from xqhz_desktop.domain.school import Major, School, SchoolClass
from xqhz_desktop.domain.student import Student

_BEGUN = frozenset(
    {
        PlacementStatus.RUNNING,
        PlacementStatus.SUSPENDED,
        PlacementStatus.CHANGING,
        PlacementStatus.ENDED,
        PlacementStatus.ASSESSED,
        PlacementStatus.ARCHIVED,
    }
)
_OVER = frozenset({PlacementStatus.ENDED, PlacementStatus.ASSESSED, PlacementStatus.ARCHIVED})


@dataclass(frozen=True, slots=True)
class Leg:
    """Another placement of the same student that counts."""

    start: date
    end: date
    post: bool = True
    """It is a post internship."""
    shared: bool = False
    """It takes only a share of the working time."""
    hours: Decimal | None = None
    """Hours a week."""


@dataclass(frozen=True, slots=True)
class Crowding:
    """How many interns there are on the fullest day of the placement, and of how many staff."""

    staff: int | None = None
    most: int = 0
    """Own interns of every batch, and those of other schools."""
    peak: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the school decided about the enterprise before the start."""

    new: bool = True
    """No batch before this one sent anybody there."""
    accepted: bool = False
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """The safety training of the student for this batch: the best result there is."""

    held_on: date | None = None
    passed: bool | None = None
    """None where nobody was trained."""


@dataclass(frozen=True, slots=True)
class Insured:
    """One policy that names the student, on the days it covers."""

    kind: InsuranceKind
    start: date
    end: date
    payer: Payer = Payer.SCHOOL
    purchaser: Payer = Payer.SCHOOL


@dataclass(frozen=True, slots=True)
class Guided:
    """How the school looked after the intern until the day of checking."""

    checked_on: date | None = None
    """The last sign of a check: a visit, a call, a report read."""
    visited_on: date | None = None
    """The last visit on site or by video."""
    reported_on: date | None = None
    """The last report the student handed in."""
    reports: int = 0
    summary: bool = False


@dataclass(frozen=True, slots=True)
class Worked:
    """What the attendance says that goes beyond the plan; days are the first such ones."""

    longest: Decimal | None = None
    """Most hours in one day, overtime included."""
    longest_on: date | None = None
    night_on: date | None = None
    seventh_on: date | None = None
    """The seventh day of work in a row."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What the payments say."""

    last_on: date | None = None
    in_kind: bool = False
    indirect: bool = False


@dataclass(frozen=True, slots=True)
class Reported:
    """What visits and surveys say about fees, papers and agencies at the enterprise."""

    fees: str = ""
    papers: bool = False
    agencies: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One placement with what belongs to it. What does not exist is a record with no id."""

    on: date
    placement: Placement
    school: School
    student: Student
    school_class: SchoolClass
    major: Major
    batch: PlacementBatch
    position: Position
    enterprise: Enterprise
    tripartite: Tripartite
    consent: Consent
    application: Application
    assessment: SiteAssessment
    agreement: Agreement
    score: Score
    calendar: Calendar
    unit: Crowding
    post: Crowding
    standing: Standing = Standing()
    trained: Trained = Trained()
    insured: tuple[Insured, ...] = ()
    filings: tuple[Filing, ...] = ()
    legs: tuple[Leg, ...] = ()
    guided: Guided = Guided()
    worked: Worked = Worked()
    paid: Paid = Paid()
    reported: Reported = Reported()
    unreviewed: int = 0
    """Further agreements nobody of the school has reviewed."""
    tutored: int = 0
    """Interns of the same tutor at the same time."""
    files: int = 0
    """Files attached to the placement."""
    answers: Mapping[str, bool] = field(default_factory=dict)
    """Restricted work of the position by word or code: True where it applies."""
    starting: bool = False
    """It is asked whether the placement may start now."""

    @property
    def type(self) -> PlacementType:
        """Return the kind of internship; without a batch it is a post internship."""
        return self.batch.type

    @property
    def start(self) -> date:
        """Return the first day; the day of checking where it is not filled in."""
        return self.placement.start_date or self.on

    @property
    def end(self) -> date:
        """Return the last day, or the last day that is known."""
        return self.placement.end_date or self.batch.end_date or max(self.start, self.on)

    @property
    def begun(self) -> bool:
        """Tell whether the placement has started, or is about to."""
        return self.starting or self.placement.status in _BEGUN or self.start <= self.on

    @property
    def running(self) -> bool:
        """Tell whether the intern is there on the day of checking."""
        return self.placement.status is PlacementStatus.RUNNING and self.start <= self.on <= (
            self.placement.end_date or self.on
        )

    @property
    def over(self) -> bool:
        """Tell whether the placement has ended."""
        return self.placement.status in _OVER or (self.begun and self.end < self.on)

    @property
    def region(self) -> str:
        """Return the code of the place of work: the position's, else the enterprise's."""
        return self.position.region or self.enterprise.region
