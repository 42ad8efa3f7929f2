"""A strip over the whole window: a practice school, or a workspace that cannot be written."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided, dress

_HEIGHT = 34


class Banner(QFrame):
    """Hidden unless there is something the user must know all the time."""

    pressed = Signal()
    """The user wants a school of their own."""

    def __init__(self, languages: Languages) -> None:
        """Make it hidden."""
        super().__init__()
        self._languages = languages
        self._words = Elided()
        self._own = Button(kind="link")
        self.setFixedHeight(_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self._own)
        languages.bind(self._own, self._own.setText, N_("Set up my own school"))
        self._own.clicked.connect(self.pressed)
        self.hide()

    def show_state(self, *, sample: bool, read_only: bool) -> None:
        """Say what is special about the open workspace; nothing special hides the strip."""
        self.setVisible(sample or read_only)
        self._own.setVisible(sample and not read_only)
        dress(self, "banner", "readonly" if read_only else "sample")
        dress(self._words, "role", "banner")
        text = _READ_ONLY if read_only else _SAMPLE
        self._languages.bind(self._words, self._words.setText, text)


_SAMPLE = N_("Sample school: everything in it is made up. Try out whatever you like.")
_READ_ONLY = N_(
    "Read only: this workspace is open in another window, or its folder cannot be written."
)
