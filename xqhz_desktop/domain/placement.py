"""Placement batches and placements: who is where, from when until when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.fields import choice, code, day, money, note, number, ref, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class PlacementType(Enum):
    """The two kinds of internship of the 2021 regulation."""

    POST = N_("Post internship")
    ORIENTATION = N_("Orientation internship")


class Term(Enum):
    """The two terms of a school year."""

    FIRST = N_("First term")
    SECOND = N_("Second term")


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
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """The batch ends after it began."""
        return _in_order(self.start_date, self.end_date)


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
    agreement_no: str = code(N_("Agreement number"), column=False, search=True)
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """The placement ends after it began."""
        return _in_order(self.start_date, self.end_date)


def _in_order(start: date | None, end: date | None) -> dict[str, Message]:
    if start and end and end < start:
        return {"end_date": Message("The end lies before the start.")}
    return {}
