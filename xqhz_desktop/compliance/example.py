"""Worked examples: a sound placement, changed in a few facts, that packs test themselves with."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from xqhz_desktop.compliance import calendar
from xqhz_desktop.compliance.facts import (
    Crowding,
    Facts,
    Guided,
    Insured,
    Leg,
    Paid,
    Reported,
    Standing,
    Trained,
    Worked,
)
from xqhz_desktop.domain.agreement import Agreement, Tripartite, TripartiteState
from xqhz_desktop.domain.assessment import Grade, Score
from xqhz_desktop.domain.enterprise import Credit, Enterprise
from xqhz_desktop.domain.insurance import InsuranceKind, Payer
from xqhz_desktop.domain.placement import (
    Lodging,
    MajorMatch,
    Placement,
    PlacementBatch,
    PlacementStatus,
)
from xqhz_desktop.domain.position import LabourGrade, Position
from xqhz_desktop.domain.preparation import (
    Application,
    Aspect,
    Consent,
    ConsentState,
    Filing,
    FilingState,
    SiteAssessment,
)
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import Major, School, SchoolClass
from xqhz_desktop.domain.student import Sex, Student

R = TypeVar("R", bound=Record)

_START, _END = date(2026, 3, 2), date(2026, 8, 28)
_ASPECTS = dict.fromkeys(
    ("qualification", "integrity", "management", "post", "hours", "workplace", "living", "health",
     "safety"),
    Aspect.GOOD,
)  # fmt: skip


def sound() -> Facts:
    """Return a made-up placement that breaks no rule."""
    return Facts(
        on=_START,
        calendar=calendar.national(),
        unit=Crowding(360, 30, _START),
        post=Crowding(60, 10, _START),
        standing=Standing(new=True, accepted=True, published_on=date(2026, 1, 20)),
        trained=Trained(date(2026, 2, 25), True),
        insured=tuple(
            Insured(kind, _START, _END)
            for kind in (InsuranceKind.INTERNSHIP_LIABILITY, InsuranceKind.ACCIDENT)
        ),
        filings=(
            Filing(id="f", name="岗位实习备案", state=FilingState.FILED, authority="区教委",
                   filed_on=date(2026, 2, 1)),
        ),
        **_people(),
        **_host(),
        **_papers(),
    )  # fmt: skip


def _people() -> dict[str, Any]:
    """Return the placement, its student and batch."""
    return {
        "placement": Placement(
            id="p", student="s", enterprise="e", position="o", batch="b", start_date=_START,
            end_date=_END, status=PlacementStatus.RUNNING, tutor="t", mentor="m",
            weekly_hours=Decimal(40), allowance=Decimal(3000), major_match=MajorMatch.MATCH,
            lodging=Lodging.ENTERPRISE,
        ),
        "school": School(id="z", name="示例职业学校", region="500112"),
        "student": Student(
            id="s", name="示例", sex=Sex.MALE, birth_date=date(2007, 5, 1), school_class="c"
        ),
        "school_class": SchoolClass(id="c", name="23数控1班", enrol_year=2023),
        "major": Major(id="j", name="数控技术应用", code="660103"),
        "batch": PlacementBatch(
            id="b", name="2026 春季岗位实习", start_date=_START, end_date=_END,
            plan_approved_on=date(2026, 1, 12), rules_agreed_on=date(2026, 1, 12),
            safety_rules_on=date(2026, 1, 12), emergency_plan_on=date(2026, 1, 12),
        ),
    }  # fmt: skip


def _host() -> dict[str, Any]:
    """Return the enterprise and its position."""
    return {
        "position": Position(
            id="o", name="数控车工", enterprise="e", majors="660103", staff_same_post=60,
            same_post_pay=Decimal(3600), lowest_pay=Decimal(2600), hours_per_day=Decimal(8),
            hours_per_week=Decimal(40), days_per_week=5, starts_at="08:30", ends_at="17:30",
            labour_grade=LabourGrade.II, region="500112", address="示例路1号",
            duties="操作数控车床",
        ),
        "enterprise": Enterprise(
            id="e", name="示例装备制造有限公司", uscc="91350100M000100Y43", industry="3421",
            region="500112", staff_total=360, credit=Credit.CLEAR, credit_on=date(2026, 1, 8),
            address="示例路1号",
        ),
        "assessment": SiteAssessment(
            id="v", enterprise="e", visited_on=date(2026, 1, 8), **_ASPECTS
        ),
        "agreement": Agreement(id=""),
    }  # fmt: skip


def _papers() -> dict[str, Any]:
    """Return what was signed, and what is still to come."""
    return {
        "tripartite": Tripartite(
            id="a", placement="p", state=TripartiteState.EFFECTIVE, signed_on=date(2026, 2, 20)
        ),
        "consent": Consent(
            id="i", student="s", batch="b", state=ConsentState.SCANNED,
            student_signed_on=date(2026, 2, 10), guardian_signed_on=date(2026, 2, 11),
        ),
        "application": Application(id=""),
        "score": Score(id="", grade=Grade.OPEN),
    }  # fmt: skip


_PARTS = {
    "unit": Crowding,
    "post": Crowding,
    "standing": Standing,
    "trained": Trained,
    "guided": Guided,
    "worked": Worked,
    "paid": Paid,
    "reported": Reported,
}


def changed(facts: Facts, some: Mapping[str, Any]) -> Facts:
    """Return facts with some changed, by ``part.field``; a part named alone with null is gone.

    Raises KeyError, TypeError or ValueError for what is no fact.
    """
    parts: dict[str, dict[str, Any]] = {}
    made: dict[str, Any] = {}
    for name, value in some.items():
        part, dot, inner = name.partition(".")
        if dot:
            parts.setdefault(part, {})[inner] = value
        else:
            made[name] = _whole(name, value, getattr(facts, name, None))
    for part, inner_values in parts.items():
        made[part] = _inside(part, made.get(part, getattr(facts, part)), inner_values)
    return dataclasses.replace(facts, **made)


def _whole(name: str, value: Any, now: Any) -> Any:
    """Return the value of a fact that is no single field."""
    match name:
        case "on":
            return date.fromisoformat(value)
        case "insured":
            return tuple(_insured(*one) for one in value)
        case "legs":
            return tuple(_leg(*one) for one in value)
        case "filings":
            return tuple(_record(Filing(id="f"), one) for one in value)
    if value is None and isinstance(now, Record):
        return type(now)(id="")
    if name in ("answers", "unreviewed", "tutored", "files", "starting"):
        return value
    raise KeyError(name)


def _insured(kind: str, start: str, end: str, payer: str = "SCHOOL") -> Insured:
    days = date.fromisoformat(start), date.fromisoformat(end)
    return Insured(InsuranceKind[kind], *days, Payer[payer])


def _leg(start: str, end: str, post: bool = True, shared: bool = False, hours: Any = None) -> Leg:
    days = date.fromisoformat(start), date.fromisoformat(end)
    return Leg(*days, post, shared, None if hours is None else Decimal(str(hours)))


def _inside(part: str, now: Any, values: Mapping[str, Any]) -> Any:
    if part in _PARTS:
        known = {one.name for one in dataclasses.fields(now)}
        if unknown := set(values) - known:
            raise KeyError(f"{part}.{min(unknown)}")
        return dataclasses.replace(now, **{name: _plain(one) for name, one in values.items()})
    return _record(now, values)


def _record(record: R, values: Mapping[str, Any]) -> R:
    """Return a record with values as JSON has them: choices by name, days as ISO text."""
    made = {}
    for name, value in values.items():
        field = record.FIELDS[name]
        if value is None:
            made[name] = field.empty
        elif field.choices:
            made[name] = field.choices[value]
        else:
            made[name] = value if isinstance(value, bool) else field.parse(str(value))
    return record.but(id=record.id or "x", **made)


def _plain(value: Any) -> Any:
    """Return a day or an amount where JSON has text or a fraction."""
    if isinstance(value, str) and value[:2] == "20":
        return date.fromisoformat(value)
    return Decimal(str(value)) if isinstance(value, float) else value
