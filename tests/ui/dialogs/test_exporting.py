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
from tests.ui.list_drivers import ListPage, school
from xqhz_desktop.domain.student import Student
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
    rows = written(page, export, tmp_path / "学生.xlsx")
    assert len(rows) == 3
    assert "张三" in rows[2]
    assert "13812345678" in rows[2]
    assert page.said[-1][0] == "1 row written to 学生.xlsx"


def test_for_the_public_private_numbers_are_covered(page: ListPage, tmp_path: Path) -> None:
    export = dialog(page)
    export.purposes[1].setChecked(True)
    rows = written(page, export, tmp_path / "公示.xlsx")
    assert "138****5678" in rows[2]


def test_without_a_column_there_is_nothing_to_write(page: ListPage) -> None:
    export = dialog(page)
    for place in range(export.columns.count()):
        export.columns.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert not export.ok.isEnabled()
    export.reject()
