"""Export layouts of the sample school: the lists every office prints."""

from __future__ import annotations

from collections.abc import Iterator

from xqhz_desktop.domain.layout import ExportLayout
from xqhz_desktop.services.sample.numbers import Numbers

_LAYOUTS = (
    (
        "placement",
        "岗位实习学生花名册",
        "student.student_no,student,student.sex,student.school_class.major,student.school_class,"
        "student.phone,enterprise,enterprise.uscc,position,start_date,end_date,weekly_hours,"
        "allowance,tutor,tutor.phone,mentor,mentor.phone,agreement_no,note",
        True,
    ),
    (
        "student",
        "学生联系表",
        "student_no,name,sex,school_class,school_class.major,phone,guardian_name,guardian_phone",
        False,
    ),
    (
        "score",
        "教务成绩导入表",
        "student.student_no,student,student.school_class,placement.batch,total,grade,sitting",
        False,
    ),
    ("enterprise", "合作企业一览", "name,uscc,region,industry,staff_total,contact,phone", True),
)
"""Kind, name, columns, totals; the first one is the one exports of placements begin with."""


def layouts(numbers: Numbers) -> Iterator[ExportLayout]:
    """Yield the layouts."""
    for kind, name, columns, totals in _LAYOUTS:
        yield ExportLayout(
            id=numbers.id(),
            of_kind=kind,
            name=name,
            columns=columns,
            totals=totals,
            usual=kind == "placement",
        )
