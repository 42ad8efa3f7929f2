"""Students and their guardians."""

from __future__ import annotations

from datetime import date
from enum import Enum

from xqhz_desktop.domain import identity
from xqhz_desktop.domain.fields import choice, code, day, note, ref, table, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.i18n import N_, Message


class Sex(Enum):
    """Sex as in GB/T 2261.1."""

    UNKNOWN = N_("unknown")
    MALE = N_("male")
    FEMALE = N_("female")


class StudentStatus(Enum):
    """Where a student stands in the school's roster."""

    ENROLLED = N_("Enrolled")
    SUSPENDED = N_("On leave")
    WITHDRAWN = N_("Withdrawn")
    TRANSFERRED = N_("Transferred")
    GRADUATED = N_("Graduated")
    COMPLETED = N_("Completed without diploma")


class Guardianship(Enum):
    """Who the guardian is to the student."""

    UNKNOWN = N_("not stated")
    FATHER = N_("Father")
    MOTHER = N_("Mother")
    GRANDPARENT = N_("Grandparent")
    RELATIVE = N_("Other relative")
    OTHER = N_("Other guardian")


@record("student", N_("Student"), N_("Students"), keys=(("student_no",), ("id_no",)))
class Student(Record):
    """A student of the roster, with the guardian who signs for a minor."""

    name: str = text(N_("Name"), required=True, search=True, limit=50)
    student_no: str = code(N_("Student number"), search=True)
    sex: Sex = choice(N_("Sex"), Sex, default=Sex.UNKNOWN)
    school_class: str = ref(N_("Class"), "school_class")
    id_type: str = table(N_("Document type"), "document", default="1", column=False)
    id_no: str = code(N_("ID number"), private=True, search=True, clash="must")
    birth_date: date | None = day(N_("Date of birth"), private=True)
    phone: str = code(N_("Phone"), private=True, search=True, advice=identity.phone_problem)
    guardian_name: str = text(N_("Guardian"), private=True, limit=50)
    guardian_relation: Guardianship = choice(
        N_("Relation"), Guardianship, default=Guardianship.UNKNOWN, column=False
    )
    guardian_phone: str = code(
        N_("Guardian's phone"), private=True, search=True, advice=identity.phone_problem
    )
    guardian_id_no: str = code(N_("Guardian's ID number"), private=True, column=False)
    registration_no: str = code(N_("Student registration number"), private=True, column=False)
    ethnic: str = table(N_("Ethnic group"), "ethnic", column=False)
    political: str = table(N_("Political status"), "political", column=False)
    address: str = text(N_("Home address"), private=True, column=False)
    enrol_date: date | None = day(N_("Enrolled on"), column=False)
    status: StudentStatus = choice(
        N_("Status"), StudentStatus, default=StudentStatus.ENROLLED, clash="must"
    )
    name_pinyin: str = text(N_("Pinyin of the name"), column=False, clash="silent")
    note: str = note(N_("Note"))

    def whole(self) -> dict[str, Message]:
        """Check the ID number against its document type."""
        if self.id_no and self.id_type in ("", "1"):
            problem = identity.id_problem(self.id_no)
            return {"id_no": problem} if problem else {}
        return {}

    def age_on(self, when: date) -> int | None:
        """Return the age in full years on a day, by birth date or ID number."""
        born = self.birth_date or identity.born(self.id_no)
        if born is None:
            return None
        return when.year - born.year - ((when.month, when.day) < (born.month, born.day))
