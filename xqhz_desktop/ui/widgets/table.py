"""The list itself: a table that stays smooth at any length and is used by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.records import RecordsModel
from xqhz_desktop.ui.widgets.columns import ColumnChoice, Layout
from xqhz_desktop.ui.widgets.delegate import COMPACT, TALL, RowDelegate
from xqhz_desktop.ui.widgets.header import ListHeader

_MANY = 2_000
"""Selected rows that are found again after the list changed; more are let go."""

_TABLE_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class RecordsTable(QTableView):
    """Shows a `RecordsModel`; rows are spoken of by their rowid, which survives a new answer."""

    opened = Signal(int)
    """Enter or a double click: the rowid."""
    looked_at = Signal(int)
    """The rowid of the current row, or -1."""
    picked = Signal(int)
    """How many rows are selected."""
    typed = Signal(str)
    """A character was typed: it belongs into the search box."""
    menu_wanted = Signal(QPoint)

    def __init__(
        self,
        model: RecordsModel,
        languages: Languages,
        layout: Layout | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show a model; `model.show` says what."""
        super().__init__(parent)
        self.records = model
        self._languages = languages
        self.rows_painter = RowDelegate(languages.language, self)
        self._kept: set[int] = set()
        self._restoring = False
        header = ListHeader(self)
        self.setHorizontalHeader(header)
        self.setModel(model)
        self.setItemDelegate(self.rows_painter)
        self.choice = ColumnChoice(self, layout or Layout.usual(model.columns), languages)
        self.choice.changed.connect(self._on_layout)
        self._dress()
        self.choice.arrange()
        self.compact(self.choice.layout.compact)
        header.setSortIndicatorShown(True)  # a table that takes a header turns it off
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._on_title)
        model.modelAboutToBeReset.connect(self._remember)
        model.answered.connect(self._find_again)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.doubleClicked.connect(self._on_double)
        languages.changed.connect(self._on_language)
        self.entered.connect(self._on_entered)
        self.viewportEntered.connect(self._on_entered)

    def compact(self, on: bool) -> None:
        """Show one line a row, or two."""
        self.rows_painter.compact = on
        self.verticalHeader().setDefaultSectionSize(COMPACT if on else TALL)
        self.viewport().update()

    def current(self) -> Row | None:
        """Return the row looked at."""
        index = self.currentIndex()
        return self.records.row(index.row()) if index.isValid() else None

    def chosen(self) -> list[int]:
        """Return the selected rowids in list order."""
        rows = self.records.found.rows
        return [
            rows[place]
            for span in sorted(self._spans(), key=lambda one: one.top())
            for place in range(span.top(), span.bottom() + 1)
            if span.left() == 0
        ]

    def count_chosen(self) -> int:
        """Return how many rows are selected."""
        return sum(one.height() for one in self._spans())

    def choose(self, rowid: int) -> None:
        """Look at a row and select it alone."""
        place = self.records.place(rowid)
        if place >= 0:
            index = self.records.index(place, self._first())
            flags = QItemSelectionModel.SelectionFlag
            # Not selectRow, which asks the keyboard: Ctrl may still be held after Ctrl+S.
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let columns go, or come back."""
        super().resizeEvent(event)
        self.choice.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Home and End go to the ends, a letter searches; Qt does the rest."""
        key, mods = event.key(), event.modifiers()
        plain = mods in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        text = event.text()
        if key in _TABLE_KEYS and self.currentIndex().isValid():
            self.opened.emit(self.records.found.rows[self.currentIndex().row()])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            self._go_to(0 if key == Qt.Key.Key_Home else len(self.records.found.rows) - 1)
        elif text.isprintable() and text.strip() and not mods & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(text)
        elif key == Qt.Key.Key_Space:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the mouse."""
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row."""
        if (
            self.indexAt(event.pos()).isValid()
            or event.reason() is QContextMenuEvent.Reason.Keyboard
        ):
            self.menu_wanted.emit(event.globalPos())

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        sides = self.verticalHeader()
        sides.hide()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.setDefaultSectionSize(TALL)
        self.verticalScrollBar().setSingleStep(TALL // 2)

    def _first(self) -> int:
        return self.horizontalHeader().logicalIndex(0)

    def _spans(self) -> list[QItemSelectionRange]:
        selection: Any = self.selectionModel().selection()  # a list, though its stub says no
        return list(selection)

    def _go_to(self, place: int) -> None:
        if place >= 0:
            self.setCurrentIndex(self.records.index(place, self._first()))

    def _toggle(self) -> None:
        index = self.currentIndex()
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(index, flags.Toggle | flags.Rows)

    def _hover(self, place: int) -> None:
        if place != self.rows_painter.hovered:
            self.rows_painter.hovered = place
            self.viewport().update()

    def _on_layout(self, layout: Layout) -> None:
        if layout.compact != self.rows_painter.compact:
            self.compact(layout.compact)

    def _on_language(self) -> None:
        self.rows_painter.lang = self._languages.language
        self.records.speak(self._languages.language)

    def _on_entered(self, index: QModelIndex | None = None) -> None:
        self._hover(index.row() if index else -1)

    def _on_double(self, index: QModelIndex) -> None:
        self.opened.emit(self.records.found.rows[index.row()])

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        if not now.isValid() or self._restoring:
            return
        rowid = self.records.found.rows[now.row()]
        moved = rowid != self.records.anchor or not before.isValid()
        self.records.anchor = rowid
        if moved:
            self.looked_at.emit(rowid)

    def _on_selected(self, _new: QItemSelection, _old: QItemSelection) -> None:
        self.picked.emit(self.count_chosen())

    def _remember(self) -> None:
        """Keep the selection by rowid while the list is replaced."""
        count = self.count_chosen()
        self._kept = set(self.chosen()) if count <= _MANY else set()

    def _find_again(self) -> None:
        """Select the same records where they stand now, and keep looking at the same one."""
        self.executeDelayedItemsLayout()  # left to its timer it paints everything a second time
        kept, self._kept = self._kept, set()
        place = self.records.place(self.records.anchor)
        if not kept or self.currentIndex().isValid():
            return
        selection = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        if place >= 0:
            index = self.records.index(place, self._first())
            self._restoring = True
            selection.setCurrentIndex(index, flags.NoUpdate)
            self._restoring = False
            self.scrollTo(index)
        spans = QItemSelection()
        for other in _places(self.records, kept):
            index = self.records.index(other, 0)
            spans.select(index, index)
        selection.select(spans, flags.ClearAndSelect | flags.Rows)

    def _on_title(self, section: int) -> None:
        """Sort by a column; a second click turns the order round."""
        header = self.horizontalHeader()
        query = self.records.query
        again = query is not None and query.sort == self.records.columns[section].name
        down = again and query is not None and not query.descending
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(section, order)
        self.records.sort(section, order)


def _places(model: RecordsModel, rowids: Iterable[int]) -> list[int]:
    return sorted(place for rowid in rowids if (place := model.place(rowid)) >= 0)
