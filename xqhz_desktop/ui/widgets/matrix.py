"""The table of the check before the start: cells as flat ticks, heads in groups, totals below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from xqhz_desktop.domain.readiness import PARTS, Item
from xqhz_desktop.services.preflight import Cell, Row
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.matrix import (
    CELL_ROLE,
    FIRST,
    GAPS,
    ITEMS,
    NAME,
    PEOPLE,
    ROW_ROLE,
    MatrixModel,
    item_of,
)
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL, Tokens
from xqhz_desktop.ui.widgets.matrix_cell import draw_cell

_ROW, _HEAD, _SMALL_ROW = 44, 72, 40
_CELL, _NARROW, _PEOPLE, _GAPS, _LEAST = 46, 36, 48, 52, 150
_CENTER, _EDGE = Qt.AlignmentFlag.AlignCenter, 3
_Index = QModelIndex | QPersistentModelIndex


class MatrixTable(QTableView):
    """Arrows move the cell; Space, Enter and clicks say what is wanted of it."""

    asked = Signal(object, object)
    """A row and an item somebody wants to know more about."""
    asked_all = Signal(object)
    """An item somebody wants to know more about, for everybody shown."""
    opened = Signal(object, object)
    """A row and an item (None for the whole row) somebody wants to open."""
    sorted_by = Signal(int)
    """The head of a section was clicked."""

    def __init__(self, languages: Languages) -> None:
        """Make it empty."""
        super().__init__()
        self.matrix = MatrixModel(languages.language, self)
        self._languages = languages
        self.setModel(self.matrix)
        self.setItemDelegate(_Cells(self, languages))
        header = _Head(self, languages)
        self.setHorizontalHeader(header)
        self._dress()
        header.sectionClicked.connect(self.sorted_by)
        languages.changed.connect(self._on_language)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows; the cell somebody stands on stays where it is."""
        place = self.currentIndex()
        self.matrix.show_rows(rows)
        self.fit()
        row = min(max(place.row(), 0), len(rows) - 1)
        if row >= 0:
            self.setCurrentIndex(self.matrix.index(row, max(place.column(), FIRST)))

    def here(self) -> tuple[Row, Item | None] | None:
        """Return the row and item somebody stands on."""
        index = self.currentIndex()
        if not index.isValid():
            return None
        return self.matrix.rows[index.row()], item_of(index.column())

    def place(self) -> QRect:
        """Return where the current cell is, in the coordinates of the table."""
        rect = self.visualRect(self.currentIndex())
        return QRect(self.viewport().mapTo(self, rect.topLeft()), rect.size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give every column its width: the name takes what is left."""
        room = self.viewport().width() - _PEOPLE - _GAPS
        cell = min(_CELL, max(_NARROW, (room - 220) // len(ITEMS)))
        for section in range(FIRST, GAPS):
            self.setColumnWidth(section, cell)
        self.setColumnWidth(PEOPLE, _PEOPLE)
        self.setColumnWidth(GAPS, _GAPS)
        self.setColumnWidth(NAME, max(_LEAST, room - cell * len(ITEMS)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space asks, with Shift about everybody; Enter opens; Qt moves."""
        here = self.here()
        everybody = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Space if here and here[1] and everybody:
                self.asked_all.emit(here[1])
            case Qt.Key.Key_Space if here and here[1]:
                self.asked.emit(*here)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if here:
                self.opened.emit(*here)
            case _:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a cell asks about it, one on the name opens the row."""
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        here = self.here()
        if here and self.indexAt(event.position().toPoint()) == self.currentIndex() and here[1]:
            self.asked.emit(*here)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens the list behind a cell."""
        super().mouseDoubleClickEvent(event)
        if here := self.here():
            self.opened.emit(*here)

    def _dress(self) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        sides = self.verticalHeader()
        sides.hide()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.setDefaultSectionSize(_ROW)

    def _on_language(self) -> None:
        self.matrix.speak(self._languages.language)


class _Head(QHeaderView):
    """Heads in two tiers: 八个事先 over its eight columns."""

    def __init__(self, table: MatrixTable, languages: Languages) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._languages = languages
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setFixedHeight(_HEAD)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        now = tokens(self)
        painter.save()
        painter.fillRect(rect, QColor(now.card))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.border))
        chinese = self._languages.language.code == "zh_CN"
        font = QFont(self.font())
        font.setPixelSize(SMALL if chinese else SMALL - 1)
        painter.setFont(font)
        painter.setPen(QColor(now.ink2))
        text = str(self.model().headerData(section, self.orientation()) or "")
        said = rect.adjusted(0, 28, 0, -2)
        if section == NAME:
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(rect.adjusted(16, 0, 0, 0), flags, text)
        else:
            flags = _CENTER | Qt.TextFlag.TextWordWrap
            if chinese and len(text) == 4:
                text = f"{text[:2]}\n{text[2:]}"
            painter.drawText(said if item_of(section) else rect, flags, text)
        self._group(painter, rect, section, now)
        painter.restore()

    def _group(self, painter: QPainter, rect: QRect, section: int, now: Tokens) -> None:
        """Draw the part of the group's title and rule that lies over a section."""
        item = item_of(section)
        if item is None:
            return
        part, items = next((part, items) for part, items in PARTS.items() if item in items)
        first = FIRST + ITEMS.index(items[0])
        left = self.sectionViewportPosition(first)
        whole = QRect(
            left, rect.top(), sum(self.sectionSize(first + n) for n in range(len(items))), 27
        )
        if item is items[0]:
            painter.fillRect(rect.left(), rect.top(), 1, rect.height(), QColor(now.hairline))
        painter.setClipRect(rect)
        painter.fillRect(whole.left() + 5, 26, whole.width() - 10, 1, QColor(now.control))
        bold = QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(now.ink))
        painter.drawText(whole, _CENTER, self._languages.say(part))


