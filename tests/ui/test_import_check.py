"""The check before an import in the whole window: navigation, Ctrl+Z and closing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.spreadsheets.files import ID_FEMALE, workbook
from tests.ui.drivers import Window
from tests.ui.school import small_school
from xqhz_desktop.services import history, importing
from xqhz_desktop.ui.pages.records import RecordsPage
from xqhz_desktop.ui.pages.staging import StagingPage
from xqhz_desktop.ui.widgets.buttons import Button

HEADER = ("学号", "姓名", "身份证号")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(qtbot, qapp, "en")
    made.open(small_school(tmp_path / "school"))
    yield made
    made.close()


def given(window: Window, folder: Path) -> StagingPage:
    """Give the page a file with one error, as an import does."""
    work = window.live.work
    file = workbook(folder / "名册.xlsx", HEADER, ("9001", "岑远", "1234"))
    staged = importing.stage(work, importing.understand(file, "student"))
    window.live.context.give("staging", staged)
    window.settle()
    page = window.shell.front()
    assert isinstance(page, StagingPage)
    return page


def row(window: Window) -> Button:
    found = window.shell.nav.findChild(Button, "nav-staging")
    assert isinstance(found, Button)
    return found


def test_an_open_file_stands_in_the_navigation_until_it_is_closed(
    window: Window, tmp_path: Path
) -> None:
    assert not row(window).isVisible()
    given(window, tmp_path)
    assert row(window).isVisible()
    window.go("enterprise")
    assert row(window).isVisible()
    page = window.go("staging")
    assert isinstance(page, StagingPage)
    assert page.body is not None
    window.press("Cancel")
    assert isinstance(window.shell.front(), RecordsPage)
    assert not row(window).isVisible()


def test_undo_takes_back_edits_of_the_file_and_never_other_work(
    window: Window, tmp_path: Path
) -> None:
    steps = len(history.steps(window.live.work))
    page = given(window, tmp_path)
    assert page.body is not None
    page.body.work.type(page.body.staged.rows[0], "id_no", ID_FEMALE)
    window.settle()
    assert page.body.staged.counts["errors"] == 0
    for _again in range(2):
        window.shell.actions_by_name["undo"].trigger()
        window.settle()
    assert page.body.staged.counts["errors"] == 1
    assert len(history.steps(window.live.work)) == steps


def test_the_window_asks_before_it_closes_over_edits(window: Window, tmp_path: Path) -> None:
    page = given(window, tmp_path)
    assert page.body is not None
    page.body.work.type(page.body.staged.rows[0], "id_no", ID_FEMALE)
    window.settle()
    window.go("enterprise")
    assert not window.shell.close()
    assert window.shell.isVisible()
    window.press("Close it")
    assert page.body is None
    assert window.shell.close()
