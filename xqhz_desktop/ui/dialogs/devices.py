"""Dialogs about devices: comparing the words of a key, and why one is blocked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.i18n import N_, Bilingual, Message
from xqhz_desktop.ui.dialogs.question import Asked
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words

_WIDTH = 460


class _Sheet(QDialog):
    """A title, a sentence, what the dialog is about, and two buttons."""

    def __init__(self, parent: QWidget, yes: str, middle: QWidget) -> None:
        """Lay it out; `yes` is the kind of the button that does it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title, self.text = words("heading"), words("body2", wrap=True)
        self.yes, self.no = Button(kind=yes), Button()
        self.text.setMinimumWidth(_WIDTH)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        for part in (self.title, self.text, middle):
            column.addWidget(part)
        column.addLayout(foot)
        self.no.clicked.connect(self.reject)

    def say(self, languages: Languages, asked: Asked, no: str) -> None:
        """Show the words of a question, and that on the button that leaves."""
        bind = languages.bind
        bind(self, self.setWindowTitle, asked.title)
        bind(self.title, self.title.setText, asked.title)
        bind(self.text, self.text.setText, asked.text)
        bind(self.yes, self.yes.setText, asked.yes)
        bind(self.no, self.no.setText, no)


class WordsDialog(_Sheet):
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
        box, self.words = Card(14, 0, "tile"), words("heading", wrap=True)
        super().__init__(parent, "primary", box)
        box.body.addWidget(self.words)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.say(languages, asked, N_("They differ"))
        languages.bind(self.words, self.words.setText, key)
        self.no.setVisible(then is not None)
        if then is not None:
            self.accepted.connect(then)
        self.yes.clicked.connect(self.accept)
        self.yes.setFocus()


class BlockDialog(_Sheet):
    """Asks why a device is blocked; `then` is called with the reason."""

    def __init__(
        self, parent: QWidget, languages: Languages, name: str, then: Callable[[str], object]
    ) -> None:
        """Ask about a device by its name."""
        self.line = QLineEdit()
        super().__init__(parent, "danger", self.line)
        self._then = then
        self.line.setMaxLength(200)
        asked = Asked(Message("Block “{name}”?", name=name), _BLOCKED, N_("Block"))
        self.say(languages, asked, N_("Cancel"))
        bind = languages.bind
        bind(self.line, self.line.setAccessibleName, N_("Why"))
        bind(self.line, self.line.setPlaceholderText, N_("Why: lost, stolen, handed back …"))
        self.yes.setEnabled(False)
        self.line.textChanged.connect(self._on_text)
        self.yes.clicked.connect(self._on_yes)
        self.line.setFocus()

    def _on_text(self, text: str) -> None:
        self.yes.setEnabled(bool(text.strip()))

    def _on_yes(self) -> None:
        self._then(self.line.text().strip())
        self.accept()


class SafeDialog(_Sheet):
    """Asks for the words of the safe and a name; `then` is called with both."""

    def __init__(
        self, parent: QWidget, languages: Languages, name: str, then: Callable[[str, str], object]
    ) -> None:
        """Offer a name for this computer."""
        self.words, self.name = QPlainTextEdit(), QLineEdit(name)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        named = words("label")
        for part in (self.words, named, self.name):
            column.addWidget(part)
        super().__init__(parent, "primary", middle)
        self._then = then
        self.words.setFixedHeight(72)
        self.words.setTabChangesFocus(True)
        self.name.setMaxLength(60)
        asked = Asked(N_("The words of the safe"), _SAFE, N_("Open the safe"))
        self.say(languages, asked, N_("Cancel"))
        bind = languages.bind
        bind(self.words, self.words.setAccessibleName, N_("The words of the safe"))
        bind(named, named.setText, N_("What is this computer called?"))
        bind(self.name, self.name.setAccessibleName, N_("What is this computer called?"))
        self.yes.setEnabled(False)
        self.words.textChanged.connect(self._on_text)
        self.name.textChanged.connect(self._on_text)
        self.yes.clicked.connect(self._on_yes)
        self.words.setFocus()

    def _on_text(self, _text: str = "") -> None:
        self.yes.setEnabled(
            bool(self.words.toPlainText().strip()) and bool(self.name.text().strip())
        )

    def _on_yes(self) -> None:
        self._then(self.words.toPlainText().strip(), self.name.text().strip())
        self.accept()


_SAFE = N_(
    "Type the twelve words on the paper, with a space between them. This computer then admits and "
    "blocks computers as the lost one did."
)
_BLOCKED = N_(
    "It gets no more packages, and what is entered on it from now on is set aside. What came from "
    "it so far counts. The others learn it by the next package; a blocked computer cannot be let "
    "in again under the same key."
)
