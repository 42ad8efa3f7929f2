"""What is exported comes back unchanged: every kind that is imported, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.make import make
from xqhz_desktop.domain import codes
from xqhz_desktop.domain.enterprise import Enterprise, Mentor
from xqhz_desktop.domain.fields import Field, Kind
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import CODES, Message, language
from xqhz_desktop.services import exporting, records
from xqhz_desktop.services.exporting import Layout
from xqhz_desktop.services.importing import stage, understand
from xqhz_desktop.services.staged import State
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.general import NAMES
from xqhz_desktop.storage.queries import Query

WORDS = st.text("张晨怡 Åb9=+-@'\"<&>（）().,·•/\\#,;:。—　\n\t０Ａ𠮷", max_size=20)
CHECKED = {
    "id_no": "110222200802070037",
    "guardian_id_no": "110224200803150066",
    "uscc": "91500000MA6000000D",
}
"""Fields with a check character; one record has this in them."""

bounded = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
both = pytest.mark.parametrize("code", CODES)


def values(field: Field) -> st.SearchStrategy[Any]:
    """Return values a form would take for a field."""
    match field.kind:
        case Kind.TEXT | Kind.NOTE | Kind.CODE if field.name not in CHECKED:
            return WORDS.map(field.parse)
        case Kind.NUMBER if not field.decimals:
            return st.none() | st.integers(0, 10**6)
        case Kind.NUMBER | Kind.MONEY | Kind.PERCENT:
            top = Decimal(40 if field.name == "weekly_hours" else 99_999)
            if field.kind is Kind.PERCENT:
                top = Decimal(100)
            return st.none() | st.decimals(0, top, places=field.decimals)
        case Kind.DAY:
            return st.none() | st.dates(date(2006, 1, 1), date(2014, 12, 31))
        case Kind.FLAG:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(list(field.choices or ()))
        case Kind.TABLE:
            return st.sampled_from(["", *codes.codes(field.target)])
    return st.just("")


def filled(entity: type[Record], **fixed: Any) -> st.SearchStrategy[Record]:
    """Return records of a kind filled in every way, with some values as they are said."""
    drawn = {name: values(one) for name, one in entity.FIELDS.items() if name not in fixed}
    return st.builds(entity, **drawn, **{name: st.just(one) for name, one in fixed.items()})


def students(draw: Any, room: SchoolClass) -> list[Record]:
    found = []
    for n in range(4):
        name = "学" + draw(WORDS).strip()
        checked = {one: CHECKED[one] if not n else "" for one in ("id_no", "guardian_id_no")}
        fixed = {"name": name, "student_no": f"{n:04}", "school_class": room.id, **checked}
        found.append(draw(filled(Student, **fixed)))
    return [room, *found]


def enterprises(draw: Any) -> list[Record]:
    found = []
    for n in range(4):
        name, code = f"{n}号{draw(WORDS)}厂", "" if n else CHECKED["uscc"]
        found.append(draw(filled(Enterprise, name=name, uscc=code, parent="", former_names="")))
    return found


def placements(draw: Any) -> list[Record]:
    """Return placements of namesakes, whose posts, teachers and mentors are namesakes too."""
    found: list[Record] = []
    for n in range(4):
        student = make(Student, name="张三", student_no=f"{n:04}")
        host = make(Enterprise, name=f"{n}号厂", uscc="")
        post = "岗" + draw(WORDS).strip()
        posts = [make(Position, name=post, enterprise=host.id) for _ in range(2)]
        mentors = [make(Mentor, name="李师傅", enterprise=host.id) for _ in range(2)]
        tutor = make(Staff, name="王老师")
        start = date(2026, 3, 1) + timedelta(n)
        fixed = {
            "student": student.id,
            "enterprise": host.id,
            "position": posts[1].id,
            "mentor": mentors[1].id,
            "tutor": tutor.id,
            "batch": "",
            "start_date": start,
            "end_date": start + timedelta(n * 40) if n else None,
        }
        found += [student, host, *posts, *mentors, tutor, draw(filled(Placement, **fixed))]
    return found


def stored(work: Work, some: Sequence[Record]) -> None:
    """Store records in place of those before."""
    with work.store.change(Message("Import"), work.actor) as change:
        for emptied in reversed(NAMES):
            for one in list(change.all(emptied)):
                if one.id != work.actor.id:
                    change.remove(emptied, one.id)
    records.save_all(work, some, Message("Import"))


def exported(work: Work, folder: Path, kind: str, code: str) -> Path:
    """Return the usual list of a kind, in a language."""
    file = folder / "a.xlsx"
    exporting.export(work, Query(kind), file, Layout((), "internal", language(code)))
    return file


def unlike(work: Work, kind: str, file: Path) -> list[Any]:
    """Return what rows of a list would change."""
    found = stage(work, understand(file, kind))
    with work.store.read() as reader:
        assert len(found.rows) == reader.count(kind)
    return [
        (row.state, row.changes(), [(one.field, str(one.message)) for one in row.errors])
        for row in found.rows
        if row.state is not State.SAME
    ]


def comes_back(work: Work, folder: Path, kind: str, code: str, some: Sequence[Record]) -> None:
    """Store records in place of those before, export them, and read the file again."""
    stored(work, some)
    assert unlike(work, kind, exported(work, folder, kind, code)) == []


@both
@bounded
@given(data=st.data())
def test_students_come_back_unchanged(
    work: Work, tmp_path: Path, code: str, data: st.DataObject
) -> None:
    some = students(data.draw, SchoolClass(name="24机电1班"))
    comes_back(work, tmp_path, "student", code, some)


@both
@bounded
@given(data=st.data())
def test_enterprises_come_back_unchanged(
    work: Work, tmp_path: Path, code: str, data: st.DataObject
) -> None:
    comes_back(work, tmp_path, "enterprise", code, enterprises(data.draw))


@both
@bounded
@given(data=st.data())
def test_placements_of_namesakes_come_back_unchanged(
    work: Work, tmp_path: Path, code: str, data: st.DataObject
) -> None:
    comes_back(work, tmp_path, "placement", code, placements(data.draw))
