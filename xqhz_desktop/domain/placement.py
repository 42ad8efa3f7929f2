"""Placement batches and placements: who is where, from when until when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.fields import (
    choice,
    code,
    day,
    flag,
    money,
    note,
    number,
    percent,
    ref,
    text,
)
from xqhz_desktop.domain.periods import in_order
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class PlacementType(Enum):
    """The two kinds of internship of the 2021 regulation, and what is neither."""

    POST = N_("Post internship")
    ORIENTATION = N_("Orientation internship")
    OTHER = N_("Other practice")


class ReportCycle(Enum):
    """How often the students of a batch hand in a report."""

    NONE = N_("No reports")
    DAILY = N_("Every day")
    WEEKLY = N_("Every week")
    MONTHLY = N_("Every month")


class Term(Enum):
    """The two terms of a school year."""

    FIRST = N_("First term")
    SECOND = N_("Second term")


USUAL_WEIGHTS = (Decimal(0), Decimal(50), Decimal(50), Decimal(0))
"""Process, school, enterprise and final exam, in percent, where a batch does not say."""


@record("placement_batch", N_("Batch"), N_("Batches"), keys=(("name",),))
class PlacementBatch(Record):
    """A plan that sends classes out together, with its own dates."""

    name: str = text(N_("Batch"), required=True, search=True)
    type: PlacementType = choice(
        N_("Kind of internship"), PlacementType, default=PlacementType.POST
    )
    school_year: str = code(N_("School year"), limit=20)
    term: Term = choice(N_("Term"), Term, default=Term.SECOND)
    start_date: date | None = day(N_("From"), required=True, group="period")
    end_date: date | None = day(N_("Until"), required=True, group="period")
    owner: str = ref(N_("In charge"), "staff", gone="empty", column=False)
    plan_no: str = code(N_("Number of the plan"), column=False, search=True)
    plan_approved_on: date | None = day(N_("Plan approved on"), column=False)
    rules_agreed_on: date | None = day(N_("Joint management rules of"), column=False)
    safety_rules_on: date | None = day(N_("Safety rules of"), column=False)
    emergency_plan_on: date | None = day(N_("Emergency plan of"), column=False)
    report_cycle: ReportCycle = choice(
        N_("Students report"), ReportCycle, default=ReportCycle.WEEKLY, column=False
    )
    visit_days: int | None = number(N_("Days between visits"), tally=False, column=False)
    usual_share: Decimal | None = percent(
        N_("Weight of the process"), group="weights", column=False, tally=False
    )
    school_share: Decimal | None = percent(
        N_("Weight of the school"), group="weights", column=False, tally=False
    )
    enterprise_share: Decimal | None = percent(
        N_("Weight of the enterprise"), group="weights", column=False, tally=False
    )
    final_share: Decimal | None = percent(
        N_("Weight of the final exam"), group="weights", column=False, tally=False
    )
    note: str = note(N_("Note"))

    @property
    def weights(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Return the weights in percent: process, school, enterprise, final exam."""
        named = (self.usual_share, self.school_share, self.enterprise_share, self.final_share)
        if not any(named):
            return USUAL_WEIGHTS
        usual, school, enterprise, final = (one or Decimal(0) for one in named)
        return usual, school, enterprise, final

    def whole(self) -> dict[str, Message]:
        """The batch ends after it began, and its weights add up."""
        wrong = in_order(self.start_date, self.end_date)
        if sum(self.weights) != 100:
            text = Message("The weights add up to {n} %, not to 100 %.", n=sum(self.weights))
            wrong["final_share"] = text
        return wrong


@record("batch_class", N_("Class of a batch"), N_("Classes of batches"), title="batch")
class BatchClass(Record):
    """One class that takes part in one batch."""

    batch: str = ref(N_("Batch"), "placement_batch", required=True)
    school_class: str = ref(N_("Class"), "school_class", required=True)


class Organisation(Enum):
    """Together with classmates, or alone."""

    GROUP = N_("Group placement")
    INDIVIDUAL = N_("Individual placement")


