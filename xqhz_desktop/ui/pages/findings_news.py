"""One line on the first page: what rules found and what was settled since yesterday."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import verdicts
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel

_LATER = 3_000
"""Milliseconds after the page is shown: figures and lists come first."""


class NewsLine(Card):
    """Hidden while there is nothing new; leads to the findings."""

    def __init__(self, context: Context) -> None:
        """Check a little after it is shown."""
        super().__init__(12, 0, "hint")
        self._context, languages = context, context.languages
        self.words, self.button = Elided("section"), Button(kind="link")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel("shield-check", "accent", 16))
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.body.addLayout(row)
        languages.bind(self.button, self.button.setText, N_("To the compliance check"))
        self.button.clicked.connect(self._on_pressed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        self._timer.start(_LATER)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the words up to date once they are seen."""
        super().showEvent(event)
        self._timer.start(_LATER)

    def refresh(self) -> None:
        """Check what changed, elsewhere."""
        self._context.tasks.run(self, partial(_news, self._context.work), self._show)

    def _on_pressed(self) -> None:
        self._context.navigate("findings")

    def _show(self, news: tuple[int, int]) -> None:
        came, settled = news
        self.setVisible(bool(came or settled))
        text = Message(
            "Compliance check since yesterday: {came}, {settled}.",
            came=Message(NN_("{n} new finding", "{n} new findings"), n=came),
            settled=Message(NN_("{n} settled", "{n} settled"), n=settled),
        )
        self._context.languages.bind(self.words, self.words.setText, text)


def _news(work: Work, progress: Progress) -> tuple[int, int]:
    """Return how many findings came and how many were settled today; none on the first day."""
    from xqhz_desktop.services import checking  # lazy: the first page comes before all rules

    today = date.today()
    checking.refresh(work, today, progress)
    with work.store.read() as reader:
        return verdicts.news(reader, today) if verdicts.older(reader, today) else (0, 0)
