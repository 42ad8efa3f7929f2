"""回收站: what was removed, by whom and when, and the way back."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import N_, NN_, Language, Message
from xqhz_desktop.services import bin
from xqhz_desktop.services.bin import Removed
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.restoring import RestoreDialog
from xqhz_desktop.ui.models.columns import BETWEEN
from xqhz_desktop.ui.models.told import Said, Told, counts
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.tasks import Progress
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card
from xqhz_desktop.ui.widgets.changes import when
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.empty import Empty
from xqhz_desktop.ui.widgets.page import Head, stand
from xqhz_desktop.ui.widgets.searchbox import SearchBox
from xqhz_desktop.ui.widgets.told import ToldTable

_LIMIT = 5_000
"""Removed records read at once; older ones are found in the history."""


class BinPage(QWidget):
    """Lists what was removed, the newest first, and brings it back."""

    def __init__(self, context: Context) -> None:
        """Show the bin once the page comes to the front."""
        super().__init__()
        self._context, self._languages = context, context.languages
        self._all: list[Removed] = []
        self._head, self.search_box = Head(), SearchBox()
        self.chips = Chips(context.languages)
        self.table = ToldTable(_columns(), context.languages, many=True)
        self.restore_button = Button("undo-2", "primary")
        self._card, self._none = Card(0, 0), Empty(context.languages, "trash-2")
        self._stand()
        self._speak()
        self.search_box.asked.connect(self._on_filter)
        self.search_box.left_down.connect(self.table.setFocus)
        self.chips.chosen.connect(self._on_filter)
        self.table.picked.connect(self._on_picked)
        self.table.opened.connect(self.restore)
        self.restore_button.clicked.connect(self.restore)
        self._none.pressed.connect(self._on_everything)
        context.changed.connect(self._on_changed)

    def find(self) -> None:  # type: ignore[override]  # QWidget.find looks for window numbers
        """Put the keyboard into the search box."""
        self.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_box.selectAll()

    def refresh(self) -> None:
        """Read the bin anew."""
        job = partial(_contents, self._context.work)
        self._context.tasks.run(self, job, self._show, self._context.complain)

    def restore(self) -> None:
        """Open the dialog that brings the picked records back."""
        chosen = self.table.chosen()
        if chosen and not self._context.work.read_only:
            RestoreDialog(self, self._context, chosen).open()

    def regions(self) -> list[QWidget]:
        """Return what F6 moves between."""
        return [self.search_box, self.table]

    def showEvent(self, event: QShowEvent) -> None:
        """Read the bin when the page comes to the front."""
        super().showEvent(event)
        self.refresh()

    def _show(self, removed: list[Removed]) -> None:
        self._all = removed
        counts = Counter(one.kind for one in removed)
        chips = [Chip(kind, BY_KIND[kind].PLURAL, n) for kind, n in counts.most_common()]
        self.chips.show_chips(len(removed), chips)
        line = Message(NN_("{n} removed record", "{n} removed records"), n=len(removed))
        self._languages.bind(self._head.line, self._head.line.setText, line)
        self._on_filter()

    def _on_filter(self, _value: Any = None) -> None:
        """Show what fits the words and the chip."""
        words, kind = self.search_box.text().strip().lower(), self.chips.value
        fit = [
            one
            for one in self._all
            if kind in (None, one.kind)
            and (not words or any(words in part.lower() for part in (one.name, one.by, one.reason)))
        ]
        self.table.show_rows(fit, 0)
        self._card.setVisible(bool(fit))
        self._none.setVisible(not fit)
        if self._all:
            title, hint = N_("Nothing fits this filter"), N_("Try another word or kind.")
            self._none.say(title, hint, N_("Show everything"), "filter")
        else:
            hint = N_("What is removed waits here, to be brought back.")
            self._none.say(N_("The recycle bin is empty"), hint, "", "trash-2")

    def _on_everything(self) -> None:
        self.chips.choose(None)
        self.search_box.clear()
        self._on_filter()

    def _on_picked(self) -> None:
        chosen = self.table.chosen()
        self.restore_button.setEnabled(bool(chosen) and not self._context.work.read_only)
        several = Message("Bring back {n} records", n=len(chosen))
        text = several if len(chosen) > 1 else Message("Bring back")
        self._languages.bind(self.restore_button, self.restore_button.setText, text)
        if self.isVisible():
            shown = len(self.table.told.rows)
            said = Message("{n} of {total} selected", n=len(chosen), total=shown)
            self._context.count(said if shown else None)

    def _on_changed(self, _kinds: set[str]) -> None:
        if self.isVisible():
            self.refresh()

    def _stand(self) -> None:
        column = stand(self, self._head)
        self._head.tools.addWidget(self.restore_button)
        self.search_box.setMinimumWidth(220)
        self.search_box.setMaximumWidth(360)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.search_box, 3)
        row.addWidget(self.chips, 5)
        self._card.body.setContentsMargins(1, 1, 1, 6)
        self._card.body.addWidget(self.table)
        column.addLayout(row)
        column.addWidget(self._card, 1)
        column.addWidget(self._none, 1)
        self._none.hide()

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self._head.title, self._head.title.setText, N_("Recycle bin"))
        bind(self.search_box, self.search_box.name, N_("Search name, person or reason"))
        bind(self.table, self.table.setAccessibleName, N_("Recycle bin"))


def _columns() -> tuple[Told, ...]:
    return (
        Told(N_("Removed record"), _name, 300),
        Told(N_("What belonged to it"), _belonging, 420),
        Told(N_("Removed"), _removed, 190),
    )


def _name(one: Removed, lang: Language) -> Said:
    label = lang.say(BY_KIND[one.kind].LABEL)
    icon = BY_NAME[one.kind].icon if one.kind in BY_NAME else "file-text"
    return Said(one.name or "—", BETWEEN.join(filter(None, (label, one.reason))), icon=icon)


def _removed(one: Removed, lang: Language) -> Said:
    return Said(lang.say(when(one.at)), one.by)


def _belonging(one: Removed, lang: Language) -> Said:
    return Said(lang.value(counts(one.belonging)) if one.belonging else "—")


def _contents(work: Work, _progress: Progress) -> list[Removed]:
    return bin.contents(work, limit=_LIMIT)
