"""Removing records: a question that names them, a refusal that says who still needs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from xqhz_desktop.i18n import N_, NN_, Message
from xqhz_desktop.services import records
from xqhz_desktop.services.belongings import Belongings, belongings
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.ui.context import Context
from xqhz_desktop.ui.dialogs.question import Asked, ask
from xqhz_desktop.ui.models.told import counts
from xqhz_desktop.ui.pages.listing import Listing
from xqhz_desktop.ui.tasks import Progress


@dataclass(frozen=True)
class Doomed:
    """What is to be removed: ids, what the first is called, and what belongs to them."""

    ids: tuple[str, ...]
    called: str
    held: int
    """How many of them other records need."""
    along: Belongings


def remove(page: QWidget, context: Context, listing: Listing, rowids: Sequence[int]) -> None:
    """Ask, then remove; the toast offers the way back."""
    job = partial(looked_up, context.work, listing.kind, tuple(rowids))
    ready = partial(_question, page, context, listing)
    context.tasks.run(page, job, ready, context.complain)


def looked_up(work: Work, kind: str, rowids: tuple[int, ...], _progress: Progress) -> Doomed:
    """Return what the rows are, and how many of them other records need."""
    with work.store.read() as reader:
        rows = [row for row in queries.rows(reader, kind, rowids) if row]
    ids = tuple(row.record.id for row in rows)
    held = sum(bool(records.dependents(work, kind, id)) for id in ids)
    first = rows[0] if rows else None
    called = (first.names.get(first.record.TITLE) or first.record.called) if first else ""
    return Doomed(ids, called, held, belongings(work, kind, ids))


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
        whole = N_("Remove with everything …")
        asked = Asked(N_("Cannot be removed"), text, N_("Show them"), other=whole)
        question = ask(page, context.languages, asked, partial(_show, context, listing, doomed))
        question.otherwise.connect(partial(_question_whole, page, context, listing, doomed))
        return
    text = Message(
        "{what} will be removed: {name}. You can undo this.", what=what, name=doomed.called
    )
    title = N_("Remove?")
    yes = partial(_remove, page, context, listing, doomed)
    ask(page, context.languages, Asked(title, text, N_("Remove"), danger=True), yes)


def _question_whole(page: QWidget, context: Context, listing: Listing, doomed: Doomed) -> None:
    """Say what goes along and what loses a link, then remove it all as one step."""
    what, along = Message(listing.counted, n=len(doomed.ids)), counts(doomed.along.removed)
    text = Message("{what} will be removed: {name}.", what=what, name=doomed.called)
    if along:
        text = Message("{what} With it goes: {along}.", what=text, along=along)
    if cleared := counts(doomed.along.cleared):
        text = Message(
            "{what} These stay and lose their link: {cleared}.", what=text, cleared=cleared
        )
    text = Message("{what} You can undo this, or bring records back from the bin.", what=text)
    asked = Asked(N_("Remove with everything?"), text, N_("Remove everything"), danger=True)
    job = partial(removed_whole, context.work, listing.kind, doomed.ids)
    done = partial(_say, context, listing, doomed)
    yes = partial(context.tasks.run, page, job, done, context.complain)
    ask(page, context.languages, asked, yes)


def _show(context: Context, listing: Listing, doomed: Doomed) -> None:
    context.navigate(listing.kind, None, doomed.ids[0])


def _remove(page: QWidget, context: Context, listing: Listing, doomed: Doomed) -> None:
    job = partial(removed, context.work, listing.kind, doomed.ids)
    context.tasks.run(page, job, partial(_say, context, listing, doomed), context.complain)


def removed(work: Work, kind: str, ids: tuple[str, ...], _progress: Progress) -> int:
    """Remove records as one step; return its number."""
    return records.remove(work, kind, ids)


def removed_whole(work: Work, kind: str, ids: tuple[str, ...], _progress: Progress) -> int:
    """Remove records with all that belongs to them as one step; return its number."""
    return records.remove(work, kind, ids, whole=True)


def _say(context: Context, listing: Listing, doomed: Doomed, _step: int) -> None:
    what = Message(listing.counted, n=len(doomed.ids))
    context.say(Message("Removed: {what}", what=what), undo=True)
