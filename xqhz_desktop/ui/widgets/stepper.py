"""The steps of a placement in a line: done with a tick and its day, the one now, those ahead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from xqhz_desktop.domain.journey import MAIN, ON_POST
from xqhz_desktop.domain.placement import PlacementStatus
from xqhz_desktop.ui.icons import icon as line_icon
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import LABEL, SMALL, Tokens

_HEIGHT, _DOT, _GAP = 52, 26, 10
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_STOPPED = frozenset({PlacementStatus.SUSPENDED, PlacementStatus.CHANGING})


class Stepper(QWidget):
    """Shows where on its way a placement is."""

    def __init__(self, languages: Languages) -> None:
        """Show nothing yet."""
        super().__init__()
        self._languages = languages
        self._status = PlacementStatus.PLANNED
        self._days: Mapping[str, date] = {}
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        languages.changed.connect(self._on_language)

    def show_status(self, status: PlacementStatus, days: Mapping[str, date]) -> None:
        """Show a status; `days`: when each one was reached or is planned, by its name."""
        self._status, self._days = status, days
        self._on_language()

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        return QSize(600, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the steps, each with its word and day."""
        painter, now = QPainter(self), tokens(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(MAIN)
        here = self._place()
        for place, status in enumerate(MAIN):
            room = QRect(round(place * width), 0, round(width), _HEIGHT)
            self._step(painter, room, place, now)
            if place < len(MAIN) - 1:
                left = room.left() + _DOT + 8 + self._wide(painter, status) + _GAP
                color = now.accent if place < here else now.border
                painter.fillRect(left, 25, max(0, room.right() - left - 4), 2, QColor(color))
        painter.end()

    def _step(self, painter: QPainter, room: QRect, place: int, now: Tokens) -> None:
        status, here = MAIN[place], self._place()
        dot = QRectF(room.left() + 1, (_HEIGHT - _DOT) / 2, _DOT - 2, _DOT - 2)
        halted = place == here and (self._status in _STOPPED or self._off())
        fill = now.bad if halted else now.accent if place == here else now.hint
        painter.setPen(QPen(QColor(now.control), 1.2) if place > here else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.card if place > here else fill))
        painter.drawEllipse(dot)
        if place < here:
            line_icon("check", "accent_ink").paint(painter, dot.toRect().adjusted(5, 5, -5, -5))
        else:
            painter.setFont(self._font(SMALL, place == here))
            painter.setPen(QColor(now.on_accent if place == here else now.ink3))
            painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        left = room.left() + _DOT + 8
        day = self._days.get(status.name)
        above = QRect(left, 7 if day else 0, room.width() - _DOT - 8, 20 if day else _HEIGHT)
        painter.setFont(self._font(LABEL, place == here))
        tint = now.bad if halted else now.accent_ink if place == here else now.ink
        painter.setPen(QColor(now.ink3 if place > here else tint))
        end = Qt.TextElideMode.ElideRight
        word = painter.fontMetrics().elidedText(self._word(place), end, above.width() - 4)
        painter.drawText(above, _LEFT, word)
        if day:
            painter.setFont(self._font(SMALL, False))
            painter.setPen(QColor(now.ink3))
            painter.drawText(QRect(left, 27, above.width(), 18), _LEFT, day.isoformat())

    def _word(self, place: int) -> str:
        """Return the word of a step; where the way was left, what happened instead."""
        shown = MAIN[place]
        if place == self._place() and (self._status in _STOPPED or self._off()):
            shown = self._status
        return self._languages.say(shown)

    def _wide(self, painter: QPainter, status: PlacementStatus) -> int:
        painter.setFont(self._font(LABEL, True))
        return painter.fontMetrics().horizontalAdvance(self._word(MAIN.index(status)))

    def _place(self) -> int:
        """Return the place of the step reached."""
        if self._status in ON_POST:
            return MAIN.index(PlacementStatus.RUNNING)
        if self._off():
            reached = [n for n, one in enumerate(MAIN) if one.name in self._days]
            return min(max(reached, default=0), 2)
        return MAIN.index(self._status)

    def _off(self) -> bool:
        return self._status is PlacementStatus.CANCELLED

    def _font(self, size: int, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _on_language(self) -> None:
        self.setAccessibleName(self._languages.say(self._status))
        self.update()
