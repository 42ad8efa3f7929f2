"""The search box of a list: every change of the text asks, what is being composed does not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from xqhz_desktop.ui.icons import icon


class SearchBox(QLineEdit):
    """One line to type into; the text of an input method counts once it is committed."""

    asked = Signal(str)
    """The words to look for; empty when the box was cleared."""
    left_down = Signal()
    """Down or Enter: go on into the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty box with a magnifying glass."""
        super().__init__(parent)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._on_text)

    def name(self, text: str) -> None:
        """Say what can be searched: as a hint, and for screen readers."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    def type(self, text: str) -> None:
        """Take up what was typed elsewhere."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.insert(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go to the list, Esc clears; composing keys never come here."""
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left_down.emit()
            case Qt.Key.Key_Escape if self.text():
                self.clear()
            case _:
                super().keyPressEvent(event)

    def _on_text(self, text: str) -> None:
        self.asked.emit(text.strip())
