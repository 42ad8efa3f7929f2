"""What stands where there is nothing: what is missing, what to try, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import IconLabel, words


class Empty(QWidget):
    """An icon, a sentence, a hint and at most one button, in the middle of its place."""

    pressed = Signal()

    def __init__(self, languages: Languages, icon: str = "search") -> None:
        """Make it; `say` fills it."""
        super().__init__()
        self._languages = languages
        self._icon = IconLabel(icon, "control", 52)
        self._title = words("heading")
        self._hint = words("body2", wrap=True)
        self._button = Button()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(10)
        column.addStretch(5)
        for part in (self._icon, self._title, self._hint):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(6)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setMinimumWidth(360)
        self._button.clicked.connect(self.pressed)

    def offer(self, button: Button) -> None:
        """Put another button, the better way out, above the first one."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        place = column.indexOf(self._button)
        column.insertWidget(place, button, 0, Qt.AlignmentFlag.AlignHCenter)

    def say(self, title: Text, hint: Text = "", button: Text = "", icon: str = "") -> None:
        """Say what is missing and what helps; without a button text there is no button."""
        bind = self._languages.bind
        bind(self._title, self._title.setText, title)
        bind(self._hint, self._hint.setText, hint)
        bind(self._button, self._button.setText, button)
        self._button.setVisible(bool(button))
        self._hint.setVisible(bool(hint))
        if icon:
            self._icon.wear(icon, "control")
