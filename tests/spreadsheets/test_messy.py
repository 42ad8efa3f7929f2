"""Lists in the shapes schools, platforms and enterprises really send them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.spreadsheets.files import ID_FEMALE, ID_MALE, codes, records, text, workbook
from xqhz_desktop.spreadsheets.understand import Wishes, understand

HOST = "霁川联启虚拟机械有限公司"
ROOM = "24机电1班"


def merged(path: Path, ranges: Sequence[str], *rows: Sequence[Any]) -> Path:
    """Write a workbook with merged cells."""
    book = openpyxl.load_workbook(workbook(path, *rows))
    for one in ranges:
        book.worksheets[0].merge_cells(one)
    book.save(path)
    return path


def test_two_lists_side_by_side_are_both_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        (f"{ROOM}学生名单",),
        ("序号", "学号", "姓名", "", "序号", "学号", "姓名"),
        (1, "2024010101", "李远明", "", 3, "2024010103", "王五"),
        (2, "2024010102", "张小红", "", "", "", ""),
        ("合计：3人",),
    )
    found = records(path)
    assert [one.values["name"] for one in found] == ["李远明", "张小红", "王五"]
    assert {one.values["class_name"] for one in found} == {ROOM}
    left, right = understand(path, "student").sheets
    assert (left.name, right.name) == ("名单 (1)", "名单 (2)")
    assert right.header is not None
    assert min(right.header.columns) == 5
    assert len(records(path, wishes=Wishes(("名单",)))) == 3
    assert len(records(path, wishes=Wishes(("名单 (2)",)))) == 1


def test_the_host_and_the_period_may_stand_above_the_list(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("霁川职校实习生名单", "", "", "", "单位：霁川职校"),
        (f"实习单位：{HOST}", "", "", "带队教师：王明 16600000009"),
        ("实习时间：2026年3月2日至2026年8月28日",),
        ("姓名", "学号", "班级", "岗位"),
        ("李远明", "2024010101", ROOM, "装配"),
    )
    (found,) = records(path, "placement")
    told = {"enterprise_name": HOST, "teacher": "王明", "teacher_phone": "16600000009"}
    assert {name: found.values[name] for name in told} == told
    assert found.values["start_date"] == date(2026, 3, 2)
    assert found.values["end_date"] == date(2026, 8, 28)


def test_the_course_of_a_score_sheet_stands_in_its_title(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("课程名称：", "机械制图", f"班级：{ROOM}", "任课教师：王明"),
        ("学号", "姓名", "平时成绩(40%)", "总评"),
        ("2024010101", "李远明", 90, 87),
        ("最高分", "", 90, 87),
        ("及格率", "", "100%", ""),
    )
    (found,) = records(path, "score")
    assert (found.values["course_name"], found.values["class_name"]) == ("机械制图", ROOM)


def test_a_second_line_of_names_is_known_by_its_shape(tmp_path: Path) -> None:
    path = merged(
        tmp_path / "a.xlsx",
        ("A1:A2", "B1:B2", "C1:E1", "F1:F2"),
        ("课程代码", "课程名称", "学时分配", "", "", "开设学期"),
        ("", "", "总学时", "理论", "实践", ""),
        ("ZY001", "机械制图", 72, 36, 36, "2"),
    )
    (found,) = records(path, "course")
    assert (found.values["hours"], found.values["term"]) == (72, "2")


def test_names_of_columns_may_carry_more_than_the_name(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("姓名", "学号", "实习单位及地址", "实习起止时间", "指导教师（电话）"),
        (
            *("李远明", "2024010101", f"{HOST}\n（渝北区某路1号）"),
            *("2026.3.2－2026.8.28", "王明（16600000009）"),
        ),
    )
    (found,) = records(path, "placement")
    assert found.values["enterprise_name"] == HOST
    assert (found.values["teacher"], found.values["teacher_phone"]) == ("王明", "16600000009")


def test_a_phone_behind_a_guardian_goes_to_its_own_field(tmp_path: Path) -> None:
    header = ("学号", "姓名", "家长姓名", "家长电话")
    rows = (
        ("1", "李远明", "李大／16600000011", ""),
        ("2", "张小红", "张大16600000012", "16600000013"),
    )
    first, second = records(workbook(tmp_path / "a.xlsx", header, *rows))
    assert (first.values["guardian_name"], first.values["guardian_phone"]) == (
        "李大",
        "16600000011",
    )
    assert second.values["guardian_phone"] == "16600000013"


@pytest.mark.parametrize("said", ["自主实习", "待定", "未安排"])
def test_words_that_stand_for_no_company_are_none(tmp_path: Path, said: str) -> None:
    header = ("学号", "姓名", "实习单位", "开始日期")
    path = workbook(tmp_path / "a.xlsx", header, ("1", "李远明", said, "2026-03-02"))
    (found,) = records(path, "placement")
    assert codes(found) == [("enterprise_name", "REQUIRED_MISSING")]


def test_a_line_between_the_rows_may_say_more_than_the_class(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("姓名", "性别", "身份证号"),
        ("24机电1班（班主任：王明，共1人）",),
        ("李远明", "男", ID_MALE),
        ("班级：24机电2班  人数：1",),
        ("张小红", "女", ID_FEMALE),
    )
    assert [one.values["class_name"] for one in records(path)] == ["24机电1班", "24机电2班"]


def test_a_row_marked_as_a_sample_is_none_whatever_numbers_it_has(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("*学号", "*姓名", "*身份证号(18位)"),
        ("必填", "必填", "必填"),
        ("示例：2024000001", "张三", ID_FEMALE),
        ("2024010101", "李远明", ID_MALE),
    )
    assert [one.values["name"] for one in records(path)] == ["李远明"]


def test_an_english_roster_in_other_words_is_understood(tmp_path: Path) -> None:
    path = merged(
        tmp_path / "a.xlsx",
        ("F1:G1", "A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "H1:H2"),
        (
            *("S/N", "Student ID", "Surname, Given name", "National ID No."),
            *("Mobile No.", "Guardian", "", "Form class"),
        ),
        ("", "", "", "", "", "Name", "Tel", ""),
        (1, "2024010101", "Li Yuanming", ID_MALE, "16600000001", "Li Da", "16600000011", ROOM),
    )
    (found,) = records(path)
    assert found.sound
    assert {name: found.values[name] for name in ("name", "id_no", "phone", "guardian_phone")} == {
        "name": "Li Yuanming",
        "id_no": ID_MALE,
        "phone": "16600000001",
        "guardian_phone": "16600000011",
    }
    assert found.values["class_name"] == ROOM


def test_an_english_word_is_never_a_code_by_its_letters(tmp_path: Path) -> None:
    path = text(tmp_path / "a.csv", "Company Name,Industry\nJichuan Virtual Tech,IT\n")
    (found,) = records(path, "enterprise")
    assert found.values["industry"] is None
    assert ("industry", "CHOICE_UNKNOWN") in codes(found)


def test_an_export_of_a_placement_platform_is_understood(tmp_path: Path) -> None:
    path = merged(
        tmp_path / "a.xlsx",
        ("A1:H1", "A2:B2", "C2:E2", "F2:F3", "G2:H2"),
        ("计划名称：2026春岗位实习",),
        ("学生信息", "", "单位信息", "", "", "薪资待遇", "实习时间", ""),
        ("姓名", "学号", "单位名称", "单位联系人", "社会统一信用代码", "", "开始日期", "结束日期"),
        ("李远明", "2024010101", HOST, "陈经理", "", "2500元/月", date(2026, 3, 2), 46262),
        ("张小红", "2024010102", HOST, "陈经理", "", "面议", "2026-03-02 00:00:00", "2026.8.28"),
    )
    first, second = records(path, "placement")
    assert (first.values["allowance"], first.values["end_date"]) == (2500, date(2026, 8, 28))
    assert first.values["enterprise_name"] == second.values["enterprise_name"] == HOST
    assert codes(second) == [("allowance", "ALLOWANCE_NOT_NUMERIC")]
    assert second.values["start_date"] == date(2026, 3, 2)


def test_pay_and_boarding_are_told_in_many_words(tmp_path: Path) -> None:
    header = ("姓名", "学号", "出勤天数", "应发金额（元）", "住宿")
    rows = (("李远明", "1", "22天", 660, "校内住宿"), ("张小红", "2", 20.5, "615元", "不住"))
    first, second = records(workbook(tmp_path / "a.xlsx", header, *rows), "attendance")
    assert (first.values["allowance"], first.values["boarding"]) == (660, True)
    assert (second.values["allowance"], second.values["boarding"]) == (615, False)
