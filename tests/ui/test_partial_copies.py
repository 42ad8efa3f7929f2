"""Partial copies, renewals and copied computers in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.make import make
from tests.services.laptops import imaged
from tests.ui.drivers import SIZES, Window, clipped, too_small, unnamed
from tests.ui.exchange import LAPTOP, Pair, edit
from tests.ui.page_drivers import rows
from tests.ui.sync_drivers import Sync
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School
from xqhz_desktop.domain.staff import Staff
from xqhz_desktop.i18n import CODES, Message
from xqhz_desktop.services import enrolling, excerpts, exchanging, records, syncing, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.dialogs.devices import SafeDialog, WordsDialog
from xqhz_desktop.ui.dialogs.handover import HandoverDialog
from xqhz_desktop.ui.dialogs.part import PartDialog
from xqhz_desktop.ui.dialogs.person import HearingDialog, LeavingDialog


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    made = Window(qtbot, qapp, "en")
    yield made
    made.close()


def first(work: Work, kind: str) -> Any:
    with work.store.read() as reader:
        return min(reader.all(kind), key=lambda one: one.id)


def teacher(pair: Pair) -> tuple[Work, Record]:
    """A class teacher's computer with the class of the first student."""
    with pair.office.store.read() as reader:
        student = next(one for one in reader.all("student") if one.school_class)  # type: ignore[attr-defined]
    work = workspace.join(pair.folder / "teacher")
    request, answer = pair.folder / "t.xqask", pair.folder / "t.xqanswer"
    enrolling.request(work, request, "班主任")
    enrolling.admit(pair.office, request, answer, part=[student.school_class])  # type: ignore[attr-defined]
    enrolling.accept(work, answer)
    part = excerpts.make(pair.office, pair.folder / "part.xqhz", to="班主任").files[0]
    syncing.take_in(work, part)
    return work, student


def test_a_computer_is_admitted_for_a_part_in_the_window(window: Window, pair: Pair) -> None:
    other = workspace.join(pair.folder / "other")
    enrolling.request(other, pair.folder / "other.xqask", "班主任")
    home = first(pair.office, "school_class")
    window.open(pair.close()[0])
    page = Sync(window)
    page.tab("Computers")
    window.press("Admit a computer …")
    page.choose(pair.folder / "other.xqask")
    window.press("The same: admit …")
    (dialog,) = [one for one in window.dialogs() if isinstance(one, PartDialog)]
    dialog.part.setChecked(True)
    dialog.kind.setCurrentIndex(1)
    assert not dialog.next_button.isEnabled()
    dialog.seeks["school_class"].put(home.id, home.name)
    dialog.seeks["school_class"].changed.emit()
    window.press("Choose where …")
    page.choose(pair.folder / "other.xqanswer")
    assert f"班主任 Partial copy: {home.name}" in [row[0] for row in page.tab("Computers")]
    page.page.tables.devices.selectRow(2)
    window.press("Give its part …")
    page.choose(pair.folder / "part.xqhz")
    enrolling.accept(other, pair.folder / "other.xqanswer")
    assert syncing.take_in(other, pair.folder / "part.xqhz").changes > 0
    workspace.close(other)


def test_what_comes_back_is_looked_at_with_what_is_refused(window: Window, pair: Pair) -> None:
    copy, student = teacher(pair)
    with copy.store.change(Message("Test"), copy.actor) as change:
        change.put(student.but(note="家访过"))
        home = change.get("school_class", student.school_class)  # type: ignore[attr-defined]
        assert home is not None
        change.put(home.but(note="改了"))
    file = syncing.make(copy, pair.folder / "back.xqhz").files[0]
    workspace.close(copy)
    window.open(pair.close()[0])
    page = Sync(window)
    page.drop(file)
    told = rows(page.page.package.records)
    assert any("refused" in row[1] and "not in the part" in row[2] for row in told)
    window.press("Take in this package")
    assert "1 change taken in." in page.texts
    assert "1 record was refused." in page.texts


def test_a_copy_gives_back_in_the_window(window: Window, pair: Pair) -> None:
    copy, student = teacher(pair)
    edit(copy, student, note="家访过")
    workspace.close(copy)
    window.open(pair.folder / "teacher")
    page = Sync(window)
    assert any(text.startswith("Partial copy: ") for text in page.texts)
    assert "Exchange now" not in page.texts
    window.press("Give back what was changed …")
    page.choose(pair.folder / "back.xqhz")
    assert syncing.take_in(pair.office, pair.folder / "back.xqhz").changes == 1
    pair.close()


