"""Page objects for lists and forms: what a coordinator sees and does, in their words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.records import Record
from xqhz_desktop.domain.school import School
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records, workspace
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.pages.records import RecordsPage
from xqhz_desktop.ui.tasks import Runner


def school(folder: Path, things: Iterable[Record] = ()) -> Work:
    """Make a workspace with some records in it."""
    work = workspace.create(folder, School(name="测试职业学校"))
    by_kind: dict[str, list[Record]] = {kind: [] for kind in BY_KIND}
    for one in things:
        by_kind[one.KIND].append(one)
    records.save_all(work, [one for some in by_kind.values() for one in some], Message("Import"))
    return work


class ListPage:
    """One records page with everything round it."""

    def __init__(self, qtbot: QtBot, work: Work, kind: str, *, language: str = "en") -> None:
        self.qtbot, self.work = qtbot, work
        self.languages = Languages(language)
        self.tasks = Runner()
        self.context = Context(work, self.languages, self.tasks)
        self.said: list[tuple[str, bool]] = []
        self.counted: list[str] = []
        self.went: list[tuple[str, str]] = []
        self.context.said.connect(self._on_said)
        self.context.counted.connect(self._on_counted)
        self.context.wanted.connect(self._on_wanted)
        self.page = RecordsPage(self.context, kind)
        self.page.resize(1232, 870)
        qtbot.addWidget(self.page)
        self.page.show()
        self.settle()

    def close(self) -> None:
        """End everything, as closing the window does."""
        self.settle()
        self.tasks.shutdown()
        self.context.leave()
        self.page._search.close()
        workspace.close(self.work)

    def settle(self) -> None:
        """Wait until every question is answered and every job done."""
        self.qtbot.waitUntil(self._quiet, timeout=10_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(self._quiet, timeout=10_000)

    def _quiet(self) -> bool:
        return self.page._search.idle and not self.tasks.busy

    # what is seen

    @property
    def names(self) -> list[str]:
        """Return the first column of the rows, in order."""
        model = self.page.model
        count = model.rowCount()
        for place in range(count):
            model.row(place)
        self.settle()
        return [str(model.index(place, 0).data()) for place in range(count)]

    @property
    def columns(self) -> list[str]:
        """Return the titles of the columns in view, from left to right."""
        header = self.page.table.horizontalHeader()
        sections = (header.logicalIndex(place) for place in range(header.count()))
        way = Qt.Orientation.Horizontal
        return [
            str(self.page.model.headerData(one, way))
            for one in sections
            if not header.isSectionHidden(one)
        ]

    @property
    def open_record(self) -> str:
        """Return what the pane calls the record it shows."""
        return self.page.pane._name.text()

    @property
    def chosen(self) -> int:
        """Return how many rows are selected."""
        return self.page.table.count_chosen()

    @property
    def chips(self) -> list[str]:
        """Return the words of the chips in view."""
        return [one.text() for one in self.page.head.chips._buttons if not one.isHidden()]

    @property
    def nothing(self) -> str:
        """Return what stands where the list is empty, or nothing."""
        body = self.page.body
        return body.empty._title.text() if body.currentIndex() == 1 else ""

    # what is done

    def search(self, words: str) -> None:
        """Type into the search box; Chinese goes through the input method."""
        box = self.page.head.search_box
        box.setFocus()
        for letter in words:
            compose(box, commit=letter)
        self.settle()

    def look_at(self, name: str) -> None:
        """Click the row of that name."""
        table = self.page.table
        place = self.names.index(name)
        index = self.page.model.index(place, 0)
        table.scrollTo(index)
        where = table.visualRect(index).center()
        self.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
        self.settle()

    def press(self, widget: QWidget, key: Any, mods: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        self.qtbot.keyClick(widget, key, mods)
        self.settle()

    def click(self, button: QPushButton) -> None:
        """Click a button."""
        assert button.isEnabled(), f"{button.text()} cannot be pressed"
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def fill(self, name: str, text: str) -> None:
        """Write into a field of the form, over what stands there."""
        editor = self.page.pane.form.fields[name].editor
        editor.core.setFocus()
        editor.core.selectAll()
        compose(editor.core, commit=text)
        self.settle()

    def finding(self, name: str) -> str:
        """Return what is said under a field."""
        return self.page.pane.form.fields[name].said

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return str(self.page.pane.form.fields[name].editor.core.text())

    def save(self) -> None:
        """Press Save."""
        self.click(self.page.pane.save_button)

    def answer(self, word: str) -> None:
        """Press the button of that word in the dialog in front."""
        self.qtbot.waitUntil(lambda: self.dialog is not None, timeout=10_000)
        dialog = self.dialog
        assert dialog is not None
        buttons = {one.text(): one for one in dialog.findChildren(QPushButton) if one.isVisible()}
        assert word in buttons, f"{word!r} is none of {sorted(buttons)}"
        self.click(buttons[word])

    @property
    def dialog(self) -> QDialog | None:
        """Return the dialog in front, or None."""
        some = [one for one in self.page.findChildren(QDialog) if one.isVisible()]
        return some[-1] if some else None

    def stored(self, kind: str, **equal: Any) -> list[Record]:
        """Return what the database holds."""
        with self.work.store.read() as reader:
            return list(reader.all(kind, **equal))

    def _on_said(self, message: Message, undo: bool) -> None:
        self.said.append((self.languages.say(message), undo))

    def _on_counted(self, message: Message | None) -> None:
        self.counted.append(self.languages.say(message) if message else "")

    def _on_wanted(self, page: str, _query: object, record: str) -> None:
        self.went.append((page, record))


def compose(widget: QWidget, *, preedit: str = "", commit: str = "") -> None:
    """Send what an input method sends: letters being composed, or the text they became."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def drop(widget: QWidget, path: Path) -> None:
    """Drop a file on a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where, action = QPointF(20, 20), Qt.DropAction.CopyAction
    button, mods = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    # Qt sends a drop only where it was welcomed.
    QApplication.sendEvent(widget, QDragEnterEvent(where.toPoint(), action, data, button, mods))
    QApplication.sendEvent(widget, QDropEvent(where, action, data, button, mods))
