"""名单核对 in the window: which list, which file, and who differs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.services.lists import House, house
from tests.spreadsheets.files import workbook
from tests.ui.list_drivers import drop
from tests.ui.page_drivers import OnePage, rows
from xqhz_desktop.services.pairing import State
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.pages.compare import ComparePage

HEADER = ("学号", "姓名", "班级", "联系电话")
ROOM = "24机电1班"


@pytest.fixture
def school(tmp_path: Path) -> House:
    return house(tmp_path / "school")


@pytest.fixture
def page(qtbot: QtBot, school: House) -> Iterator[OnePage[ComparePage]]:
    made = OnePage(qtbot, school.work, ComparePage)
    yield made
    made.close()


def theirs(folder: Path, *some: tuple[str, ...]) -> Path:
    return workbook(folder / "保险名单.xlsx", HEADER, *some)


def usual(folder: Path) -> Path:
    return theirs(
        folder,
        ("20240100", "张晨怡", ROOM, "13800138000"),
        ("20240101", "李雅雪", ROOM, ""),
        ("20249999", "岑远", ROOM, ""),
    )


def held(page: OnePage[ComparePage], file: Path) -> None:
    drop(page.page.drop, file)
    page.settle()


def test_a_dropped_file_tells_who_is_where_and_what_differs(
    page: OnePage[ComparePage], tmp_path: Path
) -> None:
    held(page, usual(tmp_path))
    assert rows(page.page.table) == [
        ["王国伟 20240102 | 24机电1班", "Only here", "", "", "", ""],
        ["岑远 20249999 | 24机电1班", "Only in the file", "", "", "", "Row 4 名单"],
        ["张晨怡 20240100 | 24机电1班", "Differs", "Phone", "—", "13800138000", "Row 2 名单"],
        ["李雅雪 20240101 | 24机电1班", "Same", "", "", "", "Row 3 名单"],
    ]
    line = page.page._head.line.text()
    assert line.startswith("3 here, 3 in the file: 1 the same, 1 differ, 1 only here")


def test_chips_and_words_narrow_the_rows(page: OnePage[ComparePage], tmp_path: Path) -> None:
    held(page, usual(tmp_path))
    page.page.chips.choose(State.THERE)
    page.page.chips.chosen.emit(State.THERE)
    assert [row[0][:2] for row in rows(page.page.table)] == ["岑远"]
    page.page.chips.choose(None)
    page.page.search_box.setText("0101")
    page.page._on_filter()
    assert [row[0][:3] for row in rows(page.page.table)] == ["李雅雪"]


def test_a_list_comes_as_it_is_filtered(
    page: OnePage[ComparePage], school: House, tmp_path: Path
) -> None:
    wanted = Query("student", where=(Where("student_no", "=", "20240101"),))
    page.page.show_query(wanted)
    assert "Students: only those the list shows" in page.texts
    held(page, usual(tmp_path))
    assert page.page.done is not None
    assert page.page.done.here == 1
    page.press("Take the whole list")
    held(page, usual(tmp_path))
    assert page.page.done.here == 3


def test_the_placements_are_a_list_of_persons_too(
    page: OnePage[ComparePage], tmp_path: Path
) -> None:
    page.press("Placement list")
    held(page, usual(tmp_path))
    assert page.page.done is not None
    assert page.page.done.counts[State.HERE] == 1


def test_the_differences_are_saved_as_a_sheet_and_looked_at_on_paper(
    page: OnePage[ComparePage], tmp_path: Path
) -> None:
    held(page, usual(tmp_path))
    page.press("Export")
    asked = page.front
    assert isinstance(asked, QFileDialog)
    asked.fileSelected.emit(str(tmp_path / "out.xlsx"))
    asked.reject()
    page.settle()
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert [row[1].value for row in sheet.iter_rows(min_row=3)] == ["王国伟", "岑远", "张晨怡"]
    page.press("Print")
    dialog = page.front
    assert isinstance(dialog, PaperDialog)
    assert "3 persons, 1 page" in page.texts
    page.press("Close")


def test_lists_that_agree_say_so_and_a_letter_is_refused(
    page: OnePage[ComparePage], tmp_path: Path
) -> None:
    letter = tmp_path / "信.csv"
    letter.write_text("敬启者\n", encoding="utf-8")
    held(page, letter)
    assert page.page._trouble.isVisible()
    everybody = ("张晨怡", "李雅雪", "王国伟")
    some = [(f"2024010{n}", name, ROOM, "") for n, name in enumerate(everybody)]
    held(page, theirs(tmp_path, *some))
    assert page.page.done is not None
    assert page.page.done.agree
    assert not page.page._trouble.isVisible()


def test_a_double_click_opens_the_person(page: OnePage[ComparePage], tmp_path: Path) -> None:
    went: list[tuple[str, str]] = []
    page.context.wanted.connect(lambda name, _query, record, _command: went.append((name, record)))
    held(page, usual(tmp_path))
    page.page.table.selectRow(0)
    page.page.table.opened.emit()
    assert went[0][0] == "student"
    page.page.table.selectRow(1)
    page.page.table.opened.emit()
    assert len(went) == 1
