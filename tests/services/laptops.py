"""Two laptops of one school: the office, which has the data, and a department, which joined."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from tests.make import make
from xqhz_desktop import paths
from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.staff import Role, Staff
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import enrolling, syncing, workspace
from xqhz_desktop.services.syncing import Taken
from xqhz_desktop.services.workspace import Work

_NUMBERS = count(1)


@dataclass
class Laptop:
    """An open workspace and the folder its packages are written to."""

    work: Work
    desk: Path

    def save(self, *records: Record) -> int:
        """Save records as one step and return its number."""
        with self.work.store.change(Message("Test"), self.work.actor) as change:
            for record in records:
                change.put(record)
        return change.number

    def remove(self, record: Record) -> None:
        """Remove a record without asking what points to it."""
        with self.work.store.change(Message("Test"), self.work.actor) as change:
            change.remove(record.KIND, record.id)

    def now(self, record: Record) -> Any:
        """Return a record as it is now, or None."""
        with self.work.store.read() as reader:
            return reader.get(record.KIND, record.id)

    def all(self) -> dict[tuple[str, str], Record]:
        """Return every record there is."""
        with self.work.store.read() as reader:
            return {(kind, one.id): one for kind in BY_KIND for one in reader.all(kind)}

    def pack(self, **options: Any) -> Path:
        """Write a package and return its file."""
        made = syncing.make(self.work, self.desk / f"{next(_NUMBERS)}.xqhz", **options)
        return made.files[0]

    def take(self, file: Path, **options: Any) -> Taken:
        """Take in a package."""
        return syncing.take_in(self.work, file, **options)


def office(folder: Path, *, passphrase: str = "") -> Laptop:
    """A school's first laptop."""
    person = make(Staff, name="陈老师", role=Role.ADMIN)
    school = make(School, name="星河职校")
    work = workspace.create(folder / "office", school, person=person, passphrase=passphrase)
    enrolling.begin(work, "教务处")
    return Laptop(work, folder / "stick")


def joined(first: Laptop, folder: Path, name: str) -> Laptop:
    """Another laptop, admitted by the first one, without records yet."""
    work = workspace.join(folder / name)
    request, answer = folder / f"{name}.xqer", folder / f"{name} answer.xqhz"
    enrolling.request(work, request, name)
    enrolling.admit(first.work, request, answer)
    enrolling.accept(work, answer)
    made = Laptop(work, first.desk)
    person = make(Staff, name="林老师", role=Role.COORDINATOR)
    made.save(person)
    made.work = work.acting(person)
    return made


def meet(one: Laptop, other: Laptop) -> None:
    """Exchange packages until both have everything."""
    other.take(one.pack())
    one.take(other.pack())
    assert one.all() == other.all()


def imaged(folder: Path, image: Path) -> None:
    """Copy a workspace with the settings of its computer, which think it was always there."""
    shutil.copytree(folder, image / "data")
    shutil.copytree(paths.settings_file().parent, image / "settings")
    for file in (image / "settings" / "streams").iterdir():
        known = json.loads(file.read_text(encoding="utf-8"))
        if Path(known["folder"]) == folder.resolve():
            known["folder"] = str((image / "data").resolve())
        file.write_text(json.dumps(known), encoding="utf-8")
