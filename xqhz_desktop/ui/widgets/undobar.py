"""The bar at the foot of a pane: what has just been done, and a way back for ten seconds."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided, IconLabel, words

_SECONDS = 10


class UndoBar(QFrame):
    """Hidden until `say`; ``undone(step)`` when the user wants that step of the journal back."""

    undone = Signal(int)

    def __init__(self, languages: Languages) -> None:
        """Make it hidden."""
        super().__init__()
        self.setProperty("surface", "toast")
        self._languages = languages
        self._step = 0
        self._icon = IconLabel("circle-check", "card", 18)
        self._words, self._keys = Elided(), words("keys")
        self.undo_button, self.close_button = Button("undo-2", "toast"), Button("x", "toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 4, 3)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        for part in (self.undo_button, self._keys, self.close_button):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        languages.bind(self.undo_button, self.undo_button.setText, N_("Undo"))
        languages.bind(self.close_button, self.close_button.name, N_("Close"))
        self._keys.setText("Ctrl Z")
        self._keys.setStyleSheet("background: transparent")  # the cap lies on dark ground here
        self.undo_button.clicked.connect(self._on_undo)
        self.close_button.clicked.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, message: Message, step: int = 0) -> None:
        """Show what was done, and how to take back that ``step``; 0 is nothing to take back."""
        self._step = step
        self._languages.bind(self._words, self._words.setText, message)
        self._icon.wear("circle-check" if step else "info", "card")
        self.undo_button.setVisible(step > 0)
        self._keys.setVisible(step > 0)
        self.show()
        self._timer.start(_SECONDS * 1000)
        self.setAccessibleName(self._words.text())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @property
    def said(self) -> str:
        """Return what it says now."""
        return "" if self.isHidden() else self._words.text()

    def _on_undo(self) -> None:
        self.hide()
        self.undone.emit(self._step)
