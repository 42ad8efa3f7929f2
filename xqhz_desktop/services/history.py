"""The journal as people use it: what happened, undo and redo, also after a restart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.fields import Field
from xqhz_desktop.errors import NotFound, UserError
from xqhz_desktop.i18n import Message
from xqhz_desktop.services.workspace import Work
from xqhz_desktop.storage import journal, links
from xqhz_desktop.storage.codec import Cell, columns, patched
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.storage.writing import whole


@dataclass(frozen=True)
class Step:
    """One change: when (local time), by whom, what it is called, what it touched."""

    number: int
    at: datetime
    actor: str
    title: Message
    reason: str
    kinds: tuple[str, ...]
    records: int
    undone: bool
    undoes: int | None


@dataclass(frozen=True)
class FieldChange:
    """One field of one record before and after a step."""

    kind: str
    id: str
    called: str
    field: str
    before: Any
    after: Any
    described: Field
    """The field as it is described, built-in or the school's own."""


def steps(work: Work, limit: int = 50, record: str = "") -> list[Step]:
    """Return the newest steps first, all or those of one record."""
    with work.store.read() as reader:
        return [_step(one) for one in journal.steps(reader.cursor, limit, record)]


def changes(work: Work, number: int, limit: int = 200, record: str = "") -> list[FieldChange]:
    """Return what a step changed, field by field, of up to ``limit`` records or of one."""
    with work.store.read() as reader:
        found = []
        fields: dict[str, dict[str, Field]] = {}
        for entry in journal.entries(reader.cursor, number, limit, record):
            called = _called(reader, entry)
            if entry.kind not in fields:
                fields[entry.kind] = reader.fields(entry.kind, retired=True)
            known = fields[entry.kind]
            found += [
                FieldChange(entry.kind, entry.record, called, name, before, after, known[name])
                for name, before, after in entry.values(known)
            ]
        return found


def undoable(work: Work) -> Step | None:
    """Return the step an undo would take back."""
    with work.store.read() as reader:
        found = _undoable(reader)
    return _step(found) if found else None


def redoable(work: Work) -> Step | None:
    """Return the undoing a redo would take back."""
    with work.store.read() as reader:
        found = journal.redoable(reader.cursor)
    return _step(found) if found else None


def undo(work: Work, number: int | None = None) -> Step:
    """Take back the newest step, or the one named; return the step that did it.

    What a step has settled is in conflict again afterwards.
    """
    with work.store.read() as reader:
        cursor = reader.cursor
        found = _undoable(reader) if number is None else journal.step(cursor, number)
        if found is not None and journal.is_founding(cursor, found.number):
            raise UserError(
                Message("This step made the school and cannot be undone."), code="FOUNDING"
            )
        settled = found is not None and found.number in _settling(reader)
    if found is None or not (found.records or settled):
        raise NotFound(Message("There is nothing to undo."), code="NOTHING")
    if found.undone:
        raise UserError(Message("This step was undone already."), code="UNDONE")
    if found.records:
        done = _reverse(work, found, Message("Undone: {title}", title=found.title))
    if settled:
        from xqhz_desktop.services import reopening  # lazy: keys and merge, for a conflict only

        reopening.reopen(work, found.number)
    return done if found.records else steps(work, 1)[0]


def redo(work: Work) -> Step:
    """Do again what was undone last."""
    with work.store.read() as reader:
        found = journal.redoable(reader.cursor)
        first = journal.step(reader.cursor, found.undoes or 0) if found else None
    if found is None or first is None:
        raise NotFound(Message("There is nothing to redo."), code="NOTHING")
    return _reverse(work, found, Message("Done again: {title}", title=first.title))


def _undoable(reader: Reader) -> journal.Step | None:
    """Return the newest step done here that stands, a decision that changed nothing among them."""
    found = journal.undoable(reader.cursor)
    settled = journal.step(reader.cursor, max(_settling(reader), default=0))
    return max((one for one in (found, settled) if one), key=lambda one: one.number, default=None)


