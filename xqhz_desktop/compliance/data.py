"""Errors of data: check digits, dates that contradict, explanations for the report (R90–R92)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from xqhz_desktop.compliance.course import abroad
from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.compliance.outcome import ALL, Hit, Outcome, Rule, Terms, When
from xqhz_desktop.compliance.papers import in_force
from xqhz_desktop.domain import identity
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.i18n import N_, Message


def bad_codes(facts: Facts, _terms: Terms) -> Outcome:
    """R90: check digits hold, and birth and sex agree with the ID number."""
    found = _of_student(facts.student)
    if facts.enterprise.uscc and not _good_uscc(facts.enterprise.uscc):
        found.append({"fact": "enterprise.uscc"})
    return Hit({"list": found}) if found else None


@lru_cache(4096)
def _good_uscc(code: str) -> bool:
    """Tell whether a credit code is sound; many placements share one."""
    return identity.check_uscc(code) is None


def _of_student(student: Student) -> list[dict[str, str]]:
    if not student.id_no or student.id_type not in ("", "1"):
        return []
    if identity.check_id(student.id_no):
        return [{"fact": "student.id_no"}]
    found = []
    born, male = identity.born(student.id_no), identity.male(student.id_no)
    if born and student.birth_date and born != student.birth_date:
        found.append({"fact": "student.birth_date"})
    told = male is not None and student.sex is not Sex.UNKNOWN
    if told and (student.sex is Sex.MALE) != male:
        found.append({"fact": "student.sex"})
    return found


def bad_dates(facts: Facts, _terms: Terms) -> Outcome:
    """R91: ends after it began, overlaps no other placement, lies within its agreement."""
    placement, found = facts.placement, []
    if placement.start_date and placement.end_date and placement.end_date < placement.start_date:
        found.append(Message(_ENDS))
    alone = placement.share is None
    if any(leg.start <= facts.end and facts.start <= leg.end and (alone or not leg.shared)
           for leg in facts.legs):  # fmt: skip
        found.append(Message(_OVERLAPS))
    paper = facts.agreement
    last = paper.end_date or date.max
    if paper.id and ((paper.start_date or date.min) > facts.start or last < facts.end):
        found.append(Message(_OUTSIDE))
    return Hit({"list": found}) if found else None


_ENDS = N_("it ends before it begins")
_OVERLAPS = N_("it overlaps another placement of the student")
_OUTSIDE = N_("it lies outside the cooperation agreement")


def unexplained(facts: Facts, _terms: Terms) -> Outcome:
    """R92: what the report to the authority wants explained."""
    found = []
    papers = in_force(facts.tripartite) and facts.insured
    if facts.begun and not papers and not facts.placement.unpapered:
        found.append({"fact": "placement.unpapered"})
    if abroad(facts) and not facts.position.country:
        found.append({"fact": "position.country"})
    other = "OTHER" in facts.position.hazards.split(",")
    if other and not any(one.scope for one in facts.filings):
        found.append({"fact": "filing.scope"})
    return Hit({"list": found}) if found else None


RULES = (
    Rule("R90", bad_codes, ("student.id_no", "student.birth_date", "enterprise.uscc"), types=ALL),
    Rule(
        "R91",
        bad_dates,
        ("placement.start_date", "placement.end_date", "agreement.end_date"),
        types=ALL,
    ),
    Rule("R92", unexplained, ("placement.unpapered", "position.country"), When.BEGUN),
)
