"""The people of the school who use or are named in the program."""

from __future__ import annotations

from enum import Enum

from xqhz_desktop.domain import identity
from xqhz_desktop.domain.fields import choice, code, flag, note, ref, text
from xqhz_desktop.domain.records import Record, record
from xqhz_desktop.domain.student import Sex
from xqhz_desktop.i18n import N_


class Role(Enum):
    """What a local person may do; scopes are enforced once people log in."""

    ADMIN = N_("School admin")
    COORDINATOR = N_("Department coordinator")
    TUTOR = N_("School tutor")
    VIEWER = N_("Viewer")


@record("staff", N_("Teacher"), N_("Teachers"), keys=(("staff_no",), ("name",)))
class Staff(Record):
    """A teacher or officer of the school: class teacher, school tutor, coordinator."""

    name: str = text(N_("Name"), required=True, search=True, limit=50)
    staff_no: str = code(N_("Staff number"), search=True)
    sex: Sex = choice(N_("Sex"), Sex, default=Sex.UNKNOWN, column=False)
    department: str = ref(N_("Department"), "department")
    title: str = text(N_("Professional title"))
    phone: str = code(N_("Phone"), search=True, advice=identity.phone_problem)
    role: Role = choice(N_("Role"), Role, default=Role.TUTOR)
    dual_qualified: bool = flag(N_("Dual-qualified teacher"), column=False)
    name_pinyin: str = text(N_("Pinyin of the name"), column=False, clash="silent")
    note: str = note(N_("Note"))
