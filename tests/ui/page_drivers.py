"""A page object for pages that are no list of records: what stands there, what is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from xqhz_desktop.domain.records import Record
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.tasks import Runner
from xqhz_desktop.ui.widgets.told import ToldTable

P = TypeVar("P", bound=QWidget)


class OnePage(Generic[P]):
    """One page in a window of its own, with everything round it."""

    def __init__(
        self, qtbot: QtBot, work: Work, make: Callable[[Context], P], language: str = "en"
    ) -> None:
        self.qtbot, self.work = qtbot, work
        self.languages, self.tasks = Languages(language), Runner()
        self.context = Context(work, self.languages, self.tasks)
        self.said: list[tuple[str, bool]] = []
        self.context.said.connect(self._on_said)
        self.page = make(self.context)
        self.page.resize(1232, 870)
        qtbot.addWidget(self.page)
        self.page.show()
        self.settle()

    def close(self) -> None:
        """End everything, as closing the window does."""
        self.settle()
        self.tasks.shutdown()
        self.context.leave()
        workspace.close(self.work)

    def settle(self) -> None:
        """Wait until every job is done."""
        for _turn in range(3):
            self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=10_000)
            QApplication.processEvents()

    @property
    def front(self) -> QWidget:
        """Return the dialog in front, or the page."""
        some = [one for one in self.page.findChildren(QDialog) if one.isVisible()]
        return some[-1] if some else self.page

    @property
    def texts(self) -> list[str]:
        """Return every text in sight in the dialog in front, or on the page."""
        parts = [one for one in self.front.findChildren(QWidget) if one.isVisible()]
        return [one.text() for one in parts if isinstance(one, QLabel | QAbstractButton)]

    def press(self, text: str) -> None:
        """Press the button that says this, in front."""
        buttons = {
            name: one
            for one in self.front.findChildren(QAbstractButton)
            if one.isVisible()
            for name in (one.text().strip(), one.accessibleName())
        }
        assert text in buttons, f"{text!r} is none of {sorted(buttons)}"
        assert buttons[text].isEnabled(), f"{text} cannot be pressed"
        self.qtbot.mouseClick(buttons[text], Qt.MouseButton.LeftButton)
        self.settle()

    def stored(self, kind: str, **equal: Any) -> list[Record]:
        """Return what the database holds."""
        with self.work.store.read() as reader:
            return list(reader.all(kind, **equal))

    def _on_said(self, message: Message, undo: bool) -> None:
        self.said.append((self.languages.say(message), undo))


def rows(table: ToldTable) -> list[list[str]]:
    """Return what the rows of a table say, column by column."""
    model = table.told
    return [
        [str(model.index(place, section).data()) for section in range(model.columnCount())]
        for place in range(model.rowCount())
    ]


def pick(table: ToldTable, *names: str) -> None:
    """Pick the rows whose first column begins with these names."""
    places = [n for n, row in enumerate(rows(table)) if row[0].startswith(names)]
    assert len(places) >= len(names), f"{names} are not among {rows(table)}"
    table.clearSelection()
    selection = table.selectionModel()
    flags = selection.SelectionFlag
    for place in places:
        selection.select(table.told.index(place, 0), flags.Select | flags.Rows)
