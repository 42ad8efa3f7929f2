"""From the command line to a painted window: nothing here needs the database library."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

import PySide6
from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from xqhz_desktop import paths
from xqhz_desktop.services import settings
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.session import Session
from xqhz_desktop.ui.shell import Shell
from xqhz_desktop.ui.theme import Theme


def start(folder: Path | None = None, language: str = "") -> int:
    """Open the window on a workspace, or on the one of last time; return the exit code."""
    _input_method()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("XQHZ")
    app.setWindowIcon(QIcon(str(paths.resource("icons", "app.svg"))))
    session = painted(app, language)
    QTimer.singleShot(0, session, partial(session.begin, folder))
    code = app.exec()
    session.end()
    return code


def painted(app: QApplication, language: str = "") -> Session:
    """Show the window as it was left; `Session.begin` then brings it to life."""
    computer = settings.load()
    theme = Theme(app, computer.theme)
    languages = Languages(language or computer.language, app)
    shell = Shell(languages, theme)
    session = Session(shell, computer)
    shell.show()
    return session


def _input_method() -> None:
    """Use the ibus plugin under fcitx: Qt's wheels carry no fcitx plugin, and fcitx answers it."""
    chosen = os.environ.get("QT_IM_MODULE", "")
    if not sys.platform.startswith("linux") or not chosen.startswith("fcitx"):
        return
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    if not list(plugins.glob("*fcitx*")):
        os.environ["QT_IM_MODULE"] = "ibus"
