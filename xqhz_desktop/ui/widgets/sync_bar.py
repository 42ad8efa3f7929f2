"""A strip that says how many conflicts wait for a decision, and leads to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel

if TYPE_CHECKING:  # the first paint needs no compression and no keys
    from xqhz_desktop.services.syncing import Status


class SyncBar(Card):
    """Hidden while both sides agree."""

    def __init__(self, context: Context) -> None:
        """Follow where the exchange stands."""
        super().__init__(12, 0, "hint")
        self._context = context
        self._words, self.button = Elided("section"), Button(kind="link")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("git-merge", "warn", 16))
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        context.languages.bind(self.button, self.button.setText, N_("Settle the conflicts"))
        self.button.clicked.connect(self._on_pressed)
        context.stood.connect(self._show)
        self.hide()
        if context.standing is not None:
            self._show(context.standing)

    def _show(self, status: Status) -> None:
        count, must = status.conflicts, status.must
        self.setVisible(bool(count))
        text = NN_(
            "{n} record says different things on two computers",
            "{n} records say different things on two computers",
        )
        said = Message(text, n=count)
        if must:
            papers = NN_(
                "{said}; {n} holds up official papers", "{said}; {n} hold up official papers"
            )
            said = Message(papers, said=said, n=must)
        self._context.languages.bind(self._words, self._words.setText, said)

    def _on_pressed(self) -> None:
        self._context.navigate("conflicts")
