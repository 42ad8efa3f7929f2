"""名额雷达: interns week by week against a cap, as bars and a dashed line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.quotas import Radar
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL
from xqhz_desktop.ui.widgets.meter import light

_HEIGHT, _LEFT, _FOOT, _TOP = 148, 28, 20, 24
_LEGEND = (N_("over"), N_("others"), N_("this batch"))


class RadarChart(QWidget):
    """Own interns, those of others, and what is over the cap."""

    def __init__(self, languages: Languages) -> None:
        """Make it empty."""
        super().__init__()
        self._languages = languages
        self._radar: Radar | None = None
        self._allowed = 0
        font = self.font()
        font.setPixelSize(SMALL - 1)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_radar(self, radar: Radar | None, allowed: int) -> None:
        """Show the weeks of a radar, where there is one."""
        self._radar, self._allowed = radar, allowed
        self.setVisible(radar is not None and bool(radar.days))
        if radar and radar.days:
            most, day = self._peak()
            text = Message("Fullest on {day}: {n}, allowed {most}", day=day, n=most, most=allowed)
            self._languages.bind(self, self.setAccessibleName, text)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a low strip."""
        return QSize(320, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw scale, bars, the cap and the fullest day."""
        radar = self._radar
        if radar is None or not radar.days:
            return
        painter, now = QPainter(self), tokens(self)
        most, _day = self._peak()
        top = max(most, self._allowed, 1) * 1.1
        room = QRectF(_LEFT, _TOP, self.width() - _LEFT - 4, self.height() - _TOP - _FOOT)
        self._scale(painter, room, top)
        step = room.width() / len(radar.days)
        for n, (own, other) in enumerate(zip(radar.ours, radar.others, strict=True)):
            left, width = room.left() + n * step + 1, max(2.0, step - 2)
            low = 0.0
            parts = (
                (min(own, self._allowed), QColor(now.accent)),
                (min(own + other, self._allowed), light(now)),
                (own + other, QColor(now.frame)),
            )
            for high, color in parts:
                if high > low:
                    y = room.bottom() - room.height() * high / top
                    tall = room.height() * (high - low) / top
                    painter.fillRect(QRectF(left, y, width, tall), color)
                    low = high
        self._cap(painter, room, top)
        self._months(painter, room, step)
        painter.end()

    def _peak(self) -> tuple[int, object]:
        assert self._radar is not None
        totals = [a + b for a, b in zip(self._radar.ours, self._radar.others, strict=True)]
        most = max(totals)
        return most, self._radar.days[totals.index(most)]

    def _scale(self, painter: QPainter, room: QRectF, top: float) -> None:
        now = tokens(self)
        for share in (0.0, 0.5, 1.0):
            y = room.bottom() - room.height() * share
            painter.fillRect(QRectF(room.left(), y, room.width(), 1), QColor(now.hairline))
            painter.setPen(QColor(now.ink3))
            place = QRectF(0, y - 8, _LEFT - 6, 16)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(round(top * share)))

    def _cap(self, painter: QPainter, room: QRectF, top: float) -> None:
        now, lang = tokens(self), self._languages.language
        y = room.bottom() - room.height() * self._allowed / top
        painter.setPen(QPen(QColor(now.bad), 1, Qt.PenStyle.DashLine))
        painter.drawLine(int(room.left()), int(y), int(room.right()), int(y))
        text = lang.say(Message("allowed {n}", n=self._allowed))
        painter.drawText(
            QRectF(room.left(), y - 17, room.width(), 16), Qt.AlignmentFlag.AlignRight, text
        )
        most, day = self._peak()
        painter.setPen(QColor(now.warn))
        said = lang.say(Message("{day}: {n} interns", day=day, n=most))
        painter.drawText(QRectF(room.left(), 2, room.width(), 16), Qt.AlignmentFlag.AlignLeft, said)
        self._legend(painter, room)

    def _legend(self, painter: QPainter, room: QRectF) -> None:
        """Say what the colours mean, at the right of the line above the bars."""
        now, lang = tokens(self), self._languages.language
        colors = (QColor(now.frame), light(now), QColor(now.accent))
        left = room.right()
        for text, color in zip(_LEGEND, colors, strict=True):
            said = lang.say(text)
            left -= painter.fontMetrics().horizontalAdvance(said) + 18
            painter.fillRect(QRectF(left, 6, 8, 8), color)
            painter.setPen(QColor(now.ink3))
            painter.drawText(QRectF(left + 12, 2, 200, 16), Qt.AlignmentFlag.AlignLeft, said)

    def _months(self, painter: QPainter, room: QRectF, step: float) -> None:
        assert self._radar is not None
        painter.setPen(QColor(tokens(self).ink3))
        before, last = 0, -40.0
        for n, day in enumerate(self._radar.days):
            left = room.left() + n * step
            if day.month != before and left - last >= 34:
                painter.drawText(QRectF(left, room.bottom() + 3, 40, 16),
                                 Qt.AlignmentFlag.AlignLeft, f"{day:%m}")  # fmt: skip
                last = left
            before = day.month
