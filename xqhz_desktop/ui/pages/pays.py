"""报酬发放: what interns were paid month by month, typed as on the list of the enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from xqhz_desktop.domain.wages import PayState
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import paying, rosters
from xqhz_desktop.services.paying import PaySheet
from xqhz_desktop.services.rosters import Offered, Scope
from xqhz_desktop.services.sheet_drafts import Texts
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.pay_book import PayBook
from xqhz_desktop.ui.pages.sheet_desk import SheetDesk
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided, words
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.scope_bar import first_scope

DRAFT = "pay_sheet"
"""The kind of the drafts of this page."""

_ABOUT = "pay"
_KINDS = {"placement_batch", "batch_class", "placement", "student", "pay"}


@dataclass(frozen=True)
class Seen:
    """What was read: what can be chosen, and the sheet."""

    offered: Offered
    sheet: PaySheet | None


class PaysPage(QWidget):
    """A line an intern, a column a month; saved as one step."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once."""
        super().__init__()
        self._context, self._wanted, self._stale = context, Scope(""), True
        self.desk = SheetDesk(self, context, DRAFT, "table-2")
        self.entries, self.grid = self.desk.entries, self.desk.grid
        self.agreed_button, self.save_button = Button("check"), Button("save", "primary")
        self.day, self._day_label = QDateEdit(QDate.currentDate()), words("label")
        self._said, self._head = Elided("label"), Head()
        self._stand()
        self._speak()
        self._connect()

    @property
    def book(self) -> PayBook | None:
        """Return the sheet in front."""
        book = self.entries.book
        return book if isinstance(book, PayBook) else None

    def refresh(self) -> None:
        """Read the sheet anew, unless something is typed that is not saved."""
        if not self.entries.unsaved:
            self._stale = False
            self.desk.read(partial(_look, self._context.work, self._wanted), self._show)

    def may_leave(self) -> bool:
        """Tell whether nothing is unsaved; else ask what to do with it."""
        return self.desk.may_leave()

    def undo(self) -> bool:
        """Take back what was typed last, while something is not saved."""
        return self.desk.undo()

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.desk.scope, self.grid]

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what has changed while another page was in front."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def fill_agreed(self) -> None:
        """Write the agreed pay into the selected cells, or into the month looked at."""
        book = self.book
        if book is None:
            return
        cells = self.grid.chosen()
        if len(cells) == 1:
            cells = [(row, cells[0][1]) for row in range(len(book.keys))]
        n = self.entries.write(
            (row, month, book.agreed(row))
            for row, month in cells
            if book.agreed(row) and not self.entries.text(row, month)
        )
        self._context.say(Message(NN_("{n} amount filled in", "{n} amounts filled in"), n=n))

    def _stand(self) -> None:
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self._head.tools.addWidget(self.desk.scope)
        column = stand(self, self._head)
        column.setSpacing(12)
        column.addWidget(self.desk.left)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for part in (self.agreed_button, self._day_label, self.day):
            tools.addWidget(part)
        tools.addWidget(self._said, 1)
        tools.addWidget(self.save_button)
        column.addLayout(tools)
        column.addWidget(self.desk.body, 1)

    def _speak(self) -> None:
        bind = self._context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Pay of interns"))
        bind(self.grid, self.grid.setAccessibleName, N_("Pay of interns"))
        bind(self.agreed_button, self.agreed_button.setText, N_("Fill in the agreed pay"))
        told = N_("Into the selected cells, or for everybody in the month looked at.")
        bind(self.agreed_button, self.agreed_button.setToolTip, told)
        bind(self._day_label, self._day_label.setText, N_("Paid on"))
        bind(self.day, self.day.setAccessibleName, N_("Paid on"))
        bind(self.save_button, self.save_button.setText, N_("Save"))

    def _connect(self) -> None:
        self.desk.chosen.connect(self._go)
        self.desk.refused.connect(self._on_refused)
        self.agreed_button.clicked.connect(self.fill_agreed)
        self.save_button.clicked.connect(self.desk.keeping.save)
        self.entries.edited.connect(self._on_edited)
        self.desk.keeping.saved.connect(self._on_saved)
        self._context.changed.connect(self._on_changed)
        self._context.languages.changed.connect(self.refresh)

    def _show(self, seen: Any) -> None:
        assert isinstance(seen, Seen)
        sheet = seen.sheet
        self.desk.scope.offer(seen.offered, sheet.scope if sheet else Scope(""))
        shown = sheet is not None and bool(sheet.payees)
        for part in (self.agreed_button, self._day_label, self.day, self._said, self.save_button):
            part.setVisible(shown)
        if sheet is None:
            self.desk.say_no_batch()
        elif shown:
            self._show_sheet(sheet)
        elif sheet.count:
            self.desk.say_many(sheet.count)
        else:
            self.desk.say_nothing(N_("Nobody is on placement here yet"), "")

    def _show_sheet(self, sheet: PaySheet) -> None:
        self._wanted = sheet.scope
        book = PayBook(sheet, date.today(), self._context.languages.language)
        self.desk.show_book(book, (sheet.scope, _ABOUT), partial(self._write, book))
        self.grid.go_to(0, len(book.fields) - 1)

    def _write(self, book: PayBook, texts: Texts) -> int:
        day = self.day.date()
        paid_on = date(day.year(), day.month(), day.day())
        return paying.save(self._context.work, book.values(texts), paid_on)

    def _on_edited(self) -> None:
        n, book = self.entries.unsaved, self.book
        self.save_button.setEnabled(bool(n) and not self._context.work.read_only)
        bind = self._context.languages.bind
        text = Message(NN_("{n} cell not saved", "{n} cells not saved"), n=n)
        bind(self._said, self._said.setText, text if n else "")
        if book is not None:
            line = Message(
                "{people} | overdue and not paid: {unpaid} | paid late: {late}",
                people=Message(NN_("{n} intern", "{n} interns"), n=len(book.keys)),
                unpaid=book.count(PayState.UNPAID),
                late=book.count(PayState.LATE),
            )
            bind(self._head.line, self._head.line.setText, line)

    def _go(self, scope: Scope, _about: str) -> None:
        """Read another sheet; nothing is unsaved."""
        self._wanted = scope
        self.refresh()

    def _on_saved(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _on_refused(self, text: str) -> None:
        self._context.say(
            Message("“{text}” is no amount of money. Write 2800 or 2800.50.", text=text)
        )

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._on_saved()


def _look(work: Work, wanted: Scope, _progress: Progress) -> Seen:
    today = date.today()
    offered = rosters.offered(work, wanted.batch, today)
    if offered.batch is None:
        return Seen(offered, None)
    return Seen(offered, paying.sheet(work, first_scope(offered, wanted), today))
