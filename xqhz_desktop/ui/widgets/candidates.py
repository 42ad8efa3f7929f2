"""The line that asks which enterprise a row means: the nearest one, another, or a new one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.staged import StagedRow
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Elided, IconLabel


class CandidateLine(QFrame):
    """Shown while the cursor is on a row whose enterprise is unclear."""

    answered = Signal(object, str)
    """The `StagedRow`, and the id of an enterprise or "" for a new one."""

    def __init__(self, languages: Languages) -> None:
        """Make it hidden."""
        super().__init__()
        self.setProperty("surface", "hint")
        self._languages = languages
        self._row: StagedRow | None = None
        self._text = Elided("body2")
        self.take, self.others, self.new = Button(kind="primary"), Button(), Button()
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 6, 14, 6)
        line.setSpacing(8)
        line.addWidget(IconLabel("triangle-alert", "bad"))
        line.addWidget(self._text, 1)
        for button in (self.take, self.others, self.new):
            line.addWidget(button)
        languages.bind(self.take, self.take.setText, N_("Take it"))
        languages.bind(self.new, self.new.setText, N_("New enterprise"))
        self.take.clicked.connect(self._on_take)
        self.new.clicked.connect(partial(self._answer, ""))
        self.others.clicked.connect(self.open_menu)
        self.hide()

    def show_row(self, row: StagedRow | None) -> None:
        """Ask about a row, or hide where there is nothing to ask."""
        self._row = row if row and row.candidates else None
        self.setVisible(self._row is not None)
        if self._row is None:
            return
        first, *rest = self._row.candidates
        text = Message(
            "No enterprise is called so. The nearest: {name}, {n} % alike",
            name=first.said,
            n=first.score,
        )
        bind = self._languages.bind
        bind(self._text, self._text.setText, text)
        more = Message(NN_("{n} other", "{n} others"), n=len(rest))
        bind(self.others, self.others.setText, more)
        self.others.setVisible(bool(rest))

    def menu(self) -> QMenu:
        """Return the other enterprises to choose from."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for one in self._row.candidates if self._row else ():
            text = Message("{name}, {n} % alike", name=one.said, n=one.score)
            menu.addAction(self._languages.say(text), partial(self._answer, one.id))
        return menu

    def open_menu(self) -> None:
        """Show the other enterprises, as Alt+Down does."""
        if self._row is not None:
            self.menu().popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))

    def _on_take(self) -> None:
        if self._row is not None:
            self._answer(self._row.candidates[0].id)

    def _answer(self, enterprise: str) -> None:
        if self._row is not None:
            self.answered.emit(self._row, enterprise)
