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
    file = tmp_path / "成绩.csv"
    file.write_text(
        "学号,姓名,总评\n2024010101,李远明,85\n2024010101,李远明,90\n", encoding="utf-8"
    )
    run = xqhz("import", "score", str(file), "--dry-run")
    assert run.code == 1
    assert "2 rows: 1 new, 0 changed, 1 wrong." in run.out
    assert "(text), row 3: " in run.out
