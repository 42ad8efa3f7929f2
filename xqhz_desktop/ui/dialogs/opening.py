"""What stands in the window when a school is locked or cannot be opened."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.dialogs.gate import Gate, field
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.empty import Empty


class Unlock(Gate):
    """Asks for the passphrase of an encrypted workspace."""

    given = Signal(str)
    left = Signal()

    def __init__(self, languages: Languages, folder: Path) -> None:
        """Ask for the key of the workspace in ``folder``."""
        super().__init__(
            languages,
            N_("This school is locked"),
            Message("Type the passphrase that opens {folder}.", folder=str(folder)),
            icon="lock",
        )
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.open, other = Button("log-in", "primary"), Button(kind="quiet")
        self._wrong = words("error", wrap=True)
        self._wrong.hide()
        card = Card(gap=14)
        card.body.addWidget(field(languages, N_("Passphrase"), self.passphrase))
        card.body.addWidget(self._wrong)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(other)
        foot.addWidget(self.open)
        card.body.addLayout(foot)
        self.column.addWidget(card)
        languages.bind(self.open, self.open.setText, N_("Open"))
        languages.bind(other, other.setText, N_("Open another school or folder"))
        self.open.clicked.connect(self._on_open)
        self.passphrase.returnPressed.connect(self._on_open)
        other.clicked.connect(self.left)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the user type at once."""
        super().showEvent(event)
        self.passphrase.setFocus()

    def refuse(self, message: Message) -> None:
        """Say that this was not the key."""
        self.languages.bind(self._wrong, self._wrong.setText, message)
        self._wrong.show()
        self.open.setEnabled(True)
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def _on_open(self) -> None:
        if self.passphrase.text():
            self.open.setEnabled(False)
            self.given.emit(self.passphrase.text())


class Trouble(Empty):
    """Says in one sentence why a school could not be opened, and leads on."""

    left = Signal()
    restore_wanted = Signal(object)
    """The backup file that is to take the place of what is damaged."""

    def __init__(self, languages: Languages, message: Message, backup: Path | None = None) -> None:
        """Show the sentence; with a backup, offer to put it in the place of the data."""
        super().__init__(languages)
        if backup is not None:
            restore = Button("history", "primary")
            text = Message("Restore the newest backup: {file}", file=backup.name)
            languages.bind(restore, restore.setText, text)
            restore.clicked.connect(partial(self.restore_wanted.emit, backup))
            self.offer(restore)
        self.say(
            N_("The school could not be opened"),
            message,
            N_("Open another school or folder"),
            icon="triangle-alert",
        )
        self.pressed.connect(self.left)
