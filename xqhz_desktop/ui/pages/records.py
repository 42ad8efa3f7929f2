"""The generated page of a kind of record: search, chips, list, and the record beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from xqhz_desktop.services import own_fields, settings
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query, Row, Where
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.models.records import RecordsModel
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.pages import list_body, list_menu, removing
from xqhz_desktop.ui.pages.first_look import Look
from xqhz_desktop.ui.pages.leaving import Leaving
from xqhz_desktop.ui.pages.list_body import ListBody, beside
from xqhz_desktop.ui.pages.list_drafts import ListDrafts
from xqhz_desktop.ui.pages.list_filters import ListFilters, chip_by, chipped, show_order
from xqhz_desktop.ui.pages.list_head import ListHead, counted
from xqhz_desktop.ui.pages.list_keys import ListKeys
from xqhz_desktop.ui.pages.lists import LISTINGS
from xqhz_desktop.ui.pages.record_pane import RecordPane
from xqhz_desktop.ui.widgets.columns import Layout
from xqhz_desktop.ui.widgets.editors import Tools
from xqhz_desktop.ui.widgets.page import stand
from xqhz_desktop.ui.widgets.table import RecordsTable


class RecordsPage(QWidget):
    """Lists one kind of record and edits the one that is looked at."""

    def __init__(self, context: Context, kind: str, look: Look | None = None) -> None:
        """Make the page of a kind; without a `look` the first rows are asked for at once."""
        super().__init__()
        bare = next(one for one in LISTINGS if one.kind == kind)
        self.listing = chipped(bare.of(own_fields.of(context.work, kind)))
        self._context, self._languages = context, context.languages
        self._look_at = ""
        self._importable = self.listing.importable and not context.work.read_only
        self.head = ListHead(context.languages, self.listing, importable=self._importable)
        self._search = Search(context.work.store, self)
        columns = self.listing.every_column
        self.model = RecordsModel(self._search, columns, context.languages.language, self)
        layout = Layout.remembered(columns, settings.load().window.get(kind))
        self.table = RecordsTable(self.model, context.languages, layout)
        related = {one.kind: list(one.columns[:2]) for one in LISTINGS}
        tools = Tools(context.languages, self._search)
        self.pane = RecordPane(context, self.listing, tools, related)
        self.body = ListBody(context.languages, self.listing, self.table)
        self._leaving = Leaving(self, self.pane, context.languages)
        self.filters = ListFilters(context, self.listing)
        self._query = look.query if look else self.filters.query
        self._stand()
        self.drafts, self.keys = ListDrafts(self, context), ListKeys(self, context)
        self._connect()
        self._show_filter()
        if look is None:
            self.refresh()
        else:
            self.head.show_counts(look.counts)
            self.model.take(look.query, look.first)

    def show_query(self, query: Query) -> None:
        """Show a list filtered from elsewhere; a filter that is a chip is chosen there."""
        self._query = replace(query, sort=query.sort or self.listing.entity.TITLE)
        self._show_filter()
        self.refresh()

    def show_record(self, id: str) -> None:
        """Open one record, or one that is a draft so far, whatever the list shows."""
        if not self._leaving.may(partial(self.show_record, id)):
            return
        self._look_at = id
        question = partial(queries.row_of, kind=self.listing.kind, id=id)
        self._search.ask("record", question, self._on_row)

    def may_leave(self) -> bool:
        """Tell whether nothing is unsaved; else ask what to do with it."""
        return self._leaving.may(_nothing)

    def add(self) -> None:
        """Begin a new record; a chip in force is its first value."""
        if self._context.work.read_only or not self._leaving.may(self.add):
            return
        chip = self.head.chips.value
        self.pane.show()
        self.pane.show_new({self.listing.chips: chip} if chip is not None else {}, {})

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Put the keyboard into the search box."""
        self.head.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search_box.selectAll()

    def refresh(self) -> None:
        """Read rows and counts again."""
        self.model.show(self._query)
        within = Query(self._query.kind, where=self._other_filters())
        question = partial(counted, within, self.listing.chips)
        self._search.ask("counts", question, self.head.show_counts)

    def bring_in(self) -> None:
        """Open the dialog 批量导入, where this kind can be imported."""
        if self._importable:
            from xqhz_desktop.ui.dialogs.importing import ImportDialog  # lazy: reads sheets

            ImportDialog(self, self._context, self.listing.kind).open()

    def take_out(self) -> None:
        """Open the dialog that writes the list, as it is filtered now, into a sheet."""
        from xqhz_desktop.ui.dialogs.exporting import ExportDialog  # lazy: writes sheets

        shown = self.model.told(self.table.choice.layout.seen)
        ExportDialog(self, self._context, self.model.query or self._query, shown).open()

    def remove(self) -> None:
        """Remove the selected records after a question."""
        rowids = self.table.chosen()
        if rowids and not self._context.work.read_only:
            removing.remove(self, self._context, self.listing, rowids)

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.head, self.table, self.pane]

    def showEvent(self, event: QShowEvent) -> None:
        """Say in the status bar what this page has in view."""
        super().showEvent(event)
        self._on_view()

    def _show_filter(self) -> None:
        """Let chips, search box and header say what the list shows."""
        self.head.show_query(self._query)
        show_order(self.table, self._query)

    def _other_filters(self) -> tuple[Where, ...]:
        return tuple(one for one in self._query.where if one.field != self.listing.chips)

    def _on_stay(self) -> None:
        """Go back to the row whose form is open."""
        if self.pane.row and not self.pane.new:
            self.table.choose(self.pane.row.rowid)

    def _on_words(self, words: str) -> None:
        self._query = replace(self._query, words=words)
        self.model.show(self._query)

    def _on_chip(self, value: Any) -> None:
        mine = (Where(self.listing.chips, "=", value),) if value is not None else ()
        self._query = replace(self._query, where=(*self._other_filters(), *mine))
        self.model.show(self._query)

    def _on_answered(self) -> None:
        """Show list or emptiness, and look at the first row when none is looked at."""
        asked = self.model.query or self._query
        self._query = replace(self._query, sort=asked.sort, descending=asked.descending)
        self.filters.note(self._query)
        rows = self.model.found.rows
        busy = self.pane.new or self.pane.unsaved
        self.pane.setVisible(bool(rows) or bool(busy))
        if not rows:
            self.body.show_nothing(self._query)
        else:
            self.body.show_list()
            if not self._found_wanted() and not busy and not self.table.currentIndex().isValid():
                self.table.choose(rows[0])
        self._on_view()

    def _on_view(self) -> None:
        """Say in the status bar what is in view, while this page is."""
        if self.isVisible():
            self._context.count(self.body.in_view())

    def _on_looked_at(self, rowid: int) -> None:
        shown = self.pane.row.rowid if self.pane.row else -1
        look = partial(self._look, rowid)
        if rowid != shown and self._leaving.may(look):
            look()

    def _look(self, rowid: int) -> None:
        ask = partial(self._search.ask, "record", partial(_one, self.listing.kind, rowid))
        QTimer.singleShot(0, self, partial(ask, self._on_row))  # the rows are painted first

    def _on_row(self, row: Row | None) -> None:
        if row is None:
            self.drafts.resume(self._look_at)
            return
        if self.pane.new:  # begun while the row was being read
            return
        other = self.pane.row is None or self.pane.row.record.id != row.record.id
        if other and not self._leaving.may(partial(self._on_row, row)):
            return
        self.pane.show()
        self.pane.show_row(row)
        if self._look_at == row.record.id and not self._found_wanted():
            self.model.anchor = row.rowid
            self.show_query(Query(self.listing.kind))

    def _found_wanted(self) -> bool:
        """Select the record that was asked for from elsewhere, if it is shown and listed."""
        row = self.pane.row
        if row is None or row.record.id != self._look_at or self.model.place(row.rowid) < 0:
            return False
        self._look_at = ""
        self.table.choose(row.rowid)
        return True

    def _on_changed(self, kinds: set[str]) -> None:
        """Read again what a change has touched: rows, names they show, the record in the pane."""
        shown = {self.listing.kind, *(f.target for f in self.listing.entity.FIELDS.values())}
        if not kinds & shown:
            return
        self.refresh()
        if self.pane.row and not self.pane.new:
            question = partial(_one, self.listing.kind, self.pane.row.rowid)
            self._search.ask("mine", question, self._on_mine)

    def _on_mine(self, row: Row | None) -> None:
        if row is not None:
            self.pane.take(row)
        elif self.pane.row and not self.pane.unsaved:
            self.pane.row = None  # it is gone; the list looks at another one

    def _on_added(self, id: str) -> None:
        """Select the new record; if the filter hides it, show everything."""
        self._look_at = id
        if not self._found_wanted():
            self.show_record(id)

    def _on_everything(self) -> None:
        self.show_query(Query(self.listing.kind))

    def _on_menu(self, where: QPoint) -> None:
        self.row_menu().popup(where)

    def row_menu(self) -> QMenu:
        """Return what can be done with the selected rows."""
        return list_menu.row_menu(self, self._context)

    def _on_pane_menu(self, button: QWidget) -> None:
        self._on_menu(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_opened(self, _rowid: int) -> None:
        self.pane.related.front()
        self.pane.form.start()

    def _stand(self) -> None:
        self.head.row.addWidget(self.filters)
        column = stand(self, self.head)
        column.addWidget(beside(self.body, self.pane), 1)

    def _connect(self) -> None:
        head, table, pane = self.head, self.table, self.pane
        head.search_box.asked.connect(self._on_words)
        head.search_box.left_down.connect(table.setFocus)
        head.chips.chosen.connect(self._on_chip)
        head.add_button.clicked.connect(self.add)
        head.import_button.clicked.connect(self.bring_in)
        head.export_button.clicked.connect(self.take_out)
        head.bulk_button.clicked.connect(partial(list_menu.change_many, self, self._context))
        self.filters.chosen.connect(self.show_query)
        self.filters.chips_wanted.connect(partial(chip_by, self))
        for button in (head.add_button, head.bulk_button):
            button.setEnabled(not self._context.work.read_only)
        table.looked_at.connect(self._on_looked_at)
        table.opened.connect(self._on_opened)
        table.typed.connect(head.search_box.type)
        table.menu_wanted.connect(self._on_menu)
        table.picked.connect(self._on_view)
        table.picked.connect(head.show_chosen)
        table.verticalScrollBar().valueChanged.connect(self._on_view)
        table.choice.changed.connect(partial(list_body.remember, self.listing.kind))
        self.model.answered.connect(self._on_answered)
        self._leaving.stayed.connect(self._on_stay)
        pane.left.connect(table.setFocus)
        pane.added.connect(self._on_added)
        pane.menu_wanted.connect(self._on_pane_menu)
        self.body.words_dropped.connect(head.search_box.clear)
        self.body.filter_dropped.connect(self._on_everything)
        self.body.add_wanted.connect(self.add)
        self._context.changed.connect(self._on_changed)


def _one(kind: str, rowid: int, reader: Reader) -> Row | None:
    return queries.rows(reader, kind, [rowid])[0]


def _nothing() -> None:
    """Do nothing once the question is settled: the user goes on by hand."""
