"""The top of a records page: title and counts, buttons, search box and chips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.i18n import N_, Message
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.storage.store import Reader
from xqhz_desktop.ui.language import Languages, Text
from xqhz_desktop.ui.pages import BY_NAME
from xqhz_desktop.ui.pages.listing import Listing
from xqhz_desktop.ui.tokens import GAP
from xqhz_desktop.ui.widgets.buttons import Button
from xqhz_desktop.ui.widgets.chips import Chip, Chips
from xqhz_desktop.ui.widgets.page import Head
from xqhz_desktop.ui.widgets.searchbox import SearchBox

_CHIPS = 6
"""Values shown as chips where the list names none."""

Counts = tuple[int, Mapping[Any, int], Mapping[Any, str]]
"""How many records, how many by value of the chips' field, and the names of such values."""


class ListHead(QWidget):
    """Says how many there are, and takes what to look for."""

    def __init__(self, languages: Languages, listing: Listing, *, importable: bool) -> None:
        """Make the head of a list; `counted` fills it."""
        super().__init__()
        self.search_box, self.chips = SearchBox(), Chips(languages)
        self.add_button = Button("plus", "primary")
        self.import_button, self.export_button = Button("upload"), Button("download")
        self.import_button.setVisible(importable)
        self._languages, self.listing = languages, listing
        self._head = Head()
        self.bulk_button = Button("pencil")
        self.bulk_button.hide()
        for button in (
            self.bulk_button,
            self.import_button,
            self.export_button,
            self.add_button,
        ):
            self._head.tools.addWidget(button)
        self.search_box.setMinimumWidth(220)
        self.search_box.setMaximumWidth(360)
        self.row = row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.search_box, 3)
        row.addWidget(self.chips, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._head)
        column.addLayout(row)
        self._speak()

    def show_listing(self, listing: Listing) -> None:
        """Show the chips of another field; nothing is filtered by it yet."""
        self.listing = listing
        self.chips.choose(None)

    def show_counts(self, counts: Counts) -> None:
        """Show how many there are, and how many of each value."""
        total, found, names = counts
        flags = tuple(one for one in (True, False) if one in found)
        most = sorted(found, key=lambda one: -found[one])[:_CHIPS]
        values = self.listing.order or (flags if self._flag else most)
        chips = [
            Chip(one, self._word(one, names), found.get(one, 0))
            for one in values
            if one not in ("", None)
        ]
        if self.listing.chips:
            self.chips.show_chips(total, chips)
        line = Message(self.listing.counted, n=total)
        if self.listing.standing:
            text, value = self.listing.standing
            line = Message(text, all=line, n=found.get(value, 0))
        self._languages.bind(self._head.line, self._head.line.setText, line)

    def show_query(self, query: Query) -> None:
        """Show what a list is filtered by, without telling anybody."""
        chips = self.listing.chips
        mine = [one for one in query.where if one.field == chips and one.op == "="]
        self.chips.choose(mine[0].value if mine else None)
        self.search_box.blockSignals(True)
        self.search_box.setText(query.words)
        self.search_box.blockSignals(False)

    def show_chosen(self, count: int) -> None:
        """Offer to change many at once while several rows are selected."""
        self.bulk_button.setVisible(count > 1)
        text = Message("Change {n} at once", n=count)
        self._languages.bind(self.bulk_button, self.bulk_button.setText, text)

    @property
    def _flag(self) -> bool:
        field = self.listing.fields.get(self.listing.chips)
        return field is not None and field.kind is Kind.FLAG

    def _word(self, value: Any, names: Mapping[Any, str]) -> Text:
        match value:
            case bool():
                said = N_("yes") if value else N_("no")
                label = self.listing.fields[self.listing.chips].said
                return Message("{label}: {value}", label=label, value=Message(said))
            case int():
                return str(value)
            case str():
                return names.get(value, value)
        word: Text = value.value
        return word

    def _speak(self) -> None:
        bind = self._languages.bind
        head, listing = self._head, self.listing
        bind(head.title, head.title.setText, BY_NAME[listing.kind].title)
        bind(self.search_box, self.search_box.name, listing.search)
        bind(self.import_button, self.import_button.setText, N_("Import"))
        bind(self.export_button, self.export_button.setText, N_("Export"))
        bind(self.add_button, self.add_button.setText, listing.add)


def counted(within: Query, field: str, reader: Reader) -> Counts:
    """Return the counts of a list, by the values of `field` where it is given."""
    if not field:
        return queries.found(reader, within).total, {}, {}
    found = queries.counts(reader, within.kind, field, within)
    return sum(found.values()), found, {}
