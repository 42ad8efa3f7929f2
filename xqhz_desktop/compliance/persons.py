"""Who may go: age, study year, restricted work for minors and women (R01, R02, R07, R08)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.compliance.outcome import Ask, Hit, Missing, Outcome, Rule, Terms
from xqhz_desktop.domain import identity
from xqhz_desktop.domain.position import LabourGrade
from xqhz_desktop.domain.student import Sex, Student

ADULT = 18


def born(student: Student) -> date | None:
    """Return the day of birth, by the ID number where it is not filled in."""
    return student.birth_date or identity.born(student.id_no)


def turns(birth: date, years: int) -> date:
    """Return the day somebody reaches an age; who was born on 29 February does so on 1 March."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def minor(facts: Facts) -> bool | None:
    """Tell whether the student is under 18 on any day of the placement; None if not known."""
    birth = born(facts.student)
    return None if birth is None else facts.start < turns(birth, ADULT)


def under_age(facts: Facts, terms: Terms) -> Outcome:
    """R01: nobody under 16 on the first day."""
    birth = born(facts.student)
    if birth is None:
        return Missing(("student.birth_date",))
    if not facts.placement.start_date:
        return Missing(("placement.start_date",))
    age = terms.days("age")
    may = turns(birth, age)
    return Hit({"age": age, "day": may}) if facts.start < may else None


def first_year(facts: Facts, terms: Terms) -> Outcome:
    """R02: nobody in the first year of study; a school year begins in the month the pack says."""
    enrolled = facts.school_class.enrol_year
    if facts.student.enrol_date:
        enrolled = facts.student.enrol_date.year
    if not enrolled:
        return Missing(("school_class.enrol_year",))
    year = facts.start.year - enrolled + (facts.start.month >= terms.days("month"))
    return Hit({"year": year}) if year <= 1 else None


def banned_for_minors(facts: Facts, terms: Terms) -> Outcome:
    """R07: nothing on the list for minors on any day somebody is under 18."""
    young = minor(facts)
    if young is False:
        return None
    found = _restricted(facts, terms)
    if found is None or isinstance(found, Missing):
        return found if young else None
    if young is None:
        return Missing(("student.birth_date",))
    if isinstance(found, Ask):
        return found
    birth = born(facts.student)
    assert birth
    return Hit({**found.values, "day": turns(birth, ADULT)})


def banned_for_women(facts: Facts, terms: Terms) -> Outcome:
    """R08: nothing on the list for women."""
    match facts.student.sex:
        case Sex.MALE:
            return None
        case Sex.UNKNOWN:
            return Missing(("student.sex",)) if _restricted(facts, terms) else None
    return _restricted(facts, terms)


def _restricted(facts: Facts, terms: Terms) -> Hit | Ask | Missing | None:
    """Return the restricted work of the position: what is said, else what is asked."""
    if not facts.position.id:
        return Missing(("placement.position",))
    named = _hazards(facts) & terms.lists["hazards"]
    grade = facts.position.labour_grade
    found: list[object] = [{"hazard": one} for one in sorted(named)]
    if grade.name in terms.lists["grades"]:
        found.append(grade)
    asked = sorted(_hazards(facts) & terms.lists["asked"])
    asked += [word for word in terms.words if word in facts.position.name + facts.position.duties]
    found += [one for one in asked if facts.answers.get(one)]
    if found:
        return Hit({"list": found})
    if open_words := unanswered(facts, asked):
        return Ask(open_words)
    return Missing(("position.labour_grade",)) if grade is LabourGrade.UNKNOWN else None


def unanswered(facts: Facts, words: Collection[str]) -> tuple[str, ...]:
    """Return the words nobody has decided on for the position."""
    return tuple(one for one in words if one not in facts.answers)


def _hazards(facts: Facts) -> frozenset[str]:
    return frozenset(filter(None, facts.position.hazards.split(",")))


RULES = (
    Rule("R01", under_age, ("student.birth_date", "placement.start_date"), numbers=("age",)),
    Rule(
        "R02",
        first_year,
        ("student.enrol_date", "school_class.enrol_year", "placement.start_date"),
        numbers=("month",),
    ),
    Rule(
        "R07",
        banned_for_minors,
        ("position.hazards", "position.labour_grade", "position.duties", "student.birth_date"),
        lists=("hazards", "grades", "asked"),
    ),
    Rule(
        "R08",
        banned_for_women,
        ("position.hazards", "position.labour_grade", "position.duties", "student.sex"),
        lists=("hazards", "grades", "asked"),
    ),
)
