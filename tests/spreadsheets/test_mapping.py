"""Columns are told how they were found, and can be chosen by hand."""

from __future__ import annotations

from pathlib import Path

from tests.spreadsheets.files import ID_MALE, workbook
from xqhz_desktop.spreadsheets.mapping import How, headings, letter, matches
from xqhz_desktop.spreadsheets.understand import Wishes, understand, understand_again

HEADER = ("序号", "学号", "姓名", "证件号", "家长及电话", "手机", "备用", "空列")
ROW = (1, "2024010101", "李远明", ID_MALE, "李某 13800000000", "13800000001", "走读", "")


def roster(folder: Path) -> Path:
    return workbook(folder / "a.xlsx", HEADER, ROW)


def test_each_column_says_how_it_was_found(tmp_path: Path) -> None:
    found = {one.heading: one for one in matches(understand(roster(tmp_path), "student"))}
    assert found["学号"].how is How.SAME
    assert found["手机"].how is How.SYNONYM
    assert found["备用"].how is How.OPEN
    assert found["序号"].how is How.SKIPPED
    assert found["空列"].how is How.SKIPPED
    assert (found["备用"].letter, found["备用"].sample) == ("G", "走读")


def test_a_column_chosen_by_hand_is_read_and_one_left_out_is_not(tmp_path: Path) -> None:
    found = understand(roster(tmp_path), "student")
    keys = {one.heading: one.key for one in matches(found)}
    again = understand_again(found, Wishes(columns={keys["备用"]: "note", keys["手机"]: ""}))
    values = again.records[0].values
    assert values["note"] == "走读"
    assert "phone" not in values
    told = {one.heading: one.how for one in matches(again)}
    assert (told["备用"], told["手机"]) == (How.CHOSEN, How.SKIPPED)


def test_a_choice_by_hand_wins_over_what_was_recognised(tmp_path: Path) -> None:
    rows = (("学号", "姓名", "曾用名称"), ("2024010101", "李远明", "李小明"))
    found = understand(workbook(tmp_path / "b.xlsx", *rows), "student")
    keys = {one.heading: one.key for one in matches(found)}
    again = understand_again(found, Wishes(columns={keys["曾用名称"]: "name"}))
    assert again.records[0].values["name"] == "李小明"
    assert {one.heading: one.how for one in matches(again)}["姓名"] is How.OPEN


def test_files_of_one_source_have_the_same_headings(tmp_path: Path) -> None:
    first = understand(workbook(tmp_path / "1.xlsx", ("学号", "姓 名"), ("1", "甲")), "student")
    other = understand(workbook(tmp_path / "2.xlsx", ("姓名", "学号"), ("乙", "2")), "student")
    assert headings(first) == headings(other)


def test_columns_have_the_letters_of_spreadsheets() -> None:
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
