"""The kinds of lists that are imported: their columns, what must be there, what makes a row one.

Column names are those of the command line's JSON; labels are the labels of the records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from xqhz_desktop.domain.enterprise import EnterpriseNature, EnterpriseSize, Partnership
from xqhz_desktop.domain.placement import Arrangement, MajorMatch, Organisation
from xqhz_desktop.domain.student import Guardianship, Sex, StudentStatus
from xqhz_desktop.i18n import N_


class Sort(Enum):
    """What sort of value a column holds, and so how it is read."""

    PERSON = "name of a person"
    COMPANY = "name of a company"
    TEXT = "text"
    CODE = "number kept as text"
    LABEL = "short name in half width, such as a class"
    PHONE = "phone"
    ID = "resident ID"
    USCC = "credit code"
    DAY = "day"
    MONEY = "money a month"
    HOURS = "hours a week"
    NUMBER = "number"
    WHOLE = "whole number"
    MONTH = "month"
    YUAN = "amount in yuan"
    MARK = "mark"
    CHOICE = "choice"
    TABLE = "national code"
    MARKER = "tick, count or word"
    FLAG = "yes or no"
    PERIOD = "start and end in one cell"
    PERSON_PHONE = "name and phone in one cell"


@dataclass(frozen=True)
class Column:
    """One column of a kind. A column with `parts` fills those instead of itself."""

    name: str
    label: str
    sort: Sort
    choices: type[Enum] | None = None
    table: str = ""
    lenient: bool = False
    """An unknown choice is a warning: the rest of the row is worth having."""
    parts: tuple[str, str] | None = None
    grouping: bool = False
    """Says where a row belongs; alone it makes no record."""


@dataclass(frozen=True)
class ImportKind:
    """What a list of one kind is made of."""

    name: str
    columns: tuple[Column, ...]
    subject: tuple[str, ...]
    """Names of the thing itself: a header has one of them, and merges never fill them down."""
    needs: tuple[tuple[str, ...], ...]
    """Of each group one must be filled, as far as the sheet has such columns."""
    keys: tuple[tuple[str, ...], ...]
    """Natural keys, best first."""
    header: tuple[str, ...] = ()
    """Of these one must stand in the header as well."""
    own: tuple[str, ...] = ()
    """Names of the columns the school added."""

    def __hash__(self) -> int:
        """Hash by name and own columns: lexicons are looked up often."""
        return hash((self.name, self.own))

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return next(one for one in self.columns if one.name == name)


_CLASS = Column("class_name", N_("Class"), Sort.LABEL, grouping=True)
_NOTE = Column("note", N_("Note"), Sort.TEXT)
_STUDENT_NO = Column("student_no", N_("Student number"), Sort.CODE)
_NAME = Column("name", N_("Name"), Sort.PERSON)
_ID_NO = Column("id_no", N_("ID number"), Sort.ID)
_PHONE = Column("phone", N_("Phone"), Sort.PHONE)
_USCC = Column("uscc", N_("Credit code"), Sort.USCC)
_MAJOR = Column("major_name", N_("Major"), Sort.LABEL, grouping=True)

STUDENT = ImportKind(
    "student",
    (
        _STUDENT_NO,
        _NAME,
        Column("sex", N_("Sex"), Sort.CHOICE, Sex),
        Column("id_type", N_("Document type"), Sort.TABLE, table="document", lenient=True),
        _ID_NO,
        Column("birth_date", N_("Date of birth"), Sort.DAY),
        _CLASS,
        _MAJOR,
        _PHONE,
        Column("guardian_name", N_("Guardian"), Sort.PERSON),
        Column("guardian_relation", N_("Relation"), Sort.CHOICE, Guardianship, lenient=True),
        Column("guardian_phone", N_("Guardian's phone"), Sort.PHONE),
        Column("guardian_id_no", N_("Guardian's ID number"), Sort.ID),
        Column(
            "guardian",
            N_("Guardian and phone"),
            Sort.PERSON_PHONE,
            parts=("guardian_name", "guardian_phone"),
        ),
        Column("ethnic", N_("Ethnic group"), Sort.TABLE, table="ethnic"),
        Column("political", N_("Political status"), Sort.TABLE, table="political"),
        Column("address", N_("Home address"), Sort.TEXT),
        Column("enrol_date", N_("Enrolled on"), Sort.DAY, grouping=True),
        Column("status", N_("Status"), Sort.CHOICE, StudentStatus, grouping=True),
        Column("registration_no", N_("Student registration number"), Sort.CODE),
        Column("name_pinyin", N_("Pinyin of the name"), Sort.TEXT),
        _NOTE,
    ),
    subject=("name", "student_no", "id_no"),
    needs=(("name",), ("student_no", "id_no")),
    keys=(("student_no",), ("id_no",)),
)

ENTERPRISE = ImportKind(
    "enterprise",
    (
        Column("name", N_("Enterprise name"), Sort.COMPANY),
        _USCC,
        Column("status", N_("Cooperation"), Sort.CHOICE, Partnership, lenient=True),
        Column("short_name", N_("Short name"), Sort.TEXT),
        Column("former_names", N_("Former names"), Sort.TEXT),
        Column("name_en", N_("English name"), Sort.TEXT),
        Column("contact", N_("Contact"), Sort.PERSON),
        _PHONE,
        Column(
            "contact_phone",
            N_("Contact and phone"),
            Sort.PERSON_PHONE,
            parts=("contact", "phone"),
        ),
        Column("industry", N_("Industry"), Sort.TABLE, table="industry", lenient=True),
        Column("region", N_("Region"), Sort.TABLE, table="region", lenient=True, grouping=True),
        Column("address", N_("Address"), Sort.TEXT),
        Column("size", N_("Size"), Sort.CHOICE, EnterpriseSize, lenient=True),
        Column("nature", N_("Nature"), Sort.CHOICE, EnterpriseNature, lenient=True),
        Column("legal_representative", N_("Legal representative"), Sort.PERSON),
        Column("staff_total", N_("Staff on post"), Sort.NUMBER),
        Column("other_interns", N_("Interns of other schools"), Sort.NUMBER),
        _NOTE,
    ),
    subject=("name", "uscc"),
    needs=(("name",),),
    keys=(("uscc",), ("name",)),
)

PLACEMENT = ImportKind(
    "placement",
    (
        _STUDENT_NO,
        _NAME,
        _ID_NO,
        _CLASS,
        _PHONE,
        Column("enterprise_name", N_("Enterprise"), Sort.COMPANY, grouping=True),
        Column("uscc", N_("Credit code"), Sort.USCC, grouping=True),
        Column("position", N_("Position"), Sort.TEXT, grouping=True),
        Column(
            "period",
            N_("From and until"),
            Sort.PERIOD,
            parts=("start_date", "end_date"),
            grouping=True,
        ),
        Column("start_date", N_("From"), Sort.DAY, grouping=True),
        Column("end_date", N_("Until"), Sort.DAY, grouping=True),
        Column("weekly_hours", N_("Hours a week"), Sort.HOURS, grouping=True),
        Column("allowance", N_("Monthly pay"), Sort.MONEY, grouping=True),
        Column("teacher", N_("School tutor"), Sort.PERSON, grouping=True),
        Column("teacher_phone", N_("School tutor's phone"), Sort.PHONE, grouping=True),
        Column(
            "teacher_contact",
            N_("School tutor and phone"),
            Sort.PERSON_PHONE,
            parts=("teacher", "teacher_phone"),
            grouping=True,
        ),
        Column("mentor", N_("Workplace mentor"), Sort.PERSON, grouping=True),
        Column("mentor_phone", N_("Workplace mentor's phone"), Sort.PHONE, grouping=True),
        Column(
            "mentor_contact",
            N_("Workplace mentor and phone"),
            Sort.PERSON_PHONE,
            parts=("mentor", "mentor_phone"),
            grouping=True,
        ),
        Column("batch", N_("Batch"), Sort.TEXT, grouping=True),
        Column("organisation", N_("Organisation"), Sort.CHOICE, Organisation, lenient=True),
        Column("arrangement", N_("Arrangement"), Sort.CHOICE, Arrangement, lenient=True),
        Column("major_match", N_("Match with the major"), Sort.CHOICE, MajorMatch, lenient=True),
        Column("agreement_no", N_("Agreement number"), Sort.CODE),
        _NOTE,
    ),
    subject=("student_no", "name", "id_no"),
    needs=(("student_no", "name", "id_no"), ("enterprise_name", "uscc"), ("start_date",)),
    keys=(("student_no", "enterprise_name", "start_date"),),
    header=("enterprise_name", "uscc"),
)

COURSE = ImportKind(
    "course",
    (
        Column("course_code", N_("Course code"), Sort.CODE),
        Column("course_name", N_("Course"), Sort.LABEL),
        Column("category", N_("Category"), Sort.TEXT, grouping=True),
        Column("credits", N_("Credits"), Sort.NUMBER),
        Column("hours", N_("Class hours"), Sort.NUMBER),
        Column("term", N_("Term"), Sort.LABEL),
        Column("assessment", N_("Assessment"), Sort.TEXT),
        _MAJOR,
        _NOTE,
    ),
    subject=("course_code", "course_name"),
    needs=(("course_name",),),
    keys=(("course_code",),),
)

SCORE = ImportKind(
    "score",
    (
        _STUDENT_NO,
        _NAME,
        _CLASS,
        Column("course_name", N_("Course"), Sort.LABEL, grouping=True),
        Column("usual", N_("Coursework mark"), Sort.MARK),
        Column("final", N_("Examination mark"), Sort.MARK),
        Column("total", N_("Overall mark"), Sort.MARK),
        Column("grade", N_("Grade"), Sort.TEXT),
        _NOTE,
    ),
    subject=("student_no", "name"),
    needs=(("student_no", "name"),),
    keys=(("student_no", "course_name"),),
    header=("usual", "final", "total", "grade"),
)

ATTENDANCE = ImportKind(
    "attendance",
    (
        _STUDENT_NO,
        _NAME,
        _CLASS,
        Column("attendance", N_("Attendance"), Sort.MARKER),
        Column("allowance", N_("Allowance"), Sort.MONEY),
        Column("boarding", N_("Boarding"), Sort.FLAG),
        _NOTE,
    ),
    subject=("student_no", "name"),
    needs=(("student_no", "name"),),
    keys=(("student_no",),),
    header=("attendance", "allowance", "boarding"),
)

KINDS: tuple[ImportKind, ...] = (STUDENT, ENTERPRISE, PLACEMENT, COURSE, SCORE, ATTENDANCE)
"""Every kind that is understood."""


def import_kind(name: str) -> ImportKind:
    """Return a kind by its name; KeyError where there is none."""
    for one in KINDS:
        if one.name == name:
            return one
    raise KeyError(name)


def filled(columns: Iterator[Column]) -> set[str]:
    """Return the names of the values that these columns fill."""
    return {name for one in columns for name in (one.parts or (one.name,))}
