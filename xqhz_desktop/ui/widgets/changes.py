"""The latest changes: what, when, by whom; each leads into the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.history import Step
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, clear, line, tile, words

_ROW = 54


class Changes(Card):
    """A card with the newest journal steps."""

    all_wanted = Signal()
    step_wanted = Signal(int)

    def __init__(self, languages: Languages) -> None:
        """Make it empty."""
        super().__init__(padding=0, gap=0)
        self._languages = languages
        title, self._all = words("heading"), Button(kind="link")
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 10)
        head.addWidget(title, 1)
        head.addWidget(self._all)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._list.setContentsMargins(1, 0, 1, 8)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        languages.bind(title, title.setText, N_("Latest changes"))
        languages.bind(self._all, self._all.setText, N_("All"))
        self._all.clicked.connect(self.all_wanted)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show the steps, newest first."""
        clear(self._list)
        for step in steps:
            row = StepRow(self._languages, step)
            row.clicked.connect(partial(self.step_wanted.emit, step.number))
            self._list.addWidget(row)
            self._list.addWidget(line())
        if not steps:
            nothing = words("small")
            nothing.setContentsMargins(16, 12, 16, 12)
            self._languages.bind(nothing, nothing.setText, N_("Nothing has been changed yet."))
            self._list.addWidget(nothing)


class StepRow(Button):
    """One step as a row to press: icon, title, when and by whom."""

    def __init__(self, languages: Languages, step: Step) -> None:
        """Show a step."""
        super().__init__(kind="row")
        self.setFixedHeight(_ROW)
        title, beside = Elided(), Elided("small")
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addStretch(1)
        text.addWidget(title)
        text.addWidget(beside)
        text.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(10)
        row.addWidget(tile(icon_of(step), 28))
        row.addLayout(text, 1)
        row.addWidget(IconLabel("chevron-right", "ink3", 14))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        said = Message("{when} | {person}", when=when(step.at), person=step.actor)
        languages.bind(title, title.setText, step.title)
        languages.bind(beside, beside.setText, said)
        languages.bind(self, self.setAccessibleName, step.title)


def when(at: datetime, now: datetime | None = None) -> Message:
    """Return a moment as people say it: today, yesterday, or the day, with the time."""
    days = ((now or datetime.now()).date() - at.date()).days
    time = f"{at:%H:%M}"
    match days:
        case 0:
            return Message("today {time}", time=time)
        case 1:
            return Message("yesterday {time}", time=time)
    return Message("{day} {time}", day=at.date(), time=time)


def icon_of(step: Step) -> str:
    """Return the icon of a step: that of the last kind it touched."""
    if step.undoes is not None:
        return "undo-2"
    known = [kind for kind in step.kinds if kind in BY_NAME]
    return BY_NAME[known[-1]].icon if known else "pencil"
