"""The window with a school open: pages, Ctrl+K, undo, languages, themes, the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.drivers import Shouting, Window
from tests.ui.school import NAMES, small_school
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records
from xqhz_desktop.ui.pages import PAGES

OURS = ("today", "history", "settings")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(qtbot, qapp, "en")
    made.open(small_school(tmp_path / "school"))
    yield made
    made.close()


def test_every_page_opens(window: Window) -> None:
    for page in PAGES:
        window.go(page.name)
        assert window.live.page == page.name


def test_a_language_switch_needs_no_restart(window: Window) -> None:
    for page in OURS:
        window.go(page)
        english = window.texts()
        window.shell.languages.switch("zh_CN")
        window.settle()
        chinese = window.texts()
        window.shell.languages.switch("en")
        window.settle()
        assert window.texts() == english
        words = {text for text in english & chinese if any("a" <= c <= "z" for c in text)}
        assert words <= {"Ctrl K", "English", str(window.live.work.folder)}


def test_no_text_was_forgotten_in_translation(window: Window) -> None:
    data = {"Ctrl K", "English", "Resident ID card"}  # the last is a name of a code table
    for page in OURS:
        window.go(page)
        window.shell.languages.speak(Shouting())
        window.settle()
        quiet = {text for text in window.texts() if any("a" <= c <= "z" for c in text)}
        folder = str(window.live.work.folder)
        assert {
            text for text in quiet - data if folder not in text and ".xqbak" not in text
        } == set()
        window.shell.languages.switch("en")


def test_a_theme_switch_keeps_the_page(window: Window) -> None:
    window.go("history")
    window.shell.theme.switch("dark")
    window.settle()
    assert window.live.page == "history"


def test_ctrl_k_finds_pages_commands_and_people(window: Window) -> None:
    assert "Student roster" in window.palette("roster")
    assert "Back up the data now" in window.palette("back up")
    assert NAMES[0] in window.palette("zcy")


def test_ctrl_k_goes_where_enter_says(window: Window) -> None:
    window.palette("history")
    edit = window.live.palette.findChild(QLineEdit)
    window.qtbot.keyClick(edit, Qt.Key.Key_Return)
    window.settle()
    assert window.live.page == "history"
    assert not window.live.palette.isVisible()


def test_escape_gives_the_keyboard_back(window: Window) -> None:
    window.shell.activateWindow()
    window.shell.nav.take_focus()
    before = window.shell.focusWidget()
    window.palette("x")
    edit = window.live.palette.findChild(QLineEdit)
    window.qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert not window.live.palette.isVisible()
    assert window.shell.focusWidget() is before


def test_words_still_being_composed_are_not_searched(window: Window) -> None:
    offered = window.palette("")
    edit = window.live.palette.findChild(QLineEdit)
    assert edit is not None
    QApplication.sendEvent(edit, QInputMethodEvent("zhang", []))
    assert window.offered() == offered
    done = QInputMethodEvent()
    done.setCommitString(NAMES[0])
    QApplication.sendEvent(edit, done)
    window.settle()
    assert window.offered() == [NAMES[0]]


def test_undo_and_redo_reach_the_data(window: Window) -> None:
    live = window.live
    with live.work.store.read() as reader:
        student = next(one for one in reader.all("student") if one.called == NAMES[0])
    records.save(live.work, student.but(name="张晨"))
    window.shell.actions_by_name["undo"].trigger()
    window.settle()
    with live.work.store.read() as reader:
        assert reader.get("student", student.id) == student
    assert any(text.startswith("Undone") for text in window.texts())
    window.shell.actions_by_name["redo"].trigger()
    window.settle()
    with live.work.store.read() as reader:
        assert reader.names("student", [student.id]) == {student.id: "张晨"}


def test_a_message_with_a_way_back_takes_it(window: Window) -> None:
    live = window.live
    with live.work.store.read() as reader:
        student = next(one for one in reader.all("student") if one.called == NAMES[0])
    records.save(live.work, student.but(name="张晨"))
    live.context.say(Message("All changes are saved"), undo=True)
    window.press("Undo")
    with live.work.store.read() as reader:
        assert reader.get("student", student.id) == student


def test_a_change_is_told_at_the_foot(window: Window) -> None:
    live = window.live
    with live.work.store.read() as reader:
        student = next(iter(reader.all("student")))
    records.save(live.work, student.but(name="张晨"))
    window.settle()
    assert any(text.startswith("All changes saved") for text in window.texts())


def test_f6_walks_through_the_regions(window: Window) -> None:
    window.shell.activateWindow()
    window.shell.nav.take_focus()
    reached = []
    for _ in range(4):
        window.shell.actions_by_name["next_region"].trigger()
        reached.append(window.shell.focusWidget())
    assert None not in reached
    assert window.shell.nav.isAncestorOf(reached[-1])


def test_arrows_walk_through_the_navigation(window: Window) -> None:
    window.shell.activateWindow()
    window.shell.nav.take_focus()
    first = window.shell.focusWidget()
    window.qtbot.keyClick(first, Qt.Key.Key_Down)
    second = window.shell.focusWidget()
    assert second is not first
    window.qtbot.keyClick(second, Qt.Key.Key_Space)
    window.settle()
    assert window.live.page == PAGES[1].name


def test_a_backup_is_made_from_ctrl_k(window: Window) -> None:
    live = window.live
    before = set((live.work.folder / "backups").glob("*"))
    window.shell.actions_by_name["backup"].trigger()
    window.settle()
    assert any(text.startswith("Backed up to") for text in window.texts())
    assert set((live.work.folder / "backups").glob("*")) >= before
