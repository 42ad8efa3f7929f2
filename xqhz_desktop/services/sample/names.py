"""Names people could have, by sex and by the years they were given in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xqhz_desktop.domain.student import Sex
from xqhz_desktop.services.sample.draw import Draw, Lots, rows

_HAN = "01"


@dataclass(frozen=True)
class Person:
    """What is known of somebody before the rest: name, sex and ethnic group (GB/T 3304)."""

    name: str
    sex: Sex
    ethnic: str = _HAN
    pinyin: str = ""
    quirks: frozenset[str] = frozenset()
    """What is special about a student of the list, such as ``no_phone``."""


class Names:
    """Draws names from the lists of ``resources/samples``."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._surnames = Lots({row["surname"]: float(row["weight"]) for row in rows("surnames")})
        self._others = {
            sex: [row for row in rows("minority_names") if row["sex"] == sex.name] for sex in Sex
        }

    def surname(self) -> str:
        """Return a surname, the frequent ones more often."""
        return self._draw.lot(self._surnames)

    def given(self, sex: Sex, born: int) -> str:
        """Return a given name as parents chose it in the year ``born``: one or two characters."""
        first, last = _letters(sex, born)
        one, two = self._draw.pick(first), self._draw.pick(last)
        return two if one == two or self._draw.chance(0.16) else one + two

    def full(self, sex: Sex, born: int) -> str:
        """Return a Han name."""
        return self.surname() + self.given(sex, born)

    def student(self, born: int, *, male_percent: int) -> Person:
        """Return a young person; one in forty belongs to a people with names of its own."""
        sex = Sex.MALE if self._draw.chance(male_percent / 100) else Sex.FEMALE
        if self._draw.chance(0.025):
            return self._of_another_people(sex)
        return Person(self.full(sex, born), sex)

    def guardian(self, child: Person, sex: Sex, born: int) -> str:
        """Return the name of a guardian; men of the family hand a Han surname down."""
        if any(row["ethnic"] == child.ethnic for row in self._others[sex]):
            return self._of_another_people(sex, child.ethnic).name
        if sex is Sex.FEMALE or child.ethnic != _HAN:
            return self.full(sex, born)
        compound = child.name[:2] in self._surnames.things
        return child.name[: 2 if compound else 1] + self.given(sex, born)

    def _of_another_people(self, sex: Sex, ethnic: str = "") -> Person:
        row = self._draw.pick(
            [row for row in self._others[sex] if row["ethnic"] == ethnic] or self._others[sex]
        )
        given = self._draw.pick(row["given"].split())
        families = row["family"].split()
        if not families:
            return Person(given, sex, row["ethnic"])
        family = self._draw.pick(families)
        before = row["ethnic"] == "07"  # the Yi say the family first
        parts = (family, given) if before else (given, family)
        return Person("·".join(parts), sex, row["ethnic"])


@cache
def _letters(sex: Sex, born: int) -> tuple[str, str]:
    """Return the first and last characters of given names that were usual in a year."""
    fitting = [
        row
        for row in rows("given_names")
        if row["sex"] == sex.name and int(row["born_from"]) <= born
    ]
    latest = max(fitting, key=lambda row: int(row["born_from"]))
    return latest["first"], latest["second"]
