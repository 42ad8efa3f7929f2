"""What hangs on the mouse while students are dragged: how many, who, of which class."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPen, QPixmap

from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.people import Person
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import BODY, SMALL

_WIDTH, _HEIGHT, _LAYER = 230, 52, 4


def ghost(people: Sequence[Person], languages: Languages, ratio: float) -> QPixmap:
    """Return the picture; a second edge behind it says that there are several."""
    picture = QPixmap(round((_WIDTH + 2 * _LAYER) * ratio), round((_HEIGHT + 2 * _LAYER) * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    now = tokens()
    for layer in range(2 if len(people) > 1 else 0, -1, -1):
        painter.setPen(QPen(QColor(now.control if layer else now.accent), 1))
        painter.setBrush(QColor(now.card))
        place = QRectF(layer * _LAYER, layer * _LAYER, _WIDTH - 1, _HEIGHT - 1)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(now.accent))
    painter.drawEllipse(QRectF(12, 12, 28, 28))
    painter.setPen(QColor(now.on_accent))
    font = QFont(QGuiApplication.font())
    font.setPixelSize(BODY)
    painter.setFont(font)
    painter.drawText(QRectF(12, 12, 28, 28), Qt.AlignmentFlag.AlignCenter, str(len(people)))
    upper, lower = said(people, languages)
    painter.setPen(QColor(now.ink))
    metrics = painter.fontMetrics()
    upper = metrics.elidedText(upper, Qt.TextElideMode.ElideRight, _WIDTH - 60)
    painter.drawText(QRectF(50, 6, _WIDTH - 58, 22), Qt.AlignmentFlag.AlignVCenter, upper)
    font.setPixelSize(SMALL)
    painter.setFont(font)
    painter.setPen(QColor(now.ink3))
    painter.drawText(QRectF(50, 27, _WIDTH - 58, 18), Qt.AlignmentFlag.AlignVCenter, lower)
    painter.end()
    return picture


def said(people: Sequence[Person], languages: Languages) -> tuple[str, str]:
    """Return the two lines: who, and of which class with how many minors."""
    first, n = people[0].name, len(people)
    several = Message("{name} and others, {n} students", name=first, n=n)
    upper = languages.say(several) if n > 1 else first
    classes = {one.place for one in people}
    parts = [classes.pop()] if len(classes) == 1 else []
    if minors := sum(one.minor for one in people):
        parts.append(languages.say(Message(NN_("{n} minor", "{n} minors"), n=minors)))
    return upper, " | ".join(part for part in parts if part)
