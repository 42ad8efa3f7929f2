"""Saving what a form changed: only its own fields, and never over somebody else's unseen change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from xqhz_desktop.domain.records import Record
from xqhz_desktop.errors import NotFound
from xqhz_desktop.i18n import Message
from xqhz_desktop.services import records
from xqhz_desktop.services.drafts import cell_of
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import queries
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.ui.tasks import Progress


@dataclass(frozen=True)
class Saved:
    """What saving came to: the row as it is stored, and fields somebody else changed meanwhile."""

    row: Row
    clash: tuple[str, ...] = ()


def stored(
    work: Work, loaded: Record, edits: Mapping[str, Any], new: bool, _progress: Progress
) -> Saved:
    """Store the edits of a record, unless somebody else changed the same fields meanwhile."""
    record = loaded.but(**edits)
    if not new:
        now = _row(work, loaded.KIND, loaded.id)
        theirs = [name for name in edits if cell_of(now.record, name) != cell_of(loaded, name)]
        clash = tuple(name for name in theirs if cell_of(now.record, name) != cell_of(record, name))
        if clash:
            return Saved(now, clash)
        record = now.record.but(**edits)
    records.save(work, record)
    return Saved(_row(work, record.KIND, record.id))


def _row(work: Work, kind: str, id: str) -> Row:
    with work.store.read() as reader:
        row = queries.row_of(reader, kind, id)
    if row is None:
        raise NotFound(
            Message("This record was removed meanwhile. Undo the removal to save your changes.")
        )
    return row
