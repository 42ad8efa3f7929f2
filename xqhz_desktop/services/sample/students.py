"""Students of the sample school, with their guardians and with the corners rosters really have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from xqhz_desktop.domain.student import Guardianship, Sex, Student, StudentStatus
from xqhz_desktop.services.sample.draw import Draw, Lots, rows, words
from xqhz_desktop.services.sample.names import Names, Person
from xqhz_desktop.services.sample.numbers import Numbers

_RELATIONS = Lots(
    {
        Guardianship.FATHER: 44.0,
        Guardianship.MOTHER: 42.0,
        Guardianship.GRANDPARENT: 10.0,
        Guardianship.RELATIVE: 4.0,
    }
)
_STATUSES = Lots(
    {
        StudentStatus.ENROLLED: 985.0,
        StudentStatus.SUSPENDED: 6.0,
        StudentStatus.WITHDRAWN: 7.0,
        StudentStatus.TRANSFERRED: 2.0,
    }
)
_YOUTH_LEAGUE, _PUBLIC, _PASSPORT = "03", "13", "A"


@dataclass(frozen=True)
class Room:
    """A class while its students are made: its number begins theirs."""

    id: str
    number: str
    enrolled: int
    study_year: int
    place: int
    """Which class of its year it is, from 0."""
    male_percent: int
    adulthood: date
    """A day within the placement: who is marked so comes of age on it."""


class Enrolment:
    """Makes students one after the other."""

    def __init__(self, numbers: Numbers, seed: int) -> None:
        self._numbers = numbers
        self._draw = Draw(seed, "students")
        self._names = Names(self._draw)
        self._before: Student | None = None
        self._special = {
            (int(row["study_year"]), int(row["class"]), int(row["seat"])): _person(row)
            for row in rows("special_students")
        }

    def student(self, room: Room, seat: int) -> tuple[Student, frozenset[str]]:
        """Return the student of a seat (from 1), and what is special about them."""
        born = self._birth(room.enrolled)
        person = self._special.get((room.study_year, room.place, seat)) or self._names.student(
            born.year, male_percent=room.male_percent
        )
        if "turns_18" in person.quirks:
            born = _years_before(room.adulthood, 18)
        student = Student(
            id=self._numbers.id(),
            name=person.name,
            student_no=f"{room.number}{seat:02d}",
            sex=person.sex,
            school_class=room.id,
            birth_date=born,
            ethnic=person.ethnic,
            name_pinyin=person.pinyin,
            political=_YOUTH_LEAGUE if self._draw.chance(0.3) else _PUBLIC,
            address=self._address(),
            enrol_date=date(room.enrolled, 9, 1),
            status=self._status(person, room.study_year),
            **self._document(person, born),
            **self._reached(person, room.enrolled - self._draw.between(37, 55)),
        )
        if "twin" in person.quirks and self._before is not None:
            student = _again(self._before, student)
        self._before = student
        return student, person.quirks

    def _birth(self, enrolled: int) -> date:
        """Most are 15 when they enrol, some a year older."""
        youngest = date(enrolled - 15, 8, 31)
        days = self._draw.between(0, 364) + (365 if self._draw.chance(0.12) else 0)
        return youngest - timedelta(days)

    def _document(self, person: Person, born: date) -> dict[str, str]:
        male = (person.sex is Sex.MALE) != ("sex_mismatch" in person.quirks)
        number = self._numbers.resident(born, male=male)
        if "passport" in person.quirks:
            return {"id_type": _PASSPORT, "id_no": "X0000001"}
        if "no_id" in person.quirks or (not person.quirks and self._draw.chance(0.003)):
            return {}
        return {"id_no": number, "registration_no": f"L{number}" if number else ""}

    def _reached(self, person: Person, parent_born: int) -> dict[str, Any]:
        """Return phone and guardian; the numbers of a family follow each other."""
        draw, quirks = self._draw, person.quirks
        relation = draw.lot(_RELATIONS)
        born = parent_born - (20 if relation is Guardianship.GRANDPARENT else 0)
        woman = relation is Guardianship.MOTHER or draw.chance(0.3)
        sex = Sex.FEMALE if woman and relation is not Guardianship.FATHER else Sex.MALE
        silent = "no_phone" in quirks or (not quirks and draw.chance(0.015))
        phone = "" if silent else self._numbers.phone()
        guardian = {
            "guardian_name": self._names.guardian(person, sex, born),
            "guardian_relation": relation,
            "guardian_phone": self._numbers.phone(),
        }
        if "no_guardian" in quirks:
            guardian = {}
        return {**guardian, "phone": phone[:-1] if "bad_phone" in quirks else phone}

    def _status(self, person: Person, study_year: int) -> StudentStatus:
        drawn = self._draw.lot(_STATUSES)
        if person.quirks:
            told = [status for status in StudentStatus if status.name.lower() in person.quirks]
            drawn = told[0] if told else StudentStatus.ENROLLED
        if study_year > 3 and drawn is not StudentStatus.WITHDRAWN:
            return StudentStatus.GRADUATED
        return drawn

    def _address(self) -> str:
        draw, said = self._draw, words()
        home = f"{draw.pick(said['towns'])}{draw.pick(said['estates'])}"
        return f"霁川市{home} {draw.between(1, 199)} 号"


def _person(row: dict[str, str]) -> Person:
    quirks = frozenset({"listed", *row["quirk"].split()})
    return Person(row["name"], Sex[row["sex"]], row["ethnic"], row["pinyin"], quirks)


def _again(student: Student, seat: Student) -> Student:
    """Return a student entered once more, under the number of another seat."""
    return student.but(
        id=seat.id, student_no=seat.student_no, id_no="", registration_no="",
        note=words()["twin_note"],
    )  # fmt: skip


def _years_before(day: date, years: int) -> date:
    """Return the same day earlier; 29 February becomes the 28th."""
    return day.replace(year=day.year - years, day=min(day.day, 28))
