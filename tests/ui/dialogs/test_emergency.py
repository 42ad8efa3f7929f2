"""The emergency card in the window: three keystrokes, large letters, copied and printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.drivers import Window
from tests.ui.school import small_school
from xqhz_desktop.ui.dialogs.emergency import EmergencyDialog
from xqhz_desktop.ui.dialogs.paper import PaperDialog


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(qtbot, qapp, "en")
    made.open(small_school(tmp_path / "school"))
    yield made
    made.close()


def opened(window: Window) -> EmergencyDialog:
    window.shell.actions_by_name["emergency"].trigger()
    window.settle()
    dialog = window.dialogs()[-1]
    assert isinstance(dialog, EmergencyDialog)
    return dialog


def test_initials_and_enter_show_whom_to_call(window: Window) -> None:
    dialog = opened(window)
    window.qtbot.keyClicks(dialog.search_box, "lyx")
    window.qtbot.keyClick(dialog.search_box, Qt.Key.Key_Return)
    window.settle()
    assert dialog.card is not None
    assert dialog.card.student.name == "李雅雪"
    assert {"李雅雪 甲班", "School"} <= window.texts()


def test_the_arrows_choose_among_those_found(window: Window) -> None:
    dialog = opened(window)
    window.qtbot.keyClicks(dialog.search_box, "w")
    window.settle()
    names = [dialog.list.item(n).text() for n in range(dialog.list.count())]
    window.qtbot.keyClick(dialog.search_box, Qt.Key.Key_Down)
    window.qtbot.keyClick(dialog.search_box, Qt.Key.Key_Return)
    window.settle()
    assert dialog.card is not None
    assert names[-1].startswith(dialog.card.student.name)


def test_escape_goes_back_to_the_search_and_then_closes(window: Window) -> None:
    dialog = opened(window)
    window.qtbot.keyClicks(dialog.search_box, "lyx")
    window.settle()
    dialog.open_first()
    window.settle()
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.card is None
    dialog.reject()
    assert window.dialogs() == []


def test_the_card_is_copied_and_shown_as_it_prints(window: Window) -> None:
    dialog = opened(window)
    window.qtbot.keyClicks(dialog.search_box, "lyx")
    window.qtbot.keyClick(dialog.search_box, Qt.Key.Key_Return)
    window.settle()
    window.press("Copy")
    assert "李雅雪" in QGuiApplication.clipboard().text()
    window.press("Print")
    assert any(isinstance(one, PaperDialog) for one in window.dialogs())


def test_who_is_found_by_nothing_has_no_card(window: Window) -> None:
    dialog = opened(window)
    window.qtbot.keyClicks(dialog.search_box, "qqq")
    window.qtbot.keyClick(dialog.search_box, Qt.Key.Key_Return)
    window.settle()
    assert dialog.card is None
    assert dialog.list.count() == 0
