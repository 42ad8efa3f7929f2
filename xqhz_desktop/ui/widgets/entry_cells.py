"""Paints the cells and heads of a sheet people type into."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPolygon
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.book import Face, Title
from xqhz_desktop.ui.models.entries import FACE_ROLE
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import LABEL
from xqhz_desktop.ui.widgets.kit import CENTER, LEFT, Hand, Kit

ROW, HEAD = 36, 44
"""Heights of a row and of the head."""

_TINY = 10
_CORNER = 6
_CHOSEN = QStyle.StateFlag.State_Selected
_Index = QModelIndex | QPersistentModelIndex


class Inks:
    """Fonts and colours of the theme in force."""

    def __init__(self) -> None:
        """Mix nothing yet."""
        self._kit = Kit(tokens(), QFont())
        self._mix()

    def of(self, font: QFont) -> Kit:
        """Return the kit for a font, made anew after another theme or font was chosen."""
        if self._kit.now is not tokens() or self._kit.font != font:
            self._kit = Kit(tokens(), font)
            self._mix()
        return self._kit

    def _mix(self) -> None:
        self.label = Hand(self._kit.font, LABEL)
        self.tiny = Hand(self._kit.font, _TINY)
        self.hatch = QBrush(self._kit.color(self._kit.now.border), Qt.BrushStyle.BDiagPattern)


class EntryCells(QStyledItemDelegate):
    """Paints a `Face`: ground, sign, the line below it, a corner."""

    def __init__(self, parent: QWidget) -> None:
        """Paint for a view."""
        super().__init__(parent)
        self._inks = Inks()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the fixed height of a row."""
        return QSize(28, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        face: Face | None = index.data(FACE_ROLE)
        opt: Any = option  # its members are not in the stubs
        if face is None:
            return
        kit, rect = self._inks.of(opt.font), QRect(opt.rect)
        now = kit.now
        if opt.state & _CHOSEN:
            painter.fillRect(rect, kit.color(now.selected))
        elif face.ground:
            painter.fillRect(rect, kit.color(getattr(now, face.ground)))
        if face.closed:
            painter.fillRect(rect, self._inks.hatch)
        self._write(painter, rect, face, kit)
        if face.corner:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(kit.color(getattr(now, face.corner)))
            right, top = rect.right(), rect.top()
            places = ((right - _CORNER, top), (right, top), (right, top + _CORNER))
            painter.drawPolygon(QPolygon([QPoint(*one) for one in places]))
        if opt.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(kit.color(now.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _write(self, painter: QPainter, rect: QRect, face: Face, kit: Kit) -> None:
        if not face.text and not face.below:
            return
        painter.setPen(kit.color(getattr(kit.now, face.ink)))
        body = rect.adjusted(1, 0, -1, -1)
        if not face.below:
            hand = self._inks.label
            small = hand.width(face.text) > body.width()
            (self._inks.tiny if small else hand).write(painter, body, face.text, CENTER)
            return
        half = QRect(body.left(), body.top() + 3, body.width(), 17)
        self._inks.label.write(painter, half, face.text, CENTER)
        half.translate(0, 15)
        painter.setPen(kit.color(kit.now.ink2))
        self._inks.tiny.write(painter, half, face.below, CENTER)


class DayHead(QHeaderView):
    """Days above the columns, with their weekdays; free days are grey."""

    def __init__(self, parent: QWidget) -> None:
        """Make a head that cannot be sorted by."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._inks = Inks()
        self.setFixedHeight(HEAD)
        self.setMinimumSectionSize(20)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw the day over its weekday."""
        title: Title | None = self.model().headerData(section, Qt.Orientation.Horizontal, FACE_ROLE)
        if title is None:
            return
        say = self.property("languages").language.say
        kit = self._inks.of(self.font())
        now = kit.now
        painter.save()
        painter.fillRect(rect, kit.color(now.sunken if title.free else now.card))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, kit.color(now.border))
        painter.setPen(kit.color(now.ink2))
        body = rect.adjusted(1, 0, -1, -1)
        if title.below:
            upper = QRect(body.left(), body.top() + 5, body.width(), 18)
            kit.small.write(painter, upper, say(title.text), CENTER)
            painter.setPen(kit.color(now.bad if title.free else now.ink3))
            self._inks.tiny.write(painter, upper.translated(0, 16), say(title.below), CENTER)
        else:
            kit.small.write(painter, body, say(title.text), CENTER)
        painter.restore()


class NameHead(QHeaderView):
    """Who a row is about, left of the cells and always in sight."""

    def __init__(self, parent: QWidget) -> None:
        """Make a head of rows of one height."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._inks = Inks()
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw the name, and small below it number and enterprise."""
        called = self.model().headerData(section, Qt.Orientation.Vertical, FACE_ROLE)
        if called is None:
            return
        kit = self._inks.of(self.font())
        now = kit.now
        table = self.parent()
        here = getattr(table, "currentIndex", QModelIndex)().row() == section
        painter.save()
        painter.fillRect(rect, kit.color(now.selected if here else now.card))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, kit.color(now.hairline))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), kit.color(now.border))
        body = QRect(rect.left() + 14, rect.top() + 2, rect.width() - 20, 18)
        painter.setPen(kit.color(now.ink))
        self._inks.label.write(painter, body, called[0], LEFT)
        painter.setPen(kit.color(now.ink3))
        self._inks.tiny.write(painter, body.translated(0, 15), called[1], LEFT)
        painter.restore()


def tell_languages(head: QHeaderView, languages: Languages) -> None:
    """Let a head say its titles in the language of the window."""
    head.setProperty("languages", languages)
