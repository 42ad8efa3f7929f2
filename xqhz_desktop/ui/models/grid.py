"""A grid people type into: rows by key under named columns, and what its cells look like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from xqhz_desktop.i18n import Language, Message
from xqhz_desktop.services.text_entry import Place

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole `GridCell`."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class GridCell:
    """What a cell says and how it looks."""

    text: str
    below: str = ""
    tone: str = ""
    """A pill of this tone."""
    edited: bool = False
    wrong: bool = False
    locked: bool = False
    number: bool = False


class GridModel(QAbstractTableModel):
    """Shows rows; subclasses say what a cell and a title are, and which cells take texts."""

    WIDTHS: Mapping[str, int] = {}
    """Widths of columns by name; others are as wide as a score."""
    YIELDING: Sequence[str] = ()
    """Columns that go where there is no room, the first ones first."""

    def __init__(self, lang: Language, parent: QObject) -> None:
        """Show nothing yet; the first column takes the room that is left."""
        super().__init__(parent)
        self.lang = lang
        self.columns: tuple[str, ...] = ("name",)
        self.keys: list[str] = []
        self.wrong: dict[Place, Message] = {}

    def cell(self, key: str, name: str) -> GridCell:
        """Return what a cell says."""
        raise NotImplementedError

    def title(self, name: str) -> str:
        """Return the title of a column."""
        raise NotImplementedError

    def takes(self, key: str, name: str) -> bool:
        """Tell whether a cell can be typed into."""
        raise NotImplementedError

    def speak(self, lang: Language) -> None:
        """Say everything in another language."""
        self.beginResetModel()
        self.lang = lang
        self.endResetModel()

    def place(self, index: Index) -> Place:
        """Return key and column of a cell."""
        return self.keys[index.row()], self.columns[index.column()]

    def wrong_cells(self) -> list[tuple[int, int]]:
        """Return rows and columns of the cells that hold no value, from the top."""
        rows = {key: row for row, key in enumerate(self.keys)}
        return sorted(
            (rows[key], self.columns.index(name))
            for key, name in self.wrong
            if key in rows and name in self.columns
        )

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title; those of columns people type into stand at the right."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        name = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
            number = bool(self.keys) and self.cell(self.keys[0], name).number
            return (right if number else left) | Qt.AlignmentFlag.AlignVCenter
        return self.title(name) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell, its text with what is wrong for those who hear it, or what to edit."""
        if not index.isValid() or index.row() >= len(self.keys):
            return None
        cell = self.cell(*self.place(index))
        if role == CELL_ROLE:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(filter(None, (cell.text, cell.below)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.below or None
        return cell.text if role == Qt.ItemDataRole.EditRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let texts be typed where they are taken."""
        found = super().flags(index)
        if not index.isValid() or not self.takes(*self.place(index)):
            return found
        return found | Qt.ItemFlag.ItemIsEditable
