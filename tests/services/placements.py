"""A small school that places students: one enterprise, one class, one batch in spring 2026."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.placement import BatchClass, Placement, PlacementBatch
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import Major, School, SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records, workspace
from xqhz_desktop.services.workspace import Work

START, END = date(2026, 3, 16), date(2026, 9, 11)
ADULT, MINOR, CHILD = date(2007, 5, 1), date(2009, 5, 1), date(2010, 5, 1)
"""Birth dates: 18, 16 and 15 years old on the first day."""

MACHINING, AUTO = "660101", "700206"
"""Major codes of the national catalogue."""


class SmallSchool:
    """Records by what they are; `add` stores more of them."""

    def __init__(self, folder: Path) -> None:
        """Make the workspace."""
        self.work: Work = workspace.create(folder, School(name="青山中等职业学校"))
        self.major = make(Major, name="机械制造技术", code=MACHINING)
        self.school_class = make(SchoolClass, name="23数控1班", major=self.major.id)
        self.batch = make(PlacementBatch, name="2026春季", start_date=START, end_date=END)
        self.member = BatchClass(batch=self.batch.id, school_class=self.school_class.id)
        self.enterprise = make(
            Enterprise,
            name="霁川云和机械有限公司",
            status=Partnership.ACTIVE,
            staff_total=200,
            uscc="",
        )
        self.position = make(
            Position,
            name="数控车床操作",
            enterprise=self.enterprise.id,
            headcount=20,
            staff_same_post=50,
            majors=MACHINING,
        )
        self.add(
            self.major,
            self.school_class,
            self.batch,
            self.member,
            self.enterprise,
            self.position,
        )

    def add(self, *more: Record) -> None:
        """Store records as one step."""
        records.save_all(self.work, more, Message("For a test"))

    def students(self, n: int, born: date | None = ADULT, **traits: Any) -> list[str]:
        """Store students of the class; return their ids."""
        made = [
            make(
                Student,
                **{
                    "name": f"学生{number:02}",
                    "school_class": self.school_class.id,
                    "birth_date": born,
                    **traits,
                },
            )
            for number in range(n)
        ]
        self.add(*made)
        return [one.id for one in made]

    def placed(self) -> list[Placement]:
        """Return every placement."""
        with self.work.store.read() as reader:
            return [one for one in reader.all("placement") if isinstance(one, Placement)]
