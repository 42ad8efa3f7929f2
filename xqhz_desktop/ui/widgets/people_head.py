"""The row above people to tick: one box for all that are shown, and the column titles."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from xqhz_desktop.i18n import NN_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.theme import tokens
from xqhz_desktop.ui.tokens import SMALL
from xqhz_desktop.ui.widgets.people import PeopleList
from xqhz_desktop.ui.widgets.person_row import SIDE, Align, PersonColumns

_HEIGHT = 32


class PeopleHead(QWidget):
    """``toggled(on)`` when the box is pressed; the box says how many it stands for."""

    toggled = Signal(bool)

    def __init__(self, languages: Languages, below: PeopleList) -> None:
        """Make the row above the list ``below``."""
        super().__init__()
        self.box = QCheckBox(self)
        self.box.setTristate(True)
        self._languages = languages
        self._below = below
        self._titles = ("", "", "")
        self._all = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.clicked.connect(self._on_clicked)
        languages.changed.connect(self.update)

    def show_titles(self, name: str, tag: str, place: str) -> None:
        """Name the columns."""
        self._titles = (name, tag, place)
        self.update()

    def show_state(self, state: Qt.CheckState, shown: int) -> None:
        """Show whether all are ticked, and say what the box does."""
        self.box.setCheckState(state)
        self.box.setEnabled(shown > 0)
        on = self._all = state is Qt.CheckState.Checked
        tick = NN_("Tick the {n} student shown", "Tick all {n} students shown")
        untick = NN_("Untick the {n} student shown", "Untick all {n} students shown")
        text = Message(untick if on else tick, n=shown)
        self._languages.bind(self.box, self.box.setToolTip, text)
        self._languages.bind(self.box, self.box.setAccessibleName, text)

    def sizeHint(self) -> QSize:
        """Return the fixed height."""
        return QSize(200, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the box over the ticks."""
        super().resizeEvent(event)
        self.box.setGeometry(SIDE, (_HEIGHT - 24) // 2, 24, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write the titles."""
        now, painter = tokens(self), QPainter(self)
        below = self._below.rows_painter
        width = self._below.viewport().width()
        columns = PersonColumns(width, tags=below.tags, grip=below.grip)
        font = QFont(self.font())
        font.setPixelSize(SMALL)
        painter.setFont(font)
        painter.setPen(QColor(now.ink2))
        places = (columns.name, columns.tag, columns.place)
        for (left, width), text in zip(places, self._titles, strict=True):
            cell = QRect(left, 0, width, _HEIGHT)
            painter.drawText(cell, Align.AlignVCenter | Align.AlignLeft, self._languages.say(text))
        painter.fillRect(0, _HEIGHT - 1, self.width(), 1, QColor(now.border))
        painter.end()

    def _on_clicked(self) -> None:
        """Tick everybody unless everybody is; Qt's third state is only ever shown."""
        self.toggled.emit(not self._all)
