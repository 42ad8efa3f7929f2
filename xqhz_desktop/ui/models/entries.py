"""The model of a sheet people type into: it shows a book, and takes back what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from xqhz_desktop.i18n import Language, Message
from xqhz_desktop.ui.models.book import Book, Face, Typed, TypedTexts

FACE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole `Face` of a cell."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_SEEN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
_OPEN = _SEEN | Qt.ItemFlag.ItemIsEditable
_UNDOS = 200


class Entries(QAbstractTableModel):
    """The model of a sheet: fields first, then sums; a row is worked out again when it changes."""

    edited = Signal()
    """Something was typed, taken back or loaded."""

    def __init__(self, lang: Language, parent: QObject) -> None:
        """Make it without a book."""
        super().__init__(parent)
        self.book: Book | None = None
        self.typed: TypedTexts | None = None
        self._lang = lang
        self._undo: list[list[Typed]] = []
        self._faces: dict[tuple[int, int], Face] = {}
        """Faces that were asked for, until something in their row changes."""
        self._sums = 0

    def show_book(self, book: Book) -> None:
        """Show a book as it is saved; what was typed before is gone."""
        self.beginResetModel()
        self.book, self.typed, self._undo, self._faces = book, TypedTexts(book), [], {}
        self._sums = len(book.sums(0)) if book.keys else 0
        self.endResetModel()
        self.edited.emit()

    def speak(self, lang: Language) -> None:
        """Say heads and tips in another language."""
        self._lang = lang
        last = self.columnCount() - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, last))

    def text(self, row: int, field: str) -> str:
        """Return what stands in a cell now."""
        return self.typed.text(row, field) if self.typed else ""

    @property
    def unsaved(self) -> int:
        """Return how many cells differ from what is saved."""
        return self.typed.unsaved if self.typed else 0

    def write(self, cells: Iterable[Typed]) -> int:
        """Write texts as one thing to undo; return how many cells are others now.

        A text that says nothing stays as it was typed, and is wrong until it is mended.
        """
        assert self.typed is not None, "nothing is typed before there is a sheet"
        put = self.typed.put
        before = [
            (row, field, old)
            for row, field, text in cells
            if (old := put(row, field, text)) is not None
        ]
        if before:
            self._undo = [*self._undo[1 - _UNDOS :], before]
            self._tell({row for row, _field, _old in before})
        return len(before)

    def undo(self) -> bool:
        """Take back what was written last; False when nothing is left."""
        if not self._undo or self.typed is None:
            return False
        back = self._undo.pop()
        for row, field, old in reversed(back):
            self.typed.put(row, field, old)
        self._tell({row for row, _field, _old in back})
        return True

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() or not self.book else len(self.book.keys)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return fields and sums."""
        return 0 if parent.isValid() or not self.book else len(self.book.fields) + self._sums

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells be typed into where the book is open."""
        book, column = self.book, index.column()
        if book is None or column >= len(book.fields):
            return _SEEN
        return _OPEN if book.open(index.row(), book.fields[column]) else _SEEN

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the `Title` of a column or what a row is called, or either in words."""
        if self.book is None:
            return None
        if orientation is Qt.Orientation.Vertical:
            called = self.book.called(section)
            return called if role == FACE_ROLE else _words(role, self._lang, called)
        title = self.book.title(section)
        if role == FACE_ROLE:
            return title
        return _words(role, self._lang, (title.text, title.told or title.below))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the face of a cell, its text, or what is to be said about it."""
        book, typed = self.book, self.typed
        if book is None or typed is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == FACE_ROLE:
            return self._face(row, column)
        field = book.fields[column] if column < len(book.fields) else ""
        if role == Qt.ItemDataRole.EditRole:
            return typed.text(row, field) if field else None
        if role not in _WORDS:
            return None
        face = self._face(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(map(self._lang.say, face.told))
        return _words(role, self._lang, (typed.text(row, field) or face.text, *face.told))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write one cell."""
        if self.book is None or role != Qt.ItemDataRole.EditRole:
            return False
        return self.write([(index.row(), self.book.fields[index.column()], str(value))]) > 0

    def _face(self, row: int, column: int) -> Face:
        face = self._faces.get((row, column))
        if face is None:
            face = self._faces[row, column] = self._made(row, column)
        return face

    def _made(self, row: int, column: int) -> Face:
        book, typed = self.book, self.typed
        if book is None or typed is None:
            return Face()
        if column >= len(book.fields):
            return book.sums(row)[column - len(book.fields)]
        field = book.fields[column]
        text = typed.text(row, field)
        if typed.is_wrong(row, field):
            return Face(text, ink="bad", ground="bad_soft")
        return book.face(row, field, text)

    def _tell(self, rows: set[int]) -> None:
        assert self.typed is not None, "nothing changes before there is a sheet"
        last = self.columnCount() - 1
        for row in rows:
            self.typed.work_out(row)
            for column in range(last + 1):
                self._faces.pop((row, column), None)
        self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), last))
        self.edited.emit()


_WORDS = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


def _words(role: int, lang: Language, parts: Sequence[Message | str]) -> str | None:
    if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return None
    return " ".join(said for part in parts if (said := lang.say(part)))
