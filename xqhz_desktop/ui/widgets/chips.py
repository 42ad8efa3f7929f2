"""Filter chips: one of a few values, each with its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QWidget

from xqhz_desktop.i18n import N_
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.tokens import LABEL
from xqhz_desktop.ui.widgets.buttons import Button

_GAP = 8
_SIDES = 28
"""Padding and rim of a chip."""


@dataclass(frozen=True)
class Chip:
    """A value to filter by, its word and how many have it; None stands for everything."""

    value: Any
    word: Text
    count: int


class Chips(QWidget):
    """All, and one chip a value; `chosen` is emitted when the user picks one."""

    chosen = Signal(object)

    def __init__(self, languages: Languages) -> None:
        """Make an empty row; `show_chips` fills it."""
        super().__init__()
        self.value: Any = None
        self._languages = languages
        self._chips: list[Chip] = []
        self._buttons: list[Button] = []
        self._group = QButtonGroup(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self.more = Button("ellipsis", "chip", self)
        self.more.clicked.connect(self._on_more)
        languages.bind(self.more, self.more.name, N_("More"))
        self._row.addWidget(self.more)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(self._on_clicked)
        languages.changed.connect(self._say)

    def show_chips(self, total: int, chips: Sequence[Chip]) -> None:
        """Show counts; values nobody has are left out unless they filter now."""
        some = [one for one in chips if one.count or one.value == self.value]
        self._chips = [Chip(None, N_("All"), total), *some]
        while len(self._buttons) < len(self._chips):
            self._add()
        if self.value not in [one.value for one in self._chips]:
            self.value = None
        self._say()

    def choose(self, value: Any) -> None:
        """Filter by a value without telling anybody."""
        self.value = value
        self._check()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the last chips into a menu where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between chips with the arrows."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        shown = [number for number, one in enumerate(self._buttons) if one.isVisible()]
        here = shown.index(self._group.checkedId()) if self._group.checkedId() in shown else 0
        number = shown[(here + step) % len(shown)]
        self._buttons[number].setFocus(Qt.FocusReason.TabFocusReason)
        self._buttons[number].click()

    def _add(self) -> None:
        button = Button(kind="chip", parent=self)
        button.setCheckable(True)
        self._group.addButton(button, len(self._buttons))
        self._row.insertWidget(len(self._buttons), button)
        self._buttons.append(button)

    def _say(self) -> None:
        lang = self._languages.language
        bold = QFont(self.font())  # the chosen one is bold, which Qt's size hint forgets
        bold.setPixelSize(LABEL)
        bold.setBold(True)
        for button, chip in zip(self._buttons, self._chips, strict=False):
            text = f"{lang.say(chip.word)}  {lang.value(chip.count)}"
            button.setText(text)
            button.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + _SIDES)
        self._check()
        self._fit()

    def _check(self) -> None:
        for button, chip in zip(self._buttons, self._chips, strict=False):
            button.setChecked(chip.value == self.value)

    def menu(self) -> QMenu:
        """Return the menu of the chips there is no room for."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for number, button in enumerate(self._buttons[: len(self._chips)]):
            if button.isHidden():
                menu.addAction(button.text()).setData(number)
        menu.triggered.connect(self._on_picked)
        return menu

    def _fit(self) -> None:
        """Show the chips there is room for, the chosen one before all others."""
        buttons = self._buttons[: len(self._chips)]
        room = self.width() + _GAP
        whole = sum(one.minimumWidth() + _GAP for one in buttons) <= room
        if not whole:
            room -= self.more.sizeHint().width() + _GAP
            room -= sum(one.minimumWidth() + _GAP for one in buttons if one.isChecked())
        for button in buttons:
            if whole or not button.isChecked():
                room -= button.minimumWidth() + _GAP
            button.setVisible(whole or button.isChecked() or room >= 0)
        for button in self._buttons[len(self._chips) :]:
            button.hide()
        self.more.setVisible(not whole)

    def _on_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_picked(self, action: QAction) -> None:
        number = int(action.data())
        self._buttons[number].setChecked(True)
        self._on_clicked(number)
        self._fit()

    def _on_clicked(self, number: int) -> None:
        self.value = self._chips[number].value
        self.chosen.emit(self.value)
