"""The matrix of the check before the start: a row an enterprise or intern, a column an item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from xqhz_desktop.domain.readiness import SHORT, Item
from xqhz_desktop.i18n import N_, Language, Message
from xqhz_desktop.services.preflight import Cell, Row

NAME, PEOPLE, FIRST = 0, 1, 2
"""Sections: the name, how many interns, and the first item."""
ITEMS = tuple(Item)
GAPS = FIRST + len(ITEMS)
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
CELL_ROLE = Qt.ItemDataRole.UserRole + 2
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """Rows as they are filtered and ordered."""

    def __init__(self, language: Language, parent: QObject) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()
        self._language = language

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def speak(self, language: Language) -> None:
        """Say everything in a language."""
        self._language = language
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, GAPS)
        self.layoutChanged.emit()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else GAPS + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if item := item_of(section):
            return self._language.say(SHORT[item])
        heads = {NAME: N_("Enterprise or student"), PEOPLE: N_("Students"), GAPS: N_("Gaps")}
        return self._language.say(heads[section])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows, says to a screen reader, or is made from."""
        row = self.rows[index.row()]
        item = item_of(index.column())
        match role:
            case _ if role == ROW_ROLE:
                return row
            case _ if role == CELL_ROLE:
                return row.cells[item] if item else None
            case Qt.ItemDataRole.DisplayRole if item is None:
                texts = {NAME: row.name, PEOPLE: str(len(row.lines)), GAPS: str(row.gaps)}
                return texts[index.column()]
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole if item:
                return self._language.say(told(row, item))
        return None


def item_of(section: int) -> Item | None:
    """Return the item of a column, None for the others."""
    return ITEMS[section - FIRST] if FIRST <= section < GAPS else None


def told(row: Row, item: Item) -> Message:
    """Say a cell in words: 渝峰智能装备，三方协议，缺 6."""
    cell = row.cells[item]
    return Message("{name}, {item}, {state}", name=row.name, item=item, state=state(cell))


def state(cell: Cell) -> Message:
    """Say the state of a cell."""
    if cell.partly:
        return Message("{n} of {total} missing", n=cell.missing, total=cell.total)
    return Message("{name}", name=cell.state)
