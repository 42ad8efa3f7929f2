"""The filters of a list: the last one comes back after a restart, others are kept by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu

from xqhz_desktop.errors import UserError
from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import filters, settings
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs import sharing
from xqhz_desktop.ui.dialogs.naming import NameDialog
from xqhz_desktop.ui.pages.listing import Listing
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.table import RecordsTable

if TYPE_CHECKING:
    from xqhz_desktop.ui.pages.records import RecordsPage

_CHIPS = "chips"
"""Where the computer keeps which field the chips of a list show."""
_CALM = 400
"""Milliseconds after the last letter before a filter is remembered."""


class ListFilters(Button):
    """A button beside the chips with the menu of named filters."""

    chosen = Signal(object)
    """The query of the filter the user picked."""
    chips_wanted = Signal(str)
    """The name of the field whose values the chips are to be."""

    def __init__(self, context: Context, listing: Listing) -> None:
        """Keep the filters of one list."""
        super().__init__("filter", "tool")
        self._context, self.listing = context, listing
        self._school = context.work.folder
        self.query = begun(self._school, listing)
        self._timer = QTimer(self, singleShot=True, interval=_CALM)
        self._timer.timeout.connect(self.flush)
        self.clicked.connect(self._on_clicked)
        context.languages.bind(self, self.name, N_("Saved filters"))

    def note(self, query: Query) -> None:
        """Take note of what the list shows now."""
        if query != self.query:
            self.query = query
            self._timer.start()

    def flush(self) -> None:
        """Remember it for the next start: words, chip and order; no condition nobody can see."""
        self._timer.stop()
        seen = tuple(one for one in self.query.where if one.field == self.listing.chips)
        filters.remember(self._school, replace(self.query, where=seen))

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget nothing when the page or the window goes."""
        super().hideEvent(event)
        if self._timer.isActive():
            self.flush()

    def menu(self) -> QMenu:
        """Return the menu: what is kept, and what can be done with it."""
        say = self._context.languages.say
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        some = filters.named(self._school, self.listing.kind, self.listing.fields)
        for name, query in some.items():
            action = menu.addAction(name.replace("&", "&&"), partial(self.chosen.emit, query))
            action.setCheckable(True)
            action.setChecked(_same(query, self.query))
        menu.addSeparator()
        menu.addAction(say(N_("Save this filter …")), self.ask_name)
        if some:
            renaming = menu.addMenu(say(N_("Rename")))
            removing = menu.addMenu(say(N_("Remove")))
            for name in some:
                text = name.replace("&", "&&")
                renaming.addAction(text, partial(self.ask_rename, name))
                removing.addAction(text, partial(self.drop, name))
        if len(self.listing.chippable) > 1:
            self._add_chips(menu.addMenu(say(N_("Filter at a click by"))))
        menu.addSeparator()
        writing = menu.addAction(say(N_("Save filters to a file …")), self._on_write)
        writing.setEnabled(bool(some))
        menu.addAction(say(N_("Read filters from a file …")), self._on_read)
        return menu

    def _add_chips(self, menu: QMenu) -> None:
        """Offer the fields whose values can stand as chips beside the search box."""
        for name in self.listing.chippable:
            label = self._context.languages.say(self.listing.fields[name].label)
            action = menu.addAction(label.replace("&", "&&"), partial(self.chips_wanted.emit, name))
            action.setCheckable(True)
            action.setChecked(name == self.listing.chips)

    def ask_name(self) -> None:
        """Ask what the filter of now is to be called."""
        self._ask(N_("Name of the filter"), "", self.keep)

    def ask_rename(self, name: str) -> None:
        """Ask for another name."""
        self._ask(N_("New name of the filter"), name, partial(self.rename, name))

    def keep(self, name: str) -> None:
        """Keep the filter of now under a name."""
        filters.keep(self._school, name, self.query)
        self._context.say(Message("Filter saved: {name}", name=name))

    def rename(self, old: str, new: str) -> None:
        """Give a filter another name."""
        filters.rename(self._school, self.listing.kind, old, new)

    def drop(self, name: str) -> None:
        """Let go of a filter; records stay as they are."""
        filters.drop(self._school, self.listing.kind, name)
        self._context.say(Message("Filter removed: {name}", name=name))

    def write(self, file: str) -> None:
        """Write every named filter into a file."""
        kind = self.listing.kind
        try:
            filters.write(Path(file), kind, filters.named(self._school, kind, self.listing.fields))
        except UserError as error:
            self._context.complain(error)
        else:
            self._context.say(Message("Saved: {name}", name=Path(file).name))

    def read(self, file: str) -> None:
        """Keep the filters of a file, over those of the same names."""
        try:
            found = filters.read(Path(file), self.listing.kind, self.listing.fields)
        except UserError as error:
            self._context.complain(error)
            return
        for name, query in found.items():
            filters.keep(self._school, name, query)
        text = NN_("{n} filter read", "{n} filters read")
        self._context.say(Message(text, n=len(found)))

    def _ask(self, title: str, name: str, then: Callable[[str], object]) -> None:
        NameDialog(self.window(), self._context.languages, title, name, then).open()

    def _on_clicked(self) -> None:
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _on_write(self) -> None:
        say = self._context.languages.say
        name = say(self.listing.entity.PLURAL)
        sharing.write(self.window(), say(N_("Save filters to a file …")), name, self.write)

    def _on_read(self) -> None:
        title = self._context.languages.say(N_("Read filters from a file …"))
        sharing.read(self.window(), title, self.read)


def begun(school: Path, listing: Listing) -> Query:
    """Return what a list begins with: what it was left with, else everything by name."""
    found = filters.last(school, listing.kind, listing.fields) or Query(listing.kind)
    return replace(found, sort=found.sort or listing.entity.TITLE)


def chipped(listing: Listing) -> Listing:
    """Return a listing with the chips that were chosen for it on this computer."""
    found = settings.load().window.get(_CHIPS)
    name = found.get(listing.kind) if isinstance(found, dict) else None
    return listing.chipped(name) if name in listing.chippable else listing


def chip_by(page: RecordsPage, name: str) -> None:
    """Show the values of another field as chips, now and after a restart."""
    computer = settings.load()
    kept = computer.window.get(_CHIPS)
    chosen = {**(kept if isinstance(kept, dict) else {}), page.listing.kind: name}
    settings.save(replace(computer, window={**computer.window, _CHIPS: chosen}))
    page.listing = page.filters.listing = page.listing.chipped(name)
    page.head.show_listing(page.listing)
    page.show_query(Query(page.listing.kind, words=page.head.search_box.text()))


def show_order(table: RecordsTable, query: Query) -> None:
    """Mark the column a list is sorted by."""
    places = {one.name: number for number, one in enumerate(table.records.columns)}
    if query.sort in places:
        order = Qt.SortOrder.DescendingOrder if query.descending else Qt.SortOrder.AscendingOrder
        table.horizontalHeader().setSortIndicator(places[query.sort], order)


def _same(one: Query, other: Query) -> bool:
    return (one.words, one.where) == (other.words, other.where)
