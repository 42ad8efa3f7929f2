"""Dialogs about devices: comparing the words of a key, and why one is blocked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, Bilingual, Message
from xqhz_desktop.ui.dialogs.question import Asked
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words

_WIDTH = 460


class WordsDialog(QDialog):
    """Shows the eight words of a key in large type, to be read out; `then` follows on yes."""

    def __init__(
        self,
        parent: QWidget,
        languages: Languages,
        asked: Asked,
        key: Bilingual,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Show words; without `then` there is nothing to confirm."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title, text, self.words = (
            words("heading"),
            words("body2", wrap=True),
            words("heading", wrap=True),
        )
        self.yes, self.no = Button(kind="primary"), Button()
        box = Card(14, 0, "tile")
        box.body.addWidget(self.words)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        text.setMinimumWidth(_WIDTH)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        for part in (title, text, box):
            column.addWidget(part)
        column.addLayout(foot)
        bind = languages.bind
        bind(self, self.setWindowTitle, asked.title)
        bind(title, title.setText, asked.title)
        bind(text, text.setText, asked.text)
        bind(self.words, self.words.setText, key)
        bind(self.yes, self.yes.setText, asked.yes)
        bind(self.no, self.no.setText, N_("They differ"))
        self.no.setVisible(then is not None)
        if then is not None:
            self.accepted.connect(then)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self.yes.setFocus()


class BlockDialog(QDialog):
    """Asks why a device is blocked; `then` is called with the reason."""

    def __init__(
        self, parent: QWidget, languages: Languages, name: str, then: Callable[[str], object]
    ) -> None:
        """Ask about a device by its name."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        title, text = words("heading"), words("body2", wrap=True)
        self.line, self.yes, self.no = QLineEdit(), Button(kind="danger"), Button()
        self.line.setMaxLength(200)
        text.setMinimumWidth(_WIDTH)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        for part in (title, text, self.line):
            column.addWidget(part)
        column.addLayout(foot)
        bind = languages.bind
        asked = Message("Block “{name}”?", name=name)
        bind(self, self.setWindowTitle, asked)
        bind(title, title.setText, asked)
        bind(text, text.setText, _BLOCKED)
        bind(self.line, self.line.setAccessibleName, N_("Why"))
        bind(self.line, self.line.setPlaceholderText, N_("Why: lost, stolen, handed back …"))
        bind(self.yes, self.yes.setText, N_("Block"))
        bind(self.no, self.no.setText, N_("Cancel"))
        self.yes.setEnabled(False)
        self.line.textChanged.connect(self._on_text)
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.reject)
        self.line.setFocus()

    def _on_text(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def _on_yes(self) -> None:
        self._then(self.line.text().strip())
        self.accept()


_BLOCKED = N_(
    "It gets no more packages, and what is entered on it from now on is set aside. What came from "
    "it so far counts. The others learn it by the next package; a blocked computer cannot be let "
    "in again under the same key."
)