def _settling(reader: Reader) -> list[int]:
    """Return the steps that settled a conflict here and stand (`services.reopening`)."""
    found = reader.cursor.execute("SELECT name FROM meta WHERE name LIKE 'settled %'").fetchall()
    return [int(name.split()[1]) for (name,) in found]


def _reverse(work: Work, step: journal.Step, title: Message) -> Step:
    with work.store.change(title, work.actor) as change:
        change.undoes = step.number
        entries = journal.entries(change.cursor, step.number)
        now = _now(change, entries)
        for entry in entries:
            _take_back(change, entry, now.get((entry.kind, entry.record)))
        _refuse_orphans(change)
    with work.store.read() as reader:
        done = journal.step(reader.cursor, change.number)
    assert done is not None
    return _step(done)


def _now(change: Change, entries: list[journal.Entry]) -> dict[tuple[str, str], list[Cell]]:
    """Return the records of a step as they are now, as cells."""
    found: dict[tuple[str, str], list[Cell]] = {}
    for kind in dict.fromkeys(entry.kind for entry in entries):
        ids = [entry.record for entry in entries if entry.kind == kind]
        found.update(((kind, str(one[0])), one) for one in change.cells(kind, columns(kind), ids))
    return found


def _take_back(change: Change, entry: journal.Entry, now: list[Cell] | None) -> None:
    """Bring one record back to what it was, unless somebody edited it since."""
    left = None if entry.after is None or now is None else _changed(entry, now, entry.after)
    if left != now or (entry.after is None) != (now is None):
        raise _later(change, entry)
    if entry.before is None:
        change.remove(entry.kind, entry.record)
    elif now is None:
        change.write(entry.kind, whole(entry.kind, entry.record, entry.before))
    else:
        change.write(entry.kind, _changed(entry, now, entry.before))


def _changed(entry: journal.Entry, now: list[Cell], image: Mapping[str, Cell]) -> list[Cell]:
    """Return a record as an entry has it: whole where it was made, else with these fields."""
    if entry.before is None or entry.after is None:
        return whole(entry.kind, entry.record, image)
    return patched(entry.kind, now, image)


def _later(change: Change, entry: journal.Entry) -> UserError:
    newer = journal.latest(change.cursor, entry.record)
    return UserError(
        Message(
            "This step cannot be undone: {name} was changed since by “{title}”. Undo that first.",
            name=_called(change, entry) or Message(BY_KIND[entry.kind].LABEL),
            title=newer.title if newer else "",
        ),
        code="EDITED_SINCE",
    )


def _refuse_orphans(change: Change) -> None:
    found = links.lost(change)
    if found is None:
        return
    entity = BY_KIND[found.kind]
    if found.written:
        field = Message(entity.FIELDS[found.field].label)
        text = Message(
            "This step cannot be undone: “{field}” was removed since. Undo that first.", field=field
        )
    else:
        kind = Message(entity.PLURAL)
        text = Message(
            "This step cannot be undone: newer records of {kind} need it. Undo them first.",
            kind=kind,
        )
    raise UserError(text, code="NEEDED")


def _called(reader: Reader, entry: journal.Entry) -> str:
    name = reader.names(entry.kind, [entry.record]).get(entry.record)
    if name:
        return name
    title = BY_KIND[entry.kind].TITLE
    cells = entry.before or entry.after or {}
    found = str(cells.get(title) or "")
    target = BY_KIND[entry.kind].FIELDS[title].target
    return reader.names(target, [found]).get(found, "") if target else found


def _step(one: journal.Step) -> Step:
    return Step(
        one.number,
        datetime.fromtimestamp(one.at / 1000),
        one.actor_name,
        one.title,
        one.reason,
        one.kinds,
        one.records,
        one.undone,
        one.undoes,
    )
