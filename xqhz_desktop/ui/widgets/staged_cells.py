"""Paints a file under check: errors red with their reason, changes over what was, groups."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from xqhz_desktop.services.staged import State
from xqhz_desktop.ui.models.staged import CELL_ROLE, SOURCE_ROLE
from xqhz_desktop.ui.models.staged_sheet import Cell
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import LABEL, SMALL, Tokens
from xqhz_desktop.ui.widgets import pill
from xqhz_desktop.ui.widgets.delegate import PAD
from xqhz_desktop.ui.widgets.header import ListHeader

HEIGHT, GROUP_HEIGHT, HEADER_HEIGHT = 48, 32, 48
TONES = {
    State.NEW: "good",
    State.CHANGED: "info",
    State.SAME: "neutral",
    State.GONE: "warn",
    State.ERROR: "bad",
}

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class StagedHeader(ListHeader):
    """Two lines a column: our word, and where it stands in the file."""

    def __init__(self, parent: QWidget) -> None:
        """Make a header that neither sorts nor moves."""
        super().__init__(parent)
        self.setSectionsClickable(False)
        self.setFixedHeight(HEADER_HEIGHT)

    def sizeHint(self) -> QSize:
        """Return the fixed height."""
        return QSize(super().sizeHint().width(), HEADER_HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw both lines, or the one there is."""
        now, model, way = tokens(), self.model(), Qt.Orientation.Horizontal
        painter.save()
        painter.fillRect(rect, QColor(now.card))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.border))
        word = str(model.headerData(section, way, Qt.ItemDataRole.DisplayRole) or "")
        source = str(model.headerData(section, way, SOURCE_ROLE) or "")
        font, small = QFont(self.font()), QFont(self.font())
        font.setPixelSize(LABEL)
        font.setWeight(QFont.Weight.DemiBold)
        small.setPixelSize(SMALL)
        body = rect.adjusted(PAD if section else PAD + 4, 0, -8, -1)
        if source:
            _write(painter, _half(body, 0), font, word, now.ink)
            _write(painter, _half(body, 1), small, source, now.ink3)
        else:
            _write(painter, body, font, word, now.ink)
        painter.restore()


class StagedDelegate(QStyledItemDelegate):
    """Two lines a cell: the value, and below it the reason or the value it replaces."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the fixed height of a row."""
        return QSize(120, HEIGHT)

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: _Index
    ) -> QWidget:
        """Return a line that covers the cell."""
        editor = QLineEdit(parent)
        editor.setFrame(True)
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index
    ) -> None:
        """Stand in the middle of the cell, never narrower than a number needs."""
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect.adjusted(4, 6, -4, -7)
        rect.setWidth(max(rect.width(), 180))
        editor.setGeometry(rect)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, hairline and the two lines."""
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        cell: Cell = index.data(CELL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if cell.group:
            _group(painter, rect, opt.font, cell, now)
            painter.restore()
            return
        chosen = bool(opt.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(_ground(cell, now, chosen)))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
        body = rect.adjusted(12 if index.column() else 16, 0, -8, -1)
        _fill(painter, body, opt.font, cell, now)
        if opt.state & QStyle.StateFlag.State_HasFocus and index.column() > 1:
            painter.setPen(QPen(QColor(now.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -3), 5, 5)
        painter.restore()


def _fill(painter: QPainter, body: QRect, font: QFont, cell: Cell, now: Tokens) -> None:
    small = QFont(font)
    small.setPixelSize(SMALL)
    if cell.state is not None:
        _pill(painter, body, small, cell, now)
    elif cell.changed:
        struck, strong = QFont(small), QFont(font)
        struck.setStrikeOut(True)
        strong.setBold(True)
        _write(painter, _half(body, 0), struck, cell.below, now.ink3)
        _write(painter, _half(body, 1), strong, cell.text or "—", now.accent_ink)
    elif cell.below:
        tint = now.bad if cell.wrong else now.warn if cell.warned else now.ink3
        _write(painter, _half(body, 0), font, cell.text or "—", now.ink)
        _write(painter, _half(body, 1), small, cell.below, tint)
    else:
        _write(painter, body, font, cell.text, now.ink)


def _group(painter: QPainter, rect: QRect, font: QFont, cell: Cell, now: Tokens) -> None:
    """Draw the line above a group: fold mark, dot, title and what to do."""
    painter.fillRect(rect, QColor(now.page))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
    strong, small = QFont(font), QFont(font)
    strong.setBold(True)
    small.setPixelSize(SMALL)
    body = rect.adjusted(16, 0, -8, -1)
    ink, _ground_color = pill.colors(TONES.get(cell.state or State.SAME, "warn"), now)
    _write(painter, body, strong, cell.text, ink)
    body.setLeft(body.left() + QFontMetrics(strong).horizontalAdvance(cell.text) + 14)
    _write(painter, body, small, cell.below, now.ink3)


def _ground(cell: Cell, now: Tokens, chosen: bool) -> str:
    if cell.wrong:
        return now.bad_soft
    if cell.warned:
        return now.warn_soft
    return now.selected if cell.changed or chosen else now.card


def _half(body: QRect, place: int) -> QRect:
    height = body.height() // 2
    return QRect(body.left(), body.top() + 3 + place * (height - 3), body.width(), height - 2)


def _write(painter: QPainter, rect: QRect, font: QFont, text: str, tint: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(tint))
    fitting = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, _LEFT, fitting)


def _pill(painter: QPainter, body: QRect, font: QFont, cell: Cell, now: Tokens) -> None:
    painter.setFont(font)
    width = QFontMetrics(font).horizontalAdvance(cell.text) + 30
    lift = 9 if cell.below else 0
    top = body.center().y() - pill.HEIGHT / 2 + 1 - lift
    tone = TONES[cell.state or State.SAME]
    place = QRectF(body.left(), top, width, pill.HEIGHT)
    pill.draw(painter, place, cell.text, pill.colors(tone, now))
    if cell.below:
        below = QRect(
            body.left(), int(place.bottom()), body.width(), body.bottom() - int(place.bottom())
        )
        _write(painter, below, font, cell.below, now.ink3)
