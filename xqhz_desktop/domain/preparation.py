"""Before the start (八个事先): site assessment, decision, consent, training, special filings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from xqhz_desktop.domain.fields import choice, code, day, flag, note, number, ref, text
from xqhz_desktop.domain.periods import in_order
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


@record("decision", N_("Decision on enterprises"), N_("Decisions on enterprises"))
class Decision(Record):
    """One meeting of the school's Party organisation that decides a list of enterprises."""

    name: str = text(N_("Meeting"), required=True, search=True)
    minutes_no: str = code(N_("Number of the minutes"), search=True)
    held_on: date | None = day(N_("Held on"))
    published_from: date | None = day(N_("Published from"), group="publication")
    published_until: date | None = day(N_("Published until"), group="publication")
    published_where: str = text(N_("Published where"), group="publication")
    objections: str = note(N_("Objections and answers"))
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """The publication ends after it began."""
        return in_order(self.published_from, self.published_until, "published_until")


class Verdict(Enum):
    """What the meeting decided on one enterprise."""

    ACCEPTED = N_("Accepted")
    CONDITIONAL = N_("Accepted with conditions")
    REFUSED = N_("Refused")


@record("decided", N_("Enterprise decided on"), N_("Enterprises decided on"), title="enterprise",
        keys=(("decision", "enterprise"),), seek=("enterprise", "decision"))  # fmt: skip
class Decided(Record):
    """One enterprise on the list of a meeting."""

    decision: str = ref(N_("Decision on enterprises"), "decision", required=True)
    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    verdict: Verdict = choice(N_("Verdict"), Verdict, default=Verdict.ACCEPTED)
    note: str = note(N_("Note"))


class Aspect(Enum):
    """What the visit found of one aspect."""

    OPEN = N_("not looked at")
    GOOD = N_("good")
    FAIR = N_("acceptable")
    POOR = N_("not acceptable")


class Conclusion(Enum):
    """What the visitors advise."""

    OPEN = N_("no conclusion yet")
    ACCEPT = N_("recommended")
    CONDITIONAL = N_("recommended after changes")
    REFUSE = N_("not recommended")


def _aspect(label: str) -> Aspect:
    made: Aspect = choice(label, Aspect, default=Aspect.OPEN, column=False)
    return made


@record(
    "site_assessment",
    N_("Site assessment"),
    N_("Site assessments"),
    title="enterprise",
    seek=("enterprise",),
)
class SiteAssessment(Record):
    """A visit to a new enterprise with its written report on the nine aspects (Art. 7)."""

    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    visited_on: date | None = day(N_("Visited on"), required=True)
    visitors: str = text(N_("Visitors"), required=True, search=True)
    received_by: str = text(N_("Received by"))
    address: str = text(N_("Place visited"), column=False)
    qualification: Aspect = _aspect(N_("Legal standing"))
    integrity: Aspect = _aspect(N_("Good faith"))
    management: Aspect = _aspect(N_("Management"))
    post: Aspect = _aspect(N_("Kind and content of the posts"))
    hours: Aspect = _aspect(N_("Working hours"))
    workplace: Aspect = _aspect(N_("Workplace"))
    living: Aspect = _aspect(N_("Living conditions"))
    health: Aspect = _aspect(N_("Health care"))
    safety: Aspect = _aspect(N_("Protection at work"))
    findings: str = note(N_("Findings"))
    conclusion: Conclusion = choice(N_("Conclusion"), Conclusion, default=Conclusion.OPEN)
    note: str = note(N_("Note"))


class ConsentState(Enum):
    """Where the paper is."""

    OPEN = N_("Not handed out")
    PRINTED = N_("Handed out")
    RETURNED = N_("Signed and returned")
    SCANNED = N_("Scanned")
    REFUSED = N_("Refused")


@record(
    "consent", N_("Informed consent"), N_("Informed consents"), title="student", seek=("student",)
)
class Consent(Record):
    """The informed consent of a student and the guardian to one batch."""

    student: str = ref(N_("Student"), "student", required=True)
    batch: str = ref(N_("Batch"), "placement_batch", required=True)
    state: ConsentState = choice(N_("State"), ConsentState, default=ConsentState.OPEN)
    student_signed_on: date | None = day(N_("Signed by the student on"))
    guardian_name: str = text(N_("Guardian"), private=True)
    guardian_relation: str = text(N_("Relation"), column=False)
    guardian_signed_on: date | None = day(N_("Signed by the guardian on"))
    refusal: str = text(N_("Reason of the refusal"), column=False)
    lodging_signed_on: date | None = day(N_("Consent to outside lodging of"), column=False)
    note: str = note(N_("Note"))


class ApplicationState(Enum):
    """How far the request of a student with a place of his or her own is."""

    ASKED = N_("Asked for")
    CHECKED = N_("Checked")
    ACCEPTED = N_("Approved by the school")
    RETURNED = N_("Returned")


