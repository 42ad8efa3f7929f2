"""The rows of a file before they are written: what would happen to each, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from xqhz_desktop.domain import BY_KIND, codes, identity
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.importing import Staged, StagedRow, State
from xqhz_desktop.spreadsheets.kinds import KINDS, Column, ImportKind

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `Cell` to paint."""

_FIRST = (N_("Row"), N_("Result"))
"""Columns before those of the file."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Cell:
    """What a cell says: its value, and what was there before or is wrong with it."""

    text: str
    below: str = ""
    wrong: bool = False
    warned: bool = False
    changed: bool = False
    state: State | None = None


class StagedModel(QAbstractTableModel):
    """Some rows of a staged file; which ones is chosen by `show_rows`."""

    def __init__(self, staged: Staged, lang: Language, parent: QObject | None = None) -> None:
        """Show every row at first; columns nobody filled are left out."""
        super().__init__(parent)
        self.staged = staged
        self.rows: list[StagedRow] = list(staged.rows)
        self._lang = lang
        self._kind: ImportKind = next(one for one in KINDS if one.name == staged.understood.kind)
        filled = {name for row in staged.rows for name, value in row.values.items() if value}
        said = {one.field for row in staged.rows for one in (*row.errors, *row.warnings)}
        self._columns: list[Column] = [
            one for one in self._kind.columns if one.name in filled | said
        ]

    def show_rows(self, rows: Sequence[StagedRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def speak(self, lang: Language) -> None:
        """Show another language."""
        self.beginResetModel()
        self._lang = lang
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns: row, result, and those of the file."""
        return 0 if parent.isValid() else len(self._columns) + len(_FIRST)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        labels = [*_FIRST, *(one.label for one in self._columns)]
        return self._lang.say(labels[section]) if 0 <= section < len(labels) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell, or its text with what is wrong for those who hear it."""
        if not index.isValid():
            return None
        if role == CELL_ROLE:
            return self.cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self.cell(index.row(), index.column())
            return " ".join(filter(None, (cell.text, cell.below)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index.row(), index.column()).below or None
        return None

    def cell(self, place: int, column: int) -> Cell:
        """Return what a cell says."""
        row = self.rows[place]
        if column == 0:
            return Cell(str(row.row), row.sheet)
        if column == 1:
            whole = [one.message for one in (*row.errors, *row.warnings) if not one.field]
            return Cell(
                self._lang.say(row.state),
                self._lang.say(whole[0]) if whole else "",
                state=row.state,
            )
        return self._value(row, self._columns[column - len(_FIRST)])

    def _value(self, row: StagedRow, column: Column) -> Cell:
        text = shown(column, row.values.get(column.name), self._lang)
        for found, wrong in ((row.errors, True), (row.warnings, False)):
            said = next((one for one in found if one.field == column.name), None)
            if said:
                return Cell(text, self._lang.say(said.message), wrong=wrong, warned=not wrong)
        private = column.name in self._private
        old = {name: before for name, before, _after in row.changes()}
        text = identity.masked(text) if private and text else text
        if column.name not in old:
            return Cell(text)
        before = shown(column, old[column.name], self._lang)
        if private and before:
            before = identity.masked(before)
        return Cell(text, before or self._lang.say(N_("(empty)")), changed=True)

    def wide(self, section: int) -> bool:
        """Tell whether a column has something to say below its values."""
        if section < len(_FIRST):
            return False
        name = self._columns[section - len(_FIRST)].name
        found = (one for row in self.staged.rows for one in (*row.errors, *row.warnings))
        return any(one.field == name for one in found)

    @property
    def _private(self) -> set[str]:
        fields = BY_KIND[self._kind.name].FIELDS if self._kind.name in BY_KIND else {}
        return {name for name, field in fields.items() if field.private}


def outlook(staged: Staged) -> Message:
    """Say in one sentence what an import would do."""
    counts = _counted(staged)
    return Message("{total} rows: {new} new, {changed} changed, {errors} with errors.", **counts)


def outcome(staged: Staged) -> Message:
    """Say in one sentence what an import did."""
    counts = _counted(staged)
    return Message("{total} rows: {new} added, {changed} updated, {errors} failed.", **counts)


def _counted(staged: Staged) -> dict[str, int]:
    counts = staged.counts
    return {
        "total": len(staged.rows),
        "new": counts["new"],
        "changed": counts["changed"] if staged.update else 0,
        "errors": counts["errors"],
    }


def shown(column: Column, value: Any, lang: Language) -> str:
    """Return a value of the file as people read it."""
    if value is None or value == "":
        return ""
    if column.table and isinstance(value, str):
        return codes.name(column.table, value, lang.code)
    return lang.value(value)
