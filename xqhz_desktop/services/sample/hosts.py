"""The enterprises of the sample school, their people and what they offer."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from xqhz_desktop.domain.enterprise import (
    Enterprise,
    EnterpriseContact,
    EnterpriseLevel,
    EnterpriseNature,
    EnterpriseSize,
    Mentor,
    Partnership,
    SkillLevel,
)
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.student import Sex
from xqhz_desktop.services.sample.draw import Draw, Lots, rows, words
from xqhz_desktop.services.sample.names import Names
from xqhz_desktop.services.sample.numbers import Numbers
from xqhz_desktop.services.sample.posts import Host, Slot, posts

STUDENTS_AN_ENTERPRISE = 15

_STATUSES = Lots(
    {
        Partnership.ACTIVE: 76.0,
        Partnership.SIGNED: 8.0,
        Partnership.TALKS: 12.0,
        Partnership.PAUSED: 4.0,
    }
)
_NATURES = Lots(
    {
        EnterpriseNature.PRIVATE: 70.0,
        EnterpriseNature.STATE: 12.0,
        EnterpriseNature.FOREIGN: 6.0,
        EnterpriseNature.HMT: 4.0,
        EnterpriseNature.MIXED: 4.0,
        EnterpriseNature.UNKNOWN: 4.0,
    }
)
_CODE_KINDS = {EnterpriseNature.INSTITUTION: "12", EnterpriseNature.INDIVIDUAL: "92"}


@dataclass
class Market:
    """Who takes students, and in which positions."""

    numbers: Numbers
    draw: Draw
    today: date
    slots: list[Slot] = field(default_factory=list)
    hosts: list[Host] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Names of people and companies are drawn from the same stream."""
        self.names = Names(self.draw)
        self.used: set[str] = set()


