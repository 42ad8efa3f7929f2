"""The sheet of a form: exact headers, text stays text, and notes on where everything comes from."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from xqhz_desktop.i18n import CODES, language
from xqhz_desktop.spreadsheets.adapter_reading import shipped
from xqhz_desktop.spreadsheets.adapters import Adapter
from xqhz_desktop.spreadsheets.submission import write_form
from xqhz_desktop.spreadsheets.template import LAST_ROW

FORMS = {one.id: one for one in shipped()}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("adapter", FORMS.values(), ids=FORMS)
def test_the_headers_are_those_of_the_form_in_every_language(
    adapter: Adapter, code: str, tmp_path: Path
) -> None:
    file = tmp_path / "x.xlsx"
    assert write_form(file, adapter, [], language(code)) == 0
    data, notes = openpyxl.load_workbook(file).worksheets
    assert data.title == adapter.sheet
    assert [cell.value for cell in data[1]] == [column.header for column in adapter.columns]
    explained = [cell.value for cell in notes["A"]]
    assert explained[7:] == [column.header for column in adapter.columns]


def test_numbers_of_persons_stay_text_and_formulas_are_words(tmp_path: Path) -> None:
    form = FORMS["rp02"]
    row = {column.header: "" for column in form.columns}
    row |= {"班级名称": '=HYPERLINK("http://x")', "专业代码": "000123", "实习时长（天）": "84"}
    write_form(tmp_path / "x.xlsx", form, [tuple(row.values())], language("zh_CN"))
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    cells = dict(zip(row, sheet[2], strict=True))
    assert cells["专业代码"].value == "000123"
    assert cells["专业代码"].number_format == "@"
    assert cells["班级名称"].data_type == "s"
    assert cells["实习时长（天）"].value == 84


def test_an_empty_form_keeps_its_text_cells_for_what_is_typed_in_later(tmp_path: Path) -> None:
    write_form(tmp_path / "x.xlsx", FORMS["platform-visits"], [], language("zh_CN"))
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert sheet.cell(LAST_ROW, 3).number_format == "@"


def test_the_notes_name_what_is_not_recorded_and_what_nobody_has_compared(tmp_path: Path) -> None:
    write_form(tmp_path / "x.xlsx", FORMS["rp01"], [], language("en"))
    notes = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[1]
    rows = {str(row[0]): row[1:] for row in notes.iter_rows(min_row=8, values_only=True)}
    assert rows["是否购买保险"][:2] == ("required", "Not recorded yet by this version")
    assert rows["专业国标代码"][1] == "Student › Class › Major › National major code"
    assert rows["企业性质"][2] == "to be checked against the original form"
    assert rows["学号"][2] is None
