"""The school, its departments, majors and classes."""

from __future__ import annotations

import re
from enum import Enum

from xqhz_desktop.domain import fields
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class SchoolLevel(Enum):
    """The three levels of vocational education."""

    SECONDARY = N_("Secondary vocational")
    ASSOCIATE = N_("Vocational associate")
    BACHELOR = N_("Vocational bachelor")


def _school_code(value: str) -> Message | None:
    if re.fullmatch(r"\d{10}", value):
        return None
    return Message("A school code has 10 digits.")


@record("school", N_("School"), N_("Schools"))
class School(Record):
    """The school this workspace belongs to; there is one."""

    name: str = fields.text(N_("School name"), required=True, search=True)
    name_en: str = fields.text(N_("English name"))
    short_name: str = fields.text(N_("Short name"))
    code: str = fields.code(N_("School code"), limit=10, check=_school_code)
    national_code: str = fields.code(N_("National college code"), limit=5)
    level: SchoolLevel = fields.choice(N_("Level"), SchoolLevel, default=SchoolLevel.SECONDARY)
    region: str = fields.table(N_("Region"), "region")
    address: str = fields.text(N_("Address"))
    legal_representative: str = fields.text(N_("Legal representative"))
    contact: str = fields.text(N_("Contact"))
    phone: str = fields.code(N_("Phone"))
    supervision_phone: str = fields.code(N_("Supervision and consultation phone"))
    note: str = fields.note(N_("Note"))


@record("department", N_("Department"), N_("Departments"))
class Department(Record):
    """A department (系部, 学院) of the school."""

    name: str = fields.text(N_("Department"), required=True, search=True)
    name_en: str = fields.text(N_("English name"), column=False)
    code: str = fields.code(N_("Department code"))
    head: str = fields.ref(N_("Head"), "staff", gone="empty")
    phone: str = fields.code(N_("Phone"))
    note: str = fields.note(N_("Note"))


@record("major", N_("Major"), N_("Majors"), keys=(("code",), ("name",)))
class Major(Record):
    """A major the school teaches; `code` is the one of the national catalogue."""

    name: str = fields.text(N_("Major"), required=True, search=True)
    name_en: str = fields.text(N_("English name"), column=False)
    code: str = fields.table(N_("National major code"), "major", search=True)
    department: str = fields.ref(N_("Department"), "department")
    level: SchoolLevel = fields.choice(N_("Level"), SchoolLevel, default=SchoolLevel.SECONDARY)
    years: int | None = fields.number(N_("Length of schooling (years)"), tally=False)
    note: str = fields.note(N_("Note"))


@record("school_class", N_("Class"), N_("Classes"), keys=(("name",),))
class SchoolClass(Record):
    """An administrative class; `enrol_year` is the cohort (23级 = 2023)."""

    name: str = fields.text(N_("Class"), required=True, search=True)
    major: str = fields.ref(N_("Major"), "major")
    enrol_year: int | None = fields.number(N_("Enrolment year"), tally=False)
    head_teacher: str = fields.ref(N_("Class teacher"), "staff", gone="empty")
    note: str = fields.note(N_("Note"))
