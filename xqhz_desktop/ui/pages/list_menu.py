"""What can be done with the rows of a list: the menu of the right button and of the dots."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services.persons import KINDS
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.context import Context

if TYPE_CHECKING:  # the page makes its menu with this module
    from xqhz_desktop.ui.pages.records import RecordsPage

_TWINS = ("enterprise", "student")
"""Kinds whose duplicates are looked for, as in `services.duplicates`, which loads slowly."""


def row_menu(page: RecordsPage, context: Context) -> QMenu:
    """Return the menu for the selected rows of a page."""
    menu = QMenu(page)
    menu.aboutToHide.connect(menu.deleteLater)
    say, kind = context.languages.say, page.listing.kind
    writable = not context.work.read_only
    count = len(page.table.chosen())
    menu.addAction(say(N_("Edit")), page.pane.form.start)
    if kind == "placement" and page.pane.row:
        from xqhz_desktop.ui.pages import moving_many  # lazy: every rule of the law

        whole = partial(context.navigate, "placement_detail", None, page.pane.row.record.id)
        menu.addAction(say(N_("Show the whole placement")), whole)
        moving_many.offer(menu, page, context)
    menu.addAction(say(page.listing.add), page.add).setEnabled(writable)
    text = Message(NN_("Change one field …", "Change one field of {n} records …"), n=count)
    menu.addAction(say(text), partial(change_many, page, context)).setEnabled(writable)
    menu.addSeparator()
    for word, slot in (
        (N_("Copy"), page.keys.copy),
        (N_("Copy with column titles"), page.keys.copy_with_titles),
        (N_("Copy this cell"), page.keys.copy_cell),
    ):
        menu.addAction(say(word), slot).setEnabled(count > 0)
    menu.addAction(say(N_("Paste …")), page.keys.paste).setEnabled(writable)
    menu.addSeparator()
    remove = menu.addAction(say(Message("Remove {n}", n=count)), page.remove)
    remove.setEnabled(writable and count > 0)
    menu.addSeparator()
    if kind in _TWINS:
        twins = partial(context.navigate, "duplicates", Query(kind))
        menu.addAction(say(N_("Find duplicates")), twins)
    if kind in KINDS:
        menu.addAction(say(N_("Compare with a file …")), partial(compare, page, context))
    menu.addAction(say(N_("Recycle bin")), partial(context.navigate, "bin"))
    return menu


def compare(page: RecordsPage, context: Context) -> None:
    """Hold what the list shows against a file."""
    context.navigate("compare", page.model.query or Query(page.listing.kind))


def change_many(page: RecordsPage, context: Context) -> None:
    """Open the dialog 批量修改 for the selected rows, or all the list shows."""
    query = page.model.query or Query(page.listing.kind)
    if not context.work.read_only:
        from xqhz_desktop.ui.dialogs.bulk import BulkDialog  # lazy: as above

        BulkDialog(page, context, query, page.table.chosen(), page.model.found.total).open()
