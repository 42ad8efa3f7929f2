"""What tests of the window stand on: widgets live as long as their test, and nothing blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import (
    QApplication,
    QColorDialog,
    QDialog,
    QFileDialog,
    QFontDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from xqhz_desktop.ui.sweeping import Sweeper

BLOCKING: dict[type, tuple[str, ...]] = {
    QDialog: ("exec",),
    QMessageBox: ("exec", "about", "critical", "information", "question", "warning"),
    QFileDialog: (
        "exec",
        "getExistingDirectory",
        "getOpenFileName",
        "getOpenFileNames",
        "getSaveFileName",
    ),
    QInputDialog: ("exec", "getDouble", "getInt", "getItem", "getMultiLineText", "getText"),
    QPrintDialog: ("exec",),
    QColorDialog: ("getColor",),
    QFontDialog: ("getFont",),
    QMenu: ("exec",),
}
"""What waits for an answer inside a call. The program opens dialogs and is told how they ended."""


@pytest.fixture(autouse=True, scope="session")
def swept(qapp: QApplication) -> None:
    """Free garbage as the program does: widgets of an earlier test are cycles too."""
    Sweeper(qapp)


@pytest.fixture(autouse=True)
def nothing_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turn a dialog that would wait for ever into a failure that names it."""
    for owner, names in BLOCKING.items():
        for name in names:
            monkeypatch.setattr(owner, name, _refusal(f"{owner.__name__}.{name}"))


def _refusal(called: str) -> Callable[..., Any]:
    def refuse(*given: Any, **_named: Any) -> None:
        titles = [one.windowTitle() for one in given[:1] if isinstance(one, QWidget)]
        raise AssertionError(f"{called} waits for an answer {titles}; use open()")

    return refuse


@pytest.fixture(autouse=True)
def keep_widgets(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold every widget given to `qtbot` until the test has ended; qtbot itself does not."""
    kept: list[QWidget] = []
    add = QtBot.addWidget

    def add_and_keep(self: QtBot, widget: QWidget, **traits: Any) -> None:
        kept.append(widget)
        add(self, widget, **traits)

    monkeypatch.setattr(QtBot, "addWidget", add_and_keep)
    yield
    kept.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
