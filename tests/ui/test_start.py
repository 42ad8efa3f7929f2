"""The first paint: it comes before the heavy libraries, and looks as the window was left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import starts
from tests.ui.drivers import Window
from tests.ui.school import small_school
from xqhz_desktop.services import settings
from xqhz_desktop.ui import start

HEAVY = (
    "alembic",
    "babel",
    "nacl",
    "openpyxl",
    "pypinyin",
    "python_calamine",
    "reportlab",
    "sqlalchemy",
    "xlsxwriter",
)
"""Libraries that no list needs to be seen."""


def test_window_and_list_are_painted_before_the_heavy_libraries_are_loaded(tmp_path: Path) -> None:
    here = Path(os.environ["XQHZ_CONFIG"])  # the computer that made the school, not a copy's
    config = starts.remembered(here, small_school(tmp_path / "school"))
    seen = starts.ours(config)
    assert not {"sqlcipher3", "xqhz_desktop.domain", *HEAVY} & seen.shell_modules
    assert {"sqlcipher3", "xqhz_desktop.ui.pages.records"} <= seen.live_modules
    assert not set(HEAVY) & seen.live_modules


def test_under_fcitx_the_ibus_plugin_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("QT_IM_MODULE", "fcitx5")
    start._input_method()
    assert os.environ["QT_IM_MODULE"] == "ibus"


def test_another_input_method_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_IM_MODULE", "compose")
    start._input_method()
    assert os.environ["QT_IM_MODULE"] == "compose"


def test_the_window_comes_back_as_it_was_left(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    first = Window(qtbot, qapp)
    first.open(small_school(tmp_path / "school"))
    first.shell.setGeometry(30, 40, 1200, 720)
    first.shell.languages.switch("en")
    first.shell.theme.switch("dark")
    first.go("history")
    first.close()

    kept = settings.load()
    assert (kept.language, kept.theme) == ("en", "dark")
    assert kept.workspace == str(tmp_path / "school")
    again = start.painted(qapp)
    qtbot.addWidget(again.shell)
    assert again.shell.geometry().getRect() == (30, 40, 1200, 720)
    assert again.shell.theme.dark
    front = again.shell.front()
    assert front is not None
    assert front.objectName() == "snapshot"  # the rows of last time, until the data is there
    again.begin()
    window = Window.__new__(Window)
    window.qtbot, window.session, window.shell = qtbot, again, again.shell
    window.settle()
    assert again.live is not None
    assert again.live.page == "history"
    window.close()


def test_no_picture_of_an_encrypted_school_is_kept(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    folder = small_school(tmp_path / "school", passphrase="a b c")
    window = Window(qtbot, qapp)
    window.session.open(folder, "a b c")
    window.settle()
    assert window.session.live is not None
    window.close()
    assert not (folder / "cache").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have one")
def test_without_a_screen_one_sentence_says_so(tmp_path: Path) -> None:
    taken = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    there = {name: value for name, value in os.environ.items() if name not in taken}
    words = [sys.executable, "-m", "xqhz_desktop", "--workspace", str(tmp_path), "--language", "en"]
    ended = subprocess.run(words, env=there, capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert ended.stderr.startswith("There is no screen to open a window on.")
    assert len(ended.stderr.splitlines()) == 1
