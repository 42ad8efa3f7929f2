"""名单核对（三数一致）: one of our lists held against somebody else's, person by person."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.errors import Cancelled, UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import comparing, persons
from xqhz_desktop.services.pairing import State
from xqhz_desktop.services.reconcile import Comparison
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.choosing import ENDINGS, choose_sheet
from xqhz_desktop.ui.dialogs.paper import PaperDialog
from xqhz_desktop.ui.models.compared import columns, flat
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.pages import comparing as jobs
from xqhz_desktop.ui.pages.report_drawing import Drawn
from xqhz_desktop.ui.pages.staging_columns import ask_file
from xqhz_desktop.ui.tasks import Handle
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.drop import DropArea
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.searchbox import SearchBox
from xqhz_desktop.ui.widgets.segmented import Segmented
from xqhz_desktop.ui.widgets.told import ToldTable


class ComparePage(QWidget):
    """First which list and which file, then who is only in one of them and what differs."""

    def __init__(self, context: Context) -> None:
        """Wait for a file."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self.done: Comparison | None = None
        self._file: Path | None = None
        self._handle: Handle | None = None
        self._head, self.search_box = Head(), SearchBox()
        kinds = [(kind, BY_NAME[kind].title) for kind in persons.KINDS]
        self.kinds = Segmented(context.languages, kinds)
        self._query = Query(self.kinds.value)
        self._narrowed, self.whole = words("label"), Button(kind="link")
        self.drop = DropArea(context.languages, ENDINGS)
        self._trouble = words("error", wrap=True)
        self.chips = Chips(context.languages)
        self.table: ToldTable = ToldTable(columns(), context.languages)
        self._agreed = Empty(context.languages, "circle-check")
        self.another, self.export = Button("folder-open"), Button("download")
        self.print = Button("printer", "primary")
        self._stand()
        self._speak()
        self._connect()
        self._show()

    def show_query(self, query: Query) -> None:
        """Compare a list as it is filtered elsewhere."""
        self.kinds.choose(query.kind)
        self._query = query
        self.done = None
        self._show()

    def take(self, file: Path) -> None:
        """Hold the list against a file."""
        self._file = file
        self._trouble.hide()
        self.drop.show_file(file)
        job = partial(jobs.compare, self._context.work, self._query, file)
        title = Message("Comparing with {file}", file=file.name)
        tasks = self._context.tasks
        self._handle = tasks.run(self, job, self._on_done, self._on_failed, title)

    def bring_in(self) -> None:
        """Choose the file."""
        choose_sheet(self, self._languages, self.take)

    def take_out(self) -> None:
        """Write the differences into a sheet."""
        if self.done is not None:
            name = Path(self.done.file).stem
            said = self._languages.say(Message("{file} - differences", file=name)) + ".xlsx"
            write = partial(jobs.write, self.done, self._languages.language)
            ask_file(self, self._context, said, write)

    def print_out(self) -> None:
        """Show the differences as a paper, to be printed."""
        if self.done is not None:
            job = partial(
                jobs.draw, self._context.work, self.done, self._query.kind, self._languages.language
            )
            self._context.tasks.run(self, job, self._on_drawn, self._context.complain)

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Put the keyboard into the search box."""
        self.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_box.selectAll()

    def refresh(self) -> None:
        """Compare again, with the data as it is now."""
        if self._file is not None and self.done is not None:
            self.take(self._file)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.kinds, self.drop, self.search_box, self.table]

    def _show(self) -> None:
        """Show what was found, or what is asked for."""
        done, bind = self.done, self._languages.bind
        for part in (self.another, self.export, self.print):
            part.setVisible(done is not None)
        self.stack.setCurrentIndex(0 if done is None else 1)
        self.whole.setVisible(bool(self._query.where or self._query.words))
        kind = Message(BY_KIND[self._query.kind].PLURAL)
        text = Message("{kind}: only those the list shows", kind=kind)
        if self.whole.isHidden():
            text = Message("{kind}: all of them", kind=kind)
        bind(self._narrowed, self._narrowed.setText, text)
        line: Message | str = N_("Who is in both lists, who is in one only, and what differs.")
        if done is not None:
            line = comparing.summary(done)
            counts = done.counts
            chips = [Chip(one, one.value, counts[one]) for one in State]
            self.chips.show_chips(len(done.lines), chips)
        bind(self._head.line, self._head.line.setText, line)
        self._on_filter()

    def _on_filter(self, _value: object = None) -> None:
        if self.done is None:
            return
        chip, said = self.chips.value, self.search_box.text().strip().lower()
        rows = [
            one for one in flat(self.done) if chip in (None, one.line.state) and one.holds(said)
        ]
        self.table.show_rows(rows, 0)
        self.table.setVisible(bool(rows))
        self._agreed.setVisible(not rows)
        title, hint = N_("Nothing fits this filter"), N_("Try another word or kind.")
        if not said and self.done.agree:
            title, hint = N_("Both lists say the same"), ""
        self._agreed.say(title, hint)
        if self.isVisible():
            text = NN_("{n} row", "{n} rows")
            self._context.count(Message(text, n=len(rows)))

    def _on_done(self, done: Comparison) -> None:
        self._handle = None
        self.done = done
        self.chips.choose(None)
        self.search_box.clear()
        self._show()
        self.table.setFocus()

    def _on_failed(self, error: UserError) -> None:
        self._handle, self.done = None, None
        self._show()
        if not isinstance(error, Cancelled):
            self._languages.bind(self._trouble, self._trouble.setText, error.message)
            self._trouble.show()

    def _on_drawn(self, drawn: Drawn) -> None:
        PaperDialog(self, self._context, drawn).open()

    def _on_kind(self, kind: str) -> None:
        self._query = Query(kind)
        self.done = None
        self._show()

    def _on_whole(self) -> None:
        self._on_kind(self._query.kind)

    def _on_another(self) -> None:
        self.done = None
        self._show()

    def _on_opened(self) -> None:
        """Open the person in our list."""
        for one in self.table.chosen():
            if one.line.id and self.done is not None:
                kind = "student" if self.done.kind == "student" else self._query.kind
                self._context.navigate(kind, record=one.line.id)

    def _stand(self) -> None:
        column = stand(self, self._head)
        for button in (self.another, self.export, self.print):
            self._head.tools.addWidget(button)
        which = QHBoxLayout()
        which.setSpacing(GAP)
        for part in (self.kinds, self._narrowed, self.whole):
            which.addWidget(part)
        which.addStretch(1)
        self.stack = QStackedWidget()
        asking, found = QWidget(), QWidget()
        ask = QVBoxLayout(asking)
        ask.setContentsMargins(0, 0, 0, 0)
        ask.addWidget(self.drop)
        ask.addWidget(self._trouble)
        ask.addStretch(1)
        self.drop.setMinimumHeight(240)
        self._trouble.hide()
        filters = QHBoxLayout()
        filters.setSpacing(GAP)
        self.search_box.setMinimumWidth(220)
        self.search_box.setMaximumWidth(360)
        filters.addWidget(self.search_box, 3)
        filters.addWidget(self.chips, 5)
        card = Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 6)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self._agreed, 1)
        inner = QVBoxLayout(found)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GAP)
        inner.addLayout(filters)
        inner.addWidget(card, 1)
        self.stack.addWidget(asking)
        self.stack.addWidget(found)
        column.addLayout(which)
        column.addWidget(self.stack, 1)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Compare lists"))
        bind(self.whole, self.whole.setText, N_("Take the whole list"))
        bind(self.another, self.another.setText, N_("Another file"))
        bind(self.export, self.export.setText, N_("Export"))
        bind(self.print, self.print.setText, N_("Print"))
        bind(self.search_box, self.search_box.name, N_("Search name, number or class"))
        bind(self.table, self.table.setAccessibleName, N_("Differences"))

    def _connect(self) -> None:
        self.kinds.chosen.connect(self._on_kind)
        self.whole.clicked.connect(self._on_whole)
        self.drop.dropped.connect(self.take)
        self.drop.browse_wanted.connect(self.bring_in)
        self.another.clicked.connect(self._on_another)
        self.export.clicked.connect(self.take_out)
        self.print.clicked.connect(self.print_out)
        self.chips.chosen.connect(self._on_filter)
        self.search_box.asked.connect(self._on_filter)
        self.search_box.left_down.connect(self.table.setFocus)
        self.table.opened.connect(self._on_opened)
