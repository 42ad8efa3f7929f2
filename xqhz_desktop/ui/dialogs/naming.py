"""One line to type: the name of something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words

_MOST = 60


class NameDialog(QDialog):
    """Asks for a name; `then` is called with it."""

    def __init__(
        self,
        parent: QWidget,
        languages: Languages,
        title: Text,
        name: str,
        then: Callable[[str], object],
    ) -> None:
        """Ask under a title; a name there is already can be corrected."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        heading, self.line = words("heading"), QLineEdit(name)
        self.ok, cancel = Button(kind="primary"), Button()
        self.line.setMaxLength(_MOST)
        self.line.selectAll()
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.line)
        column.addLayout(foot)
        self.setMinimumWidth(400)
        bind = languages.bind
        bind(self, self.setWindowTitle, title)
        bind(heading, heading.setText, title)
        bind(self.line, self.line.setAccessibleName, title)
        bind(self.ok, self.ok.setText, N_("Save"))
        bind(cancel, cancel.setText, N_("Cancel"))
        self.ok.setDefault(True)
        self.ok.setEnabled(bool(name))
        self.ok.clicked.connect(self._on_ok)
        cancel.clicked.connect(self.reject)
        self.line.textChanged.connect(self._on_text)
        self.line.setFocus()

    def _on_text(self, text: str) -> None:
        self.ok.setEnabled(bool(text.strip()))

    def _on_ok(self) -> None:
        self._then(self.line.text().strip())
        self.accept()
