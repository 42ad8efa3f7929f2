"""The lists of the school's own side: students, classes, majors, departments, teachers, batches."""

from __future__ import annotations

from datetime import date

from xqhz_desktop.domain.placement import BatchClass, PlacementBatch
from xqhz_desktop.domain.school import Department, Major, SchoolClass
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.models.columns import Look, column
from xqhz_desktop.ui.pages.listing import Listing, Section


def _age(row: Row, lang: Language) -> str:
    age = row.record.age_on(date.today()) if isinstance(row.record, Student) else None
    return "" if age is None else lang.say(Message(NN_("{n} year old", "{n} years old"), n=age))


def _national(row: Row, _lang: Language) -> str:
    """Return the national code itself: its name is that of the major."""
    return str(getattr(row.record, "code", ""))


STUDENT = Listing(
    Student,
    counted=NN_("{n} student", "{n} students"),
    add=N_("Add student"),
    search=N_("Search student, number, phone or pinyin initials"),
    hint=N_("Try the last digits of a number or pinyin initials, such as zs."),
    columns=(
        column(
            Student,
            "name",
            look=Look.NAME,
            beside=("student_no", "school_class"),
            worth=99,
            label=N_("Student"),
            width=220,
        ),
        column(Student, "status", look=Look.PILL, width=112, worth=80),
        column(Student, "sex", beside=(_age,), width=104, worth=70),
        column(Student, "phone", width=132, worth=60),
        column(Student, "guardian_name", beside=("guardian_phone",), width=132, worth=50),
        column(Student, "id_no", beside=("birth_date",), width=184, worth=30),
    ),
    beside=("student_no", "school_class"),
    sections=(
        Section(
            N_("Basic information"),
            (
                ("name", "sex"),
                ("student_no", "school_class"),
                ("id_type", "birth_date"),
                "id_no",
                ("phone", "status"),
            ),
        ),
        Section(N_("Guardian"), (("guardian_name", "guardian_relation"), "guardian_phone")),
    ),
    chips="status",
    order=tuple(StudentStatus),
    standing=(N_("{all}, {n} enrolled"), StudentStatus.ENROLLED),
)

STAFF = Listing(
    Staff,
    counted=NN_("{n} teacher", "{n} teachers"),
    add=N_("Add teacher"),
    search=N_("Search name, number, phone or pinyin initials"),
    hint=N_("Try the last digits of a number or pinyin initials, such as zs."),
    columns=(
        column(
            Staff, "name", look=Look.NAME, beside=("staff_no", "department"), worth=99, width=220
        ),
        column(Staff, "role", look=Look.PILL, width=196, worth=80),
        column(Staff, "title", width=128, worth=50),
        column(Staff, "phone", width=132, worth=60),
    ),
    beside=("staff_no", "department"),
    sections=(
        Section(
            N_("Basic information"),
            (
                ("name", "sex"),
                ("staff_no", "phone"),
                "department",
                "title",
                "role",
                "dual_qualified",
            ),
        ),
    ),
    chips="role",
)

CLASS = Listing(
    SchoolClass,
    counted=NN_("{n} class", "{n} classes"),
    add=N_("Add class"),
    search=N_("Search class or pinyin initials"),
    hint=N_("Try part of the name or pinyin initials, such as skyb."),
    columns=(
        column(SchoolClass, "name", look=Look.NAME, beside=("major",), worth=99, width=220),
        column(SchoolClass, "enrol_year", look=Look.TEXT, width=104, worth=60),
        column(SchoolClass, "head_teacher", width=136, worth=50),
    ),
    beside=("major",),
    chips="enrol_year",
)

MAJOR = Listing(
    Major,
    counted=NN_("{n} major", "{n} majors"),
    add=N_("Add major"),
    search=N_("Search major, code or pinyin initials"),
    hint=N_("Try part of the name, the national code or pinyin initials."),
    columns=(
        column(Major, "name", look=Look.NAME, beside=(_national,), worth=99, width=240),
        column(Major, "department", width=176, worth=70),
        column(Major, "level", look=Look.PILL, width=176, worth=60),
        column(Major, "years", width=112, worth=40),
    ),
    beside=("department",),
    chips="level",
)

DEPARTMENT = Listing(
    Department,
    counted=NN_("{n} department", "{n} departments"),
    add=N_("Add department"),
    search=N_("Search department or pinyin initials"),
    hint=N_("Try part of the name or pinyin initials."),
    columns=(
        column(Department, "name", look=Look.NAME, beside=("code",), worth=99, width=240),
        column(Department, "head", width=136, worth=60),
        column(Department, "phone", width=136, worth=50),
    ),
    beside=("code",),
)

BATCH = Listing(
    PlacementBatch,
    counted=NN_("{n} batch", "{n} batches"),
    add=N_("Add batch"),
    search=N_("Search batch or pinyin initials"),
    hint=N_("Try part of the name or pinyin initials."),
    columns=(
        column(
            PlacementBatch,
            "name",
            look=Look.NAME,
            beside=("school_year", "term"),
            worth=99,
            width=260,
        ),
        column(PlacementBatch, "type", look=Look.PILL, width=152, worth=80),
        column(PlacementBatch, "start_date", width=112, worth=70),
        column(PlacementBatch, "end_date", look=Look.DEADLINE, width=120, worth=60),
    ),
    beside=("school_year", "term"),
    sections=(
        Section(
            N_("Basic information"),
            ("name", "type", ("start_date", "end_date"), ("school_year", "term"), "note"),
        ),
    ),
    chips="type",
)

BATCH_CLASS = Listing(
    BatchClass,
    counted=NN_("{n} class of a batch", "{n} classes of batches"),
    add=N_("Add class to a batch"),
    search=N_("Search batch, class or pinyin initials"),
    hint=N_("Try part of the name or pinyin initials."),
    columns=(
        column(BatchClass, "batch", look=Look.NAME, worth=99, width=260),
        column(BatchClass, "school_class", width=220, worth=80),
    ),
    beside=("school_class",),
)
