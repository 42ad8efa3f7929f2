"""The strip of this week: seven days, what begins and ends on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.today import Day
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.card import Card, Elided, dress, words

_HEIGHT, _LOW = 92, 66
_ITEMS = 2
_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_SHORT = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def weekday(day: date) -> str:
    """Return the msgid of the name of a weekday."""
    return _WEEKDAYS[day.weekday()]


class Week(Card):
    """Seven cells side by side; today is tinted."""

    def __init__(self, languages: Languages) -> None:
        """Make seven empty cells."""
        super().__init__(padding=1, gap=0)
        self.setFixedHeight(_HEIGHT)
        self._cells = [_Cell(languages, number) for number in range(7)]
        row = QHBoxLayout()
        row.setSpacing(0)
        for cell in self._cells:
            row.addWidget(cell, 1)
        self.body.addLayout(row)

    def fold(self, compact: bool) -> None:
        """Show one item a day where the window is low."""
        self.setFixedHeight(_LOW if compact else _HEIGHT)
        for cell in self._cells:
            cell.fold(compact)

    def show_days(self, days: Sequence[Day], today: date) -> None:
        """Show a week."""
        for cell, day in zip(self._cells, days, strict=True):
            cell.show_day(day, today)


class _Cell(QFrame):
    def __init__(self, languages: Languages, number: int) -> None:
        super().__init__()
        self._languages = languages
        self.setObjectName("day")
        self.setProperty("place", {0: "first", 6: "last"}.get(number, ""))
        self._number, self._name = words("heading"), Elided("small")
        self._items = [Elided("small") for _ in range(_ITEMS)]
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._number)
        head.addWidget(self._name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 6, 8)
        column.setSpacing(2)
        column.addLayout(head)
        for item in self._items:
            column.addWidget(item)
        column.addStretch(1)

    def fold(self, compact: bool) -> None:
        """Show one item or two."""
        self._items[-1].setVisible(not compact)

    def show_day(self, day: Day, today: date) -> None:
        """Show the number, the weekday, two items at most and how many more."""
        bind = self._languages.bind
        dress(self, "today", "true" if day.day == today else "false")
        self._number.setText(str(day.day.day))
        short = Message(_SHORT[day.day.weekday()])
        name = Message("{weekday}, today", weekday=short) if day.day == today else short
        bind(self._name, self._name.setText, name)
        shown: list[Message] = list(day.items)
        if len(shown) > _ITEMS:
            shown = [*shown[: _ITEMS - 1], Message("+{n} more", n=len(shown) - _ITEMS + 1)]
        if not shown:
            shown = [Message("nothing")] if day.day.weekday() < 5 else []
        for number, item in enumerate(self._items):
            bind(item, item.setText, shown[number] if number < len(shown) else "")
        every = [self._languages.say(one) for one in day.items]
        self.setToolTip("\n".join(every))
