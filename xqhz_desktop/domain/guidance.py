"""During the placement: reports, visits, incidents, and what happened when."""

from __future__ import annotations

from datetime import date
from enum import Enum

from xqhz_desktop.domain.fields import choice, code, day, flag, note, number, ref, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class JournalKind(Enum):
    """How often students write."""

    DAILY = N_("Daily report")
    WEEKLY = N_("Weekly journal")
    MONTHLY = N_("Monthly report")
    SUMMARY = N_("Internship report")


class ReviewState(Enum):
    """Whether the tutor has read it."""

    OPEN = N_("Not read yet")
    READ = N_("Read")
    AGAIN = N_("To be written again")


@record("student_report", N_("Student's report"), N_("Students' reports"), title="placement",
        keys=(("placement", "kind", "number"),), seek=("placement",))  # fmt: skip
class StudentReport(Record):
    """One report a student handed in."""

    placement: str = ref(N_("Placement"), "placement", required=True)
    kind: JournalKind = choice(N_("Kind of report"), JournalKind, default=JournalKind.WEEKLY)
    number: int | None = number(N_("Number"), required=True, tally=False)
    received_on: date | None = day(N_("Received on"))
    state: ReviewState = choice(N_("State"), ReviewState, default=ReviewState.OPEN)
    grade: str = text(N_("Grade"), limit=20)
    read_on: date | None = day(N_("Read on"), column=False)
    comment: str = note(N_("Comment"))


class VisitWay(Enum):
    """How somebody looks after interns."""

    ON_SITE = N_("On site")
    VIDEO = N_("By video")
    PHONE = N_("By telephone")


class VisitState(Enum):
    """Whether the visit was made."""

    PLANNED = N_("Planned")
    DONE = N_("Done")
    DROPPED = N_("Dropped")


class Answer(Enum):
    """What was found when it was asked again."""

    UNKNOWN = N_("not asked")
    FINE = N_("in order")
    PROBLEM = N_("problem")


@record("visit", N_("Visit"), N_("Visits"), title="enterprise", seek=("enterprise", "visitor"))
class Visit(Record):
    """A visit of the school to interns at an enterprise, planned and made."""

    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    batch: str = ref(N_("Batch"), "placement_batch", gone="empty")
    visitor: str = ref(N_("Visitor"), "staff", gone="empty")
    state: VisitState = choice(N_("State"), VisitState, default=VisitState.PLANNED)
    way: VisitWay = choice(N_("Way"), VisitWay, default=VisitWay.ON_SITE)
    planned_on: date | None = day(N_("Planned for"))
    made_on: date | None = day(N_("Made on"))
    seen: int | None = number(N_("Interns seen"))
    received_by: str = text(N_("Received by"), column=False)
    hours: Answer = choice(N_("Hours and rest"), Answer, default=Answer.UNKNOWN, column=False)
    pay: Answer = choice(N_("Pay"), Answer, default=Answer.UNKNOWN, column=False)
    safety: Answer = choice(N_("Safety"), Answer, default=Answer.UNKNOWN, column=False)
    lodging: Answer = choice(N_("Lodging"), Answer, default=Answer.UNKNOWN, column=False)
    fees: Answer = choice(N_("Fees and deposits"), Answer, default=Answer.UNKNOWN, column=False)
    papers: Answer = choice(N_("Papers kept back"), Answer, default=Answer.UNKNOWN, column=False)
    agencies: Answer = choice(N_("Agencies"), Answer, default=Answer.UNKNOWN, column=False)
    findings: str = note(N_("Findings"))
    trouble: str = note(N_("Problems"))
    advice: str = note(N_("Advice"))
    follow_up: str = text(N_("To be done"), column=False)
    due_on: date | None = day(N_("To be done by"))
    settled_on: date | None = day(N_("Settled on"))

    def whole(self) -> dict[str, Message]:
        """A visit that was made has its day."""
        if self.state is VisitState.DONE and not self.made_on:
            return {"made_on": Message("Say when the visit was made.")}
        return {}


@record("visit_student", N_("Intern visited"), N_("Interns visited"), title="student",
        seek=("student", "visit"))  # fmt: skip
class VisitStudent(Record):
    """One intern somebody talked to on a visit."""

    visit: str = ref(N_("Visit"), "visit", required=True)
    student: str = ref(N_("Student"), "student", required=True)
    said: str = note(N_("What was said"))


class IncidentKind(Enum):
    """What happened."""

    INJURY = N_("Injury")
    ILLNESS = N_("Illness")
    TRAFFIC = N_("Traffic accident")
    COMPLAINT = N_("Complaint")
    DISPUTE = N_("Dispute")
    DISCIPLINE = N_("Breach of discipline")
    AWARD = N_("Award")
    OTHER = N_("Other")


class IncidentState(Enum):
    """How far it is."""

    OPEN = N_("Open")
    HANDLED = N_("Being handled")
    CLOSED = N_("Closed")


@record("incident", N_("Incident"), N_("Incidents"), title="placement", seek=("placement",))
class Incident(Record):
    """An injury, a complaint, an award: what happened to one intern and what was done."""

    placement: str = ref(N_("Placement"), "placement", required=True)
    kind: IncidentKind = choice(N_("Kind of incident"), IncidentKind, default=IncidentKind.OTHER)
    state: IncidentState = choice(N_("State"), IncidentState, default=IncidentState.OPEN)
    happened_on: date | None = day(N_("Happened on"), required=True)
    place: str = text(N_("Where it happened"), column=False)
    what: str = note(N_("What happened"), required=True)
    hospital: str = text(N_("Hospital"), column=False)
    guardian_told_on: date | None = day(N_("Guardian told on"), column=False)
    insurer_told_on: date | None = day(N_("Insurer told on"), column=False)
    claim_no: str = code(N_("Claim number"), column=False, search=True)
    done: str = note(N_("What was done"))
    closed_on: date | None = day(N_("Closed on"))


class EventKind(Enum):
    """What a line of the story is about."""

    STATUS = N_("Change of status")
    TRANSFER = N_("Change of enterprise or post")
    STOP = N_("Suspension or end")
    NOTE = N_("Note")


@record("placement_event", N_("Event"), N_("Events"), title="placement", seek=("placement",))
class PlacementEvent(Record):
    """A line in the story of a placement: what changed, on which day, and why."""

    placement: str = ref(N_("Placement"), "placement", required=True)
    kind: EventKind = choice(N_("Kind of event"), EventKind, default=EventKind.NOTE)
    day: date | None = day(N_("Day"), required=True)
    before: str = code(N_("Before"), column=False)
    after: str = code(N_("After"), column=False)
    reason: str = text(N_("Reason"), limit=2000)
    by: str = ref(N_("By"), "staff", gone="empty")
    undone: bool = flag(N_("Taken back"), column=False)
