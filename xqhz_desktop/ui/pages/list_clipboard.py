"""Copying rows of a list to Excel and WPS, and pasting a block of cells over it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from xqhz_desktop.domain.fields import NUMBERS, Field, Kind
from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import CODES, NN_, Language, Message, language
from xqhz_desktop.services.pasting import Place, headed
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.spreadsheets import block
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.pasting import Paste, PasteDialog
from xqhz_desktop.ui.models.columns import Column, described, shown
from xqhz_desktop.ui.tasks import Progress

if TYPE_CHECKING:  # the page makes its clipboard with this module
    from xqhz_desktop.ui.pages.records import RecordsPage

_PAGE = 500
_TYPED = frozenset({*NUMBERS, Kind.DAY})
"""Kinds Excel may read as what they are; everything else stays the text it is."""


class ListClipboard:
    """What the clipboard keys do on the table of a page."""

    def __init__(self, page: RecordsPage, context: Context) -> None:
        """Work on the rows the table has now."""
        self._page, self._context = page, context

    def copy(self, *, titles: bool) -> None:
        """Copy the selected rows as the list shows them, under their titles where wanted."""
        self._copy(self._page.table.chosen(), self._columns(), titles=titles)

    def copy_cell(self) -> None:
        """Copy the one cell that was clicked."""
        index = self._page.table.currentIndex()
        if index.isValid():
            rowid = self._page.model.found.rows[index.row()]
            self._copy([rowid], [self._page.model.columns[index.column()]], titles=False)

    def paste(self) -> None:
        """Show what the block on the clipboard would change, from the cell that was clicked on."""
        try:
            rows = block.read(QGuiApplication.clipboard().text())
        except UserError as error:
            self._context.complain(error)
            return
        if not rows:
            self._context.say(Message("There is nothing on the clipboard to paste."))
            return
        index = self._page.table.currentIndex()
        columns = self._columns()
        names = [one.name for one in columns]
        first = self._page.model.columns[index.column()].name if index.isValid() else names[0]
        start = names.index(first) if first in names else 0
        titles = headed(self._page.listing.kind, rows, self._called())
        place = self._place(index.row() if index.isValid() else 0, len(rows) - bool(titles))
        given = Paste(rows, place, tuple(columns), start, tuple(titles or ()))
        PasteDialog(self._page, self._context, given).open()

    def _place(self, row: int, height: int) -> Place:
        """Return the rows a block of a height lies over: those selected, or from one on."""
        page = self._page
        selected = tuple(page.table.chosen())
        chip = page.head.chips.value
        given = {page.listing.chips: chip} if chip is not None else {}
        if len(selected) > 1 and height <= len(selected):
            return Place(page.listing.kind, selected, (), given, fixed=True)
        first = page.model.place(selected[0]) if len(selected) > 1 else row
        return Place(page.listing.kind, tuple(page.model.found.rows[first:]), (), given)

    def _columns(self) -> list[Column]:
        """Return the columns in view, from left to right."""
        header = self._page.table.horizontalHeader()
        sections = (header.logicalIndex(place) for place in range(header.count()))
        return [self._page.model.columns[n] for n in sections if not header.isSectionHidden(n)]

    def _called(self) -> dict[str, list[str]]:
        """Return what columns are called, in the list and in forms, in every language."""
        entity, langs = self._page.listing.entity, [language(code) for code in CODES]
        return {
            one.name: [
                lang.say(label)
                for lang in langs
                for label in (one.label, _field(entity, one).label)
            ]
            for one in self._page.model.columns
        }

    def _copy(self, rowids: list[int], columns: list[Column], *, titles: bool) -> None:
        if not rowids:
            return
        lang = self._context.languages.language
        what = partial(_rows, self._context.work, self._page.listing.kind, rowids)
        job = partial(what, (columns, lang, titles))
        done = partial(self._on_copied, len(rowids), columns)
        self._context.tasks.run(self._page, job, done, self._context.complain)

    def _on_copied(self, count: int, columns: list[Column], rows: list[list[str]]) -> None:
        entity = self._page.listing.entity
        texts = [_field(entity, one).kind not in _TYPED for one in columns]
        data = QMimeData()
        data.setText(rows[0][0] if len(rows) == len(rows[0]) == 1 else block.as_text(rows))
        data.setHtml(block.as_html(rows, texts))
        QGuiApplication.clipboard().setMimeData(data)
        self._context.say(Message(NN_("{n} row copied", "{n} rows copied"), n=count))


def _rows(
    work: Work,
    kind: str,
    rowids: list[int],
    shape: tuple[list[Column], Language, bool],
    progress: Progress,
) -> list[list[str]]:
    """Return the texts of rows as a list shows them, titles first where they are wanted."""
    columns, lang, titles = shape
    found = [[lang.say(one.label) for one in columns]] if titles else []
    with work.store.read() as reader:
        for start in range(0, len(rowids), _PAGE):
            progress(start, len(rowids))
            for row in queries.rows(reader, kind, rowids[start : start + _PAGE]):
                if row is not None:
                    found.append([_text(row, one, lang) for one in columns])
    return found


def _field(entity: type[Record], column: Column) -> Field:
    return column.own or described(entity, column.name)


def _text(row: Row, column: Column, lang: Language) -> str:
    """Return the value alone, without what it is measured against."""
    return column.text(row, lang) if column.own else shown(row, column.name, lang)
