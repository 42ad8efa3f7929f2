"""Two enrolled workspaces that share a school by a folder, for tests of the window."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.ui.school import small_school
from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import enrolling, exchanging, records, workspace
from xqhz_desktop.services.workspace import Work

OFFICE, LAPTOP = "教务处-台式01", "机电系-笔记本02"


class Pair:
    """Two workspaces with the same school, both open, and the stick between them."""

    def __init__(self, folder: Path) -> None:
        """Make a school at the office, enrol a laptop, and share everything."""
        self.folder, self.stick = folder, folder / "stick"
        self.stick.mkdir(parents=True)
        self.office = workspace.opened(small_school(folder / "office"))
        enrolling.begin(self.office, OFFICE)
        self.laptop = workspace.join(folder / "laptop")
        enrol(self.office, self.laptop, folder, LAPTOP)
        self.carry()
        person = Staff(name="李雨桐", role=Role.TUTOR)
        records.save(self.laptop, person)
        self.laptop = self.laptop.acting(person)
        self.carry()

    def carry(self) -> None:
        """Take the stick from one to the other until both have everything."""
        for work in (self.office, self.laptop, self.office, self.laptop):
            exchanging.with_folder(work, self.stick)

    def close(self) -> tuple[Path, Path]:
        """Close both and return their folders."""
        for work in (self.office, self.laptop):
            workspace.close(work)
        return self.office.folder, self.laptop.folder

    def disagree(self) -> None:
        """Let both edit the same week, without exchanging it yet."""
        first, second = sorted(_all(self.office, "placement"), key=lambda one: one.id)
        until = date.today() + timedelta(days=120)
        edit(
            self.office, first, end_date=until, allowance=Decimal(2400),
            status=PlacementStatus.AGREEING, note="住企业宿舍。3月起周末回家，家长已知情。",
        )  # fmt: skip
        edit(
            self.laptop, first, end_date=until - timedelta(days=35), allowance=Decimal(2500),
            status=PlacementStatus.RUNNING, note="住企业宿舍 3 号楼 512。",
        )  # fmt: skip
        edit(self.office, second, allowance=Decimal(2400))
        edit(self.laptop, second, allowance=Decimal(2500))
        host = _all(self.office, "enterprise")[0]
        edit(self.office, host, address="霁川市山河路 9 号")
        student = min(_all(self.office, "student"), key=lambda one: one.called)
        edit(self.office, student, phone="15500000018")
        edit(self.laptop, student, phone="15500000026")


def enrol(office: Work, other: Work, folder: Path, name: str) -> None:
    """Admit another workspace to the school of the first."""
    enrolling.request(other, folder / f"{name}.ask", name)
    enrolling.admit(office, folder / f"{name}.ask", folder / f"{name}.answer")
    enrolling.accept(other, folder / f"{name}.answer")


def edit(work: Work, record: Record, **values: Any) -> None:
    """Change a record as it is stored in a workspace."""
    with work.store.read() as reader:
        stored = reader.get(record.KIND, record.id)
    assert stored is not None
    with work.store.change(Message("Test"), work.actor) as change:  # whatever the rules say today
        change.put(stored.but(**values))


def _all(work: Work, kind: str) -> list[Record]:
    with work.store.read() as reader:
        return list(reader.all(kind))
