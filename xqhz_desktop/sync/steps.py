"""Steps of the journal as changesets that travel, and changesets of others as steps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import Cell
from xqhz_desktop.storage import journal
from xqhz_desktop.storage.codec import named
from xqhz_desktop.storage.journal import Entry, Sealed
from xqhz_desktop.storage.writing import image, whole
from xqhz_desktop.sync.changes import Changeset, Key, Op, Value
from xqhz_desktop.sync.fitting import fitting, row

Shown = Mapping[Key, Mapping[str, Value]]
"""What is shown of records."""


def own_changes(cursor: Any, knowledge: Mapping[str, int]) -> Iterator[Changeset]:
    """Yield what was done here and is not in the registers yet, oldest first."""
    streams = cursor.execute(
        "SELECT stream FROM journal_step WHERE taken = 0 GROUP BY stream ORDER BY min(number)"
    ).fetchall()
    for (stream,) in streams:
        for step, entries in journal.after(cursor, stream, knowledge.get(stream, 0)):
            yield _changeset(step, entries)


def tell(cursor: Any, changesets: Iterable[Changeset], shown: Shown) -> None:
    """Write what others did into the journal; `shown` is what was here before of its records."""
    now: dict[Key, Mapping[str, Value] | None] = dict(shown)
    for one in changesets:
        if _journaled(cursor, one):
            continue
        entries = []
        for op in one.ops:
            if entry := _entry(op, now.get(op.key)):
                entries.append(entry)
                gone = op.values is None
                now[op.key] = None if gone else {**(now.get(op.key) or {}), **(op.values or {})}
        journal.keep(cursor, _sealed(one), entries, taken=True)


def _changeset(step: Sealed, entries: Iterable[Entry]) -> Changeset:
    about = {"title": json.loads(step.title), "name": step.actor_name, "reason": step.reason}
    return Changeset(
        step.stream, step.q, step.at, step.actor, json.loads(step.deps),
        tuple(_op(entry) for entry in entries), {name: one for name, one in about.items() if one},
    )  # fmt: skip


def _op(entry: Entry) -> Op:
    """Return what travels of an entry; a new record lists every column its writer knows."""
    if entry.after is None:
        return Op(entry.kind, entry.record, None)
    if entry.before is None:
        cells = whole(entry.kind, entry.record, entry.after)
        return Op(entry.kind, entry.record, named(entry.kind, cells))
    return Op(entry.kind, entry.record, {**entry.after, **entry.along})


def _entry(op: Op, now: Mapping[str, Value] | None) -> Entry | None:
    """Return an operation of somebody else as the journal keeps it, None if it says nothing."""
    if op.kind not in BY_KIND:
        return None
    if op.values is None:
        return None if now is None else Entry(op.kind, op.id, _image(op, now), None)
    if now is None:
        return Entry(op.kind, op.id, None, _image(op, op.values))
    after = fitting(op.kind, op.values)
    before = fitting(op.kind, {name: now.get(name) for name in after})
    differing = [name for name in after if before.get(name) != after[name]]
    return Entry(
        op.kind,
        op.id,
        {name: before.get(name) for name in differing},
        {name: after[name] for name in differing},
        {name: after[name] for name in after if name not in differing},
    )


def _image(op: Op, values: Mapping[str, Value]) -> dict[str, Cell] | None:
    return image(op.kind, row(op.kind, op.id, values))


def _sealed(one: Changeset) -> Sealed:
    about = one.about
    return Sealed(
        one.stream, one.q, one.at, one.user, str(about.get("name", "")),
        journal.title_text(about.get("title")), str(about.get("reason", "")),
        json.dumps(dict(one.deps)),
    )  # fmt: skip


def _journaled(cursor: Any, one: Changeset) -> bool:
    found = cursor.execute(
        "SELECT 1 FROM journal_step WHERE stream = ? AND q = ?", (one.stream, one.q)
    )
    return found.fetchone() is not None
