"""The check in the window: mend a cell, map a column, choose what is written, see who is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.spreadsheets.files import ID_FEMALE, ID_MALE, workbook
from tests.ui.list_drivers import ListPage, drop, school
from tests.ui.staging_drivers import Check
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.student import Student, StudentStatus
from xqhz_desktop.services.staged import Mode, State
from xqhz_desktop.ui.dialogs.header_rows import HeaderRows
from xqhz_desktop.ui.dialogs.importing import ImportDialog
from xqhz_desktop.ui.dialogs.question import Question

HEADER = ("学号", "姓名", "班级", "身份证号", "联系电话", "代号")
CLASS = SchoolClass(name="24机电1班")
HOST = Enterprise(name="渝北联启虚拟汽车零部件制造有限公司")


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[ListPage]:
    known = [
        CLASS,
        make(Student, name="张三", student_no="1", school_class=CLASS.id, phone="13800000001"),
        make(Student, name="赵六", student_no="9", school_class=CLASS.id),
        HOST,
    ]
    made = ListPage(qtbot, school(tmp_path / "school", known), "student")
    yield made
    made.close()


def roster(folder: Path, *rows: Sequence[Any]) -> Path:
    return workbook(folder / "名册.xlsx", HEADER, *rows)


def usual(folder: Path) -> Path:
    return roster(
        folder,
        ("1", "张三", "24机电1班", "", "13800000009", "甲"),
        ("2", "李四", "24机电1班", "110224200803150067", "", "乙"),
        ("3", "王五", "24机电1班", "110222200802070038", "", "丙"),
    )


def test_what_wants_a_look_stands_in_groups_that_fold(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, usual(tmp_path))
    assert check.groups == ["Error 2", "Changed 1", "Gone 1"]
    lines = check.model.rowCount()
    rect = check.grid.visualRect(check.model.index(0, 0))
    page.qtbot.mouseClick(
        check.grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + rect.center() / 2
    )
    assert check.model.rowCount() == lines - 2


def test_errors_are_found_by_key_and_mended_in_place(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, usual(tmp_path))
    check.key(Qt.Key.Key_F8)
    assert check.here() == (3, "id_no")
    assert check.model.data(check.grid.currentIndex()).startswith("110224200803150067 ")
    check.type(ID_FEMALE)
    assert check.counts == (1, 1, 1)
    assert check.here() == (4, "id_no")
    check.type("12")
    assert check.counts == (1, 1, 1)
    check.key(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert check.here() == (4, "id_no")
    check.type(ID_MALE)
    assert check.counts == (2, 1, 0)
    assert check.groups == ["Changed 1", "Gone 1"]
    page.click(check.body.foot.go)
    stored = page.stored("student", student_no="2")[0].values()
    assert stored["id_no"] == ID_FEMALE


def test_esc_leaves_the_cell_and_the_check_open(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, usual(tmp_path))
    check.key(Qt.Key.Key_F8)
    check.key(Qt.Key.Key_F2)
    (editor,) = check.grid.viewport().findChildren(QLineEdit)
    page.qtbot.keyClicks(editor, "7")
    page.qtbot.keyClick(editor, Qt.Key.Key_Escape)
    page.settle()
    assert check.body.isVisible()
    assert check.counts == (0, 1, 2)


def test_what_is_known_already_is_not_typed_but_the_files_cells_are(
    page: ListPage, tmp_path: Path
) -> None:
    check = Check(page, usual(tmp_path))
    check.chip(State.GONE)
    assert [row.values["name"] for row in check.model.rows] == ["赵六"]
    editable = Qt.ItemFlag.ItemIsEditable
    assert not check.model.flags(check.model.index(0, 3)) & editable
    check.chip(State.ERROR)
    assert check.model.flags(check.model.index(0, 3)) & editable


def test_who_is_gone_stays_unless_a_status_is_chosen(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, usual(tmp_path))
    assert check.body.gone.text() == "1 gone: left as it is"
    withdrawn = [one for one in check.body.gone_menu().actions() if "Withdrawn" in one.text()]
    withdrawn[0].trigger()
    check.chip(State.GONE)
    assert check.model.cell(0, 1).below == "Withdrawn"
    page.click(check.body.foot.go)
    assert page.stored("student", student_no="9")[0].values()["status"] is StudentStatus.WITHDRAWN
    page.click(check.body.foot.undo)
    assert page.stored("student", student_no="9")[0].values()["status"] is StudentStatus.ENROLLED


def test_a_column_is_mapped_by_hand_and_the_next_file_knows_it(
    page: ListPage, tmp_path: Path
) -> None:
    check = Check(page, usual(tmp_path))
    assert check.body.strip.columns.text() == "Columns 5 / 6"
    check.columns(代号="note")
    assert check.body.strip.columns.text() == "Columns 6 / 6"
    assert {row.values["note"] for row in check.body.staged.rows} == {"甲", "乙", "丙"}
    page.click(check.body.foot.cancel)
    again = Check(page, usual(tmp_path))
    assert again.body.strip.columns.text() == "Columns 6 / 6"
    page.click(again.body.strip.columns)
    card = again.body.desk.map
    assert card is not None
    page.click(card.restore)
    assert again.body.strip.columns.text() == "Columns 5 / 6"


def test_the_mode_says_what_is_written(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, usual(tmp_path))
    assert check.body.foot.go.text() == "Import 1 right row"
    check.body.foot.mode.setCurrentIndex(0)
    check.body.foot.mode.activated.emit(0)
    assert check.body.staged.choice.mode is Mode.INSERT
    assert not check.body.foot.go.isEnabled()
    assert check.body.strip._key.text() == "Matched by Student number, ID number"


def test_blank_cells_empty_a_field_only_when_that_is_chosen(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, roster(tmp_path, ("1", "张三", "24机电1班", "", "", "")))
    assert check.counts == (0, 0, 0)
    check.body.foot.blanks.activated.emit(1)
    page.settle()
    assert check.counts == (0, 1, 0)
    check.chip(State.CHANGED)
    below = [check.model.cell(0, n).below for n in range(check.model.columnCount())]
    assert any(said.startswith("138") for said in below)


def test_a_sheet_is_left_out_and_hidden_ones_are_listed(page: ListPage, tmp_path: Path) -> None:
    file = usual(tmp_path)
    book = openpyxl.load_workbook(file)
    for name, number in (("二班", "5"), ("旧数据", "6")):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append((number, "某某", "24机电2班", "", "", ""))
    book["旧数据"].sheet_state = "hidden"
    book.save(file)
    check = Check(page, file)
    boxes = check.body.strip.sheets
    assert {name: box.isChecked() for name, box in boxes.items()} == {
        "名单": True,
        "二班": True,
        "旧数据": False,
    }
    assert boxes["旧数据"].text() == "旧数据 (hidden)"
    boxes["名单"].click()
    page.settle()
    assert {row.sheet for row in check.body.staged.rows} == {"二班"}
    check.body.strip.sheets["二班"].click()
    page.settle()
    assert check.body.strip.sheets["二班"].isChecked()


def test_a_column_cut_by_excel_is_told_once(page: ListPage, tmp_path: Path) -> None:
    rows = [(str(n), f"学生{n}", "24机电1班", 1.10222200802e17, "", "") for n in range(3)]
    check = Check(page, roster(tmp_path, *rows))
    assert check.body._damaged.isVisible()
    assert "3 cells" in check.body._damaged.text()


def test_another_file_can_be_chosen_from_the_check(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, usual(tmp_path))
    page.click(check.staging.another)
    asked = check.asked
    assert isinstance(asked, ImportDialog)
    asked.reject()


def test_an_unclear_company_is_taken_only_when_somebody_says_so(
    qtbot: QtBot, tmp_path: Path
) -> None:
    student = make(Student, name="张三", student_no="1")
    page = ListPage(qtbot, school(tmp_path / "other", [student, HOST]), "placement")
    rows = (("1", "张三", "渝北联启虚拟汽车零部件制造公司分部", "2026-03-09"),)
    file = workbook(tmp_path / "a.xlsx", ("学号", "姓名", "实习单位", "开始日期"), *rows)
    check = Check(page, file)
    assert check.counts == (0, 0, 1)
    assert not check.body.candidates.isVisible()
    check.key(Qt.Key.Key_F8)
    assert check.body.candidates.isVisible()
    assert HOST.name in check.body.candidates._text.text()
    page.click(check.body.candidates.take)
    assert check.counts == (1, 0, 0)
    assert check.body.staged.rows[0].record.enterprise == HOST.id  # type: ignore[union-attr]
    page.close()


def test_samples_of_private_columns_are_covered(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, roster(tmp_path, ("1", "张三", "24机电1班", ID_MALE, "13800000001", "")))
    page.click(check.body.strip.columns)
    card = check.body.desk.map
    assert card is not None
    said = {one.text() for one in card.findChildren(QLabel)}
    assert "身份证号" in said
    assert not said & {ID_MALE, "13800000001"}


def test_the_errors_come_back_in_the_own_sheet_or_alone(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, usual(tmp_path))
    for place, rows in ((0, 4), (1, 3)):
        check.body.foot.menu().actions()[place].trigger()
        asked = check.asked
        assert isinstance(asked, QFileDialog)
        target = tmp_path / f"{place}.xlsx"
        asked.fileSelected.emit(str(target))
        asked.reject()
        page.settle()
        assert openpyxl.load_workbook(target).active.max_row == rows


def test_every_edit_is_taken_back_one_by_one(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, usual(tmp_path))
    assert not check.body.back.isVisible()
    check.key(Qt.Key.Key_F8)
    check.type(ID_FEMALE)
    check.type(ID_MALE)
    assert check.counts == (2, 1, 0)
    page.click(check.body.back)
    assert check.counts == (1, 1, 1)
    assert check.staging.undo()
    assert check.counts == (0, 1, 2)
    assert not check.body.back.isVisible()
    assert check.staging.undo()
    assert page.said[-1][0] == "Nothing was changed here yet."


def test_the_header_row_is_chosen_where_another_one_was_taken(
    page: ListPage, tmp_path: Path
) -> None:
    file = workbook(
        tmp_path / "a.xlsx", ("学号", "姓名", "班级"), ("学号", "姓名", "班级"), ("2", "李四", "")
    )
    check = Check(page, file)
    assert check.body.strip._rows.text() == "Column names in row 1"
    page.click(check.body.strip.other_rows)
    dialog = check.asked
    assert isinstance(dialog, HeaderRows)
    assert dialog.rows == (1, 1)
    dialog.table.selectRow(1)
    page.click(dialog.ok)
    assert check.body.strip._rows.text() == "Column names in row 2"
    assert [row.row for row in check.body.staged.rows] == [3]
    page.click(check.body.strip.other_rows)
    dialog = check.asked
    assert isinstance(dialog, HeaderRows)
    page.click(dialog.restore)
    assert check.body.strip._rows.text() == "Column names in row 1"


def test_a_file_without_known_column_names_is_opened_by_showing_them(
    page: ListPage, tmp_path: Path
) -> None:
    rows = [("甲", "乙", "丙"), ("2", "李四", "24机电1班")]
    page.click(page.page.head.import_button)
    asking = page.dialog
    assert isinstance(asking, ImportDialog)
    drop(asking.drop, workbook(tmp_path / "a.xlsx", *rows))
    page.click(asking.ok)
    assert asking.rows.isVisible()
    given: list[Any] = []
    page.context.given.connect(lambda _page, thing: given.append(thing))
    page.click(asking.rows)
    shown = page.dialog
    assert isinstance(shown, HeaderRows)
    assert not shown.ok.isEnabled()
    shown.table.selectRow(0)
    page.click(shown.ok)
    assert [one.header.rows for one in given[0].understood.sheets] == [(1,)]


def test_the_key_is_chosen_from_the_strip(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, roster(tmp_path, ("7", "赵六", "24机电1班", "", "", "")))
    assert check.counts == (1, 0, 0)
    entries = {one.text(): one for one in check.body.key_menu().actions()}
    assert list(entries) == [
        "One after the other: Student number, ID number",
        "Only by Student number",
        "Only by ID number",
    ]
    entries["Only by ID number"].trigger()
    page.settle()
    assert check.counts == (0, 0, 1)
    assert check.body.strip._key.text() == "Matched by ID number"


def test_an_import_is_stopped_while_it_is_written(page: ListPage, tmp_path: Path) -> None:
    rows = [(str(n), f"学生{n}", "24机电2班", "", "", "") for n in range(10, 1300)]
    check = Check(page, roster(tmp_path, *rows))
    check.body.work.progress.connect(lambda _done, _total: check.body.work.cancel())
    page.click(check.body.foot.go)
    assert check.body.foot.said.text() == "Stopped. Nothing was written."
    assert len(page.stored("student")) == 2
    check.body.work.progress.disconnect()
    page.click(check.body.foot.go)
    assert len(page.stored("student")) == 2 + len(rows)


def test_a_stop_that_came_too_late_does_not_hide_what_was_written(
    page: ListPage, tmp_path: Path
) -> None:
    check = Check(page, roster(tmp_path, ("2", "李四", "24机电1班", "", "", "")))
    page.work.store.listeners.append(lambda _kinds: check.body.work.cancel())
    page.click(check.body.foot.go)
    page.work.store.listeners.pop()
    assert len(page.stored("student")) == 3
    assert check.body.foot.undo.isVisible()


def test_edits_are_not_lost_by_another_file_or_by_closing(page: ListPage, tmp_path: Path) -> None:
    check = Check(page, usual(tmp_path))
    assert check.staging.may_close()
    check = Check(page, usual(tmp_path))
    check.key(Qt.Key.Key_F8)
    check.type(ID_FEMALE)
    kept = check.body
    check.staging.take(kept.staged)
    asked = check.asked
    assert isinstance(asked, Question)
    page.click(asked.no)
    assert check.body is kept
    assert not check.staging.may_close()
    asked = check.asked
    assert isinstance(asked, Question)
    page.click(asked.yes)
    assert check.staging.body is None
    assert check.staging.may_close()


def test_the_navigation_shows_the_check_while_a_file_is_open(
    page: ListPage, tmp_path: Path
) -> None:
    offered: list[tuple[str, bool]] = []
    page.context.offered.connect(lambda name, on: offered.append((name, on)))
    check = Check(page, usual(tmp_path))
    assert offered[-1] == ("staging", True)
    page.click(check.body.foot.cancel)
    assert offered[-1] == ("staging", False)
    assert page.went[-1] == ("student", "")


def test_the_right_rows_go_first_and_the_others_are_mended_afterwards(
    page: ListPage, tmp_path: Path
) -> None:
    rows = (("2", "李四", "24机电1班", "1234", "", ""), ("3", "王五", "24机电1班", "", "", ""))
    check = Check(page, roster(tmp_path, *rows))
    page.click(check.body.foot.go)
    assert len(page.stored("student")) == 3
    assert check.body.foot.rest.text() == "Mend the row left"
    page.click(check.body.foot.rest)
    assert check.counts == (0, 0, 1)
    assert check.body.foot.go.isVisible()
    check.chip(State.ERROR)
    check.key(Qt.Key.Key_F8)
    check.type(ID_FEMALE)
    page.click(check.body.foot.go)
    assert len(page.stored("student")) == 4
    assert not check.body.foot.rest.isVisible()
