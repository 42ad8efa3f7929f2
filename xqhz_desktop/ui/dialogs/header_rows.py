"""表头在哪几行: the first rows of a sheet, of which the user marks those with the column names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.spreadsheets.mapping import letter
from xqhz_desktop.spreadsheets.sheet import Sheet
from xqhz_desktop.spreadsheets.texts import text
from xqhz_desktop.ui.language import Languages
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.card import words

_ROWS, _COLUMNS = 40, 40
"""How much of a sheet is shown."""
_MOST = 5
"""Rows of column names; more are data."""


class HeaderRows(QDialog):
    """Shows how a sheet begins; `chosen` tells the sheet and its first and last header row."""

    chosen = Signal(str, object)
    """The sheet's name, and the two row numbers, or None to leave it to the program."""

    def __init__(
        self,
        parent: QWidget,
        languages: Languages,
        sheets: Sequence[Sheet],
        found: Mapping[str, Sequence[int]],
    ) -> None:
        """Show the first sheet; `found` are the rows taken now, by sheet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._languages, self._sheets, self._found = languages, sheets, found
        self.sheet, self.table = QComboBox(), QTableWidget()
        self.ok, self.cancel, self.restore = Button(kind="primary"), Button(), Button(kind="quiet")
        self._about, self._said = words("body2", wrap=True), words("label")
        self._stand()
        self._speak()
        self.sheet.currentIndexChanged.connect(self._fill)
        self.table.itemSelectionChanged.connect(self._on_selected)
        self.ok.clicked.connect(self._on_ok)
        self.cancel.clicked.connect(self.reject)
        self.restore.clicked.connect(self._on_restore)
        self._fill(0)

    @property
    def rows(self) -> tuple[int, int] | None:
        """Return the first and last row marked, as the sheet counts them; None without any."""
        marked = sorted({one.row() for one in self.table.selectedIndexes()})
        if not marked:
            return None
        numbers = [number for number, _cells in self._now.rows[:_ROWS]]
        return numbers[marked[0]], numbers[marked[-1]]

    @property
    def _now(self) -> Sheet:
        return self._sheets[max(self.sheet.currentIndex(), 0)]

    def _fill(self, _place: int) -> None:
        """Show the first rows of the sheet; those taken now are marked."""
        some = self._now.rows[:_ROWS]
        width = min(max((len(cells) for _number, cells in some), default=0), _COLUMNS)
        self.table.clear()
        self.table.setRowCount(len(some))
        self.table.setColumnCount(width)
        self.table.setVerticalHeaderLabels([str(number) for number, _cells in some])
        self.table.setHorizontalHeaderLabels([letter(place) for place in range(width)])
        taken = self._found.get(self._now.name, ())
        marked = QItemSelection()
        for place, (number, cells) in enumerate(some):
            for column, value in enumerate(cells[:width]):
                self.table.setItem(place, column, QTableWidgetItem(" ".join(text(value).split())))
            if number in taken:
                model = self.table.model()
                marked.select(model.index(place, 0), model.index(place, width - 1))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.table.selectionModel().select(marked, flags)
        self._on_selected()

    def _on_selected(self) -> None:
        rows = self.rows
        few = rows is not None and rows[1] - rows[0] < _MOST
        self.ok.setEnabled(few)
        said = Message("Mark one row, or up to {n} rows.", n=_MOST)
        if rows is not None and few:
            first, last = map(str, rows)
            said = Message("Column names in rows {first}–{last}", first=first, last=last)
            if first == last:
                said = Message("Column names in row {first}", first=first)
        self._languages.bind(self._said, self._said.setText, said)

    def _on_ok(self) -> None:
        self.chosen.emit(self._now.name, self.rows)
        self.accept()

    def _on_restore(self) -> None:
        self.chosen.emit(self._now.name, None)
        self.accept()

    def _stand(self) -> None:
        self.sheet.addItems([one.name for one in self._sheets])
        self.sheet.setVisible(len(self._sheets) > 1)
        self.restore.setVisible(bool(self._found))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(False)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        for button in (self.restore, self.cancel, self.ok):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._about)
        column.addWidget(self.sheet)
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.resize(820, 520)

    def _speak(self) -> None:
        bind = self._languages.bind
        bind(self, self.setWindowTitle, N_("Where the column names stand"))
        text = N_("Mark the row with the column names; drag over two or three where there are.")
        bind(self._about, self._about.setText, text)
        bind(self.sheet, self.sheet.setAccessibleName, N_("Worksheet"))
        bind(self.table, self.table.setAccessibleName, N_("How the sheet begins"))
        bind(self.ok, self.ok.setText, N_("Read it so"))
        bind(self.restore, self.restore.setText, N_("As recognised"))
        bind(self.cancel, self.cancel.setText, N_("Cancel"))
