"""A line and a thin bar while something takes its time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from xqhz_desktop.i18n import Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.card import words


class Busy(QWidget):
    """A line and a thin bar, shown only while something takes its time."""

    def __init__(self, languages: Languages, message: Message | None = None) -> None:
        """Say what is going on; nothing for the short moment of a normal start."""
        super().__init__()
        self._bar, text = QProgressBar(), words("body2")
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(240)
        self._bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        languages.bind(text, text.setText, message or "")
        self._bar.setVisible(message is not None)
