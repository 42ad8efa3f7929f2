"""Paints the cells of a list: two lines, tiles, pills, numbers with a thin bar."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from xqhz_desktop.domain import codes
from xqhz_desktop.i18n import NN_, Language, Message
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.models.columns import Column, Look, shown
from xqhz_desktop.ui.models.records import RecordsModel
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import Tokens
from xqhz_desktop.ui.widgets import pill
from xqhz_desktop.ui.widgets.kit import CENTER, LEFT, RIGHT, Hand, Kit

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

_CHOSEN = QStyle.StateFlag.State_Selected
_SMOOTH = QPainter.RenderHint.Antialiasing

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
        self._kit = Kit(tokens(), QFont())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the fixed height of a row."""
        return QSize(80, COMPACT if self.compact else TALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, hairline and contents."""
        opt: Any = option  # its members are not in the stubs
        kit = self._kit_of(opt.font)
        now, color = kit.now, kit.color
        rect: QRect = opt.rect
        place, column = index.row(), index.column()
        chosen = bool(opt.state & _CHOSEN)
        painter.save()
        painter.setRenderHint(_SMOOTH)
        if chosen:
            painter.fillRect(rect, color(now.selected))
        elif place == self.hovered:
            painter.fillRect(rect, color(now.hover))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color(now.hairline))
        if chosen and column == 0:
            painter.fillRect(rect.left(), rect.top(), EDGE, rect.height() - 1, color(now.accent))
        model = index.model()
        if isinstance(model, RecordsModel):
            row = model.row(place)
            body = rect.adjusted(PAD, 0, -PAD, -1)
            if row is None:
                _waiting(painter, body, now)
            else:
                cell = _Cell(row, model.columns[column], self.lang, kit, chosen)
                cell.paint(painter, body, compact=self.compact)
        painter.restore()

    def _kit_of(self, font: QFont) -> Kit:
        """Return what to paint with, made anew after another theme or font was chosen."""
        now = tokens()
        if self._kit.now is not now or self._kit.font != font:
            self._kit = Kit(now, font)
        return self._kit


class _Cell:
    """One cell about to be painted."""

    def __init__(self, row: Row, column: Column, lang: Language, kit: Kit, chosen: bool) -> None:
        self.row, self.column, self.lang, self.chosen = row, column, lang, chosen
        self.kit, self.now = kit, kit.now

    def paint(self, painter: QPainter, body: QRect, *, compact: bool) -> None:
        match self.column.look:
            case Look.NAME:
                self._name(painter, body, compact)
            case Look.PILL:
                self._pill(painter, body)
            case Look.BAR:
                self._bar(painter, body, compact)
            case _:
                self._lines(painter, body, self.kit.usual, compact)

    def _name(self, painter: QPainter, body: QRect, compact: bool) -> None:
        strong = self.kit.strong
        if compact:
            self._lines(painter, body.adjusted(4, 0, 0, 0), strong, compact)
            return
        tile = QRect(body.left() + 4, body.center().y() - TILE // 2 + 1, TILE, TILE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.kit.color(self.now.card if self.chosen else self.now.sunken))
        painter.drawRoundedRect(tile, 8, 8)
        painter.setPen(self.kit.color(self.now.ink2))
        name = shown(self.row, self.column.name, self.lang)
        strong.write(painter, tile, initial(name), CENTER)
        self._lines(painter, body.adjusted(4 + TILE + 12, 0, 0, 0), strong, compact)

    def _lines(self, painter: QPainter, body: QRect, hand: Hand, compact: bool) -> None:
        text = self.column.text(self.row, self.lang)
        second, tint = ("", "") if compact else self._second()
        place = RIGHT if self.column.right else LEFT
        painter.setPen(self.kit.color(self.now.ink if text else self.now.ink3))
        if not second:
            hand.write(painter, body, text or "—", place)
            return
        top = QRect(body.left(), body.top() + 9, body.width(), 22)
        hand.write(painter, top, text or "—", place)
        below = QRect(body.left(), body.top() + 31, body.width(), 19)
        painter.setPen(self.kit.color(tint))
        self.kit.small.write(painter, below, second, place)

    def _second(self) -> tuple[str, str]:
        if self.column.look is not Look.DEADLINE:
            return self.column.second(self.row, self.lang), self.now.ink3
        end = getattr(self.row.record, self.column.name)
        days = (end - date.today()).days if isinstance(end, date) else -1
        if days < 0:
            return "", self.now.ink3
        said = self.lang.say(Message(NN_("{n} day to go", "{n} days to go"), n=days))
        return said, self.now.warn if days <= SOON else self.now.ink3

    def _pill(self, painter: QPainter, body: QRect) -> None:
        text = shown(self.row, self.column.name, self.lang)
        if not text:
            return
        word = self.kit.word
        painter.setFont(word.font)
        text = word.fitting(text, body.width() - PILL_SIDES)
        width = word.width(text) + PILL_SIDES
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
        painter.setPen(self.kit.color(self.now.ink if value else self.now.ink3))
        self.kit.usual.write(painter, line, text, RIGHT)
        if compact or not most:
            return
        bar = QRectF(body.right() - _BAR_WIDTH, body.top() + 37, _BAR_WIDTH, _BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.kit.color(self.now.sunken))
        painter.drawRoundedRect(bar, 2, 2)
        if value:
            painter.setBrush(self.kit.color(self.now.accent if value <= most else self.now.bad))
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


def _waiting(painter: QPainter, body: QRect, now: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(now.sunken))
    width = min(body.width(), 120) * 0.6
    painter.drawRoundedRect(QRectF(body.left(), body.center().y() - 5, width, 10), 5, 5)
