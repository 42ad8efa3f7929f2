"""What is written opens everywhere, comes back as it was, and can do nothing in Excel."""

from __future__ import annotations

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spreadsheets.files import ID_MALE, only
from xqhz_desktop.domain.placement import Placement
from xqhz_desktop.domain.student import Sex, Student
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import CODES, language
from xqhz_desktop.spreadsheets.write import OutColumn, sheet_name, write_table

STUDENT = Student(
    name='=HYPERLINK("http://x")',
    student_no="0012",
    sex=Sex.FEMALE,
    id_no=ID_MALE,
    birth_date=date(2008, 2, 7),
    ethnic="01",
    note="第一行\n<b>第二行</b>",
)


def columns(kind: type[Student | Placement], code: str) -> list[OutColumn]:
    return [OutColumn(language(code).say(one.label), one) for one in kind.FIELDS.values()]


def written(path: Path, code: str = "zh_CN", title: str = "花名册") -> int:
    row = list(STUDENT.values().values())
    return write_table(path, columns(Student, code), [row], language(code), title)


@pytest.mark.parametrize("code", CODES)
def test_an_export_reads_back_in_both_languages(tmp_path: Path, code: str) -> None:
    assert written(tmp_path / "a.xlsx", code) == 1
    record = only(tmp_path / "a.xlsx")
    assert record.sound
    told = {
        name: value for name, value in STUDENT.values().items() if value and name in record.values
    }
    assert {name: record.values[name] for name in told} == told


def test_text_is_never_a_formula_a_link_or_a_number(tmp_path: Path) -> None:
    written(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as found:
        xml = found.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<hyperlink" not in xml
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    named = {cell.value: cell.column for cell in sheet[2]}
    number = sheet.cell(3, named["学号"])
    assert (number.value, number.number_format, number.data_type) == ("0012", "@", "s")
    born = sheet.cell(3, named["出生日期"])
    assert (born.value.date(), born.number_format) == (date(2008, 2, 7), "yyyy-mm-dd")
    assert (sheet.freeze_panes, sheet.auto_filter.ref[:2]) == ("A3", "A2")


def test_money_and_hours_are_numbers(tmp_path: Path) -> None:
    fields = [Placement.FIELDS["weekly_hours"], Placement.FIELDS["allowance"]]
    shown = [OutColumn(one.label, one) for one in fields]
    write_table(tmp_path / "a.xlsx", shown, [(Decimal("37.5"), Decimal(2200))], language("en"))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[2]] == [37.5, 2200]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        written(tmp_path / "missing" / "a.xlsx")


@given(st.text(max_size=60))
def test_any_title_names_a_sheet(title: str) -> None:
    name = sheet_name(title)
    assert 0 < len(name) <= 31
    assert not set(name) & set("[]:*?/\\")
