"""Export of a list: the rows in view, the columns ticked, covered for the public."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.drivers import clipped, unnamed
from tests.ui.list_drivers import ListPage, compose, school
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import layouts, workspace
from xqhz_desktop.ui.dialogs.exporting import ExportDialog


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[ListPage]:
    people = [make(Student, name=name, phone="13812345678") for name in ("张三", "李四")]
    made = ListPage(qtbot, school(tmp_path / "school", people), "student")
    yield made
    made.close()


def dialog(page: ListPage) -> ExportDialog:
    page.click(page.page.head.export_button)
    found = page.dialog
    assert isinstance(found, ExportDialog)
    return found


def written(page: ListPage, export: ExportDialog, path: Path) -> list[tuple[Any, ...]]:
    export.write(path)
    page.settle()
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return list(sheet.iter_rows(values_only=True))


def test_what_the_list_shows_is_ticked_and_written(page: ListPage, tmp_path: Path) -> None:
    page.search("张")
    export = dialog(page)
    assert {"name", "student_no", "school_class"} <= set(ticked(export))
    rows = written(page, export, tmp_path / "学生.xlsx")
    assert len(rows) == 3
    assert "张三" in rows[2]
    assert "13812345678" in rows[2]
    assert page.said[-1][0] == "1 row written to 学生.xlsx"


def test_for_the_public_private_numbers_are_covered(page: ListPage, tmp_path: Path) -> None:
    export = dialog(page)
    export.purposes[-1].setChecked(True)
    rows = written(page, export, tmp_path / "公示.xlsx")
    assert "138****5678" in rows[2]


def test_without_a_column_there_is_nothing_to_write(page: ListPage) -> None:
    export = dialog(page)
    for place in range(export.columns.count()):
        export.columns.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert not export.ok.isEnabled()
    export.reject()


def ticked(export: ExportDialog) -> list[str]:
    return list(export.chosen())


def test_everything_in_the_dialog_fits_and_has_a_name(page: ListPage) -> None:
    export = dialog(page)
    assert clipped(export) == []
    assert unnamed(export) == []


def test_columns_are_found_ordered_by_keyboard_and_written_in_that_order(
    page: ListPage, tmp_path: Path
) -> None:
    export = dialog(page)
    export.pick.choose(["name", "student_no", "phone"])
    export.columns.setFocus()
    export.columns.setCurrentRow(2)
    page.press(export.columns, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert ticked(export) == ["name", "phone", "student_no"]
    compose(export.pick.search_box, commit="class teacher")
    seen = [item.text() for item in export.pick._items() if not item.isHidden()]
    assert seen == ["Class: Class teacher", "Class: Class teacher: Department"]
    export.pick.choose(["school_class.head_teacher", "name"])
    assert written(page, export, tmp_path / "a.xlsx")[1] == ("Class teacher", "Name")


def test_a_layout_is_saved_by_name_and_begins_the_next_export(
    page: ListPage, tmp_path: Path
) -> None:
    export = dialog(page)
    export.pick.choose(["student_no", "name"])
    export.totals.setChecked(True)
    export.layouts.keep("花名册")
    page.settle()
    assert export.layouts.box.currentText() == "花名册"
    export.layouts.toggle_usual()
    page.settle()
    export.reject()
    page.settle()
    again = dialog(page)
    assert again.layouts.box.currentText() == "花名册"
    assert ticked(again) == ["student_no", "name"]
    assert again.totals.isChecked()
    again.layouts.box.setCurrentIndex(0)
    again.layouts.box.activated.emit(0)
    assert ticked(again)[0] == "name"
    assert not again.totals.isChecked()
    again.layouts.box.setCurrentIndex(1)
    again.layouts.box.activated.emit(1)
    rows = written(page, again, tmp_path / "a.xlsx")
    assert rows[-1] == ("Total: 2 rows", None)


def test_layouts_are_renamed_removed_given_away_and_taken_in(
    page: ListPage, tmp_path: Path
) -> None:
    export = dialog(page)
    export.pick.choose(["student_no", "name"])
    export.layouts.keep("a")
    page.settle()
    export.layouts.rename("b")
    page.settle()
    assert [one.name for one in export.layouts.some] == ["b"]
    export.layouts.write(str(tmp_path / "layouts.json"))
    page.settle()
    export.layouts.drop()
    page.settle()
    assert export.layouts.some == []
    export.layouts.read(str(tmp_path / "layouts.json"))
    page.settle()
    assert [one.name for one in export.layouts.some] == ["b"]
    assert page.said[-1][0] == "1 layout read"


def test_a_window_that_can_only_read_uses_layouts_and_saves_none(
    qtbot: QtBot, tmp_path: Path
) -> None:
    first = school(tmp_path / "school", [make(Student, name="张三")])
    layouts.keep(first, "student", "花名册", layouts.Chosen(("name",)))
    page = ListPage(qtbot, workspace.opened(tmp_path / "school"), "student")
    export = dialog(page)
    enabled = {one.text(): one.isEnabled() for one in export.layouts.menu().actions() if one.text()}
    assert enabled == {
        "Save as a layout …": False,
        "Save layouts to a file …": True,
        "Read layouts from a file …": False,
    }
    assert [one.name for one in export.layouts.some] == ["花名册"]
    page.close()
    workspace.close(first)
