"""批量导入 in the window: the words people know, a check before anything is written, a way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.list_drivers import ListPage, drop, school
from tests.ui.staging_drivers import Check
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services.staged import State
from xqhz_desktop.ui.dialogs.importing import ImportDialog
from xqhz_desktop.ui.models.staged_groups import rows_of
from xqhz_desktop.ui.pages.staging_body import StagingBody

HEADER = ("学号", "姓名", "性别", "班级", "联系电话")


def roster(path: Path, *rows: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[ListPage]:
    known = make(Student, name="张三", student_no="2024001", phone="13800000001")
    made = ListPage(qtbot, school(tmp_path / "school", [known]), "student")
    yield made
    made.close()


def dialog(page: ListPage) -> ImportDialog:
    page.click(page.page.head.import_button)
    found = page.dialog
    assert isinstance(found, ImportDialog)
    return found


def checked(page: ListPage, file: Path, *, update: bool = True) -> StagingBody:
    """Drop a file, press OK and return the check."""
    return Check(page, file, update=update).body


FILE = (
    ("2024001", "张三", "男", "24数控1班", "13800000009"),
    ("2024002", "李四", "女", "24数控1班", "13800000002"),
    ("2024003", "", "女", "24数控1班", "13800000003"),
)


def test_ok_waits_for_a_file_and_writes_nothing(page: ListPage, tmp_path: Path) -> None:
    asking = dialog(page)
    assert not asking.ok.isEnabled()
    drop(asking.drop, roster(tmp_path / "24级花名册（三月）.xlsx", *FILE))
    assert asking.drop._file.text() == "24级花名册（三月）.xlsx"
    page.click(asking.ok)
    page.settle()
    assert len(page.stored("student")) == 1


def test_the_check_tells_new_from_changed_and_wrong(page: ListPage, tmp_path: Path) -> None:
    check = checked(page, roster(tmp_path / "名册.xlsx", *FILE))
    assert [len(rows_of(check.staged, one)) for one in (State.NEW, State.CHANGED, State.ERROR)] == [
        1,
        1,
        1,
    ]
    assert check.foot.said.text() == "3 rows: 1 new, 1 changed, 1 with errors."
    assert check.chips.value == "needed"
    reasons = [check.model.cell(1, n).below for n in range(check.model.columnCount())]
    assert "Name must be filled in." in reasons


def test_the_import_says_what_it_did_and_can_be_undone(page: ListPage, tmp_path: Path) -> None:
    check = checked(page, roster(tmp_path / "名册.xlsx", *FILE))
    page.click(check.foot.go)
    assert check.foot.said.text() == "3 rows: 1 added, 1 updated, 1 failed."
    by_name = {one.called: one.values() for one in page.stored("student")}
    assert set(by_name) == {"张三", "李四"}
    assert by_name["张三"]["phone"] == "13800000009"
    page.click(check.foot.undo)
    left = page.stored("student")
    assert [(one.called, one.values()["phone"]) for one in left] == [("张三", "13800000001")]


def test_without_the_tick_known_people_stay_as_they_are(page: ListPage, tmp_path: Path) -> None:
    check = checked(page, roster(tmp_path / "名册.xlsx", *FILE), update=False)
    assert check.foot.go.text() == "Import 1 right row"
    page.click(check.foot.go)
    assert page.stored("student", student_no="2024001")[0].values()["phone"] == "13800000001"


def test_a_file_that_is_no_sheet_is_refused_in_words(page: ListPage, tmp_path: Path) -> None:
    asking = dialog(page)
    broken = tmp_path / "坏了.xlsx"
    broken.write_bytes(b"this is no workbook")
    drop(asking.drop, broken)
    page.click(asking.ok)
    assert asking._trouble.isVisible()
    assert asking._trouble.text()
    assert asking.ok.isEnabled()


def test_other_files_are_not_taken(page: ListPage, tmp_path: Path) -> None:
    asking = dialog(page)
    picture = tmp_path / "照片.png"
    picture.write_bytes(b"")
    drop(asking.drop, picture)
    assert not asking.ok.isEnabled()


def test_the_words_are_the_ones_people_know(qtbot: QtBot, tmp_path: Path) -> None:
    page = ListPage(qtbot, school(tmp_path / "zh"), "student", language="zh_CN")
    asking = dialog(page)
    words = {one.text() for one in asking.findChildren(QPushButton)}
    words |= {asking.update_box.text(), asking._only.text(), asking.drop.accessibleName()}
    assert {
        "将文件拖到此处，或点击上传",
        "是否更新已经存在的数据",
        "仅允许导入xls、xlsx格式文件。",
        "下载模板",
        "确定",
        "取消",
    } <= words
    asking.reject()
    page.close()
