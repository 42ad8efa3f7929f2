"""考勤: the attendance of a month, typed as on paper, with its sums beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import attendance, rosters
from xqhz_desktop.services.attendance import Sheet
from xqhz_desktop.services.rosters import Offered, Scope
from xqhz_desktop.services.sheet_drafts import Texts
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.month_book import MonthBook
from xqhz_desktop.ui.pages.sheet_desk import SheetDesk
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.card import words
from xqhz_desktop.ui.widgets.month_bar import MonthBar
from xqhz_desktop.ui.widgets.month_foot import MonthFoot
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.scope_bar import first_scope

DRAFT = "attendance_month"
"""The kind of the drafts of this page."""

_KINDS = {
    "placement_batch",
    "batch_class",
    "placement",
    "student",
    "attendance",
    "leave",
    "rule_pack",
}


@dataclass(frozen=True)
class Seen:
    """What was read: what can be chosen, the months, and the sheet of one."""

    offered: Offered
    months: list[str]
    sheet: Sheet | None


class AttendancePage(QWidget):
    """Chooses interns and a month; marks are typed, summed up at once, and saved as one step."""

    def __init__(self, context: Context) -> None:
        """Show the frame at once; the sheet comes as soon as it has been read."""
        super().__init__()
        self._context = context
        self._wanted, self._month, self._stale = Scope(""), "", True
        self.desk = SheetDesk(self, context, DRAFT, "calendar")
        self.entries, self.grid = self.desk.entries, self.desk.grid
        self.months, self._head = QComboBox(), Head()
        self.bar = MonthBar(context.languages)
        self.foot = MonthFoot(context.languages, self.grid)
        self._advice = words("advice", wrap=True)
        self._stand()
        self._connect()

    @property
    def book(self) -> MonthBook | None:
        """Return the sheet in front."""
        book = self.entries.book
        return book if isinstance(book, MonthBook) else None

    def refresh(self) -> None:
        """Read the sheet anew, unless something is typed that is not saved."""
        if not self.entries.unsaved:
            self._stale = False
            job = partial(_look, self._context.work, self._wanted, self._month)
            self.desk.read(job, self._show)

    def show_record(self, id: str) -> None:
        """Show a batch."""
        if self.desk.keeping.may(partial(self.show_record, id)):
            self._go(Scope(id), "")

    def may_leave(self) -> bool:
        """Tell whether nothing is unsaved; else ask what to do with it."""
        return self.desk.may_leave()

    def undo(self) -> bool:
        """Take back what was typed last, while something is not saved."""
        return self.desk.undo()

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.desk.scope, self.bar, self.grid, self.foot]

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what has changed while another page was in front."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def fill_workdays(self) -> None:
        """Mark every workday up to today on which nothing is written and nobody is on leave."""
        book = self.book
        if book is None:
            return
        some = {row for row, _field in self.grid.chosen()}
        rows = sorted(some) if len(some) > 1 else range(len(book.keys))
        n = self.entries.write(
            (row, field, "√")
            for row in rows
            for field in book.whole(row, date.today())
            if not self.entries.text(row, field)
        )
        self._context.say(Message(NN_("{n} day filled in", "{n} days filled in"), n=n))

    def _stand(self) -> None:
        self.months.setMinimumWidth(112)
        self._head.tools.addWidget(self.desk.scope)
        self._head.tools.addWidget(self.months)
        column = stand(self, self._head)
        column.setSpacing(12)
        for part in (self.desk.left, self.bar, self._advice):
            column.addWidget(part)
        column.addWidget(self.desk.body, 1)
        column.addWidget(self.foot)
        bind = self._context.languages.bind
        bind(self._head.title, self._head.title.setText, N_("Attendance sheet"))
        bind(self.months, self.months.setAccessibleName, N_("Month"))
        bind(self.grid, self.grid.setAccessibleName, N_("Attendance of the month"))
        self._advice.hide()

    def _connect(self) -> None:
        keeping = self.desk.keeping
        self.desk.chosen.connect(self._go)
        self.desk.refused.connect(self._on_refused)
        self.months.activated.connect(self._on_month)
        self.bar.marked.connect(self.grid.fill)
        self.bar.whole_wanted.connect(self.fill_workdays)
        self.bar.save_wanted.connect(keeping.save)
        self.bar.undo_wanted.connect(self.undo)
        self.entries.edited.connect(self._on_edited)
        keeping.saved.connect(self._on_saved)
        self._context.changed.connect(self._on_changed)

    def _show(self, seen: Any) -> None:
        assert isinstance(seen, Seen)
        sheet = seen.sheet
        shown = sheet is not None and bool(sheet.interns)
        self._offer(seen)
        for part in (self.bar, self.foot):
            part.setVisible(shown)
        self._advice.setVisible(shown and sheet is not None and not sheet.announced)
        if sheet is None:
            self.desk.say_no_batch()
        elif shown:
            self._show_sheet(sheet)
        elif sheet.count:
            self.desk.say_many(sheet.count)
        else:
            title = Message("Nobody was placed in {month}", month=sheet.month)
            self.desk.say_nothing(title, N_("Choose another month, class or enterprise."))

    def _show_sheet(self, sheet: Sheet) -> None:
        self._wanted, self._month = sheet.scope, sheet.month
        place, book = self.grid.currentIndex(), MonthBook(sheet)
        self.desk.show_book(book, (sheet.scope, sheet.month), partial(self._write, book))
        known = place.isValid() and place.row() < len(book.keys)
        row, column = (place.row(), place.column()) if known else (0, book.first)
        self.grid.go_to(row, min(column, len(book.fields) - 1))
        text = Message(
            "The holidays of {year} are not announced yet: only weekends and fixed holidays are "
            "grey. Look again later.",
            year=sheet.month[:4],
        )
        self._context.languages.bind(self._advice, self._advice.setText, text)

    def _write(self, book: MonthBook, texts: Texts) -> int:
        return attendance.save(self._context.work, book.sheet.month, book.values(texts))

    def _offer(self, seen: Seen) -> None:
        sheet = seen.sheet
        self.desk.scope.offer(seen.offered, sheet.scope if sheet else Scope(""))
        with QSignalBlocker(self.months):
            self.months.clear()
            for month in seen.months:
                self.months.addItem(month, month)
            if sheet:
                self.months.setCurrentIndex(self.months.findData(sheet.month))
        self.months.setVisible(bool(seen.months))
        text = Message(NN_("{n} intern", "{n} interns"), n=sheet.count if sheet else 0)
        self._context.languages.bind(self._head.line, self._head.line.setText, text)

    def _go(self, scope: Scope, month: str) -> None:
        """Read another sheet; nothing is unsaved."""
        self._wanted, self._month = scope, month or self._month
        self.refresh()

    def _on_month(self, place: int) -> None:
        month = self.months.itemData(place)
        if self.desk.keeping.may(partial(self._go, self._wanted, month)):
            self._go(self._wanted, month)
        else:
            self.months.setCurrentIndex(self.months.findData(self._month))

    def _on_edited(self) -> None:
        self.bar.show_unsaved(self.entries.unsaved, locked=self._context.work.read_only)
        if self.book is not None:
            self.foot.show_book(self.book)

    def _on_saved(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _on_refused(self, text: str) -> None:
        self._context.say(
            Message("“{text}” is no mark of a day. Write √ 8 √8+2 夜8 假 病 × △ or 休.", text=text)
        )

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _KINDS:
            self._on_saved()


def _look(work: Work, wanted: Scope, month: str, _progress: Progress) -> Seen:
    offered = rosters.offered(work, wanted.batch, date.today())
    if offered.batch is None:
        return Seen(offered, [], None)
    months = attendance.months(offered.batch, date.today())
    chosen = month if month in months else months[0]
    return Seen(offered, months, attendance.sheet(work, first_scope(offered, wanted), chosen))
