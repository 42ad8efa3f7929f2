"""Removing records: a question that names them, a refusal that says who still needs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import records
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.pages.listing import Listing
from xqhz_desktop.ui.tasks import Progress


@dataclass(frozen=True)
class Doomed:
    """What is to be removed: ids, what the first is called, and how many others need them."""

    ids: tuple[str, ...]
    called: str
    held: int


def remove(page: QWidget, context: Context, listing: Listing, rowids: Sequence[int]) -> None:
    """Ask, then remove; the toast offers the way back."""
    job = partial(looked_up, context.work, listing.kind, tuple(rowids))
    ready = partial(_question, page, context, listing)
    context.tasks.run(page, job, ready, context.complain)


def looked_up(work: Work, kind: str, rowids: tuple[int, ...], _progress: Progress) -> Doomed:
    """Return what the rows are, and how many of them other records need."""
    with work.store.read() as reader:
        rows = [row for row in queries.rows(reader, kind, rowids) if row]
    held = sum(bool(records.dependents(work, kind, row.record.id)) for row in rows)
    first = rows[0] if rows else None
    called = (first.names.get(first.record.TITLE) or first.record.called) if first else ""
    return Doomed(tuple(row.record.id for row in rows), called, held)


def _question(page: QWidget, context: Context, listing: Listing, doomed: Doomed) -> None:
    if not doomed.ids:
        return
    what = Message(listing.counted, n=len(doomed.ids))
    if doomed.held:
        text = Message(
            NN_(
                "{what} would be removed, but other records belong to one of them, which cannot "
                "be removed. Remove or move those records first.",
                "{what} would be removed, but other records belong to {n} of them, which cannot "
                "be removed. Remove or move those records first.",
            ),
            what=what,
            n=doomed.held,
        )
        asked = Asked(N_("Cannot be removed"), text, N_("Show them"))
        ask(page, context.languages, asked, partial(_show, context, listing, doomed))
        return
    text = Message(
        "{what} will be removed: {name}. You can undo this.", what=what, name=doomed.called
    )
    title = N_("Remove?")
    yes = partial(_remove, page, context, listing, doomed)
    ask(page, context.languages, Asked(title, text, N_("Remove"), danger=True), yes)


def _show(context: Context, listing: Listing, doomed: Doomed) -> None:
    context.navigate(listing.kind, None, doomed.ids[0])


def _remove(page: QWidget, context: Context, listing: Listing, doomed: Doomed) -> None:
    job = partial(removed, context.work, listing.kind, doomed.ids)
    context.tasks.run(page, job, partial(_say, context, listing, doomed), context.complain)


def removed(work: Work, kind: str, ids: tuple[str, ...], _progress: Progress) -> int:
    """Remove records as one step; return its number."""
    return records.remove(work, kind, ids)


def _say(context: Context, listing: Listing, doomed: Doomed, _step: int) -> None:
    what = Message(listing.counted, n=len(doomed.ids))
    context.say(Message("Removed: {what}", what=what), undo=True)