class _Cells(QStyledItemDelegate):
    """Paints names, numbers and cells."""

    def __init__(self, table: MatrixTable, languages: Languages) -> None:
        super().__init__(table)
        self._table, self._languages = table, languages

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self._table.currentIndex()
        if here.isValid() and here.row() == index.row():
            painter.fillRect(rect, QColor(now.selected))
            if index.column() == NAME:
                painter.fillRect(rect.left(), rect.top(), _EDGE, rect.height(), QColor(now.accent))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
        cell: Cell | None = index.data(CELL_ROLE)
        if cell is None:
            self._text(painter, rect, index, now)
        else:
            box = rect.adjusted(4, 8, -4, -9)
            draw_cell(painter, box, cell, self._languages)
            if opt.state & QStyle.StateFlag.State_HasFocus:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(now.accent), 2))
                painter.drawRoundedRect(QRectF(box).adjusted(-2, -2, 2, 2), 8, 8)
        painter.restore()

    def _text(self, painter: QPainter, rect: QRect, index: _Index, now: Tokens) -> None:
        row: Row = index.data(ROW_ROLE)
        text = str(index.data())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setPen(QColor(now.ink))
        if index.column() == NAME:
            room = rect.adjusted(16, 0, -8, 0)
            if row.beside:
                small = QFont(painter.font())
                small.setPixelSize(SMALL)
                room = rect.adjusted(16, 4, -8, -20)
                below = "  ".join(filter(None, (row.beside, row.code)))
                painter.save()
                painter.setFont(small)
                painter.setPen(QColor(now.ink3))
                painter.drawText(rect.adjusted(16, 22, -8, -4), flags, below)
                painter.restore()
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, flags, shown)
            return
        if index.column() == GAPS:
            bold = QFont(painter.font())
            bold.setWeight(QFont.Weight.DemiBold)
            painter.setFont(bold)
            painter.setPen(QColor(now.bad if row.gaps else now.good))
            text = text if row.gaps else "√"
        painter.drawText(rect, _CENTER, text)
