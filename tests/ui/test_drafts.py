"""Nothing typed is lost: drafts, seen and used in the window, and a process killed in between."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.ui.drivers import Window
from tests.ui.list_drivers import ListPage, compose, school
from tests.ui.school import small_school
from xqhz_desktop.domain.school import SchoolClass
from xqhz_desktop.domain.student import Student
from xqhz_desktop.services import drafts, records, workspace
from xqhz_desktop.ui.dialogs.batch import BatchDialog
from xqhz_desktop.ui.pages.today import TodayPage
from xqhz_desktop.ui.widgets.draft_bar import DraftBar

ROOT = Path(__file__).resolve().parents[2]

TYPIST = """
import sys
from dataclasses import replace
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from xqhz_desktop.ui.start import painted
app = QApplication([])
session = painted(app, "en")
session.begin(Path(sys.argv[1]))

def commit(widget, text):
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)

def type_into(page):
    fields = page.pane.form.fields
    if sys.argv[2] == "new":
        page.add()
    for name, text in zip(sys.argv[3::2], sys.argv[4::2]):
        core = fields[name].editor.core
        core.setFocus()
        core.selectAll()
        for letter in text:
            commit(core, letter)
    QTimer.singleShot(3_000, lambda: print("typed three seconds ago", flush=True))

def wait():
    live = session.live
    page = session.shell.front()
    if live is None or not live.page:
        return
    if live.page != "student":
        live.go("student")
    elif getattr(page, "pane", None) and page.pane.row is not None:
        ticking.stop()
        type_into(page)

