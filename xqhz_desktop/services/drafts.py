"""Drafts as people meet them: what they typed before the program ended without being asked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import OWN, Cell, is_own, to_cell
from xqhz_desktop.domain.fields import Kind
from xqhz_desktop.domain.records import Record, new_id
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import drafts, journal, queries
from xqhz_desktop.storage.drafts import Draft
from xqhz_desktop.storage.journal import Step
from xqhz_desktop.storage.queries import Row
from xqhz_desktop.storage.store import Reader

REASON = "reason"
"""The kind of a draft that is a reason for going beyond a limit; its record is the position."""


@dataclass(frozen=True)
class Left:
    """A draft that an earlier opening left behind, held against its record of now."""

    draft: Draft
    at: datetime
    by: str
    """Who typed it."""
    called: str
    row: Row | None
    """The record as it is now; None where it was never saved, or is gone."""
    names: Mapping[str, str]
    """What the references of the draft are called, by field."""
    since: Step | None = None
    """The newest change of the record after the draft."""
    moved: tuple[str, ...] = ()
    """Fields of the draft that hold something else now than when they were edited."""

    @property
    def gone(self) -> bool:
        """Tell whether the record was removed since, so that only the text is left."""
        return self.row is None and not self.draft.new

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields that were typed into."""
        return (*self.draft.cells, *self.draft.typed)


def begun(work: Work, kind: str, record: str, *, new: bool = False) -> Draft:
    """Return an empty draft of the person who works now; nothing is kept yet."""
    return Draft(new_id(), work.store.session, kind, record, work.actor.id, 0, new=new)


def keep(work: Work, draft: Draft) -> None:
    """Keep a draft as of now; a workspace that can only be read keeps none."""
    if not work.read_only:
        mine = replace(draft, session=work.store.session, at=time.time_ns() // 1_000_000)
        with work.store.aside() as cursor:
            drafts.keep(cursor, mine)


def drop(work: Work, *ids: str) -> None:
    """Let go of drafts that were saved or discarded."""
    if not work.read_only:
        with work.store.aside() as cursor:
            for id in ids:
                drafts.drop(cursor, id)


def left(work: Work, kind: str = "") -> list[Left]:
    """Return what earlier openings left of a kind, or of all, newest first.

    What is being typed now is not among them, nor what was saved all the same.
    """
    if work.read_only:
        return []
    now, known = work.store.session, (*BY_KIND, REASON)
    with work.store.read() as reader:
        some = [one for one in drafts.kept(reader.cursor, kind) if one.session != now]
        found = [_held(reader, one) for one in some if one.kind in known]
    saved = [one.draft.id for one in found if _saved(one)]
    if saved:
        drop(work, *saved)
    return [one for one in found if one.draft.id not in saved]


def reason(work: Work, position: str) -> Left | None:
    """Return the newest reason that was typed for a position and not used."""
    return next((one for one in left(work, REASON) if one.draft.record == position), None)


def _held(reader: Reader, draft: Draft) -> Left:
    """Hold a draft against its record."""
    at = datetime.fromtimestamp(draft.at / 1000)
    by = reader.names("staff", [draft.person]).get(draft.person, "")
    if draft.kind == REASON:
        called = reader.names("position", [draft.record]).get(draft.record, "")
        return Left(replace(draft, new=True), at, by, called, None, {})
    entity = BY_KIND[draft.kind]
    row = queries.row_of(reader, draft.kind, draft.record)
    newest = journal.latest(reader.cursor, draft.record)
    names = {
        name: reader.names(field.target, [str(cell)]).get(str(cell), "")
        for name, cell in draft.cells.items()
        if cell and (field := entity.FIELDS.get(name)) and field.kind is Kind.REF
    }
    title = draft.cells.get(entity.TITLE, draft.typed.get(entity.TITLE, ""))
    called = names.get(entity.TITLE) or str(title or "")
    if row is not None:
        called = row.names.get(entity.TITLE) or row.record.called or called
    since = newest if newest and newest.number > draft.step else None
    return Left(draft, at, by, called, row, names, since, _moved(draft, row))


def _moved(draft: Draft, row: Row | None) -> tuple[str, ...]:
    if row is None:
        return ()
    return tuple(
        name
        for name, cell in draft.before.items()
        if cell_of(row.record, name) not in (cell, draft.cells.get(name, cell))
    )


def _saved(one: Left) -> bool:
    """Tell whether the record says already what the draft says."""
    if one.row is None or one.draft.typed:
        return False
    record = one.row.record
    return all(cell_of(record, name) == cell for name, cell in one.draft.cells.items())


def cell_of(record: Record, name: str) -> Cell:
    """Return the cell of a field, its own or one the school added; None for one it has not."""
    if is_own(name):
        return record.own.get(name.removeprefix(OWN))
    field = record.FIELDS.get(name)
    return to_cell(field, getattr(record, name)) if field else None
