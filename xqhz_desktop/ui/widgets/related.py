"""Tabs of a record: its form, and the records of other kinds that point to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

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
from xqhz_desktop.ui.widgets.table import RecordsTable

_MOST = 3
"""Related lists shown as tabs; more do not fit beside the form's."""

Link = tuple[str, str]
"""A kind, and its field that points to the record shown."""


class Related(QWidget):
    """A tab bar over the form and the related lists, each with its count."""

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
        self._last: tuple[QWidget, str, int] | None = None
        self._id = ""
        self.bar = QTabBar()
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self.bar.addTab("")
        self.stack = QStackedWidget()
        self.stack.addWidget(form)
        holder = QVBoxLayout()
        holder.setContentsMargins(PADDING, 0, PADDING, 0)
        holder.addWidget(self.bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(holder)
        column.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(self._on_tab)
        languages.changed.connect(self._say)
        self._say()

    def stand_last(self, page: QWidget, label: str) -> None:
        """Put a page of another sort behind the related lists."""
        self._last = page, label, 0
        self.stack.addWidget(page)

    def count_last(self, count: int) -> None:
        """Show how many things are on the last page."""
        if self._last:
            self._last = *self._last[:2], count
            self._say()

    def show_record(self, record: Record | None) -> None:
        """Show what points to a record; the tab in front stays where it can."""
        self._id = record.id if record else ""
        self._links = []
        self._search.forget(f"{id(self)}/")
        if record is None:
            self._fill([], last=False)
            return
        self._search.ask(f"{id(self)}/counts", partial(counted, record.KIND, record.id), self._fill)

    def front(self) -> None:
        """Bring the form to the front."""
        self.bar.setCurrentIndex(0)

    def _fill(self, links: list[tuple[Link, int]], *, last: bool = True) -> None:
        front = self.stack.currentWidget()
        self._links = links[:_MOST]
        tabs = len(self._links) + 1 + (last and self._last is not None)
        if self._last and front is self._last[0] and last:
            self.bar.setCurrentIndex(0)
        while self.bar.count() > tabs:
            self.bar.removeTab(self.bar.count() - 1)
        while self.bar.count() < tabs:
            self.bar.addTab("")
        self._say()
        if self._last and front is self._last[0] and last:
            self.bar.setCurrentIndex(tabs - 1)
        self._on_tab(self.bar.currentIndex())

    def _say(self) -> None:
        say = self._languages.say
        self.bar.setTabText(0, say(N_("Details")))
        for number, ((kind, _field), count) in enumerate(self._links, 1):
            text = f"{say(BY_KIND[kind].PLURAL)} {count}"
            self.bar.setTabText(number, text)
            self.bar.setTabToolTip(number, text)
        if self._last and self.bar.count() > len(self._links) + 1:
            _page, label, count = self._last
            text = f"{say(label)} {count}" if count else say(label)
            self.bar.setTabText(len(self._links) + 1, text)

    def _on_tab(self, number: int) -> None:
        if self._last and number == len(self._links) + 1:
            self.stack.setCurrentWidget(self._last[0])
        elif number <= 0 or number > len(self._links):
            self.stack.setCurrentIndex(0)
        else:
            (kind, field), _count = self._links[number - 1]
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
    """Return what points to a record and how many of each, the most numerous kinds first."""
    found = []
    for entity in ENTITIES:
        for field, target in references(entity).items():
            if target == kind:
                where = {field: id}
                if count := reader.count(entity.KIND, **where):
                    found.append(((entity.KIND, field), count))
    return sorted(found, key=lambda one: -one[1])
