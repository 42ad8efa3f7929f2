"""A workspace with a school in it, for tests of lists at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise, Mentor
from xqhz_desktop.domain.placement import BatchClass, Placement, PlacementBatch
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School, SchoolClass
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records, workspace
from xqhz_desktop.services.workspace import Work

PERSON = Staff(name="周敏", role=Role.ADMIN)
NO_CODE = {"uscc": "", "no_code_reason": "代码待发"}


@dataclass
class House:
    """An open workspace: two hosts, one class of three students, all placed at the first host."""

    work: Work
    first: Enterprise
    second: Enterprise
    post: Position
    mentor: Mentor
    room: SchoolClass
    batch: PlacementBatch
    students: list[Student]
    placements: list[Placement]

    def now(self, record: Record) -> Any:
        """Return a record as it is now, or None."""
        with self.work.store.read() as reader:
            return reader.get(record.KIND, record.id)

    def count(self, kind: str, **equal: Any) -> int:
        """Return how many records there are."""
        with self.work.store.read() as reader:
            return reader.count(kind, **equal)

    def save(self, *some: Record) -> int:
        """Save records as one step."""
        return records.save_all(self.work, some, Message("Workspace made"))

    def restarted(self) -> House:
        """Close the workspace and open it again."""
        workspace.close(self.work)
        self.work = workspace.opened(self.work.folder)
        return self


def house(folder: Path) -> House:
    """Make the workspace and everything in it."""
    work = workspace.create(folder, make(School, name="霁川市山河职业技术学校"), person=PERSON)
    first = make(Enterprise, name="霁川市鹿石机械有限公司", phone="023-55550101", **NO_CODE)
    second = make(Enterprise, name="霁川鹿石机械有限责任公司", contact="岑远", **NO_CODE)
    post = make(Position, name="钳工", enterprise=first.id)
    mentor = make(Mentor, name="邱师傅", enterprise=first.id)
    room = make(SchoolClass, name="24机电1班")
    batch = make(
        PlacementBatch, name="第一批", start_date=date(2026, 3, 2), end_date=date(2026, 8, 30)
    )
    students = [
        make(Student, name=name, student_no=f"2024010{n}", school_class=room.id)
        for n, name in enumerate(("张晨怡", "李雅雪", "王国伟"))
    ]
    placements = [
        make(
            Placement,
            student=one.id,
            enterprise=first.id,
            position=post.id,
            mentor=mentor.id,
            batch=batch.id,
            start_date=batch.start_date,
        )
        for one in students
    ]
    link = make(BatchClass, batch=batch.id, school_class=room.id)
    made = House(work, first, second, post, mentor, room, batch, students, placements)
    made.save(first, second, post, mentor, room, batch, *students, *placements, link)
    return made
