"""The foot of the attendance sheet: the day looked at in words, and what is to be noticed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from xqhz_desktop.domain.timesheet import Notice
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.month_book import MonthBook
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided
from xqhz_desktop.ui.widgets.typing_grid import TypingGrid

_WORDS = {
    Notice.NIGHT: N_("Night shift {n}"),
    Notice.OVERTIME: N_("Overtime {n}"),
    Notice.REST_DAY: N_("Rest day worked {n}"),
    Notice.HOLIDAY: N_("Holiday worked {n}"),
    Notice.ON_LEAVE: N_("Worked on leave {n}"),
    Notice.ABSENT: N_("Absent {n}"),
}
"""Days of each sort."""


class MonthFoot(QWidget):
    """Buttons with counts lead to the next day of their sort."""

    def __init__(self, languages: Languages, grid: TypingGrid) -> None:
        """Speak of the cell a grid looks at."""
        super().__init__()
        self._languages, self._grid = languages, grid
        self._book: MonthBook | None = None
        self._said = Elided("label")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._said, 1)
        self.buttons: dict[Notice, Button] = {}
        for notice in Notice:
            button = self.buttons[notice] = Button(kind="chip")
            languages.bind(button, button.setToolTip, N_("Go to the next such day"))
            button.clicked.connect(partial(self.go_to_next, notice))
            row.addWidget(button)
        grid.moved.connect(self._say)
        languages.changed.connect(self._say)

    def show_book(self, book: MonthBook) -> None:
        """Count anew."""
        self._book = book
        counts = dict.fromkeys(Notice, 0)
        for days in book.noticed:
            for found in days.values():
                for notice in found:
                    counts[notice] += 1
        for notice, button in self.buttons.items():
            text = Message(_WORDS[notice], n=counts[notice])
            self._languages.bind(button, button.setText, text)
            button.setVisible(counts[notice] > 0)
        self._say()

    def go_to_next(self, notice: Notice) -> None:
        """Look at the next day of a sort after the current one, or the first."""
        book = self._book
        if book is None:
            return
        fields = list(book.fields)
        places = [
            (row, fields.index(field))
            for row, days in enumerate(book.noticed)
            for field, found in sorted(days.items())
            if notice in found
        ]
        now = self._grid.currentIndex()
        here = (now.row(), now.column())
        later = [one for one in places if one > here]
        if places:
            self._grid.go_to(*(later or places)[0])
            self._grid.setFocus()

    def _say(self) -> None:
        index = self._grid.currentIndex()
        tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "") if index.isValid() else ""
        self._said.setText(tip.replace("\n", self._languages.say(N_(", "))))
