"""A small school for tests of the window: everything in it is written in Chinese."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.make import make
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.placement import BatchClass, Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.school import School, SchoolClass
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records, workspace

NAMES = ("张晨怡", "李雅雪", "王国伟", "贺宇涛", "邱伟翔")


def small_school(folder: Path, *, passphrase: str = "", sample: bool = False) -> Path:
    """Make a workspace with five students, two of them placed, and return its folder."""
    person = make(Staff, name="周敏", role=Role.ADMIN)
    school = make(School, name="霁川市山河职业技术学校")
    work = workspace.create(folder, school, person=person, passphrase=passphrase, sample=sample)
    today = date.today()
    room = make(SchoolClass, name="甲班")
    host = make(Enterprise, name="霁川鹿石早教服务中心", uscc="", status=Partnership.ACTIVE)
    post = make(Position, name="保育员助理", enterprise=host.id)
    batch = make(
        PlacementBatch,
        name="第一批",
        start_date=today + timedelta(days=7),
        end_date=today + timedelta(days=90),
    )
    students = [
        make(Student, name=name, student_no=str(20240100 + n), school_class=room.id, id_no="")
        for n, name in enumerate(NAMES)
    ]
    placed = [
        make(
            Placement,
            student=one.id,
            enterprise=host.id,
            position=post.id,
            batch=batch.id,
            start_date=batch.start_date,
            end_date=batch.end_date,
            status=PlacementStatus.ASSIGNED,
        )
        for one in students[:2]
    ]
    links = [make(BatchClass, batch=batch.id, school_class=room.id)]
    everything = [room, host, post, batch, *students, *links, *placed]
    records.save_all(work, everything, Message("Sample school made"))
    workspace.close(work)
    return folder
