"""One cell of the matrix of the check before the start, drawn flat."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from xqhz_desktop.domain.readiness import State
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.preflight import Cell
from xqhz_desktop.ui.icons import icon as line_icon
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL

_CENTER = Qt.AlignmentFlag.AlignCenter
_ICONS = {State.DONE: ("check", "good"), State.LATER: ("clock", "ink3")}


def draw_cell(painter: QPainter, box: QRect, cell: Cell, languages: Languages) -> None:
    """Draw one cell: a ground, and a tick, a number, a cross, a clock or a dash."""
    now = tokens()
    grounds = {State.DONE: now.good_soft, State.NONE: now.sunken, State.LATER: ""}
    ground = grounds.get(cell.state, now.warn_soft if cell.partly else now.bad_soft)
    painter.setPen(Qt.PenStyle.NoPen)
    if ground:
        painter.setBrush(QColor(ground))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(now.control), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(QRectF(box), 6, 6)
    if cell.partly:
        font = QFont(painter.font())
        font.setPixelSize(SMALL)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(now.warn))
        painter.drawText(box, _CENTER, languages.say(Message("−{n}", n=cell.missing)))
        return
    if cell.state is State.NONE:
        painter.setPen(QPen(QColor(now.ink3), 1.4))
        middle = box.center()
        painter.drawLine(middle.x() - 4, middle.y() + 1, middle.x() + 4, middle.y() + 1)
        return
    name, tint = _ICONS.get(cell.state, ("x", "bad"))
    line_icon(name, tint).paint(painter, QRect(box.center().x() - 7, box.center().y() - 7, 15, 15))
