"""Drafts on a records page: kept while somebody types, offered when the page is opened again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from xqhz_desktop.i18n import Message
from xqhz_desktop.services.drafts import Left
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.drafting import Drafting
from xqhz_desktop.ui.widgets.draft_bar import DraftBar
from xqhz_desktop.ui.widgets.draft_note import DraftNote

if TYPE_CHECKING:  # the page makes its drafts with this module
    from xqhz_desktop.ui.pages.records import RecordsPage


class ListDrafts(QObject):
    """Joins the form of a page to the drafts of its kind."""

    def __init__(self, page: RecordsPage, context: Context) -> None:
        """Put the bar above the list and the note above the form; both are empty."""
        super().__init__(page)
        self._page, self._context, self._pane = page, context, page.pane
        self._wanted = ""
        self.drafting = Drafting(context, self._pane.form, self._is_new)
        self.bar = DraftBar(context, page.listing.kind)
        self.note = DraftNote(context.languages)
        column = page.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(1, self.bar)
        self._pane.notes.addWidget(self.note)
        self.drafting.written.connect(self._on_written)
        self.bar.wanted.connect(self._on_wanted)
        self.bar.loaded.connect(self._on_loaded)
        self.note.restored.connect(self._on_restored)
        self.note.discarded.connect(self._on_discarded)
        self._pane.form.shown.connect(self._offer)
        context.changed.connect(self._on_changed)
        if not context.work.read_only:
            self.bar.load()

    def resume(self, id: str) -> None:
        """Go on with a draft by its id, once the drafts have been read."""
        self._wanted = id
        self.bar.load()

    def _is_new(self) -> bool:
        return self._pane.new

    @property
    def _mine(self) -> Left | None:
        """Return the draft of the record in the form."""
        row = self._pane.row
        some = (one for one in self.bar.some if row and one.draft.record == row.record.id)
        return next(some, None)

    def _offer(self) -> None:
        """Say above the form what draft there is of its record, or restore the one asked for."""
        mine = self._mine
        if mine is not None and mine.draft.id == self._wanted:
            self._restore(mine)
            return
        form = self._pane.form
        self.note.show_draft(mine, {name: one.field for name, one in form.fields.items()})

    def _restore(self, one: Left) -> None:
        self._wanted = ""
        self.note.hide()
        self.drafting.restore(one)

    def _on_loaded(self) -> None:
        wanted = next((one for one in self.bar.some if one.draft.id == self._wanted), None)
        if wanted is not None:
            self._on_wanted(wanted)
        elif not self._pane.form.unsaved:
            self._offer()

    def _on_wanted(self, one: Left) -> None:
        if self._page._leaving.may(partial(self._go_on, one)):
            self._go_on(one)

    def _go_on(self, one: Left) -> None:
        """Open the record of a draft, or begin it anew where it was never saved."""
        self._wanted = one.draft.id
        if one.gone:
            self._wanted = ""
            text = Message(
                "{name} was removed meanwhile. Bring it back from the recycle bin first.",
                name=one.called,
            )
            self._context.say(text)
        elif one.draft.new:
            self._pane.show()
            self._pane.show_new({}, {}, one.draft.record)
        elif self._pane.row and self._pane.row.record.id == one.draft.record:
            self._restore(one)
        else:
            self._page.show_record(one.draft.record)

    def _on_restored(self) -> None:
        if (mine := self._mine) is not None:
            self._restore(mine)

    def _on_discarded(self) -> None:
        if (mine := self._mine) is not None:
            self.bar.discard(mine)

    def _on_written(self) -> None:
        if self.bar.some:
            self.bar.load()

    def _on_changed(self, kinds: set[str]) -> None:
        if self._page.listing.kind in kinds and self.bar.some:
            self.bar.load()
