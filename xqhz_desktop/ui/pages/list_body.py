"""The middle of a records page: the list, or what to say where it is empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services import settings
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.pages.listing import Listing
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.columns import Layout
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.table import RecordsTable

_PANE = 358


class ListBody(QStackedWidget):
    """The table in a card; instead of no rows, a reason and one button."""

    words_dropped = Signal()
    filter_dropped = Signal()
    add_wanted = Signal()

    def __init__(self, languages: Languages, listing: Listing, table: RecordsTable) -> None:
        """Put the table into its card."""
        super().__init__()
        self.table = table
        self.empty = Empty(languages, BY_NAME[listing.kind].icon)
        self._listing = listing
        self._way_out: Callable[[], object] = self.add_wanted.emit
        card, blank = Card(0, 0), Card(0, 0)
        card.body.setContentsMargins(1, 1, 1, 6)
        card.body.addWidget(table)
        blank.body.addWidget(self.empty)
        self.addWidget(card)
        self.addWidget(blank)
        self.empty.pressed.connect(self._on_pressed)
        languages.bind(table, table.setAccessibleName, listing.entity.PLURAL)

    def show_list(self) -> None:
        """Show the rows."""
        self.setCurrentIndex(0)

    def show_nothing(self, query: Query) -> None:
        """Say what is missing and what helps: other words, no filter, or a first record."""
        self.setCurrentIndex(1)
        if query.words:
            title = Message("Nothing found for “{words}”", words=query.words)
            self.empty.say(title, self._listing.hint, N_("Clear the search"), "search")
            self._way_out = self.words_dropped.emit
        elif query.where:
            hint = N_("No entry has what the filter asks for.")
            self.empty.say(N_("Nothing fits this filter"), hint, N_("Show everything"), "filter")
            self._way_out = self.filter_dropped.emit
        else:
            hint = N_("Add the first entry by hand, or import a sheet.")
            icon = BY_NAME[self._listing.kind].icon
            self.empty.say(N_("Nothing here yet"), hint, self._listing.add, icon)
            self._way_out = self.add_wanted.emit

    def in_view(self) -> Message | None:
        """Say which rows are in view, or how many are selected; None where there are none."""
        found = self.table.records.found
        if not found.rows:
            return None
        total = Message("{n}+", n=found.total) if found.more else found.total
        chosen = self.table.count_chosen()
        if chosen > 1:
            return Message("{n} of {total} selected", n=chosen, total=total)
        height = self.table.viewport().height()
        first = self.table.rowAt(0) + 1
        last = self.table.rowAt(height - 1) + 1 or len(found.rows)
        return Message("{first}–{last} of {total}", first=first, last=last, total=total)

    def _on_pressed(self) -> None:
        self._way_out()


def remember(kind: str, layout: Layout) -> None:
    """Keep on this computer which columns a list shows, and how."""
    computer = settings.load()
    settings.save(replace(computer, window={**computer.window, kind: layout.as_json()}))


def beside(body: QWidget, pane: QWidget) -> QSplitter:
    """Return the list with its pane at the right, which keeps its width when the window grows."""
    split = QSplitter(Qt.Orientation.Horizontal)
    split.setHandleWidth(GAP)
    split.setChildrenCollapsible(False)
    split.addWidget(body)
    split.addWidget(pane)
    split.setStretchFactor(0, 1)
    split.setStretchFactor(1, 0)
    split.setSizes([10_000, _PANE])
    pane.setMinimumWidth(320)
    return split
