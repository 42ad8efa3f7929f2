"""Agreements, consents and requests (R16–R22, R60, R70)."""

from __future__ import annotations

from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.compliance.outcome import Hit, Missing, Outcome, Rule, Terms, When
from xqhz_desktop.compliance.persons import minor
from xqhz_desktop.domain.agreement import PartyState, Tripartite, TripartiteState
from xqhz_desktop.domain.placement import Arrangement, Lodging
from xqhz_desktop.domain.preparation import ApplicationState, Consent, ConsentState
from xqhz_desktop.i18n import N_, Message

_IN_FORCE = frozenset({TripartiteState.EFFECTIVE, TripartiteState.ARCHIVED})
_BACK = frozenset({ConsentState.RETURNED, ConsentState.SCANNED})


def in_force(paper: Tripartite) -> bool:
    """Tell whether a three-party agreement binds: in force, or signed by all three."""
    signed = PartyState.OPEN not in (paper.school, paper.enterprise, paper.student)
    ended = paper.state in (TripartiteState.VOIDED, TripartiteState.RETURNED)
    return bool(paper.id) and (paper.state in _IN_FORCE or (signed and not ended))


def no_agreement(facts: Facts, _terms: Terms) -> Outcome:
    """R16: nobody starts without the three-party agreement, whatever the explanation."""
    return None if in_force(facts.tripartite) else Hit()


def signed_late(facts: Facts, _terms: Terms) -> Outcome:
    """R17: signed before the start."""
    paper = facts.tripartite
    if not in_force(paper):
        return None
    if paper.signed_on is None:
        return Missing(("tripartite.signed_on",))
    return Hit({"day": paper.signed_on}) if paper.signed_on > facts.start else None


def incomplete(facts: Facts, _terms: Terms) -> Outcome:
    """R18: the nine groups of contents; what the official text says itself counts."""
    if not facts.tripartite.id:
        return None
    gaps = [Message(label) for label, there in _contents(facts) if not there]
    return Hit({"list": gaps}) if gaps else None


def _contents(facts: Facts) -> list[tuple[str, bool]]:
    placement, post, host = facts.placement, facts.position, facts.enterprise
    model = facts.tripartite.model
    hours = bool(placement.weekly_hours or post.hours_per_week)
    return [
        (_PARTIES, bool(host.uscc and host.address)),
        (_TIME, bool(placement.start_date and placement.end_date and post.name and facts.region)),
        (_LIVING, hours and placement.lodging is not Lodging.UNKNOWN),
        (_PAY, bool(placement.allowance or placement.no_pay_reason)),
        (_SAFETY, model),
        (_INSURANCE, bool(facts.insured)),
        (_ASSESSMENT, model or bool(facts.batch.id)),
        (_BREACH, model),
        (_OTHER, model),
    ]


_PARTIES = N_("data of the parties")
_TIME = N_("time, place and content")
_LIVING = N_("lodging, hours and rest")
_PAY = N_("pay")
_SAFETY = N_("safety and protection at work")
_INSURANCE = N_("insurance")
_ASSESSMENT = N_("way of assessment")
_BREACH = N_("breach of the agreement")
_OTHER = N_("other matters")


def not_the_model(facts: Facts, _terms: Terms) -> Outcome:
    """R19: it follows the official model."""
    return Hit() if facts.tripartite.id and not facts.tripartite.model else None


def no_consent(facts: Facts, _terms: Terms) -> Outcome:
    """R20: student and guardian have signed the informed consent."""
    paper = facts.consent
    if paper.state is ConsentState.REFUSED or facts.placement.arrangement is Arrangement.SELF:
        return None  # R22 and R60 ask for the other way
    return None if given(paper) else Hit()


def given(paper: Consent) -> bool:
    """Tell whether a consent is signed by both."""
    both = paper.student_signed_on is not None and paper.guardian_signed_on is not None
    return (
        bool(paper.id)
        and paper.state is not ConsentState.REFUSED
        and (paper.state in _BACK or both)
    )


def no_guardian(facts: Facts, _terms: Terms) -> Outcome:
    """R21: for who is under 18 on any day, the guardian signs."""
    young = minor(facts)
    papers = [bool(facts.tripartite.id), bool(facts.consent.id)]
    if young is False or not any(papers):
        return None
    if young is None:
        return Missing(("student.birth_date",))
    gaps = []
    if facts.tripartite.id and facts.tripartite.guardian is PartyState.OPEN:
        gaps.append(Message(Tripartite.LABEL))
    if facts.consent.id and not given(facts.consent) and not facts.consent.guardian_signed_on:
        gaps.append(Message(Consent.LABEL))
    return Hit({"list": gaps}) if gaps else None


def refused(facts: Facts, _terms: Terms) -> Outcome:
    """R22: where the guardian refuses, another way is recorded."""
    if facts.consent.state is not ConsentState.REFUSED:
        return None
    return None if facts.placement.arrangement is Arrangement.SELF else Hit()


def not_asked_for(facts: Facts, _terms: Terms) -> Outcome:
    """R60: an own place is asked for by student and guardian and approved by the school."""
    if facts.placement.arrangement is not Arrangement.SELF:
        return None
    paper = facts.application
    signed = paper.student_signed_on is not None and paper.guardian_signed_on is not None
    accepted = paper.state is ApplicationState.ACCEPTED
    return None if paper.id and signed and accepted else Hit()


def unreviewed(facts: Facts, _terms: Terms) -> Outcome:
    """R70: the school reviews whatever else a student is to sign."""
    return Hit({"n": facts.unreviewed}) if facts.unreviewed else None


RULES = (
    Rule(
        "R16",
        no_agreement,
        ("tripartite.state", "tripartite.signed_on"),
        When.BEGUN,
    ),
    Rule("R17", signed_late, ("tripartite.signed_on", "placement.start_date")),
    Rule(
        "R18",
        incomplete,
        ("tripartite.state", "placement.allowance", "placement.lodging", "enterprise.address"),
    ),
    Rule("R19", not_the_model, ("tripartite.model",)),
    Rule("R20", no_consent, ("consent.state", "consent.guardian_signed_on")),
    Rule("R21", no_guardian, ("consent.guardian_signed_on", "tripartite.guardian")),
    Rule("R22", refused, ("consent.state", "placement.arrangement")),
    Rule("R60", not_asked_for, ("application.state", "application.guardian_signed_on")),
    Rule("R70", unreviewed, ("extra_agreement.state",)),
)
