"""The look of everything that stands in the middle of the window before a school is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import IconLabel, words

_WIDTH = 560


class Gate(QScrollArea):
    """A title, a sentence and a column of parts, in the middle of the window."""

    def __init__(self, languages: Languages, title: Text, sentence: Text, icon: str = "") -> None:
        """Make the frame; parts go into ``column``."""
        super().__init__()
        self.languages = languages
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setFixedWidth(_WIDTH)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 24, 0, 24)
        self.column.setSpacing(12)
        if icon:
            logo = IconLabel(icon, "accent_ink", 36)
            self.column.addWidget(logo, 0, Qt.AlignmentFlag.AlignLeft)
        heading, line = words("title"), words("body2", wrap=True)
        languages.bind(heading, heading.setText, title)
        languages.bind(line, line.setText, sentence)
        self.column.addWidget(heading)
        self.column.addWidget(line)
        self.column.addSpacing(8)
        outer = QWidget()
        middle = QHBoxLayout(outer)
        middle.addStretch(1)
        middle.addWidget(inner, 0, Qt.AlignmentFlag.AlignVCenter)
        middle.addStretch(1)
        self.setWidget(outer)


class Choice(Button):
    """A big card to press: icon, what it does, one line more."""

    def __init__(self, languages: Languages, icon: str, title: Text, hint: Text) -> None:
        """Make the card with its words."""
        super().__init__(kind="choice")
        self.setFixedHeight(84)
        name, line = words("heading"), words("label")
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addStretch(1)
        text.addWidget(name)
        text.addWidget(line)
        text.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(16)
        row.addWidget(_ground(icon))
        row.addLayout(text, 1)
        row.addWidget(IconLabel("chevron-right", "ink3", 18))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        languages.bind(name, name.setText, title)
        languages.bind(line, line.setText, hint)
        languages.bind(self, self.setAccessibleName, title)


def field(languages: Languages, label: Text, editor: QWidget, hint: Text = "") -> QFrame:
    """Return a label above its editor, with a small line below where there is a hint."""
    frame = QFrame()
    column = QVBoxLayout(frame)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    name = words("label")
    name.setBuddy(editor)
    languages.bind(name, name.setText, label)
    languages.bind(editor, editor.setAccessibleName, label)
    column.addWidget(name)
    column.addWidget(editor)
    if hint:
        line = words("small", wrap=True)
        languages.bind(line, line.setText, hint)
        column.addWidget(line)
    return frame


def _ground(icon: str) -> QWidget:
    label = IconLabel(icon, "accent_ink", 22, role="tile")
    label.setFixedSize(44, 44)
    return label
