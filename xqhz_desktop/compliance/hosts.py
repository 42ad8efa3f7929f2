"""The enterprise: caps, assessment, decision, public record, legal status (R32–R34, R42–R47)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from xqhz_desktop.compliance.facts import Crowding, Facts
from xqhz_desktop.compliance.outcome import Hit, Missing, Outcome, Rule, Terms
from xqhz_desktop.domain.enterprise import Credit
from xqhz_desktop.domain.preparation import Aspect, SiteAssessment
from xqhz_desktop.i18n import Message

ASPECTS = (
    "qualification",
    "integrity",
    "management",
    "post",
    "hours",
    "workplace",
    "living",
    "health",
    "safety",
)
"""The nine aspects of an assessment (Art. 7)."""


def over_unit(facts: Facts, terms: Terms) -> Outcome:
    """R32: interns of everybody are at most 10 % of the staff on any day."""
    return _over(facts.unit, terms)


def over_post(facts: Facts, terms: Terms) -> Outcome:
    """R33: interns in one post are at most 20 % of its staff on any day."""
    return _over(facts.post, terms) if facts.position.id else None


def _over(crowding: Crowding, terms: Terms) -> Outcome:
    staff, share = crowding.staff, terms.most("share")
    if not staff or crowding.most * 100 <= staff * share:
        return None
    return Hit(
        {
            "count": crowding.most,
            "staff": staff,
            "percent": (Decimal(crowding.most * 100) / staff).quantize(Decimal("0.1")),
            "share": share,
            "allowed": int(staff * share // 100),
            "peak": crowding.peak,
        }
    )


def no_staff_numbers(facts: Facts, _terms: Terms) -> Outcome:
    """R34: the numbers of staff are known."""
    gaps = [] if facts.unit.staff else ["enterprise.staff_total"]
    if facts.position.id and not facts.post.staff:
        gaps.append("position.staff_same_post")
    return Hit({"list": [{"fact": one} for one in gaps]}) if gaps else None


def not_assessed(facts: Facts, _terms: Terms) -> Outcome:
    """R42: somebody went to see a new enterprise and wrote a report."""
    return Hit() if facts.standing.new and not facts.assessment.id else None


def half_assessed(facts: Facts, _terms: Terms) -> Outcome:
    """R43: the report speaks of all nine aspects."""
    report = facts.assessment
    if not report.id:
        return None
    open_ones = [name for name in ASPECTS if getattr(report, name) is Aspect.OPEN]
    labels = [Message(SiteAssessment.FIELDS[name].label) for name in open_ones]
    return Hit({"list": labels}) if labels else None


def not_decided(facts: Facts, _terms: Terms) -> Outcome:
    """R44: the school's Party organisation has decided on the enterprise."""
    return None if facts.standing.accepted else Hit()


def not_published(facts: Facts, _terms: Terms) -> Outcome:
    """R45: the list was published before the start."""
    if not facts.standing.accepted:
        return None
    day = facts.standing.published_on
    return None if day is not None and day <= facts.start else Hit()


def bad_record(facts: Facts, terms: Terms) -> Outcome:
    """R46: no dishonesty, no abnormal operation, no breach of work safety in three years."""
    host = facts.enterprise
    match host.credit:
        case Credit.CLEAR:
            return None
        case Credit.UNKNOWN:
            return Missing(("enterprise.credit",))
        case Credit.SAFETY if host.credit_on:
            past = host.credit_on + timedelta(days=365 * terms.days("years"))
            return Hit({"record": host.credit}) if facts.start <= past else None
    return Hit({"record": host.credit})


def unregistered(facts: Facts, _terms: Terms) -> Outcome:
    """R47: the enterprise is registered by law."""
    return None if facts.enterprise.has_legal_status else Hit()


RULES = (
    Rule(
        "R32",
        over_unit,
        ("enterprise.staff_total", "enterprise.other_interns", "unit.most"),
        numbers=("share",),
    ),
    Rule(
        "R33",
        over_post,
        ("position.staff_same_post", "position.other_interns", "post.most"),
        numbers=("share",),
    ),
    Rule("R34", no_staff_numbers, ("enterprise.staff_total", "position.staff_same_post")),
    Rule("R42", not_assessed, ("site_assessment.visited_on", "standing.new")),
    Rule("R43", half_assessed, tuple(f"site_assessment.{name}" for name in ASPECTS)),
    Rule("R44", not_decided, ("decided.verdict",)),
    Rule("R45", not_published, ("decision.published_from",)),
    Rule("R46", bad_record, ("enterprise.credit", "enterprise.credit_on"), numbers=("years",)),
    Rule("R47", unregistered, ("enterprise.has_legal_status",)),
)
