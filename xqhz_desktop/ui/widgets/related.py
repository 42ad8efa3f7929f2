"""Tabs of a record: its form, and the records of other kinds that point to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND, ENTITIES
from xqhz_desktop.domain.records import Record, references
from xqhz_desktop.i18n import N_
from xqhz_desktop.storage.queries import Query, Where
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.columns import Column
from xqhz_desktop.ui.models.records import RecordsModel
from xqhz_desktop.ui.models.search import Search
from xqhz_desktop.ui.tokens import PADDING
from xqhz_desktop.ui.widgets.columns import Layout
from xqhz_desktop.ui.widgets.tab_row import TabRow
from xqhz_desktop.ui.widgets.table import RecordsTable

_FIRST = "placement"
"""The kind whose tab stands before all others: it is what most records are looked up for."""

Link = tuple[str, str]
"""A kind, and its field that points to the record shown."""


class Related(QWidget):
    """Tabs over the form and the related lists, each with its count."""

    opened = Signal(str, str)
    """A kind and the id of a related record."""
    page_changed = Signal(int)
    """The tab in front; 0 is the form."""

    def __init__(
        self, search: Search, languages: Languages, form: QWidget, columns: dict[str, list[Column]]
    ) -> None:
        """Put the form into the first tab; `columns` says how each kind is listed."""
        super().__init__()
        self._search, self._languages, self._columns = search, languages, columns
        self._links: list[tuple[Link, int]] = []
        self._front: Link | tuple[QWidget, str] | None = None
        self._last: tuple[QWidget, str] | None = None
        self._show_last, self._count = True, 0
        self._id = ""
        self.tabs = TabRow(languages)
        self.stack = QStackedWidget()
        self.stack.addWidget(form)
        holder = QVBoxLayout()
        holder.setContentsMargins(PADDING, 0, PADDING, 0)
        holder.addWidget(self.tabs)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(holder)
        column.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self._on_tab)
        languages.changed.connect(self._say)
        self._say()

    def stand_last(self, page: QWidget, label: str) -> None:
        """Put a page of another sort behind the related lists."""
        self._last = page, label
        self.stack.addWidget(page)

    def count_last(self, count: int) -> None:
        """Show how many things are on the last page."""
        self._count = count
        self._say()

    def show_record(self, record: Record | None) -> None:
        """Show what points to a record; the tab in front stays where it can."""
        self._id = record.id if record else ""
        self._search.forget(f"{id(self)}/")
        if record is None:
            self._fill([], last=False)
            return
        self._search.ask(f"{id(self)}/counts", partial(counted, record.KIND, record.id), self._fill)

    def front(self) -> None:
        """Bring the form to the front."""
        self.tabs.choose(0)

    def _fill(self, links: list[tuple[Link, int]], *, last: bool = True) -> None:
        """Show the tabs of what can be listed; whatever kind is in front stays there."""
        front = self._front
        self._links = [one for one in links if one[0][0] in self._columns]
        self._show_last = last
        self._say()
        there = [None, *(link for link, _count in self._links), *([self._last] if last else [])]
        number = there.index(front) if front in there else 0
        with QSignalBlocker(self.tabs):
            self.tabs.choose(number)
        self._on_tab(number)

    def _say(self) -> None:
        say = self._languages.say
        texts = [say(N_("Details"))]
        texts += [f"{say(BY_KIND[kind].PLURAL)} {count}" for (kind, _field), count in self._links]
        if self._last and self._show_last:
            _page, label = self._last
            texts.append(f"{say(label)} {self._count}" if self._count else say(label))
        self.tabs.show_tabs(texts)

    def _on_tab(self, number: int) -> None:
        if self._last and self._show_last and number == len(self._links) + 1:
            self._front = self._last
            self.stack.setCurrentWidget(self._last[0])
        elif number <= 0 or number > len(self._links):
            self._front = None
            self.stack.setCurrentIndex(0)
        else:
            self._front, _count = self._links[number - 1]
            kind, field = self._front
            table = self._table(kind)
            table.records.show(Query(kind, where=(Where(field, "=", self._id),)))
            self.stack.setCurrentWidget(table)
        self.page_changed.emit(self.stack.currentIndex())

    def _table(self, kind: str) -> RecordsTable:
        """Return the list of a kind, made when it is first looked at."""
        for place in range(1, self.stack.count()):
            table = self.stack.widget(place)
            if isinstance(table, RecordsTable) and table.objectName() == kind:
                return table
        columns = tuple(self._columns[kind])
        model = RecordsModel(self._search, columns, self._languages.language, self)
        table = RecordsTable(model, self._languages, Layout.usual(columns))
        table.setObjectName(kind)
        self._languages.bind(table, table.setAccessibleName, BY_KIND[kind].PLURAL)
        table.horizontalHeader().hide()
        table.opened.connect(partial(self._on_opened, kind))
        self.stack.addWidget(table)
        return table

    def _on_opened(self, kind: str, rowid: int) -> None:
        table = self._table(kind)
        row = table.records.row(table.records.place(rowid))
        if row:
            self.opened.emit(kind, row.record.id)


def counted(kind: str, id: str, reader: Reader) -> list[tuple[Link, int]]:
    """Return what points to a record and how many of each, in the order of the work."""
    found = []
    for entity in ENTITIES:
        for field, target in references(entity).items():
            if target == kind:
                where = {field: id}
                if count := reader.count(entity.KIND, **where):
                    found.append(((entity.KIND, field), count))
    return sorted(found, key=lambda one: one[0][0] != _FIRST)
