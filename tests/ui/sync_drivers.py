"""Page objects of the exchange: the sync page, and the conflicts between two computers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit

from tests.ui.drivers import Window
from tests.ui.page_drivers import rows
from xqhz_desktop.ui.pages.conflicts import ConflictsPage
from xqhz_desktop.ui.pages.sync import SyncPage
from xqhz_desktop.ui.widgets.clash_row import ClashRow
from xqhz_desktop.ui.widgets.told import ToldTable

_BUTTON, _PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Sync:
    """What a person does on the sync page of a window."""

    def __init__(self, window: Window) -> None:
        """Go there."""
        self.window = window
        page = window.go("sync")
        assert isinstance(page, SyncPage)
        self.page = page

    def exchange(self) -> None:
        """Press the button that exchanges with the place used last."""
        self.window.go("sync")
        self.window.press("Exchange now")

    def exchange_in(self, folder: Path) -> None:
        """Choose a folder, which exchanges at once."""
        self.window.press("Folder or stick …")
        self.choose(folder)

    def choose(self, path: Path) -> None:
        """Answer the file dialog in front."""
        for one in self.window.shell.findChildren(QFileDialog):
            if one.isVisible():
                one.fileSelected.emit(str(path))
                one.close()
                self.window.settle()
                return
        raise AssertionError("no file dialog is open")

    def drop(self, file: Path) -> None:
        """Drop a file on the page."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        copy = Qt.DropAction.CopyAction
        entering = QDragEnterEvent(QPoint(9, 9), copy, data, _BUTTON, _PLAIN)
        QApplication.sendEvent(self.page, entering)
        dropping = QDropEvent(QPointF(9, 9), copy, data, _BUTTON, _PLAIN)
        if entering.isAccepted():
            QApplication.sendEvent(self.page, dropping)
        self.window.settle()

    def tick(self, text: str) -> None:
        """Press the tick box that says this."""
        for one in self.page.findChildren(QCheckBox):
            if one.isVisible() and one.text() == text:
                one.click()
                self.window.settle()
                return
        raise AssertionError(f"nothing to tick says {text}")

    def tab(self, name: str) -> list[list[str]]:
        """Show one of the lists, and return what its rows say."""
        self.window.press(name)
        tables = self.page.tables
        by_name = {
            "Computers": tables.devices,
            "Packages": tables.packages,
            "Waiting": tables.waiting,
        }
        return rows(by_name[name])

    def type(self, text: str) -> None:
        """Type into the line of the dialog in front."""
        line = self.window.dialogs()[-1].findChild(QLineEdit)
        assert line is not None
        line.setText(text)
        self.window.settle()

    @property
    def texts(self) -> set[str]:
        """Return every text in sight."""
        return self.window.texts()

    @property
    def foot(self) -> str:
        """Return what the foot of the window says about the exchange."""
        return self.window.shell.foot._sync.text()


class Conflicts:
    """What a person does on the page of conflicts."""

    def __init__(self, window: Window) -> None:
        """Go there."""
        self.window = window
        page = window.go("conflicts")
        assert isinstance(page, ConflictsPage)
        self.page = page

    @property
    def records(self) -> list[str]:
        """Return what the list says."""
        return [row[0] for row in rows(self.table)]

    @property
    def table(self) -> ToldTable:
        """Return the list of records."""
        return self.page.list

    @property
    def fields(self) -> list[str]:
        """Return the fields in dispute of the record in view."""
        return [row.clash.field for row in self.page.pane.grid.rows]

    def pick(self, place: int) -> None:
        """Pick a record."""
        self.table.selectRow(place)
        self.window.settle()

    def row(self, field: str) -> ClashRow:
        """Return the row of a field."""
        return next(one for one in self.page.pane.grid.rows if one.clash.field == field)

    def use(self, field: str, *, mine: bool) -> None:
        """Press the word that takes a side."""
        row = self.row(field)
        box = next(box for side, box in row.sides if side.mine is mine)
        self.window.qtbot.mouseClick(box.button, _BUTTON)
        self.window.settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key on the fields."""
        self.page.pane.grid.setFocus()
        self.window.qtbot.keyClick(self.page.pane.grid, key, modifier)
        self.window.settle()

    def save(self) -> None:
        """Save what is decided."""
        self.window.qtbot.mouseClick(self.page.pane.save_button, _BUTTON)
        self.window.settle()
