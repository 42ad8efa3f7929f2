"""Page objects: tests of the window say what a person does, and look at what a person sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from xqhz_desktop.i18n import Language
from xqhz_desktop.ui.live import Live
from xqhz_desktop.ui.session import Session
from xqhz_desktop.ui.start import painted
from xqhz_desktop.ui.widgets.card import Elided

SIZES = ((1440, 900), (1366, 768), (1024, 640))
SMALLEST_TARGET = 24
_PLAIN = Qt.KeyboardModifier.NoModifier


class Window:
    """The program in a test."""

    def __init__(self, qtbot: QtBot, app: QApplication, language: str = "zh_CN") -> None:
        """Paint the window; nothing is open yet."""
        self.qtbot = qtbot
        self.session: Session = painted(app, language)
        self.shell = self.session.shell
        self.shell.theme.switch("light")
        self.shell.resize(*SIZES[0])
        qtbot.addWidget(self.shell)

    @property
    def live(self) -> Live:
        """Return the open school."""
        assert self.session.live is not None
        return self.session.live

    def open(self, folder: Path) -> None:
        """Open a workspace and wait for its first page, and for what the program does after it."""
        self.session.begin(folder)
        self.settle()
        if self.session.live:
            self.session.live._calm.setInterval(0)
            QApplication.processEvents()
            self.settle()

    def close(self) -> None:
        """Close the window as its corner does, and leave no trace in the application."""
        self.shell.close()
        self.session.end()
        self.shell.languages.switch("en")
        self.shell.languages.deleteLater()
        self.shell.theme.deleteLater()

    def settle(self) -> None:
        """Wait until nothing is under way and every part stands where it belongs."""
        for _turn in range(3):  # a result may ask for more, and a layout for another layout
            self.qtbot.waitUntil(lambda: not self.session.tasks.busy, timeout=20_000)
            QApplication.processEvents()

    def go(self, page: str) -> QWidget:
        """Press a page in the navigation, or go there as Ctrl+K would; return it."""
        self.live.go(page)
        self.settle()
        front = self.shell.front()
        assert front is not None
        return front

    def press(self, text: str) -> None:
        """Press the visible button that says this."""
        self.qtbot.mouseClick(self.button(text), Qt.MouseButton.LeftButton)
        self.settle()

    def button(self, text: str) -> QAbstractButton:
        """Return the visible button that says this, the newest window first."""
        for root in (*self.dialogs(), self.shell):
            for one in root.findChildren(QAbstractButton):
                if one.isVisible() and text in (one.text().strip(), one.accessibleName()):
                    return one
        raise AssertionError(f"no button says {text}; there are {sorted(self.texts())}")

    def dialogs(self) -> list[QDialog]:
        """Return the dialogs in front."""
        return [one for one in self.shell.findChildren(QDialog) if one.isVisible()]

    def keys(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key where the keyboard is."""
        target = QApplication.focusWidget() or self.shell
        self.qtbot.keyClick(target, key, modifier)
        self.settle()

    def palette(self, words: str) -> list[str]:
        """Open Ctrl+K, type, and return what is offered."""
        self.shell.actions_by_name["palette"].trigger()
        edit = self.live.palette.findChild(QLineEdit)
        assert edit is not None
        self.qtbot.keyClicks(edit, words)
        self.qtbot.waitUntil(lambda: self.live._search.idle, timeout=20_000)
        self.settle()
        return self.offered()

    def offered(self) -> list[str]:
        """Return what Ctrl+K offers now."""
        rows = self.live.palette.findChild(QListWidget)
        assert rows is not None
        return [rows.item(n).text() for n in range(rows.count())]

    def texts(self) -> set[str]:
        """Return every text in sight."""
        return {text for _widget, text in self.said() if text}

    def said(self) -> Iterator[tuple[QWidget, str]]:
        """Yield every visible widget with a text of its own, and the text."""
        for one in self.shell.findChildren(QWidget):
            if not one.isVisible():
                continue
            if isinstance(one, QLabel | QAbstractButton):
                yield one, one.text().strip()
            if isinstance(one, QLineEdit):
                yield one, one.placeholderText()
            yield one, one.toolTip()


class Shouting(Language):
    """A language 40 % longer that shouts: what does not shout was never translated."""

    def __init__(self) -> None:
        """Shout English."""
        super().__init__("en")
        self._catalogue = _Shout()  # type: ignore[assignment]


class _Shout:
    """The catalogue of the shouting language."""

    def gettext(self, text: str) -> str:
        """Return the text in capitals, stretched, its placeholders as they are."""
        parts = re.split(r"(\{\w+\})", text)
        loud = "".join(part if part.startswith("{") else part.upper() for part in parts)
        spoken = "".join(parts[::2])
        return loud + "~" * (len(spoken) * 4 // 10)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """Return the form for a number, shouted."""
        return self.gettext(one if n == 1 else many)


def clipped(root: QWidget) -> list[str]:
    """Return the visible words that do not fit where they stand."""
    found = []
    for one in root.findChildren(QWidget):
        if not one.isVisible() or isinstance(one, Elided) or not _words(one):
            continue
        if isinstance(one, QLabel) and one.wordWrap():
            short = one.heightForWidth(one.width()) > one.height() + 2
        else:
            wanted = one.sizeHint()
            short = wanted.width() > one.width() + 1 or wanted.height() > one.height() + 2
        if short or _outside(one):
            found.append(f"{_words(one)!r} wants {one.sizeHint()} and has {one.size()}")
    return found


def unnamed(root: QWidget) -> list[str]:
    """Return what takes the keyboard and has no name for those who cannot see it."""
    found = []
    for one in root.findChildren(QWidget):
        takes = bool(one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        inner = isinstance(one, QScrollArea) or isinstance(one.parent(), QAbstractSpinBox)
        if one.isVisible() and takes and not inner:
            told = QAccessible.queryAccessibleInterface(one)
            if not (told and told.text(QAccessible.Text.Name)):
                found.append(f"{type(one).__name__} {one.objectName()} in {one.parent()}")
    return found


def too_small(root: QWidget) -> list[str]:
    """Return the buttons that are hard to hit; signs inside an editor are helped by its keys."""
    return [
        f"{one.text()!r} {one.size()}"
        for one in root.findChildren(QAbstractButton)
        if one.isVisible()
        and not isinstance(one.parent(), QLineEdit)
        and min(one.width(), one.height()) < SMALLEST_TARGET
    ]


def _words(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().strip()
    return ""


def _outside(widget: QWidget) -> bool:
    """Tell whether a part sticks out of the window, unless it can be scrolled to."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent.parentWidget(), QScrollArea):
            return False
        parent = parent.parentWidget()
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return not window.rect().contains(place)
