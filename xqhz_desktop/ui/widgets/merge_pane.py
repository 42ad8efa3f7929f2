"""Two records side by side: what stays, what goes, and the record that comes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.merging import Beside, Line
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.models.columns import field_text
from xqhz_desktop.ui.models.told import counts
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import Card, Elided, IconLabel, clear, dress, line, words

_LABEL = 96
"""Width of the column with the fields' names."""

_LONG = re.compile(r"[0-9A-Za-z]{6}(?=[0-9A-Za-z]{2})")

_NARROW = 160
"""Below this width the word to press stands under its value."""

_BOTH = ("former_names",)
"""Fields of which merging keeps both values anyway."""

_TOP = Qt.AlignmentFlag.AlignTop

_EQUAL = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
"""Of the three columns of values, whatever stands in them."""


class MergePane(Card):
    """Lets the user choose field by field; nothing is written here."""

    merge_wanted = Signal()
    swap_wanted = Signal()
    apart_wanted = Signal()

    def __init__(self, languages: Languages, *, locked: bool) -> None:
        """Make it empty; `locked`: it can only be read."""
        super().__init__(padding=0, gap=0)
        self.beside: Beside | None = None
        self._languages, self._locked = languages, locked
        self._taken: set[str] = set()
        self._uncovered = False
        self._against: Sequence[Message] = ()
        self.merge_button, self.apart_button = Button("git-merge", "primary"), Button()
        self.swap_button, self.eye = Button("refresh-cw"), Button("eye", "tool")
        self._title, self._why = Elided("heading"), words("label", wrap=True)
        self._warning, self._moving = words("warn", wrap=True), words("label", wrap=True)
        self._scroll, inner = QScrollArea(), QWidget()
        self._grid = QGridLayout(inner)
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._stand()
        self._speak()
        self.merge_button.clicked.connect(self.merge_wanted)
        self.apart_button.clicked.connect(self.apart_wanted)
        self.swap_button.clicked.connect(self.swap_wanted)
        self.eye.clicked.connect(self._on_eye)
        languages.changed.connect(self._fill)

    def show_pair(
        self, beside: Beside, reasons: Sequence[Message], against: Sequence[Message]
    ) -> None:
        """Show two records, what speaks for their being one, and what against it."""
        self.beside, self._against = beside, against
        self._taken = set(beside.choices())
        bind = self._languages.bind
        self._title.setText(beside.keep.called)
        said = Message("Perhaps the same: {reasons}", reasons=list(reasons))
        bind(self._why, self._why.setText, said)
        bind(
            self._warning,
            self._warning.setText,
            Message("Against it: {reasons}", reasons=list(against)),
        )
        self._warning.setVisible(bool(against))
        moving = counts(beside.moving)
        text = (
            Message("Moves along: {what}", what=moving)
            if moving
            else Message("Nothing moves along.")
        )
        bind(self._moving, self._moving.setText, text)
        for button in (self.merge_button, self.apart_button):
            button.setEnabled(not self._locked)
        self._fill()
        self._scroll.verticalScrollBar().setValue(0)

    def choices(self) -> dict[str, Any]:
        """Return the values the kept record takes over, by field."""
        lines = self.beside.lines if self.beside else ()
        return {one.field: one.dropped for one in lines if one.field in self._taken}

    def take(self, field: str, *, dropped: bool) -> None:
        """Choose for one field the value of the record that goes, or of the one that stays."""
        self._taken = self._taken | {field} if dropped else self._taken - {field}
        self._fill()

    def result(self, field: str) -> str:
        """Return what a field will say after merging."""
        one = next(one for one in self._lines() if one.field == field)
        return self._said(one, one.dropped if field in self._taken else one.kept)

    def _lines(self) -> list[Line]:
        lines = self.beside.lines if self.beside else ()
        return [one for one in lines if one.field not in _BOTH]

    def _fill(self) -> None:
        """Lay out one line a field that differs."""
        if self.beside is None:
            return
        clear(self._grid)
        keep, drop = self.beside.keep, self.beside.drop
        heads = (N_("Stays"), keep.called), (N_("Goes"), drop.called), (N_("Result"), "")
        for column, (word, name) in enumerate(heads, 1):
            self._grid.addWidget(self._head(word, name), 0, column)
        for place, one in enumerate(self._lines(), 1):
            self._line(2 * place, one)
        last = 2 * len(self._lines()) + 2
        if not self._lines():
            same = words("label")
            self._languages.bind(same, same.setText, N_("All fields are the same."))
            self._grid.addWidget(same, last, 0, 1, 4)
        self._grid.setRowStretch(last + 1, 1)
        private = [one for one in self._lines() if one.described.private]
        self.eye.setVisible(bool(private) and not self._uncovered)

    def _head(self, word: str, name: str) -> QWidget:
        box, above, below = QWidget(), words("section"), Elided("small")
        box.setSizePolicy(_EQUAL)
        column = QVBoxLayout(box)
        column.setContentsMargins(10, 0, 10, 6)
        column.setSpacing(0)
        column.addWidget(above)
        column.addWidget(below)
        self._languages.bind(above, above.setText, word)
        below.setText(name)
        return box

    def _line(self, row: int, one: Line) -> None:
        assert self.beside is not None, "lines are laid out only for a pair"
        taken = one.field in self._taken
        label, result = words("label", wrap=True), words(wrap=True)
        self._languages.bind(label, label.setText, one.described.label)
        result.setSizePolicy(_EQUAL)
        label.setContentsMargins(0, 9, 0, 9)
        result.setContentsMargins(10, 9, 10, 9)
        result.setAlignment(_TOP)
        result.setText(_breakable(self._said(one, one.dropped if taken else one.kept)) or "—")
        self._grid.addWidget(line(), row - 1, 0, 1, 4)
        self._grid.addWidget(label, row, 0, _TOP)
        for column, (value, dropped) in enumerate(((one.kept, False), (one.dropped, True)), 1):
            pick = _Pick(self._languages, self._said(one, value), chosen=taken is dropped)
            pick.button.clicked.connect(partial(self._on_pick, one.field, dropped))
            self._grid.addWidget(pick, row, column)
        self._grid.addWidget(result, row, 3)

    def _on_pick(self, field: str, dropped: bool, _clicked: bool = False) -> None:
        self.take(field, dropped=dropped)

    def _on_eye(self) -> None:
        self._uncovered = True
        self._fill()

    def _said(self, one: Line, value: Any) -> str:
        """Return a value as people read it; numbers of people are covered until asked."""
        assert self.beside is not None, "values are said only for a pair"
        field = one.described
        if field.kind is Kind.REF:
            return self.beside.names.get(value, "")
        lang = self._languages.language
        return field.show(value, lang) if self._uncovered else field_text(field, value, lang)

    def _stand(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 16, 12)
        head.setSpacing(8)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        for part in (self._title, self._why, self._warning):
            lines.addWidget(part)
        head.addLayout(lines, 1)
        head.addWidget(self.eye, 0, _TOP)
        head.addWidget(self.swap_button, 0, _TOP)
        self._grid.setContentsMargins(20, 14, 16, 16)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, _LABEL)
        for column in (1, 2, 3):
            self._grid.setColumnStretch(column, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self._moving, 1)
        foot.addWidget(self.apart_button)
        foot.addWidget(self.merge_button)
        self.body.addLayout(head)
        self.body.addWidget(line())
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(line())
        self.body.addLayout(foot)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self.merge_button, self.merge_button.setText, N_("Merge"))
        bind(self.apart_button, self.apart_button.setText, N_("Not the same"))
        bind(self.swap_button, self.swap_button.setText, N_("Keep the other one"))
        bind(self.eye, self.eye.name, N_("Show numbers in full"))
        bind(self._scroll, self._scroll.setAccessibleName, N_("Fields that differ"))


