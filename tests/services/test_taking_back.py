"""An import taken back row by row: what was edited since stays, and says by whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.make import make
from tests.services.lists import House, house
from tests.spreadsheets.files import workbook
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.domain.student import Student
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.services import history, importing, records, taking_back, workspace
from xqhz_desktop.services.taking_back import Row, State


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path / "school")
    yield made
    workspace.close(made.work)


@pytest.fixture
def step(school: House, tmp_path: Path) -> int:
    """An import: two students new in a new class, one changed."""
    file = workbook(
        tmp_path / "roster.xlsx",
        ("学号", "姓名", "班级", "备注"),
        ("20240200", "岑远", "24会计2班", ""),
        ("20240201", "邱禾", "24会计2班", ""),
        ("20240100", "张晨怡", "24机电1班", "走读"),
    )
    return importing.commit(
        school.work, importing.stage(school.work, importing.understand(file, "student"))
    )


def rows(school: House, step: int) -> dict[str, Row]:
    return {row.name: row for row in taking_back.takeable(school.work, step)}


def student(school: House, name: str) -> Student:
    with school.work.store.read() as reader:
        (found,) = reader.all("student", name=name)
    assert isinstance(found, Student)
    return found


def test_every_row_of_an_import_is_free_at_first(school: House, step: int) -> None:
    found = rows(school, step)
    assert {name: row.made for name, row in found.items()} == {
        "岑远": True, "邱禾": True, "张晨怡": False, "24会计2班": True,
    }  # fmt: skip
    assert {row.state for row in found.values()} == {State.FREE}


def test_single_rows_are_taken_back_as_one_step(school: House, step: int) -> None:
    found = rows(school, step)
    taking_back.take_back(school.work, step, [found["岑远"].id, found["张晨怡"].id])
    assert school.count("student", name="岑远") == 0
    assert school.now(school.students[0]) == school.students[0]
    assert school.count("student", name="邱禾") == 1
    assert rows(school, step)["岑远"].state is State.BACK
    history.undo(school.work)
    assert school.count("student", name="岑远") == 1


def test_what_was_edited_since_says_by_whom_and_stays(school: House, step: int) -> None:
    colleague = make(Staff, name="何老师")
    records.save(school.work.acting(colleague), student(school, "岑远").but(phone="13800138000"))
    row = rows(school, step)["岑远"]
    assert row.state is State.EDITED
    assert "何老师" in str(row.why)
    with pytest.raises(UserError, match="岑远 was edited since") as refused:
        taking_back.take_back(school.work, step, [row.id])
    assert refused.value.code == "EDITED_SINCE"
    assert student(school, "岑远").phone == "13800138000"


def test_an_edit_of_another_field_does_not_hold_a_changed_row(school: House, step: int) -> None:
    one = student(school, "张晨怡")
    assert one.note == "走读"
    records.save(school.work, one.but(phone="13800138000"))
    taking_back.take_back(school.work, step, [one.id])
    assert (student(school, "张晨怡").note, student(school, "张晨怡").phone) == ("", "13800138000")


def test_what_others_need_is_told_and_refused(school: House, step: int) -> None:
    one = student(school, "岑远")
    placed = make(Placement, student=one.id, enterprise=school.first.id)
    records.save(school.work, placed)
    row = rows(school, step)["岑远"]
    assert (row.state, str(row.why)) == (State.NEEDED, "Others point to it: Placements 1")
    with pytest.raises(UserError, match="Placements 1"):
        taking_back.take_back(school.work, step, [one.id])


def test_a_class_goes_only_with_its_students(school: House, step: int) -> None:
    found = rows(school, step)
    with pytest.raises(UserError, match="still needed: Students"):
        taking_back.take_back(school.work, step, [found["24会计2班"].id])
    taking_back.take_back(
        school.work, step, [found[name].id for name in ("24会计2班", "岑远", "邱禾")]
    )
    assert school.count("school_class") == 1


def test_all_rows_together_are_the_undo_of_the_import(school: House, step: int) -> None:
    taking_back.take_back(school.work, step, [row.id for row in rows(school, step).values()])
    assert history.redoable(school.work) is not None
    history.redo(school.work)
    assert school.count("student") == 5


def test_a_step_that_does_not_exist_or_is_back_already_is_refused(school: House, step: int) -> None:
    with pytest.raises(NotFound, match="no step 999"):
        taking_back.takeable(school.work, 999)
    history.undo(school.work)
    (some, *_rest) = rows(school, step).values()
    with pytest.raises(UserError, match="as before already"):
        taking_back.take_back(school.work, step, [some.id])
    with pytest.raises(NotFound, match="nothing to take back"):
        taking_back.take_back(school.work, step, [])
