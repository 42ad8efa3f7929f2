"""上岗前检查: the matrix of a batch, what is missing, and what is done about it from here."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSignalBlocker, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QComboBox, QWidget

from xqhz_desktop.domain.readiness import Item
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import preflight
from xqhz_desktop.services.attaching import Copies
from xqhz_desktop.services.preflight import Matrix, Row
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.pages import preflight_jobs as jobs
from xqhz_desktop.ui.pages.preflight_body import HOSTS, PreflightBody
from xqhz_desktop.ui.pages.preflight_card import ProofCard
from xqhz_desktop.ui.pages.preflight_jobs import Seen, Way
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.pages.staging_columns import ask_file
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.page import Head, stand

_KINDS = {
    "placement_batch", "placement", "student", "enterprise", "consent", "tripartite", "training",
    "training_result", "policy", "cover", "site_assessment", "decision", "decided", "filing",
    "attendance", "student_report", "visit_student", "score",
}  # fmt: skip
"""Kinds whose changes are seen here."""


class PreflightPage(QWidget):
    """Chooses a batch; the matrix in the middle, the gaps by size beside it."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once; the matrix comes when it has been read."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._wanted, self._stale = "", True
        self._reading: Handle | None = None
        self._copies = Copies()
        self._head, self.chooser = Head(), QComboBox()
        self.export, self.print = Button("download"), Button("printer", "primary")
        self.body = PreflightBody(context.languages)
        self.card = ProofCard(context.languages, self, locked=context.work.read_only)
        self._stand()
        self._speak()
        self._connect()

    @property
    def matrix(self) -> Matrix | None:
        """Return the batch that is shown."""
        return self.body.matrix

    def refresh(self) -> None:
        """Read the batch anew, elsewhere."""
        self._stale = False
        if self._reading is not None:
            self._reading.cancel()
        job = partial(jobs.look, self._context.work, self._wanted, date.today())
        self._reading = self._context.tasks.run(self, job, self._show, self._on_failed)

    def show_record(self, id: str) -> None:
        """Show a batch."""
        self._wanted = id
        self.refresh()

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Search for an enterprise or a student."""
        self.body.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_out(self) -> None:
        """Write the gaps of the rows shown into a sheet."""
        if self.matrix is not None:
            text = Message("{batch}: what is missing", batch=self.matrix.batch.name)
            write = partial(jobs.write, self.matrix, self.body.rows(), self._languages.language)
            ask_file(self, self._context, f"{self._languages.say(text)}.xlsx", write)

    def print_out(self) -> None:
        """Show the matrix with its gaps as a paper."""
        if self.matrix is not None:
            work, lang = self._context.work, self._languages.language
            job = partial(jobs.draw, work, self.matrix, self.body.rows(), lang)
            self._context.tasks.run(self, job, self._on_drawn, self._context.complain)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.body.side, self.body.table, self.body.gaps]

    def showEvent(self, event: object) -> None:
        """Read again what has changed while another page was in front."""
        if self._stale and event:
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Close the card: its cell is elsewhere now."""
        super().resizeEvent(event)
        self.card.hide()

    def _show(self, seen: Seen) -> None:
        self._reading = None
        matrix = seen.matrix
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for batch in seen.batches:
                self.chooser.addItem(batch.name, batch.id)
            if matrix:
                self.chooser.setCurrentIndex(self.chooser.findData(matrix.batch.id))
        for part in (self.chooser, self.export, self.print):
            part.setVisible(matrix is not None)
        self.card.hide()
        self.body.show_matrix(matrix)
        if matrix is not None:
            self._wanted = matrix.batch.id
            self._say_line(matrix)

    def _say_line(self, matrix: Matrix) -> None:
        start = matrix.batch.start_date
        left = (start - matrix.today).days if start else 0
        values = {
            "hosts": Message(NN_("{n} enterprise", "{n} enterprises"), n=len(matrix.hosts)),
            "interns": Message(NN_("{n} student", "{n} students"), n=len(matrix.lines)),
            "start": start,
        }
        text = Message("{hosts}, {interns} | on post since {start}", **values)
        if left > 0:
            days = Message(NN_("in {n} day", "in {n} days"), n=left)
            text = Message("{hosts}, {interns} | on post from {start}, {days}", days=days, **values)
        self._languages.bind(self._head.line, self._head.line.setText, text)

    def _on_failed(self, error: UserError) -> None:
        if not isinstance(error, Cancelled):
            self._reading = None
            self.body.fail(error.message)

    def _on_empty(self) -> None:
        if self.matrix is None and self.chooser.count():
            self.refresh()
        else:
            self._context.navigate("allocation", record=self._wanted)

    def _on_chosen(self, place: int) -> None:
        self.show_record(self.chooser.itemData(place))

    def _on_sought(self, words: str) -> None:
        if not words:
            self.body.narrow(None)
            return
        job = partial(jobs.seek, self._context.work, self.body.side.value, words)
        self._context.tasks.run(self, job, self.body.narrow)

    def _on_asked(self, row: Row, item: Item) -> None:
        table = self.body.table
        self._ask(
            row, item, QRect(table.mapTo(self, table.place().topLeft()), table.place().size())
        )

    def _on_asked_all(self, item: Item) -> None:
        """Ask about everybody in the rows shown."""
        if self.matrix is not None:
            totals = self.body.totals
            place = totals.place(item)
            rect = QRect(totals.mapTo(self, place.topLeft()), place.size())
            self._ask(preflight.together(self.matrix, self.body.rows()), item, rect)

    def _ask(self, row: Row, item: Item, place: QRect) -> None:
        if self.matrix is not None:
            job = partial(jobs.behind, self._context.work, self.matrix, row, item)
            done = partial(self.card.show_known, place)
            self._context.tasks.run(self, job, done, self._context.complain)

    def _on_opened(self, row: Row, item: Item | None) -> None:
        """Open the list behind a cell, or what the row is about."""
        if item is not None and self.matrix is not None:
            self._on_list(preflight.behind(self.matrix.batch, row, item))
        elif self.body.side.value != HOSTS:
            self._context.navigate("placement_detail", record=row.id)
        else:
            self._context.navigate("enterprise", record=row.id)

    def _on_list(self, query: Query) -> None:
        self.card.hide()
        self._context.navigate(query.kind, query)

    def _on_way(self, way: Way) -> None:
        self.card.hide()
        job = partial(jobs.do, way)
        self._context.tasks.run(self, job, partial(self._on_done, way), self._context.complain)

    def _on_done(self, way: Way, step: int) -> None:
        self._context.say(way.text, undo=bool(step))
        self.body.table.setFocus()

    def _on_drawn(self, drawn: Drawn) -> None:
        PaperDialog(self, self._context, drawn).open()

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def _on_paper(self, id: str) -> None:
        job = partial(jobs.copy, self._copies, self._context.work, id)
        self._context.tasks.run(self, job, self._opened, self._context.complain)

    def _opened(self, file: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _on_counted(self, rows: int) -> None:
        self.card.hide()
        if self.isVisible():
            self._context.count(Message(NN_("{n} row", "{n} rows"), n=rows))

    def _stand(self) -> None:
        for tool in (self.chooser, self.export, self.print):
            self._head.tools.addWidget(tool)
        self.chooser.setMinimumWidth(200)
        self.chooser.setMaximumWidth(320)
        self.chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        stand(self, self._head).addWidget(self.body, 1)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Before the start"))
        bind(self.chooser, self.chooser.setAccessibleName, N_("Batch"))
        bind(self.export, self.export.setText, N_("Export gaps"))
        bind(self.print, self.print.setText, N_("Print with gaps"))

    def _connect(self) -> None:
        body, card = self.body, self.card
        self.chooser.activated.connect(self._on_chosen)
        self.export.clicked.connect(self.take_out)
        self.print.clicked.connect(self.print_out)
        body.search_box.asked.connect(self._on_sought)
        body.table.asked.connect(self._on_asked)
        body.table.asked_all.connect(self._on_asked_all)
        body.totals.asked.connect(self._on_asked_all)
        body.table.opened.connect(self._on_opened)
        body.counted.connect(self._on_counted)
        body.empty.pressed.connect(self._on_empty)
        card.list_wanted.connect(self._on_list)
        card.paper_wanted.connect(self._on_paper)
        card.way_wanted.connect(self._on_way)
        card.closed.connect(body.table.setFocus)
        self.destroyed.connect(self._copies.clear)
        self._context.changed.connect(self._on_changed)