class Arrangement(Enum):
    """Who found the place."""

    SCHOOL = N_("Arranged by the school")
    SELF = N_("Found by the student")
    JOINT = N_("Arranged with the enterprise")


class Channel(Enum):
    """How the place came about; the last three are forbidden."""

    DIRECT = N_("Agreed with the enterprise itself")
    AGENCY = N_("Through a job agency")
    DISPATCH = N_("Through labour dispatch")
    PAID_AGENT = N_("Through a paid agent")


class Lodging(Enum):
    """Where the intern lives."""

    UNKNOWN = N_("not stated")
    HOME = N_("At home")
    SCHOOL = N_("In the school")
    ENTERPRISE = N_("Arranged by the enterprise")
    JOINT = N_("Arranged by school and enterprise")
    OUTSIDE = N_("Outside, found by the student")


class MajorMatch(Enum):
    """How near the post is to the student's major."""

    UNKNOWN = N_("not judged")
    MATCH = N_("Matches the major")
    NEAR = N_("Near the major")
    NONE = N_("Outside the major")


class PlacementStatus(Enum):
    """The life of a placement."""

    PLANNED = N_("Planned")
    ASSIGNED = N_("Assigned")
    AGREEING = N_("Signing agreement")
    RUNNING = N_("On post")
    SUSPENDED = N_("Suspended")
    CHANGING = N_("Changing")
    ENDED = N_("Ended")
    ASSESSED = N_("Assessed")
    ARCHIVED = N_("Archived")
    CANCELLED = N_("Cancelled")


@record(
    "placement",
    N_("Placement"),
    N_("Placements"),
    title="student",
    seek=("student", "enterprise", "position"),
)
class Placement(Record):
    """One student at one enterprise, in one position where it is known."""

    student: str = ref(N_("Student"), "student", required=True)
    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True, group="host")
    position: str = ref(N_("Position"), "position", group="host")
    batch: str = ref(N_("Batch"), "placement_batch")
    start_date: date | None = day(N_("From"), required=True, group="period")
    end_date: date | None = day(N_("Until"), group="period")
    status: PlacementStatus = choice(
        N_("Status"),
        PlacementStatus,
        default=PlacementStatus.ASSIGNED,
        group="period",
        clash="must",
    )
    tutor: str = ref(N_("School tutor"), "staff")
    mentor: str = ref(N_("Workplace mentor"), "mentor")
    weekly_hours: Decimal | None = number(N_("Hours a week"), decimals=1, tally=False)
    allowance: Decimal | None = money(N_("Monthly pay"))
    organisation: Organisation = choice(
        N_("Organisation"), Organisation, default=Organisation.GROUP, column=False
    )
    arrangement: Arrangement = choice(
        N_("Arrangement"), Arrangement, default=Arrangement.SCHOOL, column=False
    )
    major_match: MajorMatch = choice(
        N_("Match with the major"), MajorMatch, default=MajorMatch.UNKNOWN, column=False
    )
    channel: Channel = choice(N_("Way to the place"), Channel, default=Channel.DIRECT, column=False)
    lodging: Lodging = choice(N_("Lodging"), Lodging, default=Lodging.UNKNOWN, column=False)
    independent: bool = flag(N_("Works relatively independently"), default=True, column=False)
    no_pay_reason: str = text(N_("Why there is no pay"), column=False)
    continues: str = ref(N_("Goes on from"), "placement", gone="empty", column=False)
    share: Decimal | None = percent(N_("Share of the working time"), column=False, tally=False)
    end_reason: str = text(N_("Why it ended or was suspended"), column=False, limit=2_000)
    unpapered: str = text(N_("Why there is no insurance or agreement"), column=False)
    agreement: str = ref(N_("Cooperation agreement"), "agreement", gone="empty", column=False)
    agreement_no: str = code(N_("Agreement number"), column=False, search=True)
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """The placement ends after it began."""
        wrong = in_order(self.start_date, self.end_date)
        if self.continues and self.continues == self.id:
            wrong["continues"] = Message("A placement cannot go on from itself.")
        return wrong
