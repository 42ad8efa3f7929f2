"""Three first steps in an empty school."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, IconLabel, tile, words

_STEPS = (
    (
        "student",
        "users",
        N_("1. Bring in the students"),
        N_("An Excel roster as it is: the columns are recognised."),
        N_("Import students"),
        True,
    ),
    (
        "enterprise",
        "building-2",
        N_("2. Bring in the enterprises"),
        N_("From Excel, or one by one by their credit code."),
        N_("Import enterprises"),
        True,
    ),
    (
        "placement_batch",
        "calendar-range",
        N_("3. Make a placement batch"),
        N_("Its dates and its classes; then place the students."),
        N_("New batch"),
        False,
    ),
)


class Starts(QWidget):
    """Three cards; ``chosen(kind, importing)`` when one is pressed."""

    chosen = Signal(str, bool)

    def __init__(self, languages: Languages) -> None:
        """Make the cards, none of them done."""
        super().__init__()
        self._languages = languages
        self._done: dict[str, IconLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for number, (kind, icon, title, hint, action, importing) in enumerate(_STEPS):
            card = Card(gap=8)
            name, text = words("heading", wrap=True), words("body2", wrap=True)
            button = Button("upload" if importing else "plus", "" if number else "primary")
            done = self._done[kind] = IconLabel("circle-check", "good", 20)
            head = QHBoxLayout()
            head.addWidget(tile(icon, 36))
            head.addStretch(1)
            head.addWidget(done)
            card.body.addLayout(head)
            card.body.addWidget(name)
            card.body.addWidget(text)
            card.body.addStretch(1)
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            languages.bind(name, name.setText, title)
            languages.bind(text, text.setText, hint)
            languages.bind(button, button.setText, action)
            button.clicked.connect(partial(self.chosen.emit, kind, importing))
            row.addWidget(card, 1)

    def show_done(self, **done: bool) -> None:
        """Tick the steps that have been taken, by kind."""
        for kind, mark in self._done.items():
            mark.setVisible(done.get(kind, False))
