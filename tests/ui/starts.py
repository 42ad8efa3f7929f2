"""Starts in a fresh interpreter: a bare window, and the program up to its shell and its rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_AFTER = """
import os, sys, time
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

class Painted(QObject):
    "Watches a widget until it is painted with what it should show, then calls back."
    def __init__(self, widget, there, then):
        super().__init__(widget)
        self.there, self.then = there, then
        widget.installEventFilter(self)
    def eventFilter(self, widget, event):
        if event.type() is QEvent.Type.Paint and self.there():
            widget.removeEventFilter(self)
            # Runs when everything that is painted with the widget is on the screen.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), 1000)
        return False
    def event(self, event):
        if event.type() is QEvent.Type.User:
            self.then()
        return super().event(event)

def say(**figures):
    print(*(f"{name}={value}" for name, value in figures.items()), flush=True)
"""

_BARE = """
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QMainWindow, QTableView
app = QApplication([])
window, table = QMainWindow(), QTableView()
table.setModel(QStandardItemModel(25, 9))
window.setCentralWidget(table)
window.resize(1440, 900)
painted = Painted(table.viewport(), lambda: True, app.quit)
window.show()
app.exec()
say(shell=time.time())
os._exit(0)
"""

_OURS = """
from PySide6.QtCore import QTimer
from xqhz_desktop.ui.start import painted
app = QApplication([])
session = painted(app)
app.processEvents()
assert session.shell.isVisible()
say(shell=time.time(), shell_modules=",".join(sys.modules))

def watch():
    table = session.shell.front().table
    there = lambda: bool(table.model().index(0, 0).data())
    session.watched = Painted(table.viewport(), there, live)

def live():
    say(live=time.time(), live_modules=",".join(sys.modules))
    if "leave" in sys.argv:
        session.shell.close()
        session.end()
    os._exit(0)

opened = session._on_opened
def follow(work):
    opened(work)
    session.live.begun.connect(watch)
session._on_opened = follow
QTimer.singleShot(0, session.begin)
app.exec()
"""


@dataclass(frozen=True)
class Start:
    """One start: seconds until the window and until the rows were painted, modules loaded then."""

    shell: float
    live: float = 0.0
    shell_modules: frozenset[str] = frozenset()
    live_modules: frozenset[str] = frozenset()


def bare() -> Start:
    """Start a window of nothing but PySide6 with an empty table."""
    return _start(_BARE, {})


def ours(config: Path, *, leave: bool = False) -> Start:
    """Start the program as ``config`` remembers it; `leave` closes the window by its corner."""
    return _start(_OURS, {"XQHZ_CONFIG": str(config)}, *(["leave"] if leave else []))


def remembered(config: Path, workspace: Path, page: str = "student") -> Path:
    """Write what the program remembers of a last time on this page; return the folder."""
    kept = {"workspace": str(workspace), "language": "zh_CN", "window": {"shell": {"page": page}}}
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.json").write_text(json.dumps(kept), encoding="utf-8")
    return config


def _start(code: str, more: dict[str, str], *options: str) -> Start:
    given = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.time()
    run = subprocess.run(
        [sys.executable, "-c", _AFTER + code, *options],
        cwd=ROOT,
        env={**given, "QT_QPA_PLATFORM": "offscreen", **more},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said = dict(part.split("=", 1) for part in run.stdout.split())
    return Start(
        float(said["shell"]) - began,
        float(said.get("live", began)) - began,
        frozenset(said.get("shell_modules", "").split(",")),
        frozenset(said.get("live_modules", "").split(",")),
    )
