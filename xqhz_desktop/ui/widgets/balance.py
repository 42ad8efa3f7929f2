"""The balance of a batch: how many are due, placed, and still without a place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.placing import Balance
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.widgets.card import Card, words

_HEIGHT = 8
_GAP = 2


class BalanceCard(Card):
    """应安排 = 已安排 + 未安排, as figures and as a bar."""

    def __init__(self, languages: Languages) -> None:
        """Make it without figures."""
        super().__init__(padding=0, gap=0)
        self.setFixedHeight(44)
        self._languages = languages
        self._bar = _BalanceBar()
        self._figures: dict[str, QLabel] = {}
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        self._figure(row, "due", N_("To be placed"), "")
        row.addSpacing(10)
        row.addWidget(self._bar, 1)
        row.addSpacing(10)
        self._figure(row, "placed", N_("Placed"), "accent")
        row.addSpacing(10)
        self._figure(row, "unplaced", N_("Not placed"), "scroll")
        self.body.addLayout(row)

    def show_balance(self, balance: Balance) -> None:
        """Show the figures of a batch."""
        self._bar.show_share(balance.placed / balance.due if balance.due else 0)
        for name, label in self._figures.items():
            text = Message("{n}", n=getattr(balance, name))
            self._languages.bind(label, label.setText, text)

    def _figure(self, row: QHBoxLayout, name: str, text: Text, tint: str) -> None:
        word, number = words("label"), words("section")
        if tint:
            row.addWidget(_Square(tint))
        row.addWidget(word)
        row.addWidget(number)
        number.setText("–")
        self._languages.bind(word, word.setText, text)
        self._figures[name] = number


class _BalanceBar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """Show how much is done, 0–1."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a thin line."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is done, and the rest."""
        now = tokens(self)
        painter = QPainter(self)
        done = round(self.width() * self._share)
        painter.fillRect(QRectF(0, 0, done, _HEIGHT), QColor(now.accent))
        rest = done + _GAP if 0 < done < self.width() else done
        painter.fillRect(QRectF(rest, 0, self.width() - rest, _HEIGHT), QColor(now.scroll))
        painter.end()


class _Square(QWidget):
    """The colour of a part of the bar, beside its word."""

    def __init__(self, tint: str) -> None:
        super().__init__()
        self._tint = tint
        self.setFixedSize(8, 8)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the square."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(getattr(tokens(self), self._tint)))
        painter.end()
