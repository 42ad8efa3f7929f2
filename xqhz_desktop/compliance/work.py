"""What work it is: venues, agencies, intensity, danger, major, content (R03–R06, R09, R35–R37)."""

from __future__ import annotations

from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.compliance.outcome import Ask, Hit, Missing, Outcome, Rule, Terms
from xqhz_desktop.compliance.persons import unanswered
from xqhz_desktop.domain.placement import Channel, MajorMatch
from xqhz_desktop.domain.position import LabourGrade


def venue(facts: Facts, terms: Terms) -> Outcome:
    """R03: no bars, dance halls, arcades, internet cafés or bath houses."""
    host = facts.enterprise
    if host.venue or host.industry in terms.lists["industries"]:
        return Hit({"name": host.name})
    return _by_words(facts, terms, host.name + facts.position.name) or (
        None if host.industry else Missing(("enterprise.industry",))
    )


def through_agency(facts: Facts, _terms: Terms) -> Outcome:
    """R04: not through an agency, a dispatch firm or a paid agent."""
    if facts.placement.channel is not Channel.DIRECT:
        return Hit({"channel": facts.placement.channel})
    return Hit({"channel": Channel.AGENCY}) if facts.reported.agencies else None


def at_agency(facts: Facts, terms: Terms) -> Outcome:
    """R05: a job agency or dispatch firm may be an intermediary in disguise."""
    host = facts.enterprise
    if host.agency or host.industry in terms.lists["industries"]:
        return Hit({"name": host.name})
    return None if host.industry else Missing(("enterprise.industry",))


def heavy(facts: Facts, terms: Terms) -> Outcome:
    """R06: no physical labour of Grade III or above."""
    if not facts.position.id:
        return Missing(("placement.position",))
    grade = facts.position.labour_grade
    if grade.name in terms.lists["grades"]:
        return Hit({"grade": grade})
    if grade is not LabourGrade.UNKNOWN:
        return None
    return Missing(("position.labour_grade",))


def dangerous(facts: Facts, terms: Terms) -> Outcome:
    """R09: no work at height, underground, with radiation, poison or explosives."""
    if not facts.position.id:
        return Missing(("placement.position",))
    named = set(filter(None, facts.position.hazards.split(","))) & terms.lists["hazards"]
    if named:
        return Hit({"list": [{"hazard": one} for one in sorted(named)]})
    return _by_words(facts, terms, facts.position.name + facts.position.duties)


def unrelated(facts: Facts, _terms: Terms) -> Outcome:
    """R35: the post has to do with the major."""
    match facts.placement.major_match:
        case MajorMatch.NONE:
            return Hit()
        case MajorMatch.UNKNOWN:
            return Missing(("placement.major_match",))
    return None


def other_category(facts: Facts, _terms: Terms) -> Outcome:
    """R36: the post belongs to the same category of majors (专业大类)."""
    if not facts.position.majors or not facts.major.code:
        missing = "position.majors" if facts.major.code else "major.code"
        return Missing((missing if facts.position.id else "placement.position",))
    ours = category(facts.major.code)
    theirs = {category(one) for one in facts.position.majors.split(",")}
    return None if ours in theirs else Hit({"ours": ours, "theirs": sorted(theirs)})


def category(code: str) -> int:
    """Return the number of the category of a major code, the same at all three levels; 0: none."""
    return int(code[:2]) % 20 if code[:2].isdigit() else 0


def simple(facts: Facts, _terms: Terms) -> Outcome:
    """R37: not only simple repetitive work."""
    if not facts.position.id:
        return Missing(("placement.position",))
    return Hit() if facts.position.simple else None


def _by_words(facts: Facts, terms: Terms, text: str) -> Outcome:
    """Ask about words that may mean restricted work; what was answered counts."""
    found = [word for word in terms.words if word in text]
    meant = [word for word in found if facts.answers.get(word)]
    if meant:
        return Hit({"name": facts.enterprise.name, "list": meant})
    open_words = unanswered(facts, found)
    return Ask(open_words) if open_words else None


RULES = (
    Rule(
        "R03",
        venue,
        ("enterprise.industry", "enterprise.venue", "enterprise.name"),
        lists=("industries",),
    ),
    Rule("R04", through_agency, ("placement.channel", "reported.agencies")),
    Rule("R05", at_agency, ("enterprise.industry", "enterprise.agency"), lists=("industries",)),
    Rule("R06", heavy, ("position.labour_grade",), lists=("grades",)),
    Rule("R09", dangerous, ("position.hazards", "position.duties"), lists=("hazards",)),
    Rule("R35", unrelated, ("placement.major_match",)),
    Rule("R36", other_category, ("position.majors", "major.code")),
    Rule("R37", simple, ("position.simple",)),
)
