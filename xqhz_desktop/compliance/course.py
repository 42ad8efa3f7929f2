"""How long, where to, and what it rests on: plan, filing, places, lodging (R38–R41, R51–R62)."""

from __future__ import annotations

from datetime import date, timedelta

from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.compliance.outcome import ALL, Hit, Missing, Outcome, Rule, Terms, When
from xqhz_desktop.compliance.work import category
from xqhz_desktop.domain.insurance import InsuranceKind
from xqhz_desktop.domain.placement import Lodging, Organisation, PlacementBatch, PlacementType
from xqhz_desktop.i18n import Message

_HEALTH = 12
"""The category of majors of medicine and health."""
_ABROAD = frozenset({"71", "81", "82"})
"""Taiwan, Hong Kong and Macao count as abroad (国（境）外)."""
_UNIFIED = frozenset({Lodging.SCHOOL, Lodging.ENTERPRISE, Lodging.JOINT, Lodging.HOME})


def total_days(facts: Facts) -> int:
    """Return the days of all post internships of the student; a day in two of them counts once."""
    spans = [(facts.start, facts.end)] + [(leg.start, leg.end) for leg in facts.legs if leg.post]
    total, reached = 0, date.min
    for start, end in sorted(spans):
        first = max(start, reached + timedelta(1)) if reached > date.min else start
        total += max(0, (end - first).days + 1)
        reached = max(reached, end)
    return total


def off_six_months(facts: Facts, terms: Terms) -> Outcome:
    """R38: about six months in all; too short is told once the last leg has begun."""
    if not facts.placement.end_date:
        return Missing(("placement.end_date",))
    days = total_days(facts)
    values = {"days": days, "least": terms.days("least"), "most": terms.days("most")}
    if days > terms.days("most"):
        return Hit(values)
    last = all(leg.start <= facts.on for leg in facts.legs) and facts.start <= facts.on
    return Hit(values) if last and days < terms.days("least") else None


def licence(facts: Facts, terms: Terms) -> Outcome:
    """R39: health majors serve the months a licence asks for."""
    if not facts.major.code:
        return Missing(("major.code",))
    if category(facts.major.code) != _HEALTH:
        return None
    months = round(total_days(facts) / 30.4, 1)
    least, most = terms.days("least"), terms.days("most")
    fine = least <= months <= most
    return None if fine else Hit({"months": months, "least": least, "most": most})


def long_orientation(facts: Facts, terms: Terms) -> Outcome:
    """R40: an orientation is short."""
    days = (facts.end - facts.start).days + 1
    return Hit({"days": days}) if days > terms.days("days") else None


def disguised(facts: Facts, terms: Terms) -> Outcome:
    """R41: social practice that lasts is a post internship in disguise."""
    if terms.numbers.get("days") is None:
        return Missing(("pack.days",))
    days = (facts.end - facts.start).days + 1
    return Hit({"days": days}) if days > terms.days("days") else None


def no_plan(facts: Facts, _terms: Terms) -> Outcome:
    """R51: there is an approved plan."""
    if not facts.batch.id:
        return Missing(("placement.batch",))
    return None if facts.batch.plan_approved_on else Hit()


def no_house_rules(facts: Facts, _terms: Terms) -> Outcome:
    """R52: joint rules, safety rules and an emergency plan."""
    if not facts.batch.id:
        return Missing(("placement.batch",))
    names = ("rules_agreed_on", "safety_rules_on", "emergency_plan_on")
    gaps = [n for n in names if getattr(facts.batch, n) is None]
    labels = [Message(PlacementBatch.FIELDS[name].label) for name in gaps]
    return Hit({"list": labels}) if labels else None


def untrained(facts: Facts, _terms: Terms) -> Outcome:
    """R53: trained and examined in safety before the start."""
    trained = facts.trained
    in_time = trained.held_on is not None and trained.held_on <= facts.start
    return None if trained.passed and in_time else Hit()


def uninsured(facts: Facts, _terms: Terms) -> Outcome:
    """R54: internship liability insurance."""
    return None if _liability(facts) else Hit()


