"""实习安排: the students of a batch at the left, positions with room and caps at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.domain.placement import PlacementBatch
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.placing import Board
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.batch import BatchDialog
from xqhz_desktop.ui.models.people import settled, waiting
from xqhz_desktop.ui.pages import allocation_jobs as jobs
from xqhz_desktop.ui.pages.allocation_jobs import Seen
from xqhz_desktop.ui.pages.putting import Putting
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.balance import BalanceCard
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.posts import PostsPane
from xqhz_desktop.ui.widgets.students import StudentsPane

_LEFT, _NARROW, _NARROWEST = 415, 368, 346
"""Widths of the left pane, by the room there is."""

_KINDS = {
    "placement_batch",
    "batch_class",
    "school_class",
    "major",
    "student",
    "enterprise",
    "position",
    "placement",
    "consent",
    "non_participant",
}
"""Kinds whose changes are seen here."""


class AllocationPage(QWidget):
    """Chooses a batch; students go from the left pane into positions of the right one."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once; grey rows stand in until the batch has been read."""
        super().__init__()
        self._context = context
        self._board: Board | None = None
        self._wanted = ""
        self._stale = True
        self._reading: Handle | None = None
        self._seeking: Handle | None = None
        self._head = Head()
        self.chooser = QComboBox()
        self.edit_button, self.copy_button = Button("pencil"), Button("history", "tool")
        self.add_button = Button("plus", "primary")
        self.balance = BalanceCard(context.languages)
        self.students, self.posts = StudentsPane(context.languages), PostsPane(context.languages)
        self.empty = Empty(context.languages, "calendar-range")
        self._stand()
        self.putting = Putting(context, self.students, self.posts)
        self._say()
        self._connect()

    def refresh(self) -> None:
        """Read the batch anew, elsewhere."""
        self._stale = False
        if self._reading is not None:
            self._reading.cancel()
        job = partial(jobs.look, self._context.work, self._wanted, self.students.settled)
        self._reading = self._context.tasks.run(self, job, self._show, self._on_failed)

    def show_record(self, id: str) -> None:
        """Show a batch."""
        self._wanted = id
        self.refresh()

    def add(self) -> None:
        """Begin a new batch."""
        self._edit(None)

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Search for a student."""
        self.students.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.students.list, self.posts.list]

    def showEvent(self, event: object) -> None:
        """Read again what has changed while another page was in front."""
        if self._stale and event:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the left pane what the window allows."""
        super().resizeEvent(event)
        width = event.size().width()
        left = _LEFT if width >= 1200 else _NARROW if width >= 1100 else _NARROWEST
        self.students.setFixedWidth(left)

    def _stand(self) -> None:
        for tool in (self.chooser, self.copy_button, self.edit_button, self.add_button):
            self._head.tools.addWidget(tool)
        self.chooser.setMinimumWidth(200)
        self.chooser.setMaximumWidth(320)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        column = stand(self, self._head)
        work = QWidget()
        rows = QVBoxLayout(work)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP - 4)
        rows.addWidget(self.balance)
        panes = QHBoxLayout()
        panes.setSpacing(GAP)
        panes.addWidget(self.students)
        panes.addWidget(self.posts, 1)
        rows.addLayout(panes, 1)
        nothing = Card()
        nothing.body.addWidget(self.empty)
        self._body = QStackedWidget()
        self._body.addWidget(work)
        self._body.addWidget(nothing)
        column.addWidget(self._body, 1)

    def _say(self) -> None:
        bind = self._context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Allocation"))
        bind(self.chooser, self.chooser.setAccessibleName, N_("Batch"))
        bind(self.edit_button, self.edit_button.setText, N_("Edit batch"))
        bind(self.add_button, self.add_button.setText, N_("New batch"))
        bind(self.copy_button, self.copy_button.name, N_("Plan next year's batch like this one"))

    def _connect(self) -> None:
        self.chooser.activated.connect(self._on_chosen)
        self.copy_button.clicked.connect(self._on_copy)
        for button in (self.edit_button, self.copy_button, self.add_button):
            button.setEnabled(not self._context.work.read_only)
        self.edit_button.clicked.connect(self._on_edit)
        self.add_button.clicked.connect(self.add)
        self.empty.pressed.connect(self._on_empty)
        self.students.sought.connect(self._on_sought)
        self.students.mode_wanted.connect(self._on_mode)
        self.students.recommend_wanted.connect(self.posts.recommend)
        self.balance.absent_wanted.connect(self._on_list_absent)
        self.posts.new_wanted.connect(partial(self._context.navigate, "position"))
        self._context.changed.connect(self._on_changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.putting.put_here)

    def _show(self, seen: Seen) -> None:
        self._reading = None
        self._offer(seen)
        board = self._board = seen.board
        locked = self._context.work.read_only
        if board is None:
            hint = N_("A batch says which classes go out together, and from when until when.")
            way_out = "" if locked else N_("New batch")
            self.empty.say(N_("No placement batch yet"), hint, way_out, "calendar-range")
        elif not board.classes:
            hint = N_("Say which classes take part; their students appear here.")
            way_out = "" if locked else N_("Edit batch")
            self.empty.say(N_("This batch has no classes yet"), hint, way_out, "school")
        self._body.setCurrentIndex(0 if board and board.classes else 1)
        if board is None:
            return
        self._wanted = board.batch.id
        self._say_line(board)
        self.balance.show_balance(board.balance)
        people = (
            map(settled, seen.placed) if self.students.settled else map(waiting, board.candidates)
        )
        self.students.fill(list(people))
        self.posts.fill(board.hosts)
        self.putting.show_board(board)

    def _offer(self, seen: Seen) -> None:
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for batch in seen.batches:
                self.chooser.addItem(batch.name, batch.id)
            if seen.board:
                self.chooser.setCurrentIndex(self.chooser.findData(seen.board.batch.id))
        self.chooser.setVisible(bool(seen.batches))
        for button in (self.edit_button, self.copy_button):
            button.setVisible(bool(seen.batches))

    def _say_line(self, board: Board) -> None:
        batch, days = board.batch, 0
        if batch.start_date and batch.end_date:
            days = (batch.end_date - batch.start_date).days + 1
        text = Message(
            "{kind} | {classes} | {start} to {end}, {days}",
            kind=batch.type,
            classes=Message(NN_("{n} class", "{n} classes"), n=board.classes),
            start=batch.start_date,
            end=batch.end_date,
            days=Message(NN_("{n} day", "{n} days"), n=days),
        )
        self._context.languages.bind(self._head.line, self._head.line.setText, text)

    def _on_failed(self, error: UserError) -> None:
        if isinstance(error, Cancelled):
            return
        self._reading = None
        self._body.setCurrentIndex(1)
        self.empty.say(
            N_("The batch could not be read"), error.message, N_("Try again"), "triangle-alert"
        )
        self._board = None

    def _on_empty(self) -> None:
        if self._board is not None:
            self._on_edit()
        elif self.chooser.count():
            self.refresh()
        else:
            self.add()

    def _on_chosen(self, place: int) -> None:
        self._wanted = self.chooser.itemData(place)
        self.students.model.clear()
        self.students.keep_only_mode()
        self.refresh()

    def _on_mode(self, _mode: str) -> None:
        self.students.model.clear()
        self.students.keep_only_mode()
        self.students.fill([])
        self.students.show_mode()
        self.refresh()

    def _on_sought(self, words: str) -> None:
        if self._seeking is not None:
            self._seeking.cancel()
            self._seeking = None
        if not words or self._board is None:
            self.students.narrow(None)
            return
        job = partial(jobs.seek, self._context.work, self._board.batch, words)
        self._seeking = self._context.tasks.run(self, job, self._on_found)

    def _on_found(self, ids: frozenset[str]) -> None:
        self._seeking = None
        self.students.narrow(ids)

    def _on_changed(self, kinds: set[str]) -> None:
        if not kinds & _KINDS:
            return
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _on_list_absent(self) -> None:
        where = (Where("batch", "=", self._wanted),)
        self._context.navigate("non_participant", Query("non_participant", where=where))

    def _on_edit(self) -> None:
        self._edit(self._board.batch if self._board else None)

    def _on_copy(self) -> None:
        job = partial(jobs.copy, self._context.work, self._wanted)
        self._context.tasks.run(self, job, self._on_copied, self._context.complain)

    def _on_copied(self, batch: PlacementBatch) -> None:
        """Show the new batch and let its dates be looked at."""
        self._context.say(Message("Batch added: {name}", name=batch.name), undo=True)
        self.show_record(batch.id)
        self._edit(batch)

    def _edit(self, batch: PlacementBatch | None) -> None:
        if self._context.work.read_only:
            return
        dialog = BatchDialog(self, self._context, batch)
        dialog.saved.connect(self.show_record)
        dialog.open()
