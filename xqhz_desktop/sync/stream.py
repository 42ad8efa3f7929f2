"""Which stream a copy of a workspace writes: its own, and no other copy's.

A copied folder, or a backup restored after packages were made, would number its changes as another
copy has numbered others. So the computer remembers, outside the workspace, where each stream lies
and how far it was handed out; what does not fit goes on under a stream of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xqhz_desktop import paths
from xqhz_desktop.domain.records import new_id
from xqhz_desktop.logs import LOG
from xqhz_desktop.storage.backups import DATABASE
from xqhz_desktop.storage.store import Change, Store
from xqhz_desktop.sync import wire
from xqhz_desktop.sync.laptop import Laptop, own_stream
from xqhz_desktop.sync.merge import Register, Row

Seen = dict[str, int]


def settle(store: Store) -> bool:
    """Make sure an open workspace writes a stream of its own; tell whether it is a new one."""
    with store.read() as reader:
        stream = own_stream(reader.cursor)
        fresh = not reader.cursor.execute(
            "SELECT 1 FROM journal_step WHERE stream = ? AND taken = 0 LIMIT 1", (stream,)
        ).fetchone()
        handed = _handed_out(reader.cursor, stream)
    folder = store.file.parent.resolve()
    known = _known(stream)
    copied = known is not None and known[0] != folder and (known[0] / DATABASE).exists()
    if fresh or (known and not copied and known[1] <= handed):
        _remember(stream, folder, handed)
        return False
    LOG.info("this copy of the workspace goes on under a stream of its own")
    with store.merging() as change:
        stream = renew(change)
        if copied:  # the other one goes on as the device it was
            change.cursor.execute("DELETE FROM meta WHERE name = 'device'")
    _remember(stream, folder, 0)
    return True


def handed_out(store: Store) -> None:
    """Remember how far the stream of a workspace was handed out: after every package."""
    with store.read() as reader:
        stream = own_stream(reader.cursor)
        handed = _handed_out(reader.cursor, stream)
    _remember(stream, store.file.parent.resolve(), handed)


def renew(change: Change) -> str:
    """Begin a new stream and return it; what was never handed out moves there."""
    cursor = change.cursor
    old, new = own_stream(cursor), new_id()
    kept = _handed_out(cursor, old)
    seen = _seen(cursor, old, kept)
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
        shelf.rewrite(key, Row(renamed(row.alive), cells))
    context = _seen(cursor, old, kept)
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


def _seen(cursor: Any, stream: str, until: int) -> Seen:
    """Return what the writer of a stream had seen at one of its changes."""
    found: Iterable[tuple[str]] = cursor.execute(
        "SELECT deps FROM journal_step WHERE stream = ? AND q <= ? AND deps <> '{}' ORDER BY q",
        (stream, until),
    ).fetchall()
    seen: Seen = {}
    for (deps,) in found:
        seen |= json.loads(deps)
    return seen


def _handed_out(cursor: Any, stream: str) -> int:
    """Return up to which change a stream stands in segments, which others may have."""
    row = cursor.execute("SELECT q FROM sync_chain WHERE stream = ?", (stream,)).fetchone()
    return int(row[0]) if row else 0


def _known(stream: str) -> tuple[Path, int] | None:
    """Return where this computer left a stream and how far it was handed out, if it knows."""
    try:
        known = json.loads(_file(stream).read_text(encoding="utf-8"))
        return Path(known["folder"]), int(known["q"])
    except (OSError, ValueError, TypeError, LookupError):
        return None


def _remember(stream: str, folder: Path, handed: int) -> None:
    target = _file(stream)
    part = target.with_suffix(".part")
    text = json.dumps({"folder": str(folder), "q": handed}, ensure_ascii=False)
    try:
        if target.exists() and target.read_text(encoding="utf-8") == text:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(target)
    except OSError:
        LOG.info("this computer cannot remember which stream it writes")


def _file(stream: str) -> Path:
    return paths.settings_file().parent / "streams" / f"{stream}.json"
