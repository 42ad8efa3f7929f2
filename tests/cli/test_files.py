"""Importing on the command line: what is written, and what a blank cell does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Call
from tests.spreadsheets.files import workbook
from xqhz_desktop.services import mappings
from xqhz_desktop.spreadsheets.understand import understand

HEADER = ("学号", "姓名", "班级", "联系电话")


@pytest.fixture
def roster(tmp_path: Path) -> str:
    """A roster with one student the workspace knows, called otherwise, and a new one."""
    known = ("20240101", "张三丰", "24机电1班", "")
    return str(workbook(tmp_path / "a.xlsx", HEADER, known, ("20240103", "王五", "24机电1班", "")))


def names(call: Call) -> set[Any]:
    return {one["name"] for one in call("list", "student", "--json").json["records"]}


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), {"张三", "李四", "王五"}),
        (("--update",), {"张三丰", "李四", "王五"}),
        (("--mode", "insert"), {"张三", "李四", "王五"}),
        (("--mode", "update"), {"张三丰", "李四"}),
        (("--mode", "both"), {"张三丰", "李四", "王五"}),
    ],
)
def test_the_mode_says_which_rows_are_written(
    xqhz: Call, roster: str, options: tuple[str, ...], found: set[str]
) -> None:
    assert xqhz("import", "student", roster, *options).code == 0
    assert names(xqhz) == found


def test_a_blank_cell_empties_a_field_only_when_asked(xqhz: Call, roster: str) -> None:
    assert xqhz("set", "student", "20240101", "phone=13800000001").code == 0

    def phone() -> str:
        (one,) = xqhz("list", "student", "--where", "student_no=20240101", "--json").json["records"]
        return str(one["phone"])

    assert xqhz("import", "student", roster, "--update").code == 0
    assert phone() == "13800000001"
    assert xqhz("import", "student", roster, "--update", "--clear-blanks").code == 0
    assert phone() in ("", "None")


def test_columns_remembered_in_the_window_are_used(xqhz: Call, tmp_path: Path) -> None:
    header = ("学号", "姓名", "班级", "代号")
    file = workbook(tmp_path / "b.xlsx", header, ("20240109", "赵六", "24机电1班", "甲"))
    mappings.remember(understand(file, "student"), {"代号": "note"})
    assert xqhz("import", "student", str(file)).code == 0
    (one,) = xqhz("list", "student", "--where", "student_no=20240109", "--json").json["records"]
    assert one["note"] == "甲"


def sheet(path: Path) -> list[tuple[Any, ...]]:
    made = openpyxl.load_workbook(path).active
    assert made is not None
    return list(made.iter_rows(values_only=True))


def test_a_saved_layout_with_totals_is_exported_by_its_name(xqhz: Call, tmp_path: Path) -> None:
    words = ("of_kind=student", "name=花名册", "columns=student_no,name")
    assert xqhz("set", "export_layout", *words).code == 0
    out = tmp_path / "out.xlsx"
    options = ("--layout", "花名册", "--totals", "--where", "name=张三")
    assert xqhz("--language", "en", "export", "student", str(out), *options).code == 0
    assert sheet(out)[1:] == [
        ("Student number", "Name"),
        ("20240101", "张三"),
        ("Total: 1 row", None),
    ]
    assert xqhz("export", "student", str(out), "--layout", "没有").code == 3


def test_a_day_before_the_first_record_is_refused(xqhz: Call, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert xqhz("export", "student", str(out), "--on", date.today().isoformat()).code == 0
    out.unlink()
    assert xqhz("export", "student", str(out), "--on", "2020-01-01").code == 3
    assert xqhz("export", "student", str(out), "--on", "someday").code == 2
    assert not out.exists()


def test_a_list_that_can_only_be_checked_names_its_wrong_rows(xqhz: Call, tmp_path: Path) -> None:
    file = tmp_path / "课程.csv"
    file.write_text(
        "课程代码,课程名称,学分\n10001,机械制图,4\n10001,电工基础,3\n", encoding="utf-8"
    )
    run = xqhz("import", "course", str(file), "--dry-run")
    assert run.code == 1
    assert "2 rows: 1 new, 0 changed, 1 wrong." in run.out
    assert "(text), row 3: " in run.out
    assert xqhz("import", "course", str(file)).code == 3


@pytest.mark.parametrize("name", ["out.ods", "out.xls", "out.csv", "out"])
def test_a_sheet_is_never_written_under_the_name_of_another_format(
    xqhz: Call, tmp_path: Path, roster: str, name: str
) -> None:
    out = str(tmp_path / name)
    for words in (("export", "student", out), ("template", "student", out)):
        run = xqhz("--language", "en", *words)
        assert (run.code, "out.xlsx" in run.err) == (3, True)
    assert xqhz("import", "student", roster, "--errors", out).code == 3
    assert names(xqhz) == {"张三", "李四"}
    assert not Path(out).exists()


def test_the_public_does_not_learn_when_somebody_was_born(xqhz: Call, tmp_path: Path) -> None:
    assert xqhz("set", "student", "20240101", "birth_date=2008-08-07").code == 0
    for purpose, said in (("internal", True), ("report", True), ("public", False)):
        out = tmp_path / f"{purpose}.xlsx"
        words = ("--columns", "name,birth_date", "--purpose", purpose)
        assert xqhz("export", "student", str(out), *words).code == 0
        assert any("2008" in str(cell) for row in sheet(out) for cell in row) == said


def test_one_row_is_one_row(xqhz: Call, tmp_path: Path) -> None:
    file = workbook(tmp_path / "one.xlsx", HEADER, ("20240109", "赵六", "24机电1班", ""))
    assert "1 row: 1 new" in xqhz("--language", "en", "import", "student", str(file)).out


def test_what_is_made_beside_is_said_before_it_is_written(xqhz: Call, tmp_path: Path) -> None:
    file = workbook(tmp_path / "t.xlsx", ("工号", "姓名", "系部"), ("T1", "赵敏", "机电系"))
    run = xqhz("import", "staff", str(file), "--dry-run", "--json")
    assert (run.code, run.json["counts"]["new"]) == (0, 1)
    assert "机电系" in run.json["notes"][0]
    assert xqhz("list", "department", "--json").json["total"] == 0
    assert xqhz("import", "staff", str(file)).code == 0
    assert xqhz("list", "department", "--json").json["total"] == 1


def test_a_list_of_students_names_those_nobody_knows(xqhz: Call, tmp_path: Path) -> None:
    assert (
        xqhz(
            "set",
            "policy",
            "name=某财险",
            "policy_no=PX1",
            "start_date=2026-09-01",
            "end_date=2027-08-31",
        ).code
        == 0
    )
    rows = (("20240101", "张三", "PX1"), ("20249999", "无名", "PX1"), ("20240102", "张三", "PX1"))
    file = workbook(tmp_path / "c.xlsx", ("学号", "姓名", "保单号"), *rows)
    run = xqhz("--language", "en", "import", "cover", str(file))
    assert run.code == 1
    assert "1 new, 0 changed, 2 wrong" in run.out
    assert "“20249999”" in run.out
    assert "belongs to 李四, not to 张三" in run.out
    assert xqhz("list", "cover", "--json").json["total"] == 1
