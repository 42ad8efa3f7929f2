"""The table of a short list told in words: two lines a cell, rows picked by mouse or keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from xqhz_desktop.ui.icons import icon as line_icon
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.told import TOLD_ROLE, Said, Told, ToldModel
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL
from xqhz_desktop.ui.widgets import pill
from xqhz_desktop.ui.widgets.header import ListHeader

HEIGHT = 56
_TILE, _EDGE = 32, 3
_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class ToldTable(QTableView):
    """Shows a `ToldModel`; the first column takes the room that is left."""

    picked = Signal()
    """Another selection."""
    opened = Signal()
    """Enter or a double click."""

    def __init__(
        self, columns: Sequence[Told], languages: Languages, *, many: bool = False
    ) -> None:
        """Make it empty; `many`: several rows can be picked."""
        super().__init__()
        self.told = ToldModel(columns, languages.language, self)
        self._languages = languages
        self.setModel(self.told)
        self.setItemDelegate(_Lines(self))
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self._dress()
        self.selectionModel().selectionChanged.connect(self._on_picked)
        self.doubleClicked.connect(self._on_opened)
        languages.changed.connect(self._on_language)

    def show_rows(self, rows: Sequence[Any], place: int = -1) -> None:
        """Show these rows, and pick the one at a place."""
        self.told.show_rows(rows)
        if 0 <= place < len(self.told.rows):
            self.selectRow(place)
        else:
            self.picked.emit()

    def show_columns(self, columns: Sequence[Told]) -> None:
        """Show other columns of the same rows."""
        self.told.show_columns(columns)
        self.fit()

    def pick_first(self, count: int) -> None:
        """Pick so many rows from the top, or none."""
        self.pick(range(count))

    def pick(self, places: Sequence[int]) -> None:
        """Pick these rows and no others."""
        flags, span = QItemSelectionModel.SelectionFlag, QItemSelection()
        last = len(self.told.columns) - 1
        for place in places:
            span.select(self.told.index(place, 0), self.told.index(place, last))
        self.selectionModel().select(span, flags.ClearAndSelect | flags.Rows)

    def chosen(self) -> list[Any]:
        """Return the rows picked, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.told.rows[place] for place in places]

    def fit(self) -> None:
        """Give every column its width; the last ones go where there is no room."""
        columns = self.told.columns
        room = self.viewport().width() - columns[0].width if columns else 0
        for section, column in enumerate(columns[1:], 1):
            room -= column.width
            self.setColumnHidden(section, room < 0)
            self.setColumnWidth(section, column.width)
        shown = (one.width for n, one in enumerate(columns) if n and not self.isColumnHidden(n))
        self.setColumnWidth(0, max(self.viewport().width() - sum(shown), 120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new width."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Qt does the rest."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        header = ListHeader(self)
        header.setSectionsClickable(False)
        header.setSectionsMovable(False)
        self.setHorizontalHeader(header)
        sides = self.verticalHeader()
        sides.hide()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.setDefaultSectionSize(HEIGHT)

    def _on_picked(self, *_items: object) -> None:
        self.picked.emit()

    def _on_opened(self, *_index: object) -> None:
        self.opened.emit()

    def _on_language(self) -> None:
        places = [index.row() for index in self.selectionModel().selectedRows()]
        self.told.speak(self._languages.language)
        if places:
            self.selectRow(places[0])
        QTimer.singleShot(0, self, self.fit)


class _Lines(QStyledItemDelegate):
    """Paints what a cell says."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        said: Said = index.data(TOLD_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if opt.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(now.selected))
            if index.column() == 0:
                painter.fillRect(rect.left(), rect.top(), _EDGE, rect.height(), QColor(now.accent))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
        body = rect.adjusted(12 if index.column() else 16, 0, -8, -1)
        if said.icon:
            body = _tile(painter, body, said.icon)
        small = QFont(opt.font)
        small.setPixelSize(SMALL)
        above = body.adjusted(0, 7, 0, -26) if said.below else body
        if said.tone:
            _pill(painter, above, small, said)
        else:
            _write(painter, above, opt.font, said.text, now.ink)
        if said.below:
            tint = str(getattr(now, said.ink or "ink3"))
            _write(painter, body.adjusted(0, 29, 0, -6), small, said.below, tint)
        painter.restore()


def _tile(painter: QPainter, body: QRect, name: str) -> QRect:
    """Draw an icon on its tile; return the room right of it."""
    tile = QRect(body.left(), body.center().y() - _TILE // 2, _TILE, _TILE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().sunken))
    painter.drawRoundedRect(tile, 8, 8)
    line_icon(name).paint(painter, tile.adjusted(8, 8, -8, -8))
    return body.adjusted(_TILE + 12, 0, 0, 0)


def _write(painter: QPainter, rect: QRect, font: QFont, text: str, tint: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(tint))
    fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, _LEFT, fitting)


def _pill(painter: QPainter, body: QRect, font: QFont, said: Said) -> None:
    painter.setFont(font)
    width = QFontMetrics(font).horizontalAdvance(said.text) + 30
    top = body.center().y() - pill.HEIGHT / 2 + 1
    place = QRectF(body.left(), top, width, pill.HEIGHT)
    pill.draw(painter, place, said.text, pill.colors(said.tone, tokens()))