ticking = QTimer(interval=50)
ticking.timeout.connect(wait)
ticking.start()
app.exec()
"""


def killed(folder: Path, how: str, *typed: str) -> None:
    """Open a school in a process of its own, type into a student, kill it after three seconds."""
    process = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(folder), how, *typed],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "typed three seconds ago\n"
    finally:
        process.kill()  # SIGKILL: no goodbye, no last write
        process.communicate()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    made = Window(qtbot, qapp)
    yield made
    made.close()


def field(window: Window, name: str) -> str:
    core = window.shell.front().pane.form.fields[name].editor.core  # type: ignore[union-attr]
    return core.text() if isinstance(core, QLineEdit) else core.toPlainText()


def test_what_was_typed_before_a_kill_is_offered_and_comes_back(
    window: Window, tmp_path: Path
) -> None:
    folder = small_school(tmp_path / "school")
    killed(folder, "old", "name_pinyin", "G500008", "birth_date", "2008-1", "note", "周五回电")
    window.open(folder)
    assert isinstance(window.go("today"), TodayPage)
    assert "1 份未保存的草稿" in window.texts()
    bar = window.shell.front().findChild(DraftBar)  # type: ignore[union-attr]
    assert bar is not None
    assert bar.isVisible()
    (left,) = bar.some
    bar.wanted.emit(left)
    window.settle()
    page = window.shell.front()
    window.qtbot.waitUntil(lambda: page.pane.unsaved == 3, timeout=10_000)  # type: ignore[union-attr]
    assert field(window, "name_pinyin") == "G500008"
    assert field(window, "birth_date") == "2008-1"
    assert field(window, "note") == "周五回电"
    page.pane.revert()  # type: ignore[union-attr]
    window.settle()
    assert drafts.left(window.live.work) == []


def test_a_new_record_killed_before_it_was_saved_comes_back(window: Window, tmp_path: Path) -> None:
    folder = small_school(tmp_path / "school")
    killed(folder, "new", "name", "周小雨", "student_no", "20249999")
    window.open(folder)
    page = window.go("student")
    bar = page.findChild(DraftBar)
    assert bar is not None
    window.qtbot.waitUntil(bar.isVisible, timeout=10_000)
    bar.wanted.emit(bar.some[0])
    window.settle()
    assert field(window, "name") == "周小雨"
    page.pane.save()  # type: ignore[attr-defined]
    window.settle()
    with window.live.work.store.read() as reader:
        assert [one.name for one in reader.all("student", student_no="20249999")] == ["周小雨"]  # type: ignore[attr-defined]
    window.qtbot.waitUntil(lambda: not bar.some, timeout=10_000)
    folder = window.live.work.folder
    window.session.end()
    work = workspace.opened(folder)
    assert drafts.left(work) == []
    workspace.close(work)


@pytest.fixture
def typing(qtbot: QtBot, tmp_path: Path) -> Iterator[ListPage]:
    """A page with a draft an earlier session left."""
    room = make(SchoolClass, name="甲班")
    one = make(Student, name="张晨怡", student_no="1", name_pinyin="G1", id_no="")
    other = make(Student, name="李雅雪", student_no="2", id_no="", school_class=room.id)
    first = ListPage(qtbot, school(tmp_path / "school", [room, one, other]), "student")
    first.look_at("张晨怡")
    first.fill("name_pinyin", "G2")
    first.page.drafts.drafting.keep()
    first.close()
    page = ListPage(qtbot, workspace.opened(tmp_path / "school"), "student")
    yield page
    page.close()


def test_the_form_says_what_a_draft_changes_and_restores_it(typing: ListPage) -> None:
    note = typing.page.drafts.note
    typing.look_at("李雅雪")
    assert note.isHidden()
    typing.look_at("张晨怡")
    assert note.isVisible()
    assert note._lines.text() == "Pinyin of the name: G1 → G2"
    assert note._warning.isHidden()
    typing.click(note.restore_button)
    assert note.isHidden()
    assert typing.page.drafts.bar.isHidden()
    assert typing.page.pane.unsaved == 1
    typing.save()
    assert [one.name_pinyin for one in typing.stored("student", name="张晨怡")] == ["G2"]  # type: ignore[attr-defined]


def test_a_draft_warns_when_the_record_was_changed_since(typing: ListPage) -> None:
    (one,) = typing.stored("student", name="张晨怡")
    records.save(typing.work, one.but(name_pinyin="G5"))
    typing.settle()
    typing.look_at("张晨怡")
    note = typing.page.drafts.note
    assert note._lines.text() == "Pinyin of the name: G5 → G2"
    assert "Pinyin" in note._warning.text()
    assert note._warning.isVisible()


def test_a_discarded_draft_is_gone_and_the_record_as_it_was(typing: ListPage) -> None:
    typing.look_at("张晨怡")
    typing.click(typing.page.drafts.note.discard_button)
    assert typing.page.drafts.note.isHidden()
    assert typing.page.drafts.bar.isHidden()
    assert drafts.left(typing.work) == []
    assert typing.text("name_pinyin") == "G1"


def test_typing_again_does_not_overwrite_the_draft_left_behind(typing: ListPage) -> None:
    typing.look_at("张晨怡")
    typing.fill("name_pinyin", "G7")
    typing.page.drafts.drafting.keep()
    typing.settle()
    assert [left.draft.cells for left in drafts.left(typing.work)] == [{"name_pinyin": "G2"}]


def test_saving_and_reverting_leave_no_draft(typing: ListPage) -> None:
    drafts.drop(typing.work, *(left.draft.id for left in drafts.left(typing.work)))
    typing.look_at("李雅雪")
    for end in (typing.save, typing.page.pane.revert):
        typing.fill("name_pinyin", "G7" if end == typing.save else "G6")
        typing.page.drafts.drafting.keep()
        typing.settle()
        end()
        typing.settle()
        with typing.work.store.read() as reader:
            kept = reader.cursor.execute("SELECT count(*) FROM draft").fetchone()[0]
        assert kept == 0


def test_letters_are_kept_soon_after_the_first_and_not_only_when_typing_stops(
    typing: ListPage,
) -> None:
    typing.look_at("李雅雪")
    timer = typing.page.drafts.drafting._timer
    box = typing.page.pane.form.fields["name_pinyin"].editor.core
    compose(box, commit="1")
    begun = timer.remainingTime()
    compose(box, commit="2")
    assert timer.isActive()
    assert timer.interval() <= 3_000
    assert timer.remainingTime() <= begun


def left_behind(folder: Path, kind: str, name: str, text: str) -> None:
    """Leave a draft in the first record of a kind, as a crash does."""
    work = workspace.opened(folder)
    with work.store.read() as reader:
        one = next(reader.all(kind))
    begun = drafts.begun(work, kind, one.id)
    before = {name: drafts.cell_of(one, name)}
    drafts.keep(work, replace(begun, cells={name: text}, before=before))
    workspace.close(work)


def test_the_details_of_the_school_are_kept_and_restored_too(
    window: Window, tmp_path: Path
) -> None:
    folder = small_school(tmp_path / "school")
    left_behind(folder, "school", "short_name", "山河职校")
    window.open(folder)
    page = window.go("settings")
    window.press("恢复")
    form = page.school.form  # type: ignore[attr-defined]
    assert form.edits() == {"short_name": "山河职校"}
    form.fields["short_name"].editor.put("")
    window.settle()
    assert drafts.left(window.live.work) == []


def test_a_batch_that_was_typed_and_cancelled_leaves_no_draft(
    window: Window, tmp_path: Path
) -> None:
    window.open(small_school(tmp_path / "school"))
    page = window.go("allocation")
    page.add()  # type: ignore[attr-defined]
    window.settle()
    (dialog,) = window.dialogs()
    assert isinstance(dialog, BatchDialog)
    compose(dialog.form.fields["name"].editor.core, commit="第二批")
    dialog._drafting.keep()
    window.settle()
    assert kept(window) == 1
    dialog.reject()
    window.settle()
    assert kept(window) == 0


def kept(window: Window) -> int:
    with window.live.work.store.read() as reader:
        return int(reader.cursor.execute("SELECT count(*) FROM draft").fetchone()[0])


def test_a_second_window_can_neither_type_nor_see_drafts_nor_make_batches(
    window: Window, tmp_path: Path
) -> None:
    folder = small_school(tmp_path / "school")
    left_behind(folder, "student", "name_pinyin", "G2")
    first = workspace.opened(folder)
    window.open(folder)
    assert window.live.work.read_only
    today = window.go("today")
    assert not today.drafts.isVisible()  # type: ignore[attr-defined]
    assert not today._add.isEnabled()  # type: ignore[attr-defined]
    allocation = window.go("allocation")
    assert not allocation.add_button.isEnabled()  # type: ignore[attr-defined]
    assert not allocation.edit_button.isEnabled()  # type: ignore[attr-defined]
    allocation.add()  # type: ignore[attr-defined]
    assert window.dialogs() == []
    workspace.close(first)
