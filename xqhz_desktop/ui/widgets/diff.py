"""What a step changed: record by record, field by field, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.services.history import FieldChange
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import clear, words

_MOST = 40
"""Records shown; the rest is told by its number."""


class Diff(QScrollArea):
    """A column of records with their changed fields."""

    def __init__(self, context: Context) -> None:
        """Make it empty."""
        super().__init__()
        self._context = context
        self._changes: Sequence[FieldChange] = ()
        self._records = 0
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(20, 14, 20, 20)
        self._column.setSpacing(8)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        context.languages.bind(self, self.setAccessibleName, N_("What this step changed"))
        context.languages.changed.connect(self._fill)

    def show_changes(self, changes: Sequence[FieldChange], records: int) -> None:
        """Show the fields of a step that touched so many records."""
        self._changes, self._records = changes, records
        self._fill()

    def _fill(self) -> None:
        clear(self._column)
        groups = [list(these) for _key, these in groupby(self._changes, lambda c: (c.kind, c.id))]
        for group in groups[:_MOST]:
            self._column.addLayout(self._record(group[0]))
            self._column.addWidget(self._fields(group))
        hidden = self._records - min(len(groups), _MOST)
        if hidden > 0:
            more = words("small")
            text = Message("and {n} more records", n=hidden)
            self._context.languages.bind(more, more.setText, text)
            self._column.addWidget(more)
        self._column.addStretch(1)

    def _record(self, change: FieldChange) -> QHBoxLayout:
        name, kind = words("section"), words("small")
        languages = self._context.languages
        name.setText(change.called or "—")
        languages.bind(kind, kind.setText, BY_KIND[change.kind].LABEL)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(name)
        row.addWidget(kind)
        row.addStretch(1)
        if change.kind in BY_NAME:
            button = Button(kind="link")
            languages.bind(button, button.setText, N_("Open"))
            go = partial(self._context.navigate, change.kind, None, change.id)
            button.clicked.connect(partial(_call, go))
            row.addWidget(button)
        return row

    def _fields(self, group: Sequence[FieldChange]) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 132)
        grid.setColumnStretch(1, 1)
        for number, change in enumerate(group):
            self._line(grid, number, change)
        return table

    def _line(self, grid: QGridLayout, number: int, change: FieldChange) -> None:
        languages = self._context.languages
        field = change.described
        label, value = words("small"), words(wrap=True)
        value.setTextFormat(Qt.TextFormat.PlainText)
        languages.bind(label, label.setText, field.label)
        before, after = self._shown(change, change.before), self._shown(change, change.after)
        arrow = Message("{before}  →  {after}", before=before, after=after)
        match bool(before), bool(after):
            case True, True:
                text = arrow
            case False, _:
                text = Message("{after}", after=after)
            case _:
                text = Message("{before} (removed)", before=before)
        languages.bind(value, value.setText, text)
        grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, number, 1)

    def _shown(self, change: FieldChange, value: Any) -> str:
        field = change.described
        if value in (None, ""):
            return ""
        if field.kind is Kind.REF:
            with self._context.work.store.read() as reader:
                return reader.names(field.target, [value]).get(value, str(value)[:8])
        return field.show(value, self._context.languages.language)


def _call(go: Any, *_clicked: object) -> None:
    go()
