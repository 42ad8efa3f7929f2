"""A sheet people type into as in Excel: Enter moves down, Tab right, blocks travel."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.book import Typed
from xqhz_desktop.ui.models.entries import Entries
from xqhz_desktop.ui.widgets.entry_cells import DayHead, EntryCells, NameHead, tell_languages

NAMES = 156
"""Width of the names."""

_LEAST, _SUM, _EDITOR = 22, 41, 66

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_Index = QModelIndex | QPersistentModelIndex
_STEPS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
}
"""Where a key that ends typing leads: rows down, columns right."""


class TypingGrid(QTableView):
    """Shows an `Entries` model."""

    moved = Signal()
    """Another cell is looked at."""
    paste_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, model: Entries, languages: Languages) -> None:
        """Show a model; its columns share the width there is."""
        super().__init__()
        self.entries = model
        self._languages = languages
        self.setModel(model)
        self.setItemDelegate(_Typing(self))
        heads = DayHead(self)
        tell_languages(heads, languages)
        self.setHorizontalHeader(heads)
        names = NameHead(self)
        names.setFixedWidth(NAMES)
        self.setVerticalHeader(names)
        self._dress()
        self.selectionModel().currentChanged.connect(self._on_current)
        model.modelReset.connect(self._on_reset)
        languages.changed.connect(self._on_language)

    def chosen(self) -> list[tuple[int, str]]:
        """Return the selected cells that can be typed into, by row and field."""
        book = self.entries.book
        if book is None:
            return []
        some = sorted((one.row(), one.column()) for one in self.selectionModel().selectedIndexes())
        return [(row, book.fields[column]) for row, column in some if column < len(book.fields)]

    def block(self) -> QRect:
        """Return the columns and rows the selection spans, the current cell where it is none."""
        some = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        rows, columns = [one.row() for one in some], [one.column() for one in some]
        left, top = min(columns), min(rows)
        return QRect(left, top, max(columns) - left + 1, max(rows) - top + 1)

    def fill(self, text: str) -> int:
        """Write one text into every selected cell; return how many are others now."""
        book = self.entries.book
        cells = [one for one in self.chosen() if book and book.open(*one)]
        return self.entries.write((row, field, text) for row, field in cells) if cells else 0

    def spread(self, *, down: bool) -> None:
        """Fill the selection from its first row or column, as Ctrl+D and Ctrl+R do."""
        book, block = self.entries.book, self.block()
        if book is None or block.left() < 0:
            return
        places = {field: place for place, field in enumerate(book.fields)}
        cells: list[Typed] = []
        for row, field in self.chosen():
            source = block.top() if down else row
            first = places[field] if down else block.left()
            if book.open(row, field) and first < len(book.fields):
                cells.append((row, field, self.entries.text(source, book.fields[first])))
        self.entries.write(cells)

    def go_to(self, row: int, column: int) -> None:
        """Look at a cell and select it alone."""
        index = self.entries.index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def step(self, down: int, right: int) -> None:
        """Move on from the current cell; at the end of a row Tab goes to the next one."""
        now, book = self.currentIndex(), self.entries.book
        if book is None or not now.isValid():
            return
        row, column, width = now.row() + down, now.column() + right, len(book.fields)
        if right:
            row, column = row + column // width, column % width
        if 0 <= row < self.entries.rowCount():
            self.go_to(row, column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, fill, copy and paste; any other letter begins to type."""
        key, mods = event.key(), event.modifiers()
        control = bool(mods & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif control and key in (Qt.Key.Key_D, Qt.Key.Key_R) and not mods & _SHIFT:
            self.spread(down=key == Qt.Key.Key_D)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.fill("")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.step(-1 if mods & _SHIFT else 1, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not control:
            self.step(0, -1 if key == Qt.Key.Key_Backtab else 1)
        elif key == Qt.Key.Key_F2:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give days what is left beside the sums, wide enough for a sign."""
        book, count = self.entries.book, self.entries.columnCount()
        if book is None or not count:
            return
        days = [bool(book.title(one).below) for one in range(count)]
        room, narrow = self.viewport().width(), sum(days)
        each = max(_LEAST, min((room - (count - narrow) * _SUM) // narrow, 48)) if narrow else 0
        rest = max(_SUM, (room - narrow * each) // max(count - narrow, 1))
        for column, day in enumerate(days):
            self.setColumnWidth(column, each if day else min(rest, 110))

    def _dress(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setProperty("sheet", "true")
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerButtonEnabled(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def _on_current(self, now: QModelIndex, before: QModelIndex) -> None:
        for one in (now, before):
            self.verticalHeader().updateSection(one.row())
        self.moved.emit()

    def _on_reset(self) -> None:
        self.fit()
        if self.entries.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            first = self.entries.index(0, 0)
            self.selectionModel().setCurrentIndex(first, flags.ClearAndSelect)

    def _on_language(self) -> None:
        self.entries.speak(self._languages.language)
        QTimer.singleShot(0, self, self.fit)


class _Typing(EntryCells):
    """A line over the cell; a key that ends typing says where to go on."""

    def __init__(self, grid: TypingGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        line = QLineEdit(parent)
        line.setProperty("cell", "true")
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        return line

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index
    ) -> None:
        rect = QRect(option.rect)
        if rect.width() < _EDITOR:
            more = (_EDITOR - rect.width()) // 2
            rect.adjust(-more, 0, more, 0)
        room = self._grid.viewport().rect()
        rect.moveLeft(max(room.left(), min(rect.left(), room.right() - rect.width())))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step and isinstance(editor, QLineEdit):
                self._end(editor, event, step)
                return True
        return super().eventFilter(editor, event)

    def _end(self, editor: QLineEdit, event: QKeyEvent, step: tuple[int, int]) -> None:
        """Take what was typed and go on; with Ctrl it fills the selection."""
        hint = QAbstractItemDelegate.EndEditHint.NoHint
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.closeEditor.emit(editor, hint)
            self._grid.fill(editor.text())
            return
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)
        back = event.modifiers() & _SHIFT and event.key() != Qt.Key.Key_Backtab
        sign = -1 if back else 1
        self._grid.step(sign * step[0], sign * step[1])
