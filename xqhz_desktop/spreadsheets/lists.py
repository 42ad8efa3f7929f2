"""The lists everybody has, described column by column: students, enterprises, placements, marks.

Column names are those of the command line's JSON; labels are the labels of the records.
"""

from __future__ import annotations

from dataclasses import replace

from xqhz_desktop.domain.attendance import DAYS, Attendance
from xqhz_desktop.domain.enterprise import EnterpriseNature, EnterpriseSize, Partnership
from xqhz_desktop.domain.placement import Arrangement, MajorMatch, Organisation
from xqhz_desktop.domain.student import Guardianship, Sex, StudentStatus
from xqhz_desktop.i18n import N_
from xqhz_desktop.spreadsheets.kinds import Column, ImportKind, Sort

_CLASS = Column("class_name", N_("Class"), Sort.LABEL, grouping=True, path="school_class")
_NOTE = Column("note", N_("Note"), Sort.TEXT)
_STUDENT_NO = Column("student_no", N_("Student number"), Sort.CODE)
_NAME = Column("name", N_("Name"), Sort.PERSON)
_ID_NO = Column("id_no", N_("ID number"), Sort.ID)
_PHONE = Column("phone", N_("Phone"), Sort.PHONE)
_USCC = Column("uscc", N_("Credit code"), Sort.USCC)
_MAJOR = Column("major_name", N_("Major"), Sort.LABEL, grouping=True)


def _who(path: str) -> tuple[Column, ...]:
    """Return the columns that tell a student: number, name, ID number and class."""
    student = path if path.endswith("student") else f"{path}.student"
    return (
        replace(_STUDENT_NO, path=f"{student}.student_no"),
        replace(_NAME, path=path),
        replace(_ID_NO, path=f"{student}.id_no"),
        replace(_CLASS, path=f"{student}.school_class"),
    )


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
        *_who("student"),
        replace(_PHONE, path="student.phone"),
        Column("enterprise_name", N_("Enterprise"), Sort.COMPANY, grouping=True, path="enterprise"),
        Column("uscc", N_("Credit code"), Sort.USCC, grouping=True, path="enterprise.uscc"),
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
        Column("teacher", N_("School tutor"), Sort.PERSON, grouping=True, path="tutor"),
        Column(
            "teacher_phone",
            N_("School tutor's phone"),
            Sort.PHONE,
            grouping=True,
            path="tutor.phone",
        ),
        Column(
            "teacher_contact",
            N_("School tutor and phone"),
            Sort.PERSON_PHONE,
            parts=("teacher", "teacher_phone"),
            grouping=True,
        ),
        Column("mentor", N_("Workplace mentor"), Sort.PERSON, grouping=True),
        Column(
            "mentor_phone",
            N_("Workplace mentor's phone"),
            Sort.PHONE,
            grouping=True,
            path="mentor.phone",
        ),
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
        *_who("student"),
        Column("course_name", N_("Course"), Sort.LABEL, grouping=True),
        Column("usual", N_("Coursework mark"), Sort.MARK),
        Column("final", N_("Examination mark"), Sort.MARK),
        Column("total", N_("Overall mark"), Sort.MARK),
        Column("grade", N_("Grade"), Sort.TEXT),
        _NOTE,
    ),
    subject=("student_no", "name"),
    needs=(("student_no", "name", "id_no"),),
    keys=(("student_no", "course_name"),),
    header=("usual", "school", "enterprise", "final", "total", "grade"),
)

_DAYS = tuple(
    Column(name, Attendance.FIELDS[name].label, Sort.DAYMARK, grouping=True) for name in DAYS
)

ATTENDANCE = ImportKind(
    "attendance",
    (
        *_who("placement"),
        Column("month", N_("Month"), Sort.MONTH, grouping=True),
        Column("attendance", N_("Attendance"), Sort.MARKER, path="days"),
        Column("allowance", N_("Allowance"), Sort.MONEY),
        Column("boarding", N_("Boarding"), Sort.FLAG, path="boarder"),
        Column("board", N_("Board and lodging"), Sort.YUAN, path="boarding"),
        *_DAYS,
        _NOTE,
    ),
    subject=("student_no", "name"),
    needs=(("student_no", "name", "id_no"),),
    keys=(("student_no", "month"),),
    header=("attendance", "allowance", "boarding", "board", *DAYS),
)

KINDS: tuple[ImportKind, ...] = (STUDENT, ENTERPRISE, PLACEMENT, COURSE, SCORE, ATTENDANCE)
"""Every kind that is understood."""