def test_a_copied_computer_is_settled_by_one_button(
    window: Window, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.close(pair.laptop)
    image = pair.folder / "image"
    imaged(pair.folder / "laptop", image)
    pair.laptop = workspace.opened(pair.folder / "laptop")
    edit(pair.laptop, host(pair.laptop), address="山河路 1 号")
    exchanging.with_folder(pair.laptop, pair.stick)
    exchanging.with_folder(pair.office, pair.stick)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XQHZ_CONFIG", str(image / "settings"))
        twin = workspace.opened(image / "data")
        edit(twin, host(twin), address="山河路 2 号")
        syncing.take_in(pair.office, syncing.make(twin, image / "twin.xqhz").files[0])
        workspace.close(twin)
    edit(pair.laptop, host(pair.laptop), address="山河路 3 号")
    syncing.take_in(pair.office, syncing.make(pair.laptop, image / "next.xqhz").files[0])
    assert host(pair.office).address == "山河路 1 号"
    window.open(pair.close()[0])
    page = Sync(window)
    assert len(page.tab("Waiting")) == 2
    window.press("What is here counts …")
    assert any(LAPTOP in text and "nothing is lost" in text for text in page.texts)
    window.press("What is here counts")
    assert host(window.live.work).address == "山河路 3 号"
    assert [row[1] for row in page.tab("Waiting")] == ["1 change set aside"]


def test_an_admission_is_renewed_in_the_window(window: Window, pair: Pair) -> None:
    window.open(pair.close()[0])
    page = Sync(window)
    page.tab("Computers")
    page.page.tables.devices.selectRow(1)
    window.press("Renew")
    assert any(text.startswith(f"“{LAPTOP}” takes part until") for text in page.texts)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off_where_a_part_is_chosen(
    qtbot: QtBot, qapp: QApplication, pair: Pair, size: tuple[int, int], code: str
) -> None:
    place = Window(qtbot, qapp, code)
    place.open(pair.close()[0])
    place.shell.resize(*size)
    page = Sync(place)
    dialog = PartDialog(page.page, page.page._context, "班主任", lambda part: None)
    dialog.open()
    place.settle()
    assert not clipped(dialog)
    assert not unnamed(dialog)
    assert not too_small(dialog)
    dialog.close()
    place.close()


def host(work: Work) -> Enterprise:
    found = first(work, "enterprise")
    assert isinstance(found, Enterprise)
    return found


def test_the_safe_brings_the_school_back_in_the_window(
    window: Window, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = len(list_of(pair.office, "student"))
    window.open(pair.close()[0])
    page = Sync(window)
    page.tab("Computers")
    page.page.tables.devices.selectRow(0)
    window.press("Fill the safe …")
    page.choose(pair.folder / "safe" / "key.xqkey")
    dialog = window.dialogs()[-1]
    assert isinstance(dialog, WordsDialog)
    words = dialog.words.text()
    window.press("They are on paper")
    monkeypatch.setenv("XQHZ_CONFIG", str(pair.folder / "another computer"))
    workspace.close(workspace.join(pair.folder / "new"))
    window.open(pair.folder / "new")
    page = Sync(window)
    window.press("The school's computer is gone: open the safe")
    page.choose(pair.folder / "safe" / "key.xqkey")
    asked = window.dialogs()[-1]
    assert isinstance(asked, SafeDialog)
    asked.words.setPlainText(words)
    asked.name.setText("教务处（新）")
    window.press("Open the safe")
    assert page.tab("Computers")[-1][0] == "教务处（新） This computer"
    assert len(list_of(window.live.work, "student")) == many


def list_of(work: Work, kind: str) -> list[Record]:
    with work.store.read() as reader:
        return list(reader.all(kind))


def test_a_student_goes_to_another_school_in_the_window(window: Window, pair: Pair) -> None:
    student = first(pair.office, "student")
    other = workspace.create(pair.folder / "other", School(name="霁川职校"))
    workspace.close(other)
    window.open(pair.close()[0])
    page = Sync(window)
    page.tab("Packages")
    window.press("Student to another school …")
    leaving = window.dialogs()[-1]
    assert isinstance(leaving, LeavingDialog)
    leaving.student.put(student.id, student.name)
    leaving.student.changed.emit()
    window.press("Choose where …")
    page.choose(pair.folder / "student.xqperson")
    dialog = window.dialogs()[-1]
    assert isinstance(dialog, WordsDialog)
    words = dialog.words.text()
    window.press("Close")
    window.open(pair.folder / "other")
    page = Sync(window)
    page.page.persons.receive()
    page.choose(pair.folder / "student.xqperson")
    hearing = window.dialogs()[-1]
    assert isinstance(hearing, HearingDialog)
    hearing.line.setText(words)
    window.press("Look into it")
    assert any(text.startswith(f"{student.name}, from") for text in page.texts)
    window.press("Take in")
    assert [one.called for one in list_of(window.live.work, "student")] == [student.name]


def test_a_successor_takes_over_in_the_window(window: Window, pair: Pair) -> None:
    old, new = make(Staff, name="周老师"), make(Staff, name="吴老师")
    records.save(pair.office, old)
    records.save(pair.office, new)
    home = first(pair.office, "school_class")
    edit(pair.office, home, head_teacher=old.id)
    window.open(pair.close()[0])
    page = Sync(window)
    page.tab("Computers")
    page.page.tables.devices.selectRow(0)
    window.press("Hand over …")
    dialog = window.dialogs()[-1]
    assert isinstance(dialog, HandoverDialog)
    dialog.leaver.put(old.id, old.name)
    dialog.leaver.changed.emit()
    window.settle()
    assert home.name in dialog.open_list.toPlainText()
    dialog.heir.put(new.id, new.name)
    dialog.heir.changed.emit()
    window.press("Hand over")
    assert first(window.live.work, "school_class").head_teacher == new.id


@pytest.mark.parametrize("code", CODES)
def test_nothing_is_cut_off_or_covered_where_a_successor_is_chosen(
    qtbot: QtBot, qapp: QApplication, pair: Pair, code: str
) -> None:
    place = Window(qtbot, qapp, code)
    place.open(pair.close()[0])
    page = Sync(place)
    page.page.handover.open()
    place.settle()
    dialog = place.dialogs()[-1]
    assert isinstance(dialog, HandoverDialog)
    assert not clipped(dialog)
    assert not unnamed(dialog)
    assert dialog.open_list.geometry().bottom() < dialog.heir.geometry().top()
    dialog.close()
    place.close()
