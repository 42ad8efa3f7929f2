"""Under the matrix: how much of each item is missing, and what the signs mean."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain.readiness import Item, State
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.preflight import Cell, Matrix
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.matrix import FIRST, GAPS, ITEMS, NAME
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL
from xqhz_desktop.ui.widgets.buttons import draw_ring
from xqhz_desktop.ui.widgets.card import Card, Elided, clear, words
from xqhz_desktop.ui.widgets.matrix import MatrixTable
from xqhz_desktop.ui.widgets.matrix_cell import draw_cell

_CENTER = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Totals(QWidget):
    """One line under the table, in its columns; a click asks about everybody shown."""

    asked = Signal(object)
    """An item."""

    def __init__(self, table: MatrixTable, languages: Languages) -> None:
        """Make it without numbers."""
        super().__init__()
        self._table, self._languages = table, languages
        self._totals: Mapping[Item, int] = {}
        self.setFixedHeight(40)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        table.horizontalScrollBar().valueChanged.connect(self._on_moved)
        table.horizontalHeader().geometriesChanged.connect(self.update)
        languages.changed.connect(self.update)

    def show_totals(self, totals: Mapping[Item, int]) -> None:
        """Show how much is missing of each item."""
        self._totals = totals
        self.setAccessibleName(self._languages.say(N_("Gaps in all")))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        now, painter = tokens(self), QPainter(self)
        painter.fillRect(self.rect(), QColor(now.hover))
        painter.fillRect(0, 0, self.width(), 1, QColor(now.border))
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(now.ink))
        for section in (NAME, *range(FIRST, GAPS + 1)):
            left = self._table.columnViewportPosition(section)
            rect = QRect(left, 0, self._table.columnWidth(section), self.height())
            if section == NAME:
                said = self._languages.say(N_("Gaps in all"))
                painter.drawText(rect.adjusted(16, 0, 0, 0), _LEFT, said)
                continue
            every = sum(self._totals.values())
            number = every if section == GAPS else self._totals.get(ITEMS[section - FIRST], 0)
            painter.setPen(QColor(now.ink if number else now.ink3))
            painter.drawText(rect, _CENTER, self._languages.language.value(number))
        painter.end()

    def place(self, item: Item) -> QRect:
        """Return where the number of an item stands."""
        section = FIRST + ITEMS.index(item)
        left = self._table.columnViewportPosition(section)
        return QRect(left, 0, self._table.columnWidth(section), self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask about the item under the mouse."""
        spot = event.position().toPoint()
        for item in ITEMS:
            if self._totals.get(item) and self.place(item).contains(spot):
                self.asked.emit(item)

    def _on_moved(self, _value: int) -> None:
        self.update()


class Legend(QWidget):
    """What the signs mean."""

    def __init__(self, languages: Languages) -> None:
        """Show every sign with its word."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        signs = (
            (Cell(State.DONE), N_("complete")),
            (Cell(State.MISSING, 2, 9), N_("some have not")),
            (Cell(State.MISSING, 1, 1), N_("missing")),
            (Cell(State.LATER), N_("due later")),
            (Cell(State.NONE), N_("does not apply")),
        )
        for cell, text in signs:
            label = words("small")
            languages.bind(label, label.setText, text)
            row.addWidget(_Sign(cell, languages))
            row.addWidget(label)
            row.addSpacing(6)
        keys = Elided("small")
        keys.setAlignment(_RIGHT)
        languages.bind(keys, keys.setText, N_("Arrows move, Space shows the proof, Enter opens"))
        row.addWidget(keys, 1)


class _Sign(QWidget):
    def __init__(self, cell: Cell, languages: Languages) -> None:
        super().__init__()
        self._cell, self._languages = cell, languages
        self.setFixedSize(34, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_cell(painter, self.rect().adjusted(0, 0, -1, -1), self._cell, self._languages)
        painter.end()


class Gaps(Card):
    """The items by how much is missing; a click shows only who misses it."""

    chosen = Signal(object)
    """An item, or None for everything."""

    def __init__(self, languages: Languages) -> None:
        """Make it empty."""
        super().__init__(padding=16, gap=6)
        self._languages = languages
        self.bars: dict[Item, Bar] = {}
        self._title, self._count = words("heading"), words("label")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.body.addLayout(head)
        self.body.addSpacing(4)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        languages.bind(self._title, self._title.setText, N_("Gaps"))

    def show_matrix(self, matrix: Matrix, chosen: Item | None) -> None:
        """Show the items with gaps, the largest first."""
        clear(self._rows)
        self.bars.clear()
        text = Message("{n} in all", n=matrix.gaps)
        self._languages.bind(self._count, self._count.setText, text)
        some = sorted(
            (one for one in Item if matrix.totals[one]), key=lambda one: -matrix.totals[one]
        )
        most = matrix.totals[some[0]] if some else 1
        for item in some:
            bar = Bar(self._languages, item, matrix, matrix.totals[item] / most)
            bar.setChecked(item is chosen)
            bar.clicked.connect(self._on_clicked)
            self.bars[item] = bar
            self._rows.addWidget(bar)

    def _on_clicked(self) -> None:
        bar = self.sender()
        assert isinstance(bar, Bar)
        for other in self.bars.values():
            other.setChecked(other is bar and bar.isChecked())
        self.chosen.emit(bar.item if bar.isChecked() else None)


class Bar(QAbstractButton):
    """One item: its name, how much is missing, and at how many enterprises."""

    def __init__(self, languages: Languages, item: Item, matrix: Matrix, share: float) -> None:
        """Show an item; `share` of the longest bar, 0–1."""
        super().__init__()
        self.item, self._share = item, share
        self._number = languages.language.value(matrix.totals[item])
        self._languages, self._hosts = languages, matrix.hosts_missing(item)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        languages.bind(self, self._name, item)  # type: ignore[arg-type]  # enums are said too

    def sizeHint(self) -> QSize:
        """Ask for two lines and a bar."""
        return QSize(170, 46)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, number, bar and enterprises."""
        now, painter = tokens(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.selected if self.isChecked() else now.hover))
            painter.drawRoundedRect(self.rect(), 7, 7)
        room = self.rect().adjusted(6, 2, -6, 0)
        top = QRect(room.left(), room.top(), room.width(), 20)
        painter.setPen(QColor(now.ink))
        width = top.width() - painter.fontMetrics().horizontalAdvance(self._number) - 8
        name = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(top, _LEFT, name)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.drawText(
            top, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._number
        )
        painter.fillRect(room.left(), 24, room.width(), 4, QColor(now.sunken))
        painter.fillRect(
            room.left(), 24, max(3, round(room.width() * self._share)), 4, QColor(now.accent)
        )
        small = QFont(self.font())
        small.setPixelSize(SMALL)
        painter.setFont(small)
        painter.setPen(QColor(now.ink3))
        said = self._languages.say(NN_("{n} enterprise", "{n} enterprises"), n=self._hosts)
        painter.drawText(QRect(room.left(), 29, room.width(), 16), _LEFT, said)
        painter.end()
        if self.hasFocus():
            draw_ring(self, 7)

    def _name(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(f"{text} {self._number}")
