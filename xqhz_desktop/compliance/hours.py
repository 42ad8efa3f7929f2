"""When people work: holidays, rest, hours, nights, and what attendance says (R10–R15, R66, R96)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.compliance.outcome import Hit, Missing, Outcome, Rule, Terms, When
from xqhz_desktop.domain.position import Shift
from xqhz_desktop.domain.preparation import FilingKind, FilingState


def on_holidays(facts: Facts, _terms: Terms) -> Outcome:
    """R10: nobody works on public holidays, judged on each day of the placement."""
    if not facts.position.id:
        return Missing(("placement.position",))
    if not facts.position.on_holidays:
        return None
    if days := facts.calendar.holidays(facts.start, facts.end):
        return Hit({"days": len(days), "day": days[0]})
    unknown = [y for y in _years(facts.start, facts.end) if y not in facts.calendar.years]
    return Missing(("calendar.year",)) if unknown else None


def on_rest_days(facts: Facts, _terms: Terms) -> Outcome:
    """R11: nobody works on days of rest."""
    if not facts.position.id:
        return Missing(("placement.position",))
    return Hit() if facts.position.on_rest_days else None


def daily(facts: Facts, terms: Terms) -> Outcome:
    """R12: at most eight hours a day."""
    hours, most = facts.position.hours_per_day, terms.most("most")
    if hours is None:
        missing = "position.hours_per_day" if facts.position.id else "placement.position"
        return Missing((missing,))
    return Hit({"hours": hours, "most": most}) if hours > most else None


def weekly(facts: Facts, terms: Terms) -> Outcome:
    """R13: at most 44 hours a week, all hosts of the same days together; more than 40 warns."""
    hours = facts.placement.weekly_hours or facts.position.hours_per_week
    if hours is None:
        return Missing(("placement.weekly_hours",))
    beside = [leg.hours or Decimal(0) for leg in facts.legs if _meets(facts, leg.start, leg.end)]
    total, most = hours + sum(beside, Decimal(0)), terms.most("most")
    if total > most:
        return Hit({"hours": total, "most": most})
    usual = terms.most("usual")
    return Hit({"hours": total, "most": usual}, severity="W") if total > usual else None


def no_rest(facts: Facts, terms: Terms) -> Outcome:
    """R14: a day of rest in each week."""
    most = terms.days("days")
    if facts.worked.seventh_on:
        return Hit({"days": most + 1, "day": facts.worked.seventh_on})
    days = facts.position.days_per_week
    if days is None:
        missing = "position.days_per_week" if facts.position.id else "placement.position"
        return Missing((missing,))
    return Hit({"days": days, "day": facts.start}) if days > most else None


def at_night(facts: Facts, terms: Terms) -> Outcome:
    """R15: no work between 22:00 and 6:00."""
    post = facts.position
    if not post.id:
        return Missing(("placement.position",))
    if post.shift in (Shift.NIGHT, Shift.THREE):
        return Hit({"shift": post.shift})
    if not post.starts_at or not post.ends_at:
        missing = ("position.starts_at", "position.ends_at")
        return None if post.shift is Shift.DAY else Missing(missing)
    first, last = _minutes(post.starts_at), _minutes(post.ends_at)
    late, early = terms.days("late") * 60, terms.days("early") * 60
    night = first < early or first >= late or last > late or last <= first
    return Hit({"shift": f"{post.starts_at}–{post.ends_at}"}) if night else None


def beyond_plan(facts: Facts, terms: Terms) -> Outcome:
    """R66: attendance shows overtime or nights."""
    worked = facts.worked
    most = facts.position.hours_per_day or terms.most("most")
    if worked.longest is not None and worked.longest > most:
        return Hit({"day": worked.longest_on, "hours": worked.longest})
    if worked.night_on and facts.position.shift not in (Shift.NIGHT, Shift.THREE):
        return Hit({"day": worked.night_on, "hours": worked.longest or most})
    return None


def no_overtime_consent(facts: Facts, terms: Terms) -> Outcome:
    """R96: an exception from the ban on overtime needs the student's own consent."""
    filed = any(
        one.kind is FilingKind.NIGHT_SHIFT and one.state is FilingState.FILED
        for one in facts.filings
    )
    used = facts.position.shift in (Shift.NIGHT, Shift.THREE) or facts.position.on_rest_days
    used = used or beyond_plan(facts, terms) is not None
    if not filed or not used:
        return None
    if not facts.tripartite.id:
        return Missing(("tripartite.overtime_consent",))
    return None if facts.tripartite.overtime_consent else Hit()


def _meets(facts: Facts, start: date, end: date) -> bool:
    return start <= facts.end and facts.start <= end


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _years(start: date, end: date) -> range:
    return range(start.year, end.year + 1)


RULES = (
    Rule("R10", on_holidays, ("position.on_holidays", "placement.start_date", "calendar.year")),
    Rule("R11", on_rest_days, ("position.on_rest_days",)),
    Rule("R12", daily, ("position.hours_per_day",), numbers=("most",)),
    Rule(
        "R13",
        weekly,
        ("placement.weekly_hours", "position.hours_per_week"),
        numbers=("most", "usual"),
    ),
    Rule("R14", no_rest, ("position.days_per_week", "worked.seventh_on"), numbers=("days",)),
    Rule(
        "R15",
        at_night,
        ("position.shift", "position.starts_at", "position.ends_at"),
        numbers=("late", "early"),
    ),
    Rule(
        "R66",
        beyond_plan,
        ("worked.longest", "worked.night_on", "position.hours_per_day"),
        When.BEGUN,
        numbers=("most",),
    ),
    Rule(
        "R96",
        no_overtime_consent,
        ("tripartite.overtime_consent", "position.shift"),
        numbers=("most",),
    ),
)
