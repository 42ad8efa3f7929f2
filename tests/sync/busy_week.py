"""A week in a large school: 2,000 of its 60,500 records changed, as packages meet it.

1,200 students with one to four fields, 550 placements, 50 enterprises, 180 new placements with
all their columns, 20 removals; made-up, the same for the same seed.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from tests.sync.samples import GROUP, OFFICE, STREAM
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.sync.changes import Changeset, Op
from xqhz_desktop.sync.package import Contents
from xqhz_desktop.sync.segment import Origin, cut

ORIGIN = Origin(OFFICE, GROUP, schema=1)
START = 1_780_000_000_000
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"
STREETS = ("星河路", "学府大道", "工业二路", "人民中路", "滨江东路")


class Week:
    """Makes the ops one after another."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.students = [self.id() for _ in range(1_500)]
        self.enterprises = [self.id() for _ in range(60)]
        self.positions = [self.id() for _ in range(120)]
        self.staff = [self.id() for _ in range(80)]
        self.mentors = [self.id() for _ in range(150)]

    def id(self) -> str:
        """Return an id as births of the last years have it: time first, then chance."""
        born = START - self.chance.randrange(10**11)
        return f"{born:012x}7{self.chance.getrandbits(76):019x}"

    def ops(self) -> list[Op]:
        """Return the changes of the week in the order they were made."""
        made = [Op("student", id, self.some("student")) for id in self.students[:1_200]]
        made += [Op("placement", self.id(), self.some("placement")) for _ in range(550)]
        made += [Op("enterprise", id, self.some("enterprise")) for id in self.enterprises[:50]]
        made += [Op("placement", self.id(), self.whole()) for _ in range(180)]
        made += [Op("student", id, None) for id in self.students[1_200:1_220]]
        self.chance.shuffle(made)
        return made

    def some(self, kind: str) -> dict[str, Any]:
        """Return one to four columns of a record."""
        names = [name for name in BY_KIND[kind].FIELDS if name in VALUES]
        return {
            name: VALUES[name](self)
            for name in self.chance.sample(names, self.chance.choice((1, 1, 2, 4)))
        }

    def whole(self) -> dict[str, Any]:
        """Return all columns of a new placement."""
        return {
            name: VALUES[name](self) if name in VALUES else None
            for name in BY_KIND["placement"].FIELDS
        }

    def day(self) -> str:
        return f"2026-{self.chance.randint(1, 12):02d}-{self.chance.randint(1, 28):02d}"

    def person(self) -> str:
        return self.chance.choice(SURNAMES) + "".join(self.chance.choices(GIVEN, k=2))

    def digits(self, many: int) -> str:
        return "".join(self.chance.choices("0123456789", k=many))


VALUES: dict[str, Any] = {
    "name": Week.person,
    "phone": lambda week: f"13{week.digits(9)}",
    "guardian_name": Week.person,
    "guardian_phone": lambda week: f"15{week.digits(9)}",
    "address": lambda week: f"浙江省杭州市{week.chance.choice(STREETS)}{week.digits(3)}号",
    "birth_date": Week.day,
    "note": lambda week: f"{week.day()} 电话联系家长{week.person()}，同意安排。",
    "status": lambda week: week.chance.choice(["ACTIVE", "PLANNED", "ENDED", "SUSPENDED"]),
    "student": lambda week: week.chance.choice(week.students),
    "enterprise": lambda week: week.chance.choice(week.enterprises),
    "position": lambda week: week.chance.choice(week.positions),
    "start_date": Week.day,
    "end_date": Week.day,
    "weekly_hours": lambda week: week.chance.randint(20, 40),
    "allowance": lambda week: week.chance.randint(15, 60) * 10_000,
    "tutor": lambda week: week.chance.choice(week.staff),
    "mentor": lambda week: week.chance.choice(week.mentors),
    "agreement_no": lambda week: f"XY2026{week.digits(5)}",
    "staff_total": lambda week: week.chance.randint(5, 3_000),
    "contact": Week.person,
    "uscc": lambda week: f"91330100MA{week.digits(8)}",
}
"""What is written into a field."""


def one_by_one() -> list[Changeset]:
    """Return the week as 2,000 changes of one record each, about a minute apart."""
    week = Week()
    users = [week.id() for _ in range(5)]
    found = []
    at = START
    for q, op in enumerate(week.ops(), 1):
        at += week.chance.randint(5_000, 90_000)
        about = {"title": "Edit", "name": "教务员"}
        found.append(Changeset(STREAM, q, at, week.chance.choice(users), {}, (op,), about))
    return found


def at_once() -> list[Changeset]:
    """Return the week as one change, as an import makes it."""
    return [Changeset(STREAM, 1, START, Week().id(), {}, tuple(Week().ops()))]


def contents(changes: Iterable[Changeset]) -> Contents:
    """Return the package of some changes."""
    segments = tuple(cut(changes, "", ORIGIN))
    return Contents(GROUP, segments=segments, knowledge={STREAM: 2_000}, app=("1.0", 1))


def zipped_json(changes: Iterable[Changeset]) -> bytes:
    """Return the same edits as most programs send them: an object for every field, in a zip."""
    rows = list(_fields(changes))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        file.writestr("changes.json", json.dumps(rows, ensure_ascii=False, separators=(",", ":")))
    return made.getvalue()


def _fields(changes: Iterable[Changeset]) -> Iterator[dict[str, Any]]:
    for change in changes:
        stamp = {"at": change.at, "replica": change.stream, "user": change.user}
        for op in change.ops:
            for column, value in (op.values or {"deleted": True}).items():
                where = {"table": op.kind, "id": op.id, "column": column}
                yield {**where, "value": value, **stamp}
