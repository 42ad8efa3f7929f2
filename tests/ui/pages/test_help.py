"""F1: the handbook in the window, opened where it speaks of the page in front."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.drivers import Window
from tests.ui.school import small_school
from xqhz_desktop import paths
from xqhz_desktop.i18n import CODES
from xqhz_desktop.ui import handbook
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.pages.help import FITTING, HelpPage


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(qtbot, qapp, "zh_CN")
    made.open(small_school(tmp_path / "school"))
    yield made
    made.close()


def asked(window: Window, page: str) -> HelpPage:
    """Press F1 on a page."""
    window.go(page)
    window.shell.actions_by_name["help"].trigger()
    window.settle()
    front = window.shell.front()
    assert isinstance(front, HelpPage)
    return front


def titles(page: HelpPage) -> list[str]:
    return [page.list.item(place).text() for place in range(page.list.count())]


def test_f1_speaks_of_the_page_in_front(window: Window) -> None:
    assert asked(window, "reports").text.toPlainText().startswith("打印实习花名册")
    assert asked(window, "student").text.toPlainText().startswith("导入学生花名册")


def test_every_page_that_fits_is_in_the_handbook() -> None:
    assert set(FITTING) <= set(BY_NAME)
    for code in CODES:
        assert set(FITTING.values()) <= {one.name for one in handbook.topics(code)}


def test_the_contents_hold_every_page_and_are_searched_by_words(window: Window) -> None:
    page = asked(window, "today")
    assert len(titles(page)) == len(list(paths.resource("help", "zh_CN").glob("*.md"))) - 1
    page.search_box.setText("U 盘")
    assert "备份、恢复、检查和密码" in titles(page)
    assert "打印实习花名册" not in titles(page)
    page.search_box.setText("没有这样的字")
    assert titles(page) == []
    assert "手册里没有这些字。" in window.texts()


def test_a_link_leads_to_another_page_of_the_handbook(window: Window) -> None:
    page = asked(window, "today")
    page.text.anchorClicked.emit(QUrl("backup.md"))
    assert page.text.toPlainText().startswith("备份")
    assert page.list.currentItem().text() == "备份、恢复、检查和密码"


def test_the_handbook_changes_its_language_with_the_window(window: Window) -> None:
    page = asked(window, "reports")
    window.shell.languages.switch("en")
    assert page.text.toPlainText().startswith("Print the placement register")
    assert "First steps" in titles(page)
