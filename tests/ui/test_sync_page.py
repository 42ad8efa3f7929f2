"""同步 in the window: two computers, a stick between them, and everything that can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.drivers import SIZES, Window, clipped, too_small, unnamed
from tests.ui.exchange import LAPTOP, OFFICE, Pair, edit
from tests.ui.school import small_school
from tests.ui.sync_drivers import Conflicts, Sync
from xqhz_desktop.domain.enterprise import Enterprise
from xqhz_desktop.i18n import CODES
from xqhz_desktop.services import enrolling, records, syncing, workspace
from xqhz_desktop.services.exchanging import Server
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.sync import certificates, envelope, package, trust
from xqhz_desktop.sync.certificates import Role
from xqhz_desktop.sync.trust import Keyring


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    made = Window(qtbot, qapp, "en")
    yield made
    made.close()


def host(work: Work) -> Enterprise:
    with work.store.read() as reader:
        found = next(reader.all("enterprise"))
    assert isinstance(found, Enterprise)
    return found


def test_two_windows_edit_the_same_week_and_agree_in_the_end(
    qtbot: QtBot, qapp: QApplication, pair: Pair
) -> None:
    pair.disagree()
    one, other = (Window(qtbot, qapp, "en") for _ in range(2))
    for window, folder in zip((one, other), pair.close(), strict=True):
        window.open(folder)
    office, laptop = Sync(one), Sync(other)
    assert "4 changes are not sent yet" in " ".join(office.texts)
    for side in (office, laptop, office):
        side.exchange()
    assert "Settle the conflicts" in laptop.texts
    mine, theirs = Conflicts(one), Conflicts(other)
    assert len(mine.records) == len(theirs.records) == 3
    assert mine.fields == theirs.fields == ["end_date", "status", "allowance", "note"]
    mine.use("allowance", mine=False)
    mine.use("status", mine=True)
    mine.save()
    assert mine.fields == ["note"]  # the dates went with the status: they move together
    office.exchange()
    laptop.exchange()
    theirs = Conflicts(other)
    assert theirs.fields == ["note"]
    assert "1 change taken in" in " ".join(Sync(other).texts)
    for place in (one, other):
        place.close()


def test_what_is_not_sent_stands_on_the_page_and_at_the_foot(window: Window, pair: Pair) -> None:
    edit(pair.office, host(pair.office), address="山河路 1 号")
    window.open(pair.close()[0])
    page = Sync(window)
    assert any(text.startswith("1 change is not sent yet: Enterprises 1") for text in page.texts)
    assert page.foot.startswith("1 change to send")
    page.exchange()
    assert "Exchanged: 0 changes taken in, 1 change left there." in page.texts
    assert page.foot.startswith("Everything is sent")
    [own, theirs] = page.tab("Computers")
    assert own[:2] == [f"{OFFICE} This computer", "this computer"]
    assert theirs[0] == f"{LAPTOP} Computer"


def test_a_package_is_looked_at_before_it_is_taken_in(window: Window, pair: Pair) -> None:
    edit(pair.laptop, host(pair.laptop), address="山河路 2 号")
    file = syncing.make(pair.laptop, pair.folder / "laptop.xqhz").files[0]
    before = host(pair.office).address
    window.open(pair.close()[0])
    page = Sync(window)
    page.drop(file)
    assert page.page.package.told == "Signature good, contents whole"
    assert {"李雨桐", LAPTOP} <= page.texts
    assert host(window.live.work).address == before
    page.tick("Enterprises")
    assert "1 change would wait" in page.texts
    page.tick("Enterprises")
    window.press("Take in this package")
    assert "1 change taken in." in page.texts
    assert host(window.live.work).address == "山河路 2 号"
    page.drop(file)
    assert any(text.startswith("Taken in already: today") for text in page.texts)
    assert "Take in this package" not in page.texts


def test_what_is_left_out_waits_and_can_be_let_in(window: Window, pair: Pair) -> None:
    edit(pair.laptop, host(pair.laptop), address="山河路 3 号")
    file = syncing.make(pair.laptop, pair.folder / "laptop.xqhz").files[0]
    window.open(pair.close()[0])
    page = Sync(window)
    page.page.take(file)
    window.settle()
    page.tick("Enterprises")
    window.press("Take in this package")
    [waiting] = page.tab("Waiting")
    assert waiting[0].startswith("Left out when it was taken in.")
    window.press("Let in what was left out")
    assert host(window.live.work).address == "山河路 3 号"
    assert page.tab("Waiting") == []


def test_a_package_is_rolled_back(window: Window, pair: Pair) -> None:
    before = host(pair.office).address
    edit(pair.laptop, host(pair.laptop), address="山河路 4 号")
    file = syncing.make(pair.laptop, pair.folder / "laptop.xqhz").files[0]
    window.open(pair.close()[0])
    page = Sync(window)
    page.drop(file)
    window.press("Take in this package")
    assert page.tab("Packages")[0][0].startswith("laptop.xqhz")
    page.page.tables.packages.selectRow(0)
    window.press("Roll back …")
    window.press("Roll back")
    assert host(window.live.work).address == before
    assert page.tab("Packages")[0][3] == "rolled back"


def test_a_roll_back_that_would_lose_work_asks_again(window: Window, pair: Pair) -> None:
    edit(pair.laptop, host(pair.laptop), address="山河路 5 号")
    file = syncing.make(pair.laptop, pair.folder / "laptop.xqhz").files[0]
    syncing.take_in(pair.office, file)
    edit(pair.office, host(pair.office), note="之后改的")
    window.open(pair.close()[0])
    page = Sync(window)
    page.tab("Packages")
    page.page.tables.packages.selectRow(0)
    window.press("Roll back …")
    window.press("Roll back")
    assert "Changes since then would be lost" in page.texts
    window.press("Cancel")
    assert host(window.live.work).note == "之后改的"


def test_a_damaged_package_is_refused_in_one_sentence(window: Window, pair: Pair) -> None:
    edit(pair.laptop, host(pair.laptop), address="山河路 6 号")
    file = syncing.make(pair.laptop, pair.folder / "laptop.xqhz").files[0]
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    window.open(pair.close()[0])
    page = Sync(window)
    page.drop(file)
    card = page.page.package
    assert not card.take_button.isVisible()
    assert not card.matrix.isVisible()
    assert "ask the sender for a new one" in card.told
    window.press("Put it away")
    assert page.tab("Packages")


def test_a_stick_that_is_gone_is_said_and_nothing_is_lost(window: Window, pair: Pair) -> None:
    edit(pair.office, host(pair.office), address="山河路 7 号")
    folder = pair.close()[0]
    pair.stick.rename(pair.folder / "elsewhere")
    window.open(folder)
    page = Sync(window)
    page.exchange()
    assert any(text.startswith("The folder ") and "not there" in text for text in page.texts)
    assert "Nothing is lost: go on working, and exchange later." in page.texts
    page.exchange_in(pair.folder / "elsewhere")
    assert "Exchanged: 0 changes taken in, 1 change left there." in page.texts


def test_a_package_is_made_for_chosen_computers(window: Window, pair: Pair) -> None:
    edit(pair.office, host(pair.office), address="山河路 8 号")
    window.open(pair.close()[0])
    page = Sync(window)
    window.press("Make a package …")
    assert any(text.startswith(f"{LAPTOP}: lacks") for text in page.texts)
    window.press("Choose where …")
    page.choose(pair.folder / "for-laptop.xqhz")
    assert (pair.folder / "for-laptop.xqhz").is_file()
    assert f"{LAPTOP} can open it." in page.texts


def test_a_school_begins_and_admits_a_computer_in_the_window(
    window: Window, tmp_path: Path
) -> None:
    folder = small_school(tmp_path / "school")
    other = workspace.join(tmp_path / "other")
    asked = enrolling.request(other, tmp_path / "other.xqask", "实训楼")
    window.open(folder)
    page = Sync(window)
    window.press("This is the school's first computer")
    page.type("教务处")
    window.press("Save")
    assert page.tab("Computers")[0][0] == "教务处 This computer"
    window.press("Admit a computer …")
    page.choose(tmp_path / "other.xqask")
    assert enrolling.words(asked.public.id).english in page.texts
    window.press("The same: admit …")
    window.press("Choose where …")
    page.choose(tmp_path / "other.xqanswer")
    assert [row[0] for row in page.tab("Computers")] == ["教务处 This computer", "实训楼 Computer"]
    page.page.tables.devices.selectRow(1)
    window.press("Block …")
    page.type("丢了")
    window.press("Block")
    assert page.tab("Computers")[1][1] == "blocked"
    workspace.close(other)


def test_a_computer_asks_and_takes_part_in_the_window(window: Window, pair: Pair) -> None:
    fresh = workspace.join(pair.folder / "fresh")
    workspace.close(fresh)
    window.open(pair.folder / "fresh")
    page = Sync(window)
    window.press("Ask to be admitted")
    page.type("实训楼")
    window.press("Save")
    page.choose(pair.folder / "fresh.xqask")
    window.press("Close")
    enrolling.admit(pair.office, pair.folder / "fresh.xqask", pair.folder / "fresh.xqanswer")
    window.press("The answer is here")
    page.choose(pair.folder / "fresh.xqanswer")
    window.press("The same: take part")
    assert "实训楼 This computer" in [row[0] for row in page.tab("Computers")]
    pair.close()


def test_a_record_says_how_far_it_has_travelled(window: Window, pair: Pair) -> None:
    made = host(pair.office)
    edit(pair.office, made, address="山河路 9 号")
    window.open(pair.close()[0])
    window.live.go("enterprise", None, made.id)
    window.settle()
    mark = window.shell.front().pane._travel  # type: ignore[union-attr]
    assert (mark.isVisible(), mark.text()) == (True, "Not sent")
    Sync(window).exchange()
    window.live.go("enterprise", None, made.id)
    window.settle()
    assert mark.text() == "Sent"


def test_nothing_is_cut_off_where_a_package_is_looked_at(window: Window, pair: Pair) -> None:
    edit(pair.laptop, host(pair.laptop), address="山河路 10 号")
    records.save(pair.laptop, host(pair.laptop).but(note="补充"))
    file = syncing.make(pair.laptop, pair.folder / "laptop.xqhz").files[0]
    window.open(pair.close()[0])
    page = Sync(window)
    page.drop(file)
    for code in CODES:
        window.shell.languages.switch(code)
        for size in SIZES:
            window.shell.resize(*size)
            window.settle()
            shell = window.shell
            assert [*clipped(shell), *unnamed(shell), *too_small(shell)] == [], (code, size)


def test_a_server_is_met_by_its_words_and_asked_to_let_the_school_in(
    window: Window, pair: Pair
) -> None:
    hub = trust.make_device()
    window.open(pair.close()[0])
    page = Sync(window)
    met = Server(hub.public, ahead=23 * 60_000)
    page.page.place.meet("https://bureau.example/xq", (met, False))
    window.settle()
    assert enrolling.words(hub.id).english in page.texts
    assert any("23 minutes off" in text for text in page.texts)
    window.press("The same: apply …")
    page.choose(pair.folder / "application.xqhz")
    data = (pair.folder / "application.xqhz").read_bytes()
    sender = envelope.peek(data).sender
    asked = package.read(data, Keyring("", (hub,), anchors=frozenset({sender})))
    roles = {certificates.parse(one).role for one in asked.certificates}  # type: ignore[union-attr]
    assert {Role.SCHOOL, Role.HUB} <= roles
    assert "bureau.example Central server" in [row[0] for row in page.tab("Computers")]