class _Pick(Card):
    """One of two values; the chosen one wears a tick, the other a word to press."""

    def __init__(self, languages: Languages, text: str, *, chosen: bool) -> None:
        super().__init__(padding=0, gap=0, surface="hint" if chosen else "")
        self.setSizePolicy(_EQUAL)
        self.button, self._chosen = Button(kind="link"), chosen
        value: QLabel = words(wrap=True)
        value.setText(_breakable(text) or "—")
        self._row = row = QHBoxLayout()
        row.setContentsMargins(10, 5, 8, 5)
        row.setSpacing(6)
        row.addWidget(value, 1)
        if chosen:
            row.addWidget(IconLabel("check", "accent_ink", 16), 0, _TOP)
        else:
            row.addWidget(self.button, 0, _TOP)
            languages.bind(self.button, self.button.setText, N_("Use this"))
            said = Message("Use this: {value}", value=text)
            languages.bind(self.button, self.button.setAccessibleName, said)
        dress(value, "role", "" if chosen else "body2")
        self.body.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the word to press under its value where there is no room beside it."""
        super().resizeEvent(event)
        below = not self._chosen and self.width() < _NARROW
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if below else way.LeftToRight)


def _breakable(text: str) -> str:
    """Return a text whose long numbers may go on in the next line; a label cuts them off."""
    return _LONG.sub("\\g<0>\u200b", text)


def merged_words(count: int) -> Message:
    """Return how many merges stand."""
    return Message(NN_("{n} merge", "{n} merges"), n=count)