def insurance_gap(facts: Facts, _terms: Terms) -> Outcome:
    """R55: on each day of the placement."""
    spans = _liability(facts)
    if not spans:
        return None
    day = facts.start
    for start, end in spans:
        if start > day:
            break
        day = max(day, end + timedelta(1))
    return Hit({"day": day}) if day <= facts.end else None


def _liability(facts: Facts) -> list[tuple[date, date]]:
    kind = InsuranceKind.INTERNSHIP_LIABILITY
    return sorted((one.start, one.end) for one in facts.insured if one.kind is kind)


def no_accident_cover(facts: Facts, _terms: Terms) -> Outcome:
    """R56: accident insurance is advised."""
    return None if any(one.kind is InsuranceKind.ACCIDENT for one in facts.insured) else Hit()


def not_filed(_facts: Facts, _terms: Terms) -> Outcome:
    """R57: the placement is filed; a filing that covers it answers this."""
    return Hit()


def other_province(facts: Facts, _terms: Terms) -> Outcome:
    """R58: in another province only with the authority's agreement."""
    if abroad(facts):
        return None
    for place, name in ((facts.school.region, "school.region"), (facts.region, "position.region")):
        if not place:
            return Missing((name,))
    same = facts.region[:2] == facts.school.region[:2]
    return None if same else Hit({"region": {"region": facts.region}})


def overseas(facts: Facts, _terms: Terms) -> Outcome:
    """R59: abroad only with approval, filing and a tutor who goes along."""
    if not abroad(facts):
        return None
    return Hit(fileable=bool(facts.placement.tutor))


def abroad(facts: Facts) -> bool:
    """Tell whether the place of work is outside the mainland."""
    return bool(facts.position.country) or facts.region[:2] in _ABROAD


def lives_outside(facts: Facts, _terms: Terms) -> Outcome:
    """R61: outside lodging only with the guardian's signature."""
    if facts.placement.lodging is not Lodging.OUTSIDE:
        return None
    return None if facts.consent.lodging_signed_on else Hit()


def no_unified_lodging(facts: Facts, _terms: Terms) -> Outcome:
    """R62: a group away from home lives together."""
    if facts.placement.organisation is not Organisation.GROUP or abroad(facts):
        return None
    if not facts.region or not facts.school.region:
        return Missing(("position.region" if facts.school.region else "school.region",))
    if facts.region[:4] == facts.school.region[:4]:
        return None
    if facts.placement.lodging is Lodging.UNKNOWN:
        return Missing(("placement.lodging",))
    return None if facts.placement.lodging in _UNIFIED else Hit()


_PERIOD = ("placement.start_date", "placement.end_date")
_BOUNDS = ("least", "most")
RULES = (
    Rule("R38", off_six_months, _PERIOD, numbers=_BOUNDS),
    Rule("R39", licence, (*_PERIOD, "major.code"), numbers=_BOUNDS),
    Rule(
        "R40",
        long_orientation,
        _PERIOD,
        types=frozenset({PlacementType.ORIENTATION}),
        numbers=("days",),
    ),
    Rule("R41", disguised, _PERIOD, types=frozenset({PlacementType.OTHER})),
    Rule("R51", no_plan, ("placement_batch.plan_approved_on",)),
    Rule(
        "R52",
        no_house_rules,
        (
            "placement_batch.rules_agreed_on",
            "placement_batch.safety_rules_on",
            "placement_batch.emergency_plan_on",
        ),
    ),
    Rule("R53", untrained, ("training_result.passed", "training.held_on"), When.BEGUN),
    Rule("R54", uninsured, ("policy.kind",)),
    Rule("R55", insurance_gap, ("policy.start_date", "policy.end_date", *_PERIOD)),
    Rule("R56", no_accident_cover, ("policy.kind",)),
    Rule("R57", not_filed, ("filing.state",)),
    Rule(
        "R58",
        other_province,
        ("filing.state", "position.region", "enterprise.region", "school.region"),
    ),
    Rule(
        "R59",
        overseas,
        ("filing.state", "position.country", "position.region", "placement.tutor"),
        types=ALL,
    ),
    Rule("R61", lives_outside, ("consent.lodging_signed_on", "placement.lodging")),
    Rule("R62", no_unified_lodging, ("placement.lodging", "position.region")),
)
