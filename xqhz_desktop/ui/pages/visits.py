"""走访: who waits for a visit, what is planned, what was found, and what is still to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QWidget

from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import rosters, visiting
from xqhz_desktop.services.rosters import Offered
from xqhz_desktop.services.visiting import Board, Host, Made
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.answering import AnswerDialog
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.pages import visit_jobs, visit_words
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.tasks import Handle, Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.segmented import Segmented
from xqhz_desktop.ui.widgets.told import ToldTable

_KINDS = {"placement_batch", "placement", "enterprise", "visit", "visit_student", "staff"}
_MODES = (
    ("waiting", N_("To be visited")),
    ("planned", N_("Planned")),
    ("made", N_("Visited")),
    ("open", N_("To be done")),
)


@dataclass(frozen=True)
class Seen:
    """What was read: the batches, and the visits of one."""

    offered: Offered
    board: Board | None


class VisitsPage(QWidget):
    """Four lists of one batch; planning and noting open a form."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once."""
        super().__init__()
        self._context, self._wanted, self._stale = context, "", True
        self._reading: Handle | None = None
        self.board: Board | None = None
        languages = context.languages
        self.chooser, self.mode = QComboBox(), Segmented(languages, _MODES)
        self.hosts = ToldTable(visit_words.HOSTS, languages, many=True)
        self.visits = ToldTable(visit_words.VISITS, languages, many=True)
        self.plan_button, self.note_button = Button("calendar", "primary"), Button("pencil")
        self.print_button, self.settle_button = Button("printer"), Button("check")
        self.empty, self._head = Empty(languages, "user-check"), Head()
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
        self._wanted = id
        self.refresh()

    def add(self) -> None:
        """Plan a visit to the enterprises picked."""
        if self.board is None or self._context.work.read_only:
            return
        some = self._enterprises()
        if not some:
            self._context.say(Message("Pick the enterprises to visit first."))
            return
        asking = visit_words.planning(len(some))
        take = partial(visit_jobs.plan, self._context.work, self.board.batch.id, some)
        AnswerDialog(self, self._context, asking, take).open()

    def note(self) -> None:
        """Note what was found on the visit picked, or on one to the enterprise picked."""
        if self.board is None or self._context.work.read_only:
            return
        job = partial(visit_jobs.begun, self._context.work, self.board, self._visit_or_host())
        self._context.tasks.run(self, job, self._on_begun, self._context.complain)

    def print_out(self) -> None:
        """Print blank sheets for the visits picked."""
        if ids := [one.id for one in self.visits.chosen()]:
            lang = self._context.languages.language
            job = partial(visit_jobs.draw, self._context.work, ids, lang)
            self._context.tasks.run(self, job, self._on_drawn, self._context.complain)

    def settle(self) -> None:
        """Note that what had to be done is done."""
        ids = [one.id for one in self.visits.chosen() if one.open]
        if ids and not self._context.work.read_only:
            job = partial(visit_jobs.settle, self._context.work, ids)
            self._context.tasks.run(self, job, self._on_said, self._context.complain)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.mode, self.hosts if self._waiting else self.visits]

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what has changed while another page was in front."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    @property
    def _waiting(self) -> bool:
        return self.mode.value == "waiting"

    def _stand(self) -> None:
        self.chooser.setMinimumWidth(200)
        self.chooser.setMaximumWidth(320)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._head.tools.addWidget(self.chooser)
        column = stand(self, self._head)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.mode)
        tools.addStretch(1)
        buttons = (self.print_button, self.settle_button, self.note_button, self.plan_button)
        for button in buttons:
            tools.addWidget(button)
        column.addLayout(tools)
        self._body = QStackedWidget()
        for part in (self.hosts, self.visits, self.empty):
            card = Card(1, 0)
            card.body.addWidget(part)
            self._body.addWidget(card)
        column.addWidget(self._body, 1)

    def _speak(self) -> None:
        bind = self._context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Placement visits"))
        bind(self.chooser, self.chooser.setAccessibleName, N_("Batch"))
        bind(self.plan_button, self.plan_button.setText, N_("Plan visits"))
        bind(self.note_button, self.note_button.setText, N_("Note a visit"))
        bind(self.print_button, self.print_button.setText, N_("Blank sheets"))
        bind(self.settle_button, self.settle_button.setText, N_("Mark as done"))
        bind(self.hosts, self.hosts.setAccessibleName, N_("Enterprises to visit"))
        bind(self.visits, self.visits.setAccessibleName, N_("Placement visits"))

    def _connect(self) -> None:
        self.chooser.activated.connect(self._on_chosen)
        self.mode.chosen.connect(self._fill)
        self.plan_button.clicked.connect(self.add)
        self.note_button.clicked.connect(self.note)
        self.print_button.clicked.connect(self.print_out)
        self.settle_button.clicked.connect(self.settle)
        for table in (self.hosts, self.visits):
            table.picked.connect(self._on_picked)
        self.hosts.opened.connect(self.note)
        self.visits.opened.connect(self.note)
        self.empty.pressed.connect(partial(self._context.navigate, "allocation"))
        self._context.changed.connect(self._on_changed)

    def _show(self, seen: Seen) -> None:
        self._reading = None
        board = self.board = seen.board
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for one in seen.offered.batches:
                self.chooser.addItem(one.name, one.id)
            if board is not None:
                self.chooser.setCurrentIndex(self.chooser.findData(board.batch.id))
        self.chooser.setVisible(board is not None)
        bind = self._context.languages.bind
        bind(self._head.line, self._head.line.setText, visit_words.line(board) if board else "")
        self._fill()

    def _fill(self, _mode: str = "") -> None:
        board, mode = self.board, self.mode.value
        rows: list[Host] | list[Made] = []
        if board is not None and self._waiting:
            rows = list(board.hosts)
        elif board is not None:
            rows = [one for one in board.visits if visit_words.fits(one, mode)]
        table = self.hosts if self._waiting else self.visits
        table.show_rows(rows)
        self._body.setCurrentIndex(2 if not rows else 0 if self._waiting else 1)
        if not rows:
            self.empty.say(*visit_words.nothing(board, mode))
        self._on_picked()

    def _enterprises(self) -> list[str]:
        if self._waiting:
            return [one.id for one in self.hosts.chosen()]
        return list(dict.fromkeys(one.enterprise for one in self.visits.chosen()))

    def _visit_or_host(self) -> tuple[str, str]:
        """Return the id of the visit picked, and of the enterprise picked; empty for none."""
        table = self.hosts if self._waiting else self.visits
        first = next(iter(table.chosen()), None)
        if isinstance(first, Made):
            return first.id, first.enterprise
        return "", first.id if isinstance(first, Host) else ""

    def _on_begun(self, begun: visit_jobs.Begun) -> None:
        asking = visit_words.noting(begun)
        met = visit_jobs.Met(self._context.languages, begun)
        take = partial(visit_jobs.note, self._context.work, met.said)
        dialog = AnswerDialog(self, self._context, asking, take)
        dialog.beside(met)
        dialog.open()

    def _on_drawn(self, drawn: Drawn) -> None:
        PaperDialog(self, self._context, drawn).open()

    def _on_said(self, said: Message) -> None:
        self._context.say(said, undo=True)

    def _on_picked(self) -> None:
        locked = self._context.work.read_only
        some = (self.hosts if self._waiting else self.visits).chosen()
        self.plan_button.setEnabled(bool(some) and not locked)
        self.note_button.setEnabled(len(some) == 1 and not locked)
        self.print_button.setVisible(not self._waiting)
        self.print_button.setEnabled(bool(some))
        self.settle_button.setVisible(self.mode.value == "open")
        self.settle_button.setEnabled(bool(some) and not locked)

    def _on_chosen(self, place: int) -> None:
        self._wanted = self.chooser.itemData(place)
        self.refresh()

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _on_failed(self, error: UserError) -> None:
        if not isinstance(error, Cancelled):
            self._reading = None
            self._body.setCurrentIndex(2)
            self.empty.say(N_("The visits could not be read"), error.message)


def _look(work: Work, wanted: str, _progress: Progress) -> Seen:
    today = date.today()
    offered = rosters.offered(work, wanted, today)
    if offered.batch is None:
        return Seen(offered, None)
    return Seen(offered, visiting.board(work, offered.batch.id, today))
