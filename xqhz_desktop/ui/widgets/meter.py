"""Flat bars: how full something is, how full it would be, and where the cap stands."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from xqhz_desktop.services.quotas import Meter
from xqhz_desktop.ui.tokens import Tokens

HEIGHT = 5
_TICK = 11
_BEYOND = 1.5
"""A bar ends at one and a half times the cap, so that there is room for red."""


@dataclass(frozen=True)
class Bar:
    """Shares of the whole length: now, after what is tried, and the cap if there is one."""

    now: float
    after: float
    cap: float | None = None


def share_bar(meter: Meter, tried: Meter | None = None) -> Bar | None:
    """Return the bar of a cap, None where the number of staff is not known."""
    if not meter.staff:
        return None
    full = meter.staff * meter.cap / 100 * _BEYOND
    after = (tried or meter).after
    return Bar(min(1, meter.before / full), min(1, after / full), 1 / _BEYOND)


def places_bar(taken: int, places: int | None, more: int = 0) -> Bar | None:
    """Return the bar of the places of a position; what is more than offered turns red."""
    if not places:
        return None
    full = max(places, taken + more)
    return Bar(taken / full, (taken + more) / full, places / full if full > places else None)


def draw(painter: QPainter, rect: QRectF, bar: Bar | None, now: Tokens) -> None:
    """Draw a bar along the top of ``rect``; without a bar, its empty ground."""
    line = QRectF(rect.left(), rect.top(), rect.width(), HEIGHT)
    painter.fillRect(line, QColor(now.sunken))
    if bar is None:
        return
    limit = 1.0 if bar.cap is None else bar.cap
    _part(painter, line, (0, min(bar.now, limit)), QColor(now.accent))
    _part(painter, line, (bar.now, min(bar.after, limit)), light(now))
    _part(painter, line, (limit, max(bar.now, bar.after)), QColor(now.bad))
    if bar.cap is not None:
        left = line.left() + line.width() * bar.cap - 1
        top = line.center().y() - _TICK / 2
        painter.fillRect(QRectF(left, top, 2, _TICK), QColor(now.ink))


def light(now: Tokens) -> QColor:
    """Return the colour of what would be added: the accent, half way to the card."""
    one, other = QColor(now.accent), QColor(now.card)
    return QColor(
        (one.red() + other.red()) // 2,
        (one.green() + other.green()) // 2,
        (one.blue() + other.blue()) // 2,
    )


def _part(painter: QPainter, line: QRectF, span: tuple[float, float], color: QColor) -> None:
    start, end = span
    if end > start:
        left = line.left() + line.width() * start
        painter.fillRect(QRectF(left, line.top(), line.width() * (end - start), HEIGHT), color)
