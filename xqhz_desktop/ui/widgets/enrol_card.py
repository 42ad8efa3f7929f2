"""What a computer sees that takes no part in the exchange yet: three ways to begin."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.dialogs.gate import Choice
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.card import words

_WIDTH = 620


class EnrolCard(QWidget):
    """Begin, ask to be admitted, or take in the answer."""

    begin_wanted = Signal()
    request_wanted = Signal()
    answer_wanted = Signal()
    safe_wanted = Signal()

    def __init__(self, languages: Languages) -> None:
        """Offer the ways."""
        super().__init__()
        title, text = words("heading"), words("body2", wrap=True)
        text.setFixedWidth(_WIDTH)
        bind = languages.bind
        bind(title, title.setText, N_("Several computers, one school"))
        bind(text, text.setText, _TEXT)
        self.begin = Choice(
            languages,
            "school",
            N_("This is the school's first computer"),
            N_("It keeps the school's key and admits the others"),
        )
        self.ask = Choice(
            languages,
            "log-in",
            N_("Ask to be admitted"),
            N_("Writes a small file for the school's first computer"),
        )
        self.answer = Choice(
            languages,
            "folder-open",
            N_("The answer is here"),
            N_("Opens the file that came back from the first computer"),
        )
        self.safe = Choice(
            languages,
            "shield-check",
            N_("The school's computer is gone: open the safe"),
            N_("Takes the key file and the words on paper, and brings the data back"),
        )
        self._stand((title, text, self.begin, self.ask, self.answer, self.safe))
        self.begin.clicked.connect(self.begin_wanted)
        self.ask.clicked.connect(self.request_wanted)
        self.answer.clicked.connect(self.answer_wanted)
        self.safe.clicked.connect(self.safe_wanted)

    def lock(self) -> None:
        """Let nothing be pressed where nothing can be written."""
        for choice in (self.begin, self.ask, self.answer, self.safe):
            choice.setEnabled(False)

    def _stand(self, parts: tuple[QWidget, ...]) -> None:
        inner = QWidget()
        inner.setFixedWidth(_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in parts:
            column.addWidget(part)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(inner)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)


_TEXT = N_(
    "Each computer works on its own, also without a network. What was entered travels in sealed "
    "packages, by stick, by a folder or by the bureau's server, and is put together here."
)
