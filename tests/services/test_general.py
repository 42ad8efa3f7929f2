"""Lists of any kind: whom a row names, what is found by which key, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.make import make
from tests.spreadsheets.files import workbook
from xqhz_desktop.domain.assessment import Grade, Score
from xqhz_desktop.domain.attendance import Attendance
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.placement import Placement, PlacementBatch, PlacementStatus
from xqhz_desktop.domain.position import Position
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import Department, SchoolClass
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.domain.student import Student
from xqhz_desktop.i18n import Message, language
from xqhz_desktop.services import keyed, records
from xqhz_desktop.services.companions import beside
from xqhz_desktop.services.importing import commit, roster, stage, understand
from xqhz_desktop.services.staged import Choice, Staged, State
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets.notes import notes

EN = language("en")
ROOM, OTHER = SchoolClass(name="24机电1班"), SchoolClass(name="24机电2班")
LI = make(Student, name="李晨", student_no="2024010101", school_class=ROOM.id)
WANG = make(Student, name="王怡", student_no="2024010102", school_class=ROOM.id)
NAMESAKE = make(Student, name="王怡", student_no="2024010201", school_class=OTHER.id)
PLANT, WORKS = Enterprise(name="甲机械厂"), Enterprise(name="乙（重庆）机械厂")
FIRST = make(PlacementBatch, name="第一批", start_date=date(2026, 1, 5), end_date=date(2026, 4, 3))
SECOND = make(PlacementBatch, name="第二批", start_date=date(2026, 9, 1), end_date=date(2027, 1, 2))


def placed(student: Student, host: Enterprise, batch: PlacementBatch, **more: Any) -> Placement:
    days = {"start_date": batch.start_date, "end_date": batch.end_date}
    return make(
        Placement, student=student.id, enterprise=host.id, batch=batch.id, **{**days, **more}
    )


EARLIER = placed(LI, PLANT, FIRST, status=PlacementStatus.ASSESSED)
NOW = placed(LI, WORKS, SECOND, status=PlacementStatus.RUNNING)
HERS = placed(WANG, PLANT, SECOND, status=PlacementStatus.RUNNING)


@pytest.fixture(autouse=True)
def people(work: Work) -> None:
    """A class of each of two students of one name, two enterprises and two batches."""
    known = (ROOM, OTHER, LI, WANG, NAMESAKE, PLANT, WORKS, FIRST, SECOND, EARLIER, NOW, HERS)
    records.save_all(work, known, Message("Import"))


def held(work: Work, folder: Path, kind: str, *rows: Sequence[Any], sheet: str = "") -> Staged:
    """Hold a sheet of these rows against the workspace."""
    return stage(work, understand(workbook(folder / "a.xlsx", *rows, name=sheet or "名单"), kind))


def said(staged: Staged) -> list[list[str]]:
    """What is wrong, row by row."""
    return [[EN.say(one.message) for one in row.errors] for row in staged.rows]


def stored(work: Work, kind: str) -> list[Any]:
    with work.store.read() as reader:
        return list(reader.all(kind))


def test_a_month_of_attendance_goes_to_the_placement_of_that_month(
    work: Work, tmp_path: Path
) -> None:
    days = ("", "", *range(1, 32))
    head = ("学号", "姓名", "日期", *[""] * 30)
    for month, placement in (("2026年3月", EARLIER), ("2026年10月", NOW)):
        marks = ("2024010101", "李晨", *["√8", "夜8", "假", "休"] * 7, "×", "△", "")
        staged = held(work, tmp_path, "attendance", (f"{month}考勤表",), head, days, marks)
        assert said(staged) == [[]]
        assert commit(work, staged)
        (found,) = [one for one in stored(work, "attendance") if one.placement == placement.id]
        assert (found.d01, found.d02, found.d03, found.d29, found.d31) == (
            "√8", "夜8", "假", "×", "",
        )  # fmt: skip
        assert isinstance(found, Attendance)
    again = held(work, tmp_path, "attendance", ("2026年10月",), head, days, marks)
    assert [row.state for row in again.rows] == [State.SAME]


def test_a_list_without_a_month_says_where_to_write_it(work: Work, tmp_path: Path) -> None:
    rows = ("姓名", "出勤天数"), ("李晨", 22)
    (wrong,) = said(held(work, tmp_path, "attendance", *rows))
    assert "above the list" in wrong[0]
    told = held(work, tmp_path, "attendance", ("考勤月份：2026-10",), *rows)
    assert said(told) == [[]]
    by_sheet = held(work, tmp_path, "attendance", *rows, sheet="2026年10月")
    assert said(by_sheet) == [[]]
    assert by_sheet.rows[0].record is not None
    assert by_sheet.rows[0].record.values()["days"] == Decimal(22)


def test_a_mark_of_a_day_that_is_none_is_named(work: Work, tmp_path: Path) -> None:
    rows = ("学号", "姓名", "1", "2"), ("2024010101", "李晨", "√", "很好")
    staged = held(work, tmp_path, "attendance", ("2026年10月",), *rows)
    assert [one.field for one in staged.rows[0].errors] == ["d02"]


def test_scores_go_to_the_current_placement_or_the_one_the_batch_tells(
    work: Work, tmp_path: Path
) -> None:
    head = ("学号", "姓名", "批次", "学校评分", "企业评分", "总评", "等级")
    rows = (
        ("2024010101", "李晨", "", 80, 90, "85.5", "良好"),
        ("2024010102", "王怡", "第二批", 70, 70, 70, "中等"),
    )
    assert commit(work, held(work, tmp_path, "score", head, *rows))
    found = {one.placement: one for one in stored(work, "score")}
    assert found[NOW.id].total == Decimal("85.5")
    assert (found[NOW.id].grade, found[HERS.id].grade) == (Grade.GOOD, Grade.PASS)
    assert commit(work, held(work, tmp_path, "score", head, ("2024010101", "李晨", "第一批", 60)))
    assert {one.placement for one in stored(work, "score")} == {NOW.id, HERS.id, EARLIER.id}
    assert isinstance(found[NOW.id], Score)


def test_of_marks_of_many_subjects_only_the_internship_is_taken_and_that_is_said(
    work: Work, tmp_path: Path
) -> None:
    head = ("学号", "姓名", "语文", "数学", "岗位实习", "名次")
    staged = held(work, tmp_path, "score", head, ("2024010101", "李晨", 80, 77, 92, 1))
    assert staged.rows[0].values["total"] == 92
    (note,) = notes(staged.understood)
    assert "Taken: 岗位实习" in EN.say(note)
    assert "语文" in EN.say(note)


def test_marks_of_a_course_are_no_scores_of_an_internship(work: Work, tmp_path: Path) -> None:
    rows = ("学号", "姓名", "总评"), ("2024010101", "李晨", 85)
    for course, wrong in (("机械制图", 1), ("岗位实习", 0)):
        staged = held(work, tmp_path, "score", (f"课程名称：{course}",), *rows)
        assert staged.counts["errors"] == wrong


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        (("2024010101", "李晨", ""), ""),
        (("2024010101", "李 晨", ""), ""),
        (("", "李晨", ""), ""),
        (("", "王怡", "24机电1班"), ""),
        (("", "王怡", ""), "records are called so"),
        (("2024010101", "王怡", ""), "belongs to 李晨"),
        (("2024019999", "李晨", ""), "There is no Student “2024019999”"),
        (("", "赵无名", ""), "There is no Student “赵无名”"),
    ],
)
def test_a_student_is_named_by_number_or_by_a_name_that_is_clear(
    work: Work, tmp_path: Path, row: tuple[str, ...], wrong: str
) -> None:
    head = ("学号", "姓名", "班级", "批次", "状态")
    staged = held(work, tmp_path, "consent", head, (*row, "第二批", "已签"))
    (errors,) = said(staged)
    assert (wrong in errors[0]) if wrong else (errors == [])


def test_a_position_is_the_one_of_its_enterprise(work: Work, tmp_path: Path) -> None:
    posts = [make(Position, name="焊工", enterprise=one.id) for one in (PLANT, WORKS)]
    records.save_all(work, posts, Message("Import"))
    head = ("文件", "企业", "岗位")
    staged = held(
        work, tmp_path, "filing", head, ("备案一", "乙(重庆)机械厂", "焊工"), ("备案二", "", "焊工")
    )
    first, second = staged.rows
    assert first.record is not None
    assert first.record.values()["position"] == posts[1].id
    assert "Fill in as well" in EN.say(second.errors[0].message)


def test_what_a_list_names_in_passing_is_made_beside_and_told(work: Work, tmp_path: Path) -> None:
    head = ("工号", "姓名", "所属系部")
    staged = held(work, tmp_path, "staff", head, ("T1", "赵敏", "机电系"), ("T2", "钱起", "机电系"))
    told = beside(staged)
    assert told is not None
    assert "机电系" in EN.say(told)
    assert commit(work, staged)
    assert [one.name for one in stored(work, "department")] == ["机电系"]
    assert {one.department for one in stored(work, "staff") if one.staff_no} == {
        stored(work, "department")[0].id
    }


def test_an_ambiguous_name_keeps_whom_the_record_names_already(work: Work, tmp_path: Path) -> None:
    twins = [make(Staff, name="李老师", staff_no=f"T{n}") for n in range(2)]
    house = Department(name="机电系", head=twins[1].id)
    records.save_all(work, [*twins, house], Message("Import"))
    staged = held(
        work, tmp_path, "department", ("系部", "负责人", "电话"), ("机电系", "李老师", "023-1")
    )
    assert [row.state for row in staged.rows] == [State.CHANGED]
    assert isinstance(staged.rows[0].record, Department)
    assert staged.rows[0].record.head == twins[1].id
    wrong = held(work, tmp_path, "department", ("系部", "负责人"), ("商贸系", "李老师"))
    assert "Staff number" in said(wrong)[0][0]


def test_answers_without_a_key_are_taken_in_once(work: Work, tmp_path: Path) -> None:
    head = ("企业", "满意度", "意见")
    rows = (("甲机械厂", 5, "好"), ("甲机械厂", 5, "好"), ("甲机械厂", 4, ""))
    assert commit(work, held(work, tmp_path, "survey", head, *rows))
    assert len(stored(work, "survey")) == 3
    again = held(work, tmp_path, "survey", head, *rows)
    assert [row.state for row in again.rows] == [State.SAME] * 3


def test_a_renewed_agreement_of_the_same_title_is_a_new_one(work: Work, tmp_path: Path) -> None:
    head = ("企业", "协议名称", "协议编号", "有效期")
    old, new = ("甲机械厂", "校企合作协议", "XQ1", "2023.5.1-2026.4.30"), "XQ2"
    assert commit(work, held(work, tmp_path, "agreement", head, old))
    staged = held(work, tmp_path, "agreement", head, (*old[:2], new, "2026.5.1-2029.4.30"))
    assert [row.state for row in staged.rows] == [State.NEW]
    known = held(work, tmp_path, "agreement", head, (*old[:2], "", "2023.5.1-2026.5.31"))
    assert [row.state for row in known.rows] == [State.CHANGED]


def test_a_school_without_students_only_checks_what_a_file_says(work: Work) -> None:
    kinds = ("student", "staff", "pay", "score")
    assert all(roster(work, kind) for kind in kinds)
    with work.store.change(Message("Import"), work.actor) as change:
        for one in (EARLIER, NOW, HERS, LI, WANG, NAMESAKE):
            change.remove(one.KIND, one.id)
    assert [roster(work, kind) for kind in kinds] == [True, True, False, False]


def test_one_name_may_stand_above_the_whole_list(work: Work, tmp_path: Path) -> None:
    rows: tuple[Sequence[Any], ...] = (
        ("走访企业：甲机械厂", "", ""),
        ("走访教师", "走访日期", "方式"),
        ("赵敏", "2026.10.8", "实地"),
    )
    staged = held(work, tmp_path, "visit", *rows)
    assert said(staged) == [[]]
    found: Record | None = staged.rows[0].record
    assert found is not None
    assert found.values()["enterprise"] == PLANT.id


def test_the_key_that_was_chosen_must_be_there(work: Work, tmp_path: Path) -> None:
    head = ("企业", "协议名称", "协议编号", "状态")
    first = ("甲机械厂", "校企合作协议", "XQ1", "草稿")
    assert commit(work, held(work, tmp_path, "agreement", head, first))
    file = tmp_path / "a.xlsx"
    workbook(file, head, (*first[:3], "生效"), (*first[:2], "", "生效"))
    understood = understand(file, "agreement")
    by_number = stage(work, understood, Choice(key="agreement_no"))
    assert [row.state for row in by_number.rows] == [State.CHANGED, State.ERROR]
    assert keyed.offered("agreement") == ["agreement_no", "enterprise"]
    assert keyed.offered("visit") == []
