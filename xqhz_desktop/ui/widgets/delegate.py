"""Paints the cells of a list: two lines, tiles, pills, numbers with a thin bar."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from xqhz_desktop.domain import codes
from xqhz_desktop.i18n import NN_, Language, Message
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.models.columns import Column, Look, shown
from xqhz_desktop.ui.models.records import ROW_ROLE, RecordsModel
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL, Tokens
from xqhz_desktop.ui.widgets import pill

TALL, COMPACT = 60, 36
"""Row heights."""

EDGE = 3
"""Width of the accent at the left of the selected row."""

PAD = 12
"""Left and right inside a cell."""

TILE = 36
SOON = 30
"""Days before an end at which it turns amber."""

PILL_SIDES = 30
"""What a pill needs beside its word."""

_BAR_WIDTH, _BAR_HEIGHT = 72, 4

_TONES = {
    "good": frozenset({"ACTIVE", "RUNNING", "ENROLLED", "COORDINATOR"}),
    "warn": frozenset({"TALKS", "SUSPENDED", "CHANGING", "PLANNED"}),
    "bad": frozenset({"PAUSED", "BLACKLISTED", "WITHDRAWN", "CANCELLED"}),
    "neutral": frozenset(
        {"ENDED", "ASSESSED", "ARCHIVED", "GRADUATED", "COMPLETED", "TRANSFERRED", "VIEWER"}
    ),
}

Index = QModelIndex | QPersistentModelIndex


def tone(value: object) -> str:
    """Return the tone of a pill by the name of a choice; `info` where it has no leaning."""
    name = value.name if isinstance(value, Enum) else ""
    for one, names in _TONES.items():
        if name in names:
            return one
    return "info"


class RowDelegate(QStyledItemDelegate):
    """Paints a whole cell from its `Row`; a row still being fetched is a grey bar."""

    def __init__(self, lang: Language, parent: QObject | None = None) -> None:
        """Paint in a language until `lang` is replaced."""
        super().__init__(parent)
        self.lang = lang
        self.compact = False
        self.hovered = -1
        """The row under the mouse."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the fixed height of a row."""
        return QSize(80, COMPACT if self.compact else TALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, hairline and contents."""
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        chosen = bool(opt.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(rect, QColor(now.selected))
        elif index.row() == self.hovered:
            painter.fillRect(rect, QColor(now.hover))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
        if chosen and index.column() == 0:
            painter.fillRect(rect.left(), rect.top(), EDGE, rect.height() - 1, QColor(now.accent))
        model = index.model()
        if isinstance(model, RecordsModel):
            row = index.data(ROW_ROLE)
            body = rect.adjusted(PAD, 0, -PAD, -1)
            if row is None:
                _waiting(painter, body, now)
            else:
                cell = _Cell(row, model.columns[index.column()], self.lang, now, chosen)
                cell.paint(painter, body, opt.font, compact=self.compact)
        painter.restore()


class _Cell:
    """One cell about to be painted."""

    def __init__(self, row: Row, column: Column, lang: Language, now: Tokens, chosen: bool) -> None:
        self.row, self.column, self.lang, self.now = row, column, lang, now
        self.chosen = chosen

    def paint(self, painter: QPainter, body: QRect, font: QFont, *, compact: bool) -> None:
        painter.setFont(font)
        match self.column.look:
            case Look.NAME:
                self._name(painter, body, font, compact)
            case Look.PILL:
                self._pill(painter, body, font)
            case Look.BAR:
                self._bar(painter, body, compact)
            case _:
                self._lines(painter, body, font, compact)

    def _name(self, painter: QPainter, body: QRect, font: QFont, compact: bool) -> None:
        name = shown(self.row, self.column.name, self.lang)
        if not compact:
            tile = QRect(body.left() + 4, body.center().y() - TILE // 2 + 1, TILE, TILE)
            ground = self.now.card if self.chosen else self.now.sunken
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(tile), 8, 8)
            painter.setPen(QColor(self.now.ink2))
            painter.setFont(_weighty(font))
            painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, initial(name))
            body = body.adjusted(4 + TILE + 12, 0, 0, 0)
        else:
            body = body.adjusted(4, 0, 0, 0)
        self._lines(painter, body, _weighty(font), compact)

    def _lines(self, painter: QPainter, body: QRect, font: QFont, compact: bool) -> None:
        text = self.column.text(self.row, self.lang) or "—"
        second, tint = self._second()
        align = Qt.AlignmentFlag.AlignRight if self.column.right else Qt.AlignmentFlag.AlignLeft
        ink = self.now.ink if text != "—" else self.now.ink3
        if compact or not second:
            _write(painter, body, font, text, (ink, align))
            return
        top = QRect(body.left(), body.top() + 9, body.width(), 22)
        _write(painter, top, font, text, (ink, align))
        small = QFont(painter.font())
        small.setWeight(QFont.Weight.Normal)
        small.setPixelSize(SMALL)
        below = QRect(body.left(), body.top() + 31, body.width(), 19)
        _write(painter, below, small, second, (tint, align))

    def _second(self) -> tuple[str, str]:
        if self.column.look is not Look.DEADLINE:
            return self.column.second(self.row, self.lang), self.now.ink3
        end = getattr(self.row.record, self.column.name)
        days = (end - date.today()).days if isinstance(end, date) else -1
        if days < 0:
            return "", self.now.ink3
        said = self.lang.say(Message(NN_("{n} day to go", "{n} days to go"), n=days))
        return said, self.now.warn if days <= SOON else self.now.ink3

    def _pill(self, painter: QPainter, body: QRect, font: QFont) -> None:
        text = shown(self.row, self.column.name, self.lang)
        if not text:
            return
        small = QFont(font)
        small.setPixelSize(SMALL)
        small.setWeight(QFont.Weight.Medium)
        painter.setFont(small)
        metrics = QFontMetrics(small)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, body.width() - PILL_SIDES)
        width = metrics.horizontalAdvance(text) + PILL_SIDES
        place = QRectF(body.left(), body.center().y() - pill.HEIGHT / 2 + 1, width, pill.HEIGHT)
        value = getattr(self.row.record, self.column.name)
        pill.draw(painter, place, text, self._pill_colors(value))

    def _pill_colors(self, value: object) -> tuple[str, str]:
        ink, ground = pill.colors(tone(value), self.now)
        return ink, self.now.card if self.chosen and ground == self.now.hint else ground

    def _bar(self, painter: QPainter, body: QRect, compact: bool) -> None:
        value = getattr(self.row.record, self.column.name) or 0
        most = getattr(self.row.record, self.column.of) or 0
        text = f"{value} / {most}" if most else str(value)
        line = body if compact else QRect(body.left(), body.top() + 9, body.width(), 22)
        ink = self.now.ink if value else self.now.ink3
        _write(painter, line, painter.font(), text, (ink, Qt.AlignmentFlag.AlignRight))
        if compact or not most:
            return
        bar = QRectF(body.right() - _BAR_WIDTH, body.top() + 37, _BAR_WIDTH, _BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.now.sunken))
        painter.drawRoundedRect(bar, 2, 2)
        if value:
            painter.setBrush(QColor(self.now.accent if value <= most else self.now.bad))
            bar.setWidth(_BAR_WIDTH * min(value / most, 1))
            painter.drawRoundedRect(bar, 2, 2)


def initial(name: str) -> str:
    """Return the character of a tile: a city or a year in front tells nothing."""
    name = name.lstrip("0123456789").removeprefix("级").removeprefix("届") or name
    if len(name) > 4 and "·" not in name:  # a person's long name begins with no city
        for length in (4, 3, 2):
            rest = name[length:].removeprefix("市")
            if rest and name[:length] in _places():
                return rest[0]
    return name[:1].upper()


@cache
def _places() -> frozenset[str]:
    """Return the names of provinces and cities, without what kind of place they are."""
    wide = (one.name for one in codes.codes("region").values() if one.level != "county")
    return frozenset(name.removesuffix("市").removesuffix("省") for name in wide)


def _weighty(font: QFont) -> QFont:
    strong = QFont(font)
    strong.setWeight(QFont.Weight.Medium)
    return strong


def _write(
    painter: QPainter,
    rect: QRect,
    font: QFont,
    text: str,
    manner: tuple[str, Qt.AlignmentFlag],
) -> None:
    """Write one line, shortened at its end when it does not fit."""
    ink, align = manner
    painter.setFont(font)
    painter.setPen(QPen(QColor(ink)))
    metrics = QFontMetrics(font)
    fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | align, fitting)


def _waiting(painter: QPainter, body: QRect, now: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(now.sunken))
    width = min(body.width(), 120) * 0.6
    painter.drawRoundedRect(QRectF(body.left(), body.center().y() - 5, width, 10), 5, 5)
