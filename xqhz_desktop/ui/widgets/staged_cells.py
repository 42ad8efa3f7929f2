"""Paints the cells of a file under check: errors red with their reason, changes over what was."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from xqhz_desktop.services.importing import State
from xqhz_desktop.ui.models.staged import CELL_ROLE, Cell
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL, Tokens
from xqhz_desktop.ui.widgets import pill

HEIGHT = 48
TONES = {
    State.NEW: "good",
    State.CHANGED: "info",
    State.SAME: "neutral",
    State.ERROR: "bad",
}

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class StagedDelegate(QStyledItemDelegate):
    """Two lines a cell: the value, and below it the reason or the value it replaces."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the fixed height of a row."""
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, hairline and the two lines."""
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        cell: Cell = index.data(CELL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(opt.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, QColor(_ground(cell, now, chosen)))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
        body = rect.adjusted(12 if index.column() else 16, 0, -8, -1)
        small = QFont(opt.font)
        small.setPixelSize(SMALL)
        if cell.state is not None:
            _pill(painter, body, small, cell, now)
        elif cell.changed:
            struck = QFont(small)
            struck.setStrikeOut(True)
            strong = QFont(opt.font)
            strong.setBold(True)
            _write(painter, _half(body, 0), struck, cell.below, now.ink3)
            _write(painter, _half(body, 1), strong, cell.text or "—", now.accent_ink)
        elif cell.below:
            tint = now.bad if cell.wrong else now.warn if cell.warned else now.ink3
            _write(painter, _half(body, 0), opt.font, cell.text or "—", now.ink)
            _write(painter, _half(body, 1), small, cell.below, tint)
        else:
            _write(painter, body, opt.font, cell.text, now.ink)
        painter.restore()


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
    top = body.center().y() - pill.HEIGHT / 2 + 1
    tone = TONES[cell.state or State.SAME]
    place = QRectF(body.left(), top, width, pill.HEIGHT)
    pill.draw(painter, place, cell.text, pill.colors(tone, now))
