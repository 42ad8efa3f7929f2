"""Choosing where to exchange: a WebDAV folder, with its password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.sync.transports import small_dav
from tests.ui.drivers import Window
from tests.ui.exchange import Pair
from tests.ui.sync_drivers import Sync


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    made = Window(qtbot, qapp, "en")
    yield made
    made.close()


def test_a_webdav_folder_is_chosen_with_its_password_and_used_again_without(
    window: Window, tmp_path: Path
) -> None:
    window.open(Pair(tmp_path).close()[0])
    page = Sync(window)
    with small_dav.running(tmp_path / "disk") as (address, _line):
        page.page.place.choose_server()
        page.type(address)
        window.press("Save")
        line = window.dialogs()[-1].findChild(QLineEdit)
        assert line is not None
        assert line.echoMode() is QLineEdit.EchoMode.Password
        page.type(small_dav.PASSWORD)
        window.press("Save")
        assert len(list((tmp_path / "disk").rglob("*.xqhz"))) == 1
        page.exchange()
    assert small_dav.PASSWORD not in " ".join(page.texts)
