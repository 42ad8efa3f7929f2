"""Conflicts that were settled: by whom and when, and opening one again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from xqhz_desktop.i18n import N_, Language
from xqhz_desktop.services.reopening import Settled
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.told import Said, Told
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, words
from xqhz_desktop.ui.widgets.changes import when
from xqhz_desktop.ui.widgets.told import ToldTable


class SettledPane(Card):
    """The decisions, newest first; nothing is written here."""

    reopen_wanted = Signal(int)
    """The number of the step that settled it."""

    def __init__(self, languages: Languages, *, locked: bool) -> None:
        """Make it empty; `locked`: it can only be read."""
        super().__init__(padding=0, gap=0)
        self._locked = locked
        columns = (Told(N_("Decision"), _decision, 320), Told(N_("When"), _when, 160))
        self.list, self.reopen = ToldTable(columns, languages), Button("undo-2")
        told = words("small", wrap=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 12, 12)
        foot.setSpacing(8)
        foot.addWidget(told, 1)
        foot.addWidget(self.reopen)
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(foot)
        bind = languages.bind
        bind(self.list, self.list.setAccessibleName, N_("Settled conflicts"))
        bind(self.reopen, self.reopen.setText, N_("Open again"))
        bind(told, told.setText, _TOLD)
        self.list.picked.connect(self._on_picked)
        self.reopen.clicked.connect(self._on_reopen)

    def show_settled(self, rows: Sequence[Settled]) -> None:
        """Show decisions."""
        self.list.show_rows(rows, 0)
        self._on_picked()

    def _on_picked(self) -> None:
        one = next(iter(self.list.chosen()), None)
        self.reopen.setEnabled(one is not None and one.reopens and not self._locked)

    def _on_reopen(self) -> None:
        for one in self.list.chosen():
            self.reopen_wanted.emit(one.number)


def _decision(one: Settled, lang: Language) -> Said:
    return Said(lang.say(one.title), one.actor, icon="circle-check")


def _when(one: Settled, lang: Language) -> Said:
    return Said(lang.say(when(one.at)))


_TOLD = N_(
    "Whoever settled it can open it again: both sides then stand beside each other on every "
    "computer, and nothing entered since is lost."
)
