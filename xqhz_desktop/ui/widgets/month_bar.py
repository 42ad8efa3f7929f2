"""The bar over the attendance sheet: signs to mark with, filling up, saving."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from xqhz_desktop.domain.attendance import SIGNS
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided


class MonthBar(QWidget):
    """`marked` is emitted with the sign the selected cells get."""

    marked = Signal(str)
    whole_wanted = Signal()
    """Workdays are to be filled in."""
    undo_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, languages: Languages) -> None:
        """Make the buttons."""
        super().__init__()
        self._languages = languages
        self.whole, self.save = Button("check"), Button("save", "primary")
        self.undo, self._said = Button("undo-2", "tool"), Elided("label")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        bind = languages.bind
        for mark, sign in SIGNS.items():
            button = Button(kind="chip")
            button.setMinimumWidth(40)
            bind(button, button.setText, sign)
            bind(button, button.setToolTip, mark.value)
            bind(button, button.setAccessibleName, mark.value)
            button.clicked.connect(partial(self.marked.emit, sign))
            row.addWidget(button)
        clear = Button(kind="chip")
        bind(clear, clear.setText, N_("Clear"))
        clear.clicked.connect(partial(self.marked.emit, ""))
        row.addWidget(clear)
        row.addSpacing(8)
        row.addWidget(self.whole)
        row.addWidget(self._said, 1)
        row.addWidget(self.undo)
        row.addWidget(self.save)
        bind(self.whole, self.whole.setText, N_("Full attendance"))
        told = N_("Mark √ on every workday up to today that is still empty; leaves stay.")
        bind(self.whole, self.whole.setToolTip, told)
        bind(self.undo, self.undo.name, N_("Undo"))
        bind(self.save, self.save.setText, N_("Save"))
        self.whole.clicked.connect(self.whole_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.save.clicked.connect(self.save_wanted)

    def show_unsaved(self, n: int, *, locked: bool) -> None:
        """Say how much is not saved yet."""
        text = Message(NN_("{n} cell not saved", "{n} cells not saved"), n=n)
        self._languages.bind(self._said, self._said.setText, text if n else "")
        self.undo.setVisible(bool(n))
        self.save.setEnabled(bool(n) and not locked)
        self.whole.setEnabled(not locked)
