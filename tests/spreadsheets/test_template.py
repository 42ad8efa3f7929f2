"""A template can be filled in and imported as it is."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import openpyxl
import pytest

from tests.spreadsheets.files import ID_MALE
from xqhz_desktop.i18n import CODES, language
from xqhz_desktop.spreadsheets.general import KINDS, import_kind
from xqhz_desktop.spreadsheets.template import LAST_ROW, asked, required, write_template
from xqhz_desktop.spreadsheets.understand import understand


@pytest.mark.parametrize(("kind", "code"), list(zip(KINDS, cycle(CODES), strict=False)))
def test_a_template_has_every_column_and_its_samples_are_ignored(
    tmp_path: Path, kind: str, code: str
) -> None:
    write_template(kind, tmp_path / "a.xlsx", language(code))
    data, *others = understand(tmp_path / "a.xlsx", kind).sheets
    assert data.header is not None
    wanted = {one.name for one in asked(import_kind(kind))}
    assert set(data.header.columns.values()) == wanted
    assert (data.records, data.header.unmapped) == ([], ())
    assert [one.action for one in others] == ["skip", "skip"]


def test_a_filled_template_is_imported(tmp_path: Path) -> None:
    write_template("student", tmp_path / "a.xlsx", language("zh_CN"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book.worksheets[0]
    place = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    for column, said in (("姓名", "李远明"), ("学号", "2024010101"), ("身份证号", ID_MALE)):
        sheet.cell(4, place[column], said)
    book.save(tmp_path / "a.xlsx")
    (found,) = understand(tmp_path / "a.xlsx", "student").records
    assert (found.row, found.sound, found.values["id_no"]) == (4, True, ID_MALE)


def test_numbers_stay_text_down_to_the_last_row_and_lists_are_hidden(tmp_path: Path) -> None:
    write_template("student", tmp_path / "a.xlsx", language("zh_CN"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    data, _, lists = book.worksheets
    starred = {str(cell.value): cell for cell in data[1]}
    assert data.cell(LAST_ROW, starred["身份证号"].column).number_format == "@"
    assert starred["姓名*"].font.color.rgb == "FFC00000"
    assert lists.sheet_state == "hidden"
    sources = {one.formula1 for one in data.data_validations.dataValidation}
    assert all("$" in source for source in sources)
    assert len(sources) >= 4
    assert required(import_kind("student")) == {"name", "student_no"}


def test_the_samples_of_companies_are_called_like_companies(tmp_path: Path) -> None:
    write_template("enterprise", tmp_path / "a.xlsx", language("zh_CN"))
    data = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    assert [str(data.cell(row, 1).value)[-4:] for row in (2, 3)] == ["有限公司", "有限公司"]
