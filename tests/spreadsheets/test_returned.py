"""The failing rows come back as the user wrote them, with the reasons."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.spreadsheets.test_examples import FOLDER
from xqhz_desktop.i18n import language
from xqhz_desktop.spreadsheets.returned import write_errors
from xqhz_desktop.spreadsheets.understand import understand


def test_bad_cells_are_red_and_say_why(tmp_path: Path) -> None:
    found = understand(FOLDER / "11_enterprises.xlsx", "enterprise")
    assert write_errors(found, tmp_path / "a.xlsx", language("en")) == 5
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[1]][:3] == ["序号", "企业名称（全称）", "统一社会信用代码"]
    code, reason = sheet.cell(3, 3), sheet.cell(3, 7)
    assert code.value == "91440300I92203821O"
    assert code.fill.fgColor.rgb == "FFFFC7CE"
    assert code.comment is not None
    assert reason.value.startswith("Row 13: ")


def test_the_returned_file_imports_again_with_its_merged_values(tmp_path: Path) -> None:
    found = understand(FOLDER / "12_placements.xlsx", "placement")
    assert write_errors(found, tmp_path / "a.xlsx", language("zh_CN")) == 2
    again = understand(tmp_path / "a.xlsx", "placement")
    wrong = [one for one in found.records if not one.sound]
    assert [one.values for one in again.records] == [one.values for one in wrong]


def test_two_tiers_of_a_header_come_back(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(FOLDER / "01_roster_merged_header.xlsx")
    book.active["F5"] = "110222200802070038"
    book.save(tmp_path / "a.xlsx")
    found = understand(tmp_path / "a.xlsx", "student")
    assert write_errors(found, tmp_path / "b.xlsx", language("en")) == 1
    (record,) = understand(tmp_path / "b.xlsx", "student").records
    assert record.values["guardian_name"] == "李玉梅"
    assert record.values["class_name"] == "24机电1班"
    assert [one.code for one in record.errors] == ["ID_CHECKSUM"]


def test_a_sound_file_gives_nothing_back(tmp_path: Path) -> None:
    found = understand(FOLDER / "05_gbk.csv", "student")
    assert write_errors(found, tmp_path / "a.xlsx", language("en")) == 0
