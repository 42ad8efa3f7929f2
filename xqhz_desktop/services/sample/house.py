"""The sample school itself: the school, its officers and teachers, departments and majors."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from xqhz_desktop.domain import codes
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import Department, Major, School
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.domain.student import Sex
from xqhz_desktop.services.sample.draw import Draw, rows, words
from xqhz_desktop.services.sample.names import Names
from xqhz_desktop.services.sample.numbers import Numbers

STUDENTS_A_TEACHER = 20


@dataclass(frozen=True)
class Course:
    """A major as the rest of the school needs it."""

    id: str
    code: str
    short: str
    sector: str
    male_percent: int
    teachers: tuple[str, ...]


def house(
    numbers: Numbers, seed: int, students: int
) -> Generator[Record, None, tuple[Course, ...]]:
    """Yield the school, who works in the program, departments, teachers and majors."""
    draw = Draw(seed, "house")
    names = Names(draw)
    yield _school(numbers)
    yield _admin(numbers)
    departments: dict[str, Department] = {}
    for row in rows("majors"):
        if row["department"] not in departments:
            departments[row["department"]] = one = Department(
                id=numbers.id(),
                name=row["department"],
                name_en=row["department_en"],
                code=f"{len(departments) + 1:02d}",
                phone=numbers.landline(),
            )
            yield one
    teachers: dict[str, list[str]] = {name: [] for name in departments}
    for n in range(max(len(departments) * 2, students // STUDENTS_A_TEACHER - 1)):
        department = list(departments)[n % len(departments)]
        teacher = _teacher(numbers, draw, names, n).but(department=departments[department].id)
        teachers[department].append(teacher.id)
        yield teacher
    courses = []
    for row in rows("majors"):
        major = _major(numbers, row, departments[row["department"]].id)
        yield major
        courses.append(_course(major, row, teachers[row["department"]]))
    return tuple(courses)


def _school(numbers: Numbers) -> School:
    return School(
        id=numbers.id(),
        phone=numbers.landline(),
        supervision_phone=numbers.landline(),
        **words()["school"],
    )


def _admin(numbers: Numbers) -> Staff:
    told = words()["admin"]
    return Staff(
        id=numbers.id(),
        phone=numbers.phone(),
        role=Role.ADMIN,
        **{**told, "sex": Sex[told["sex"]]},
    )


def _teacher(numbers: Numbers, draw: Draw, names: Names, n: int) -> Staff:
    """The first of each department is its coordinator."""
    sex = Sex.FEMALE if draw.chance(0.55) else Sex.MALE
    first = n < len({row["department"] for row in rows("majors")})
    return Staff(
        id=numbers.id(),
        name=names.full(sex, draw.between(1968, 1997)),
        staff_no=f"T{n + 2:04d}",
        sex=sex,
        title="高级讲师" if first else draw.pick(words()["staff_titles"]),
        phone=numbers.phone(),
        role=Role.COORDINATOR if first else Role.VIEWER if draw.chance(0.05) else Role.TUTOR,
        dual_qualified=draw.chance(0.5),
    )


def _major(numbers: Numbers, row: dict[str, str], department: str) -> Major:
    return Major(
        id=numbers.id(),
        name=codes.name("major", row["code"], "zh_CN"),
        name_en=row["name_en"],
        code=row["code"],
        department=department,
        years=3,
    )


def _course(major: Major, row: dict[str, str], teachers: list[str]) -> Course:
    return Course(
        major.id,
        row["code"],
        row["short"],
        row["sector"],
        int(row["male_percent"]),
        tuple(teachers),
    )
