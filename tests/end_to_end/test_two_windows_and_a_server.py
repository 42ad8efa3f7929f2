"""Two windows and the bureau's server: a week's edits by stick and by HTTPS, settled once."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import uvicorn
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.hub.conftest import address, hub, postgresql
from tests.ui.drivers import Window
from tests.ui.exchange import Pair, edit
from tests.ui.sync_drivers import Conflicts, Sync
from xqhz_desktop.domain.records import Record
from xqhz_desktop.hub import accounts, keyring, overview, worker
from xqhz_desktop.hub.app import application
from xqhz_desktop.hub.home import Hub

__all__ = ["address", "hub", "postgresql"]

CERTIFICATE = Path(__file__).with_name("loopback.pem")
"""A certificate for 127.0.0.1 that signed itself, and its key."""
PASSWORD = "a long password"


@pytest.fixture
def bureau(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return the HTTPS address of the running server, whose certificate the computers know."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    accounts.make(hub.database, "zhou", PASSWORD, None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = uvicorn.Server(
        uvicorn.Config(
            application(hub), host="127.0.0.1", port=port, log_level="error",
            ssl_certfile=CERTIFICATE,
        )
    )  # fmt: skip
    thread = threading.Thread(target=running.run)
    thread.start()
    while not running.started and thread.is_alive():
        thread.join(0.01)
    yield f"https://127.0.0.1:{port}"
    running.should_exit = True
    thread.join()


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


@pytest.fixture
def windows(qtbot: QtBot, qapp: QApplication, pair: Pair) -> Iterator[tuple[Window, Window]]:
    """The office's window and the department's."""
    both = Window(qtbot, qapp, "en"), Window(qtbot, qapp, "en")
    for window, folder in zip(both, pair.close(), strict=True):
        window.open(folder)
    yield both
    for window in both:
        window.close()


def test_edits_by_stick_and_by_https_agree_and_a_decision_reaches_everybody(
    windows: tuple[Window, Window], pair: Pair, hub: Hub, bureau: str
) -> None:
    office, laptop = windows
    let_in(office, pair.folder / "application.xqhz", hub, bureau)
    by_server(office, bureau, hub)
    for window in (office, laptop):  # by the stick the laptop learns of the server
        by_stick(window, pair.stick)

    student, host = first(office, "student"), first(office, "enterprise")
    edit(office.live.work, student, phone="15500000018")
    edit(laptop.live.work, student, phone="15500000026")
    edit(laptop.live.work, host, address="霁川市山河路 9 号")
    by_server(laptop, bureau, hub)
    by_stick(laptop, pair.stick)
    by_stick(office, pair.stick)  # what came by the stick is not asked of the server again
    by_server(office, bureau, hub)
    assert now(office, host).address == "霁川市山河路 9 号"
    assert conflicts_on_the_page(bureau) == 1
    by_server(laptop, bureau, hub)

    mine = Conflicts(office)
    assert mine.fields == ["phone"]
    mine.use("phone", mine=True)
    mine.save()
    assert mine.records == []
    by_server(office, bureau, hub)
    by_server(laptop, bureau, hub)
    assert Conflicts(laptop).records == []
    assert [now(window, student).phone for window in windows] == ["15500000018"] * 2
    assert conflicts_on_the_page(bureau) == 0


def let_in(window: Window, application: Path, hub: Hub, bureau: str) -> None:
    """Meet the server in the window, compare its words, and let the school in there."""
    page = Sync(window)
    page.page.place.choose_server()
    page.type(bureau)
    window.press("Save")
    window.press("The same: apply …")
    page.choose(application)
    keyring.join(hub, *keyring.request(hub, application.read_bytes()))


def by_server(window: Window, bureau: str, hub: Hub) -> None:
    """Exchange with the server, and wait until it has taken in what came."""
    Sync(window).page.place.chosen.emit(bureau)
    window.settle()
    while any(one.waiting for one in overview.schools(hub.database, None)):
        worker.one(hub)


def by_stick(window: Window, stick: Path) -> None:
    """Exchange with the stick."""
    Sync(window).page.place.chosen.emit(str(stick))
    window.settle()


def first(window: Window, kind: str) -> Record:
    """Return the first record of a kind."""
    with window.live.work.store.read() as reader:
        return min(reader.all(kind), key=lambda one: one.id)


def now(window: Window, record: Record) -> Record:
    """Return a record as a window's computer has it now."""
    with window.live.work.store.read() as reader:
        found = reader.get(record.KIND, record.id)
    assert found is not None
    return found


def conflicts_on_the_page(bureau: str) -> int:
    """Log in to the bureau's page and return how many conflicts its list says are open."""
    english = {"Accept-Language": "en"}
    with httpx2.Client(base_url=bureau, headers=english, follow_redirects=True) as browser:
        browser.post("/login", data={"name": "zhou", "password": PASSWORD})
        lines = browser.get("/schools.csv").text.splitlines()
    heads, values = (line.split(",") for line in lines[:2])
    return int(dict(zip(heads, values, strict=True))["Conflicts open"])
