"""A list of any length: row numbers in an array, rows fetched in pages when they are looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from xqhz_desktop.i18n import Language
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Found, Query, Row
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.ui.models.columns import Column
from xqhz_desktop.ui.models.search import Search

PAGE = 64
"""Rows fetched at once: what a high window shows, as every letter typed fetches some anew."""

PAGES = 128
"""Pages kept; the least recently used one goes first."""

NEAR = 16
"""Rows from the edge of a page at which its neighbour is fetched ahead."""

_PAUSE = 60
"""Milliseconds after the first rows until the rest is counted: they are painted meanwhile."""

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole `Row`, or None while it is being fetched."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_Page = list[Row | None]
First = tuple[Found, dict[int, _Page]]
"""What a query finds, and the pages of rows that are painted first."""


class RecordsModel(QAbstractTableModel):
    """The records a query finds, in the order SQL gives them."""

    answered = Signal()
    """A query was answered: the list is the one asked for last. Again when it is counted."""

    def __init__(
        self,
        search: Search,
        columns: Sequence[Column],
        lang: Language,
        parent: QObject | None = None,
    ) -> None:
        """Show nothing until `show` is told what to look for."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.query: Query | None = None
        self.found = Found(array("q"), 0, False)
        self._search = search
        self._lang = lang
        self._channel = f"{id(self)}/"
        self._asking = f"{self._channel}query"
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._count)
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._asked: set[int] = set()
        self._stale: set[int] = set()
        self.anchor = -1
        """The rowid looked at: its page comes with the next answer, so nothing flickers."""

    def show(self, query: Query) -> None:
        """Look for something; the list changes when the first rows are there, then is counted.

        What is looked for again comes whole: nobody waits, and somebody may be far down the list.
        """
        again, self.query = query == self.query, query
        question = partial(first_rows, query, self.anchor, whole=again)
        self._search.ask(self._asking, question, self._on_found)

    def take(self, query: Query, first: First) -> None:
        """Show a query that was answered already, by `first_rows`."""
        self.query = query
        self._on_found(first)

    def refresh(self) -> None:
        """Look again: records have changed."""
        if self.query:
            self.show(self.query)

    def speak(self, lang: Language) -> None:
        """Show headers and values in another language."""
        self._lang = lang
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(len(self.columns) - 1, 0))
        self._all_changed()

    def row(self, place: int) -> Row | None:
        """Return the row at a place, or None while it is being fetched."""
        page = place // PAGE
        known = self._pages.get(page)
        inside = place % PAGE
        if known is None:
            self._fetch(page)
            return None
        self._pages.move_to_end(page)
        if page in self._stale:
            self._fetch(page)
        if inside < NEAR:
            self._fetch(page - 1)
        elif inside >= PAGE - NEAR:
            self._fetch(page + 1)
        return known[inside] if inside < len(known) else None

    def place(self, rowid: int) -> int:
        """Return where a row stands, or -1."""
        try:
            return self.found.rows.index(rowid)
        except ValueError:
            return -1

    def told(self, seen: Iterable[str]) -> list[str]:
        """Return the fields that these columns show, those of their second lines too."""
        beside = {one.name: one.beside for one in self.columns}
        parts = (part for name in seen for part in (name, *beside.get(name, ())))
        return list(dict.fromkeys(part for part in parts if isinstance(part, str)))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows found."""
        return 0 if parent.isValid() else len(self.found.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns, shown or not."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, or the whole row by `ROW_ROLE`."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.right else _LEFT
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                row = self.row(index.row())
                return column.text(row, self._lang) if row else ""
            case _ if role == ROW_ROLE:
                return self.row(index.row())
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's title in the language shown now."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._lang.say(column.label)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.right else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Look again in another order; SQL does the sorting."""
        if self.query and 0 <= column < len(self.columns):
            down = order is Qt.SortOrder.DescendingOrder
            self.show(replace(self.query, sort=self.columns[column].name, descending=down))

    def _fetch(self, page: int) -> None:
        """Ask for a page unless it is there or on its way."""
        there = page in self._pages and page not in self._stale
        if there or page in self._asked or not self.query:
            return
        rowids = self.found.rows[page * PAGE : (page + 1) * PAGE] if page >= 0 else array("q")
        if not rowids:
            return
        self._asked.add(page)
        question = partial(queries.rows, kind=self.query.kind, rowids=rowids)
        self._search.ask(f"{self._channel}page{page}", question, partial(self._on_page, page))

    def _on_page(self, page: int, rows: _Page) -> None:
        self._asked.discard(page)
        self._stale.discard(page)
        self._pages[page] = rows
        while len(self._pages) > PAGES:
            self._pages.popitem(last=False)
        first = page * PAGE
        last = min(first + len(rows), len(self.found.rows)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        if None in rows:  # gone since the query ran
            self.refresh()

    def _on_found(self, first: First) -> None:
        """Show an answer; rows that stay where they were are repainted, not reset."""
        found, pages = first
        same = found.rows == self.found.rows
        self._forget_pages()
        if not same:
            self.beginResetModel()
            self._pages.clear()
        self.found = found
        self._pages.update(pages)
        self._stale = set(self._pages) - set(pages)
        if same:
            self._all_changed()
        else:
            self.endResetModel()
        self.answered.emit()
        if not found.counted:
            self._pause.start()

    def _count(self) -> None:
        """Count what was found, unless something else has been asked for meanwhile."""
        if self.query and not self.found.counted and not self._search.waits(self._asking):
            self._search.ask(
                self._asking, partial(queries.found, query=self.query), self._on_counted
            )

    def _on_counted(self, found: Found) -> None:
        """Add the rows after the first ones, and know how many there are."""
        shown = len(self.found.rows)
        if found.rows[:shown] != self.found.rows:  # changed in between
            self.refresh()
            return
        self._forget_pages()
        self._pages.pop(shown // PAGE, None)  # it ended with the first rows
        if len(found.rows) > shown:
            self.beginInsertRows(_NOWHERE, shown, len(found.rows) - 1)
            self.found = found
            self.endInsertRows()
        self.found = found
        self.answered.emit()

    def _forget_pages(self) -> None:
        self._search.forget(f"{self._channel}page")
        self._asked.clear()

    def _all_changed(self) -> None:
        if self.found.rows and self.columns:
            last = self.index(len(self.found.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def first_rows(query: Query, anchor: int, reader: Reader, *, whole: bool = False) -> First:
    """Answer a query with the pages that will be painted first: the top and the row looked at."""
    found = queries.found(reader, query) if whole else queries.first(reader, query, PAGE)
    pages = {0}
    if anchor >= 0 and anchor in found.rows:
        pages.add(found.rows.index(anchor) // PAGE)
    return found, {
        page: queries.rows(reader, query.kind, found.rows[page * PAGE : (page + 1) * PAGE])
        for page in pages
    }
