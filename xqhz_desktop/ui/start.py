"""From the command line to a painted window: nothing here needs the database library."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import partial
from pathlib import Path

import PySide6
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from xqhz_desktop import i18n, paths
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import settings
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.session import Session
from xqhz_desktop.ui.shell import Shell
from xqhz_desktop.ui.sweeping import Sweeper
from xqhz_desktop.ui.theme import Theme


def start(folder: Path | None = None, language: str = "") -> int:
    """Open the window on a workspace, or on the one of last time; return the exit code."""
    if problem := _no_window():
        spoken = language or settings.language_of(folder) or settings.load().language
        told = i18n.language(spoken or i18n.system_language())
        sys.stderr.write(told.say(problem) + "\n")
        return 3
    _input_method()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    Sweeper(app)
    app.setApplicationName("XQHZ")
    app.setWindowIcon(QIcon(str(paths.resource("icons", "app.svg"))))
    session = painted(app, language, folder)
    QTimer.singleShot(0, session, partial(session.begin, folder))
    code = app.exec()
    session.end()
    return code


def painted(app: QApplication, language: str = "", folder: Path | None = None) -> Session:
    """Show the window as it was left; `Session.begin` then brings it to life.

    It speaks the language asked for, or the workspace's, or the computer's, or the system's.
    """
    computer = settings.load()
    theme = Theme(app, computer.theme)
    last = folder or (Path(computer.workspace) if computer.workspace else None)
    languages = Languages(language or settings.language_of(last) or computer.language, app)
    shell = Shell(languages, theme)
    session = Session(shell, computer, asked=bool(language))
    shell.show()
    return session


def _no_window() -> Message | None:
    """Say why no window can be opened here; Qt itself would end the process without a word."""
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM") or wayland:
        return None
    if not x11:
        return Message(
            "There is no screen to open a window on. Start the program on the desktop, "
            "or use its commands: xqhz --help"
        )
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError:
        return Message(
            "A library of the desktop is missing. Install the package {package} and start again.",
            package="libxcb-cursor0",
        )
    return None


def _input_method() -> None:
    """Use the ibus plugin under fcitx: Qt's wheels carry no fcitx plugin, and fcitx answers it."""
    chosen = os.environ.get("QT_IM_MODULE", "")
    if not sys.platform.startswith("linux") or not chosen.startswith("fcitx"):
        return
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    if not list(plugins.glob("*fcitx*")):
        os.environ["QT_IM_MODULE"] = "ibus"
