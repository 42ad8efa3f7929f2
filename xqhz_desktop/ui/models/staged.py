"""The rows of a file before they are written: what would happen to each, cell by cell."""

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

from xqhz_desktop.domain import BY_KIND, codes, identity
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.staged import Staged, StagedRow, State
from xqhz_desktop.spreadsheets.correcting import places, source_of
from xqhz_desktop.spreadsheets.kinds import KINDS, Column, ImportKind
from xqhz_desktop.spreadsheets.mapping import letter

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `Cell` to paint."""
SOURCE_ROLE = Qt.ItemDataRole.UserRole + 2
"""Of a column's header: where it stands in the file, as “E 证件号码”."""

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
    group: bool = False


@dataclass(frozen=True)
class Group:
    """A line above rows of one sort; a folded one hides them."""

    title: str
    about: str
    rows: tuple[StagedRow, ...]
    state: State | None = None


class StagedModel(QAbstractTableModel):
    """Some rows of a staged file, in groups or plain; `show_groups` and `show_rows` choose."""

    typed = Signal(object, str, str)
    """A `StagedRow`, the name of a value and the text typed into its cell."""

    def __init__(self, staged: Staged, lang: Language, parent: QObject | None = None) -> None:
        """Show every row at first; columns nobody filled are left out."""
        super().__init__(parent)
        self.locked = False
        """Nothing can be typed while something is worked out."""
        self.entries: list[Group | StagedRow] = []
        self.folded: set[str] = set()
        self._groups: list[Group] = []
        self._lang = lang
        self._kind: ImportKind = next(one for one in KINDS if one.name == staged.understood.kind)
        self.take(staged)
        self.show_rows(staged.rows)

    @property
    def rows(self) -> list[StagedRow]:
        """Return the rows in view."""
        return [one for one in self.entries if isinstance(one, StagedRow)]

    def take(self, staged: Staged) -> None:
        """Know another state of the file; rows are shown by the next call."""
        self.staged = staged
        everyone = (*staged.rows, *staged.gone)
        filled = {name for row in everyone for name, value in row.values.items() if value}
        said = {one.field for row in staged.rows for one in (*row.errors, *row.warnings)}
        self._places: dict[str, dict[str, int]] = {}
        self._sources: dict[str, str] = {}
        for plan in staged.understood.sheets:
            if plan.header:
                self._places[plan.name] = places(plan.header, self._kind)
                for name, place in self._places[plan.name].items():
                    heading = f"{letter(place)} {plan.header.texts.get(place, '')}"
                    self._sources.setdefault(name, heading.strip())
        if staged.choice.clear:  # a blank column may change something too
            filled |= self._sources.keys()
        self._columns: list[Column] = [
            one for one in self._kind.columns if one.name in filled | said
        ]

    def show_rows(self, rows: Sequence[StagedRow]) -> None:
        """Show these rows without groups."""
        self.beginResetModel()
        self._groups = []
        self.entries = list(rows)
        self.endResetModel()

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show rows under the lines of their groups."""
        self.beginResetModel()
        self._groups = list(groups)
        self.entries = []
        for group in self._groups:
            self.entries.append(group)
            if group.title not in self.folded:
                self.entries += group.rows
        self.endResetModel()

    def fold(self, place: int) -> None:
        """Hide the rows of a group, or show them again."""
        group = self.entries[place]
        if isinstance(group, Group):
            self.folded ^= {group.title}
            self.show_groups(self._groups)

    def speak(self, lang: Language) -> None:
        """Show another language."""
        self.beginResetModel()
        self._lang = lang
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of lines shown."""
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns: row, result, and those of the file."""
        return 0 if parent.isValid() else len(self._columns) + len(_FIRST)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title, or where it stands in the file."""
        if orientation is not Qt.Orientation.Horizontal or section < 0:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == SOURCE_ROLE:
            return self._sources.get(self.field(section), "")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        labels = [*_FIRST, *(one.label for one in self._columns)]
        return self._lang.say(labels[section]) if section < len(labels) else None

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
                name = self.field(index.column())
                return source_of(self.staged.understood, row.sheet, row.row, name)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let a cell of the file be typed anew, where the sheet has its column."""
        row = self.entries[index.row()] if index.isValid() else None
        if isinstance(row, Group):
            return Qt.ItemFlag.ItemIsEnabled
        found = super().flags(index)
        if row is None or self.locked or not row.sheet:
            return found
        typed = self.field(index.column()) in self._places.get(row.sheet, {})
        return found | Qt.ItemFlag.ItemIsEditable if typed else found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; the row shows it once it has been checked."""
        row = self.entries[index.row()]
        if role != Qt.ItemDataRole.EditRole or not isinstance(row, StagedRow):
            return False
        if str(value) == self.data(index, role):
            return False
        self.typed.emit(row, self.field(index.column()), str(value))
        return True

    def field(self, section: int) -> str:
        """Return the name of the value in a column, or nothing for the first two."""
        return "" if section < len(_FIRST) else self._columns[section - len(_FIRST)].name

    def wrong(self, place: int, column: int) -> bool:
        """Tell whether a cell has an error."""
        row = self.entries[place]
        name = self.field(column)
        return isinstance(row, StagedRow) and any(one.field == name for one in row.errors)

    def cell(self, place: int, column: int) -> Cell:
        """Return what a cell says."""
        row = self.entries[place]
        if isinstance(row, Group):
            return _head(row, column, row.title in self.folded, self._lang)
        if column == 0:
            sheet = row.sheet if len(self._places) > 1 else ""
            return Cell(str(row.row) if row.row else "—", sheet)
        if column == 1:
            return Cell(self._lang.say(row.state), self._beside(row), state=row.state)
        return self._value(row, self._columns[column - len(_FIRST)])

    def _beside(self, row: StagedRow) -> str:
        """Return what is to be said of a whole row."""
        if row.state is State.GONE and row.old:
            status = self.staged.choice.gone.get(row.old.id)
            return self._lang.say(status) if status else ""
        whole = [one.message for one in (*row.errors, *row.warnings) if not one.field]
        return self._lang.say(whole[0]) if whole else ""

    def _value(self, row: StagedRow, column: Column) -> Cell:
        text = shown(column, row.values.get(column.name), self._lang)
        for found, wrong in ((row.errors, True), (row.warnings, False)):
            said = next((one for one in found if one.field == column.name), None)
            if said:
                written = row.raw.get(column.name) or text
                return Cell(written, self._lang.say(said.message), wrong=wrong, warned=not wrong)
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
        name = self.field(section)
        found = (one for row in self.staged.rows for one in (*row.errors, *row.warnings))
        return bool(name) and any(one.field == name for one in found)

    @property
    def _private(self) -> set[str]:
        fields = BY_KIND[self._kind.name].FIELDS if self._kind.name in BY_KIND else {}
        return {name for name, field in fields.items() if field.private}


def _head(group: Group, column: int, folded: bool, lang: Language) -> Cell:
    if column:
        return Cell("", group=True)
    title = f"{'▸' if folded else '▾'}  {lang.say(group.title)} {len(group.rows)}"
    return Cell(title, lang.say(group.about), state=group.state, group=True)


def outlook(staged: Staged) -> Message:
    """Say in one sentence what an import would do."""
    counts = _counted(staged)
    return Message("{total} rows: {new} new, {changed} changed, {errors} with errors.", **counts)


def outcome(staged: Staged) -> Message:
    """Say in one sentence what an import did."""
    counts = _counted(staged)
    return Message("{total} rows: {new} added, {changed} updated, {errors} failed.", **counts)


def _counted(staged: Staged) -> dict[str, int]:
    written = [row.state for row in staged.to_write()]
    return {
        "total": len(staged.rows),
        "new": written.count(State.NEW),
        "changed": written.count(State.CHANGED),
        "errors": staged.counts["errors"],
    }


def shown(column: Column, value: Any, lang: Language) -> str:
    """Return a value of the file as people read it."""
    if value is None or value == "":
        return ""
    if column.table and isinstance(value, str):
        return codes.name(column.table, value, lang.code)
    return lang.value(value)
