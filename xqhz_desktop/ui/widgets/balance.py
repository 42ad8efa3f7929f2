"""The balance of a batch: how many are due, placed, not taking part, and still waiting."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.balancing import Balance
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words

_HEIGHT = 8
_GAP = 2


class BalanceCard(Card):
    """应安排 = 已安排 + 不参加 + 未安排, as figures and as a bar."""

    absent_wanted = Signal()
    """Those who do not take part are to be listed."""

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
        self._figure(row, "absent", N_("Not taking part"), "faint")
        self.list_absent = Button("list", "tool")
        languages.bind(self.list_absent, self.list_absent.name, N_("Show who does not take part"))
        self.list_absent.clicked.connect(self.absent_wanted)
        row.addWidget(self.list_absent)
        row.addSpacing(10)
        self._figure(row, "unplaced", N_("Not placed"), "scroll")
        self.body.addLayout(row)

    def show_balance(self, balance: Balance) -> None:
        """Show the figures of a batch."""
        due = balance.due or 1
        self._bar.show_shares(balance.placed / due, balance.absent / due)
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
        self._shares = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_shares(self, placed: float, absent: float) -> None:
        """Show how much is done and how much need not be, 0–1."""
        self._shares = (placed, absent)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a thin line."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is done, who takes no part, and the rest."""
        now = tokens(self)
        painter = QPainter(self)
        left = 0.0
        for share, tint in zip(self._shares, (now.accent, now.faint), strict=True):
            width = round(self.width() * share)
            painter.fillRect(QRectF(left, 0, width, _HEIGHT), QColor(tint))
            left += width + _GAP if width else 0
        rest = max(0.0, self.width() - left)
        painter.fillRect(QRectF(left, 0, rest, _HEIGHT), QColor(now.scroll))
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