def market(
    numbers: Numbers, seed: int, students: int, today: date
) -> Generator[Record, None, Market]:
    """Yield enterprises with their contacts, mentors and positions; groups before members."""
    made = Market(numbers, Draw(seed, "enterprises"), today)
    special: dict[str, str] = {}
    for row in rows("special_enterprises"):
        enterprise = _special(made, row, special)
        special[row["key"]] = enterprise.id
        yield from _with_people(made, enterprise, row["sector"], int(row["headcount"] or 0))
    chain = [row["sector"] for row in rows("majors")] + ["childcare", "catering"]
    wanted = max(len(chain), students // STUDENTS_AN_ENTERPRISE) - len(special)
    family: list[Enterprise] = []
    for n in range(max(0, wanted)):
        sector = chain[n * 5 % len(chain)]
        enterprise = _member(made, n % 25, sector, family)
        family = ([] if n % 25 == 0 else family) + [enterprise]
        yield from _with_people(made, enterprise, sector)
    return made


def _special(made: Market, row: dict[str, str], special: dict[str, str]) -> Enterprise:
    nature = EnterpriseNature[row["nature"]]
    told = ("name", "short_name", "name_en", "no_code_reason", "note", "region")
    coded = not row["no_code_reason"]
    return _enterprise(
        made,
        sector=row["sector"],
        uscc=made.numbers.credit_code(_CODE_KINDS.get(nature, "91")) if coded else "",
        former_names=row["former_names"].replace("；", "\n"),
        level=EnterpriseLevel[row["level"]],
        parent=special.get(row["parent"], ""),
        status=Partnership[row["status"]],
        staff_total=int(row["staff_total"]) if row["staff_total"] else None,
        size=EnterpriseSize[row["size"]],
        nature=nature,
        other_interns=int(row["other_interns"]) if row["other_interns"] else None,
        **({"industry": row["industry"]} if row["industry"] else {}),
        **{name: row[name] for name in told},
    )


def _member(made: Market, place: int, sector: str, family: list[Enterprise]) -> Enterprise:
    """Of 25 enterprises the first is a group with three companies, one of them with a site."""
    draw, words_of = made.draw, words()
    brand = f"{draw.pick(words_of['cities'])}{draw.pick(words_of['brand_first'])}"
    brand += draw.pick(words_of["brand_second"])
    if place == 0:
        name, status = _unused(made, f"{brand}控股集团有限公司"), Partnership.ACTIVE
        level = EnterpriseLevel.GROUP
        told = {"level": level, "status": status, "industry": "7211"}
        return _enterprise(
            made, sector="trade", name=name, staff_total=draw.between(1500, 6000), **told
        )
    if place in (1, 2, 3) and family:
        brand = family[0].name.removesuffix("控股集团有限公司")
        name = _unused(made, brand + _business(made, sector))
        return _enterprise(made, sector=sector, name=name, parent=family[0].id)
    if place == 4 and len(family) == 4:
        return _site(made, family[3])
    return _enterprise(made, sector=sector, name=_unused(made, brand + _business(made, sector)))


def _site(made: Market, company: Enterprise) -> Enterprise:
    sector = next(row for row in rows("sectors") if company.industry in row["industries"].split())
    return _enterprise(
        made,
        sector=sector["sector"],
        name=_unused(made, company.name + words()["site_endings"][sector["sector"]]),
        level=EnterpriseLevel.SITE,
        parent=company.id,
        status=company.status,
        uscc="",
        no_code_reason=words()["no_code_reasons"][2],
    )


def _enterprise(made: Market, *, sector: str, **told: Any) -> Enterprise:
    """Fill in everything that is not told."""
    draw, traits = made.draw, _sector(sector)
    staff = draw.between(int(traits["staff_low"]), int(traits["staff_high"]))
    local = draw.chance(0.88)
    uncoded = draw.chance(0.04)
    drawn = {
        "uscc": "" if uncoded else made.numbers.credit_code(),
        "no_code_reason": draw.pick(words()["no_code_reasons"][:2]) if uncoded else "",
        "status": draw.lot(_STATUSES),
        "former_names": _former_name(made) if draw.chance(0.07) else "",
        "industry": draw.pick(traits["industries"].split()),
        "region": draw.pick(words()["local_regions" if local else "far_regions"]),
        "address": f"{draw.pick(words()['streets'])} {draw.between(1, 288)} 号",
        "nature": draw.lot(_NATURES),
        "legal_representative": made.names.full(Sex.MALE, draw.between(1960, 1988)),
        "staff_total": None if draw.chance(0.04) else staff,
        "staff_as_of": made.today - timedelta(draw.between(20, 320)),
        "other_interns": draw.between(1, 6) if staff > 300 and draw.chance(0.3) else None,
        "phone": "" if draw.chance(0.02) else made.numbers.landline(),
    }
    values = {**drawn, **told}
    if values["status"] is Partnership.TALKS:
        values.setdefault("note", draw.pick(words()["talks_notes"]))
    values.setdefault("size", _size(values["staff_total"]))
    if values["staff_total"] is None:
        values["staff_as_of"] = None
    return Enterprise(id=made.numbers.id(), **values)


def _hospital(enterprise: Enterprise) -> str:
    """Return the nearest hospital: one of three in a city of ours."""
    city = enterprise.name[:2]
    if city not in words()["cities"]:
        return ""
    return f"{city}市第{'一二三'[int(enterprise.id[-1], 16) % 3]}人民医院"


def _with_people(
    made: Market, enterprise: Enterprise, sector: str, headcount: int = 0
) -> Iterator[Record]:
    contacts = [_contact(made, enterprise.id, n) for n in range(made.draw.between(1, 2))]
    enterprise = enterprise.but(contact=contacts[0].name, hospital=_hospital(enterprise))
    yield enterprise
    yield from contacts
    if enterprise.status in (Partnership.TALKS, Partnership.BLACKLISTED):
        return
    if enterprise.level is EnterpriseLevel.GROUP:
        return
    mentors = [_mentor(made, enterprise.id) for _ in range(made.draw.between(1, 3))]
    yield from mentors
    host = Host(
        enterprise.id, sector, enterprise.staff_total, tuple(mentor.id for mentor in mentors)
    )
    taking = enterprise.status is not Partnership.PAUSED
    if taking:
        made.hosts.append(host)
    for position, slot in posts(made.numbers, made.draw, host, headcount):
        yield position.but(open=taking)
        if taking:
            made.slots.append(slot)


def _contact(made: Market, enterprise: str, n: int) -> EnterpriseContact:
    draw = made.draw
    return EnterpriseContact(
        id=made.numbers.id(),
        enterprise=enterprise,
        name=_adult(made),
        post=draw.pick(words()["contact_posts"]),
        phone=made.numbers.phone(),
        signatory=n == 0 and draw.chance(0.6),
    )


def _mentor(made: Market, enterprise: str) -> Mentor:
    draw = made.draw
    left = draw.chance(0.05)
    return Mentor(
        id=made.numbers.id(),
        enterprise=enterprise,
        name=_adult(made),
        post=draw.pick(words()["mentor_posts"]),
        title=draw.pick(words()["mentor_titles"]),
        skill_level=draw.pick(list(SkillLevel)),
        phone=made.numbers.phone(),
        since=made.today - timedelta(draw.between(400, 1500)),
        until=made.today - timedelta(draw.between(5, 60)) if left else None,
    )


def _adult(made: Market) -> str:
    return made.names.full(
        Sex.MALE if made.draw.chance(0.6) else Sex.FEMALE, made.draw.between(1970, 1996)
    )


def _business(made: Market, sector: str) -> str:
    traits = _sector(sector)
    forms = traits["forms"].split() or [""]
    return made.draw.pick(traits["kinds"].split()) + made.draw.pick(forms)


def _former_name(made: Market) -> str:
    draw, said = made.draw, words()
    brand = draw.pick(said["brand_first"]) + draw.pick(said["brand_second"])
    return f"霁川{brand}{draw.pick(said['former_endings'])}"


def _unused(made: Market, name: str) -> str:
    """Return the name, or the same in another quarter where it is taken."""
    taken, numbers = name, "二三四五六七八九十"
    while taken in made.used:
        taken = f"{name}（{made.draw.pick(words()['brand_first'])}{made.draw.pick(numbers)}店）"
    made.used.add(taken)
    return taken


def _sector(name: str) -> dict[str, str]:
    return next(row for row in rows("sectors") if row["sector"] == name)


def _size(staff: int | None) -> EnterpriseSize:
    if staff is None:
        return EnterpriseSize.UNKNOWN
    if staff >= 1000:
        return EnterpriseSize.LARGE
    return EnterpriseSize.MEDIUM if staff >= 300 else EnterpriseSize.SMALL
