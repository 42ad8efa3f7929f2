"""A grid for fast typing: Enter goes down, Ctrl+D fills, F8 finds errors."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from xqhz_desktop.ui.models.grid import CELL_ROLE, GridCell, GridModel
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL, Tokens
from xqhz_desktop.ui.widgets import pill
from xqhz_desktop.ui.widgets.delegate import PAD
from xqhz_desktop.ui.widgets.header import ListHeader

HEIGHT = 46
_SCORE = 150
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class EntryGrid(QTableView):
    """Cells of a `GridModel`; what is typed is only told, the page keeps it."""

    typed = Signal(object)
    """Texts by key and field."""
    paste_wanted = Signal()
    opened = Signal(str)
    """Enter or a double click where nothing is typed: the key of the row."""

    def __init__(self, model: GridModel) -> None:
        """Show a model."""
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.EditKeyPressed | triggers.DoubleClicked | triggers.AnyKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        header = ListHeader(self)
        header.setSectionsClickable(False)
        header.setSectionsMovable(False)
        self.setHorizontalHeader(header)
        sides = self.verticalHeader()
        sides.hide()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.setDefaultSectionSize(HEIGHT)
        model.modelReset.connect(self.fit)
        self.doubleClicked.connect(self._on_double)

    def fit(self) -> None:
        """Give every column its width; the name takes what is left, the enterprise goes first."""
        columns = self._model.columns
        wide = {name: self._model.WIDTHS.get(name, _SCORE) for name in columns}
        room = self.viewport().width() - sum(wide.values())
        for name in (one for one in self._model.YIELDING if one in wide):
            hidden = room < 0
            self.setColumnHidden(columns.index(name), hidden)
            room += wide[name] if hidden else 0
        for section, name in enumerate(columns):
            self.setColumnWidth(section, wide[name] + (0 if section else max(room, 0)))

    def begin(self) -> None:
        """Put the cursor on the first score, unless it stands somewhere."""
        if not self.currentIndex().isValid() and self._model.rowCount():
            cells = (self._model.index(0, n) for n in range(self._model.columnCount()))
            first = next((one for one in cells if self._editable(one)), None)
            self.setCurrentIndex(first or self._model.index(0, 0))

    def to_error(self, step: int = 1) -> bool:
        """Go to the next cell that holds no score, or the last one before; tell if there is."""
        cells = self._model.wrong_cells()
        if not cells:
            return False
        here = (self.currentIndex().row(), self.currentIndex().column())
        if step > 0:
            target = next((one for one in cells if one > here), cells[0])
        else:
            target = next((one for one in reversed(cells) if one < here), cells[-1])
        self._go(self._model.index(*target))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new width."""
        super().resizeEvent(event)
        self.fit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go down after Enter, to the next cell after Tab."""
        here = self.currentIndex()
        ended = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, ended.NoHint if hint is ended.SubmitModelCache else hint)
        if hint is ended.SubmitModelCache and here.isValid():
            self._down(here)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes down, Delete empties, Ctrl+D fills down, Ctrl+V pastes, F8 finds errors."""
        index, key = self.currentIndex(), event.key()
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif key == Qt.Key.Key_F8:
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.to_error(-1 if back else 1)
        elif not index.isValid() or self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # an editor passes on the Enter that closes it
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._editable(index):
                self._down(index)
            else:
                self.opened.emit(self._model.place(index)[0])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.typed.emit({self._model.place(one): "" for one in self._selected()})
        elif key == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._fill_down()
        else:
            super().keyPressEvent(event)

    def _editable(self, index: QModelIndex) -> bool:
        return bool(self._model.flags(index) & Qt.ItemFlag.ItemIsEditable)

    def _selected(self) -> list[QModelIndex]:
        """Return the selected cells that can be typed into."""
        return [one for one in self.selectedIndexes() if self._editable(one)]

    def _fill_down(self) -> None:
        """Write the top cell of each selected column into the cells below it."""
        cells = sorted(self._selected(), key=lambda one: one.row())
        top: dict[int, str] = {}
        for one in cells:
            top.setdefault(one.column(), str(one.data(Qt.ItemDataRole.EditRole)))
        self.typed.emit({self._model.place(one): top[one.column()] for one in cells})

    def _down(self, here: QModelIndex) -> None:
        self._go(self._model.index(min(here.row() + 1, self._model.rowCount() - 1), here.column()))

    def _go(self, index: QModelIndex) -> None:
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _on_double(self, index: QModelIndex) -> None:
        if not self._editable(index):
            self.opened.emit(self._model.place(index)[0])


class _Cells(QStyledItemDelegate):
    """Paints a cell: the score over what it means or what is wrong; the grade as a pill."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(80, HEIGHT)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: _Index
    ) -> QWidget:
        return QLineEdit(parent)

    def setModelData(self, editor: QWidget, model: Any, index: _Index) -> None:
        assert isinstance(editor, QLineEdit)
        grid = self.parent()
        assert isinstance(grid, EntryGrid)
        if editor.text() != index.data(Qt.ItemDataRole.EditRole):
            grid.typed.emit({model.place(index): editor.text()})

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index
    ) -> None:
        opt: Any = option  # its members are not in the stubs
        editor.setGeometry(opt.rect.adjusted(2, 4, -2, -5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        cell: GridCell = index.data(CELL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(opt.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(_ground(cell, now, chosen)))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
        body = rect.adjusted(PAD + 4 if index.column() == 0 else PAD, 0, -PAD, -1)
        small = QFont(opt.font)
        small.setPixelSize(SMALL)
        if cell.tone and cell.text:
            _pill(painter, body, small, cell)
        else:
            _lines(painter, body, (opt.font, small), cell)
        if opt.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(now.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -3), 5, 5)
        painter.restore()


def _ground(cell: GridCell, now: Tokens, chosen: bool) -> str:
    if cell.wrong:
        return now.bad_soft
    if chosen:
        return now.selected
    if cell.edited:
        return now.dirty
    return now.sunken if cell.locked else now.card


def _lines(painter: QPainter, body: QRect, fonts: tuple[QFont, QFont], cell: GridCell) -> None:
    now, align = tokens(), _RIGHT if cell.number else _LEFT
    above = body.adjusted(0, 5, 0, -20) if cell.below else body
    _write(painter, above, (fonts[0], now.ink, align), cell.text)
    if cell.below:
        tint = now.bad if cell.wrong else now.warn if cell.locked else now.ink3
        _write(painter, body.adjusted(0, 24, 0, -3), (fonts[1], tint, align), cell.below)


def _write(
    painter: QPainter, rect: QRect, look: tuple[QFont, str, Qt.AlignmentFlag], text: str
) -> None:
    font, tint, align = look
    painter.setFont(font)
    painter.setPen(QColor(tint))
    fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, align, fitting)


def _pill(painter: QPainter, body: QRect, font: QFont, cell: GridCell) -> None:
    painter.setFont(font)
    width = QFontMetrics(font).horizontalAdvance(cell.text) + 30
    place = QRectF(body.left(), body.center().y() - pill.HEIGHT / 2 + 1, width, pill.HEIGHT)
    pill.draw(painter, place, cell.text, pill.colors(cell.tone, tokens()))
