"""Copying blocks of a sheet to Excel and WPS, and pasting them with a preview."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.spreadsheets import block
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.sheet_pasting import SheetPasting
from xqhz_desktop.ui.models.book import Face
from xqhz_desktop.ui.models.entries import FACE_ROLE
from xqhz_desktop.ui.models.sheet_paste import planned
from xqhz_desktop.ui.widgets.typing_grid import TypingGrid


class SheetClipboard:
    """What the clipboard keys do on a grid."""

    def __init__(self, page: QWidget, context: Context, grid: TypingGrid) -> None:
        """Work on a grid of a page."""
        self._page, self._context, self._grid = page, context, grid
        grid.copy_wanted.connect(self.copy)
        grid.paste_wanted.connect(self.paste)

    def copy(self) -> None:
        """Copy the selected block; the whole sheet goes with its names and heads."""
        rows = self._rows()
        if not rows:
            return
        data = QMimeData()
        data.setText(block.as_text(rows))
        data.setHtml(block.as_html(rows, [True] * len(rows[0])))
        QGuiApplication.clipboard().setMimeData(data)
        n = len(rows) * len(rows[0])
        self._context.say(Message(NN_("{n} cell copied", "{n} cells copied"), n=n))

    def paste(self) -> None:
        """Show what the block on the clipboard would change, and write it when told so."""
        book = self._grid.entries.book
        if book is None or self._context.work.read_only:
            return
        try:
            rows = block.read(QGuiApplication.clipboard().text())
        except UserError as error:
            self._context.complain(error)
            return
        if not rows:
            self._context.say(Message("There is nothing on the clipboard to paste."))
            return
        span = self._grid.block()
        plan = planned(self._grid.entries, rows, span)
        dialog = SheetPasting(self._page, self._context.languages, self._grid.entries, plan)
        dialog.open()

    def _rows(self) -> list[list[str]]:
        model, span = self._grid.entries, self._grid.block()
        if model.book is None or span.left() < 0:
            return []
        across, down = range(span.left(), span.right() + 1), range(span.top(), span.bottom() + 1)
        whole = span.width() == model.columnCount() and span.height() == model.rowCount()
        rows = [[self._copied(row, column, seen=whole) for column in across] for row in down]
        if not whole:
            return rows
        say = self._context.languages.say
        heads = [say(N_("Name")), *(say(model.book.title(column).text) for column in across)]
        return [heads, *([model.book.called(row)[0], *cells] for row, cells in enumerate(rows))]

    def _copied(self, row: int, column: int, *, seen: bool) -> str:
        """Return what is typed; of a whole sheet what one sees, leaves and sums too."""
        index = self._grid.entries.index(row, column)
        typed = index.data(Qt.ItemDataRole.EditRole)
        if typed or (typed is not None and not seen):
            return str(typed)
        face: Face = index.data(FACE_ROLE)
        return face.text
