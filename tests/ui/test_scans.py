"""Filing scans in the window: dropped, watched, assigned by hand, filed, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.placements import SmallSchool
from tests.services.test_assessing import place
from tests.services.test_scan_filing import stack
from tests.ui.page_drivers import OnePage
from xqhz_desktop.domain.marker import Mark
from xqhz_desktop.ui.dialogs.assigning import AssignDialog
from xqhz_desktop.ui.pages.scans import ScansPage

Opened = Callable[[], OnePage[ScansPage]]


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    return SmallSchool(tmp_path / "school")


@pytest.fixture
def opened(qtbot: QtBot, school: SmallSchool) -> Iterator[Opened]:
    made: list[OnePage[ScansPage]] = []

    def start() -> OnePage[ScansPage]:
        made.append(OnePage(qtbot, school.work, ScansPage))
        return made[0]

    yield start
    for one in made:
        one.close()


def drop(page: OnePage[ScansPage], *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    left, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    entered = QDragEnterEvent(QPoint(9, 9), copy, data, left, plain)
    QApplication.sendEvent(page.page, entered)
    assert entered.isAccepted()
    fallen = QDropEvent(QPointF(9, 9), copy, data, left, plain)
    QApplication.sendEvent(page.page, fallen)
    page.settle()


def test_a_dropped_stack_is_shown_and_filed(
    school: SmallSchool, opened: Opened, tmp_path: Path
) -> None:
    leg = place(school, *school.students(1))
    mark = Mark("placement", leg.id, "agreement").text
    page = opened()
    drop(page, stack(tmp_path / "stack.pdf", mark, ""))
    assert "no readable code  1" in page.texts
    page.press("File 1 page")
    (made,) = page.stored("attachment", owner=leg.id)
    assert page.said[-1] == ("1 scanned page filed", True)
    assert "no readable code  1" in page.texts  # it waits on
    assert made


def test_a_page_without_code_is_assigned_by_hand(
    school: SmallSchool, opened: Opened, tmp_path: Path
) -> None:
    (student,) = school.students(1, name="林冲")
    page = opened()
    drop(page, stack(tmp_path / "stack.pdf", ""))
    page.press("Assign by hand")
    dialog = page.front
    assert isinstance(dialog, AssignDialog)
    page.press("Assign")
    assert "Say which record the pages belong to." in page.texts
    dialog.choose("student", student, "林冲")
    page.press("Assign")
    page.press("File 1 page")
    assert page.stored("attachment", owner=student)


def test_a_watched_folder_brings_new_scans_once(
    school: SmallSchool, opened: Opened, tmp_path: Path
) -> None:
    folder = tmp_path / "scanner"
    folder.mkdir()
    stack(folder / "a.pdf", "")
    page = opened()
    page.page.watch_folder(str(folder))
    page.settle()
    stack(folder / "b.pdf", "")
    page.page.refresh()
    page.settle()
    page.page.refresh()
    page.settle()
    assert [one.file for one in page.page.table.told.rows] == ["a.pdf", "b.pdf"]
    assert any(str(folder) in text for text in page.texts)


def test_what_is_no_scan_is_said_in_one_sentence(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_text("no scan")
    page = opened()
    drop(page, tmp_path / "letter.pdf")
    assert "letter.pdf is no PDF" in page.said[-1][0]


def test_leaving_a_page_out_touches_no_file(opened: Opened, tmp_path: Path) -> None:
    file = stack(tmp_path / "stack.pdf", "")
    page = opened()
    drop(page, file)
    page.press("Leave out")
    assert page.page.table.told.rows == []
    assert file.exists()
