"""A few choices side by side, one of them in force."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy

from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.tokens import LABEL
from xqhz_desktop.ui.widgets.buttons import Button

_SIDES = 30
"""Padding and rim of a choice."""


class Segmented(QFrame):
    """One of a few values; arrows move, ``chosen`` is emitted when a user picks."""

    chosen = Signal(str)

    def __init__(self, languages: Languages, options: Sequence[tuple[str, Text]]) -> None:
        """Offer (value, text) pairs; the first is in force."""
        super().__init__()
        self.setProperty("segmented", "true")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._values = [value for value, _text in options]
        for number, (_value, text) in enumerate(options):
            button = _Segment()
            button.setCheckable(True)
            languages.bind(button, button.setText, text)
            self._group.addButton(button, number)
            row.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._on_clicked)

    @property
    def value(self) -> str:
        """Return the value in force."""
        return self._values[self._group.checkedId()]

    def choose(self, value: str) -> None:
        """Put a value in force without telling anybody."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        number = (self._group.checkedId() + step) % len(self._values)
        self._group.button(number).setChecked(True)
        self._group.button(number).setFocus(Qt.FocusReason.TabFocusReason)
        self._on_clicked(number)

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._values[number])


class _Segment(Button):
    """A choice that has room for its words in bold, which Qt's size hint forgets."""

    def __init__(self) -> None:
        super().__init__(kind="segment")

    def setText(self, text: str) -> None:
        super().setText(text)
        bold = QFont(self.font())
        bold.setPixelSize(LABEL)
        bold.setBold(True)
        self.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + _SIDES)
