"""The grid of a file under check: F2 mends a cell, F8 goes to the next error, groups fold."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from xqhz_desktop.services.staged import StagedRow
from xqhz_desktop.ui.models.staged import Group, Index, StagedModel
from xqhz_desktop.ui.widgets.staged_cells import (
    GROUP_HEIGHT,
    HEIGHT,
    StagedDelegate,
    StagedHeader,
)

_WIDTHS = (96, 116)
_WIDE, _USUAL = 260, 148


class StagedGrid(QTableView):
    """Rows of a `StagedModel`; `moved` tells the row under the cursor, or None."""

    moved = Signal(object)

    def __init__(self, model: StagedModel) -> None:
        """Show a model."""
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(StagedDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        self.setHorizontalHeader(StagedHeader(self))
        self.arrange()

    def arrange(self) -> None:
        """Give columns their widths, and group lines the whole width; after every new showing."""
        header = self.horizontalHeader()
        for section in range(self._model.columnCount()):
            header.resizeSection(section, _WIDE if self._model.sheet.wide(section) else _USUAL)
        for section, width in enumerate(_WIDTHS):
            header.resizeSection(section, width)
        self.clearSpans()
        columns = self._model.columnCount()
        for place, entry in enumerate(self._model.entries):
            if isinstance(entry, Group):
                self.setSpan(place, 0, 1, columns)
                self.setRowHeight(place, GROUP_HEIGHT)

    def chosen(self) -> list[StagedRow]:
        """Return the selected rows."""
        some = (self._model.entries[one.row()] for one in self.selectionModel().selectedRows())
        return [one for one in some if isinstance(one, StagedRow)]

    def to_error(self, step: int) -> bool:
        """Go to the next cell with an error, or the last one before (``-1``); tell if there is."""
        cells = list(self._wrong())
        if not cells:
            return False
        index = self.currentIndex()
        here = (index.row(), index.column()) if index.isValid() else (-1, -1)
        if step > 0:
            target = next((one for one in cells if one > here), cells[0])
        else:
            target = next((one for one in reversed(cells) if one < here), cells[-1])
        self._go(self._model.index(*target))
        return True

    def remember(self) -> tuple[tuple[str, int], int] | None:
        """Return where the cursor stands, to be restored after the rows were shown again."""
        index = self.currentIndex()
        entry = self._model.entries[index.row()] if index.isValid() else None
        return (entry.place, index.column()) if isinstance(entry, StagedRow) else None

    def restore(self, kept: tuple[tuple[str, int], int] | None) -> None:
        """Put the cursor on a remembered cell, where its row is still in view."""
        if kept is None:
            return
        for place, entry in enumerate(self._model.entries):
            if isinstance(entry, StagedRow) and entry.place == kept[0]:
                self._go(self._model.index(place, kept[1]))
                return

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go down after Enter."""
        here = self.currentIndex()
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache and here.isValid():
            self._go(self._below(here))
        self.setFocus()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row has the cursor."""
        super().currentChanged(current, previous)
        entry = self._model.entries[current.row()] if current.isValid() else None
        self.moved.emit(entry if isinstance(entry, StagedRow) else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8 and Shift+F8 go from error to error."""
        if event.key() == Qt.Key.Key_F8:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.to_error(-1 if back else 1)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a group whose line is pressed."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and isinstance(self._model.entries[index.row()], Group):
            self._model.fold(index.row())
            self.arrange()
            return
        super().mousePressEvent(event)

    def _go(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _below(self, here: QModelIndex) -> QModelIndex:
        """Return the cell below, or the same one where there is no row below."""
        for place in range(here.row() + 1, len(self._model.entries)):
            if isinstance(self._model.entries[place], StagedRow):
                return self._model.index(place, here.column())
        return here

    def _wrong(self) -> Iterator[tuple[int, int]]:
        """Yield the cells in view that have an error, from the top."""
        for place, entry in enumerate(self._model.entries):
            if isinstance(entry, StagedRow) and entry.errors:
                found = {one.field for one in entry.errors}
                for column in range(self._model.columnCount()):
                    if self._model.sheet.field(column) in found - {""}:
                        yield place, column
