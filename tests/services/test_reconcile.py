"""Our list and somebody else's: who is only in one, and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.make import make
from tests.services.lists import House, house
from tests.spreadsheets.files import ID_FEMALE, ID_MALE, workbook
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.errors import BadFile, NotFound
from xqhz_desktop.i18n import language
from xqhz_desktop.services import reconcile, workspace
from xqhz_desktop.services.reconcile import Comparison, State
from xqhz_desktop.storage.queries import Query, Where

HEADER = ("学号", "姓名", "班级", "联系电话")
ROOM = "24机电1班"
EVERYBODY = (
    ("20240100", "张晨怡", ROOM, ""),
    ("20240101", "李雅雪", ROOM, ""),
    ("20240102", "王国伟", ROOM, ""),
)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path / "school")
    yield made
    workspace.close(made.work)


def compared(school: House, *rows: Sequence[Any], query: Query | None = None) -> Comparison:
    file = workbook(school.work.folder.parent / "theirs.xlsx", *rows)
    wanted = query or Query("student")
    return reconcile.compare(school.work, wanted, reconcile.read(file, wanted.kind))


def states(done: Comparison) -> dict[str, State]:
    return {line.name: line.state for line in done.lines}


def test_two_lists_that_say_the_same_agree(school: House) -> None:
    done = compared(school, HEADER, *EVERYBODY)
    assert done.agree
    assert (done.here, done.there, done.counts[State.SAME]) == (3, 3, 3)


def test_persons_of_one_list_only_are_named(school: House) -> None:
    done = compared(school, HEADER, *EVERYBODY[:2], ("20249999", "岑远", ROOM, ""))
    assert states(done) == {
        "王国伟": State.HERE, "岑远": State.THERE, "张晨怡": State.SAME, "李雅雪": State.SAME,
    }  # fmt: skip
    (there,) = [line for line in done.lines if line.state is State.THERE]
    assert (there.sheet, there.row, there.id) == ("名单", 4, "")


def test_differing_fields_are_told_with_both_values(school: House) -> None:
    school.save(school.students[0].but(phone="13800138000", sex=Sex.FEMALE))
    header = ("学号", "姓名", "性别", "联系电话")
    done = compared(school, header, ("20240100", "张晨宜", "男", "13800138001"))
    (line,) = [line for line in done.lines if line.state is State.DIFFERENT]
    assert {one.column: (one.here, one.there) for one in line.differences} == {
        "name": ("张晨怡", "张晨宜"),
        "sex": (Sex.FEMALE, Sex.MALE),
        "phone": ("13800138000", "13800138001"),
    }
    assert line.id == school.students[0].id


def test_an_empty_cell_of_the_file_says_nothing(school: House) -> None:
    school.save(school.students[0].but(phone="13800138000"))
    assert compared(school, HEADER, *EVERYBODY).agree


def test_full_width_and_blanks_are_no_difference(school: House) -> None:
    rows = [
        (f"2024010{n}", name, "２４机电１班", "") for n, (_no, name, *_r) in enumerate(EVERYBODY)
    ]
    assert compared(school, HEADER, *rows).agree


def test_without_a_number_the_id_number_tells_who_it_is(school: House) -> None:
    school.save(school.students[0].but(id_no=ID_FEMALE))
    done = compared(school, ("姓名", "身份证号"), ("张晨宜", ID_FEMALE), ("张晨怡", ID_MALE))
    (line,) = [line for line in done.lines if line.state is State.DIFFERENT]
    assert (line.id, line.differences[0].column) == (school.students[0].id, "name")
    assert done.counts[State.THERE] == 1


def test_without_any_number_name_and_class_tell_who_it_is(school: House) -> None:
    other = make(SchoolClass, name="24会计2班")
    school.save(other, make(Student, name="张晨怡", student_no="9", school_class=other.id))
    done = compared(school, ("姓名", "班级"), ("张晨怡", "24会计2班"), ("李雅雪", "23会计1班"))
    same = [line for line in done.lines if line.state is State.SAME]
    assert [line.student_no for line in same] == ["9"]
    assert State.THERE in {line.state for line in done.lines if line.name == "李雅雪"}


def test_a_wrong_number_of_a_known_name_and_class_is_a_difference(school: House) -> None:
    done = compared(school, HEADER, ("20249100", "张晨怡", ROOM, ""), *EVERYBODY[1:])
    (line,) = [line for line in done.lines if line.state is not State.SAME]
    assert (line.state, line.differences[0].column) == (State.DIFFERENT, "student_no")


def test_namesakes_are_not_guessed(school: House) -> None:
    school.save(make(Student, name="张晨怡", student_no="9", school_class=school.room.id))
    done = compared(school, ("姓名", "班级"), ("张晨怡", ROOM))
    assert done.counts[State.UNCLEAR] == 1
    assert done.counts[State.HERE] == 4


def test_a_person_listed_again_is_said(school: House) -> None:
    done = compared(school, HEADER, *EVERYBODY, EVERYBODY[0])
    (line,) = [line for line in done.lines if line.state is not State.SAME]
    assert (line.state, line.row) == (State.AGAIN, 5)


def test_the_placements_of_a_batch_are_held_against_the_list_of_an_enterprise(
    school: House,
) -> None:
    header = ("学号", "姓名", "实习单位", "开始日期", "岗位")
    same = ("20240100", "张晨怡", "霁川市鹿石机械有限公司", "2026-03-02", "钳工")
    moved = ("20240101", "李雅雪", "霁川鹿石机械有限责任公司", "2026-03-02", "钳工")
    query = Query("placement", where=(Where("batch", "=", school.batch.id),))
    done = compared(school, header, same, moved, query=query)
    assert states(done) == {
        "王国伟": State.HERE, "李雅雪": State.DIFFERENT, "张晨怡": State.SAME,
    }  # fmt: skip
    (line,) = [line for line in done.lines if line.state is State.DIFFERENT]
    assert [one.column for one in line.differences] == ["enterprise_name"]


def test_of_two_placements_the_nearest_is_compared(school: House) -> None:
    school.save(
        make(
            Placement,
            student=school.students[0].id,
            enterprise=school.second.id,
            start_date=date(2026, 9, 1),
        )
    )
    header = ("学号", "姓名", "实习单位", "开始日期")
    done = compared(
        school,
        header,
        ("20240100", "张晨怡", school.second.name, "2026-09-01"),
        ("20240100", "张晨怡", school.first.name, "2026-03-02"),
        query=Query("placement"),
    )
    assert done.counts[State.SAME] == 2


def test_a_plain_list_of_insured_persons_is_held_against_placements(school: House) -> None:
    again = make(Placement, student=school.students[0].id, enterprise=school.second.id)
    school.save(again)
    done = compared(
        school, ("姓名", "学号"), *[(row[1], row[0]) for row in EVERYBODY], query=Query("placement")
    )
    assert done.agree
    assert (done.kind, done.here) == ("student", 3)


def test_enterprises_are_no_persons_and_a_letter_is_no_list(school: House, tmp_path: Path) -> None:
    file = workbook(tmp_path / "theirs.xlsx", HEADER, *EVERYBODY)
    with pytest.raises(NotFound, match="Students, Placements"):
        reconcile.compare(school.work, Query("enterprise"), reconcile.read(file, "student"))
    letter = workbook(tmp_path / "letter.xlsx", ("尊敬的各位家长",), ("您好",))
    with pytest.raises(BadFile):
        reconcile.read(letter, "placement")


def test_the_differences_are_written_as_a_sheet(school: House) -> None:
    school.save(school.students[0].but(sex=Sex.FEMALE))
    done = compared(school, ("学号", "姓名", "性别"), ("20240100", "张晨怡", "男"))
    path = school.work.folder.parent / "differences.xlsx"
    assert reconcile.write(done, path, language("en")) == 3
    sheet = openpyxl.load_workbook(path).active
    lines = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert lines[1:] == [
        ["Result", "Name", "Student number", "Class", "Field", "Here", "In the file", "Row"],
        ["Only here", "李雅雪", "20240101", ROOM, "", "", "", ""],
        ["Only here", "王国伟", "20240102", ROOM, "", "", "", ""],
        ["Differs", "张晨怡", "20240100", ROOM, "Sex", "female", "male", "2"],
    ]
