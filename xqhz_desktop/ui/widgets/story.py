"""经过: what happened to a placement, the newest first, and a line to note something down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.one_placement import Happening
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.card import Card, clear, line, tile, words

_TINTS = {"triangle-alert": "warn", "arrow-right": "accent_ink", "git-merge": "accent_ink"}


class Story(Card):
    """A list of lines; nothing in it can be removed."""

    noted = Signal(str)
    """Something was written down."""

    def __init__(self, languages: Languages, *, locked: bool) -> None:
        """Make it empty; `locked`: nothing can be written down."""
        super().__init__(padding=0, gap=0)
        self._languages = languages
        self._title, self._count = words("heading"), words("label")
        self.note = QLineEdit()
        self.note.setVisible(not locked)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._rows.setContentsMargins(16, 12, 12, 12)
        self._stand()
        bind = languages.bind
        bind(self._title, self._title.setText, N_("What happened"))
        bind(self.note, self.note.setPlaceholderText, N_("Note: call, talk, remark"))
        bind(self.note, self.note.setAccessibleName, N_("Note: call, talk, remark"))
        self.note.returnPressed.connect(self._on_noted)

    def show_story(self, story: Sequence[Happening]) -> None:
        """Show the lines, the newest first."""
        clear(self._rows)
        text = Message(NN_("{n} line", "{n} lines"), n=len(story))
        self._languages.bind(self._count, self._count.setText, text)
        for one in story:
            self._rows.addWidget(self._row(one))
        self._rows.addStretch(1)

    def _row(self, one: Happening) -> QWidget:
        row = QWidget()
        across, lines = QHBoxLayout(row), QVBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        lines.setSpacing(1)
        text, below = words("", wrap=True), words("small", wrap=True)
        when = one.day.isoformat() + (f" {one.time}" if one.time else "")
        said = Message("{when} | {person}", when=when, person=one.by) if one.by else when
        self._languages.bind(text, text.setText, one.text)
        self._languages.bind(below, below.setText, said)
        lines.addWidget(text)
        lines.addWidget(below)
        mark = tile(one.icon, 28, _TINTS.get(one.icon, "ink2"))
        across.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(lines, 1)
        return row

    def _stand(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(16, 14, 16, 12)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        inner = QWidget()
        inner.setLayout(self._rows)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        foot.setContentsMargins(12, 10, 12, 12)
        foot.addWidget(self.note)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(scroll, 1)
        self.body.addLayout(foot)

    def _on_noted(self) -> None:
        if text := self.note.text().strip():
            self.note.clear()
            self.noted.emit(text)
