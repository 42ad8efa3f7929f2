"""The shelf of a laptop: registers, what is shown of them and the journal, in one open change."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from xqhz_desktop.domain import BY_KIND
from xqhz_desktop.domain.cells import is_own
from xqhz_desktop.domain.records import references
from xqhz_desktop.storage.codec import columns, named
from xqhz_desktop.storage.store import Change, Reader
from xqhz_desktop.sync import merge, steps
from xqhz_desktop.sync.changes import Changeset, Key, Value
from xqhz_desktop.sync.fitting import row
from xqhz_desktop.sync.merge import Row
from xqhz_desktop.sync.shelf import Kept
from xqhz_desktop.sync.states import Interner, Shape, decode, encode
from xqhz_desktop.sync.stream import own_stream

_CHUNK = 500
_WRITE = (
    "INSERT INTO sync_row (kind, id, state, alive, special, open, unknown) VALUES (?,?,?,?,?,?,?)"
    " ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state, alive = excluded.alive,"
    " special = excluded.special, open = excluded.open, unknown = excluded.unknown"
)


class Registers:
    """Registers in ``sync_row``, what is shown in the tables of the records."""

    def __init__(self, reader: Reader) -> None:
        """Read what was absorbed so far."""
        self._reader, self._cursor = reader, reader.cursor
        found = self._cursor.execute("SELECT stream FROM sync_stream ORDER BY n").fetchall()
        self._streams = Interner(str(name) for (name,) in found)
        found = self._cursor.execute("SELECT names FROM sync_shape ORDER BY n").fetchall()
        self._shapes: Interner[Shape] = Interner(tuple(json.loads(names)) for (names,) in found)
        self._looked_at: Mapping[Key, Mapping[str, Value]] = {}

    def knowledge(self) -> Mapping[str, int]:
        """Return how far each stream is applied: {stream: q}."""
        return dict(self._cursor.execute("SELECT stream, q FROM sync_stream WHERE q > 0"))

    def context(self, stream: str) -> Mapping[str, int]:
        """Return what the writer of a stream had seen at its last applied change."""
        found = self._cursor.execute("SELECT context FROM sync_stream WHERE stream = ?", (stream,))
        row = found.fetchone()
        return json.loads(row[0]) if row else {}

    def rows(self, keys: Iterable[Key]) -> dict[Key, Row]:
        """Return the registers of the records that have any."""
        return {
            (kind, id): decode(state, self._streams, self._shapes)
            for kind, ids in _by_kind(keys)
            for id, state in self._cursor.execute(
                f"SELECT id, state FROM sync_row WHERE kind = ? AND id IN ({_marks(ids)})",
                [kind, *ids],
            ).fetchall()
        }

    def many(self) -> int:
        """Return how many records have registers."""
        return int(self._cursor.execute("SELECT count(*) FROM sync_row").fetchone()[0])

    def everything(self) -> Iterator[tuple[Key, Row]]:
        """Yield all records that have registers, by kind; those others point to come first."""
        order = list(BY_KIND)
        kinds = [kind for (kind,) in self._cursor.execute("SELECT DISTINCT kind FROM sync_row")]
        for kind in sorted(kinds, key=lambda one: order.index(one) if one in order else len(order)):
            found = self._cursor.execute(
                "SELECT id, state FROM sync_row WHERE kind = ? ORDER BY row", (kind,)
            )
            for id, state in found.fetchall():
                yield (kind, id), decode(state, self._streams, self._shapes)

    def shown(self, keys: Iterable[Key]) -> dict[Key, Mapping[str, Value]]:
        """Return the records that are shown now."""
        found: dict[Key, Mapping[str, Value]] = {
            (kind, str(cells[0])): named(kind, cells)
            for kind, ids in _by_kind(keys)
            if kind in BY_KIND
            for cells in self._reader.cells(kind, columns(kind), ids)
        }
        self._looked_at = found
        return found

    def special(self) -> set[Key]:
        """Return the records kept as special."""
        return set(self._cursor.execute("SELECT kind, id FROM sync_row WHERE special <> 0"))

    def pointing(self, targets: Iterable[Key]) -> set[Key]:
        """Return the records shown now with a reference whose shown value is one of these."""
        cursor = self._reader.cursor
        found: set[Key] = set()
        for target, ids in _by_kind(targets):
            for kind, entity in BY_KIND.items():
                for field, kind_of in references(entity).items():
                    if kind_of == target:
                        where = f'"{field}" IN ({_marks(ids)})'
                        rows = cursor.execute(f"SELECT id FROM {kind} WHERE {where}", ids)
                        found.update((kind, str(id)) for (id,) in rows.fetchall())
        return found

    def aliases(self) -> Mapping[str, tuple[str, str, str]]:
        """Return (of_kind, dropped, kept) of the alias records shown now, by their own ids."""
        found = self._reader.cursor.execute("SELECT id, of_kind, dropped, kept FROM alias")
        return {str(id): (kind, dropped, kept) for id, kind, dropped, kept in found.fetchall()}

    def open_ones(self, least: int = 1) -> list[Key]:
        """Return the records copies disagree about; 2: about what must be decided."""
        found = self._cursor.execute(
            "SELECT kind, id FROM sync_row WHERE open <> 0 AND open >= ? ORDER BY open DESC, row",
            (least,),
        )
        return list(found.fetchall())


class Laptop(Registers):
    """The shelf the engine merges into."""

    def __init__(self, change: Change) -> None:
        """Work in an open ``Store.merging()``; it is written when that ends."""
        super().__init__(change)
        self._change = change
        self._written = len(self._streams.names), len(self._shapes.names)

    def keep(self, rows: Mapping[Key, Kept], changesets: Iterable[Changeset]) -> None:
        """Write registers, what is shown, and the changesets of others for the history."""
        was = self._looked_at  # asked for just before, for all of these
        steps.tell(self._cursor, changesets, was)
        for (kind, id), kept in rows.items():
            if kind not in BY_KIND:
                continue
            if kept.shown is None:
                self._change.remove(kind, id)
            elif not _stays(was.get((kind, id)), kept.shown):
                self._change.write(kind, row(kind, id, kept.shown))
        self._cursor.executemany(_WRITE, (self._row(key, kept) for key, kept in rows.items()))
        self._intern()

    def know(self, stream: str, q: int, context: Mapping[str, int]) -> None:
        """Write how far a stream is applied and what its writer had seen."""
        self._streams.number(stream)
        self._intern()
        self._cursor.execute(
            "UPDATE sync_stream SET q = ?, context = ? WHERE stream = ?",
            (q, _json(context), stream),
        )
        if stream != own_stream(self._cursor):
            note(self._cursor, {stream: q})

    def learned(self) -> list[Key]:
        """Return the records of which this version understands more than the one that kept them."""
        version = _json(sorted((kind, *sorted(one.FIELDS)) for kind, one in BY_KIND.items()))
        row = self._cursor.execute("SELECT value FROM meta WHERE name = 'understood'").fetchone()
        if row and row[0] == version:
            return []
        self._cursor.execute("INSERT OR REPLACE INTO meta VALUES ('understood', ?)", (version,))
        found = self._cursor.execute("SELECT kind, id FROM sync_row WHERE unknown <> 0").fetchall()
        return [key for key in found if key[0] in BY_KIND]

    def rewrite(self, key: Key, row: Row) -> None:
        """Write other registers of a record whose values stay the same."""
        state = encode(row, self._streams, self._shapes)
        self._intern()
        self._cursor.execute(
            "UPDATE sync_row SET state = ? WHERE kind = ? AND id = ?", (state, *key)
        )

    def _row(self, key: Key, kept: Kept) -> tuple[Any, ...]:
        kind, id = key
        unknown = kind not in BY_KIND or not all(
            map(is_own, kept.row.values.keys() - BY_KIND[kind].FIELDS.keys())
        )
        return (
            kind,
            id,
            encode(kept.row, self._streams, self._shapes),
            merge.is_alive(kept.row),
            kept.special,
            _open(kind, kept),
            unknown,
        )

    def _intern(self) -> None:
        """Write the streams and shapes met for the first time."""
        streams, shapes = self._written
        self._cursor.executemany(
            "INSERT INTO sync_stream (n, stream, q, context) VALUES (?,?,0,'{}')",
            enumerate(self._streams.names[streams:], streams),
        )
        self._cursor.executemany(
            "INSERT INTO sync_shape (n, names) VALUES (?,?)",
            ((n, _json(names)) for n, names in enumerate(self._shapes.names[shapes:], shapes)),
        )
        self._written = len(self._streams.names), len(self._shapes.names)


def note(cursor: Any, seen: Mapping[str, int]) -> None:
    """Let the next own change say that its writer had seen this of other streams."""
    row = cursor.execute("SELECT value FROM meta WHERE name = 'deps'").fetchone()
    deps = {**(json.loads(row[0]) if row else {}), **seen}
    cursor.execute("INSERT OR REPLACE INTO meta VALUES ('deps', ?)", (_json(deps),))


def clash(kind: str, name: str) -> str:
    """Return what copies that disagree about a column come to; unknown ones are not shown."""
    if name in BY_KIND[kind].FIELDS:
        return BY_KIND[kind].FIELDS[name].clash
    return "review" if name == merge.RECORD or is_own(name) else "silent"


def _stays(was: Mapping[str, Value] | None, shown: Mapping[str, Value]) -> bool:
    """Tell whether a record is shown already as it is to be shown."""
    return (
        was is not None
        and shown.items() <= was.items()
        and not any(map(is_own, was.keys() - shown.keys()))
    )


def _open(kind: str, kept: Kept) -> int:
    """Return 2 where copies disagree about what must be decided, 1 about anything else, or 0."""
    row = kept.row
    if kept.shown is None or kind not in BY_KIND:
        return 0
    if len(row.alive) < 2 and not row.beside:
        return 0
    clashes = {clash(kind, name) for name in merge.conflicts(kept.row)}
    return 2 if "must" in clashes else int(bool(clashes - {"silent"}))


def _by_kind(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    """Yield kinds with some of their ids, a question's worth at a time."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for kind, id in keys:
        found[kind][id] = None
    for kind, ids in found.items():
        rest = iter(ids)
        while part := list(islice(rest, _CHUNK)):
            yield kind, part


def _marks(values: list[str]) -> str:
    return ",".join("?" * len(values))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
