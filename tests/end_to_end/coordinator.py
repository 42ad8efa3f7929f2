"""Somebody of the school who uses the program from the first start on, by mouse and keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.drivers import Window
from tests.ui.list_drivers import compose, drop
from xqhz_desktop.domain.records import Record
from xqhz_desktop.ui.dialogs.batch import BatchDialog
from xqhz_desktop.ui.dialogs.importing import ImportDialog
from xqhz_desktop.ui.dialogs.new_school import NewSchool
from xqhz_desktop.ui.pages.allocation import AllocationPage
from xqhz_desktop.ui.pages.records import RecordsPage
from xqhz_desktop.ui.pages.reports import ReportsPage
from xqhz_desktop.ui.pages.staging import StagingPage
from xqhz_desktop.ui.pages.staging_body import StagingBody
from xqhz_desktop.ui.widgets.form import RecordForm
from xqhz_desktop.ui.widgets.people import PeopleList
from xqhz_desktop.ui.widgets.seek import SeekEditor

PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier

W = TypeVar("W", bound=QWidget)


class Coordinator:
    """One sitting at the computer: the window is opened, used and closed."""

    def __init__(self, qtbot: QtBot, app: QApplication, language: str = "") -> None:
        """Start the program without saying which school."""
        self.qtbot = qtbot
        self.window = Window(qtbot, app, language)
        self.window.session.begin()
        self.window.settle()

    def close(self) -> None:
        """Close the window."""
        self.window.close()

    # looking

    def sees(self, *some: str) -> bool:
        """Tell whether each of these stands in a text in sight."""
        texts = self.window.texts()
        return all(any(one in text for text in texts) for one in some)

    def names(self, page: str) -> list[str]:
        """Return the first column of a list."""
        shown = self.records(page)
        self.quiet(shown)
        model = shown.model
        for place in range(model.rowCount()):
            model.row(place)
        self.quiet(shown)
        return [str(model.index(place, 0).data()) for place in range(model.rowCount())]

    def stored(self, kind: str) -> list[Record]:
        """Return what the database holds."""
        with self.window.live.work.store.read() as reader:
            return list(reader.all(kind))

    # going

    def records(self, page: str) -> RecordsPage:
        """Go to a list."""
        return self._page(page, RecordsPage)

    @property
    def allocation(self) -> AllocationPage:
        """Go to the allocation page."""
        return self._page("allocation", AllocationPage)

    @property
    def reports(self) -> ReportsPage:
        """Go to the reports."""
        page = self._page("reports", ReportsPage)
        self.qtbot.waitUntil(lambda: page.settled, timeout=20_000)
        return page

    def _page(self, name: str, kind: type[W]) -> W:
        front = self.window.go(name)
        assert isinstance(front, kind)
        self.window.shell.activateWindow()  # no desktop does it here when a dialog closes
        return front

    def quiet(self, page: RecordsPage) -> None:
        """Wait until a list has no question open."""
        self.qtbot.waitUntil(lambda: page._search.idle, timeout=10_000)
        self.window.settle()
        self.qtbot.waitUntil(lambda: page._search.idle, timeout=10_000)

    # doing

    def found_school(self, name: str, person: str, folder: Path) -> None:
        """Set up a school from the welcome page."""
        self.window.press("建立我的学校")
        form = self.window.shell.front()
        assert isinstance(form, NewSchool)
        for line, text in ((form.school, name), (form.person, person), (form.folder, str(folder))):
            line.clear()
            self.type(line, text)
        self.window.press("建立")

    def type(self, line: QWidget, text: str) -> None:
        """Type on the keyboard; what is not on it comes from the input method."""
        line.setFocus()
        for letter in text:
            if letter.isascii():
                self.qtbot.keyClick(line, letter)
            else:
                compose(line, commit=letter)
        self.window.settle()

    def write(self, form: RecordForm, **values: str) -> None:
        """Write into fields of a form, over what stands there."""
        for name, text in values.items():
            core = form.fields[name].editor.core
            core.setFocus()
            self.qtbot.keyClick(core, Qt.Key.Key_A, CONTROL)
            self.type(core, text)
            self.qtbot.keyClick(core, Qt.Key.Key_Tab)

    def pick(self, page: RecordsPage, field: str, words: str) -> None:
        """Type into a field that finds records, and take the first one offered with Enter."""
        editor = page.pane.form.fields[field].editor
        assert isinstance(editor, SeekEditor)
        self.type(editor.core, words)
        self.quiet(page)
        self.qtbot.waitUntil(editor._popup.isVisible, timeout=10_000)
        self.qtbot.keyClick(editor._popup, Qt.Key.Key_Down)
        self.qtbot.keyClick(editor._popup, Qt.Key.Key_Return)
        self.quiet(page)

    def save(self, page: RecordsPage) -> None:
        """Press Ctrl+S in the form."""
        self.qtbot.keyClick(page.pane.form.fields["name"].editor.core, Qt.Key.Key_S, CONTROL)
        self.quiet(page)

    def asked(self, kind: type[W]) -> W:
        """Return the dialog of this kind once it is in front."""
        shell = self.window.shell

        def there() -> list[W]:
            return [one for one in shell.findChildren(kind) if one.isVisible()]

        self.qtbot.waitUntil(lambda: bool(there()), timeout=10_000)
        return there()[-1]

    def choose_file(self, file: Path) -> None:
        """Choose a file in the dialog in front, as its button does."""
        dialog = self.asked(QFileDialog)
        dialog.fileSelected.emit(str(file))
        dialog.reject()
        self.window.settle()

    def download_template(self, page: str, file: Path) -> None:
        """Open the import of a list, save its template, and cancel."""
        self.records(page)
        self.window.press("导入")
        self.window.press("下载模板")
        self.choose_file(file)
        self.window.press("取消")

    def check(self, page: str, file: Path) -> StagingBody:
        """Drop a file on 批量导入, and return the check before anything is written."""
        self.records(page)
        self.window.press("导入")
        drop(self.asked(ImportDialog).drop, file)
        self.window.press("确定")
        window = self.window

        def checked() -> StagingBody | None:
            front = window.shell.front()
            return front.body if isinstance(front, StagingPage) else None

        self.qtbot.waitUntil(lambda: checked() is not None, timeout=10_000)
        window.settle()
        body = checked()
        assert body is not None
        return body

    def new_batch(self, name: str, start: str, end: str) -> None:
        """Make a batch of every class."""
        page = self.allocation
        page.add()
        dialog = self.asked(BatchDialog)
        self.window.settle()
        self.write(dialog.form, name=name, start_date=start, end_date=end)
        dialog.list.setFocus()
        self.qtbot.keyClick(dialog.list, Qt.Key.Key_A, CONTROL)
        self.window.press("保存")

    def tick(self, students: PeopleList, *names: str) -> None:
        """Click the students of these names."""
        shown = [one.name for one in students.people.shown if one]
        for name in names:
            index = students.people.index(shown.index(name))
            students.scrollTo(index)
            where = students.visualRect(index).center()
            self.qtbot.mouseClick(students.viewport(), Qt.MouseButton.LeftButton, PLAIN, where)

    def key(self, widget: QWidget, key: Qt.Key, modifier: Any = PLAIN) -> None:
        """Press a key."""
        widget.setFocus()
        self.qtbot.keyClick(widget, key, modifier)
        self.window.settle()

    def command(self, name: str) -> None:
        """Give a command that works everywhere, as its keys do."""
        self.window.shell.actions_by_name[name].trigger()
        self.window.settle()
        QApplication.processEvents()

    def dialogs(self) -> list[QDialog]:
        """Return the dialogs in front."""
        return self.window.dialogs()
