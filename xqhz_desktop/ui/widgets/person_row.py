"""Paints a person to pick: tick, name, pill, where they belong, and a grip."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from xqhz_desktop.i18n import Language
from xqhz_desktop.ui.icons import icon
from xqhz_desktop.ui.models.people import PERSON, Person
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL, Tokens
from xqhz_desktop.ui.widgets import pill

HEIGHT = 48
SIDE = 16
"""Left and right of a row."""
TICK = 18
_GRIP = 18
_PILL = 30
_TAG = 76

Index = QModelIndex | QPersistentModelIndex
Align = Qt.AlignmentFlag


class PersonColumns:
    """Where the parts of a row stand; the header above the list stands by the same."""

    def __init__(self, width: int, *, tags: bool, grip: bool) -> None:
        """Divide a width."""
        left = SIDE + TICK + 12
        right = width - SIDE - (_GRIP if grip else 0)
        whole = right - left
        tag = max(_TAG, whole * 28 // 100) if tags else 0
        name = (whole - tag) * (54 if tags else 40) // 100
        self.tick = (SIDE, TICK)
        self.name = (left, name - 8)
        self.tag = (left + name, tag - 8)
        self.place = (left + name + tag, whole - name - tag)
        self.grip = (right, _GRIP)


class PersonDelegate(QStyledItemDelegate):
    """A whole row by its `Person`; a row still being fetched is a grey bar."""

    def __init__(self, lang: Language, parent: QObject | None = None) -> None:
        """Paint in a language until `lang` is replaced."""
        super().__init__(parent)
        self.lang = lang
        self.tags = True
        self.grip = True
        self.ringed = -1
        """The row the keyboard is on, or -1."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the fixed height of a row."""
        return QSize(80, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, hairline and contents."""
        now = tokens()
        opt: Any = option  # its members are not in the stubs
        rect: QRect = opt.rect
        picked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        hovered = bool(opt.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = now.selected if picked else now.hover if hovered else now.card
        painter.fillRect(rect, QColor(ground))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(now.hairline))
        person = index.data(PERSON)
        columns = PersonColumns(rect.width(), tags=self.tags, grip=self.grip)
        if isinstance(person, Person):
            self._person(painter, opt, (person, picked), columns)
            tick(painter, _cell(rect, columns.tick), picked, now)
        else:
            place = columns.name[0]
            painter.fillRect(QRect(place, rect.center().y() - 5, 120, 10), QColor(now.sunken))
        if index.row() == self.ringed:
            painter.setPen(QPen(QColor(now.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -3), 6, 6)
        painter.restore()

    def _person(
        self, painter: QPainter, opt: Any, shown: tuple[Person, bool], columns: PersonColumns
    ) -> None:
        now, rect, font = tokens(), opt.rect, opt.font
        one, picked = shown
        lines(painter, _cell(rect, columns.name), font, (one.name, self.lang.say(one.line)))
        lines(painter, _cell(rect, columns.place), font, (one.place, one.place_line), small=True)
        if one.tag and self.tags:
            tone, word = one.tag
            ink, ground = pill.colors(tone, now)
            colors = (ink, now.card if picked else ground)
            draw_pill(painter, _cell(rect, columns.tag), font, (self.lang.say(word), colors))
        if self.grip:
            _dots(painter, _cell(rect, columns.grip), now)


def _cell(rect: QRect, column: tuple[int, int]) -> QRect:
    return QRect(rect.left() + column[0], rect.top(), column[1], rect.height() - 1)


def tick(painter: QPainter, cell: QRect, picked: bool, now: Tokens) -> None:
    """Draw a tick box in the middle of a cell."""
    box = QRect(cell.left(), cell.center().y() - TICK // 2 + 1, TICK, TICK)
    painter.setPen(QPen(QColor(now.accent if picked else now.control), 1))
    painter.setBrush(QColor(now.accent if picked else now.card))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if picked:
        icon("check", "on_accent").paint(painter, box.adjusted(3, 3, -3, -3))


def lines(
    painter: QPainter, cell: QRect, font: QFont, texts: tuple[str, str], *, small: bool = False
) -> None:
    """Write one line over another; a line without text leaves the middle to the other."""
    now = tokens()
    upper, lower = texts
    first = QFont(font)
    second = QFont(font)
    second.setPixelSize(SMALL)
    second.setWeight(QFont.Weight.Normal)
    if small:
        first.setPixelSize(SMALL + 1)
    middle = cell.center().y() + 1
    if not lower:
        write(painter, cell, first, upper, (now.ink, Align.AlignLeft))
        return
    top = QRect(cell.left(), middle - 21, cell.width(), 22)
    below = QRect(cell.left(), middle + 1, cell.width(), 18)
    write(painter, top, first, upper, (now.ink2 if small else now.ink, Align.AlignLeft))
    write(painter, below, second, lower, (now.ink3, Align.AlignLeft))


def write(
    painter: QPainter, cell: QRect, font: QFont, text: str, manner: tuple[str, Align]
) -> None:
    """Write one line in a colour, shortened at its end when it does not fit."""
    painter.setFont(font)
    painter.setPen(QColor(manner[0]))
    metrics = QFontMetrics(font)
    fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, cell.width())
    painter.drawText(cell, Align.AlignVCenter | manner[1], fitting)


def draw_pill(
    painter: QPainter, cell: QRect, font: QFont, said: tuple[str, tuple[str, str]]
) -> None:
    """Draw a pill of a word in (ink, ground) at the left of a cell."""
    word, colors = said
    small = QFont(font)
    small.setPixelSize(SMALL)
    small.setWeight(QFont.Weight.Medium)
    painter.setFont(small)
    metrics = QFontMetrics(small)
    word = metrics.elidedText(word, Qt.TextElideMode.ElideRight, cell.width() - _PILL)
    width = metrics.horizontalAdvance(word) + _PILL
    top = cell.center().y() - pill.HEIGHT / 2 + 1
    pill.draw(
        painter,
        QRectF(cell.left(), top, width, pill.HEIGHT),
        word,
        colors,
    )


def _dots(painter: QPainter, cell: QRect, now: Tokens) -> None:
    """Draw the six dots that say: this can be dragged."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(now.faint))
    for across in (0, 5):
        for down in (-5, 0, 5):
            left = cell.right() - 8 + across
            painter.drawEllipse(QRectF(left, cell.center().y() + down - 0.5, 2.4, 2.4))
