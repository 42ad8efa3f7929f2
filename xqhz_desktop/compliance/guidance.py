"""Tutors, checks, reports, visits, assessment and archive (R48–R50, R63–R65, R67–R69)."""

from __future__ import annotations

from datetime import date, timedelta

from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.compliance.outcome import Hit, Missing, Outcome, Rule, Terms, When
from xqhz_desktop.compliance.papers import given, in_force
from xqhz_desktop.domain.assessment import Grade
from xqhz_desktop.domain.placement import (
    Organisation,
    PlacementStatus,
    ReportCycle,
)
from xqhz_desktop.i18n import N_, Message

_CYCLES = {ReportCycle.DAILY: 1, ReportCycle.WEEKLY: 7, ReportCycle.MONTHLY: 31}


def no_tutor(facts: Facts, _terms: Terms) -> Outcome:
    """R48: a tutor of the school."""
    return None if facts.placement.tutor else Hit()


def no_mentor(facts: Facts, _terms: Terms) -> Outcome:
    """R49: a mentor of the enterprise."""
    return None if facts.placement.mentor else Hit()


def crowded_tutor(facts: Facts, terms: Terms) -> Outcome:
    """R50: not too many interns for one tutor."""
    most = terms.days("most")
    return Hit({"n": facts.tutored, "most": most}) if facts.tutored > most else None


def unchecked(facts: Facts, terms: Terms) -> Outcome:
    """R63: somebody of the school checks every so often; groups are counted in working days."""
    since = max(facts.guided.checked_on or facts.start, facts.start)
    if facts.placement.organisation is Organisation.GROUP:
        days = facts.calendar.workdays(since + timedelta(1), facts.on - timedelta(1))
        late = days > terms.days("group")
    else:
        days = (facts.on - since).days
        late = days > terms.days("alone")
    return Hit({"days": days}) if late else None


def no_report(facts: Facts, terms: Terms) -> Outcome:
    """R64: students report as often as their batch says."""
    cycle = _CYCLES.get(facts.batch.report_cycle) if facts.batch.id else None
    if cycle is None:
        return None if facts.batch.id else Missing(("placement.batch",))
    days = _since(facts, facts.guided.reported_on)
    late = days - cycle
    return Hit({"days": late}) if late > terms.days("days") else None


def not_visited(facts: Facts, terms: Terms) -> Outcome:
    """R65: somebody comes to see, on site or by video, as often as the batch or the school says."""
    most = facts.batch.visit_days or terms.days("days")
    days = _since(facts, facts.guided.visited_on)
    return Hit({"days": days, "most": most}) if days > most else None


def _since(facts: Facts, day: date | None) -> int:
    return (facts.on - max(day or facts.start, facts.start)).days


def not_assessed(facts: Facts, terms: Terms) -> Outcome:
    """R67: assessed soon after the end."""
    if facts.score.id and facts.score.grade is not Grade.OPEN:
        return None
    days = (facts.on - facts.end).days
    return Hit({"days": days}) if days > terms.days("days") else None


def no_grade(facts: Facts, _terms: Terms) -> Outcome:
    """R68: who is assessed has one of the four grades."""
    done = facts.placement.status in (PlacementStatus.ASSESSED, PlacementStatus.ARCHIVED)
    known = facts.score.id and facts.score.grade is not Grade.OPEN
    return Hit() if done and not known else None


def archive_gaps(facts: Facts, _terms: Terms) -> Outcome:
    """R69: everything that belongs into the archive of a student."""
    if facts.placement.status is not PlacementStatus.ARCHIVED:
        return None
    items = (
        (N_("three-party agreement"), in_force(facts.tripartite)),
        (N_("internship plan"), facts.batch.plan_approved_on is not None),
        (N_("student's report"), facts.guided.summary),
        (N_("result of the assessment"), facts.score.grade is not Grade.OPEN),
        (N_("journals"), facts.guided.reports > 0),
        (N_("record of visits"), facts.guided.visited_on is not None),
        (N_("summary of the internship"), bool(facts.score.self_summary)),
        (N_("evidence such as photographs"), facts.files > 0),
        (N_("informed consent"), given(facts.consent)),
        (N_("record of the safety training"), bool(facts.trained.passed)),
        (N_("proof of insurance"), bool(facts.insured)),
    )
    gaps = [Message(label) for label, there in items if not there]
    return Hit({"list": gaps}) if gaps else None


RULES = (
    Rule("R48", no_tutor, ("placement.tutor",)),
    Rule("R49", no_mentor, ("placement.mentor",)),
    Rule("R50", crowded_tutor, ("placement.tutor", "staff.interns"), numbers=("most",)),
    Rule(
        "R63",
        unchecked,
        ("visit.made_on", "guided.checked_on"),
        When.RUNNING,
        numbers=("group", "alone"),
    ),
    Rule(
        "R64",
        no_report,
        ("student_report.received_on", "placement_batch.report_cycle"),
        When.RUNNING,
        numbers=("days",),
    ),
    Rule(
        "R65",
        not_visited,
        ("visit.made_on", "placement_batch.visit_days"),
        When.RUNNING,
        numbers=("days",),
    ),
    Rule("R67", not_assessed, ("score.grade", "placement.end_date"), When.OVER, numbers=("days",)),
    Rule("R68", no_grade, ("score.grade",), When.OVER),
    Rule("R69", archive_gaps, ("attachment.record",), When.OVER),
)
