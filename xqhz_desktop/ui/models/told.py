"""A short list told in words: any objects as rows, two lines a cell, nothing to edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.i18n import Language, Message

TOLD_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole `Said` of a cell."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Said:
    """What a cell says: a line, a smaller one below it, and how it looks."""

    text: str
    below: str = ""
    tone: str = ""
    """A tone of a pill: the first line is one then."""
    icon: str = ""
    """An icon on a tile before the lines."""
    ink: str = ""
    """Another colour of the second line, by its token."""


@dataclass(frozen=True)
class Told:
    """One column: its title, what it says of a row, and its width."""

    label: str
    say: Callable[[Any, Language], Said]
    width: int = 160


class ToldModel(QAbstractTableModel):
    """Shows whatever rows it is given, in that order."""

    def __init__(self, columns: Sequence[Told], lang: Language, parent: QObject) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: list[Any] = []
        self._lang = lang

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def show_columns(self, columns: Sequence[Told]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def speak(self, lang: Language) -> None:
        """Say everything in another language."""
        self.beginResetModel()
        self._lang = lang
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return (
            self._lang.say(self.columns[section].label)
            if role == Qt.ItemDataRole.DisplayRole
            else None
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell, or its lines as one text for those who hear it."""
        if not index.isValid():
            return None
        texts = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if role not in (TOLD_ROLE, Qt.ItemDataRole.ToolTipRole, *texts):
            return None
        said = self.columns[index.column()].say(self.rows[index.row()], self._lang)
        if role == TOLD_ROLE:
            return said
        between = "\n" if role == Qt.ItemDataRole.ToolTipRole else " "
        return between.join(filter(None, (said.text, said.below)))


def counts(by_kind: Mapping[str, int]) -> list[Message]:
    """Return how many of each kind, in words, in the order people meet the kinds."""
    return [
        Message("{kind} {count}", kind=Message(BY_KIND[kind].PLURAL), count=by_kind[kind])
        for kind in BY_KIND
        if by_kind.get(kind)
    ]
