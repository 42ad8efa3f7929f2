"""The rows of a file before they are written, as a list that can be typed into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from xqhz_desktop.i18n import NN_, Language, Message
from xqhz_desktop.services.staged import Staged, StagedRow, State
from xqhz_desktop.ui.models.staged_sheet import Cell, StagedSheet

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `Cell` to paint."""
SOURCE_ROLE = Qt.ItemDataRole.UserRole + 2
"""Of a column's header: where it stands in the file, as “E 证件号码”."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Group:
    """A line above rows of one sort; a folded one hides them."""

    title: str
    about: str
    rows: tuple[StagedRow, ...]
    state: State | None = None


class StagedModel(QAbstractTableModel):
    """Some rows of a staged file, in groups or plain, as `show` is given them."""

    typed = Signal(object, str, str)
    """A `StagedRow`, the name of a value and the text typed into its cell."""

    def __init__(self, staged: Staged, lang: Language, parent: QObject | None = None) -> None:
        """Show every row at first."""
        super().__init__(parent)
        self.locked = False
        """Nothing can be typed while something is worked out."""
        self.sheet = StagedSheet(staged)
        self.entries: list[Group | StagedRow] = list(staged.rows)
        self._folded: set[str] = set()
        self._shown: Sequence[Group | StagedRow] = staged.rows
        self._lang = lang

    @property
    def rows(self) -> list[StagedRow]:
        """Return the rows in view."""
        return [one for one in self.entries if isinstance(one, StagedRow)]

    def take(self, staged: Staged) -> None:
        """Know another state of the file; rows are shown by the next call of `show`."""
        self.beginResetModel()
        self.sheet = StagedSheet(staged)
        self._shown, self.entries = (), []
        self.endResetModel()

    def show(self, some: Sequence[Group | StagedRow]) -> None:
        """Show rows, those of a group under its line."""
        self.beginResetModel()
        self._shown = some
        self.entries = []
        for one in some:
            self.entries.append(one)
            if isinstance(one, Group) and one.title not in self._folded:
                self.entries += one.rows
        self.endResetModel()

    def fold(self, place: int) -> None:
        """Hide the rows of a group, or show them again."""
        group = self.entries[place]
        if isinstance(group, Group):
            self._folded ^= {group.title}
            self.show(self._shown)

    def speak(self, lang: Language) -> None:
        """Show another language."""
        self._lang = lang
        self.show(self._shown)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines shown."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns: row, result, and those of the file."""
        return 0 if parent.isValid() else self.sheet.width

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title, or where it stands in the file."""
        within = 0 <= section < self.sheet.width
        if orientation is not Qt.Orientation.Horizontal or not within:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == SOURCE_ROLE:
            return self.sheet.source(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._lang.say(self.sheet.label(section))
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell, its text with what is wrong for those who hear it, or what to edit."""
        if not index.isValid() or index.row() >= len(self.entries):
            return None
        if role == CELL_ROLE:
            return self.cell(index.row(), index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            cell = self.cell(index.row(), index.column())
            return " ".join(filter(None, (cell.text, cell.below)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cell(index.row(), index.column()).below or None
        if role == Qt.ItemDataRole.EditRole:
            row = self.entries[index.row()]
            if isinstance(row, StagedRow) and row.sheet:
                return self.sheet.written(row, index.column())
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a cell of the file be typed anew, where the sheet has its column."""
        row = self.entries[index.row()] if index.isValid() else None
        if isinstance(row, Group):
            return Qt.ItemFlag.ItemIsEnabled
        found = super().flags(index)
        if row is None or self.locked or not self.sheet.editable(row, index.column()):
            return found
        return found | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; the row shows it once it has been checked."""
        row = self.entries[index.row()]
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, StagedRow):
            return False
        if str(value) == self.data(index, role):
            return False
        self.typed.emit(row, self.sheet.field(index.column()), str(value))
        return True

    def cell(self, place: int, column: int) -> Cell:
        """Return what a cell says."""
        row = self.entries[place]
        if isinstance(row, StagedRow):
            return self.sheet.cell(row, column, self._lang)
        return _head(row, column, row.title in self._folded, self._lang)


def _head(group: Group, column: int, folded: bool, lang: Language) -> Cell:
    if column:
        return Cell("", group=True)
    title = f"{'▸' if folded else '▾'}  {lang.say(group.title)} {len(group.rows)}"
    return Cell(title, lang.say(group.about), state=group.state, group=True)


def outlook(staged: Staged) -> Message:
    """Say in one sentence what an import would do."""
    counts = _counted(staged)
    text = NN_(
        "{n} row: {new} new, {changed} changed, {errors} with errors.",
        "{n} rows: {new} new, {changed} changed, {errors} with errors.",
    )
    return Message(text, **counts)


def outcome(staged: Staged) -> Message:
    """Say in one sentence what an import did."""
    counts = _counted(staged)
    text = NN_(
        "{n} row: {new} added, {changed} updated, {errors} failed.",
        "{n} rows: {new} added, {changed} updated, {errors} failed.",
    )
    return Message(text, **counts)


def _counted(staged: Staged) -> dict[str, int]:
    written = [row.state for row in staged.to_write()]
    return {
        "n": len(staged.rows),
        "new": written.count(State.NEW),
        "changed": written.count(State.CHANGED),
        "errors": staged.counts["errors"],
    }
