"""A pill: a dot and a word, so that colour never speaks alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL, Tokens

TONES = ("info", "good", "warn", "bad", "neutral")

HEIGHT = 24
_SIDE, _DOT, _GAP = 9, 6, 5


def colors(tone: str, now: Tokens) -> tuple[str, str]:
    """Return ink and ground of a tone."""
    match tone:
        case "good" | "warn" | "bad":
            return str(getattr(now, tone)), str(getattr(now, f"{tone}_soft"))
        case "neutral":
            return now.ink2, now.sunken
    return now.accent_ink, now.hint


class Pill(QWidget):
    """A status in one word."""

    def __init__(self, tone: str = "info", parent: QWidget | None = None) -> None:
        """Make an empty pill of a tone."""
        super().__init__(parent)
        self._text, self._tone = "", tone
        font = QFont(self.font())
        font.setPixelSize(SMALL)
        font.setWeight(QFont.Weight.Medium)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Show a word."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the word."""
        return self._text

    def tone(self, tone: str) -> None:
        """Take another tone."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for dot, word and round ends."""
        width = QFontMetrics(self.font()).horizontalAdvance(self._text)
        return QSize(width + 2 * _SIDE + _DOT + _GAP + 1, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Never cut the word."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, dot and word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, QRectF(self.rect()), self._text, colors(self._tone, tokens(self)))
        painter.end()


def draw(painter: QPainter, rect: QRectF, text: str, tone: tuple[str, str]) -> None:
    """Draw a pill filling ``rect`` in (ink, ground), with the painter's font."""
    ink, ground = QColor(tone[0]), QColor(tone[1])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setBrush(ink)
    middle = rect.center().y()
    painter.drawEllipse(QRectF(rect.left() + _SIDE, middle - _DOT / 2, _DOT, _DOT))
    painter.setPen(ink)
    inner = rect.adjusted(_SIDE + _DOT + _GAP, 0, -2, 0)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
