"""A question before something that matters, asked without stopping the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words


@dataclass(frozen=True)
class Asked:
    """What is asked: a title, what will happen, and the word on the button that does it."""

    title: Text
    text: Text | Message
    yes: Text
    danger: bool = False
    other: Text = ""
    """The word on a button that does something else; see `Question.otherwise`."""


def ask(
    parent: QWidget, languages: Languages, asked: Asked, then: Callable[[], object]
) -> Question:
    """Open the question over ``parent``; ``then`` is called when the answer is yes."""
    question = Question(parent, languages, asked)
    question.accepted.connect(then)
    question.open()
    return question


class Question(QDialog):
    """A title, a sentence and two buttons, or three; Esc is no."""

    otherwise = Signal()
    """The third button was pressed."""

    def __init__(self, parent: QWidget, languages: Languages, asked: Asked) -> None:
        """Make the dialog; `open` shows it."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title, text = words("heading"), words("body2", wrap=True)
        self.yes = Button(kind="danger" if asked.danger else "primary")
        self.no, self.other = Button(), Button(kind="danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(text)
        column.addSpacing(12)
        foot = QHBoxLayout()
        foot.addWidget(self.other)
        foot.addStretch(1)
        foot.addWidget(self.no)
        foot.addWidget(self.yes)
        column.addLayout(foot)
        text.setMinimumWidth(380)
        bind = languages.bind
        bind(self, self.setWindowTitle, asked.title)
        bind(title, title.setText, asked.title)
        bind(text, text.setText, asked.text)
        bind(self.yes, self.yes.setText, asked.yes)
        bind(self.other, self.other.setText, asked.other)
        bind(self.no, self.no.setText, N_("Cancel"))
        self.other.setVisible(bool(asked.other))
        self.other.clicked.connect(self._on_other)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        (self.no if asked.danger else self.yes).setFocus()

    def _on_other(self) -> None:
        self.reject()
        self.otherwise.emit()
