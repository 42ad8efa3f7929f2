"""Lists as schools keep them are understood row by row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.spreadsheets import files
from tests.spreadsheets.files import (
    HEADER,
    ID_FEMALE,
    ID_MALE,
    STUDENT,
    cell,
    codes,
    only,
    records,
    workbook,
)
from xqhz_desktop.domain.identity import id_check_character
from xqhz_desktop.domain.student import Guardianship, Sex
from xqhz_desktop.errors import BadFile, Cancelled, UserError
from xqhz_desktop.i18n import language
from xqhz_desktop.spreadsheets.understand import Wishes, refused_json, understand


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (" 李　远 明\u200b\xa0", "李远明"),
        ("买买提•艾力", "买买提·艾力"),
        ("阿依古丽．吐尔逊", "阿依古丽·吐尔逊"),
        ("Anna  Maria Smith", "Anna Maria Smith"),
        ("李远\r\n明", "李远明"),
        ("=1+1", "=1+1"),
        ("<b>李</b>", "<b>李</b>"),
    ],
)
def test_names_are_cleaned_and_stay_text(tmp_path: Path, said: str, name: str) -> None:
    path = files.text(tmp_path / "a.csv", f'学号,姓名\n2024010101,"{said}"\n')
    assert only(path).values["name"] == name


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("１１０２２２２００８０２０７００３７", []),
        ("\t110222 20080207 0037", []),
        ("'110222200802070037", []),
        ("32012120080421007x", []),
        (110222200802070037, [("id_no", "ID_PRECISION_LOST")]),
        ("1.10222E+17", [("id_no", "ID_PRECISION_LOST")]),
        ("11022220080207003", [("id_no", "ID_LENGTH")]),
        ("11022220080207O037", [("id_no", "ID_FORMAT")]),
        ("110222200802070038", [("id_no", "ID_CHECKSUM")]),
        ("999222200802070037", [("id_no", "ID_TEMPORARY")]),
        ("", []),
    ],
)
def test_id_numbers_are_checked_and_never_guessed(
    tmp_path: Path, said: Any, found: list[tuple[str, str]]
) -> None:
    record = cell(said, "身份证号", folder=tmp_path)
    assert codes(record) == found
    assert (record.values["id_no"] is None) == bool(found or said == "")


def test_an_unknown_county_code_is_only_a_warning(tmp_path: Path) -> None:
    number = "88010120080207001"
    record = cell(number + id_check_character(number), "身份证号", folder=tmp_path)
    assert codes(record) == [("id_no", "AREA_CODE_OLD")]
    assert record.values["id_no"]


def test_sex_and_birth_are_compared_with_the_id_number(tmp_path: Path) -> None:
    header = (*HEADER, "出生日期")
    path = workbook(tmp_path / "a.xlsx", header, (*STUDENT[:2], "女", ID_MALE, "", "2008-2-8"))
    record = only(path)
    assert codes(record) == [("sex", "SEX_ID_MISMATCH"), ("birth_date", "BIRTH_ID_MISMATCH")]
    assert record.values["sex"] is Sex.FEMALE


@pytest.mark.parametrize(
    ("column", "said", "value"),
    [
        ("性别", 1.0, Sex.MALE),
        ("性别", "女生", Sex.FEMALE),
        ("性别", "Male", Sex.MALE),
        ("民族", "汉", "01"),
        ("政治面貌", "团员", "03"),
        ("与监护人关系", "父子", Guardianship.FATHER),
        ("联系电话", "166 0000 0001", "16600000001"),
        ("联系电话", 16600000001.0, "16600000001"),
        ("联系电话", "+86 16600000001", "16600000001"),
        ("联系电话", "0755－12345678转801", "0755-12345678转801"),
        ("学号", 2024010101.0, "2024010101"),
        ("学号", "２０２４ ０１", "202401"),
        ("班级", "２４机电 1班", "24机电1班"),
        ("班级", 2401.0, "2401"),
        ("入学年月", "202409", date(2024, 9, 1)),
        ("出生日期", "无", None),
        ("备注", "第一行\r\n第二行", "第一行\n第二行"),
    ],
)
def test_values_are_understood(tmp_path: Path, column: str, said: Any, value: Any) -> None:
    name = {
        "性别": "sex",
        "民族": "ethnic",
        "政治面貌": "political",
        "与监护人关系": "guardian_relation",
        "联系电话": "phone",
        "学号": "student_no",
        "班级": "class_name",
        "入学年月": "enrol_date",
        "出生日期": "birth_date",
        "备注": "note",
    }[column]
    record = cell(said, column, folder=tmp_path)
    assert record.values[name] == value
    assert record.sound


@pytest.mark.parametrize(
    ("column", "said", "code"),
    [
        ("性别", "不男不女", "CHOICE_UNKNOWN"),
        ("民族", "汗族", "CHOICE_UNKNOWN"),
        ("出生日期", "2008-2", "DATE_INCOMPLETE"),
        ("出生日期", "2008-2-30", "DATE_INVALID"),
        ("出生日期", "2024-9-1", "DATE_RANGE"),
        ("出生日期", "03/04/2008", "DATE_AMBIGUOUS"),
        ("姓名", "", "REQUIRED_MISSING"),
        ("学号", 2024010101000000123.0, "ID_PRECISION_LOST"),
    ],
)
def test_what_cannot_be_stored_is_an_error(
    tmp_path: Path, column: str, said: Any, code: str
) -> None:
    record = cell(said, column, folder=tmp_path)
    assert [one.code for one in record.errors] == [code]
    assert all(language("en").say(one.message) for one in record.errors)


def test_a_bad_phone_is_kept_with_a_warning(tmp_path: Path) -> None:
    record = cell("12345", "联系电话", folder=tmp_path)
    assert (record.values["phone"], codes(record)) == ("12345", [("phone", "PHONE_INVALID")])


def test_a_whole_damaged_column_is_an_error_in_every_row(tmp_path: Path) -> None:
    rows = [(f"20240101{n:02}", "李某", "男", 1.1022e17 + n, "") for n in range(30)]
    found = records(workbook(tmp_path / "a.xlsx", HEADER, *rows))
    assert [codes(one) for one in found] == [[("id_no", "ID_PRECISION_LOST")]] * 30


def test_titles_notes_totals_and_signatures_are_no_records(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("××学校学生花名册",),
        ("填报单位：教务处", "", "", "填报日期：2026年3月1日"),
        (),
        ("说明：以下信息必须真实",),
        (),
        ("序号", *HEADER),
        ("", "必填", "必填", "必填", "选填", "选填"),
        (1, *STUDENT),
        (),
        (),
        (2, "2024010102", "张三", "女", ID_FEMALE, "24机电1班"),
        (3,),
        ("小计", "", "2人"),
        ("序号", *HEADER),
        (4, "2024010103", "王五", "", "", "24机电1班"),
        ("合计", "", "共3人"),
        ("注：本表一式三份，由班主任填写后交教务处存档。",),
        ("填表人：李某", "", "审核人：", "", "联系电话：0755-00000000"),
        ("", "", "", "教务处（盖章）"),
        ("", "", "", "2026年3月1日"),
    )
    assert [one.row for one in records(path)] == [8, 11, 15]


def test_sheets_of_classes_are_read_and_others_listed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "填写说明"
    book.active.append(["1. 请勿修改表头"])
    for number, name in enumerate(("24机电1班", "机电2402", "Sheet3")):
        sheet = book.create_sheet(name)
        sheet.append(["学号", "姓名"])
        sheet.append([f"202401010{number}", "李某"])
    book.create_sheet("空")
    hidden = book.create_sheet("24机电9班")
    hidden.sheet_state = "hidden"
    hidden.append(["学号", "姓名"])
    hidden.append(["2024010909", "王某"])
    book.save(tmp_path / "a.xlsx")
    found = understand(tmp_path / "a.xlsx", "student")
    assert [one.action for one in found.sheets] == ["skip", *["import"] * 3, "skip", "skip"]
    assert [one.values.get("class_name") for one in found.records] == [
        "24机电1班",
        "机电2402",
        None,
    ]
    assert only_of(tmp_path, "24机电9班") == ["24机电9班"]
    with pytest.raises(UserError, match="no sheet"):
        understand(tmp_path / "a.xlsx", "student", Wishes(("没有",)))


def only_of(folder: Path, name: str) -> list[str]:
    found = understand(folder / "a.xlsx", "student", Wishes((name,)))
    return [one.values["class_name"] for one in found.records]


def test_the_class_may_stand_above_the_list_or_between_its_parts(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("班级：24机电1班", "", "班主任：张老师"),
        ("学号", "姓名", "性别"),
        ("2024010101", "李远明", "男"),
        ("24机电2班",),
        ("学号", "姓名", "性别"),
        ("2024010201", "王某某", "男"),
    )
    assert [one.values["class_name"] for one in records(path)] == ["24机电1班", "24机电2班"]


def test_merged_values_are_filled_down_but_never_a_persons_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADER, STUDENT, ("", "", "", "", ""), ("2024010102", "张三", "", "", "")):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("E2:E4")
    book.save(tmp_path / "a.xlsx")
    first, second = records(tmp_path / "a.xlsx")
    assert (first.row, second.row, second.values["class_name"]) == (2, 4, "24机电1班")


def test_the_second_of_two_is_the_twin(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        HEADER,
        STUDENT,
        ("2024010101", "张三", "女", ID_FEMALE, ""),
        ("2024010103", "李远明", "男", ID_MALE, ""),
    )
    found = records(path)
    assert [codes(one) for one in found] == [
        [],
        [("student_no", "DUPLICATE_IN_FILE")],
        [("id_no", "DUPLICATE_IN_FILE")],
    ]


def test_one_cell_may_hold_a_name_and_a_phone(tmp_path: Path) -> None:
    record = cell("李玉梅 166 0000 0001", "监护人及联系电话", folder=tmp_path)
    assert record.values["guardian_name"] == "李玉梅"
    assert record.values["guardian_phone"] == "16600000001"


def test_an_english_list_is_understood(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("Student No.", "Full Name", "Gender", "Date of Birth", "Class", "Guardian Phone"),
        ("S001", "Anna Li", "F", "7 Feb 2008", "Class 3A", "16600000001"),
    )
    values = only(path).values
    assert (values["name"], values["sex"], values["birth_date"]) == (
        "Anna Li",
        Sex.FEMALE,
        date(2008, 2, 7),
    )


def test_an_export_of_the_national_platform_is_understood(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        (
            *(
                "姓名",
                "性别",
                "出生日期",
                "身份证件类型",
                "身份证件号",
                "班级名称",
                "学号",
                "入学年月",
            ),
            *("民族", "政治面貌", "成员1姓名", "成员1关系", "成员1联系电话", "成员2姓名", "学籍号"),
        ),
        (
            *(
                "李远明",
                "男",
                "20080207",
                "居民身份证",
                ID_MALE,
                "24机电1班",
                "2024010101",
                "202409",
            ),
            *("汉族", "群众", "李玉梅", "母亲", "16600000001", "李国强", "G1"),
        ),
    )
    record = only(path)
    assert record.sound
    assert record.values["guardian_name"] == "李玉梅"
    assert record.values["registration_no"] == "G1"


def test_a_passport_is_not_checked_as_an_id_number(tmp_path: Path) -> None:
    header = ("学号", "姓名", "证件类型", "证件号码")
    path = workbook(tmp_path / "a.xlsx", header, ("2024010101", "Anna", "护照", "E12345678"))
    assert (only(path).values["id_no"], codes(only(path))) == ("E12345678", [])


def test_placements_of_a_platform_are_understood(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        (
            *("学号", "姓名", "实习企业名称", "实习岗位", "开始时间", "结束时间", "薪资（元/月）"),
            *("企业导师", "企业导师电话", "指导老师", "计划名称"),
        ),
        (
            *(
                "2024010101",
                "李远明",
                "某某 科技(深圳)有限公司",
                "装配工",
                "2026-03",
                "2026-08",
                "2200",
            ),
            *("赵师傅", "16600000002", "王老师", "2026春"),
        ),
    )
    record = only(path, "placement")
    assert record.values["enterprise_name"] == "某某科技（深圳）有限公司"
    assert record.values["end_date"] == date(2026, 8, 31)
    assert record.values["mentor"] == "赵师傅"
    assert codes(record) == [("start_date", "MONTH_ONLY"), ("end_date", "MONTH_ONLY")]


@pytest.mark.parametrize(
    ("column", "said", "found"),
    [
        ("周工时", "24周", [("weekly_hours", "HOURS_IN_WEEKS")]),
        ("周工时", "不定时", [("weekly_hours", "NUMBER_INVALID")]),
        ("周工时", "8小时*6天", [("weekly_hours", "HOURS_OVER_40")]),
        ("实习报酬", "100元/天", [("allowance", "ALLOWANCE_NOT_NUMERIC")]),
        ("实习起止时间", "2026.3.1-2026.9.30", [("end_date", "OVER_6_MONTHS")]),
        ("实习起止时间", "2026.3.1-2026.9.1", []),
        ("实习起止时间", "", [("start_date", "REQUIRED_MISSING")]),
    ],
)
def test_placements_have_their_own_findings(
    tmp_path: Path, column: str, said: str, found: list[tuple[str, str]]
) -> None:
    assert codes(cell(said, column, "placement", folder=tmp_path)) == found


def test_a_company_without_its_code_is_the_one_of_the_same_name(tmp_path: Path) -> None:
    header = ("企业名称", "统一社会信用代码", "所在地区", "行业", "企业性质")
    path = workbook(
        tmp_path / "a.xlsx",
        header,
        (
            "某某机械（深圳）有限公司",
            "91440300192181490G",
            "广东省深圳市南山区科技园",
            "C 制造业",
            "民营",
        ),
        ("某某机械(深圳)有限公司", "", "火星", "", "外星企业"),
    )
    first, second = records(path, "enterprise")
    assert (first.values["region"], first.values["industry"]) == ("440305", "C")
    assert codes(second) == [
        ("name", "DUPLICATE_IN_FILE"),
        ("region", "CHOICE_UNKNOWN"),
        ("nature", "CHOICE_UNKNOWN"),
        ("uscc", "USCC_MISSING"),
    ]


def test_courses_scores_and_attendance_are_understood(tmp_path: Path) -> None:
    course = workbook(
        tmp_path / "a.xlsx",
        ("课程代码", "课程名称", "课程类别", "学分", "总学时", "开设学期", "考核方式"),
        ("10001", "机械制图", "专业课", 4, 64, "2", "考试"),
        ("10002", "认识实习", "专业课", 1, "2周", "3", "考查"),
        ("合计", "", "", 5, 64),
    )
    first, second = records(course, "course")
    assert (first.values["hours"], first.values["term"]) == (64, "2")
    assert codes(second) == [("hours", "HOURS_IN_WEEKS")]
    score = workbook(
        tmp_path / "b.xlsx",
        ("学号", "姓名", "平时成绩", "期末成绩", "总评成绩"),
        ("2024010101", "李远明", 90, 85.5, 87),
        ("2024010102", "张三", 60, "缺考", "不及格"),
    )
    one, two = records(score, "score")
    assert (one.values["final"], two.values["final"], two.values["grade"]) == (
        *(85.5, None),
        "缺考",
    )
    days = workbook(
        tmp_path / "c.xlsx",
        ("学号", "姓名", "出勤", "补贴", "住宿"),
        ("1", "李", "√", "300元", "走读"),
    )
    values = only(days, "attendance").values
    assert (values["attendance"], values["allowance"], values["boarding"]) == (True, 300, False)


def test_a_list_of_another_kind_has_no_header(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("企业名称", "统一社会信用代码"), ("某公司", ""))
    with pytest.raises(BadFile) as error:
        understand(path, "student")
    said = refused_json(path, "student", error.value, language("en"))
    assert (said["file_error"], said["sheets"]) == ("NO_HEADER", [])


def test_a_long_list_tells_its_progress_and_can_be_stopped(tmp_path: Path) -> None:
    rows = "".join(f"2024{n:06},李某\n" for n in range(1200))
    path = files.text(tmp_path / "a.csv", "学号,姓名\n" + rows)
    told: list[tuple[int, int]] = []
    understand(path, "student", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (1201, 1201)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        understand(path, "student", progress=stop)


def test_shares_and_lists_of_codes_are_read_as_people_write_them(tmp_path: Path) -> None:
    head = ("批次", "开始日期", "结束日期", "平时成绩占比", "学校评分占比")
    path = workbook(tmp_path / "a.xlsx", head, ("一批", "2026.3.1", "2026-08-31", 0.4, "60%"))
    values = only(path, "placement_batch").values
    assert (values["usual_share"], values["school_share"]) == (40, 60)
    head = ("岗位", "企业", "危害因素", "对口专业")
    row = ("焊工", "甲厂", "噪声、粉尘", "数控技术应用，机电技术应用")
    values = only(workbook(tmp_path / "b.xlsx", head, row), "position").values
    assert len(values["majors"].split(",")) == 2


def test_a_grid_of_days_has_its_numbers_under_one_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("2026年10月考勤表",),
        ("学号", "姓名", "日期", *[""] * 30),
        ("", "", *range(1, 32)),
        ("", "", *["一", "二", "三", "四", "五", "六", "日"] * 4),
        ("2024010101", "李远明", *["√"] * 31),
    ):
        sheet.append(list(row))
    for area in ("C2:AG2", "A2:A3", "B2:B3"):
        sheet.merge_cells(area)
    book.save(path)
    found = only(path, "attendance")
    assert (found.row, found.sound, found.values["month"]) == (5, True, "2026-10")
    assert [found.values[f"d{day:02d}"] for day in (1, 31)] == ["√", "√"]
