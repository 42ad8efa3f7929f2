"""The lists around a placement: what comes before it, belongs to it, and follows it."""

from __future__ import annotations

from typing import Any

from xqhz_desktop.domain.agreement import (
    Agreement,
    AgreementParty,
    AgreementState,
    ExtraAgreement,
    Tripartite,
    TripartiteState,
)
from xqhz_desktop.domain.assessment import Grade, Score, Survey
from xqhz_desktop.domain.attendance import Attendance, Leave, Pay
from xqhz_desktop.domain.guidance import (
    Incident,
    IncidentState,
    PlacementEvent,
    StudentReport,
    Visit,
    VisitState,
    VisitStudent,
)
from xqhz_desktop.domain.insurance import Cover, Policy
from xqhz_desktop.domain.participation import NonParticipant
from xqhz_desktop.domain.preparation import (
    Application,
    ApplicationState,
    Consent,
    ConsentState,
    Decided,
    Decision,
    Filing,
    FilingState,
    SiteAssessment,
    Training,
    TrainingResult,
)
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.ruling import (
    ComplianceSheet,
    FindingAnswer,
    PackState,
    RulePack,
    WorkAnswer,
)
from xqhz_desktop.i18n import N_, NN_
from xqhz_desktop.ui.models.columns import Look, column
from xqhz_desktop.ui.pages.listing import Listing


def _listed(
    entity: type[Record],
    *columns: str | tuple[str, str],
    chips: str = "",
    order: tuple[Any, ...] = (),
    standing: tuple[str, Any] | None = None,
) -> Listing:
    """Return the plain listing of a kind: the first column is its name, chips are pills.

    A column may be a pair: what stands in its second line comes after the field.
    """
    pairs = [(one, "") if isinstance(one, str) else one for one in columns]
    shown = [
        column(
            entity,
            name,
            beside=(beside,) if beside else (),
            worth=99 - 8 * place,
            **_traits(place, name == chips, beside),
        )
        for place, (name, beside) in enumerate(pairs)
    ]
    return Listing(
        entity,
        counted=NN_("{n} entry", "{n} entries"),
        add=N_("Add entry"),
        search=N_("Search names, numbers or pinyin initials"),
        hint=N_("Try the pinyin initials of a name, such as zs."),
        columns=tuple(shown),
        beside=tuple(name for name, _beside in pairs[1:3]),
        chips=chips,
        order=order,
        standing=standing,
    )


def _traits(place: int, pill: bool, beside: str) -> dict[str, Any]:
    if place == 0:
        return {"look": Look.NAME, "width": 220}
    if pill:
        return {"look": Look.PILL, "width": 144}
    return {"width": 176} if beside else {}


_BEFORE: tuple[Listing, ...] = (
    _listed(Decision, "name", "minutes_no", "held_on", ("published_from", "published_where")),
    _listed(Decided, ("enterprise", "enterprise.uscc"), "verdict", "decision", chips="verdict"),
    _listed(
        SiteAssessment, "enterprise", "conclusion", "visited_on", "visitors", chips="conclusion"
    ),
    _listed(
        Agreement,
        ("name", "agreement_no"),
        "state",
        "enterprise",
        "kind",
        ("start_date", "end_date"),
        chips="state",
        order=tuple(AgreementState),
        standing=(N_("{all}, {n} in force"), AgreementState.EFFECTIVE),
    ),
    _listed(AgreementParty, "enterprise", "agreement", "role"),
    _listed(NonParticipant, "student", "reason", "batch", "proof", "approved_by", chips="reason"),
    _listed(
        Consent,
        "student",
        "state",
        "batch",
        ("guardian_name", "guardian_signed_on"),
        "student_signed_on",
        chips="state",
        order=tuple(ConsentState),
    ),
    _listed(
        Application,
        ("student", "asked_on"),
        "state",
        "company",
        "work",
        "answered_on",
        chips="state",
        order=tuple(ApplicationState),
    ),
    _listed(Training, ("name", "trainer"), "kind", "held_on", "batch", "hours", chips="kind"),
    _listed(TrainingResult, "student", "passed", "score", "training", "attended"),
    _listed(
        Filing,
        ("name", "document_no"),
        "state",
        "kind",
        "authority",
        ("valid_from", "valid_until"),
        chips="state",
        order=tuple(FilingState),
    ),
    _listed(
        Policy, ("name", "policy_no"), "kind", ("start_date", "end_date"), "payer", chips="kind"
    ),
    _listed(Cover, "student", "policy", ("start_date", "end_date")),
)

_DURING: tuple[Listing, ...] = (
    _listed(
        Tripartite,
        ("placement", "agreement_no"),
        "state",
        "student",
        "guardian",
        "enterprise",
        "school",
        "signed_on",
        chips="state",
        order=tuple(TripartiteState),
        standing=(N_("{all}, {n} in force"), TripartiteState.EFFECTIVE),
    ),
    _listed(ExtraAgreement, "name", "state", "placement", "received_on", chips="state"),
    _listed(Attendance, "placement", "month", "days", "allowance", "boarding"),
    _listed(Leave, "placement", "kind", ("start_date", "end_date"), "returned_on", chips="kind"),
    _listed(Pay, "placement", "month", "amount", "paid_on", "directly"),
    _listed(
        StudentReport, "placement", "state", "kind", "number", "received_on", "grade", chips="state"
    ),
    _listed(
        Visit,
        "enterprise",
        "state",
        "visitor",
        "way",
        ("made_on", "planned_on"),
        "due_on",
        chips="state",
        order=tuple(VisitState),
    ),
    _listed(VisitStudent, "student", "visit"),
    _listed(
        Incident,
        "placement",
        "state",
        "kind",
        "happened_on",
        "claim_no",
        chips="state",
        order=tuple(IncidentState),
    ),
    _listed(PlacementEvent, "placement", "kind", "day", "reason", "by", chips="kind"),
)

_AFTER: tuple[Listing, ...] = (
    _listed(
        Score,
        "student",
        "grade",
        "total",
        "usual",
        "school",
        "enterprise",
        "final",
        chips="grade",
        order=tuple(Grade),
    ),
    _listed(Survey, "enterprise", "asked", "answered_on", "satisfied", "student", chips="asked"),
)

_RULED: tuple[Listing, ...] = (
    _listed(
        RulePack,
        ("name", "version"),
        "state",
        "in_force",
        "adopted_on",
        chips="state",
        order=tuple(PackState),
    ),
    _listed(FindingAnswer, "placement", "rule", "reason", "said", ("answered_on", "by")),
    _listed(WorkAnswer, "position", "word", "applies", "reason", ("answered_on", "by")),
    _listed(ComplianceSheet, "name", "batch", "taken_on", "placements", "findings", "by"),
)

AROUND: tuple[Listing, ...] = (*_BEFORE, *_DURING, *_AFTER, *_RULED)
"""Every list around placements, in the order of the work."""
