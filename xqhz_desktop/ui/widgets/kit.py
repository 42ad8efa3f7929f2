"""What a list is painted with: its fonts measured and its colours mixed once, not once a cell."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from xqhz_desktop.ui.tokens import SMALL, Tokens

LEFT, CENTER, RIGHT = 0.0, 0.5, 1.0
"""Where a line stands: the share of the free width before it."""


class Hand:
    """A font that writes single lines, shortened at their end where they do not fit."""

    def __init__(self, font: QFont, size: int = 0, weight: QFont.Weight | None = None) -> None:
        """Take a font, in another size (pixels) or weight where one is given."""
        self.font = QFont(font)
        if size:
            self.font.setPixelSize(size)
        if weight is not None:
            self.font.setWeight(weight)
        self._metrics = QFontMetricsF(self.font)
        self._widths = _Widths(self._metrics)
        self._height, self._ascent = self._metrics.height(), self._metrics.ascent()

    def width(self, text: str) -> float:
        """Return how wide a line is, letter by letter: laying it out costs ten times as much."""
        return sum(map(self._widths.__getitem__, text))

    def fitting(self, text: str, width: float) -> str:
        """Return a line shortened to a width, if it must be."""
        if self.width(text) <= width:
            return text
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def write(self, painter: QPainter, rect: QRect, text: str, place: float = LEFT) -> None:
        """Write a line into the middle of a place, in the colour of the pen."""
        text = self.fitting(text.replace("\n", " "), rect.width())
        painter.setFont(self.font)
        left = float(rect.left())
        if place:
            left += place * (rect.width() - self.width(text))
        base = rect.top() + (rect.height() - self._height) / 2 + self._ascent
        painter.drawText(QPointF(left, base), text)


class Kit:
    """Fonts and colours of one theme."""

    def __init__(self, now: Tokens, font: QFont) -> None:
        """Make what cells of this font are painted with."""
        self.now, self.font = now, QFont(font)
        medium = QFont.Weight.Medium
        self.usual = Hand(font)
        self.strong = Hand(font, weight=medium)
        self.small = Hand(font, SMALL, QFont.Weight.Normal)
        self.word = Hand(font, SMALL, medium)
        self._colors: dict[str, QColor] = {}

    def color(self, token: str) -> QColor:
        """Return a colour given as ``#RRGGBB``."""
        if token not in self._colors:
            self._colors[token] = QColor(token)
        return self._colors[token]


class _Widths(dict[str, float]):
    """The width of every letter met so far, in pixels."""

    def __init__(self, metrics: QFontMetricsF) -> None:
        super().__init__()
        self._metrics = metrics

    def __missing__(self, letter: str) -> float:
        self[letter] = width = self._metrics.horizontalAdvance(letter)
        return width
