"""A new stream for a copy: what was never handed out, or has a rival, goes out under its name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from xqhz_desktop.domain.records import new_id
from xqhz_desktop.storage.store import Change
from xqhz_desktop.sync import segment, wire
from xqhz_desktop.sync.book import Shelved
from xqhz_desktop.sync.laptop import Laptop
from xqhz_desktop.sync.merge import Register, Row
from xqhz_desktop.sync.stream import last_handed_out, own_stream

Seen = dict[str, int]


def renew(change: Change) -> str:
    """Begin a new stream and return it; what was never handed out moves there."""
    cursor = change.cursor
    old, new = own_stream(cursor), new_id()
    kept = last_handed_out(cursor, old)
    seen = seen_by(cursor, old, kept)
    if kept:
        seen[old] = kept
    moved = cursor.execute(
        "SELECT number, q, deps FROM journal_step WHERE stream = ? AND q > ? AND taken = 0"
        " ORDER BY q",
        (old, kept),
    ).fetchall()
    _move_registers(change, (old, new), kept, [number for number, _q, _deps in moved])
    cursor.execute("UPDATE meta SET value = ? WHERE name = 'stream'", (new,))
    for number, q, deps in moved:
        told = seen | json.loads(deps) if q == kept + 1 else json.loads(deps)
        cursor.execute(
            "UPDATE journal_step SET stream = ?, q = ?, deps = ? WHERE number = ?",
            (new, q - kept, json.dumps(told), number),
        )
    if not moved:
        waiting = cursor.execute("SELECT value FROM meta WHERE name = 'deps'").fetchone()
        seen |= json.loads(waiting[0]) if waiting else {}
        cursor.execute("INSERT OR REPLACE INTO meta VALUES ('deps', ?)", (json.dumps(seen),))
    _move_sealed(cursor, (old, new), kept, seen)
    return new


def forked(change: Change, since: int) -> str:
    """Begin a new stream with our changes from `since` on: others have other ones in their place.

    A copy of this whole computer wrote under the same name, and was heard first. What is ours
    goes out again under the new name; nothing is lost.
    """
    cursor = change.cursor
    old = own_stream(cursor)
    for one in Shelved(cursor).undo(old, since):
        cursor.executemany(
            "INSERT OR IGNORE INTO sync_sealed (stream, q, body) VALUES (?,?,?)",
            ((old, made.q, wire.dump(made)) for made in segment.changesets(one)),
        )
    return renew(change)


def _move_registers(change: Change, names: tuple[str, str], kept: int, moved: list[int]) -> None:
    """Let the writes of moved steps that are absorbed already be writes of the new stream."""
    old, new = names
    shelf = Laptop(change)
    known = shelf.knowledge().get(old, 0)
    if known <= kept:
        return
    cursor = change.cursor
    keys: set[tuple[str, str]] = set()
    for number in moved:
        keys.update(
            cursor.execute("SELECT kind, record FROM journal_entry WHERE step = ?", (number,))
        )

    def renamed(register: Register) -> Register:
        return tuple(
            one._replace(stream=new, q=one.q - kept) if one.stream == old and one.q > kept else one
            for one in register
        )

    for key, row in shelf.rows(keys).items():
        cells = {name: renamed(register) for name, register in row.cells.items()}
        shelf.rewrite(key, Row.of(renamed(row.alive), cells))
    context = seen_by(cursor, old, kept)
    both = shelf.context(old)
    shelf.know(old, kept, context)
    shelf.know(new, known - kept, {**both, old: kept} if kept else both)
    cursor.execute("DELETE FROM meta WHERE name = 'deps' AND value = '{}'")


def _move_sealed(cursor: Any, names: tuple[str, str], kept: int, seen: Mapping[str, int]) -> None:
    old, new = names
    found = cursor.execute("SELECT q, body FROM sync_sealed WHERE stream = ? ORDER BY q", (old,))
    for q, body in found.fetchall():
        one = wire.load(bytes(body), new, q - kept)
        if one.q == 1:
            one = replace(one, deps={**seen, **one.deps})
        cursor.execute(
            "UPDATE sync_sealed SET stream = ?, q = ?, body = ? WHERE stream = ? AND q = ?",
            (new, q - kept, wire.dump(one), old, q),
        )


def seen_by(cursor: Any, stream: str, until: int) -> Seen:
    """Return what the writer of a stream had seen at one of its changes."""
    found: Iterable[tuple[str]] = cursor.execute(
        "SELECT deps FROM journal_step WHERE stream = ? AND q <= ? AND deps <> '{}' ORDER BY q",
        (stream, until),
    ).fetchall()
    seen: Seen = {}
    for (deps,) in found:
        seen |= json.loads(deps)
    return seen
