"""Asking for a reason in one sentence, for one finding or many."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.checking_views import Rule
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words


class ReasonDialog(QDialog):
    """The rule, how many placements it is for, and a box; `given` carries the text."""

    given = Signal(str)

    def __init__(self, parent: QWidget, languages: Languages, rule: Rule, count: int) -> None:
        """Make the dialog; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title, text = words("heading", wrap=True), words("body2", wrap=True)
        self.box, self.yes, self.no = QPlainTextEdit(), Button(kind="primary"), Button()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(8)
        for part in (title, text, self.box):
            column.addWidget(part)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        column.addLayout(foot)
        self.setMinimumWidth(460)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(96)
        bind, name = languages.bind, rule.entry.said("name", languages.language.code)
        bind(self, self.setWindowTitle, N_("Give a reason"))
        bind(title, title.setText, Message("{rule} {name}", rule=rule.entry.id, name=name))
        said = NN_(
            "The reason is kept with {n} placement, the rule pack and the facts of today.",
            "The reason is kept with {n} placements, the rule pack and the facts of today.",
        )
        bind(text, text.setText, Message(said, n=count))
        bind(self.box, self.box.setAccessibleName, N_("Reason"))
        bind(self.yes, self.yes.setText, N_("Keep the reason"))
        bind(self.no, self.no.setText, N_("Cancel"))
        self.yes.setEnabled(False)
        self.box.textChanged.connect(self._on_text)
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.reject)
        self.box.setFocus()

    def _on_text(self) -> None:
        self.yes.setEnabled(bool(self.box.toPlainText().strip()))

    def _on_yes(self) -> None:
        self.given.emit(self.box.toPlainText().strip())
        self.accept()
