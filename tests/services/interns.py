"""A class on placement: what tests of attendance, reports, visits and payments begin with."""

from __future__ import annotations

from datetime import date

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.placement import BatchClass, Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records
from xqhz_desktop.services.rosters import Scope
from xqhz_desktop.services.workspace import Work

START, END = date(2026, 9, 1), date(2026, 12, 20)
MONTH = "2026-10"
NAMES = ("陈一", "程二", "成三")


class Interns:
    """Three students of one class at one enterprise, from September to December 2026."""

    def __init__(self, work: Work, n: int = 3) -> None:
        """Save them in a workspace."""
        self.work = work
        self.room = make(SchoolClass, name="23数控1班")
        self.host = make(
            Enterprise,
            name="霁川云和机械有限公司",
            uscc="",
            status=Partnership.ACTIVE,
            hospital="霁川市第二医院",
            emergency_phone="026-01234567",
        )
        self.tutor = make(Staff, name="吴指导")
        self.batch = make(PlacementBatch, name="秋季", start_date=START, end_date=END)
        names = [NAMES[one] if one < len(NAMES) else f"学生{one:03}" for one in range(n)]
        self.students = [
            make(
                Student,
                name=name,
                student_no=f"2301{one:03}",
                school_class=self.room.id,
                id_no="",
                guardian_name=f"{name}父",
                guardian_phone="16600001234",
            )
            for one, name in enumerate(names)
        ]
        self.placements = [
            make(
                Placement,
                student=one.id,
                enterprise=self.host.id,
                position="",
                batch=self.batch.id,
                start_date=START,
                end_date=END,
                status=PlacementStatus.RUNNING,
                tutor=self.tutor.id,
            )
            for one in self.students
        ]
        link = make(BatchClass, batch=self.batch.id, school_class=self.room.id)
        start = [self.room, self.host, self.tutor, self.batch, *self.students, link]
        self.save(*start, *self.placements)

    def save(self, *some: object) -> None:
        """Save further records."""
        records.save_all(self.work, some, Message("Sample school made"))  # type: ignore[arg-type]

    @property
    def scope(self) -> Scope:
        """Return the whole batch."""
        return Scope(self.batch.id)