@record("application", N_("Request for an own place"), N_("Requests for own places"),
        title="student", seek=("student",))  # fmt: skip
class Application(Record):
    """A student asks for a placement found by the family; the school checks and answers."""

    student: str = ref(N_("Student"), "student", required=True)
    batch: str = ref(N_("Batch"), "placement_batch")
    company: str = text(N_("Enterprise asked for"), required=True, search=True)
    enterprise: str = ref(N_("Enterprise in the register"), "enterprise", gone="empty")
    work: str = text(N_("Work there"))
    asked_on: date | None = day(N_("Asked on"))
    reason: str = text(N_("Reason"), limit=2_000)
    student_signed_on: date | None = day(N_("Signed by the student on"), column=False)
    guardian_signed_on: date | None = day(N_("Signed by the guardian on"), column=False)
    state: ApplicationState = choice(N_("State"), ApplicationState, default=ApplicationState.ASKED)
    answered_on: date | None = day(N_("Answered on"))
    answered_by: str = ref(N_("Answered by"), "staff", gone="empty", column=False)
    answer: str = note(N_("Answer"))


class TrainingKind(Enum):
    """Who teaches what before the start."""

    SAFETY = N_("Safety training")
    MOBILISATION = N_("Preparation meeting")
    ENTERPRISE = N_("Training in the enterprise")
    RULES = N_("Rules and discipline")


@record("training", N_("Training before the start"), N_("Trainings before the start"))
class Training(Record):
    """One training before the start, with its exam where there is one."""

    name: str = text(N_("Topic"), required=True, search=True)
    kind: TrainingKind = choice(N_("Kind of training"), TrainingKind, default=TrainingKind.SAFETY)
    batch: str = ref(N_("Batch"), "placement_batch")
    enterprise: str = ref(N_("Enterprise"), "enterprise", gone="empty")
    held_on: date | None = day(N_("Held on"), required=True)
    hours: Decimal | None = number(N_("Class hours"), decimals=1)
    trainer: str = text(N_("Trainer"))
    exam: bool = flag(N_("With an exam"), default=True)
    pass_score: Decimal | None = number(N_("Score to pass"), decimals=1, tally=False)
    note: str = note(N_("Note"))


@record(
    "training_result",
    N_("Training result"),
    N_("Training results"),
    title="student",
    seek=("student", "training"),
)
class TrainingResult(Record):
    """What one student did in one training. Who did not pass may not start."""

    training: str = ref(N_("Training before the start"), "training", required=True)
    student: str = ref(N_("Student"), "student", required=True)
    attended: bool = flag(N_("Attended"), default=True)
    score: Decimal | None = number(N_("Score"), decimals=1, tally=False, clash="must")
    passed: bool = flag(N_("Passed"), default=True)
    note: str = note(N_("Note"))


class FilingKind(Enum):
    """What needs the supervising authority."""

    REGULAR = N_("Regular filing")
    CROSS_PROVINCE = N_("Cross-province placement")
    CROSS_CITY = N_("Placement in another city")
    OVERSEAS = N_("Overseas placement")
    HIGH_RISK = N_("High-risk work")
    NIGHT_SHIFT = N_("Night shifts or overtime")
    SPECIAL_TRADE = N_("Special trade")
    MINOR = N_("Students under age")
    REMOTE = N_("Remote work")
    OTHER = N_("Other special filing")


class FilingState(Enum):
    """Where the filing is."""

    NEEDED = N_("To be filed")
    FILED = N_("Filed")
    NOT_NEEDED = N_("No filing needed")


@record("filing", N_("Filing"), N_("Filings"))
class Filing(Record):
    """A filing with the supervising authority; it covers what it names, on its days.

    What it names is the batch, the enterprise, the position or the one student; empty is all.
    """

    name: str = text(N_("Document"), required=True, search=True)
    kind: FilingKind = choice(N_("Kind of filing"), FilingKind, default=FilingKind.REGULAR)
    state: FilingState = choice(N_("State"), FilingState, default=FilingState.NEEDED)
    authority: str = text(N_("Authority"))
    document_no: str = code(N_("Document number"), search=True)
    filed_on: date | None = day(N_("Filed on"))
    valid_from: date | None = day(N_("Valid from"), group="validity")
    valid_until: date | None = day(N_("Valid until"), group="validity")
    batch: str = ref(N_("Batch"), "placement_batch")
    enterprise: str = ref(N_("Enterprise"), "enterprise", gone="empty")
    position: str = ref(N_("Position"), "position", gone="empty", column=False)
    student: str = ref(N_("Student"), "student", gone="empty", column=False)
    scope: str = note(N_("What it covers"))
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """It ends after it began."""
        return in_order(self.valid_from, self.valid_until, "valid_until")
