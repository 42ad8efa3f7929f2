"""What a list shows first, read before its page is made: it is painted once, with its rows."""

from __future__ import annotations

from dataclasses import dataclass

from xqhz_desktop.services import own_fields
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage.queries import Query
from xqhz_desktop.ui.models.records import First, first_rows
from xqhz_desktop.ui.pages.list_filters import begun, chipped
from xqhz_desktop.ui.pages.list_head import Counts, counted
from xqhz_desktop.ui.pages.lists import LISTINGS


@dataclass(frozen=True)
class Look:
    """The query a list begins with, its first rows and its counts."""

    query: Query
    first: First
    counts: Counts


def look(work: Work, kind: str) -> Look:
    """Read the first look at the list of a kind, in any thread."""
    bare = next(one for one in LISTINGS if one.kind == kind)
    listing = chipped(bare.of(own_fields.of(work, kind)))
    query = begun(work.folder, listing)
    with work.store.read() as reader:
        first = first_rows(query, -1, reader)
        return Look(query, first, counted(Query(kind), listing.chips, reader))
