"""Agreements: with enterprises, and of three parties for each placement."""

from __future__ import annotations

from datetime import date
from enum import Enum

from xqhz_desktop.domain.fields import choice, code, day, flag, note, number, ref, text
from xqhz_desktop.domain.periods import in_order
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class AgreementKind(Enum):
    """The forms of cooperation of the 2018 measures, and the frame around them."""

    FRAMEWORK = N_("Framework agreement")
    INTERNSHIP = N_("Internships and training")
    JOINT_TRAINING = N_("Joint training of students")
    ORDER_CLASS = N_("Order-based class")
    APPRENTICESHIP = N_("Apprenticeship")
    CURRICULUM = N_("Majors, courses and teaching materials")
    TEACHERS = N_("Exchange of teachers and staff")
    BASE = N_("Training base")
    COLLEGE = N_("Industrial college or joint school")
    RESEARCH = N_("Research and services")
    EMPLOYEES = N_("Training of employees")
    OTHER = N_("Other cooperation")


class AgreementState(Enum):
    """The life of a cooperation agreement."""

    DRAFT = N_("Draft")
    APPROVING = N_("Being approved")
    SEALING = N_("Being sealed")
    EFFECTIVE = N_("In force")
    EXPIRED = N_("Expired")
    ARCHIVED = N_("Archived")
    VOIDED = N_("Voided")


@record(
    "agreement",
    N_("Cooperation agreement"),
    N_("Cooperation agreements"),
    keys=(("agreement_no",),),
    seek=("enterprise",),
)
class Agreement(Record):
    """An agreement between the school and an enterprise."""

    name: str = text(N_("Title"), required=True, search=True)
    agreement_no: str = code(N_("Agreement number"), search=True)
    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    kind: AgreementKind = choice(
        N_("Kind of agreement"), AgreementKind, default=AgreementKind.INTERNSHIP
    )
    state: AgreementState = choice(N_("State"), AgreementState, default=AgreementState.DRAFT)
    signed_on: date | None = day(N_("Signed on"))
    start_date: date | None = day(N_("From"), group="period")
    end_date: date | None = day(N_("Until"), group="period")
    copies: int | None = number(N_("Copies"), tally=False, column=False)
    held_by: str = text(N_("Held by"), column=False)
    owner: str = ref(N_("In charge"), "staff", gone="empty", column=False)
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """It ends after it began."""
        return in_order(self.start_date, self.end_date)


@record(
    "agreement_party",
    N_("Further party"),
    N_("Further parties"),
    title="enterprise",
    seek=("agreement", "enterprise"),
)
class AgreementParty(Record):
    """An enterprise that is a further party of an agreement."""

    agreement: str = ref(N_("Cooperation agreement"), "agreement", required=True)
    enterprise: str = ref(N_("Enterprise"), "enterprise", required=True)
    role: str = text(N_("Part it takes"))


class PartyState(Enum):
    """How far one party is; signed on paper is as good as any other way."""

    OPEN = N_("Not signed")
    SIGNED = N_("Signed")
    SEALED = N_("Sealed")
    SCANNED = N_("Scanned")


class TripartiteState(Enum):
    """The life of a three-party agreement."""

    DRAFT = N_("Draft")
    SIGNING = N_("Being signed")
    EFFECTIVE = N_("In force")
    RETURNED = N_("Returned")
    VOIDED = N_("Voided")
    ARCHIVED = N_("Archived")


@record(
    "tripartite",
    N_("Three-party agreement"),
    N_("Three-party agreements"),
    title="placement",
    keys=(("agreement_no",),),
    seek=("placement",),
)
class Tripartite(Record):
    """The agreement of school, enterprise and student for one placement, before it starts."""

    placement: str = ref(N_("Placement"), "placement", required=True)
    agreement_no: str = code(N_("Agreement number"), search=True)
    state: TripartiteState = choice(
        N_("State"), TripartiteState, default=TripartiteState.DRAFT, group="signatures"
    )
    school: PartyState = choice(
        N_("School"), PartyState, default=PartyState.OPEN, group="signatures"
    )
    enterprise: PartyState = choice(
        N_("Enterprise"), PartyState, default=PartyState.OPEN, group="signatures"
    )
    student: PartyState = choice(
        N_("Student"), PartyState, default=PartyState.OPEN, group="signatures"
    )
    guardian: PartyState = choice(
        N_("Guardian"), PartyState, default=PartyState.OPEN, group="signatures"
    )
    signed_on: date | None = day(N_("Signed on"))
    outside: bool = flag(N_("Signed outside this program"), column=False)
    copies: int | None = number(N_("Copies"), tally=False, column=False)
    model: bool = flag(N_("Follows the official model"), default=True, column=False)
    fees: str = text(N_("Fees or deposits asked of the student"), column=False)
    papers_kept: bool = flag(N_("Papers kept back or guarantee asked"), column=False)
    overtime_consent: bool = flag(N_("Written consent to overtime"), column=False)
    reason: str = text(N_("Reason if there is none"), column=False)
    note: str = note(N_("Note"))


class ReviewState(Enum):
    """What the school says of it."""

    OPEN = N_("Not reviewed")
    ALLOWED = N_("No objection")
    REFUSED = N_("Refused")


@record(
    "extra_agreement",
    N_("Extra agreement"),
    N_("Extra agreements"),
    seek=("placement",),
)
class ExtraAgreement(Record):
    """Something else an enterprise asks a student to sign; the school reviews it first."""

    name: str = text(N_("Title"), required=True, search=True)
    placement: str = ref(N_("Placement"), "placement", required=True)
    received_on: date | None = day(N_("Received on"))
    reviewer: str = ref(N_("Reviewed by"), "staff", gone="empty")
    state: ReviewState = choice(N_("State"), ReviewState, default=ReviewState.OPEN)
    opinion: str = note(N_("Opinion"))
