"""First steps: the sample school, a school of one's own, a locked one, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.drivers import Window
from tests.ui.school import small_school
from xqhz_desktop.services import backups, records, settings, workspace
from xqhz_desktop.services.settings import Computer
from xqhz_desktop.ui.dialogs.new_school import NewSchool
from xqhz_desktop.ui.dialogs.opening import Unlock
from xqhz_desktop.ui.dialogs.welcome import Welcome
from xqhz_desktop.ui.pages.records import RecordsPage
from xqhz_desktop.ui.pages.settings import SettingsPage


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    made = Window(qtbot, qapp, "en")
    yield made
    made.close()


def test_on_the_first_day_three_ways_are_offered(window: Window) -> None:
    window.session.begin()
    window.settle()
    gate = window.shell.front()
    assert isinstance(gate, Welcome)
    for way in (gate.sample, gate.new, gate.folder):
        assert way.isVisible()
    assert not window.shell.nav.isEnabled()


def test_a_school_of_ones_own_takes_a_name_and_one_click(window: Window, tmp_path: Path) -> None:
    window.session.begin()
    window.press("Set up my school")
    gate = window.shell.front()
    assert isinstance(gate, NewSchool)
    gate.school.setText("霁川职校")
    gate.person.setText("周敏")
    gate.folder.setText(str(tmp_path / "霁川 学校"))
    window.press("Create the school")
    live = window.live
    assert live.work.actor.name == "周敏"
    with live.work.store.read() as reader:
        assert [one.called for one in reader.all("school")] == ["霁川职校"]
    assert "1. Bring in the students" in window.texts()


def test_a_school_without_a_name_is_not_made(window: Window, tmp_path: Path) -> None:
    window.session.begin()
    window.press("Set up my school")
    window.press("Create the school")
    assert "Give the school a name." in window.texts()
    assert window.session.live is None


def test_two_different_passphrases_are_refused(window: Window, tmp_path: Path) -> None:
    window.session.begin()
    window.press("Set up my school")
    gate = window.shell.front()
    assert isinstance(gate, NewSchool)
    gate.school.setText("霁川职校")
    gate.folder.setText(str(tmp_path / "school"))
    gate.passphrase.setText("one")
    gate.again.setText("two")
    window.press("Create the school")
    assert "The two passphrases differ. Type the same one twice." in window.texts()
    assert not (tmp_path / "school").exists()


def test_a_folder_that_holds_a_school_already_is_refused(window: Window, tmp_path: Path) -> None:
    folder = small_school(tmp_path / "school")
    window.session.begin()
    window.press("Set up my school")
    gate = window.shell.front()
    assert isinstance(gate, NewSchool)
    gate.school.setText("霁川职校")
    gate.folder.setText(str(folder))
    window.press("Create the school")
    assert any("already a workspace" in text for text in window.texts())
    assert gate.make.isEnabled()


def test_a_locked_school_opens_with_its_passphrase(window: Window, tmp_path: Path) -> None:
    folder = small_school(tmp_path / "school", passphrase="小心火烛")
    window.open(folder)
    gate = window.shell.front()
    assert isinstance(gate, Unlock)
    gate.passphrase.setText("wrong")
    window.press("Open")
    assert window.session.live is None
    assert gate.open.isEnabled()
    gate.passphrase.setText("小心火烛")
    window.press("Open")
    assert window.session.live is not None


def test_a_folder_without_a_school_leads_on(window: Window, tmp_path: Path) -> None:
    window.open(tmp_path / "nothing")
    assert any("There is no workspace" in text for text in window.texts())
    window.press("Open another school or folder")
    assert isinstance(window.shell.front(), Welcome)


def test_the_second_window_says_it_can_only_read(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = small_school(tmp_path / "school")
    first = workspace.opened(folder)
    try:
        window.open(folder)
        assert any(text.startswith("Read only") for text in window.texts())
    finally:
        workspace.close(first)


def test_the_sample_school_wears_a_frame(window: Window, tmp_path: Path) -> None:
    window.open(small_school(tmp_path / "school", sample=True))
    assert any(text.startswith("Sample school") for text in window.texts())
    window.press("Set up my own school")
    assert isinstance(window.shell.front(), Welcome)
    window.press("Back to the open school")
    assert window.session.live is not None
    assert window.shell.nav.isEnabled()


def test_another_school_takes_the_place_of_the_first(window: Window, tmp_path: Path) -> None:
    window.open(small_school(tmp_path / "one"))
    window.session.open(small_school(tmp_path / "two"))
    window.settle()
    assert window.live.work.folder == tmp_path / "two"
    assert not workspace.opened(tmp_path / "one").read_only


def test_a_backup_takes_the_place_of_the_data_and_the_school_opens_again(
    window: Window, tmp_path: Path
) -> None:
    folder = small_school(tmp_path / "school")
    window.open(folder)
    backup = backups.make(window.live.work)
    with window.live.work.store.read() as reader:
        student = next(iter(reader.all("student")))
    records.save(window.live.work, student.but(name="改过"))
    page = window.go("settings")
    assert isinstance(page, SettingsPage)
    page.show_part("data")
    page.data._on_source(str(backup))  # as the file dialog does
    assert any("before-restore" in text for text in window.texts())
    window.press("Restore")
    with window.live.work.store.read() as reader:
        assert reader.get("student", student.id) == student
    assert list((folder / "backups").glob("before-restore-*"))


def test_damaged_data_is_replaced_by_the_newest_backup(window: Window, tmp_path: Path) -> None:
    folder = small_school(tmp_path / "school")
    work = workspace.opened(folder)
    backup = backups.make(work)
    workspace.close(work)
    (folder / "school.db").write_bytes(b"nothing of a database" * 400)
    window.open(folder)
    assert window.session.live is None
    window.press(f"Restore the newest backup: {backup.name}")
    assert window.session.live is not None
    with window.live.work.store.read() as reader:
        assert reader.count("student") == 5


def test_where_nothing_can_be_written_nothing_can_be_typed(window: Window, tmp_path: Path) -> None:
    folder = small_school(tmp_path / "school")
    first = workspace.opened(folder)
    try:
        window.open(folder)
        page = window.go("student")
        assert isinstance(page, RecordsPage)
        window.qtbot.waitUntil(lambda: bool(page.pane.form.fields), timeout=10_000)
        name = page.pane.form.fields["name"].editor
        before = name.value()
        window.qtbot.keyClicks(name.core, "x")
        assert name.value() == before
        assert page.may_leave()
    finally:
        workspace.close(first)


def test_a_school_is_shown_in_the_language_it_was_left_in(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = small_school(tmp_path / "school")
    chinese = Window(qtbot, qapp, "en")
    chinese.open(folder)
    chinese.shell.languages.switch("zh_CN")
    chinese.close()
    settings.save(Computer(language="en"))  # another computer

    again = Window(qtbot, qapp, "")
    assert again.shell.languages.language.code == "en"
    again.open(folder)
    assert again.shell.languages.language.code == "zh_CN"
    again.close()

    asked = Window(qtbot, qapp, "en")
    asked.open(folder)
    assert asked.shell.languages.language.code == "en"
    asked.close()


def test_a_computer_that_joins_a_school_begins_empty_and_asks_under_sync(
    window: Window, tmp_path: Path
) -> None:
    window.session.begin()
    window.press("Join a school")
    gate = window.shell.front()
    assert isinstance(gate, NewSchool)
    assert not gate.school.isVisible()
    gate.folder.setText(str(tmp_path / "笔记本"))
    window.press("Go on")
    with window.live.work.store.read() as reader:
        assert not list(reader.all("school"))
    window.go("sync")
    assert "Ask to be admitted" in window.texts()
