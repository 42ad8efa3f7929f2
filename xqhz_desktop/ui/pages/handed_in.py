"""周志收阅: students' reports received of those owed, who is missing which, and reading them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import handing_in, rosters
from xqhz_desktop.services.handing_in import Board, Writer
from xqhz_desktop.services.rosters import Offered, Scope
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.answering import AnswerDialog
from xqhz_desktop.ui.pages import handed_in_asking as asking
from xqhz_desktop.ui.pages.handed_in_words import COLUMNS
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.scope_bar import ScopeBar, first_scope
from xqhz_desktop.ui.widgets.told import ToldTable

_KINDS = {"placement_batch", "batch_class", "placement", "student", "student_report"}
Sift = Callable[[Writer], bool]
_SIFTS: dict[str, tuple[str, Sift]] = {
    "missing": (N_("Missing"), lambda one: bool(one.missing)),
    "unread": (N_("Not read yet"), lambda one: one.unread > 0),
    "again": (N_("To be written again"), lambda one: one.again > 0),
    "summary": (N_("Without internship report"), lambda one: not one.summary),
}


@dataclass(frozen=True)
class Seen:
    """What was read: what can be chosen, and the board of it."""

    offered: Offered
    board: Board | None


class HandedInPage(QWidget):
    """A line an intern; those picked are marked together."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once."""
        super().__init__()
        self._context, self._wanted = context, Scope("")
        self._stale = True
        self._reading: Handle | None = None
        self.board: Board | None = None
        languages = context.languages
        self.scope, self.chips = ScopeBar(languages), Chips(languages)
        self.table = ToldTable(COLUMNS, languages, many=True)
        self.receive_button, self.summary_button = Button("download", "primary"), Button()
        self.review_button, self.open_button = Button("check"), Button("list")
        self.empty, self._head = Empty(languages, "file-text"), Head()
        self._stand()
        self._speak()
        self._connect()

    def refresh(self) -> None:
        """Read the batch anew, elsewhere."""
        self._stale = False
        if self._reading is not None:
            self._reading.cancel()
        job = partial(_look, self._context.work, self._wanted)
        self._reading = self._context.tasks.run(self, job, self._show, self._on_failed)

    def show_record(self, id: str) -> None:
        """Show a batch."""
        self._wanted = Scope(id)
        self.refresh()

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.scope, self.chips, self.table]

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what has changed while another page was in front."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def receive(self) -> None:
        """Ask which report came in from those picked."""
        if self.board is not None and self.table.chosen():
            take = partial(asking.receive, self._context.work, self.board.scope, self._picked())
            said = self._said_picked()
            AnswerDialog(self, self._context, asking.receiving(said), take).open()

    def review(self) -> None:
        """Ask what is said of the unread reports of those picked."""
        if self.table.chosen():
            take = partial(asking.review, self._context.work, self._picked())
            dialog = AnswerDialog(self, self._context, asking.reviewing(self._said_picked()), take)
            bank = asking.CommentBank(self._context, dialog.form)
            dialog.beside(bank, 320)
            dialog.open()

    def _stand(self) -> None:
        self._head.tools.addWidget(self.scope)
        column = stand(self, self._head)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.chips, 1)
        buttons = (self.open_button, self.summary_button, self.review_button, self.receive_button)
        for button in buttons:
            tools.addWidget(button)
        column.addLayout(tools)
        card, nothing = Card(1, 0), Card()
        card.body.addWidget(self.table)
        nothing.body.addWidget(self.empty)
        self._body = QStackedWidget()
        self._body.addWidget(card)
        self._body.addWidget(nothing)
        column.addWidget(self._body, 1)

    def _speak(self) -> None:
        bind = self._context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Student reports"))
        bind(self.receive_button, self.receive_button.setText, N_("Mark as received"))
        bind(self.summary_button, self.summary_button.setText, N_("Internship report received"))
        bind(self.review_button, self.review_button.setText, N_("Review"))
        bind(self.open_button, self.open_button.setText, N_("Show reports"))
        bind(self.table, self.table.setAccessibleName, N_("Student reports"))

    def _connect(self) -> None:
        self.scope.chosen.connect(self._on_scope)
        self.chips.chosen.connect(self._sift)
        self.table.picked.connect(self._on_picked)
        self.table.opened.connect(self._on_open)
        self.open_button.clicked.connect(self._on_open)
        self.receive_button.clicked.connect(self.receive)
        self.summary_button.clicked.connect(self._on_summary)
        self.review_button.clicked.connect(self.review)
        self.empty.pressed.connect(self._on_empty)
        self._context.changed.connect(self._on_changed)

    def _show(self, seen: Seen) -> None:
        self._reading = None
        board = self.board = seen.board
        self.scope.offer(seen.offered, board.scope if board else Scope(""))
        shown = board is not None and board.kind is not None and bool(board.writers)
        self._body.setCurrentIndex(0 if shown else 1)
        self.chips.setVisible(shown)
        if board is None:
            hint = N_("A batch says which classes go out together, and from when until when.")
            self.empty.say(N_("No placement batch yet"), hint, N_("Allocation"), "calendar-range")
        elif not shown:
            self._say_nothing(board)
        else:
            self._wanted = board.scope
            self._sift()
            self._count(board)
        self._say_line(board if shown else None)

    def _say_nothing(self, board: Board) -> None:
        if board.kind is None:
            hint = N_("Say in the batch how often its students report.")
            title = N_("Students of this batch hand in no reports")
            self.empty.say(title, hint, N_("Open the batch"), "file-text")
        elif board.count:
            many = Message(NN_("{n} intern", "{n} interns"), n=board.count)
            hint = N_("That is too much for one list. Choose a class or an enterprise.")
            self.empty.say(many, hint)
        else:
            self.empty.say(N_("Nobody is on placement here yet"), "")

    def _count(self, board: Board) -> None:
        counts = {name: sum(map(sift, board.writers)) for name, (_word, sift) in _SIFTS.items()}
        self.chips.show_chips(
            len(board.writers),
            [Chip(name, word, counts[name]) for name, (word, _sift) in _SIFTS.items()],
        )

    def _say_line(self, board: Board | None) -> None:
        text = Message(
            "{received} of {owed} received, {missing} missing | {share} % of what came has been "
            "read",
            received=board.received if board else 0,
            owed=board.owed if board else 0,
            missing=board.owed - board.received if board else 0,
            share=board.read_share if board else 0,
        )
        bind = self._context.languages.bind
        bind(self._head.line, self._head.line.setText, text if board else "")

    def _sift(self, _value: object = None) -> None:
        sift = _SIFTS.get(self.chips.value or "", ("", lambda _one: True))[1]
        picked = set(self._picked())
        rows = [one for one in self.board.writers if sift(one)] if self.board else []
        self.table.show_rows(rows)
        places = [n for n, one in enumerate(rows) if one.seat.placement in picked]
        self.table.pick(places)

    def _picked(self) -> list[str]:
        return [one.seat.placement for one in self.table.chosen()]

    def _said_picked(self) -> Message:
        some: list[Writer] = self.table.chosen()
        if len(some) == 1:
            return Message("{name}", name=some[0].seat.name)
        return Message(NN_("{n} intern", "{n} interns"), n=len(some))

    def _on_picked(self) -> None:
        some, locked = self.table.chosen(), self._context.work.read_only
        for button in (self.receive_button, self.summary_button, self.review_button):
            button.setEnabled(bool(some) and not locked)
        self.open_button.setEnabled(bool(some))

    def _on_summary(self) -> None:
        job = partial(asking.summary, self._context.work, self._picked())
        self._context.tasks.run(self, job, self._on_said, self._context.complain)

    def _on_said(self, said: Message) -> None:
        self._context.say(said, undo=True)

    def _on_open(self) -> None:
        ids = tuple(self._picked())
        if ids:
            where = (Where("placement", "in", ids),)
            self._context.navigate("student_report", Query("student_report", where=where))

    def _on_scope(self, scope: Scope) -> None:
        self._wanted = scope
        self.refresh()

    def _on_empty(self) -> None:
        if self.board is None:
            self._context.navigate("allocation")
        else:
            self._context.navigate("placement_batch", record=self.board.batch.id)

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _on_failed(self, error: UserError) -> None:
        if not isinstance(error, Cancelled):
            self._reading = None
            self._body.setCurrentIndex(1)
            self.empty.say(N_("The reports could not be read"), error.message)


def _look(work: Work, wanted: Scope, _progress: Progress) -> Seen:
    today = date.today()
    offered = rosters.offered(work, wanted.batch, today)
    if offered.batch is None:
        return Seen(offered, None)
    return Seen(offered, handing_in.board(work, first_scope(offered, wanted), today))
