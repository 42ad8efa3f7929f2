"""The question before unsaved changes would be lost: save, drop, or go on editing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words


class Unsaved(QDialog):
    """Three ways out; Esc goes on editing."""

    saving = Signal()
    dropping = Signal()
    staying = Signal()

    def __init__(self, parent: QWidget, languages: Languages, text: Message) -> None:
        """Ask about the changes `text` speaks of; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title, sentence = words("heading"), words("body2", wrap=True)
        sentence.setMinimumWidth(380)
        self.save, self.drop, self.stay = Button(kind="primary"), Button(), Button(kind="quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(sentence)
        column.addSpacing(12)
        foot = QHBoxLayout()
        foot.addWidget(self.stay)
        foot.addStretch(1)
        foot.addWidget(self.drop)
        foot.addWidget(self.save)
        column.addLayout(foot)
        bind = languages.bind
        bind(self, self.setWindowTitle, N_("Unsaved changes"))
        bind(title, title.setText, N_("Unsaved changes"))
        bind(sentence, sentence.setText, text)
        bind(self.save, self.save.setText, N_("Save"))
        bind(self.drop, self.drop.setText, N_("Drop the changes"))
        bind(self.stay, self.stay.setText, N_("Go on editing"))
        self.save.clicked.connect(self.accept)
        self.drop.clicked.connect(self._on_drop)
        self.stay.clicked.connect(self.reject)
        self.accepted.connect(self.saving)
        self.rejected.connect(self.staying)
        self.save.setFocus()

    def _on_drop(self) -> None:
        self.blockSignals(True)  # neither accepted nor rejected
        self.close()
        self.blockSignals(False)
        self.dropping.emit()
