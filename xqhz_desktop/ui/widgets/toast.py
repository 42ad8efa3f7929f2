"""A short message at the foot of the window, with a way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words

_SECONDS = 10
_ABOVE_FOOT = 48


class Toast(QFrame):
    """Says something for ten seconds; ``undone`` is emitted when the user wants it back."""

    undone = Signal()

    def __init__(self, languages: Languages, window: QWidget) -> None:
        """Float over the foot of ``window``."""
        super().__init__(window)
        self.setProperty("surface", "toast")
        self._languages, self._window = languages, window
        self._words = words()
        self._undo = Button(kind="toast")
        self._close = Button("x", "toast")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        for part in (self._words, self._undo, self._close):
            row.addWidget(part)
        languages.bind(self._undo, self._undo.setText, N_("Undo"))
        languages.bind(self._close, self._close.name, N_("Close"))
        self._undo.clicked.connect(self._on_undo)
        self._close.clicked.connect(self.hide)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    def say(self, message: Message, undo: bool = False) -> None:
        """Show a message, with the button 撤销 when ``undo``."""
        self._languages.bind(self._words, self._words.setText, message)
        self._undo.setVisible(undo)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SECONDS * 1000)
        self.setAccessibleName(self._words.text())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the foot when the window changes size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        window = self._window
        self._words.setWordWrap(False)
        room = window.width() - 240
        if self.sizeHint().width() > room:
            self._words.setWordWrap(True)
            self._words.setFixedWidth(room - 180)
        else:
            self._words.setMinimumWidth(0)
            self._words.setMaximumWidth(16_777_215)
        self.adjustSize()
        left = (window.width() - self.width()) // 2
        self.move(left, window.height() - self.height() - _ABOVE_FOOT)

    def _on_undo(self) -> None:
        self.hide()
        self.undone.emit()

    def mousePressEvent(self, event: object) -> None:
        """Swallow clicks: what lies below is covered."""
