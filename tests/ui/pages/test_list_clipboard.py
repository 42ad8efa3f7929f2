"""Blocks between a list and Excel or WPS: copied as shown, pasted after a look at every cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.drivers import clipped, unnamed
from tests.ui.list_drivers import ListPage, school
from tests.ui.page_drivers import rows
from xqhz_desktop.domain.enterprise import Enterprise, Partnership
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import history, workspace
from xqhz_desktop.spreadsheets import markup
from xqhz_desktop.ui.dialogs.pasting import PasteDialog

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMES = ("丙电子", "甲机械", "乙汽车")  # their order in the list: bing, jia, yi


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[ListPage]:
    some = [
        make(Enterprise, name=name, uscc="", no_code_reason="待发", staff_total=1000 + n)
        for n, name in enumerate(NAMES)
    ]
    made = ListPage(qtbot, school(tmp_path / "school", some), "enterprise")
    made.page.resize(1900, 870)
    yield made
    made.close()


def column(page: ListPage, name: str) -> int:
    return [one.name for one in page.page.model.columns].index(name)


def click(page: ListPage, row: int, name: str) -> None:
    """Click a cell, as somebody does who wants to paste there."""
    table = page.page.table
    where = table.visualRect(page.page.model.index(row, column(page, name))).center()
    page.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    page.settle()


def select(page: ListPage, count: int) -> None:
    table, model = page.page.table, page.page.model
    flags = table.selectionModel().SelectionFlag
    for place in range(count):
        table.selectionModel().select(model.index(place, 0), flags.Select | flags.Rows)
    page.settle()


def pasted(page: ListPage, text: str) -> PasteDialog:
    QGuiApplication.clipboard().setText(text)
    page.page.table.setFocus()
    page.press(page.page.table, Qt.Key.Key_V, CONTROL)
    dialog = page.dialog
    assert isinstance(dialog, PasteDialog)
    page.settle()
    return dialog


def stored(page: ListPage, name: str) -> Enterprise:
    (one,) = page.stored("enterprise", name=name)
    assert isinstance(one, Enterprise)
    return one


def test_selected_rows_are_copied_as_shown_for_text_and_for_excel(page: ListPage) -> None:
    select(page, 2)
    page.page.table.setFocus()
    page.press(page.page.table, Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\r\n")
    assert [line.split("\t")[0] for line in lines[:2]] == ["丙电子", "甲机械"]
    assert page.said[-1][0] == "2 rows copied"
    (sheet,) = markup.read_html(data.html().encode())
    assert sheet.rows[1][1][0] == "甲机械"
    page.press(page.page.table, Qt.Key.Key_C, CONTROL | SHIFT)
    titled = QGuiApplication.clipboard().text().split("\r\n")
    assert titled[0].split("\t") == page.columns
    assert len(titled) == 4


def test_one_cell_is_copied_from_the_menu(page: ListPage) -> None:
    click(page, 1, "status")
    menu = page.page.row_menu()
    next(one for one in menu.actions() if one.text() == "Copy this cell").trigger()
    page.settle()
    assert QGuiApplication.clipboard().text() == "In talks"


def test_private_values_leave_the_list_covered(qtbot: QtBot, tmp_path: Path) -> None:
    one = make(Student, name="张三", phone="13812345678")
    page = ListPage(qtbot, school(tmp_path / "school", [one]), "student")
    page.page.resize(1900, 870)
    select(page, 1)
    page.page.keys.copy()
    page.settle()
    assert "138****5678" in QGuiApplication.clipboard().text()
    page.close()


def test_a_block_is_looked_at_then_pasted_then_undone(page: ListPage) -> None:
    click(page, 0, "staff_total")
    dialog = pasted(page, "50\r\nmany\r\n70\r\n")
    assert dialog.start.currentText() == "Staff on post"
    assert rows(dialog.table)[0][0].startswith("甲机械")
    assert "not a number" in rows(dialog.table)[0][3]
    assert dialog.go.text() == "Paste 2 cells"
    page.click(dialog.go)
    assert [stored(page, name).staff_total for name in NAMES] == [50, 1001, 70]
    assert page.said[-1] == ("Pasted into 2 records", True)
    history.undo(page.work)
    page.settle()
    assert [stored(page, name).staff_total for name in NAMES] == [1000, 1001, 1002]


def test_cancel_writes_nothing(page: ListPage) -> None:
    click(page, 0, "staff_total")
    dialog = pasted(page, "50")
    page.click(dialog.cancel)
    assert stored(page, "丙电子").staff_total == 1000


def test_another_first_column_is_chosen_in_the_dialog(page: ListPage) -> None:
    click(page, 0, "name")
    dialog = pasted(page, "50")
    dialog.start.setCurrentIndex(dialog.start.findText("Staff on post"))
    page.settle()
    page.click(dialog.go)
    assert stored(page, "丙电子").staff_total == 50


def test_titles_in_the_block_say_which_columns_are_meant(page: ListPage) -> None:
    click(page, 0, "name")
    dialog = pasted(page, "Staff on post\t状态栏\tCooperation\r\n50\tx\tActive\r\n")
    assert dialog.start.isHidden()
    assert dialog._note.text() == "No column of this list is called 状态栏: left out."
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    page.click(dialog.go)
    assert stored(page, "丙电子").status is Partnership.ACTIVE


def test_a_block_wider_than_the_list_says_what_is_left_out(page: ListPage) -> None:
    last = page.page.keys._clipboard()._columns()[-1].name
    click(page, 0, last)
    dialog = pasted(page, "a\tb\tc")
    assert "2 columns of the block have no place" in dialog._note.text()


def test_one_row_is_pasted_into_every_selected_row(page: ListPage) -> None:
    click(page, 0, "staff_total")
    select(page, 3)
    dialog = pasted(page, "88")
    assert dialog.go.text() == "Paste 3 cells"
    page.click(dialog.go)
    assert {stored(page, name).staff_total for name in NAMES} == {88}


def test_rows_beyond_the_end_are_offered_as_new_records(page: ListPage) -> None:
    click(page, 2, "name")
    dialog = pasted(page, "乙汽车\r\n丁食品\r\n")
    assert dialog.add_box.text() == "Add 1 new record"
    assert not dialog.go.isEnabled()
    dialog.add_box.setChecked(True)
    page.settle()
    assert rows(dialog.table)[0][0].startswith("New record")
    page.click(dialog.go)
    assert len(page.stored("enterprise", name="丁食品")) == 1


def test_what_was_copied_from_the_list_changes_nothing_when_pasted_back(page: ListPage) -> None:
    select(page, 3)
    page.page.keys.copy()
    page.settle()
    click(page, 0, "name")
    dialog = pasted(page, QGuiApplication.clipboard().text())
    assert rows(dialog.table) == []
    assert not dialog.go.isEnabled()


def test_an_empty_clipboard_is_said_and_a_read_only_window_pastes_nothing(
    page: ListPage, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("")
    page.page.keys.paste()
    assert page.said[-1][0] == "There is nothing on the clipboard to paste."
    second = ListPage(qtbot, workspace.opened(page.work.folder), "enterprise")
    QGuiApplication.clipboard().setText("x")
    second.page.keys.paste()
    assert second.dialog is None
    texts = {one.text(): one.isEnabled() for one in second.page.row_menu().actions()}
    assert not texts["Paste …"]
    assert texts["Copy"]
    second.close()
