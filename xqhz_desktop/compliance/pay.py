"""Pay, fees and papers kept back (R23–R31)."""

from __future__ import annotations

from decimal import Decimal

from xqhz_desktop.compliance.facts import Facts
from xqhz_desktop.compliance.outcome import Hit, Missing, Outcome, Rule, Terms, When
from xqhz_desktop.domain.insurance import Payer
from xqhz_desktop.domain.position import PayCycle

_WEEKS = Decimal(52) / 12
"""Weeks in a month."""


def low(facts: Facts, terms: Terms) -> Outcome:
    """R23: who works on one's own gets 80 % of the post's pay, or at least the lowest grade."""
    pay, post = facts.placement.allowance, facts.position
    if not pay or not (facts.placement.independent and post.independent):
        return None
    if post.lowest_pay is not None and pay >= post.lowest_pay:
        return None
    if post.same_post_pay is None:
        return Missing(("position.same_post_pay",))
    least = post.same_post_pay * Decimal(terms.most("share")) / 100
    if pay >= least:
        return None
    if post.lowest_pay is None:
        return Missing(("position.lowest_pay",))
    return Hit({"pay": pay, "least": least, "share": terms.most("share")})


def none_agreed(facts: Facts, _terms: Terms) -> Outcome:
    """R24: pay is agreed, or there is a reason why not."""
    agreed = facts.placement.allowance or facts.placement.no_pay_reason
    return None if agreed else Hit()


def below_minimum(facts: Facts, terms: Terms) -> Outcome:
    """R25: not below the minimum wage of the place of work, by the hour or by the month."""
    pay = facts.placement.allowance
    if not pay:
        return None
    by_hour = terms.numbers.get("hourly")
    by_month = terms.numbers.get("monthly")
    if by_hour is None and by_month is None:
        return Missing(("pack.minimum_wage",))
    if by_month is not None and pay < by_month:
        return Hit({"pay": pay, "least": by_month})
    if by_hour is None:
        return None
    hours = facts.placement.weekly_hours or facts.position.hours_per_week
    if not hours:
        return Missing(("placement.weekly_hours",))
    hourly = (pay / (hours * _WEEKS)).quantize(Decimal("0.01"))
    return Hit({"pay": hourly, "least": by_hour}) if hourly < by_hour else None


def late(facts: Facts, terms: Terms) -> Outcome:
    """R26: paid at least every month."""
    if facts.position.pay_cycle is PayCycle.LONGER:
        return Hit({"days": 0})
    if not facts.running or not facts.placement.allowance:
        return None
    since = max(facts.start, facts.paid.last_on or facts.start)
    days = (facts.on - since).days
    return Hit({"days": days}) if days > terms.days("days") else None


def in_kind(facts: Facts, _terms: Terms) -> Outcome:
    """R27: paid in money."""
    return Hit() if facts.position.in_kind or facts.paid.in_kind else None


def indirect(facts: Facts, _terms: Terms) -> Outcome:
    """R28: paid to the student."""
    return Hit() if facts.paid.indirect else None


def fees(facts: Facts, _terms: Terms) -> Outcome:
    """R29: no fee, deposit or share; declared in the agreement, asked again on visits."""
    found = facts.tripartite.fees or facts.reported.fees
    return Hit({"fee": found}) if found else None


def papers_kept(facts: Facts, _terms: Terms) -> Outcome:
    """R30: no papers withheld, no guarantee demanded."""
    return Hit() if facts.tripartite.papers_kept or facts.reported.papers else None


def premium(facts: Facts, _terms: Terms) -> Outcome:
    """R31: the student does not pay the premium."""
    bears = any(Payer.STUDENT in (one.payer, one.purchaser) for one in facts.insured)
    return Hit() if bears else None


RULES = (
    Rule(
        "R23",
        low,
        ("placement.allowance", "position.same_post_pay", "position.lowest_pay"),
        numbers=("share",),
    ),
    Rule("R24", none_agreed, ("placement.allowance", "placement.no_pay_reason")),
    Rule("R25", below_minimum, ("placement.allowance", "placement.weekly_hours")),
    Rule("R26", late, ("position.pay_cycle", "paid.last_on"), numbers=("days",)),
    Rule("R27", in_kind, ("position.in_kind", "paid.in_kind")),
    Rule("R28", indirect, ("placement.allowance", "paid.indirect"), When.BEGUN),
    Rule("R29", fees, ("tripartite.fees", "reported.fees")),
    Rule("R30", papers_kept, ("tripartite.papers_kept", "reported.papers")),
    Rule("R31", premium, ("policy.payer",)),
)
