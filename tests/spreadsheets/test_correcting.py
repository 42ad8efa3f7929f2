"""A cell typed anew in the check moves its row, and the rows that were its twins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.spreadsheets.files import HEADER, ID_FEMALE, ID_MALE, STUDENT, codes, workbook
from xqhz_desktop.errors import NotFound
from xqhz_desktop.spreadsheets.correcting import corrected, source_of
from xqhz_desktop.spreadsheets.understand import understand

WRONG = ("2024010102", "张小红", "女", "110224200803150067", "24机电1班")


def test_a_mended_number_makes_the_row_sound(tmp_path: Path) -> None:
    found = understand(workbook(tmp_path / "a.xlsx", HEADER, STUDENT, WRONG), "student")
    assert found.records[1].raw == {"id_no": "110224200803150067"}
    mended = corrected(found, "名单", 3, "id_no", ID_FEMALE)
    assert [one.sound for one in mended.records] == [True, True]
    assert mended.records[1].values["id_no"] == ID_FEMALE
    assert source_of(mended, "名单", 3, "id_no") == ID_FEMALE
    assert [one.sound for one in found.records] == [True, False]


def test_a_cell_can_be_mended_twice_and_is_kept_once(tmp_path: Path) -> None:
    found = understand(workbook(tmp_path / "a.xlsx", HEADER, STUDENT, WRONG), "student")
    once = corrected(found, "名单", 3, "id_no", "12")
    assert codes(once.records[1]) == [("id_no", "ID_LENGTH")]
    twice = corrected(once, "名单", 3, "id_no", ID_FEMALE)
    assert [one.text for one in twice.corrections] == [ID_FEMALE]


def test_a_mended_key_frees_its_twin_and_a_new_twin_is_noted(tmp_path: Path) -> None:
    twin = ("2024010101", "张小红", "女", "", "24机电1班")
    third = ("2024010103", "王五", "男", "", "24机电1班")
    found = understand(workbook(tmp_path / "a.xlsx", HEADER, STUDENT, twin, third), "student")
    assert [one.sound for one in found.records] == [True, False, True]
    freed = corrected(found, "名单", 3, "student_no", "2024010102")
    assert [one.sound for one in freed.records] == [True, True, True]
    again = corrected(freed, "名单", 4, "student_no", "2024010102")
    assert codes(again.records[2]) == [("student_no", "DUPLICATE_IN_FILE")]


def test_a_cell_with_two_days_is_mended_as_it_is_written(tmp_path: Path) -> None:
    rows = (("学号", "实习单位", "起止时间"), ("2024010101", "某公司", "2026.2.30-2026.8.28"))
    found = understand(workbook(tmp_path / "a.xlsx", *rows), "placement")
    assert source_of(found, "名单", 2, "start_date") == "2026.2.30-2026.8.28"
    mended = corrected(found, "名单", 2, "start_date", "2026.3.9-2026.8.28")
    assert mended.records[0].values["start_date"] == date(2026, 3, 9)
    assert mended.records[0].values["end_date"] == date(2026, 8, 28)


def test_a_value_without_a_column_cannot_be_typed(tmp_path: Path) -> None:
    found = understand(workbook(tmp_path / "a.xlsx", HEADER, STUDENT), "student")
    assert source_of(found, "名单", 2, "phone") is None
    with pytest.raises(NotFound):
        corrected(found, "名单", 2, "phone", "13800000001")


def test_a_row_cannot_be_emptied_away(tmp_path: Path) -> None:
    rows = (("学号", "姓名"), ("", "李远明"))
    found = understand(workbook(tmp_path / "a.xlsx", *rows), "student")
    assert corrected(found, "名单", 2, "name", "") is found
    assert ID_MALE not in str(found.records)
