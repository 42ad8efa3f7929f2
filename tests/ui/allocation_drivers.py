"""Page object of the allocation page: what a coordinator does there, and what they read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.placements import SmallSchool
from tests.ui.drivers import Window
from xqhz_desktop.services import workspace
from xqhz_desktop.ui.dialogs.batch import BatchDialog
from xqhz_desktop.ui.models.offers import HostLine, PostLine
from xqhz_desktop.ui.pages.allocation import AllocationPage
from xqhz_desktop.ui.widgets.cap_notice import CapNotice
from xqhz_desktop.ui.widgets.drops import MIME
from xqhz_desktop.ui.widgets.editors import LineEditor
from xqhz_desktop.ui.widgets.offer_row import Aimed, OfferColumns, button_box

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Allocation:
    """The window with the allocation page in front."""

    def __init__(self, qtbot: QtBot, app: QApplication, school: SmallSchool) -> None:
        """Open the workspace of ``school``, which is closed before."""
        folder: Path = school.work.folder
        workspace.close(school.work)
        self.qtbot, self.school = qtbot, school
        self.window = Window(qtbot, app, "en")
        self.window.open(folder)
        page = self.window.go("allocation")
        assert isinstance(page, AllocationPage)
        self.page = page
        assert self.window.session.live is not None
        school.work = self.window.session.live.work  # tests go on through the open one

    def close(self) -> None:
        """Close the window."""
        self.window.close()

    def settle(self) -> None:
        """Wait until everything is read and shown."""
        self.window.settle()

    # the left pane

    def waiting(self) -> list[str]:
        """Return the names at the left."""
        return [one.name for one in self.page.students.model.shown if one]

    def ticked(self) -> list[str]:
        """Return the names with a tick."""
        return [one.name for one in self.page.students.model.chosen()]

    def click(self, name: str, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Click a student."""
        view = self.page.students.list
        index = view.people.index(self.waiting().index(name))
        view.scrollTo(index)
        at = view.visualRect(index).center()
        self.qtbot.mouseClick(view.viewport(), LEFT, modifier, at)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key in the list at the left."""
        view = self.page.students.list
        view.setFocus()
        self.qtbot.keyClick(view, key, modifier)

    def tick(self, n: int) -> None:
        """Tick the first students."""
        for name in self.waiting()[:n]:
            self.click(name)

    def leave_out(self, reason: str) -> None:
        """Say that those ticked do not take part, for a reason of the menu."""
        menu = self.page.students.reasons()
        action = next(one for one in menu.actions() if one.text() == reason)
        action.trigger()
        self.settle()

    def search(self, words: str) -> None:
        """Type into the search box."""
        self.page.students.search_box.setText(words)
        self.settle()

    def figures(self) -> list[str]:
        """Return due, placed and not placed as the card says them."""
        return [label.text() for label in self.page.balance._figures.values()]

    def show_placed(self) -> None:
        """Press “Placed” above the list."""
        self.window.press("Placed")

    # the right pane

    def positions(self) -> list[str]:
        """Return the names at the right, enterprises in brackets."""
        names = []
        for line in self.page.posts.model.lines:
            if isinstance(line, HostLine):
                names.append(f"[{line.host.enterprise.name}]")
            elif isinstance(line, PostLine):
                names.append(line.offer.position.name)
        return names

    def point(self, position: str, *, on_button: bool = True) -> QPoint:
        """Return where a position, or its button, stands in the list."""
        view = self.page.posts.list
        row = next(
            row
            for row, line in enumerate(view.offers.lines)
            if isinstance(line, PostLine) and line.offer.position.name == position
        )
        view.scrollTo(view.offers.index(row))
        rect = view.visualRect(view.offers.index(row))
        return button_box(rect, OfferColumns(rect.width())).center() if on_button else rect.center()

    def put(self, position: str) -> None:
        """Press the button of a position."""
        view = self.page.posts.list
        self.qtbot.mouseClick(view.viewport(), LEFT, PLAIN, self.point(position))
        self.settle()

    def hover(self, position: str) -> Aimed | None:
        """Move the mouse over a position; return what is previewed."""
        view = self.page.posts.list
        self.qtbot.mouseMove(view.viewport(), self.point(position, on_button=False))
        QApplication.processEvents()
        return view.rows_painter.aimed

    def drag(self, names: Iterable[str], position: str, *, drop: bool = True) -> bool:
        """Carry students over a position, and let go there; return whether it takes them."""
        view = self.page.posts.list
        ids = [one.student for one in self.page.students.model.everyone if one.name in set(names)]
        data = QMimeData()
        data.setData(MIME, "\n".join(ids).encode())
        at, copy = self.point(position, on_button=False), Qt.DropAction.CopyAction
        for kind in (QDragEnterEvent, QDragMoveEvent):
            event = kind(at, copy, data, LEFT, PLAIN)
            QApplication.sendEvent(view.viewport(), event)
        if drop:
            fallen = QDropEvent(at.toPointF(), copy, data, LEFT, PLAIN)
            QApplication.sendEvent(view.viewport(), fallen)
            self.settle()
        return event.isAccepted()

    def notice(self) -> CapNotice | None:
        """Return the box below a position."""
        found = self.page.posts.list.findChildren(CapNotice)
        return next((one for one in found if one.isVisible()), None)

    def noticed(self) -> str:
        """Return everything the box says."""
        box = self.notice()
        assert box is not None, "nothing stands in the way"
        return "\n".join(text for one, text in self.window.said() if box.isAncestorOf(one))

    def said(self) -> str:
        """Return what the bar at the foot says."""
        return self.page.posts.undo_bar.said

    # the dialog

    def dialog(self) -> BatchDialog:
        """Return the batch editor."""
        (found,) = self.window.dialogs()
        assert isinstance(found, BatchDialog)
        self.settle()
        return found

    def fill(self, field: str, text: str) -> None:
        """Type into a field of the batch editor."""
        editor = self.dialog().form.fields[field].editor
        assert isinstance(editor, LineEditor)
        editor.line.setText(text)
